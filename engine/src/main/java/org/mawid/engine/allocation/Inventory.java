package org.mawid.engine.allocation;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AbandonChangeDecoder;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.ApplyChangeDecoder;
import org.mawid.sbe.BeginChangeDecoder;
import org.mawid.sbe.ChangeAbandonedEncoder;
import org.mawid.sbe.ChangeAppliedEncoder;
import org.mawid.sbe.ChangeBegunEncoder;
import org.mawid.sbe.CoolingEnd;
import org.mawid.sbe.DayPublishedEncoder;
import org.mawid.sbe.DayStagedEncoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PublishDayDecoder;
import org.mawid.sbe.PublishDayDecoder.RunsDecoder;
import org.mawid.sbe.QuotasSetEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.SetCapacityDecoder;
import org.mawid.sbe.WithheldSetEncoder;

/** Commands about the calendars. They have passed the static checks; {@code offset} is where their message begins. */
public final class Inventory {
    private static final int BLOCK = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP = GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final long DAY_MS = 86_400_000L;
    /** Dates so much before log time's are taken out of memory, a bounded number by each command that brings new ones. */
    private static final int SWEPT_AFTER_DAYS = 10;
    private static final int SWEPT_AT_ONCE = 16;
    private static final int MERGED_RUNS = Unit.MOST;

    private final Catalogue catalogue;
    private final Days days;
    private final Changes changes;
    private final Closures closures;
    private final Coolings coolings;
    private final Came cameRoom;
    private final Spilling spilling;
    private final Emitter events;
    private final PublishDayDecoder publishDay = new PublishDayDecoder();
    private final AddToChangeDecoder addToChange = new AddToChangeDecoder();
    private final SetCapacityDecoder setCapacity = new SetCapacityDecoder();
    private final BeginChangeDecoder beginChange = new BeginChangeDecoder();
    private final ApplyChangeDecoder applyChange = new ApplyChangeDecoder();
    private final AbandonChangeDecoder abandonChange = new AbandonChangeDecoder();
    private final DayPublishedEncoder dayPublished = new DayPublishedEncoder();
    private final DayStagedEncoder dayStaged = new DayStagedEncoder();
    private final RoomChangedEncoder roomChanged = new RoomChangedEncoder();
    private final QuotasSetEncoder quotasSet = new QuotasSetEncoder();
    private final WithheldSetEncoder withheldSet = new WithheldSetEncoder();
    private final ChangeBegunEncoder changeBegun = new ChangeBegunEncoder();
    private final ChangeAppliedEncoder changeApplied = new ChangeAppliedEncoder();
    private final ChangeAbandonedEncoder changeAbandoned = new ChangeAbandonedEncoder();
    private final int[] units = new int[Unit.MOST];
    private final int[] left = new int[Unit.MOST];
    private final QuotasWanted quotas = new QuotasWanted();
    private final OverbookedWanted overbooked = new OverbookedWanted();
    private final int[] openMoved = new int[Unit.MOST];
    private final int[] runFrom = new int[MERGED_RUNS];
    private final int[] runTo = new int[MERGED_RUNS];

    Inventory(final Catalogue catalogue, final Days days, final Changes changes, final Closures closures, final Coolings coolings,
              final Came cameRoom, final Spilling spilling, final Emitter events) {
        this.catalogue = catalogue;
        this.days = days;
        this.changes = changes;
        this.closures = closures;
        this.coolings = coolings;
        this.cameRoom = cameRoom;
        this.spilling = spilling;
        this.events = events;
    }

