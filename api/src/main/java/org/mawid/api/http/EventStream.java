package org.mawid.api.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.RejectedExecutionException;
import org.mawid.api.oidc.TokenTrouble;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of server-sent events. It alternates: a turn on a worker thread reads what comes next, for it may have to read a file;
 * then the event loop writes it, and starts the next turn when the client has room. So a slow client holds at most one turn in memory:
 * what it has not read stays in the event log. One that does not read at all is cut off and can resume.
 */
final class EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final long LOOK_MS = 5;
    private static final int EVENTS_PER_TURN = 64;
    private static final long NO_TIMER = -1;
    private static final Buffer ALIVE = Buffer.buffer(":\n\n");

    /**
     * What was asked for.
     *
     * @param snapshot whether something comes before the events
     * @param isTold   when all that had happened as the stream was asked for has been told, that is told as well
     * @param endsThen with that the stream ends
     */
    record Wanted(boolean snapshot, boolean isTold, boolean endsThen) {
    }

    private final Context context;
    private final WorkerExecutor workers;
    private final HttpServerResponse response;
    private final Loop loop;
    private final EventLog.Subscription subscription;
    private final Wanted wanted;
    private final Telling telling;
    private final Runnable onEnd;
    private boolean snapshotIsDue;
    /** All up to here had happened when the stream was asked for, and may have been answered. */
    private final long untilPosition;
    private boolean inStepIsDue;
    // All below only on the event loop.
    private boolean turning;
    private boolean ended;
    private long fullSinceNanos;
    private long tokenTimer = NO_TIMER;

    EventStream(final Loop loop, final Context context, final WorkerExecutor workers, final HttpServerResponse response, final EventLog.Subscription subscription,
                final Telling telling, final Wanted wanted, final Runnable onEnd) {
        this.loop = loop;
        this.context = context;
        this.workers = workers;
        this.response = response;
        this.subscription = subscription;
        this.telling = telling;
        this.wanted = wanted;
        this.onEnd = onEnd;
        this.snapshotIsDue = wanted.snapshot();
        this.untilPosition = loop.gateway().engine().status().durablePosition();
        this.inStepIsDue = wanted.isTold();
    }

    /** @param leftMs for how long who listens may */
    void begin(final long leftMs) {
        if (leftMs < Long.MAX_VALUE) {
            tokenTimer = loop.vertx().setTimer(Math.max(1, leftMs), over -> tokenIsOver());
        }
        response.closeHandler(gone -> end());
        response.exceptionHandler(gone -> end());
        response.drainHandler(room -> {
            fullSinceNanos = 0;
            turn();
        });
        response.write(ALIVE); // the client learns that it is connected
        turn();
    }

    /** Now and then: a silent stream says that it is alive, and a client that has not read for too long is cut off. */
    void look(final long nowNanos, final long stallNanos) {
        if (ended) {
            return;
        }
        if (!response.writeQueueFull()) {
            response.write(alive());
        } else if (fullSinceNanos != 0 && nowNanos - fullSinceNanos > stallNanos) {
            loop.metrics().onStreamCutOff();
            response.reset();
            loop.vertx().runOnContext(nothing -> end());
        }
    }

    /** An id without data shows a client nothing and moves its cursor on: who follows a quiet post does not fall behind what is kept. */
    private Buffer alive() {
        return turning || snapshotIsDue ? ALIVE : Buffer.buffer(Telling.id(subscription.cursor())).appendString("\n");
    }

    /** Who listens has to say anew who they are. */
    private void tokenIsOver() {
        if (!ended) {
            final Buffer last = Buffer.buffer();
            final boolean isStill = !turning && !snapshotIsDue; // else what was told last says where to go on
            Telling.append(last, isStill ? subscription.cursor() : null, "tokenExpired", Problem.unauthenticated(TokenTrouble.EXPIRED).json());
            response.end(last);
            end();
        }
    }

    /** The server stops. */
    void stop() {
        if (!ended) {
            response.end();
            end();
        }
    }

    private void turn() {
        if (ended || turning) {
            return;
        }
        turning = true;
        final Future<Turn> reading;
        try {
            reading = workers.executeBlocking(this::read, false);
        } catch (final RejectedExecutionException stopping) { // the server does: whoever told the workers tells the streams as well
            turning = false;
            stop();
            return;
        }
        reading.onComplete(read -> {
            turning = false;
            if (ended) {
                subscription.close();
            } else if (read.failed()) {
                LOG.error("a stream of events had to be ended", read.cause());
                stop();
            } else {
                write(read.result());
            }
        });
    }

    /** @param bytes empty = nothing for now @param lost = the cursor is older than what is kept @param isLast = the stream ends with them */
    private record Turn(Buffer bytes, boolean lost, boolean isLast) {
    }

    /** On a worker thread. */
    private Turn read() {
        final Buffer bytes = Buffer.buffer();
        if (snapshotIsDue) {
            snapshotIsDue = !telling.snapshot(bytes, subscription.cursor());
            return new Turn(bytes, false, false);
        }
        subscription.poll((cursor, buffer, offset, length) -> telling.event(bytes, cursor, buffer, offset), EVENTS_PER_TURN);
        final boolean isLost = bytes.length() == 0 && subscription.isLost();
        if (!isLost) {
            telling.turnEnded(bytes, subscription.cursor());
        }
        final boolean isInStep = inStepIsDue && !isLost && subscription.cursor().hasPassed(untilPosition);
        if (isInStep) {
            inStepIsDue = false;
            Telling.append(bytes, subscription.cursor(), "inStep", new JsonObject().put("position", subscription.cursor().position()));
        }
        return new Turn(bytes, isLost, isInStep && wanted.endsThen());
    }

    private void write(final Turn turn) {
        if (turn.lost()) {
            final Buffer last = Buffer.buffer();
            Telling.append(last, null, Result.START_AGAIN.name(), Problem.of(Result.START_AGAIN).json());
            response.end(last);
            end();
        } else if (turn.isLast()) {
            response.end(turn.bytes());
            end();
        } else if (turn.bytes().length() == 0) {
            subscription.onAvailable(() -> context.runOnContext(nothing -> turn()));
            if (inStepIsDue) { // what it still waits for may be of others, and nobody would wake it
                loop.vertx().setTimer(LOOK_MS, timer -> turn());
            }
        } else {
            response.write(turn.bytes());
            if (response.writeQueueFull()) {
                fullSinceNanos = Math.max(1, System.nanoTime());
            } else {
                turn();
            }
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        loop.vertx().cancelTimer(tokenTimer);
        if (!turning) {
            subscription.close(); // else the turn that runs closes it: it is one thread's at a time
        }
        onEnd.run();
    }
}
