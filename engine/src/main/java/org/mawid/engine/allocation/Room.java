package org.mawid.engine.allocation;

import java.util.Arrays;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.sbe.Result;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.RoomChangedEncoder.RoomsEncoder;

/**
 * What one visit asks of units: places at desks and resources, leg by leg. Says whether there is room, takes it, gives it back and
 * tells it. Demands of several legs on one unit add up.
 */
final class Room {
    private static final int MOST = Visit.MOST_LEGS * 4;
    private static final int FREE = 0;
    private static final int HELD = 1;
    private static final int SOLD_OUT = 2;
    private static final int CLOSED = 3;

    private final Days days;
    private final Emitter events;
    private final int[] pools = new int[MOST];
    private final int[] epochDays = new int[MOST];
    private final int[] dayOf = new int[MOST];
    private final int[] froms = new int[MOST];
    private final int[] units = new int[MOST];
    private final int[] places = new int[MOST];
    private final int[] wanted = new int[Unit.MOST];
    private final int[] own = new int[Unit.MOST];
    private int count;
    private boolean outside;

    Room(final Days days, final Emitter events) {
        this.days = days;
        this.events = events;
    }

    void clear() {
        count = 0;
        outside = false;
    }

    /** Adds a demand on a day that is there and has these units. */
    void add(final int pool, final int epochDay, final int day, final int from, final int unitCount, final int placeCount) {
        pools[count] = pool;
        epochDays[count] = epochDay;
        dayOf[count] = day;
        froms[count] = from;
        units[count] = unitCount;
        places[count] = placeCount;
        count++;
    }

    /** A demand where there are no units: closed. */
    void addOutside() {
        outside = true;
    }

    /** Whether all of it fits. @param back what will be given back in the same moment and counts as free, or null @param lane {@link Unit#BOOKED} or {@link Unit#HELD}: as what that is taken */
    Result why(final Room back, final int lane) {
        int worst = outside ? CLOSED : FREE;
        for (int i = 0; i < count; i++) {
            final int verdict = back == null && isAlone(i) ? whyOne(i) : isFirst(i) ? whySum(i, back, lane) : FREE;
            worst = Math.max(worst, verdict);
        }
        return switch (worst) {
            case FREE -> Result.OK;
            case HELD -> Result.HELD_BY_OTHER;
            case SOLD_OUT -> Result.SOLD_OUT;
            default -> Result.CLOSED;
        };
    }

    private int whyOne(final int i) {
        final int day = dayOf[i];
        final int staged = days.staged(day);
        final int places = this.places[i];
        long at = days.gridAt(day) + 4 * froms[i];
        int worst = FREE;
        for (int unit = froms[i]; unit < froms[i] + units[i]; unit++, at += 4) {
            final int live = Memory.getInt(at);
            if (Unit.room(live) < places) {
                worst = Math.max(worst, verdict(live, places, 0));
            } else if (staged != Days.NONE && !fitsStaged(day, staged, unit, places, Unit.taken(live))) {
                worst = Math.max(worst, SOLD_OUT);
            }
        }
        return worst;
    }

    /** All demands on the day of demand {@code i} together. */
    private int whySum(final int i, final Room back, final int lane) {
        final int day = dayOf[i];
        Arrays.fill(wanted, 0);
        Arrays.fill(own, 0);
        sum(day, wanted);
        if (back != null) {
            back.sum(day, own);
        }
        final int staged = days.staged(day);
        int worst = FREE;
        for (int unit = days.unitCount(day) - 1; unit >= 0; unit--) {
            if (wanted[unit] != 0) {
                final int live = days.unit(day, unit);
                if (Unit.room(live) + own[unit] < wanted[unit]) {
                    worst = Math.max(worst, verdict(live, wanted[unit], lane == Unit.BOOKED ? own[unit] : 0));
                } else if (staged != Days.NONE && !fitsStaged(day, staged, unit, wanted[unit], Unit.taken(live) - own[unit])) {
                    worst = Math.max(worst, SOLD_OUT);
                }
            }
        }
        return worst;
    }

    private void sum(final int day, final int[] into) {
        for (int i = 0; i < count; i++) {
            if (dayOf[i] == day) {
                for (int unit = froms[i]; unit < froms[i] + units[i]; unit++) {
                    into[unit] += places[i];
                }
            }
        }
    }

    private static int verdict(final int live, final int places, final int own) {
        if (Unit.capacity(live) == 0) {
            return CLOSED;
        }
        return Unit.open(live) - Unit.booked(live) + own < places ? SOLD_OUT : HELD;
    }

    private boolean fitsStaged(final int day, final int staged, final int unit, final int places, final int taken) {
        return days.startMs(staged) == days.startMs(day) && days.alignUnits(staged) == days.alignUnits(day)
                && unit < days.unitCount(staged) && Unit.open(days.unit(staged, unit)) - taken >= places;
    }

