package org.mawid.client;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Result;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/**
 * Follows until closed, or until the server refuses for good, which {@link WatchListener#onRefused} is told. A lost connection is made again from
 * the last cursor; only START_AGAIN makes a new snapshot.
 */
public final class Watch implements AutoCloseable {
    private final Connections connections;
    private final WatchRequest fresh;
    private final WatchListener listener;
    private final Repeat repeat = new Repeat();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "mawid-watch-again");
        thread.setDaemon(true);
        return thread;
    });
    private Cursor cursor;
    private Attempt attempt;
    private boolean snapshotComplete;
    private boolean closed;

    private Watch(final Connections connections, final WatchRequest fresh, final WatchListener listener) {
        this.connections = connections;
        this.fresh = fresh;
        this.listener = listener;
    }

    static Watch begin(final Connections connections, final int postId, final int fromEpochDay, final int days, final WatchListener listener) {
        final Watch watch = new Watch(connections,
                WatchRequest.newBuilder().setPostId(postId).setFromEpochDay(fromEpochDay).setDays(days).build(), listener);
        watch.again();
        return watch;
    }

    /** Where the watch stands; null before the first message. */
    public synchronized Cursor cursor() {
        return cursor;
    }

    @Override
    public synchronized void close() {
        end();
        if (attempt != null && attempt.call != null) {
            attempt.call.cancel("the watch is closed", null);
        }
    }

    private void end() {
        closed = true;
        timer.shutdownNow();
    }

    private synchronized void again() {
        if (closed) {
            return;
        }
        final WatchRequest request;
        if (snapshotComplete) {
            request = fresh.toBuilder().setCursor(cursor).build();
        } else {
            listener.onSnapshot();
            request = fresh;
        }
        attempt = new Attempt();
        WatchServiceGrpc.newStub(connections.next()).watch(request, attempt);
    }

    private synchronized void ended(final Attempt which, final Throwable failure) {
        if (closed || which != attempt) {
            return;
        }
        final Refusal refusal = failure == null ? null : Refusal.of(failure);
        if (refusal != null && refusal.reason() == Result.START_AGAIN) {
            snapshotComplete = false;
        } else if (failure != null && Refusal.isFinal(failure, refusal)) {
            end();
            listener.onRefused(refusal == null ? new MawidException("the watch was refused: " + Status.fromThrowable(failure), failure)
                    : new MawidException(refusal, failure));
            return;
        }
        timer.schedule(this::again, repeat.afterMs(refusal, Long.MAX_VALUE), TimeUnit.MILLISECONDS);
    }

    private synchronized void take(final Attempt which, final WatchReply reply) {
        if (closed || which != attempt) {
            return;
        }
        repeat.progress();
        if (reply.getDaysCount() > 0) {
            listener.onDays(reply.getDaysList());
        }
        if (reply.getSnapshotComplete()) {
            snapshotComplete = true;
            listener.onSnapshotComplete();
        }
        if (reply.getEventsCount() > 0) {
            listener.onEvents(reply.getEventsList());
        }
        cursor = reply.getCursor();
    }

    private final class Attempt implements ClientResponseObserver<WatchRequest, WatchReply> {
        private ClientCallStreamObserver<WatchRequest> call;

        @Override
        public void beforeStart(final ClientCallStreamObserver<WatchRequest> requests) {
            call = requests;
        }

        @Override
        public void onNext(final WatchReply reply) {
            take(this, reply);
        }

        @Override
        public void onError(final Throwable failure) {
            ended(this, failure);
        }

        @Override
        public void onCompleted() {
            ended(this, null);
        }
    }
}
