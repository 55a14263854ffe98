package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.mawid.api.document.Arrival;
import org.mawid.api.document.Document;
import org.mawid.api.document.Documents;
import org.mawid.api.person.Owners;
import org.mawid.api.sealed.Owner;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.Result;

/** Documents of applications: announced, sent in parts that go on where they stood, judged, shown to whoever may see them. */
final class DocumentRoutes {
    private static final String DOCUMENT = "document";
    private static final String UNKNOWN = "DOCUMENT_UNKNOWN";
    private static final String BYTES = "application/octet-stream";
    private static final String NOT_KEPT = "no-store";

    private DocumentRoutes() {
    }

    static void begin(final Call call) {
        final int line = call.body().getInteger("line", 0);
        final int bytes = call.body().getInteger("bytes", 1);
        final DocumentKind kind = DocumentKind.valueOf(call.body().getString("kind", DocumentKind.NOT_SAID.name()));
        PersonalCalls.ofApplication(call, application -> {
            final Owner owner = Owners.of(application, line);
            if (owner == null) {
                throw new Fault(Problem.of(Result.LINE_UNKNOWN));
            }
            PersonalCalls.run(call, () -> documents(call).begin(Owners.all(application), owner, line, kind, bytes),
                    arrival -> call.made(201, call.routing().request().path() + '/' + arrival.id(), arriving(arrival)));
        });
    }

    static void list(final Call call) {
        with(call, (documents, owners) -> () -> {
            final JsonArray all = new JsonArray();
            documents.kept(owners).forEach(document -> all.add(kept(document)));
            documents.arriving(owners.get(0).application()).forEach(arrival -> all.add(arriving(arrival)));
            return new JsonObject().put("documents", all);
        }, json -> call.answer(200, json));
    }

    static void one(final Call call) {
        final String id = call.text(DOCUMENT);
        with(call, (documents, owners) -> () -> {
            final Document document = documents.find(owners, id);
            final Arrival arrival = document == null ? documents.arriving(owners.get(0).application(), id) : null;
            return document != null ? kept(document) : arrival == null ? null : arriving(arrival);
        }, json -> call.answer(200, known(json)));
    }

    static void add(final Call call) {
        PersonalCalls.desk(call);
        final String contentType = call.routing().request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType == null || !contentType.strip().equalsIgnoreCase(BYTES)) {
            throw new Fault(Problem.of(Result.MALFORMED, 415, "The body must be " + BYTES + ": a part of the document."));
        }
        final Buffer body = call.routing().body().buffer();
        final byte[] part = body == null ? new byte[0] : body.getBytes();
        final int offset = call.integer("Upload-Offset");
        with(call, (documents, owners) -> () -> documents.add(owners.get(0).application(), call.text(DOCUMENT), offset, part), arrival -> call.answer(200, arriving(known(arrival))));
    }

    static void end(final Call call) {
        final String sha256 = call.body().getString("sha256", "");
        PersonalCalls.ofApplication(call, application -> PersonalCalls.run(call, PersonalCalls.desk(call).end(Owners.all(application), call.text(DOCUMENT), sha256), document -> call.answer(200, kept(known(document)))));
    }

    /** As a file to be saved: no browser may show it as part of a page. */
    static void content(final Call call) {
        with(call, (documents, owners) -> () -> documents.content(owners, call.text(DOCUMENT)), content -> {
            final Document document = known(content).document();
            call.routing().response().putHeader("Content-Disposition", "attachment; filename=\"" + document.id() + '.' + document.judged().type().extension() + '"')
                    .putHeader("Mawid-Scan", document.scan().name());
            call.answer(document.judged().type().mediaType(), NOT_KEPT, Buffer.buffer(content.bytes()));
        });
    }

    static void thumbnail(final Call call) {
        with(call, (documents, owners) -> () -> documents.thumbnail(owners, call.text(DOCUMENT)), png -> call.answer("image/png", NOT_KEPT, Buffer.buffer(known(png))));
    }

    /** @param work of the application's documents and the persons it is about @param then on the event loop */
    private static <T> void with(final Call call, final BiFunction<Documents, List<Owner>, java.util.concurrent.Callable<T>> work, final Consumer<T> then) {
        PersonalCalls.ofApplication(call, (final Records.Application application) -> PersonalCalls.run(call, work.apply(documents(call), Owners.all(application)), then));
    }

    private static Documents documents(final Call call) {
        return call.loop().persons().documents();
    }

    private static <T> T known(final T found) {
        if (found == null) {
            throw PersonalCalls.unknown(UNKNOWN);
        }
        return found;
    }

    private static JsonObject arriving(final Arrival arrival) {
        return new JsonObject().put(DOCUMENT, arrival.id()).put("state", "ARRIVING").put("line", arrival.line()).put("kind", arrival.kind().name()).put("bytes", arrival.bytes()).put("offset", arrival.offset());
    }

    private static JsonObject kept(final Document document) {
        final JsonObject json = new JsonObject().put(DOCUMENT, document.id()).put("state", "KEPT").put("line", document.line()).put("kind", document.kind().name()).put("bytes", document.bytes()).put("type", document.judged().type().mediaType())
                .put("pages", document.judged().pages()).put("scan", document.scan().name()).put("thumbnail", !document.thumbnail().isEmpty()).put("hash", document.held().name().substring(0, 16));
        if (document.judged().width() > 0) {
            json.put("width", document.judged().width()).put("height", document.judged().height());
        }
        Times.put(json, "kept", document.held().atMs(), Times.utc());
        return json;
    }
}
