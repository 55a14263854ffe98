package org.mawid.engine.readmodel.availability;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.readmodel.Availability.Overbooked;
import org.mawid.sbe.ChangeAbandonedDecoder;
import org.mawid.sbe.ChangeAppliedDecoder;
import org.mawid.sbe.DayPublishedDecoder;
import org.mawid.sbe.DayRecordDecoder;
import org.mawid.sbe.DayStagedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.OverbookedRecordDecoder;
import org.mawid.sbe.OverbookedSetDecoder;
import org.mawid.sbe.OverbookedWithdrawnDecoder;
import org.mawid.sbe.PoolDefinedDecoder;
import org.mawid.sbe.QuotaChangedDecoder;
import org.mawid.sbe.QuotaRecordDecoder;
import org.mawid.sbe.QuotaSpilledDecoder;
import org.mawid.sbe.QuotasSetDecoder;
import org.mawid.sbe.RoomChangedDecoder;
import org.mawid.sbe.WithheldSetDecoder;

/** Reads the events and records that say something about days, and passes over the others. Writer's thread only. */
final class DayMessages {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PoolDefinedDecoder poolDefined = new PoolDefinedDecoder();
    private final DayPublishedDecoder dayPublished = new DayPublishedDecoder();
    private final DayStagedDecoder dayStaged = new DayStagedDecoder();
    private final ChangeAppliedDecoder changeApplied = new ChangeAppliedDecoder();
    private final ChangeAbandonedDecoder changeAbandoned = new ChangeAbandonedDecoder();
    private final RoomChangedDecoder roomChanged = new RoomChangedDecoder();
    private final WithheldSetDecoder withheldSet = new WithheldSetDecoder();
    private final DayRecordDecoder dayRecord = new DayRecordDecoder();
    private final QuotasSetDecoder quotasSet = new QuotasSetDecoder();
    private final QuotaChangedDecoder quotaChanged = new QuotaChangedDecoder();
    private final QuotaSpilledDecoder quotaSpilled = new QuotaSpilledDecoder();
    private final QuotaRecordDecoder quotaRecord = new QuotaRecordDecoder();
    private final OverbookedSetDecoder overbookedSet = new OverbookedSetDecoder();
    private final OverbookedWithdrawnDecoder overbookedWithdrawn = new OverbookedWithdrawnDecoder();
    private final OverbookedRecordDecoder overbookedRecord = new OverbookedRecordDecoder();
    private final Offer offer = new Offer();
    private final byte[] room = new byte[Bits.UNITS];

    void read(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        final int templateId = buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        switch (templateId) {
            case RoomChangedDecoder.TEMPLATE_ID -> roomChanged(position, buffer, offset, tables, days);
            case WithheldSetDecoder.TEMPLATE_ID -> withheldSet(position, buffer, offset, tables, days);
            case DayPublishedDecoder.TEMPLATE_ID -> dayPublished(position, buffer, offset, tables, days);
            case DayStagedDecoder.TEMPLATE_ID -> dayStaged(position, buffer, offset, tables, days);
            case ChangeAppliedDecoder.TEMPLATE_ID ->
                    days.apply(position, changeApplied.wrapAndApplyHeader(buffer, offset, header).changeId());
            case ChangeAbandonedDecoder.TEMPLATE_ID ->
                    days.abandon(position, changeAbandoned.wrapAndApplyHeader(buffer, offset, header).changeId());
            case PoolDefinedDecoder.TEMPLATE_ID -> {
                poolDefined.wrapAndApplyHeader(buffer, offset, header);
                tables.define(poolDefined.poolId(), poolDefined.postId(), poolDefined.kind().value());
            }
            case QuotasSetDecoder.TEMPLATE_ID -> quotasSet(position, buffer, offset, tables, days);
            case QuotaChangedDecoder.TEMPLATE_ID -> quotaChanged(position, buffer, offset, tables, days);
            case QuotaSpilledDecoder.TEMPLATE_ID -> quotaSpilled(position, buffer, offset, tables, days);
            case QuotaRecordDecoder.TEMPLATE_ID -> quotaRecord(position, buffer, offset, tables, days);
            case OverbookedSetDecoder.TEMPLATE_ID -> overbookedSet(position, buffer, offset, tables, days);
            case OverbookedWithdrawnDecoder.TEMPLATE_ID -> overbookedWithdrawn(position, buffer, offset, tables, days);
            case OverbookedRecordDecoder.TEMPLATE_ID -> overbookedRecord(position, buffer, offset, tables, days);
            case DayRecordDecoder.TEMPLATE_ID -> dayRecord(position, buffer, offset, tables, days);
            default -> { }
        }
    }

