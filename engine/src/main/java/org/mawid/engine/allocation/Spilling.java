package org.mawid.engine.allocation;

import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.sbe.QuotaSpilledEncoder;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.RoomChangedEncoder.RoomsEncoder;

/** As a day comes near, what is left of its quotas becomes everybody's: of the live day, and of one that an open change has for that date. */
final class Spilling {
    private final Catalogue catalogue;
    private final Days days;
    private final Came came;
    private final Spills spills;
    private final Emitter events;
    private final int[] freed = new int[Unit.MOST];

    Spilling(final Catalogue catalogue, final Days days, final Came came, final CoreMemory memory, final Emitter events) {
        this.catalogue = catalogue;
        this.days = days;
        this.came = came;
        this.spills = new Spills(memory);
        this.events = events;
    }

    /** The quotas of a day were published or staged. */
    void set(final int poolId, final int epochDay, final int day) {
        final long nextMs = days.quotas().nextSpillMs(day);
        if (nextMs != 0) {
            spills.want(poolId, epochDay, nextMs);
        }
    }

    long nextDueMs() {
        return spills.nextDueMs();
    }

    /** Looks at the date that is due. @return entries of RoomChanged told */
    int spill(final long nowMs) {
        final int poolId = spills.duePool();
        final int epochDay = spills.dueDay();
        final int live = days.find(poolId, epochDay);
        final int waiting = days.waiting(poolId, epochDay);
        final int told = live == Days.NONE ? 0 : spill(poolId, live, live, 0, nowMs);
        if (waiting != Days.NONE) {
            spill(poolId, waiting, live, days.openChangeOf(poolId, epochDay), nowMs);
        }
        final long one = live == Days.NONE ? 0 : days.quotas().nextSpillMs(live);
        final long other = waiting == Days.NONE ? 0 : days.quotas().nextSpillMs(waiting);
        spills.looked(one == 0 || other == 0 ? one + other : Math.min(one, other));
        return told;
    }

    private int spill(final int poolId, final int day, final int live, final long change, final long nowMs) {
        final Quotas quotas = days.quotas();
        int classes = 0;
        for (int quota = 1; quota <= Quotas.CLASSES; quota++) {
            final long spillMs = quotas.spillMs(day, quota);
            classes |= spillMs != 0 && spillMs <= nowMs ? 1 << quota - 1 : 0;
        }
        if (classes == 0) {
            return 0;
        }
        for (int unit = 0; unit < days.unitCount(day); unit++) {
            freed[unit] = 0;
            for (int set = classes; set != 0; set &= set - 1) {
                freed[unit] += quotas.left(day, live, unit, Integer.numberOfTrailingZeros(set) + 1);
            }
            days.move(day, unit, -freed[unit] * Unit.WITHHELD);
        }
        for (int set = classes; set != 0; set &= set - 1) {
            quotas.spill(day, Integer.numberOfTrailingZeros(set) + 1);
        }
        quotas.forgetIfEmpty(day);
        final int told = change == 0 ? tellRoom(poolId, day) : 0;
        final int postId = catalogue.pools().post(poolId);
        final long at = events.beginAt(QuotaSpilledEncoder.TEMPLATE_ID, QuotaSpilledEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(at + QuotaSpilledEncoder.changeIdEncodingOffset(), change);
        Memory.putInt(at + QuotaSpilledEncoder.epochDayEncodingOffset(), days.epochDay(day));
        Memory.putShort(at + QuotaSpilledEncoder.poolIdEncodingOffset(), poolId);
        Memory.putByte(at + QuotaSpilledEncoder.classesEncodingOffset(), classes);
        events.endAt(at + QuotaSpilledEncoder.BLOCK_LENGTH);
        if (told > 0) {
            came.at(postId);
        }
        return told;
    }

    /** One entry for each run of units to which as much came. */
    private int tellRoom(final int poolId, final int day) {
        final int units = days.unitCount(day);
        int runs = 0;
        for (int unit = 0; unit < units; unit = runEnd(unit, units)) {
            runs += freed[unit] != 0 ? 1 : 0;
        }
        if (runs == 0) {
            return 0;
        }
        final long block = events.beginAt(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, catalogue.pools().post(poolId));
        long at = Emitter.group(block + RoomChangedEncoder.BLOCK_LENGTH, RoomsEncoder.sbeBlockLength(), runs);
        for (int unit = 0; unit < units; unit = runEnd(unit, units)) {
            if (freed[unit] != 0) {
                at = Room.put(at, poolId, days.epochDay(day), unit, runEnd(unit, units) - unit, freed[unit], freed[unit]);
            }
        }
        events.endAt(at);
        return runs;
    }

    private int runEnd(final int from, final int units) {
        int end = from + 1;
        while (end < units && freed[end] == freed[from]) {
            end++;
        }
        return end;
    }

    // ---- state

    void save(final StateWriter out) {
        spills.save(out);
    }

    void load(final StateReader in) {
        spills.load(in);
    }

    void loaded() {
        spills.loaded();
    }

    void check() {
        spills.check();
        for (int day = 1; day <= days.top(); day++) {
            final long nextMs = days.quotas().nextSpillMs(day);
            final long whenMs = nextMs == 0 ? 0 : spills.when(days.pool(day), days.epochDay(day));
            Invariant.that(nextMs == 0 || whenMs != 0 && whenMs <= nextMs, "a date is looked at when a quota spills", days.pool(day), days.epochDay(day));
        }
    }
}
