package org.mawid.engine.readmodel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A position that one thread moves on and any can read or wait for. Moving it costs next to nothing while nobody waits. */
public final class PositionGate {
    private static final VarHandle POSITION;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile int waiting;
    private volatile long position;

    static {
        try {
            POSITION = MethodHandles.lookup().findVarHandle(PositionGate.class, "position", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public long position() {
        return (long) POSITION.getAcquire(this);
    }

    /** The owner's thread. A full fence, so that who begins to wait now either sees the position or is seen waiting. */
    public void moveTo(final long newPosition) {
        position = newPosition;
        if (waiting > 0) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits at most {@code timeoutMs}. @return whether the position has been reached; an interrupt ends the wait and stays set */
    public boolean await(final long wanted, final long timeoutMs) {
        if (position() >= wanted) {
            return true;
        }
        lock.lock();
        try {
            waiting++;
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (position < wanted && left > 0) {
                left = moved.awaitNanos(left);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting--;
            lock.unlock();
        }
        return position() >= wanted;
    }
}
