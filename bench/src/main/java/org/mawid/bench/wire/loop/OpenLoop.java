package org.mawid.bench.wire.loop;

import java.io.Closeable;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Sends at a rate, whatever the answers do. What is due and finds no place is late, not left out: it is sent as soon as there is one and
 * counts from when it was due, so that a server that stands still is seen to.
 * <p>A thread of its own sends; {@link #measure} and {@link #awaitAnswers} are for whoever measures.
 */
public final class OpenLoop implements Closeable {
    /** When something is due already and has no place, or comes so soon that one wakes for several. */
    private static final long PARK_NS = 50_000L;
    /** So long it takes at most to notice that it is to end. */
    private static final long LONGEST_PARK_NS = 5_000_000L;
    /** How long answers of a window are waited for once it is over. */
    private static final long PATIENCE_NS = 5_000_000_000L;

    /** How long before a window begins it is told of: whoever tells may have to wait for a processor. */
    private static final long LEAD_NS = 20_000_000L;

    private final Sender sender;
    private final Tally tally;
    private final LongSupplier clock;
    private final double intervalNs;
    private final long startNs;
    private final Thread thread = new Thread(this::run, "bench-pace");
    private volatile long sent;
    private volatile boolean closed;
    private long first;
    private long end;

    /** What has places for calls, and sends. Only on the loop's thread, but for closing. */
    public interface Sender extends Closeable {
        /** Sends what was due then. @return false when there is no place for it: it comes again */
        boolean send(long dueNs);

        /** All that is due for now has been sent: what was gathered goes out. */
        default void flush() {
            // nothing is gathered
        }
    }

    /** @param perSecond calls due a second @param clock nanoseconds, as {@link System#nanoTime()} */
    OpenLoop(final double perSecond, final Sender sender, final Tally tally, final LongSupplier clock) {
        this.sender = sender;
        this.tally = tally;
        this.clock = clock;
        this.intervalNs = 1e9 / perSecond;
        this.startNs = clock.getAsLong();
    }

    public static OpenLoop start(final double perSecond, final Sender sender, final Tally tally) {
        final OpenLoop loop = new OpenLoop(perSecond, sender, tally, System::nanoTime);
        loop.thread.setDaemon(true);
        loop.thread.start();
        return loop;
    }

    private void run() {
        try {
            while (!tally.isStopping() && !closed) {
                turn();
                LockSupport.parkNanos(Math.max(PARK_NS, Math.min(LONGEST_PARK_NS, dueNs(sent) - clock.getAsLong())));
            }
        } catch (final RuntimeException e) {
            tally.fail(e);
        }
    }

    /** Sends what is due by now and finds a place. */
    void turn() {
        final long nowNs = clock.getAsLong();
        long next = sent;
        while (dueNs(next) - nowNs <= 0 && !tally.isStopping() && sender.send(dueNs(next))) {
            next++;
        }
        sent = next;
        sender.flush();
    }

    /** How late the next call is that is due already and has not been sent. */
    long behindNs() {
        return Math.max(0, clock.getAsLong() - dueNs(sent));
    }

    private long dueNs(final long number) {
        return startNs + (long) (number * intervalNs);
    }

    /** The first that is due then or later. */
    private long numberAt(final long ns) {
        long number = Math.max(0, (long) ((ns - startNs) / intervalNs) - 1);
        while (dueNs(number) - ns < 0) {
            number++;
        }
        return number;
    }

    /**
     * What is due from one instant on and before the other counts.
     *
     * @return false when the first instant had come before this was known: what was answered meanwhile is lost, and another one is to be chosen
     */
    boolean measure(final long fromNs, final long toNs) {
        first = numberAt(fromNs);
        end = numberAt(toNs);
        tally.measureDue(fromNs, toNs);
        return clock.getAsLong() - fromNs < 0;
    }

    /** What is due for so long counts, from a moment on. */
    public void measure(final long lengthNs) {
        measure(List.of(this), clock, lengthNs);
    }

    /** The same for several loops. @return when the window begins, a little later than now */
    static long measure(final List<OpenLoop> loops, final LongSupplier clock, final long lengthNs) {
        while (true) {
            final long fromNs = clock.getAsLong() + LEAD_NS;
            boolean inTime = true;
            for (final OpenLoop loop : loops) {
                inTime &= loop.measure(fromNs, fromNs + lengthNs);
            }
            if (inTime) {
                return fromNs;
            }
            loops.forEach(loop -> loop.tally.forget());
        }
    }

    /** Calls that were due in the window. */
    public long due() {
        return end - first;
    }

    private boolean isAnswered() {
        return sent >= end && tally.calls() >= due();
    }

    /** Once the window is over: waits for its answers, for some seconds; what then has none is counted as missing. The loop goes on meanwhile. */
    public void awaitAnswers() throws InterruptedException {
        final long fromNs = clock.getAsLong();
        while (!isAnswered() && !tally.isStopping() && clock.getAsLong() - fromNs < PATIENCE_NS) {
            Thread.sleep(1);
        }
        settle();
    }

    /** What has no answer by now is missing. */
    void settle() {
        tally.closeWindow();
        final long nowNs = clock.getAsLong();
        final long answered = tally.calls();
        final long firstUnsent = Math.min(end, Math.max(first, sent));
        final long open = firstUnsent - first - answered;
        if (open > 0) { // which of them they are is not known: they were due before the window's end
            tally.missing(open, nowNs - dueNs(firstUnsent));
        }
        for (long number = firstUnsent; number < end; number++) {
            tally.missing(1, nowNs - dueNs(number));
        }
    }

    /** Sends nothing more. The sender stays open. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
