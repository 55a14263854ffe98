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
 * are taken to be of the usual kind, and to take shorter and longer than planned: some of the wait is there without anything added, and a desk where that alone is more than the rule says gets nothing.
 */
public final class Overbooking {
    private static final double ROUNDING = 1e-9;
    /** A desk of more is taken for several beside each other, whose people wait a little longer than they would together: what is computed grows with the fourth power. */
    private static final int MOST_TOGETHER = 12;

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
     * @param usualWaitMinutes the same without anything added
     */
    public record Places(Reason reason, int[] byUnit, int visits, double waitMinutes, double usualWaitMinutes) {
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
            return reason + " " + visits + " " + Arrays.toString(byUnit) + ", wait " + waitMinutes + " min, otherwise " + usualWaitMinutes;
        }
    }

    private final DeskDay day;
    private final List<Round> rounds;
    private final double missed;
    private final OverbookingRule rule;
    private final int untilUnit;
    /** By counters: how many come by chance, and how soon they are called. */
    private final Map<Integer, double[]> byChance = new HashMap<>();
    private final Map<Integer, Calling> callings = new HashMap<>();

    private Overbooking(final DeskDay day, final double missed, final OverbookingRule rule, final int untilUnit) {
        this.day = day;
        this.rounds = day.rounds();
        this.missed = missed;
        this.rule = rule;
        this.untilUnit = untilUnit;
    }

    public static Places places(final DeskDay day, final Attendance measured, final OverbookingRule rule) {
        return places(day, measured, rule, day.counters().length);
    }

    /** @param untilUnit of the day: at starts from then on nothing is added */
    public static Places places(final DeskDay day, final Attendance measured, final OverbookingRule rule, final int untilUnit) {
        return measured.isEnough() ? places(day, measured.surelyMissedShare(), rule, untilUnit) : none(day, Reason.TOO_FEW_MEASURED, 0);
    }

    /** @param missed the share of visits to which surely nobody comes, 0 to 1 */
    static Places places(final DeskDay day, final double missed, final OverbookingRule rule) {
        return places(day, missed, rule, day.counters().length);
    }

    private static Places places(final DeskDay day, final double missed, final OverbookingRule rule, final int untilUnit) {
        final List<DeskDay> parts = day.parts(MOST_TOGETHER);
        final List<Places> each = parts.stream().map(part -> new Overbooking(part, missed, rule, untilUnit).places()).toList();
        final int[] byUnit = new int[day.counters().length];
        Arrays.setAll(byUnit, unit -> each.stream().mapToInt(one -> one.byUnit[unit]).sum());
        final int visits = each.stream().mapToInt(Places::visits).sum();
        return new Places(visits > 0 ? Reason.ADDED : each.get(0).reason(), byUnit, visits, each.stream().mapToDouble(Places::waitMinutes).max().orElse(0),
                each.stream().mapToDouble(Places::usualWaitMinutes).max().orElse(0));
    }

    private static Places none(final DeskDay day, final Reason reason, final double usualWaitMinutes) {
        return new Places(reason, new int[day.counters().length], 0, usualWaitMinutes, usualWaitMinutes);
    }

    private Places places() {
        if (rounds.stream().allMatch(round -> rule.most(round.counters()) == 0)) {
            return none(day, Reason.TOO_FEW_COUNTERS, 0);
        }
        if (rounds.stream().mapToDouble(round -> round.counters() * missed).sum() + ROUNDING < 1) {
            return none(day, Reason.TOO_FEW_MISSED, 0);
        }
        final Backlog opening = Backlog.none(calling(0));
        final double usual = longest(opening, 0, 0);
        final int[] byUnit = new int[day.counters().length];
        int visits = 0;
        double missedSoFar = 0;
        double longest = 0;
        Backlog backlog = opening;
        for (int round = 0; round < rounds.size(); round++) {
            final int counters = rounds.get(round).counters();
            missedSoFar += counters * missed;
            final int extra = rounds.get(round).unit() >= untilUnit ? 0 : bearable(backlog, round, Math.min(rule.most(counters), (int) (missedSoFar + ROUNDING) - visits));
            longest = Math.max(longest, waitMinutes(backlog, round, extra));
            backlog = after(backlog, round, extra);
            visits += extra;
            add(byUnit, round, extra);
        }
        return visits == 0 ? none(day, Reason.TOO_LONG_A_WAIT, usual) : new Places(Reason.ADDED, byUnit, visits, longest, usual);
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

    /** What is waited from a round on, minutes, if nothing is added to any that follows. */
    private double longest(final Backlog before, final int from, final int extra) {
        double longest = waitMinutes(before, from, extra);
        Backlog backlog = after(before, from, extra);
        for (int round = from + 1; round < rounds.size(); round++) {
            longest = Math.max(longest, waitMinutes(backlog, round, 0));
            backlog = after(backlog, round, 0);
        }
        return longest;
    }

    private double waitMinutes(final Backlog backlog, final int round, final int extra) {
        return backlog.wait(arrivals(round, extra)) * day.visitUnits() * DeskDay.UNIT_MINUTES / Backlog.STEPS;
    }

    /** When the next round is about to begin: its counters go on with those who are there; in a break the same as before it, until nobody is. */
    private Backlog after(final Backlog before, final int round, final int extra) {
        if (round + 1 == rounds.size()) {
            return before; // nobody comes after it
        }
        final int steps = (rounds.get(round + 1).unit() - rounds.get(round).unit()) * Backlog.STEPS / day.visitUnits();
        return before.with(arrivals(round, extra)).after(steps).at(calling(round + 1));
    }

    private Calling calling(final int round) {
        return callings.computeIfAbsent(rounds.get(round).counters(), Calling::new);
    }

    private double[] arrivals(final int round, final int extra) {
        return Backlog.arrivals(byChance.computeIfAbsent(rounds.get(round).counters(), counters -> Backlog.byChance(counters, 1 - missed)), extra);
    }
}
