package org.mawid.engine.allocation;

import java.util.Arrays;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.sbe.Result;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.RoomChangedEncoder.RoomsEncoder;

/**
 * What one visit asks of units: places at desks and resources, leg by leg, of everybody's or of what is kept for a channel. Says whether there is room,
 * takes it, gives it back and tells it. Demands of several legs on one unit add up.
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
    private final int[] quotas = new int[MOST];
    private final int[] wanted = new int[Unit.MOST];
    private final int[] wantedKept = new int[Unit.MOST * Quotas.CLASSES];
    /** By demand and unit: what was added to what is left of a quota. */
    private final byte[] left = new byte[MOST * Unit.MOST];
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

    /** Adds a demand on a day that is there and has these units. @param quota from whose places, 0 = everybody's */
    void add(final int pool, final int epochDay, final int day, final int from, final int unitCount, final int placeCount, final int quota) {
        pools[count] = pool;
        epochDays[count] = epochDay;
        dayOf[count] = day;
        froms[count] = from;
        units[count] = unitCount;
        places[count] = placeCount;
        quotas[count] = quota;
        count++;
    }

    /** All of it came at that post. */
    void tellDates(final Came came, final int postId) {
        came.at(postId);
        for (int i = 0; i < count; i++) {
            came.at(postId, epochDays[i]);
        }
    }

    /** A demand where there are no units: closed. */
    void addOutside() {
        outside = true;
    }

    /** Whether all of it fits. Of what is kept for channels enough was found to be left. */
    Result why() {
        int worst = outside ? CLOSED : FREE;
        for (int i = 0; i < count; i++) {
            final int verdict = quotas[i] == Quotas.NONE && isAlone(i) ? whyOne(i) : isFirst(i) ? whySum(i) : FREE;
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
                worst = Math.max(worst, verdict(live, places));
            } else if (staged != Days.NONE && !fitsStaged(day, staged, unit, places, Unit.taken(live))) {
                worst = Math.max(worst, SOLD_OUT);
            }
        }
        return worst;
    }

    /** All demands on the day of demand {@code i} together. */
    private int whySum(final int i) {
        final int day = dayOf[i];
        final boolean kept = sum(day);
        final int staged = days.staged(day);
        int worst = FREE;
        for (int unit = days.unitCount(day) - 1; unit >= 0; unit--) {
            final int live = days.unit(day, unit);
            if (Unit.room(live) < wanted[unit]) {
                worst = Math.max(worst, verdict(live, wanted[unit]));
            } else if (staged != Days.NONE) {
                final int more = wanted[unit] + (kept ? stagedBeyond(day, staged, unit) : 0);
                if ((more != 0 || kept && isKeptWanted(unit)) && !fitsStaged(day, staged, unit, more, Unit.taken(live))) {
                    worst = Math.max(worst, SOLD_OUT);
                }
            }
        }
        return worst;
    }

    /** What the staged day must have open for what is wanted of quotas: all that it does not keep for them itself. */
    private int stagedBeyond(final int day, final int staged, final int unit) {
        int beyond = 0;
        for (int quota = 1; quota <= Quotas.CLASSES; quota++) {
            final int kept = wantedKept[Quotas.place(unit, quota)];
            beyond += kept - Math.min(kept, days.quotas().left(staged, day, unit, quota));
        }
        return beyond;
    }

    private boolean isKeptWanted(final int unit) {
        for (int quota = 1; quota <= Quotas.CLASSES; quota++) {
            if (wantedKept[Quotas.place(unit, quota)] != 0) {
                return true;
            }
        }
        return false;
    }

    /** @return whether something is wanted of what is kept for channels */
    private boolean sum(final int day) {
        boolean kept = false;
        Arrays.fill(wanted, 0);
        for (int i = 0; i < count; i++) {
            if (dayOf[i] == day && quotas[i] != Quotas.NONE) {
                if (!kept) {
                    Arrays.fill(wantedKept, 0);
                    kept = true;
                }
                for (int unit = froms[i]; unit < froms[i] + units[i]; unit++) {
                    wantedKept[Quotas.place(unit, quotas[i])] += places[i];
                }
            } else if (dayOf[i] == day) {
                for (int unit = froms[i]; unit < froms[i] + units[i]; unit++) {
                    wanted[unit] += places[i];
                }
            }
        }
        return kept;
    }

    /** What of everybody's all demands on a day moved when {@link #apply} did last, unit by unit: not what came from quotas, or went back to them. */
    void sum(final int day, final int[] into) {
        for (int i = 0; i < count; i++) {
            for (int unit = 0; dayOf[i] == day && unit < units[i]; unit++) {
                into[froms[i] + unit] += places[i] - (quotas[i] == Quotas.NONE ? 0 : Math.abs(left[i * Unit.MOST + unit]));
            }
        }
    }

    private static int verdict(final int live, final int places) {
        if (Unit.capacity(live) == 0) {
            return CLOSED;
        }
        return Unit.open(live) - Unit.booked(live) < places ? SOLD_OUT : HELD;
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

    /** Whether no demand before this one is on its day. */
    boolean isFirst(final int i) {
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

    /** Whether what a quota has left on one unit is so much, and its staged day has room for that. */
    boolean isLeft(final int day, final int unit, final int placeCount, final int quota) {
        final Quotas all = days.quotas();
        if (all.left(day, day, unit, quota) < placeCount) {
            return false;
        }
        final int staged = days.staged(day);
        return staged == Days.NONE || fitsStaged(day, staged, unit, placeCount - Math.min(placeCount, all.left(staged, day, unit, quota)), Unit.taken(days.unit(day, unit)));
    }

    /** @param lane {@link Unit#BOOKED} or {@link Unit#HELD}, negative to give back */
    void apply(final int lane) {
        applyFrom(0, lane);
    }

    /** What was held is booked now. */
    void book() {
        for (int i = 0; i < count; i++) {
            days.addTaken(dayOf[i], froms[i], units[i], places[i] * (Unit.BOOKED - Unit.HELD));
        }
    }

    /** Tells RoomChanged, unless there is nothing to tell, and QuotaChanged if a quota has to do with it. @param sign 1 = given back, -1 = taken, as {@link #apply} did last @return entries told */
    int emit(final int postId, final int sign) {
        if (count == 0) {
            return 0;
        }
        int runs = 0;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            runs += runs(i);
            kept += quotas[i] != Quotas.NONE ? 1 : 0;
        }
        final long block = events.beginAt(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, postId);
        long at = Emitter.group(block + RoomChangedEncoder.BLOCK_LENGTH, RoomsEncoder.sbeBlockLength(), runs);
        for (int i = 0; i < count; i++) {
            for (int from = 0; from < units[i]; from = runEnd(i, from)) {
                final int back = quotas[i] == Quotas.NONE ? 0 : left[i * Unit.MOST + from];
                at = put(at, pools[i], epochDays[i], froms[i] + from, runEnd(i, from) - from, sign * places[i] - back, -back);
            }
        }
        events.endAt(at);
        if (kept > 0) {
            emitKept(postId, sign, kept);
        }
        return runs + kept;
    }

    private void emitKept(final int postId, final int sign, final int kept) {
        long at = QuotaTold.begin(events, postId, kept);
        for (int i = 0; i < count; i++) {
            if (quotas[i] != Quotas.NONE) {
                at = QuotaTold.put(at, pools[i], epochDays[i], froms[i], units[i], quotas[i], -sign * places[i], 0);
            }
        }
        events.endAt(at);
    }

    private int runs(final int i) {
        int runs = 0;
        for (int from = 0; from < units[i]; from = runEnd(i, from)) {
            runs++;
        }
        return runs;
    }

    /** Where the units of a demand end whose room moved like that of this one. */
    private int runEnd(final int i, final int from) {
        int end = quotas[i] == Quotas.NONE ? units[i] : from + 1;
        while (end < units[i] && left[i * Unit.MOST + end] == left[i * Unit.MOST + from]) {
            end++;
        }
        return end;
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
            if (quotas[i] == Quotas.NONE) {
                days.addTaken(dayOf[i], froms[i], units[i], places[i] * lane);
            } else {
                days.addTakenOf(quotas[i], dayOf[i], froms[i], units[i], lane < 0 ? -places[i] : places[i], Math.abs(lane), left, i * Unit.MOST);
            }
        }
    }

    int count() {
        return count;
    }

    int pool(final int i) {
        return pools[i];
    }

    int epochDay(final int i) {
        return epochDays[i];
    }

    /** Slot of the demand's day. */
    int day(final int i) {
        return dayOf[i];
    }
}
