package org.mawid.api.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.treasury.closing.ClosingRefused;
import org.mawid.api.treasury.closing.Closings;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.grpc.CloseDayRequest;
import org.mawid.grpc.Closing;
import org.mawid.grpc.ClosingDocument;
import org.mawid.grpc.GetClosingRequest;
import org.mawid.grpc.ListClosingsReply;
import org.mawid.grpc.ListClosingsRequest;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Daily closings over gRPC. On the server's event loops, to which the closings' own thread hands over. */
final class ClosingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingCalls.class);
    private static final Runnable NOTHING = () -> { };
    /** Of a list nothing is before it. */
    private static final int ALL = 0;

    private final Calls calls;
    /** Null = there are none. */
    private final Closings closings;

    ClosingCalls(final Calls calls, final Closings closings) {
        this.calls = calls;
        this.closings = closings;
    }

    void list(final ListClosingsRequest message, final StreamObserver<ListClosingsReply> observer) {
        final CatalogueView.Post post = post(message.getPostId(), observer);
        if (post != null) {
            answer(observer, closings == null ? CompletableFuture.completedFuture(List.of()) : closings.list(post.code(), message.getCurrency().isEmpty() ? null : message.getCurrency(),
                    message.getBeforeEpochDay() == ALL ? null : LocalDate.ofEpochDay(message.getBeforeEpochDay())), ClosingCalls::reply);
        }
    }

    void document(final GetClosingRequest message, final StreamObserver<ClosingDocument> observer) {
        final CatalogueView.Post post = post(message.getPostId(), observer);
        if (post != null) {
            final String currency = message.getCurrency().isEmpty() ? post.currency() : message.getCurrency();
            answer(observer, closings == null ? CompletableFuture.completedFuture(null) : closings.find(post.code(), currency, LocalDate.ofEpochDay(message.getEpochDay())),
                    found -> ClosingDocument.newBuilder().setName(found.name()).setDocument(ByteString.copyFrom(found.document())).setSignature(found.signature()).build());
        }
    }

    void close(final CloseDayRequest message, final StreamObserver<ListClosingsReply> observer) {
        final CatalogueView.Post post = post(message.getPostId(), observer);
        if (post != null) {
            answer(observer, closings == null ? CompletableFuture.completedFuture(null) : closings.close(post.postId(), LocalDate.ofEpochDay(message.getEpochDay())), ClosingCalls::reply);
        }
    }

    /** Null when there is none, and the call has been refused. */
    private CatalogueView.Post post(final int postId, final StreamObserver<?> observer) {
        ((ServerCallStreamObserver<?>) observer).setOnCancelHandler(NOTHING);
        final CatalogueView.Post post = calls.readModel().catalogue().post(postId);
        if (post == null) {
            observer.onError(Refusals.of(Result.POST_UNKNOWN));
        }
        return post;
    }

    private static ListClosingsReply reply(final List<Closings.Entry> entries) {
        final ListClosingsReply.Builder reply = ListClosingsReply.newBuilder();
        for (final Closings.Entry one : entries) {
            final Closing.Builder closing = Closing.newBuilder().setCurrency(one.currency()).setEpochDay((int) one.day().toEpochDay());
            reply.addClosings(one.from() == null ? closing : closing.setFromEpochDay((int) one.from().toEpochDay()));
        }
        return reply.build();
    }

    /** @param found completes with null = there is none */
    private <T, R extends MessageLite> void answer(final StreamObserver<R> observer, final CompletableFuture<T> found, final Function<T, R> reply) {
        final CallBytes bytes = CallBytes.ofCall();
        found.whenCompleteAsync((one, trouble) -> {
            if (trouble != null) {
                observer.onError(refusal(trouble instanceof CompletionException wrapped ? wrapped.getCause() : trouble));
            } else if (one == null) {
                observer.onError(Refusals.of(Result.BATCH_UNKNOWN));
            } else {
                Calls.give(bytes, observer, reply.apply(one));
            }
        }, calls.worker().eventLoop());
    }

    private static RuntimeException refusal(final Throwable trouble) {
        if (trouble instanceof ClosingRefused refused) {
            return Refusals.of(refused.result(), refused.atMs(), 0);
        }
        LOG.error("closings cannot be told", trouble);
        return Status.INTERNAL.withDescription("closings cannot be told; the server's log says why").asRuntimeException();
    }
}
