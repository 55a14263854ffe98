package org.mawid.api.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.engine.readmodel.Availability.Overbooked;
import org.mawid.engine.readmodel.ChannelPlaces;
import org.mawid.engine.readmodel.CoolingView;
import org.mawid.sbe.Result;

/**
 * One pool on one local date as it is to be, unit by unit, in instants: what a staged change takes. Immutable once made; whoever makes one gives the arrays away.
 *
 * @param poolId       as the log numbers it
 * @param epochDay     the local date as days since 1970-01-01
 * @param startMs      start of unit 0, ms since 1970-01-01 UTC; a multiple of five minutes
 * @param alignUnits   visits start at multiples of so many units from {@code startMs}, 1 to {@value OpenDay#MAX_UNITS}
 * @param releasedAtMs when the day becomes bookable, ms since 1970-01-01 UTC
 * @param capacity     places by unit, 0 to 255; 1 to {@value OpenDay#MAX_UNITS} units
 * @param withheld     of them those that nobody can take, by unit
 * @param quotas       of the others those that are kept for channels
 * @param overbooked   which of the places are beyond the desk's counters
 */
public record PlannedDay(int poolId, int epochDay, long startMs, int alignUnits, long releasedAtMs, int[] capacity, int[] withheld, ChannelQuotas quotas, Overbooked overbooked) {
    /** Runs of equal units, at most, in one command. */
    public static final int MAX_RUNS = 24;
    /** Runs of units for which as much is kept for a class, of all classes, at most, in one command. */
    public static final int MAX_QUOTA_RUNS = 48;
    /** Runs of units that have as many places beyond the counters, at most, in one command. */
    public static final int MAX_OVERBOOKED_RUNS = 20;
    private static final int OUTSIDE = OpenDay.MAX_UNITS;

    /** Units from {@code from} to {@code to}, which is not in it, have the same of both. */
    public record Run(int from, int to, int capacity, int withheld) {}

    @FunctionalInterface
    public interface EachRun {
        void run(Run run);
    }

    /** Units from {@code from} to {@code to}, which is not in it, keep so many places for a class, 1 to 255. */
    public record QuotaRun(int quota, int from, int to, int places) {}

    /** Units from {@code from} to {@code to}, which is not in it, have so many places beyond the counters, 1 to 127. */
    public record OverbookedRun(int from, int to, int places) {}

    @FunctionalInterface
    private interface EachMs {
        boolean test(long ms);
    }

    /** No place is beyond the counters. */
    public PlannedDay(int poolId, int epochDay, long startMs, int alignUnits, long releasedAtMs, int[] capacity, int[] withheld, ChannelQuotas quotas) {
        this(poolId, epochDay, startMs, alignUnits, releasedAtMs, capacity, withheld, quotas, Overbooked.NONE);
    }

    /** Nor is any kept for a channel. */
    public PlannedDay(int poolId, int epochDay, long startMs, int alignUnits, long releasedAtMs, int[] capacity, int[] withheld) {
        this(poolId, epochDay, startMs, alignUnits, releasedAtMs, capacity, withheld, ChannelQuotas.NONE);
    }

    static PlannedDay of(int poolId, OpenDay day) {
        final int[] capacity = new int[day.units()];
        Arrays.fill(capacity, day.capacity());
        return new PlannedDay(poolId, day.epochDay(), day.startMs(), day.alignUnits(), day.releasedAtMs(), capacity, new int[day.units()]);
    }

    /** As it is there. */
    public static PlannedDay of(DayView there) {
        final int units = there.open().length;
        final int[] withheld = there.withheld().length == 0 ? new int[units] : there.withheld().clone();
        final int[] capacity = new int[units];
        for (int unit = 0; unit < units; unit++) {
            capacity[unit] = there.open()[unit] + withheld[unit];
            withheld[unit] -= there.channels().left(unit); // is told as withheld as long as it is left
        }
        return new PlannedDay(there.poolId(), there.epochDay(), there.startMs(), there.alignUnits(), there.releasedAtMs(), capacity, withheld,
                ChannelQuotas.of(there.channels(), units), there.overbooked());
    }

    /** With what is still kept for channels then, and still known to be beyond the counters, ms since 1970-01-01 UTC. */
    public PlannedDay at(long nowMs) {
        final ChannelQuotas still = quotas.at(nowMs);
        final boolean isWithdrawn = overbooked.untilMs() != 0 && overbooked.untilMs() <= nowMs;
        return still == quotas && !isWithdrawn ? this : new PlannedDay(poolId, epochDay, startMs, alignUnits, releasedAtMs, capacity, withheld, still, isWithdrawn ? Overbooked.NONE : overbooked);
    }

