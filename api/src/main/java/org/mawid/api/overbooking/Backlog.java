package org.mawid.api.overbooking;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.mawid.api.overbooking.DeskDay.Round;

/**
 * How many visits are still waiting for a counter when a round begins, as a distribution: what was there and what comes, less one for each counter, never below none (D. V. Lindley, "The theory of queues
 * with a single server", Proc. Camb. Phil. Soc. 48, 1952, for whole visits of one length). Exact but for rounding and for what is
 * as good as impossible. Immutable.
 */
final class Backlog {
    /** Longer backlogs that together are no more likely than this are left out: otherwise those of large desks are mostly such. */
    private static final double IMPOSSIBLE = 1e-15;
    static final Backlog NONE = new Backlog(new double[] {1});

    /** By number of visits. */
    private final double[] chances;

    private Backlog(final double[] chances) {
        this.chances = chances;
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

    /** When the round has begun and the next is about to. */
    Backlog after(final double[] arrivals, final int counters) {
        final double[] left = new double[Math.max(1, chances.length + arrivals.length - 1 - counters)];
        for (int before = 0; before < chances.length; before++) {
            for (int come = 0; come < arrivals.length; come++) {
                left[Math.max(0, before + come - counters)] += chances[before] * arrivals[come];
            }
        }
        int most = left.length;
        for (double cut = left[most - 1]; most > 1 && cut < IMPOSSIBLE; cut += left[most - 1]) {
            most--;
        }
        return new Backlog(Arrays.copyOf(left, most));
    }

    /**
     * What those who come to a round wait, mean over all of them.
     *
     * @param minutes by how many are before somebody, until they are called
     */
    double waitMinutes(final double[] arrivals, final double[] minutes) {
        double waited = 0;
        double came = 0;
        double isFollowed = 1; // chance that so many come and one more
        for (int place = 0; place < arrivals.length - 1; place++) {
            isFollowed -= arrivals[place];
            came += isFollowed;
            for (int before = 0; before < chances.length; before++) {
                waited += chances[before] * isFollowed * minutes[before + place];
            }
        }
        return came <= 0 ? 0 : Math.max(0, waited / came);
    }

    /** Most there can be. */
    int most() {
        return chances.length - 1;
    }

    double mean() {
        double mean = 0;
        for (int visits = 0; visits < chances.length; visits++) {
            mean += visits * chances[visits];
        }
        return mean;
    }

    /**
     * When each is called of those who stand in line as a round begins: rounds go on after the last, with its counters, until all are served.
     *
     * @param people how many, at least @return minutes by how many are before somebody
     */
    static double[] calledAfter(final List<Round> rounds, final int from, final int people, final int roundUnits) {
        final double[] minutes = new double[people];
        final Round last = rounds.get(rounds.size() - 1);
        int called = 0;
        for (int round = from; called < people; round++) {
            final boolean isOfTheDay = round < rounds.size();
            final int unit = isOfTheDay ? rounds.get(round).unit() : last.unit() + (round - rounds.size() + 1) * roundUnits;
            for (int counter = (isOfTheDay ? rounds.get(round) : last).counters(); counter > 0 && called < people; counter--) {
                minutes[called++] = (unit - rounds.get(from).unit()) * (double) DeskDay.UNIT_MINUTES;
            }
        }
        return minutes;
    }
}