    private void roomChanged(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        roomChanged.wrapAndApplyHeader(buffer, offset, header);
        for (final RoomChangedDecoder.RoomsDecoder entry : roomChanged.rooms()) {
            final PoolDays pool = pool(tables, entry.poolId());
            if (entry.openDelta() == 0) {
                days.move(position, pool, entry.epochDay(), entry.startUnit(), entry.units(), entry.delta());
            } else {
                days.change(position, pool, entry.epochDay(), entry.startUnit(), entry.units(), entry.delta(), entry.openDelta());
            }
        }
    }

    private void withheldSet(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        withheldSet.wrapAndApplyHeader(buffer, offset, header);
        days.withhold(position, pool(tables, withheldSet.poolId()), withheldSet.epochDay(), withheldSet.startUnit(), withheldSet.units(),
                withheldSet.withheld());
    }

    private void dayPublished(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        dayPublished.wrapAndApplyHeader(buffer, offset, header);
        offer.clear();
        for (final DayPublishedDecoder.RunsDecoder run : dayPublished.runs()) {
            offer.add(run.startUnit(), run.units(), run.capacity(), run.withheld());
        }
        days.publish(position, pool(tables, dayPublished.poolId()), dayPublished.epochDay(), dayPublished.startMs(), dayPublished.releasedAtMs(),
                dayPublished.unitCount(), dayPublished.alignUnits(), offer.pattern());
    }

    private void dayStaged(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        dayStaged.wrapAndApplyHeader(buffer, offset, header);
        offer.clear();
        for (final DayStagedDecoder.RunsDecoder run : dayStaged.runs()) {
            offer.add(run.startUnit(), run.units(), run.capacity(), run.withheld());
        }
        days.stage(position, dayStaged.changeId(), pool(tables, dayStaged.poolId()), dayStaged.epochDay(), dayStaged.startMs(),
                dayStaged.releasedAtMs(), dayStaged.unitCount(), dayStaged.alignUnits(), offer.pattern());
    }

    private void quotasSet(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        quotasSet.wrapAndApplyHeader(buffer, offset, header);
        days.keep(position, pool(tables, quotasSet.poolId()), quotasSet.epochDay(), quotasSet.changeId() != 0, kept -> {
            for (final QuotasSetDecoder.QuotasDecoder run : quotasSet.quotas()) {
                kept.keep(run.quotaClassRaw(), run.startUnit(), run.units(), run.places());
                kept.spillAt(run.quotaClassRaw(), run.spillMs());
            }
        });
    }

    private void quotaChanged(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        for (final QuotaChangedDecoder.QuotasDecoder run : quotaChanged.wrapAndApplyHeader(buffer, offset, header).quotas()) {
            days.rekeep(position, pool(tables, run.poolId()), run.epochDay(),
                    kept -> kept.change(run.quotaClassRaw(), run.startUnit(), run.units(), run.taken(), run.kept()));
        }
    }

    private void quotaSpilled(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        quotaSpilled.wrapAndApplyHeader(buffer, offset, header);
        final PoolDays pool = pool(tables, quotaSpilled.poolId());
        final int classes = quotaSpilled.classes();
        if (quotaSpilled.changeId() == 0) {
            days.rekeep(position, pool, quotaSpilled.epochDay(), kept -> spill(kept, classes));
        } else {
            days.rekeepStaged(position, pool, quotaSpilled.epochDay(), kept -> spill(kept, classes));
        }
    }

    private static void spill(final KeptPlaces kept, final int classes) {
        for (int set = classes; set != 0; set &= set - 1) {
            kept.keepNothing(Integer.numberOfTrailingZeros(set) + 1);
        }
    }