    public Result publishDay(final long nowMs, final DirectBuffer command, final int offset, final int length, final Outcome outcome) {
        publishDay.wrap(command, offset + BLOCK, PublishDayDecoder.BLOCK_LENGTH, PublishDayDecoder.SCHEMA_VERSION);
        final int poolId = publishDay.poolId();
        final int epochDay = publishDay.epochDay();
        final int unitCount = publishDay.unitCount();
        final int runsAt = offset + BLOCK + PublishDayDecoder.BLOCK_LENGTH;
        expand(command, runsAt, offset + length);
        if (isTooNew()) return Result.CORE_VERSION_UNSUPPORTED;
        if (!catalogue.pools().has(poolId)) return Result.POOL_UNKNOWN;
        Result refusal = whyNotBeside(poolId, outcome);
        if (refusal != Result.OK) return refusal;
        sweep(poolId, nowMs);
        keep(poolId, epochDay);
        refusal = whyNot(nowMs, poolId, epochDay, publishDay.startMs(), unitCount, publishDay.alignUnits());
        if (refusal != Result.OK) return refusal;
        final int present = days.find(poolId, epochDay);
        if (present == Days.NONE && days.count() + 1 > catalogue.rules().maxDays()) return Result.DAYS_FULL;
        if (isClosed(poolId, publishDay.startMs(), 0, unitCount, outcome)) return Result.CLOSED_BY_CLOSURE;

        if (present != Days.NONE) {
            coolings.endOn(present, 0, days.unitCount(present), CoolingEnd.REPLACED);
        }
        for (int unit = 0; present != Days.NONE && unit < Math.min(unitCount, days.unitCount(present)); unit++) {
            units[unit] |= days.unit(present, unit) & Unit.TAKEN;
        }
        withholdLeft();
        final int day = present != Days.NONE ? present : days.create(poolId, epochDay);
        days.fill(day, publishDay.startMs(), publishDay.releasedAtMs(), unitCount, publishDay.alignUnits(), units);
        setBeside(poolId, epochDay, day);
        came(poolId, epochDay);
        final int postId = catalogue.pools().post(poolId);
        final long version = catalogue.posts().nextCalendarVersion(postId);
        cameRoom.at(postId, epochDay);
        outcome.set(Result.OK, version, 0, 0);

        final int block = events.begin(DayPublishedEncoder.TEMPLATE_ID, DayPublishedEncoder.BLOCK_LENGTH, postId);
        dayPublished.wrap(events.buffer(), block).poolId(poolId).epochDay(epochDay).startMs(publishDay.startMs()).releasedAtMs(publishDay.releasedAtMs())
                .unitCount((short) unitCount).alignUnits(publishDay.alignUnits()).version(version);
        copyRuns(block + DayPublishedEncoder.BLOCK_LENGTH, command, runsAt);
        emitBeside(0, poolId, epochDay, command);
        return Result.OK;
    }

    public Result addToChange(final long nowMs, final DirectBuffer command, final int offset, final int length, final Outcome outcome) {
        addToChange.wrap(command, offset + BLOCK, AddToChangeDecoder.BLOCK_LENGTH, AddToChangeDecoder.SCHEMA_VERSION);
        final long change = addToChange.changeId();
        final int poolId = addToChange.poolId();
        final int epochDay = addToChange.epochDay();
        final int runsAt = offset + BLOCK + AddToChangeDecoder.BLOCK_LENGTH;
        expand(command, runsAt, offset + length);
        if (isTooNew()) return Result.CORE_VERSION_UNSUPPORTED;
        if (!changes.isOpen(change)) return Result.CHANGE_UNKNOWN;
        if (!catalogue.pools().has(poolId) || catalogue.pools().post(poolId) != changes.post(change)) return Result.POOL_UNKNOWN;
        Result refusal = whyNotBeside(poolId, outcome);
        if (refusal != Result.OK) return refusal;
        sweep(poolId, nowMs);
        keep(poolId, epochDay);
        refusal = whyNot(nowMs, poolId, epochDay, addToChange.startMs(), addToChange.unitCount(), addToChange.alignUnits());
        if (refusal != Result.OK) return refusal;
        if (days.count() + 1 > catalogue.rules().maxDays()) return Result.DAYS_FULL;
        if (isClosed(poolId, addToChange.startMs(), 0, addToChange.unitCount(), outcome)) return Result.CLOSED_BY_CLOSURE;

        final int live = days.find(poolId, epochDay);
        if (live != Days.NONE) {
            coolings.endOn(live, 0, days.unitCount(live), CoolingEnd.REPLACED);
        }
        withholdLeft();
        final int day = days.stage(poolId, epochDay, change);
        days.fill(day, addToChange.startMs(), addToChange.releasedAtMs(), addToChange.unitCount(), addToChange.alignUnits(), units);
        setBeside(poolId, epochDay, day);
        came(poolId, epochDay);

        final int block = events.begin(DayStagedEncoder.TEMPLATE_ID, DayStagedEncoder.BLOCK_LENGTH, changes.post(change));
        dayStaged.wrap(events.buffer(), block).changeId(change).poolId(poolId).epochDay(epochDay).startMs(addToChange.startMs())
                .releasedAtMs(addToChange.releasedAtMs()).unitCount(addToChange.unitCount()).alignUnits(addToChange.alignUnits());
        copyRuns(block + DayStagedEncoder.BLOCK_LENGTH, command, runsAt);
        emitBeside(change, poolId, epochDay, command);
        return Result.OK;
    }