    /** With so many places more on each unit, which are beyond the counters until then. @param places by unit, none where it is closed */
    public PlannedDay with(int[] places, long untilMs) {
        if (Arrays.stream(places).allMatch(more -> more == 0)) return this;
        final int[] all = capacity.clone();
        for (int unit = 0; unit < all.length; unit++) all[unit] += places[unit];
        return new PlannedDay(poolId, epochDay, startMs, alignUnits, releasedAtMs, all, withheld, quotas, new Overbooked(places, untilMs));
    }

    /** The counters alone; none where it was lowered since to what is beyond them. */
    public PlannedDay withoutOverbooked() {
        final int[] less = capacity.clone();
        for (int unit = 0; unit < less.length; unit++) less[unit] = Math.max(0, capacity[unit] - overbookedOn(unit));
        return new PlannedDay(poolId, epochDay, startMs, alignUnits, releasedAtMs, less, withheld, quotas);
    }

    /** The same grid with no places at all. */
    public PlannedDay closed() {
        return new PlannedDay(poolId, epochDay, startMs, alignUnits, releasedAtMs, new int[units()], new int[units()]);
    }

    public int units() {
        return capacity.length;
    }

    /** Start of the first unit after the last, ms since 1970-01-01 UTC. */
    public long endMs() {
        return startMs + units() * OpenDay.UNIT_MS;
    }

    public boolean isClosed() {
        for (int places : capacity) {
            if (places > 0) return false;
        }
        return true;
    }

    /** Runs with places, ascending. */
    public void forEachOpenRun(EachRun each) {
        for (int from = 0, to; from < units(); from = to) {
            to = from + 1;
            while (to < units() && isLevel(from, to) && quotas.isSame(to, quotas, from) && overbookedOn(to) == overbookedOn(from)) to++;
            if (capacity[from] > 0) each.run(new Run(from, to, capacity[from], withheld[from]));
        }
    }

    /** The same, whatever is kept for channels or beyond the counters: as a command has them. */
    public List<Run> runs() {
        final List<Run> runs = new ArrayList<>();
        for (int from = 0, to; from < units(); from = to) {
            to = from + 1;
            while (to < units() && isLevel(from, to)) to++;
            if (capacity[from] > 0) runs.add(new Run(from, to, capacity[from], withheld[from]));
        }
        return runs;
    }

    private boolean isLevel(int from, int to) {
        return capacity[to] == capacity[from] && withheld[to] == withheld[from];
    }

    /** Ascending. */
    public List<OverbookedRun> overbookedRuns() {
        final List<OverbookedRun> runs = new ArrayList<>();
        for (int from = 0, to; isOverbooked() && from < units(); from = to) {
            to = from + 1;
            while (to < units() && overbookedOn(to) == overbookedOn(from)) to++;
            if (overbookedOn(from) > 0) runs.add(new OverbookedRun(from, to, overbookedOn(from)));
        }
        return runs;
    }

    /** Whether it has no more runs of each kind than one command has room for. */
    public boolean fits() {
        return runs().size() <= MAX_RUNS && quotaRuns().size() <= MAX_QUOTA_RUNS && overbookedRuns().size() <= MAX_OVERBOOKED_RUNS;
    }

    public boolean isOverbooked() {
        return overbooked.places().length > 0;
    }

    /** Places beyond the counters, as it was published; 0 beyond the end. */
    public int overbookedOn(int unit) {
        return unit < overbooked.places().length ? overbooked.places()[unit] : 0;
    }

    /** By class, then unit. */
    public List<QuotaRun> quotaRuns() {
        final List<QuotaRun> runs = new ArrayList<>();
        for (int quota = 1; quota <= ChannelQuotas.CLASSES; quota++) {
            for (int from = 0, to; quotas.keeps(quota) && from < units(); from = to) {
                final int places = quotas.places(quota, from);
                to = from + 1;
                while (to < units() && quotas.places(quota, to) == places) to++;
                if (places > 0) runs.add(new QuotaRun(quota, from, to, places));
            }
        }
        return runs;
    }

    /** Places of the unit that begins then, 0 outside of the grid. */
    public int capacityAt(long ms) {
        return isInside(ms) ? capacity[unit(ms)] : 0;
    }

    /** Withheld of the unit that begins then, 0 outside of the grid. */
    public int withheldAt(long ms) {
        return isInside(ms) ? withheld[unit(ms)] : 0;
    }

    /** Whether the units that begin then have the same places for everybody and for each channel, and as many of them beyond the counters. */
    public boolean isSameAt(long ms, PlannedDay other) {
        return capacityAt(ms) == other.capacityAt(ms) && withheldAt(ms) == other.withheldAt(ms) && keepsTheSameAt(ms, other)
                && overbookedOn(isInside(ms) ? unit(ms) : OUTSIDE) == other.overbookedOn(other.isInside(ms) ? other.unit(ms) : OUTSIDE);
    }

