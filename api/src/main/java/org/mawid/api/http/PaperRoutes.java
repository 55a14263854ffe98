package org.mawid.api.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.manifest.Manifests;
import org.mawid.api.stamp.document.PageLanguage;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.sbe.Result;

/**
 * Stamps on paper, and what is signed for who works without a connection. Records are read by worker threads, pages are drawn by those of the press; the event loop only hands over.
 * <p>A page has the secret code on it: it is for the stamp's owner, and nothing on the way may keep it.
 */
final class PaperRoutes {
    private static final CharSequence PDF = HttpHeaders.createOptimized("application/pdf");
    private static final CharSequence PNG = HttpHeaders.createOptimized("image/png");
    private static final CharSequence SVG = HttpHeaders.createOptimized("image/svg+xml");
    private static final CharSequence KEY_SET = HttpHeaders.createOptimized("application/jwk-set+json");
    private static final CharSequence JOSE = HttpHeaders.createOptimized("application/jose");
    /** A new key signs only after a restart, before which every post was given it. */
    private static final CharSequence AN_HOUR = HttpHeaders.createOptimized("public, max-age=3600");

    private PaperRoutes() {
    }

    static void document(final Call call) {
        draw(call, PDF, found -> call.loop().press().page(found, PageLanguage.of(call.text("language"))));
    }

    static void code(final Call call) {
        draw(call, PNG, call.loop().press()::code);
    }

    /** Its reference and nothing else: what a kiosk reads checks in as it is. */
    static void appointmentCode(final Call call) {
        final boolean asDrawing = "svg".equals(call.text("form"));
        final long number = call.number(ReferenceKind.APPOINTMENT, "appointment");
        Reads.fromRecords(call, Result.APPOINTMENT_UNKNOWN, asked -> asked.loop().readModel().records().appointment(number), found -> give(call, asDrawing ? SVG : PNG,
                call.loop().press().code(call.loop().references().text(ReferenceKind.APPOINTMENT, number), asDrawing)));
    }

    static void keys(final Call call) {
        call.answer(KEY_SET, AN_HOUR, Buffer.buffer(call.loop().press().publicKeys()));
    }

    /** Records are waited for, on a worker thread. */
    static void manifest(final Call call) {
        final int postId = call.post(call.text("post")).postId();
        final int epochDay = Times.epochDay(call.text("date"));
        Reads.fromRecords(call, Result.POST_UNKNOWN, asked -> new Manifests(asked.loop().gateway(), asked.loop().press(), asked.loop()::place).of(postId, epochDay),
                manifest -> call.answer(JOSE, Answers.NO_STORE, Buffer.buffer(manifest.jws())));
    }

    private static void draw(final Call call, final CharSequence contentType, final Function<StampPress.Found, CompletableFuture<byte[]>> drawing) {
        Reads.fromRecords(call, Result.STAMP_UNKNOWN, asked -> asked.loop().press().find(asked.number(ReferenceKind.STAMP, "stamp")), found -> {
            if (found.facts() == null) {
                throw new Fault(Problem.of(Result.STAMP_STATE).with("stampState", found.state().name()));
            }
            give(call, contentType, drawing.apply(found));
        });
    }

    /** @param drawn null = too many are being drawn */
    private static void give(final Call call, final CharSequence contentType, final CompletableFuture<byte[]> drawn) {
        if (drawn == null) {
            throw new Fault(Problem.of(Cause.TOO_MANY_DOCUMENTS));
        }
        Future.fromCompletionStage(drawn, call.loop().vertx().getOrCreateContext())
                .onSuccess(bytes -> Reads.guarded(call, () -> call.answer(contentType, Answers.NO_STORE, Buffer.buffer(bytes))))
                .onFailure(call.routing()::fail);
    }
}
