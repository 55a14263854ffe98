package org.mawid.engine.allocation;

import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.sbe.QuotaSpilledEncoder;

/** As a day comes near, what is left of its quotas becomes everybody's, and what is left of its overbooked places nobody's: of the live day, and of one that an open change has for that date. */
final class Spilling {
    private final Catalogue catalogue;
    private final Days days;
    private final Came came;
    private final Spills spills;
    private final Emitter events;
    private final Withdrawing withdrawing;
    private final UnitsMoved freed = new UnitsMoved();

    Spilling(final Catalogue catalogue, final Days days, final Came came, final CoreMemory memory, final Emitter events) {
        this.catalogue = catalogue;
        this.days = days;
        this.came = came;
        this.spills = new Spills(memory);
        this.events = events;
        this.withdrawing = new Withdrawing(days, events);
    }

    /** A day was published or staged. */
    void set(final int poolId, final int epochDay, final int day) {
        final long nextMs = nextMs(day);
        if (nextMs != 0) {
            spills.want(poolId, epochDay, nextMs);
        }
    }

    private long nextMs(final int day) {
        return earlier(days.quotas().nextSpillMs(day), withdrawing.nextMs(day));
    }

    /** 0 = never. */
    private static long earlier(final long one, final long other) {
        return one == 0 || other == 0 ? one + other : Math.min(one, other);
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
        final int told = live == Days.NONE ? 0 : look(poolId, live, live, 0, nowMs);
        if (waiting != Days.NONE) {
            look(poolId, waiting, live, days.openChangeOf(poolId, epochDay), nowMs);
        }
        spills.looked(earlier(live == Days.NONE ? 0 : nextMs(live), waiting == Days.NONE ? 0 : nextMs(waiting)));
        return told;
    }

    private int look(final int poolId, final int day, final int live, final long change, final long nowMs) {
        return spill(poolId, day, live, change, nowMs) + withdrawing.withdraw(catalogue.pools().post(poolId), day, live, change, nowMs);
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
        freed.begin(days.unitCount(day));
        for (int unit = 0; unit < days.unitCount(day); unit++) {
            int places = 0;
            for (int set = classes; set != 0; set &= set - 1) {
                places += quotas.left(day, live, unit, Integer.numberOfTrailingZeros(set) + 1);
            }
            freed.set(unit, places);
            days.move(day, unit, -places * Unit.WITHHELD);
        }
        for (int set = classes; set != 0; set &= set - 1) {
            quotas.spill(day, Integer.numberOfTrailingZeros(set) + 1);
        }
        quotas.forgetIfEmpty(day);
        final int postId = catalogue.pools().post(poolId);
        final int told = change == 0 ? freed.tellRoom(events, postId, poolId, days.epochDay(day)) : 0;
        final long at = events.beginAt(QuotaSpilledEncoder.TEMPLATE_ID, QuotaSpilledEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(at + QuotaSpilledEncoder.changeIdEncodingOffset(), change);
        Memory.putInt(at + QuotaSpilledEncoder.epochDayEncodingOffset(), days.epochDay(day));
        Memory.putShort(at + QuotaSpilledEncoder.poolIdEncodingOffset(), poolId);
        Memory.putByte(at + QuotaSpilledEncoder.classesEncodingOffset(), classes);
        events.endAt(at + QuotaSpilledEncoder.BLOCK_LENGTH);
        if (told > 0) {
            came.at(postId, days.epochDay(day));
        }
        return told;
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
            final long nextMs = nextMs(day);
            final long whenMs = nextMs == 0 ? 0 : spills.when(days.pool(day), days.epochDay(day));
            Invariant.that(nextMs == 0 || whenMs != 0 && whenMs <= nextMs, "a date is looked at when a quota spills or places are withdrawn", days.pool(day), days.epochDay(day));
        }
    }
}
