package org.mawid.engine.allocation;

import org.mawid.engine.kernel.Emitter;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.RoomChangedEncoder.RoomsEncoder;

/**
 * Units that a closure covers have no more open than it leaves them or than is taken: when the closure comes, and whenever places are given
 * back. Everybody's room goes first, then what is left for channels, emergencies last. What was done is collected as runs of units that changed alike,
 * and told in one RoomChanged and one QuotaChanged.
 */
final class Shrinking {
    /** Pools that one visit can touch, and their units. */
    private static final int MOST = (Visit.MOST_LEGS + Visit.KINDS) * Unit.MOST;
    /** Pool, date, from, units, class, places. */
    private static final int RUN = 6;

    private final Days days;
    private final Closures closures;
    private final Emitter events;
    private final int[] pools = new int[MOST];
    private final int[] epochDays = new int[MOST];
    private final int[] froms = new int[MOST];
    private final int[] units = new int[MOST];
    private final int[] deltas = new int[MOST];
    private final int[] trims = new int[Unit.MOST * Quotas.CLASSES];
    private final int[] trimmedRuns = new int[MOST * Quotas.CLASSES * RUN];
    private int count;
    private int trimmed;

    Shrinking(final Days days, final Closures closures, final Emitter events) {
        this.days = days;
        this.closures = closures;
        this.events = events;
    }

    /** Looks at a run of units of a live day. @return whether a closure covers one of them */
    boolean shrink(final int postId, final int poolId, final int epochDay, final int day, final int from, final int end) {
        boolean covered = false;
        boolean shrunk = false;
        for (int unit = from; unit < end; unit++) {
            final int limit = closures.limit(postId, poolId, days.startMs(day) + unit * Unit.MS);
            if (limit != Closures.NO_LIMIT) {
                covered = true;
                final int now = days.unit(day, unit);
                final int over = Unit.open(now) + days.quotas().left(day, unit) - Math.max(limit, Unit.taken(now));
                if (over > 0) {
                    final int ofRoom = Math.min(over, Unit.room(now));
                    days.unit(day, unit, now - over - (over - ofRoom) * Unit.WITHHELD);
                    if (ofRoom > 0) {
                        add(poolId, epochDay, unit, -ofRoom);
                    }
                    trim(day, unit, over - ofRoom);
                    shrunk = true;
                }
            }
        }
        if (shrunk) {
            days.recount(day);
            collectTrims(poolId, epochDay, day, from, end);
        }
        return covered;
    }

    /** Takes from what is left for channels. */
    private void trim(final int day, final int unit, final int places) {
        int over = places;
        for (int quota = 1; quota <= Quotas.CLASSES && over > 0; quota++) {
            final int trim = Math.min(over, days.quotas().left(day, day, unit, quota));
            if (trim > 0) {
                days.quotas().trim(day, unit, quota, trim);
                trims[Quotas.place(unit, quota)] = trim;
                over -= trim;
            }
        }
    }

    private void collectTrims(final int poolId, final int epochDay, final int day, final int from, final int end) {
        for (int quota = 1; quota <= Quotas.CLASSES && days.quotas().has(day); quota++) {
            int last = 0;
            for (int unit = from; unit < end; unit++) {
                final int trim = trims[Quotas.place(unit, quota)];
                trims[Quotas.place(unit, quota)] = 0;
                if (trim != 0 && trim == last) {
                    trimmedRuns[(trimmed - 1) * RUN + 3]++;
                } else if (trim != 0) {
                    addTrim(poolId, epochDay, unit, quota, trim);
                }
                last = trim;
            }
        }
    }

    private void addTrim(final int poolId, final int epochDay, final int unit, final int quota, final int places) {
        final int at = trimmed++ * RUN;
        trimmedRuns[at] = poolId;
        trimmedRuns[at + 1] = epochDay;
        trimmedRuns[at + 2] = unit;
        trimmedRuns[at + 3] = 1;
        trimmedRuns[at + 4] = quota;
        trimmedRuns[at + 5] = places;
    }

    private void add(final int poolId, final int epochDay, final int unit, final int delta) {
        final int last = count - 1;
        if (count > 0 && pools[last] == poolId && epochDays[last] == epochDay && froms[last] + units[last] == unit && deltas[last] == delta) {
            units[last]++;
            return;
        }
        pools[count] = poolId;
        epochDays[count] = epochDay;
        froms[count] = unit;
        units[count] = 1;
        deltas[count] = delta;
        count++;
    }

    /** Tells what was collected. @return entries told */
    int tell(final int postId) {
        return tellRoom(postId) + tellTrims(postId);
    }

    private int tellTrims(final int postId) {
        final int told = trimmed;
        if (told == 0) {
            return 0;
        }
        long at = QuotaTold.begin(events, postId, told);
        for (int run = 0; run < told * RUN; run += RUN) {
            at = QuotaTold.put(at, trimmedRuns[run], trimmedRuns[run + 1], trimmedRuns[run + 2], trimmedRuns[run + 3], trimmedRuns[run + 4], 0, -trimmedRuns[run + 5]);
        }
        events.endAt(at);
        trimmed = 0;
        return told;
    }

    private int tellRoom(final int postId) {
        final int told = count;
        if (told == 0) {
            return 0;
        }
        final long block = events.beginAt(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, postId);
        long at = Emitter.group(block + RoomChangedEncoder.BLOCK_LENGTH, RoomsEncoder.sbeBlockLength(), count);
        for (int i = 0; i < count; i++) {
            at = Room.put(at, pools[i], epochDays[i], froms[i], units[i], deltas[i], deltas[i]);
        }
        events.endAt(at);
        count = 0;
        return told;
    }
}