    private boolean keepsTheSameAt(long ms, PlannedDay other) {
        return quotas.isSame(isInside(ms) ? unit(ms) : OUTSIDE, other.quotas, other.isInside(ms) ? other.unit(ms) : OUTSIDE);
    }

    private int openAt(long ms) {
        return capacityAt(ms) - withheldAt(ms);
    }

    private boolean isInside(long ms) {
        return ms >= startMs && ms < endMs();
    }

    private int unit(long ms) {
        return (int) ((ms - startMs) / OpenDay.UNIT_MS);
    }

    /** Whether nobody could tell the one from the other: same places for the same at the same times, same starts, same release. Two closed days are the same. */
    public boolean isSame(PlannedDay other) {
        if (isClosed() || other.isClosed()) return isClosed() && other.isClosed();
        return overbooked.untilMs() == other.overbooked.untilMs() && isLike(other, ms -> isSameAt(ms, other));
    }

    /** Whether it is as the other one, but for places that it may have more where that one has some. */
    public boolean hasAllOf(PlannedDay other) {
        return isLike(other, ms -> openAt(ms) >= other.openAt(ms) && openAt(ms) > 0 == other.openAt(ms) > 0 && keepsTheSameAt(ms, other));
    }

    private boolean isLike(PlannedDay other, EachMs unit) {
        if (releasedAtMs != other.releasedAtMs || alignUnits != other.alignUnits || !quotas.spillsAs(other.quotas) || (startMs - other.startMs) % (alignUnits * OpenDay.UNIT_MS) != 0) return false;
        for (long ms = Math.min(startMs, other.startMs); ms < Math.max(endMs(), other.endMs()); ms += OpenDay.UNIT_MS) {
            if (!unit.test(ms)) return false;
        }
        return true;
    }

    /** The same on the grid that is there, as far as that can be: a day on which somebody has a place keeps its grid. */
    public PlannedDay onGridOf(DayView there) {
        final long shiftMs = startMs - there.startMs();
        final long units = shiftMs / OpenDay.UNIT_MS + units();
        if (alignUnits != there.alignUnits() || shiftMs <= 0 || shiftMs % (alignUnits * OpenDay.UNIT_MS) != 0 || units > OpenDay.MAX_UNITS) return this;
        final int[] moved = new int[(int) units];
        final int[] movedWithheld = new int[(int) units];
        System.arraycopy(capacity, 0, moved, moved.length - units(), units());
        System.arraycopy(withheld, 0, movedWithheld, moved.length - units(), units());
        final int[] beyond = new int[isOverbooked() ? moved.length : 0];
        System.arraycopy(overbooked.places(), 0, beyond, beyond.length - overbooked.places().length, overbooked.places().length);
        return new PlannedDay(poolId, epochDay, there.startMs(), alignUnits, releasedAtMs, moved, movedWithheld, quotas.later(moved.length - units()), new Overbooked(beyond, overbooked.untilMs()));
    }

    /** As the core says it of a day that is published, which cannot tell of one that somebody has staged. @param cooling places by unit, as {@link CoolingView#on} gives them */
    public Result whyNot(DayView there, int[] cooling) {
        if (isTaken(there, cooling) && (there.startMs() != startMs || there.alignUnits() != alignUnits)) return Result.GRID_MISMATCH;
        return firstBelowTaken(there, cooling) < 0 ? Result.OK : Result.CAPACITY_BELOW_TAKEN;
    }

    /** The first unit of the day that is there on which more have a place than could have one; below 0 = none. */
    public int firstBelowTaken(DayView there, int[] cooling) {
        for (int unit = 0; unit < there.open().length; unit++) {
            final int takers = takers(there, cooling, unit);
            if (takers > 0 && takers > roomFor(there, unit)) return unit;
        }
        return -1;
    }

    /** Whether somebody has a place on a day that is there. */
    public static boolean isTaken(DayView there, int[] cooling) {
        for (int unit = 0; unit < there.open().length; unit++) {
            if (takers(there, cooling, unit) > 0) return true;
        }
        return false;
    }

    /** How many have a place on a unit of the day that is there. What cools is not taken: it ends when the day is set anew. */
    public static int takers(DayView there, int[] cooling, int unit) {
        return Math.max(0, there.open()[unit] - there.room()[unit] - (unit < cooling.length ? cooling[unit] : 0));
    }

    /** How many of those who have a place on a unit of the day that is there could have one, beside what is to be kept for channels; on the same grid. */
    public int roomFor(DayView there, int unit) {
        return unit < units() ? Math.max(0, capacity[unit] - withheld[unit] - left(unit, there.channels())) : 0;
    }

    /** Of what is to be kept on a unit: what was taken stays taken. */
    private int left(int unit, ChannelPlaces there) {
        int left = 0;
        for (int quota = 1; quota <= ChannelQuotas.CLASSES; quota++) left += Math.max(0, quotas.places(quota, unit) - there.taken(quota, unit));
        return left;
    }
}