    private void quotaRecord(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        quotaRecord.wrapAndApplyHeader(buffer, offset, header);
        days.restoreKept(position, pool(tables, quotaRecord.poolId()), quotaRecord.epochDay(), quotaRecord.changeId() != 0, kept -> {
            kept.spillAt(1, quotaRecord.spillCallCentre());
            kept.spillAt(2, quotaRecord.spillWalkIn());
            kept.spillAt(3, quotaRecord.spillAssisted());
            kept.spillAt(4, quotaRecord.spillEmergency());
            int unit = 0;
            for (final QuotaRecordDecoder.UnitsDecoder each : quotaRecord.units()) {
                kept.keep(1, unit, 1, each.keptCallCentre());
                kept.keep(2, unit, 1, each.keptWalkIn());
                kept.keep(3, unit, 1, each.keptAssisted());
                kept.keep(4, unit, 1, each.keptEmergency());
                kept.takenAre(1, unit, each.takenCallCentre());
                kept.takenAre(2, unit, each.takenWalkIn());
                kept.takenAre(3, unit, each.takenAssisted());
                kept.takenAre(4, unit, each.takenEmergency());
                unit++;
            }
        });
    }

    private void overbookedSet(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        overbookedSet.wrapAndApplyHeader(buffer, offset, header);
        final int[] places = new int[Bits.UNITS];
        long untilMs = 0;
        for (final OverbookedSetDecoder.OverbookedDecoder run : overbookedSet.overbooked()) {
            Arrays.fill(places, run.startUnit(), run.startUnit() + run.units(), run.places());
            untilMs = run.untilMs();
        }
        days.overbook(position, pool(tables, overbookedSet.poolId()), overbookedSet.epochDay(), overbookedSet.changeId() != 0, new Overbooked(places, untilMs));
    }

    private void overbookedWithdrawn(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        overbookedWithdrawn.wrapAndApplyHeader(buffer, offset, header);
        final PoolDays pool = pool(tables, overbookedWithdrawn.poolId());
        if (overbookedWithdrawn.changeId() == 0) {
            days.withdraw(position, pool, overbookedWithdrawn.epochDay());
            return;
        }
        final int[] withdrawn = new int[Bits.UNITS];
        for (final OverbookedWithdrawnDecoder.WithdrawnDecoder run : overbookedWithdrawn.withdrawn()) {
            Arrays.fill(withdrawn, run.startUnit(), run.startUnit() + run.units(), run.places());
        }
        days.withdrawStaged(position, pool, overbookedWithdrawn.epochDay(), withdrawn);
    }

    private void overbookedRecord(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        overbookedRecord.wrapAndApplyHeader(buffer, offset, header);
        final int[] places = new int[Bits.UNITS];
        int unit = 0;
        for (final OverbookedRecordDecoder.UnitsDecoder each : overbookedRecord.units()) {
            places[unit++] = each.places();
        }
        days.overbook(position, pool(tables, overbookedRecord.poolId()), overbookedRecord.epochDay(), overbookedRecord.changeId() != 0, new Overbooked(places, overbookedRecord.untilMs()));
    }

    private void dayRecord(final long position, final DirectBuffer buffer, final int offset, final Tables tables, final DayWriter days) {
        dayRecord.wrapAndApplyHeader(buffer, offset, header);
        offer.clear();
        Arrays.fill(room, (byte) 0);
        final DayRecordDecoder.UnitsDecoder units = dayRecord.units();
        final int unitCount = units.count();
        for (int unit = 0; unit < unitCount; unit++) {
            units.next();
            offer.add(unit, 1, units.capacity(), units.withheld());
            room[unit] = (byte) (units.capacity() - units.withheld() - units.booked() - units.held());
        }
        final PoolDays pool = pool(tables, dayRecord.poolId());
        if (dayRecord.changeId() == 0) {
            days.restore(position, pool, dayRecord.epochDay(), dayRecord.startMs(), dayRecord.releasedAtMs(), unitCount, dayRecord.alignUnits(), offer.pattern(), room);
        } else {
            days.stage(position, dayRecord.changeId(), pool, dayRecord.epochDay(), dayRecord.startMs(), dayRecord.releasedAtMs(), unitCount,
                    dayRecord.alignUnits(), offer.pattern());
        }
    }

    private static PoolDays pool(final Tables tables, final int poolId) {
        final PoolDays pool = tables.pool(poolId);
        Invariant.that(pool != null, "days of a known pool", poolId, 0);
        return pool;
    }
}