    public Result setCapacity(final DirectBuffer command, final int offset, final Outcome outcome) {
        setCapacity.wrap(command, offset + BLOCK, SetCapacityDecoder.BLOCK_LENGTH, SetCapacityDecoder.SCHEMA_VERSION);
        final int poolId = setCapacity.poolId();
        final int from = setCapacity.startUnit();
        final int end = from + setCapacity.units();
        final int open = setCapacity.capacity() - setCapacity.withheld();
        if (!catalogue.pools().has(poolId)) return Result.POOL_UNKNOWN;
        final int day = days.find(poolId, setCapacity.epochDay());
        if (day == Days.NONE || end > days.unitCount(day)) return Result.SLOT_UNKNOWN;
        final int[] cooling = coolings.on(day);
        for (int unit = from; unit < end; unit++) {
            left[unit] = days.quotas().left(day, unit);
            if (open - left[unit] < Unit.taken(days.unit(day, unit)) - cooling[unit]) return Result.CAPACITY_BELOW_TAKEN;
        }
        Arrays.fill(units, from, end, Unit.of(setCapacity.capacity(), setCapacity.withheld()));
        if (isClosed(poolId, days.startMs(day), from, end, outcome)) return Result.CLOSED_BY_CLOSURE;

        coolings.endOn(day, from, end, CoolingEnd.REPLACED);
        boolean withheldMoved = false;
        for (int unit = from; unit < end; unit++) {
            final int before = days.unit(day, unit);
            withheldMoved |= Unit.withheld(before) - left[unit] != setCapacity.withheld();
            days.unit(day, unit, units[unit] + left[unit] * Unit.WITHHELD | before & Unit.TAKEN);
            openMoved[unit] = Unit.open(days.unit(day, unit)) - Unit.open(before);
        }
        days.recount(day);
        emitCapacity(poolId, setCapacity.epochDay(), from, end);
        if (withheldMoved) {
            emitWithheld();
        }
        cameRoom.at(catalogue.pools().post(poolId), setCapacity.epochDay());
        return Result.OK;
    }

