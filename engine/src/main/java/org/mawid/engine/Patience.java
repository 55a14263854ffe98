package org.mawid.engine;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.mawid.engine.ring.OwnWork;

/**
 * Ten seconds for what somebody wants of the core, from when it is made: to find a place in the ring, and to be answered. All that is asked
 * with the same one has these seconds together. One thread.
 */
final class Patience {
    static final long SECONDS = 10;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(SECONDS);
    private static final long ASK_AGAIN_MS = 1;

    private final OwnWork ring;
    private final LongSupplier nanoTime;
    private final long dueNanos;

    Patience(final OwnWork ring) {
        this(ring, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    Patience(final OwnWork ring, final LongSupplier nanoTime) {
        this.ring = ring;
        this.nanoTime = nanoTime;
        dueNanos = nanoTime.getAsLong() + NANOS;
    }

    /**
     * Asks, again and again while there is no place in the ring, and waits for the answer.
     *
     * @param asks puts it into the ring, false = there is no place; what it is given takes the one answer, on any thread and without waiting
     * @return null when the time is over, or the engine stops before there is a place
     */
    <T> T answer(final Predicate<Consumer<T>> asks) throws InterruptedException {
        final BlockingQueue<T> answer = new ArrayBlockingQueue<>(1);
        while (!asks.test(answer::add)) {
            if (!ring.isRunning() || leftNanos() < 0) {
                return null;
            }
            Thread.sleep(ASK_AGAIN_MS);
        }
        return answer.poll(leftNanos(), TimeUnit.NANOSECONDS);
    }

    private long leftNanos() {
        return dueNanos - nanoTime.getAsLong();
    }
}
