package org.mawid.engine.memory;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.BufferUtil;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Zeros outside the Java heap, made ahead by a thread of its own. Making them is a fault of the machine for each page of memory, a tenth
 * of the core's time while its tables grow; here another processor has it, and the core's thread allocates nothing.
 * <p>Thread: one takes, any thread closes.
 */
public final class Spares implements Supplier<ByteBuffer>, AutoCloseable {
    /** Of one. The core takes hundreds in a second at its highest rate, and what a table does not use of its last one is lost. */
    public static final int BYTES = (1 << 20) + 64;
    private static final int READY = 8;
    private static final int FEW = READY / 2;
    private static final Logger LOG = LoggerFactory.getLogger(Spares.class);

    private final OneToOneConcurrentArrayQueue<ByteBuffer> ready = new OneToOneConcurrentArrayQueue<>(READY);
    private final Thread thread = new Thread(this::run, "mawid-memory");
    private volatile boolean stopped;

    public Spares() {
        thread.setDaemon(true);
        thread.start();
    }

    /** @return {@link #BYTES} zeros that are the caller's from now on; null when none are ready */
    @Override
    public ByteBuffer get() {
        final ByteBuffer spare = ready.poll();
        if (ready.size() < FEW) {
            LockSupport.unpark(thread);
        }
        return spare;
    }

    /** Ends the thread and gives back what nobody took. Nothing may be taken any more. A second call does nothing. */
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        ready.drain(BufferUtil::free);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                while (!stopped && ready.size() < READY) {
                    ready.offer(ByteBuffer.allocateDirect(BYTES));
                }
                LockSupport.park(this);
            }
        } catch (final OutOfMemoryError e) {
            // The core goes on with what is left, in smaller pieces, and says so itself when nothing is.
            LOG.warn("no more memory for tables is made ahead: {}", e.getMessage());
        }
    }
}
