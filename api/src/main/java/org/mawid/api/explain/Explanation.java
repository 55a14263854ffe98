package org.mawid.api.explain;

import java.util.List;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.Result;

/**
 * What stood in the way at a position. Immutable; names nobody.
 *
 * @param position    of the log that it is about
 * @param verdict     what the calendar would have answered there: OK, SLOT_UNKNOWN, NOT_YET_RELEASED, NOT_ALIGNED, CLOSED, CLOSED_BY_CLOSURE, HELD_BY_OTHER,
 *                    KEPT_FOR_CHANNEL or SOLD_OUT; null = the calendar of that moment is no longer known
 * @param startMs     instant of the start that was asked for
 * @param releasedAtMs when the day became bookable, 0 = the day was not there
 * @param publishedPosition at which the day was published last by then, 0 = before all that is kept
 * @param units       of each pool that was asked for, those that lack places; when none does, none
 * @param firsts      who had places there, the first first
 * @param closures    in force there
 * @param keptFrom    position from which on events are kept: who was there before is only counted
 */
public record Explanation(long position, Result verdict, long startMs, long releasedAtMs, long publishedPosition, List<Short> units, List<First> firsts,
                          List<Closed> closures, long keptFrom) {
    /**
     * A unit that lacks places.
     *
     * @param open     capacity less what is kept
     * @param withheld kept from the public, what is left for channels too; -1 = not known any more
     * @param taken    held or booked
     * @param before   of those, taken before all that is kept
     * @param kept     for channels, where the day was published since events are kept
     */
    public record Short(int poolId, int unit, int wanted, int open, int withheld, int taken, int before, List<Kept> kept) {
        public int room() {
            return open - taken;
        }
    }

    /**
     * What was kept for one channel on a unit.
     *
     * @param places  as published, less what a closure has taken
     * @param left    of them: not open to the public; what was taken before all that is kept is not known, and counts as left
     * @param untilMs from when on what was left was everybody's, ms since 1970-01-01 UTC, 0 = never
     */
    public record Kept(QuotaClass quota, int places, int left, long untilMs) {
    }

    /** How somebody came to places; COOLING is nobody: what was given back is kept for those who wait. */
    public enum How { HELD, OFFERED, MOVED_THERE, WALKED_IN, COOLING }

    /**
     * Somebody who had places there.
     *
     * @param position at which they were taken, and its log time
     * @param bookedPosition at which the hold was confirmed, 0 = it was not by then
     * @param deadlineMs of the hold, 0 = it was booked, or when what cools ends, which nobody is told
     * @param pools    in which
     */
    public record First(long position, long nowMs, How how, long bookedPosition, long deadlineMs, List<Integer> pools) {
        /** Whether the places may come back. */
        public boolean mayComeBack() {
            return deadlineMs != 0 || how == How.COOLING;
        }
    }

    /** @param position at which it was closed, 0 = before all that is kept @param poolId 0 = all of the post @param capacity places that it leaves */
    public record Closed(long closureId, long position, int poolId, long fromMs, long toMs, int capacity, int reasonCode) {
    }
}
