package org.mawid.engine.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The first stage spins for a moment, yields for a moment, then parks until something is published; the others park at once until whoever
 * is in front has passed, which behind a journal takes as long as a disk. The library's blocking strategies
 * wake consumers on publication only: a stage behind the journal would spin through each sync, on a machine with fewer cores than
 * stages at the expense of those who have work. Here each stage wakes the next one.
 * <p>Also waits for a submitter that has claimed a place and was put to sleep before filling it: the ring's own loop would
 * burn the core which that submitter needs.
 */
final class PhasedWait implements WaitStrategy {
    private static final int SPINS = 100;
    private static final int YIELDS = 10;
    /** Sleeping on a place that is claimed but not filled: nobody in particular will wake us in time. */
    private static final long HOLE_NANOS = 50_000L;

    private final Waiter[] waiters;

    /** One stage. Written by its own thread; {@code parked} by whoever wakes it as well. */
    private static final class Waiter {
        private volatile Thread thread;
        private volatile boolean parked;
        private long lastSequence = Long.MIN_VALUE;
        private int fruitless;

        void found(final long sequence) {
            lastSequence = sequence;
            fruitless = 0;
        }
    }

    PhasedWait(final int stages) {
        waiters = new Waiter[stages];
        for (int i = 0; i < stages; i++) {
            waiters[i] = new Waiter();
        }
    }

    /** Called by each stage on its own thread before it waits for the first time. */
    void enter(final int stage) {
        waiters[stage].thread = Thread.currentThread();
    }

    @Override
    public long waitFor(final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier)
            throws AlertException {
        final Waiter waiter = waiterOfThisThread();
        long available = dependent.get();
        if (available >= sequence) {
            holdBack(waiter, sequence);
            return available;
        }
        for (int i = 0; waiter == waiters[0] && i < SPINS + YIELDS; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            available = dependent.get();
            if (available >= sequence) {
                waiter.found(sequence);
                return available;
            }
        }
        while ((available = dependent.get()) < sequence) {
            barrier.checkAlert();
            waiter.parked = true;
            // Looked at again after having said so: whoever passes now sees the flag, or we see them.
            VarHandle.fullFence();
            if (dependent.get() < sequence && !barrier.isAlerted()) {
                LockSupport.park(this);
            }
            waiter.parked = false;
        }
        waiter.found(sequence);
        return available;
    }

    /** Asked again for what was said to be there: it is claimed, but not filled. */
    private static void holdBack(final Waiter waiter, final long sequence) {
        if (waiter.lastSequence != sequence) {
            waiter.found(sequence);
            return;
        }
        waiter.fruitless++;
        if (waiter.fruitless < SPINS) {
            Thread.onSpinWait();
        } else if (waiter.fruitless < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(HOLE_NANOS);
        }
    }

    /** Called by the ring after each publication: only the first stage waits for those. */
    @Override
    public void signalAllWhenBlocking() {
        VarHandle.fullFence();
        wake(waiters[0]);
    }

    /** Called by a stage after its sequence has moved. */
    void passed(final int stage) {
        if (stage + 1 < waiters.length) {
            VarHandle.fullFence();
            wake(waiters[stage + 1]);
        }
    }

    /** Wakes every stage, so that it sees that it must stop. */
    void alert() {
        VarHandle.fullFence();
        for (final Waiter waiter : waiters) {
            LockSupport.unpark(waiter.thread);
        }
    }

    private static void wake(final Waiter waiter) {
        if (waiter.parked) {
            waiter.parked = false;
            LockSupport.unpark(waiter.thread);
        }
    }

    private Waiter waiterOfThisThread() {
        final Thread current = Thread.currentThread();
        for (final Waiter waiter : waiters) {
            if (waiter.thread == current) {
                return waiter;
            }
        }
        throw new IllegalStateException("only stages of the pipeline wait here");
    }
}
