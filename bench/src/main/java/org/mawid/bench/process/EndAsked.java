package org.mawid.bench.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * For a benchmark that must put something in order before its process ends: when the end is asked for (Ctrl-C, SIGTERM), the thread that made this is interrupted,
 * and the process stays until that thread has closed it, or its patience is over.
 */
public final class EndAsked implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;
    private final long patienceMs;
    private volatile boolean isAsked;

    /** @param patienceMs how long the end waits at most, milliseconds */
    public EndAsked(final long patienceMs) {
        this.patienceMs = patienceMs;
        this.hook = new Thread(this::ask, "bench-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What the end of the process does; returns when it may go on. */
    void ask() {
        isAsked = true;
        worker.interrupt();
        try {
            closed.await(patienceMs, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAsked() {
        return isAsked;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ending) {
            // it runs already, and goes on now
        }
    }
}
