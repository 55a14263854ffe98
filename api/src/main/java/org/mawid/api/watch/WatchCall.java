package org.mawid.api.watch;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mawid.api.access.Access;
import org.mawid.api.access.Caller;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.References;
import org.mawid.api.inventory.InventoryGrpc;
import org.mawid.api.oidc.TokenTrouble;
import org.mawid.api.rpc.Refusals;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch. It runs when there is something to send and the transport takes it, one thread at a time, in short turns so that
 * one that catches up does not keep the others waiting. What a slow reader has not read stays in the event log.
 */
final class WatchCall implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchCall.class);
    private static final int EVENTS_PER_REPLY = 128;
    private static final int REPLIES_PER_TURN = 16;
    private static final int DAYS_PER_REPLY = 16;
    private static final int VISITS_PER_REPLY = 256;
    private static final long LOOK_MS = 5;

    private final ReadModel readModel;
    private final ServerCallStreamObserver<WatchReply> observer;
    private final Executor threads;
    private final Runnable onEnd;
    private final WatchRequest request;
    private final EventMapping mapping;
    private final EventLog.Subscription subscription;
    /** Days of the snapshot that are still to be sent. */
    private final Deque<DayToSend> days = new ArrayDeque<>();
    /** Visits of the snapshot that are still to be sent; null = they have not been read. */
    private Deque<Agenda.Visit> visits;
    private long visitsPosition;
    /** Where a call that only catches up ends. */
    private final long untilPosition;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private boolean snapshotIsDue;
    private boolean ended;
    private volatile boolean cancelled;
    private volatile boolean tokenIsOver;

    private record DayToSend(int poolId, int epochDay) {
    }

    /** @param access null = nobody is asked who they are @param untilPosition where a call that only catches up ends: what has been answered by now, which may not have come here yet */
    WatchCall(final ReadModel readModel, final Access access, final Caller caller, final References references, final WatchRequest request, final long untilPosition,
              final ServerCallStreamObserver<WatchReply> observer, final Executor threads, final Runnable onEnd) {
        this.readModel = readModel;
        this.observer = observer;
        this.threads = threads;
        this.onEnd = onEnd;
        this.request = request;
        this.mapping = new EventMapping(references);
        // Before the days are looked at: an event in between is in both, and a day says up to where.
        this.subscription = OwnEvents.follow(access, caller, readModel.events(), cursor(request), request.getPostId());
        this.snapshotIsDue = !request.hasCursor();
        this.untilPosition = untilPosition;
    }

    void begin() {
        observer.setOnReadyHandler(this::wake);
        observer.setOnCancelHandler(this::gone);
        observer.setOnCloseHandler(this::gone); // of a call that gRPC ends for an exception of ours, only this is told
        if (snapshotIsDue && request.getDays() > 0) {
            for (final CatalogueView.Pool pool : readModel.catalogue().pools(request.getPostId())) {
                for (int day = 0; day < request.getDays(); day++) {
                    days.add(new DayToSend(pool.poolId(), request.getFromEpochDay() + day));
                }
            }
        }
        wake();
    }

    /** From any thread: who watches has to say anew who they are. */
    void tokenIsOver() {
        tokenIsOver = true;
        wake();
    }

    private void gone() {
        cancelled = true;
        wake();
    }

    /** From any thread, the projection's too: returns at once and does not throw. */
    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                threads.execute(this);
            } catch (final RejectedExecutionException stopping) {
                // The server has stopped: nobody watches any more.
            }
        }
    }

    @Override
    public void run() {
        // Cleared first: whoever wakes from now on is heard, if only for a turn that finds nothing.
        scheduled.set(false);
        synchronized (this) {
            if (!ended) {
                try {
                    turn();
                } catch (final RuntimeException trouble) {
                    LOG.error("a watch had to be ended", trouble);
                    end();
                    observer.onError(Refusals.of(Cause.WATCH_ENDED));
                }
            }
        }
    }

    private void turn() {
        for (int replies = 0; replies < REPLIES_PER_TURN; replies++) {
            if (cancelled) {
                end();
                return;
            }
            if (tokenIsOver) {
                observer.onNext(WatchReply.newBuilder().setCursor(EventMapping.cursor(subscription.cursor())).build()); // where to go on, also on a quiet one
                end();
                observer.onError(Refusals.of(TokenTrouble.EXPIRED));
                return;
            }
            if (!observer.isReady()) {
                return; // the ready handler wakes
            }
            if (snapshotIsDue) {
                sendDays();
            } else if (!sendEvents()) {
                return;
            }
        }
        wake(); // the others first
    }

    private void sendDays() {
        final WatchReply.Builder reply = WatchReply.newBuilder();
        while (!days.isEmpty() && reply.getDaysCount() < DAYS_PER_REPLY) {
            final DayToSend next = days.remove();
            final Availability.DayView view = readModel.availability().day(next.poolId(), next.epochDay());
            if (view != null) {
                reply.addDays(InventoryGrpc.day(view));
            }
        }
        if (request.getVisits()) {
            addVisits(reply);
        }
        if (days.isEmpty() && (visits == null || visits.isEmpty())) {
            snapshotIsDue = false;
            reply.setSnapshotComplete(true);
        }
        observer.onNext(reply.setCursor(EventMapping.cursor(subscription.cursor())).build());
    }

    /** All of one position, which is not before that of the subscription: it was shown earlier. */
    private void addVisits(final WatchReply.Builder reply) {
        if (visits == null) {
            final Agenda.Visits found = readModel.agenda().between(request.getPostId(), 0, Long.MAX_VALUE);
            visits = new ArrayDeque<>(found.visits());
            visitsPosition = found.position();
        }
        while (!visits.isEmpty() && reply.getVisitsCount() < VISITS_PER_REPLY) {
            reply.addVisits(mapping.visit(visits.remove()));
        }
        reply.setVisitsPosition(visitsPosition);
    }

    /** @return false when there is nothing more for now */
    private boolean sendEvents() {
        final WatchReply.Builder reply = WatchReply.newBuilder();
        subscription.poll((cursor, buffer, offset, length) -> {
            if (EventMapping.isTold(buffer, offset)) {
                reply.addEvents(mapping.event(cursor, buffer, offset));
            }
        }, EVENTS_PER_REPLY);
        if (reply.getEventsCount() > 0) {
            observer.onNext(reply.setCursor(EventMapping.cursor(subscription.cursor())).build());
            return true;
        }
        if (subscription.isLost()) {
            end();
            observer.onError(Refusals.of(Result.START_AGAIN));
            return false;
        }
        if (request.getCatchUp() && subscription.cursor().hasPassed(untilPosition)) {
            observer.onNext(reply.setCursor(EventMapping.cursor(subscription.cursor())).build());
            end();
            observer.onCompleted();
            return false;
        }
        subscription.onAvailable(this::wake);
        if (request.getCatchUp()) { // what it still waits for may be of others, and nobody would wake it
            CompletableFuture.delayedExecutor(LOOK_MS, TimeUnit.MILLISECONDS, Runnable::run).execute(this::wake);
        }
        return false;
    }

    private void end() {
        if (ended) {
            return; // telling a client why may fail as well
        }
        ended = true;
        subscription.close();
        onEnd.run();
    }

    private static EventLog.Cursor cursor(final WatchRequest request) {
        return request.hasCursor()
                ? new EventLog.Cursor(request.getCursor().getEpoch(), request.getCursor().getPosition(),
                        Math.min(request.getCursor().getOrdinal(), EventLog.Cursor.ALL))
                : EventLog.Cursor.NOW;
    }
}
