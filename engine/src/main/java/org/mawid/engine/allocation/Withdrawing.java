package org.mawid.engine.allocation;

import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.OverbookedWithdrawnEncoder;
import org.mawid.sbe.OverbookedWithdrawnEncoder.WithdrawnEncoder;
import org.mawid.sbe.WithheldSetEncoder;

/** As a day comes near, those of its places that are beyond the counters and that nobody has taken are withheld; the others are as any from then on. */
final class Withdrawing {
    /** What one WithheldSet counts for among entries of RoomChanged: it is as long as so many of them. */
    private static final int ENTRIES_OF_A_WITHHELD = 4;

    private final Days days;
    private final Emitter events;
    private final WithheldSetEncoder withheldSet = new WithheldSetEncoder();
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
        final int told = change == 0 ? moved.tellRoom(events, postId, days.pool(day), days.epochDay(day)) + ENTRIES_OF_A_WITHHELD * tellWithheld(postId, day) : 0;
        tell(postId, day, change);
        return told;
    }

    /** What is withheld now of each unit of which something was withdrawn, run by run. @return events told */
    private int tellWithheld(final int postId, final int day) {
        final int units = days.unitCount(day);
        int told = 0;
        int unit = moved.first(0);
        while (unit < units) {
            int end = unit + 1;
            while (end < units && moved.at(end) != 0 && withheld(day, end) == withheld(day, unit)) {
                end++;
            }
            final int block = events.begin(WithheldSetEncoder.TEMPLATE_ID, WithheldSetEncoder.BLOCK_LENGTH, postId);
            withheldSet.wrap(events.buffer(), block).poolId(days.pool(day)).epochDay(days.epochDay(day)).startUnit((short) unit).units((short) (end - unit)).withheld((short) withheld(day, unit));
            events.end(withheldSet.limit());
            told++;
            unit = moved.first(end);
        }
        return told;
    }

    /** What is left for channels apart. */
    private int withheld(final int day, final int unit) {
        return Unit.withheld(days.unit(day, unit)) - days.quotas().left(day, unit);
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
