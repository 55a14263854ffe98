package org.mawid.api.watch;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.Places;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;
import org.mawid.sbe.Result;

/** Watches over gRPC. Calls begin on the server's event loops and go on on threads of their own. */
public final class WatchGrpc extends WatchServiceGrpc.WatchServiceImplBase implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int DAYS_MAX = 500;
    private static final int POST_MAX = 4_095;

    private final Calls calls;
    private final Places places;
    private final ExecutorService threads;

    /** @param maxWatches most watches at once; one more is told UNAVAILABLE */
    public WatchGrpc(final Calls calls, final int maxWatches) {
        this.calls = calls;
        this.places = new Places(maxWatches);
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            final Thread thread = new Thread(task, "mawid-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void watch(final WatchRequest message, final StreamObserver<WatchReply> observer) {
        final Result problem = check(message);
        if (problem == Result.POST_UNKNOWN) { // for good only when what has been answered by now is known here
            calls.whenCaughtUp(observer, () -> observer.onError(Refusals.of(check(message) == Result.OK ? Result.READ_MODEL_BEHIND : Result.POST_UNKNOWN)));
            return;
        }
        if (problem != Result.OK) {
            observer.onError(Refusals.of(problem));
            return;
        }
        final Places.Place place = places.take();
        if (place == null) {
            observer.onError(Refusals.of(Cause.TOO_MANY_STREAMS));
            return;
        }
        try {
            new WatchCall(calls.readModel(), calls.references(), message, calls.durablePosition(), (ServerCallStreamObserver<WatchReply>) observer, threads,
                    place::giveBack).begin();
        } catch (final RuntimeException ours) {
            place.giveBack();
            throw ours;
        }
    }

    private Result check(final WatchRequest message) {
        if (message.getPostId() < 0 || message.getPostId() > POST_MAX || message.getDays() < 0 || message.getDays() > DAYS_MAX
                || (message.getDays() > 0 || message.getVisits()) && message.getPostId() == 0) {
            return Result.OUT_OF_RANGE;
        }
        if (message.hasCursor() && (message.getCursor().getPosition() < 0 || message.getCursor().getOrdinal() < 0)) {
            return Result.OUT_OF_RANGE;
        }
        return message.getPostId() != 0 && calls.readModel().catalogue().post(message.getPostId()) == null ? Result.POST_UNKNOWN : Result.OK;
    }

    /** After the server: nobody watches any more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
