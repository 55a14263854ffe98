package org.mawid.api.gateway;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads answers back to the thread that waits for them: one lane for each event loop. The core's thread only links what is
 * finished; the first of a burst wakes the event loop, which then takes all there is. So a wake-up, which is a system call, is
 * paid once a burst, and references, messages and flushes are made away from the core's thread.
 */
public final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Executor executor;
    private final long timeoutNanos;
    private final AtomicReference<Signal> pushed = new AtomicReference<>();
    private final Runnable drain = this::drain;
    private final Runnable expire = this::expire;
    private Signal oldest;
    private Signal newest;
    /** Written on the lane's thread, looked at by the timer. */
    private volatile boolean anybodyWaits;
    private volatile boolean ended;

    /** @param executor runs everything on one and the same thread */
    Lane(final Executor executor, final long timeoutMs) {
        this.executor = executor;
        this.timeoutNanos = timeoutMs * 1_000_000L;
    }

    /** From any thread; never blocks, never throws. {@link Signal#onLane} follows on the lane's thread, unless that has ended. */
    public void push(final Signal signal) {
        Signal head;
        do {
            head = pushed.get();
            signal.nextSignal = head;
        } while (!pushed.compareAndSet(head, signal));
        if (head == null) {
            execute(drain);
        }
    }

    /** From now on {@link Signal#onTimeout} is called unless {@link #answered} comes first. Lane's thread. */
    public void await(final Signal signal) {
        signal.dueNanos = System.nanoTime() + timeoutNanos;
        signal.waiting = true;
        signal.earlier = newest;
        signal.later = null;
        if (newest == null) {
            oldest = signal;
            anybodyWaits = true;
        } else {
            newest.later = signal;
        }
        newest = signal;
    }

    /** Lane's thread. Nothing happens when it did not wait. */
    public void answered(final Signal signal) {
        if (!signal.waiting) {
            return;
        }
        signal.waiting = false;
        if (signal.earlier == null) {
            oldest = signal.later;
        } else {
            signal.earlier.later = signal.later;
        }
        if (signal.later == null) {
            newest = signal.earlier;
        } else {
            signal.later.earlier = signal.earlier;
        }
        signal.earlier = null;
        signal.later = null;
        if (oldest == null) {
            anybodyWaits = false;
        }
    }

    /** By the timer, now and then. */
    void tick() {
        if (anybodyWaits) {
            execute(expire);
        }
    }

    /** True when its thread takes nothing any more. */
    boolean hasEnded() {
        return ended;
    }

    private void execute(final Runnable task) {
        try {
            executor.execute(task);
        } catch (final RejectedExecutionException over) {
            // The edge has stopped before the engine: whoever waited has gone.
            ended = true;
        }
    }

    private void drain() {
        Signal next = inOrder(pushed.getAndSet(null));
        while (next != null) {
            final Signal signal = next;
            next = signal.nextSignal;
            signal.nextSignal = null;
            try {
                signal.onLane();
            } catch (final RuntimeException ours) {
                LOG.error("an answer could not be handed over", ours);
            } catch (final OutOfMemoryError e) {
                OutOfMemory.tell(e); // who comes after this one would wait for ever
                throw e;
            }
        }
    }

    private void expire() {
        final long now = System.nanoTime();
        while (oldest != null && now - oldest.dueNanos >= 0) {
            final Signal signal = oldest;
            answered(signal);
            try {
                signal.onTimeout();
            } catch (final RuntimeException ours) {
                LOG.error("a time-out could not be handed over", ours);
            } catch (final OutOfMemoryError e) {
                OutOfMemory.tell(e);
                throw e;
            }
        }
    }

    /** The queue is a stack: turns it round. */
    private static Signal inOrder(final Signal top) {
        Signal first = null;
        Signal next = top;
        while (next != null) {
            final Signal below = next.nextSignal;
            next.nextSignal = first;
            first = next;
            next = below;
        }
        return first;
    }
}
