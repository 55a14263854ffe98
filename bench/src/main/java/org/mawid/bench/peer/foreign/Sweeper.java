package org.mawid.bench.peer.foreign;

import java.io.Closeable;

/** Gives back the places of holds whose time is over, once a second, on a connection and a thread of its own: what Mawid does with ticks. */
public final class Sweeper implements Closeable {
    /** Holds that are ended at once. */
    public static final int MOST = 1_000;
    private static final long EVERY_MS = 1_000;
    private static final long LONGEST_MS = 10_000;

    /** Ends what is due. */
    @FunctionalInterface
    public interface Sweep {
        /** @return how many were ended, {@link #MOST} = there may be more */
        long expire() throws Exception;
    }

    private final Thread thread;
    private volatile boolean closed;

    Sweeper(final String name, final Sweep sweep) {
        thread = new Thread(() -> run(name, sweep), name + "-sweeper");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(final String name, final Sweep sweep) {
        try {
            while (!closed) {
                if (sweep.expire() < MOST) {
                    Thread.sleep(EVERY_MS);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final Exception e) {
            if (!closed) {
                System.err.println(name + ": holds no longer expire: " + String.valueOf(e.getMessage()).lines().findFirst().orElseGet(e::toString));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LONGEST_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
