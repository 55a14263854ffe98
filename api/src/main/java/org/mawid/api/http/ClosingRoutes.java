package org.mawid.api.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.mawid.api.treasury.closing.ClosingRefused;
import org.mawid.api.treasury.closing.Closings;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.Result;

/** Daily closings: read from files by a thread of theirs, answered on the event loop. */
final class ClosingRoutes {
    private static final CharSequence JOSE = HttpHeaders.createOptimized("application/jose");
    /** It is never written anew. */
    private static final CharSequence FOR_GOOD = HttpHeaders.createOptimized("private, max-age=31536000, immutable");

    private ClosingRoutes() {
    }

    static void list(final Call call) {
        final CatalogueView.Post post = call.post(call.text("post"));
        final LocalDate before = call.has("before") ? day(call.text("before")) : null;
        final Closings closings = call.loop().closings();
        then(call, closings == null ? CompletableFuture.completedFuture(List.of()) : closings.list(post.code(), call.text("currency"), before), found -> call.answer(200, json(post, found)));
    }

    static void document(final Call call) {
        found(call, document -> call.answer(Answers.JSON, FOR_GOOD, Buffer.buffer(document.document())));
    }

    static void signature(final Call call) {
        found(call, document -> call.answer(JOSE, FOR_GOOD, Buffer.buffer(document.signature())));
    }

    static void close(final Call call) {
        final CatalogueView.Post post = call.post(call.text("post"));
        final LocalDate day = day(call.body().getString("date"));
        then(call, there(call).close(post.postId(), day), closed -> call.answer(200, json(post, closed)));
    }

    private static void found(final Call call, final Consumer<Closings.Document> answer) {
        final CatalogueView.Post post = call.post(call.text("post"));
        final String currency = call.has("currency") ? call.text("currency") : post.currency();
        then(call, there(call).find(post.code(), currency, day(call.text("date"))), document -> {
            if (document == null) {
                throw new Fault(Result.BATCH_UNKNOWN);
            }
            answer.accept(document);
        });
    }

    private static Closings there(final Call call) {
        final Closings closings = call.loop().closings();
        if (closings == null) {
            throw new Fault(Result.BATCH_UNKNOWN);
        }
        return closings;
    }

    private static LocalDate day(final String date) {
        return LocalDate.ofEpochDay(Times.epochDay(date));
    }

    private static JsonObject json(final CatalogueView.Post post, final List<Closings.Entry> entries) {
        final JsonArray closings = new JsonArray();
        for (final Closings.Entry one : entries) {
            final JsonObject json = new JsonObject().put("currency", one.currency()).put("date", one.day().toString());
            closings.add(one.from() == null ? json : json.put("from", one.from().toString()));
        }
        return new JsonObject().put("post", post.code()).put("closings", closings);
    }

    private static <T> void then(final Call call, final CompletableFuture<T> told, final Consumer<T> answer) {
        Future.fromCompletionStage(told, call.loop().vertx().getOrCreateContext()).onComplete(done -> Reads.guarded(call, () -> {
            if (done.succeeded()) {
                answer.accept(done.result());
                return;
            }
            final Throwable cause = done.cause() instanceof CompletionException wrapped ? wrapped.getCause() : done.cause();
            if (!(cause instanceof ClosingRefused refused)) {
                throw new IllegalStateException(cause);
            }
            throw new Fault(refused.atMs() > 0 ? Problem.refused(refused.result(), refused.atMs(), 0, call.loop().zone(call.post(call.text("post")).postId()))
                    : Problem.of(refused.result(), 0, refused.getMessage()));
        }));
    }
}
