package org.mawid.api.watch;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mawid.api.access.Caller;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.Places;
import org.mawid.api.rpc.Callers;
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
    private final ScheduledThreadPoolExecutor timer;

    /** @param maxWatches most watches at once; one more is told UNAVAILABLE */
    public WatchGrpc(final Calls calls, final int maxWatches) {
        this.calls = calls;
        this.places = new Places(maxWatches);
        this.threads = Executors.newFixedThreadPool(THREADS, task -> thread(task, "mawid-watch"));
        this.timer = new ScheduledThreadPoolExecutor(1, task -> thread(task, "mawid-watch-end"));
        timer.setRemoveOnCancelPolicy(true); // most watches end before their tokens
    }

    private static Thread thread(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
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
            begin(message, (ServerCallStreamObserver<WatchReply>) observer, place);
        } catch (final RuntimeException ours) {
            place.giveBack();
            throw ours;
        }
    }

    /** For as long as who watches has said who they are. */
    private void begin(final WatchRequest message, final ServerCallStreamObserver<WatchReply> observer, final Places.Place place) {
        final CompletableFuture<Void> end = new CompletableFuture<>();
        final WatchCall watch = new WatchCall(calls.readModel(), calls.access(), calls.access() == null ? Caller.NOBODY : Callers.ofCall(), calls.references(), message, calls.durablePosition(), observer, threads, () -> {
            place.giveBack();
            end.complete(null);
        });
        if (calls.access() != null) {
            final Future<?> tokenIsOver = timer.schedule(watch::tokenIsOver, calls.access().leftMs(Callers.ofCall()), TimeUnit.MILLISECONDS);
            end.thenRun(() -> tokenIsOver.cancel(false));
        }
        watch.begin();
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
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
