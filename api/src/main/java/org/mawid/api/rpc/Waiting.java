package org.mawid.api.rpc;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.mawid.api.gateway.Gateway;
import org.mawid.engine.readmodel.ReadModel;

/**
 * Lets a read wait until the read side has reached a position, or can be read at all, away from the event loops. Bounded: at most
 * {@value #THREADS} wait at once and {@value #QUEUE} more may queue; others are told READ_MODEL_BEHIND at once.
 */
public final class Waiting implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int QUEUE = 1_024;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final long timeoutMs;
    private final ThreadPoolExecutor threads;
    /** Their own, for a wait of seconds would keep those from theirs who wait for a position. */
    private final ThreadPoolExecutor openingThreads;

    /** A position to be reached. */
    record Position(BooleanSupplier reached, LongPredicate awaitMs) {
        boolean isReached() {
            return reached.getAsBoolean();
        }
    }

    /** @param timeoutMs longest wait of one read for a position, 1 to 30 000 */
    public Waiting(final long timeoutMs) {
        this.timeoutMs = timeoutMs;
        this.threads = threads("mawid-read-wait");
        this.openingThreads = threads("mawid-read-open");
    }

    private static ThreadPoolExecutor threads(final String name) {
        final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
            final Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    Position forAvailability(final ReadModel readModel, final long position) {
        return new Position(() -> readModel.availability().position() >= position,
                waitMs -> readModel.availability().awaitPosition(position, waitMs));
    }

    Position forRecords(final ReadModel readModel, final long position) {
        return new Position(() -> position <= 0 || readModel.records().position() >= position,
                waitMs -> readModel.records().awaitPosition(position, waitMs));
    }

    /** As soon as what somebody else keeps has come so far, and {@code work} is done then: on a thread on which reads wait. */
    Position forWork(final LongSupplier present, final long position, final Runnable work) {
        return new Position(() -> false, waitMs -> {
            final long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
            while (present.getAsLong() < position) {
                if (System.nanoTime() - untilNanos >= 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            work.run();
            return true;
        });
    }

    Position forOpenRecords(final ReadModel readModel) {
        return new Position(() -> !readModel.records().isOpening(), waitMs -> readModel.records().awaitOpen(waitMs));
    }

    /** @param then true when the position was reached; on any thread */
    void await(final Position position, final Consumer<Boolean> then) {
        await(threads, timeoutMs, position, then);
    }

    /** As {@link #await}, of records that are opening. */
    void awaitOpen(final Position position, final Consumer<Boolean> then) {
        await(openingThreads, Gateway.OPENING_TIMEOUT_MS, position, then);
    }

    private static void await(final ThreadPoolExecutor threads, final long timeoutMs, final Position position, final Consumer<Boolean> then) {
        final long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        try {
            threads.execute(() -> {
                // Time in the queue counts.
                final long leftMs = Math.max(0, TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime()));
                then.accept(position.awaitMs().test(leftMs));
            });
        } catch (final RejectedExecutionException full) {
            then.accept(false);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        openingThreads.shutdownNow();
    }
}