    public Result beginChange(final long position, final long nowMs, final DirectBuffer command, final int offset, final Outcome outcome) {
        beginChange.wrap(command, offset + BLOCK, BeginChangeDecoder.BLOCK_LENGTH, BeginChangeDecoder.SCHEMA_VERSION);
        final int postId = beginChange.postId();
        if (!catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        if (changes.openCount() + 1 > catalogue.rules().maxChanges()) return Result.CHANGES_FULL;

        final long change = changes.begin(postId, position, nowMs);
        outcome.set(Result.OK, change, catalogue.posts().calendarVersion(postId), 0);
        final int block = events.begin(ChangeBegunEncoder.TEMPLATE_ID, ChangeBegunEncoder.BLOCK_LENGTH, postId);
        changeBegun.wrap(events.buffer(), block).changeId(change);
        events.end(changeBegun.limit());
        return Result.OK;
    }

    public Result applyChange(final DirectBuffer command, final int offset, final Outcome outcome) {
        applyChange.wrap(command, offset + BLOCK, ApplyChangeDecoder.BLOCK_LENGTH, ApplyChangeDecoder.SCHEMA_VERSION);
        final long change = applyChange.changeId();
        if (!changes.isOpen(change)) return Result.CHANGE_UNKNOWN;
        final int postId = changes.post(change);
        final long present = catalogue.posts().calendarVersion(postId);
        if (applyChange.expectedVersion() != present) {
            outcome.set(Result.CONFLICT, present, 0, 0);
            return Result.CONFLICT;
        }

        days.uncount(changes.replacing(change));
        changes.close(change, Changes.APPLIED);
        cameRoom.atAll(postId);
        final long version = catalogue.posts().nextCalendarVersion(postId);
        outcome.set(Result.OK, version, 0, 0);
        final int block = events.begin(ChangeAppliedEncoder.TEMPLATE_ID, ChangeAppliedEncoder.BLOCK_LENGTH, postId);
        changeApplied.wrap(events.buffer(), block).changeId(change).version(version);
        events.end(changeApplied.limit());
        return Result.OK;
    }

    public Result abandonChange(final DirectBuffer command, final int offset) {
        abandonChange.wrap(command, offset + BLOCK, AbandonChangeDecoder.BLOCK_LENGTH, AbandonChangeDecoder.SCHEMA_VERSION);
        final long change = abandonChange.changeId();
        if (!changes.isOpen(change)) return Result.CHANGE_UNKNOWN;

        abandon(change);
        return Result.OK;
    }

    /** A day that an open change has staged is needed otherwise: the change is dropped. */
    void abandonChangeOf(final int poolId, final int epochDay) {
        final long change = days.openChangeOf(poolId, epochDay);
        if (change != 0) {
            abandon(change);
        }
    }

    private void abandon(final long change) {
        final int postId = changes.post(change);
        days.uncount(changes.staged(change));
        changes.close(change, Changes.ABANDONED);
        final int block = events.begin(ChangeAbandonedEncoder.TEMPLATE_ID, ChangeAbandonedEncoder.BLOCK_LENGTH, postId);
        changeAbandoned.wrap(events.buffer(), block).changeId(change);
        events.end(changeAbandoned.limit());
    }

    /** Whether one of these units has more open, as the command describes it, than a closure leaves; the lowest such closure goes with the answer. */
    private boolean isClosed(final int poolId, final long startMs, final int from, final int end, final Outcome outcome) {
        final int postId = catalogue.pools().post(poolId);
        long lowest = 0;
        for (int unit = from; unit < end && closures.countAt(postId) > 0; unit++) {
            final long closure = closures.whichForbids(postId, poolId, startMs + unit * Unit.MS, Unit.open(units[unit]));
            lowest = lowest == 0 || closure != 0 && closure < lowest ? closure : lowest;
        }
        if (lowest != 0) {
            outcome.set(Result.CLOSED_BY_CLOSURE, lowest, 0, 0);
        }
        return lowest != 0;
    }

    /** The units that the command describes, what is kept of them, and what of them is beyond the counters. */
    private void expand(final DirectBuffer command, final int runsAt, final int end) {
        Arrays.fill(units, 0);
        quotas.read(command, runsEnd(command, runsAt), end);
        overbooked.read(command, quotas.end(), end);
        final int runs = command.getShort(runsAt + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        for (int run = 0; run < runs; run++) {
            final int at = runsAt + GROUP + run * RunsDecoder.sbeBlockLength();
            final int from = command.getByte(at + RunsDecoder.startUnitEncodingOffset()) & 0xFF;
            final int to = from + (command.getByte(at + RunsDecoder.unitsEncodingOffset()) & 0xFF);
            final int value = Unit.of(command.getByte(at + RunsDecoder.capacityEncodingOffset()) & 0xFF, command.getByte(at + RunsDecoder.withheldEncodingOffset()) & 0xFF);
            for (int unit = from; unit < to; unit++) {
                units[unit] = value;
            }
        }
    }

    private static int runsEnd(final DirectBuffer command, final int runsAt) {
        return runsAt + GROUP + (command.getShort(runsAt + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) * RunsDecoder.sbeBlockLength();
    }

    // ---- what is kept for channels, and what is beyond the counters

    private boolean isTooNew() {
        return quotas.count() > 0 && !catalogue.coreVersion().keepsQuotas() || overbooked.count() > 0 && !catalogue.coreVersion().keepsOverbooking();
    }

    private Result whyNotBeside(final int poolId, final Outcome outcome) {
        final Result refusal = quotas.count() == 0 ? Result.OK : whyNoQuotas(poolId, outcome);
        return refusal != Result.OK ? refusal : overbooked.whyNot(catalogue.pools().isDesk(poolId), units, outcome);
    }

    private Result whyNoQuotas(final int poolId, final Outcome outcome) {
        if (!catalogue.pools().isDesk(poolId)) return Result.QUOTA_OF_RESOURCE;
        for (int unit = 0; unit < Unit.MOST; unit++) {
            if (quotas.kept(unit) > Unit.open(units[unit])) {
                outcome.set(Result.QUOTA_ABOVE_CAPACITY, unit, 0, 0);
                return Result.QUOTA_ABOVE_CAPACITY;
            }
        }
        return Result.OK;
    }

    /** What will be left of the quotas that the command describes, for what was taken stays taken. */
    private void keep(final int poolId, final int epochDay) {
        final int present = quotas.count() == 0 ? Days.NONE : days.find(poolId, epochDay);
        Arrays.fill(left, 0);
        for (int unit = 0; unit < Unit.MOST && quotas.count() > 0; unit++) {
            for (int quota = 1; quota <= Quotas.CLASSES; quota++) {
                final int taken = present == Days.NONE ? 0 : days.quotas().taken(present, unit, quota);
                left[unit] += Math.max(0, quotas.kept(unit, quota) - taken);
            }
        }
    }

    private void withholdLeft() {
        for (int unit = 0; unit < Unit.MOST; unit++) {
            units[unit] += left[unit] * Unit.WITHHELD;
        }
    }

    private void setBeside(final int poolId, final int epochDay, final int day) {
        if (quotas.count() > 0 || days.quotas().has(day)) {
            days.quotas().set(day, quotas.kept(), quotas.spillMs());
        }
        days.overbooked().set(day, overbooked);
        spilling.set(poolId, epochDay, day);
    }

    private void emitBeside(final long change, final int poolId, final int epochDay, final DirectBuffer command) {
        if (quotas.count() > 0) {
            final int block = events.begin(QuotasSetEncoder.TEMPLATE_ID, QuotasSetEncoder.BLOCK_LENGTH, catalogue.pools().post(poolId));
            quotasSet.wrap(events.buffer(), block).changeId(change).epochDay(epochDay).poolId(poolId);
            events.buffer().putBytes(quotasSet.limit(), command, quotas.groupAt(), quotas.groupBytes());
            events.end(quotasSet.limit() + quotas.groupBytes());
        }
        overbooked.emit(events, catalogue.pools().post(poolId), change, poolId, epochDay, command);
    }

    private Result whyNot(final long nowMs, final int poolId, final int epochDay, final long startMs, final int unitCount, final int alignUnits) {
        if (startMs + unitCount * Unit.MS <= nowMs) return Result.IN_THE_PAST;
        if (epochDay > Math.floorDiv(nowMs, DAY_MS) + catalogue.rules().horizonDays()) return Result.BEYOND_HORIZON;
        if (days.isStaged(poolId, epochDay)) return Result.DAY_ALREADY_STAGED;
        final int present = days.find(poolId, epochDay);
        if (present == Days.NONE) return Result.OK;
        final boolean sameGrid = days.startMs(present) == startMs && days.alignUnits(present) == alignUnits;
        final int[] cooling = coolings.on(present);
        boolean fits = true;
        boolean taken = false;
        for (int unit = 0; unit < days.unitCount(present); unit++) {
            final int takers = Unit.taken(days.unit(present, unit)) - cooling[unit];
            taken |= takers > 0;
            fits &= takers == 0 || unit < unitCount && Unit.open(units[unit]) - left[unit] >= takers;
        }
        if (taken && !sameGrid) return Result.GRID_MISMATCH;
        return fits ? Result.OK : Result.CAPACITY_BELOW_TAKEN;
    }

    /** Takes dates that are long past out of memory, from the lowest on, as far as one command may. */
    private void sweep(final int poolId, final long nowMs) {
        final long before = Math.floorDiv(nowMs, DAY_MS) - SWEPT_AFTER_DAYS;
        int epochDay = catalogue.pools().sweepDay(poolId);
        for (int i = 0; i < SWEPT_AT_ONCE && epochDay < before && !days.isStaged(poolId, epochDay); i++) {
            final int day = days.find(poolId, epochDay);
            if (day != Days.NONE && coolings.isOn(day)) {
                return; // no Tick came for ten days
            }
            if (day != Days.NONE) {
                days.remove(day);
            }
            catalogue.pools().sweepDay(poolId, ++epochDay);
        }
    }

    private void came(final int poolId, final int epochDay) {
        if (epochDay < catalogue.pools().sweepDay(poolId)) {
            catalogue.pools().sweepDay(poolId, epochDay);
        }
    }

    private void copyRuns(final int to, final DirectBuffer command, final int runsAt) {
        final int end = runsEnd(command, runsAt);
        events.buffer().putBytes(to, command, runsAt, end - runsAt);
        events.end(to + end - runsAt);
    }

    /** One entry for each run of units whose openness changed alike. */
    private void emitCapacity(final int poolId, final int epochDay, final int from, final int end) {
        int runs = 0;
        for (int unit = from; unit < end; unit++) {
            if (openMoved[unit] != 0) {
                if (runs > 0 && runTo[runs - 1] == unit && openMoved[unit - 1] == openMoved[unit]) {
                    runTo[runs - 1] = unit + 1;
                } else {
                    runFrom[runs] = unit;
                    runTo[runs] = unit + 1;
                    runs++;
                }
            }
        }
        final int block = events.begin(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, catalogue.pools().post(poolId));
        final RoomChangedEncoder.RoomsEncoder rooms = roomChanged.wrap(events.buffer(), block).roomsCount(runs);
        for (int run = 0; run < runs; run++) {
            final short delta = (short) openMoved[runFrom[run]];
            rooms.next().poolId(poolId).epochDay(epochDay).startUnit((short) runFrom[run]).units((short) (runTo[run] - runFrom[run])).delta(delta).openDelta(delta);
        }
        events.end(roomChanged.limit());
    }

    /** Of the command that is being applied. The last event of its position: this one was added later, and those that old cursors name keep their ordinals. */
    private void emitWithheld() {
        final int block = events.begin(WithheldSetEncoder.TEMPLATE_ID, WithheldSetEncoder.BLOCK_LENGTH, catalogue.pools().post(setCapacity.poolId()));
        withheldSet.wrap(events.buffer(), block).poolId(setCapacity.poolId()).epochDay(setCapacity.epochDay()).startUnit(setCapacity.startUnit())
                .units(setCapacity.units()).withheld(setCapacity.withheld());
        events.end(withheldSet.limit());
    }
}
