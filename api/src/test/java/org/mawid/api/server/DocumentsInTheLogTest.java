package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.document.DocumentLimits;
import org.mawid.api.document.Documents;
import org.mawid.api.document.MalwareScan;
import org.mawid.api.document.Specimens;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.DocumentRecordedDecoder;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RecordDocumentDecoder;
import org.mawid.sbe.ScanState;

/** What is kept is told to the post once, wherever the server is killed in between; so is what becomes known of it. */
class DocumentsInTheLogTest extends PersonFixture {
    private String application;
    private String documents;
    private byte[] file;

    @BeforeEach
    void announce() throws Exception {
        OnePost.define(client);
        application = submitted(YASMINE);
        documents = "/v1/applications/" + application + "/documents";
        file = Specimens.pdf(2, "x");
    }

    @Test
    void givenADocument_whenItIsKept_thenTheLogHasWhatItIs() throws Exception {
        final JsonObject kept = json(send("POST", documents + '/' + arrived() + "/end", new JsonObject()), 200);
        final List<DocumentRecordedDecoder> told = told();
        assertThat(told).hasSize(1);
        assertThat(String.format("%016x", told.get(0).hash())).isEqualTo(kept.getString("hash"));
        assertThat(told.get(0).bytes()).isEqualTo(file.length);
        assertThat(told.get(0).pages()).isEqualTo(2);
        assertThat(told.get(0).lines()).isEqualTo(1);
        assertThat(told.get(0).documentType()).isEqualTo(DocumentType.PDF);
        assertThat(told.get(0).scan()).isEqualTo(ScanState.NOT_SCANNED);
    }

    @Test
    void givenAServerThatIsKilledBeforeItTells_thenTheNextOneTells() throws Exception {
        final String document = arrived();
        final Records.Application owner = service.engine().readModel().records().application(1);
        stop();
        final PersonalData data = new PersonalData(data().resolve(PersonalData.FOLDER), Seals.open(data().resolve(PersonalData.KEYS), List.of(MasterKey.read(master()))),
                new FolderStore(data().resolve(PersonalData.FOLDER).resolve(PersonalData.SEALED)), owner::submittedMs);
        final Documents killed = new Documents(data().resolve(PersonalData.FOLDER), data, MalwareScan.NONE, DocumentLimits.USUAL, owner::submittedMs, (kept, scan) -> {
            throw new IOException("killed");
        });
        assertThatThrownBy(() -> killed.end(List.of(new Owner(YASMINE, 1, owner.submittedMs())), document, "")).hasMessage("killed");
        start();
        awaitNothingArriving();
        assertThat(told()).hasSize(1);
        assertThat(json(send("POST", documents + '/' + document + "/end", new JsonObject()), 200).getString("state")).isEqualTo("KEPT");
        assertThat(told()).hasSize(1);
    }

    @Test
    void givenAServerThatWasAwayForLong_thenTheNextOneLooksIntoTheLogBeforeItTells() throws Exception {
        final String document = arrived();
        final Path before = Files.createDirectories(folder.resolve("before"));
        copy(arriving(), before);
        final Records.Application owner = service.engine().readModel().records().application(1);
        stop();
        final PersonalData data = new PersonalData(data().resolve(PersonalData.FOLDER), Seals.open(data().resolve(PersonalData.KEYS), List.of(MasterKey.read(master()))),
                new FolderStore(data().resolve(PersonalData.FOLDER).resolve(PersonalData.SEALED)), () -> owner.submittedMs() - 86_400_000);
        new Documents(data().resolve(PersonalData.FOLDER), data, MalwareScan.NONE, DocumentLimits.USUAL, owner::submittedMs, Documents.Listener.NOBODY)
                .end(List.of(new Owner(YASMINE, 1, owner.submittedMs())), document, "");
        for (int life = 0; life < 2; life++) {
            copy(before, arriving());
            start();
            awaitNothingArriving();
            assertThat(told()).hasSize(1);
            stop();
        }
        start();
        final int[] commands = new int[1];
        service.engine().readLog(1, 0, (position, nowMs, buffer, offset, length) -> {
            commands[0] += new MessageHeaderDecoder().wrap(buffer, offset).templateId() == RecordDocumentDecoder.TEMPLATE_ID ? 1 : 0;
            return true;
        });
        assertThat(commands[0]).as("not even asked for twice").isEqualTo(1);
    }

    @Test
    void givenAServerThatIsKilledAfterItTold_thenTheNextOneTellsNothingNew() throws Exception {
        final String document = arrived();
        final Path before = Files.createDirectories(folder.resolve("before"));
        copy(arriving(), before);
        json(send("POST", documents + '/' + document + "/end", new JsonObject()), 200);
        stop();
        copy(before, arriving());
        start();
        awaitNothingArriving();
        assertThat(told()).hasSize(1);
        assertThat(json(send("GET", documents, null), 200).getJsonArray("documents")).hasSize(1);
    }

    private String arrived() throws Exception {
        final String document = json(send("POST", documents, new JsonObject().put("line", 0).put("bytes", file.length)), 201).getString("document");
        final HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + documents + '/' + document + "/bytes")).header("Content-Type", "application/octet-stream")
                .header("Upload-Offset", "0").PUT(HttpRequest.BodyPublishers.ofByteArray(file)).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        return document;
    }

    private Path arriving() {
        return data().resolve(PersonalData.FOLDER).resolve(Documents.ARRIVING);
    }

    private void awaitNothingArriving() throws IOException {
        boolean isEmpty = false;
        while (!isEmpty) {
            LockSupport.parkNanos(5_000_000);
            try (Stream<Path> files = Files.walk(arriving())) {
                isEmpty = files.noneMatch(Files::isRegularFile);
            } catch (final java.io.UncheckedIOException dropped) {
                isEmpty = false;
            }
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path each : (Iterable<Path>) files::iterator) {
                final Path copy = to.resolve(from.relativize(each));
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        }
    }

    /** All that was told of documents since the log began. */
    private List<DocumentRecordedDecoder> told() {
        final List<DocumentRecordedDecoder> told = new ArrayList<>();
        final EventLog events = service.engine().readModel().events();
        final long last = service.engine().status().durablePosition();
        try (EventLog.Subscription all = events.subscribe(EventLog.Cursor.after(events.epoch(), 0), 0)) {
            while (all.cursor().position() < last) {
                if (all.poll((cursor, buffer, offset, length) -> add(told, buffer, offset, length), 1_000) == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
        return told;
    }

    private static void add(final List<DocumentRecordedDecoder> told, final DirectBuffer buffer, final int offset, final int length) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        if (header.templateId() == DocumentRecordedDecoder.TEMPLATE_ID) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            told.add(new DocumentRecordedDecoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, header));
        }
    }
}
