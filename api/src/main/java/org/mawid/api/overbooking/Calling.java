package org.mawid.api.overbooking;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;

/** How soon so many counters call somebody, by who is there before. In steps, see {@link Backlog}. One thread. */
final class Calling {
    private final int counters;
    /** Chance that so many of so many visits are through with a part in a step. */
    private final double[][] half;
    /** By how many are before somebody beyond those that leave a counter free, and how many of those at the counters are in their first part: steps until they are called, mean. */
    private final List<double[]> after = new ArrayList<>();

    Calling(final int counters) {
        this.counters = counters;
        this.half = new double[counters + 1][];
        for (int of = 0; of <= counters; of++) {
            half[of] = Backlog.byChance(of, 0.5);
        }
    }

    int counters() {
        return counters;
    }

    double half(final int of, final int ended) {
        return half[of][ended];
    }

    /** @param before how many are there before somebody @param fresh of those at the counters in their first part */
    double after(final int before, final int fresh) {
        while (before - counters >= after.size()) {
            after.add(next(after.size()));
        }
        return before < counters ? 0 : after.get(before - counters)[fresh];
    }

    /** All counters are busy, and so many wait. */
    private double[] next(final int waiting) {
        final double[] steps = new double[counters + 1];
        for (int fresh = 0; fresh <= counters; fresh++) {
            double mean = 1;
            for (int ended = 0; ended <= Math.min(waiting, counters - fresh); ended++) {
                for (int gone = ended == 0 ? 1 : 0; gone <= fresh; gone++) {
                    final double[] then = ended == 0 ? steps : after.get(waiting - ended);
                    mean += half[counters - fresh][ended] * half[fresh][gone] * then[fresh - gone + ended];
                }
            }
            steps[fresh] = mean / (1 - half[counters - fresh][0] * half[fresh][0]);
        }
        return steps;
    }
}
