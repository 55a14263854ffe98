package org.mawid.api.stamp;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.Worker;
import org.mawid.api.stamp.document.PageLanguage;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.grpc.GetStampDocumentRequest;
import org.mawid.grpc.StampDocument;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stamps on paper over gRPC. On the server's event loops, which hand over to the press and are handed the page back.
 * <p>A page has the secret code on it: it is for the stamp's owner, and nothing of it is logged.
 */
final class PaperCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PaperCalls.class);

    private final Calls calls;
    private final StampPress press;

    PaperCalls(final Calls calls, final StampPress press) {
        this.calls = calls;
        this.press = press;
    }

    void document(final GetStampDocumentRequest message, final StreamObserver<StampDocument> observer) {
        final PageLanguage language;
        try {
            language = PageLanguage.of(message.getLanguage());
        } catch (final IllegalArgumentException none) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        final long number = calls.numberToRead(ReferenceKind.STAMP, message.getStamp(), observer);
        if (number != 0) {
            final CallBytes bytes = CallBytes.ofCall();
            final Worker worker = calls.worker();
            calls.findRecord(message.getMinPosition(), observer, Result.STAMP_UNKNOWN, () -> press.find(number), found -> draw(found, language, bytes, worker, observer));
        }
    }

    private void draw(final StampPress.Found found, final PageLanguage language, final CallBytes bytes, final Worker worker, final StreamObserver<StampDocument> observer) {
        if (found.facts() == null) {
            observer.onError(Refusals.of(Result.STAMP_STATE));
            return;
        }
        final CompletableFuture<byte[]> drawn = press.page(found, language);
        if (drawn == null) {
            observer.onError(Refusals.of(Cause.TOO_MANY_DOCUMENTS));
            return;
        }
        drawn.whenCompleteAsync((page, trouble) -> {
            if (trouble == null) {
                Calls.give(bytes, observer, StampDocument.newBuilder().setPdf(ByteString.copyFrom(page)).build());
            } else {
                LOG.error("a stamp's document cannot be drawn", trouble);
                observer.onError(Status.INTERNAL.withDescription("the document cannot be drawn; the server's log says why").asRuntimeException());
            }
        }, worker.eventLoop());
    }
}
