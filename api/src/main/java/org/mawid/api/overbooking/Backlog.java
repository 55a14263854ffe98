package org.mawid.api.overbooking;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Who is at a desk, at a counter or waiting for one, as a distribution: what was there and what comes, less those who are served, never below none (D. V. Lindley, "The theory of queues with a single server",
 * Proc. Camb. Phil. Soc. 48, 1952). Whoever came first is called first, by whichever counter is free.
 *
 * <p>A visit takes as long as is planned on average, and varies by half of that, as the capacity twin has it [A]: it goes through two parts, and each ends with every
 * {@value #STEPS}th of the planned time with a chance of a half. So it is enough to know how many are there and how many of those at a counter are in their first part, and all is exact but for what is as
 * good as impossible. Immutable.
 */
final class Backlog {
    /** Of the planned time of a visit. */
    static final int STEPS = 4;
    private static final double IMPOSSIBLE = 1e-12;

    private final Calling calling;
    /** By how many are there, and how many of them are in the first part of their visit. */
    private final double[][] chances;

    private Backlog(final Calling calling, final double[][] chances) {
        this.calling = calling;
        this.chances = chances;
    }

    /** The desk opens. */
    static Backlog none(final Calling calling) {
        final double[][] nobody = new double[1][calling.counters() + 1];
        nobody[0][0] = 1;
        return new Backlog(calling, nobody);
    }

    /**
     * How many come of those who have a place at a counter.
     *
     * @param comes chance of a visit, 0 to 1 @return by number
     */
    static double[] byChance(final int counters, final double comes) {
        final BinomialDistribution coming = new BinomialDistribution(null, counters, comes);
        final double[] chances = new double[counters + 1];
        Arrays.setAll(chances, coming::probability);
        return chances;
    }

    /** With those in the places that were added, who come for sure: it may be anybody who is there already without an appointment. */
    static double[] arrivals(final double[] byChance, final int extra) {
        final double[] chances = new double[byChance.length + extra];
        System.arraycopy(byChance, 0, chances, extra, byChance.length);
        return chances;
    }

    private interface State {
        void is(int there, int fresh, double chance);
    }

    private void each(final State state) {
        for (int there = 0; there < chances.length; there++) {
            for (int fresh = 0; fresh < chances[there].length; fresh++) {
                if (chances[there][fresh] > IMPOSSIBLE) {
                    state.is(there, fresh, chances[there][fresh]);
                }
            }
        }
    }

    private int atCounters(final int there) {
        return Math.min(there, calling.counters());
    }

    private static double[][] states(final int most, final int counters) {
        return new double[most + 1][counters + 1];
    }

    /** So many counters are staffed from now on: whoever is at one that is not goes on at another. */
    Backlog at(final Calling others) {
        if (others == calling) {
            return this;
        }
        final double[][] now = states(chances.length - 1, others.counters());
        each((there, fresh, chance) -> {
            final int before = atCounters(there);
            final int after = Math.min(there, others.counters());
            now[there][Math.min(after, fresh + Math.max(0, after - before))] += chance;
        });
        return new Backlog(others, now);
    }

    /** All of a start come at once. */
    Backlog with(final double[] arrivals) {
        final double[][] now = states(chances.length - 1 + arrivals.length - 1, calling.counters());
        each((there, fresh, chance) -> {
            final int free = calling.counters() - atCounters(there);
            for (int come = 0; come < arrivals.length; come++) {
                now[there + come][fresh + Math.min(come, free)] += chance * arrivals[come];
            }
        });
        return new Backlog(calling, now);
    }

    /** After so many steps in which nobody comes. */
    Backlog after(final int steps) {
        Backlog later = this;
        for (int step = 0; step < steps; step++) {
            later = later.after();
        }
        return later;
    }

    private Backlog after() {
        final double[][] now = states(chances.length - 1, calling.counters());
        each((there, fresh, chance) -> {
            final int busy = atCounters(there);
            for (int ended = 0; ended <= busy - fresh; ended++) {
                final int called = Math.min(there - busy, ended);
                final double ends = chance * calling.half(busy - fresh, ended);
                for (int gone = 0; gone <= fresh; gone++) {
                    now[there - ended][fresh - gone + called] += ends * calling.half(fresh, gone);
                }
            }
        });
        int most = now.length;
        while (most > 1 && Arrays.stream(now[most - 1]).sum() <= IMPOSSIBLE) {
            most--;
        }
        return new Backlog(calling, Arrays.copyOf(now, most));
    }

    /** What those who come to a start wait, in steps, mean over all of them. */
    double wait(final double[] arrivals) {
        final double[] waited = {0};
        double came = 0;
        double isFollowed = 1; // chance that so many come and one more
        for (int place = 0; place < arrivals.length - 1; place++) {
            isFollowed -= arrivals[place];
            came += isFollowed;
            final int before = place;
            final double comes = isFollowed;
            each((there, fresh, chance) -> {
                final int free = calling.counters() - atCounters(there);
                waited[0] += chance * comes * calling.after(there + before, fresh + Math.min(before, free));
            });
        }
        return came <= 0 ? 0 : waited[0] / came;
    }

    /** How many are there, mean. */
    double mean() {
        final double[] mean = {0};
        each((there, fresh, chance) -> mean[0] += there * chance);
        return mean[0];
    }
}
