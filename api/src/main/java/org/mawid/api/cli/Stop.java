package org.mawid.api.cli;

import java.util.concurrent.CountDownLatch;

/**
 * How a server is told to stop, by Ctrl-C or SIGTERM: that is what was wanted, so the process ends with 0 and not with the signal's
 * number. While it only starts nothing has been promised, and it ends at once.
 */
final class Stop {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onSignal, "mawid-stop");
    private volatile boolean orderly;
    private volatile Thread working;
    private volatile int exitCode;

    private Stop() {
    }

    static Stop whenAsked() {
        final Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** From now on there is something to be closed. */
    void orderly() {
        orderly = true;
    }

    /** Runs something long that ends when it is interrupted, as it is when the process is told to stop. */
    void interruptibly(final Runnable work) {
        working = Thread.currentThread();
        try {
            if (!isAsked()) {
                work.run();
            }
        } finally {
            worked();
        }
    }

    /** What is closed from now on must not be interrupted, by a signal that comes at this moment neither. */
    private synchronized void worked() {
        working = null;
        Thread.interrupted();
    }

    private synchronized void interrupt() {
        if (working != null) {
            working.interrupt();
        }
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /** All is closed. @param code to end with, whoever ends the process */
    void finish(final int code) {
        exitCode = code;
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            return; // the process is ending already: the hook runs, and waits for this
        }
    }

    private void onSignal() {
        asked.countDown();
        if (!orderly) {
            Runtime.getRuntime().halt(0);
        }
        interrupt();
        try {
            finished.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
