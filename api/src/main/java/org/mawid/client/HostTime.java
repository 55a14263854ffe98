package org.mawid.client;

import java.util.concurrent.TimeUnit;

/** What the client takes from the machine, so that tests can give it another. Any thread. */
interface HostTime {
    /** The machine's. */
    HostTime REAL = new HostTime() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(final Object lock, final long ms) throws InterruptedException {
            final long wakeNanos = nanos() + TimeUnit.MILLISECONDS.toNanos(ms);
            for (long leftNanos = wakeNanos - nanos(); leftNanos > 0; leftNanos = wakeNanos - nanos()) {
                lock.wait(leftNanos / 1_000_000, (int) (leftNanos % 1_000_000)); // woken for another reason: not yet
            }
        }
    };

    /** Of a monotonic clock. */
    long nanos();

    /** Waits so long, whoever notifies. Called with the lock, which others can have meanwhile. */
    void pause(Object lock, long ms) throws InterruptedException;
}