    private boolean isAlone(final int i) {
        for (int j = 0; j < count; j++) {
            if (j != i && dayOf[j] == dayOf[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isFirst(final int i) {
        for (int j = 0; j < i; j++) {
            if (dayOf[j] == dayOf[i]) {
                return false;
            }
        }
        return true;
    }

    /** The first of {@code length} consecutive units from {@code from} on, all of which have room for places at the desk's unit and in the resources. -1 = none. */
    static int firstRun(final boolean[] free, final int from, final int end, final int length) {
        int run = 0;
        for (int unit = from; unit < end; unit++) {
            run = free[unit] ? run + 1 : 0;
            if (run == length) {
                return unit - length + 1;
            }
        }
        return -1;
    }

    /** The same from {@code from} on at a multiple of {@code align}. */
    static int firstAligned(final boolean[] free, final int from, final int end, final int length, final int align) {
        int run = 0;
        int first = -1;
        for (int unit = end - 1; unit >= from; unit--) {
            run = free[unit] ? run + 1 : 0;
            if (run >= length && unit % align == 0) {
                first = unit;
            }
        }
        return first;
    }

    /** Whether one unit of a day has room for so many, now and when its staged day comes. */
    boolean hasRoom(final int day, final int unit, final int places) {
        final int live = days.unit(day, unit);
        final int staged = days.staged(day);
        return Unit.room(live) >= places && (staged == Days.NONE || fitsStaged(day, staged, unit, places, Unit.taken(live)));
    }

    /** @param lane {@link Unit#BOOKED} or {@link Unit#HELD}, negative to give back, or their difference to turn one into the other */
    void apply(final int lane) {
        for (int i = 0; i < count; i++) {
            days.addTaken(dayOf[i], froms[i], units[i], places[i] * lane);
        }
    }

    /** Tells RoomChanged, unless there is nothing to tell. @param sign 1 = given back, -1 = taken @return entries told */
    int emit(final int postId, final int sign) {
        if (count == 0) {
            return 0;
        }
        final long block = events.beginAt(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, postId);
        long at = Emitter.group(block + RoomChangedEncoder.BLOCK_LENGTH, RoomsEncoder.sbeBlockLength(), count);
        for (int i = 0; i < count; i++) {
            at = put(at, pools[i], epochDays[i], froms[i], units[i], sign * places[i], 0);
        }
        events.endAt(at);
        return count;
    }

    /** Writes an entry of RoomChanged. @return the address of the next one */
    static long put(final long at, final int pool, final int epochDay, final int from, final int unitCount, final int delta, final int openDelta) {
        Memory.putShort(at + RoomsEncoder.poolIdEncodingOffset(), pool);
        Memory.putInt(at + RoomsEncoder.epochDayEncodingOffset(), epochDay);
        Memory.putByte(at + RoomsEncoder.startUnitEncodingOffset(), from);
        Memory.putByte(at + RoomsEncoder.unitsEncodingOffset(), unitCount);
        Memory.putShort(at + RoomsEncoder.deltaEncodingOffset(), delta);
        Memory.putShort(at + RoomsEncoder.openDeltaEncodingOffset(), openDelta);
        return at + RoomsEncoder.sbeBlockLength();
    }

    /** What a closure covers of it has no more open than it leaves. */
    void shrink(final Shrinking shrinking, final int postId) {
        for (int i = 0; i < count; i++) {
            shrinking.shrink(postId, pools[i], epochDays[i], dayOf[i], froms[i], froms[i] + units[i]);
        }
    }

    /** Whether it wants units whose days are being closed. */
    boolean isClosing(final Closures closures, final int postId) {
        for (int i = 0; i < count; i++) {
            if (closures.isClosing(postId, pools[i], days.startMs(dayOf[i]) + froms[i] * Unit.MS, units[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether a closure's days have it, and more is taken there than the closure leaves. @param closure that is looked for */
    boolean isTouched(final Closures closures, final long closure) {
        final int capacity = closures.capacity(closure);
        for (int i = 0; i < count; i++) {
            for (int unit = froms[i]; unit < froms[i] + units[i]; unit++) {
                if (closures.covers(closure, pools[i], days.startMs(dayOf[i]) + unit * Unit.MS)
                        && Unit.taken(days.unit(dayOf[i], unit)) > capacity) {
                    return true;
                }
            }
        }
        return false;
    }

    /** As {@link #apply}, of the demands from one on. */
    void applyFrom(final int first, final int lane) {
        for (int i = first; i < count; i++) {
            days.addTaken(dayOf[i], froms[i], units[i], places[i] * lane);
        }
    }

    int count() {
        return count;
    }
}
