package org.mawid.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The parts of a run in their order, each with the seconds that it is thought to take: how long the whole takes, and while it runs, how
 * long it still will. One thread.
 */
public final class Schedule {
    /** Before so much of the plan is over, nothing is said about how this machine keeps to it. Seconds. */
    private static final double TOO_SOON = 20;

    private final LongSupplier clock;
    private final List<Double> parts = new ArrayList<>();
    private int begun;
    private long fromNs;
    private long partFromNs;

    public Schedule() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    Schedule(final LongSupplier clock) {
        this.clock = clock;
    }

    /** Another part, after those that are there. */
    public Schedule add(final double seconds) {
        parts.add(seconds);
        return this;
    }

    /** Of all parts. */
    public double seconds() {
        return sum(0, parts.size());
    }

    /** The next part begins: the one before it is over. */
    public void begin() {
        partFromNs = clock.getAsLong();
        if (begun == 0) {
            fromNs = partFromNs;
        }
        begun = Math.min(begun + 1, parts.size());
    }

    /** What is left of the plan, at the pace at which the parts that are over were done. ns, never below 0 */
    public long leftNs() {
        if (begun == 0) {
            return (long) (seconds() * 1e9);
        }
        final double over = sum(0, begun - 1);
        final double pace = over < TOO_SOON ? 1 : (partFromNs - fromNs) / 1e9 / over;
        final double ofThisPart = parts.get(begun - 1) * pace - (clock.getAsLong() - partFromNs) / 1e9;
        return (long) (1e9 * (Math.max(0, ofThisPart) + sum(begun, parts.size()) * pace));
    }

    private double sum(final int from, final int to) {
        return parts.subList(from, to).stream().mapToDouble(Double::doubleValue).sum();
    }
}
