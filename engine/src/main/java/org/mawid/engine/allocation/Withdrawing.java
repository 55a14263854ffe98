package org.mawid.engine.allocation;

import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.OverbookedWithdrawnEncoder;
import org.mawid.sbe.OverbookedWithdrawnEncoder.WithdrawnEncoder;

/** As a day comes near, those of its places that are beyond the counters and that nobody has taken are withheld; the others are as any from then on. */
final class Withdrawing {
    private final Days days;
    private final Emitter events;
    private final UnitsMoved moved = new UnitsMoved();

    Withdrawing(final Days days, final Emitter events) {
        this.days = days;
        this.events = events;
    }

    /** When the day is to be looked at, ms since 1970; 0 = never. */
    long nextMs(final int day) {
        return days.overbooked().untilMs(day);
    }

    /** @param day live, or staged by the change @param live whose takers count, may be {@link Days#NONE} @param change 0 = the day is live @return entries of RoomChanged told */
    int withdraw(final int postId, final int day, final int live, final long change, final long nowMs) {
        final long untilMs = days.overbooked().untilMs(day);
        if (untilMs == 0 || untilMs > nowMs) {
            return 0;
        }
        moved.begin(days.unitCount(day));
        for (int unit = 0; unit < days.unitCount(day); unit++) {
            final int taken = day == live || live == Days.NONE || unit >= days.unitCount(live) ? 0 : Unit.taken(days.unit(live, unit));
            final int gone = Math.min(days.overbooked().places(day, unit), Unit.room(days.unit(day, unit)) - taken);
            moved.set(unit, -gone);
            days.move(day, unit, gone * Unit.WITHHELD);
        }
        days.overbooked().forget(day);
        final int told = change == 0 ? moved.tellRoom(events, postId, days.pool(day), days.epochDay(day)) : 0;
        tell(postId, day, change);
        return told;
    }

    private void tell(final int postId, final int day, final long change) {
        final long block = events.beginAt(OverbookedWithdrawnEncoder.TEMPLATE_ID, OverbookedWithdrawnEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(block + OverbookedWithdrawnEncoder.changeIdEncodingOffset(), change);
        Memory.putInt(block + OverbookedWithdrawnEncoder.epochDayEncodingOffset(), days.epochDay(day));
        Memory.putShort(block + OverbookedWithdrawnEncoder.poolIdEncodingOffset(), days.pool(day));
        long at = Emitter.group(block + OverbookedWithdrawnEncoder.BLOCK_LENGTH, WithdrawnEncoder.sbeBlockLength(), moved.runs());
        for (int unit = moved.first(0); unit < days.unitCount(day); unit = moved.first(moved.runEnd(unit))) {
            Memory.putByte(at + WithdrawnEncoder.startUnitEncodingOffset(), unit);
            Memory.putByte(at + WithdrawnEncoder.unitsEncodingOffset(), moved.runEnd(unit) - unit);
            Memory.putByte(at + WithdrawnEncoder.placesEncodingOffset(), -moved.at(unit));
            at += WithdrawnEncoder.sbeBlockLength();
        }
        events.endAt(at);
    }
}
