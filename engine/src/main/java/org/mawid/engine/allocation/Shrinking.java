package org.mawid.engine.allocation;

import org.mawid.engine.kernel.Emitter;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.RoomChangedEncoder.RoomsEncoder;

/**
 * Units that a closure covers have no more open than it leaves them or than is taken: when the closure comes, and whenever places are given
 * back. What was done is collected as runs of units that changed alike, and told in one RoomChanged.
 */
final class Shrinking {
    /** Pools that one visit can touch, and their units. */
    private static final int MOST = (Visit.MOST_LEGS + Visit.KINDS) * Unit.MOST;

    private final Days days;
    private final Closures closures;
    private final Emitter events;
    private final int[] pools = new int[MOST];
    private final int[] epochDays = new int[MOST];
    private final int[] froms = new int[MOST];
    private final int[] units = new int[MOST];
    private final int[] deltas = new int[MOST];
    private int count;

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
                final int delta = Math.max(limit, Unit.taken(now)) - Unit.open(now);
                if (delta < 0) {
                    days.unit(day, unit, now + delta);
                    add(poolId, epochDay, unit, delta);
                    shrunk = true;
                }
            }
        }
        if (shrunk) {
            days.recount(day);
        }
        return covered;
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
