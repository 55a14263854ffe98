package org.mawid.api.overbooking;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.overbooking.DeskDay.Round;

/**
 * How many places are added to a desk's day.
 *
 * <p>Through the day, at each start as many as both of these allow: by then no more have been added than visits are surely missed, so that in the mean the counters serve all who come in their hours, and
 * nothing is added where nothing is measured; and on a day whose every place is taken, those who come to this start and to any that follows wait no longer than the rule says, in the mean. All visits
 * are taken to be as long as the usual one and to keep their time: what people wait because visits are longer or shorter is waited without overbooking too, and is not in it.
 */
public final class Overbooking {
    private static final double ROUNDING = 1e-9;

    /** What a number of places is due to. */
    public enum Reason {
        /** There are some. */
        ADDED,
        /** {@link Attendance#LEAST} visits are not measured yet. */
        TOO_FEW_MEASURED,
        /** At no start may one be added to so few counters. */
        TOO_FEW_COUNTERS,
        /** Over the whole day not one visit is surely missed. */
        TOO_FEW_MISSED,
        /** With one more, those who come would wait too long. */
        TOO_LONG_A_WAIT
    }

    /**
     * The places that are added.
     *
     * @param byUnit      of the day
     * @param visits      of the usual length that they are good for
     * @param waitMinutes what those wait who come to the worst start of a day whose every place is taken, mean
     * @param lateVisits  still to be called when the last start is over, mean: overtime
     */
    public record Places(Reason reason, int[] byUnit, int visits, double waitMinutes, double lateVisits) {
        public Places {
            byUnit = byUnit.clone();
        }

        @Override
        public int[] byUnit() {
            return byUnit.clone();
        }

        /** For a message. */
        @Override
        public String toString() {
            return reason + " " + visits + " " + Arrays.toString(byUnit) + ", wait " + waitMinutes + " min, late " + lateVisits;
        }
    }

    private final DeskDay day;
    private final List<Round> rounds;
    private final double comes;
    private final OverbookingRule rule;
    /** How many come by chance, by counters. */
    private final Map<Integer, double[]> byChance = new HashMap<>();

    private Overbooking(final DeskDay day, final double missed, final OverbookingRule rule) {
        this.day = day;
        this.rounds = day.rounds();
        this.comes = 1 - missed;
        this.rule = rule;
    }

    public static Places places(final DeskDay day, final Attendance measured, final OverbookingRule rule) {
        return measured.isEnough() ? places(day, measured.surelyMissedShare(), rule) : none(day, Reason.TOO_FEW_MEASURED);
    }

    /** @param missed the share of visits to which surely nobody comes, 0 to 1 */
    static Places places(final DeskDay day, final double missed, final OverbookingRule rule) {
        final Overbooking overbooking = new Overbooking(day, missed, rule);
        if (overbooking.rounds.stream().allMatch(round -> rule.most(round.counters()) == 0)) {
            return none(day, Reason.TOO_FEW_COUNTERS);
        }
        if (overbooking.rounds.stream().mapToDouble(round -> round.counters() * missed).sum() + ROUNDING < 1) {
            return none(day, Reason.TOO_FEW_MISSED);
        }
        return overbooking.places();
    }

    private static Places none(final DeskDay day, final Reason reason) {
        return new Places(reason, new int[day.counters().length], 0, 0, 0);
    }

    private Places places() {
        final int[] byUnit = new int[day.counters().length];
        int visits = 0;
        double missed = 0;
        double longest = 0;
        Backlog backlog = Backlog.NONE;
        for (int round = 0; round < rounds.size(); round++) {
            final int counters = rounds.get(round).counters();
            missed += counters * (1 - comes);
            final int most = Math.min(rule.most(counters), (int) (missed + ROUNDING) - visits);
            final int extra = bearable(backlog, round, most);
            longest = Math.max(longest, wait(backlog, round, extra));
            backlog = after(backlog, round, extra);
            visits += extra;
            add(byUnit, round, extra);
        }
        return visits == 0 ? none(day, Reason.TOO_LONG_A_WAIT) : new Places(Reason.ADDED, byUnit, visits, longest, backlog.mean());
    }

    /** The most that are, found by halves: with more at a start nobody waits less. */
    private int bearable(final Backlog backlog, final int round, final int most) {
        int bearable = 0;
        int unbearable = most + 1;
        while (unbearable - bearable > 1) {
            final int tried = (bearable + unbearable) / 2;
            if (longest(backlog, round, tried) <= rule.maxWaitMinutes()) {
                bearable = tried;
            } else {
                unbearable = tried;
            }
        }
        return bearable;
    }

    /** As far as the next round, so that a longer visit that begins in one of them may go on in the next. */
    private void add(final int[] byUnit, final int round, final int extra) {
        final int from = rounds.get(round).unit();
        final int[] counters = day.counters();
        for (int unit = from; unit < Math.min(byUnit.length, from + day.roundUnits()); unit++) {
            byUnit[unit] = Math.min(extra, rule.most(counters[unit]));
        }
    }

    /** What is waited from a round on, if nothing is added to any that follows. */
    private double longest(final Backlog before, final int from, final int extra) {
        double longest = wait(before, from, extra);
        Backlog backlog = after(before, from, extra);
        for (int round = from + 1; round < rounds.size() && backlog.most() > 0; round++) {
            longest = Math.max(longest, wait(backlog, round, 0));
            backlog = after(backlog, round, 0);
        }
        return longest;
    }

    private double wait(final Backlog backlog, final int round, final int extra) {
        final double[] arrivals = arrivals(round, extra);
        return backlog.waitMinutes(arrivals, Backlog.calledAfter(rounds, round, backlog.most() + arrivals.length, day.roundUnits()));
    }

    private Backlog after(final Backlog before, final int round, final int extra) {
        return before.after(arrivals(round, extra), rounds.get(round).counters());
    }

    private double[] arrivals(final int round, final int extra) {
        return Backlog.arrivals(byChance.computeIfAbsent(rounds.get(round).counters(), counters -> Backlog.byChance(counters, comes)), extra);
    }
}
