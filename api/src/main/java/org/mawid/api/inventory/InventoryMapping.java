package org.mawid.api.inventory;

import java.util.List;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.AbandonChange;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Overbooked;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Quota;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetCapacity;
import org.mawid.sbe.AbandonChangeEncoder;
import org.mawid.sbe.AddToChangeEncoder;
import org.mawid.sbe.ApplyChangeEncoder;
import org.mawid.sbe.BeginChangeEncoder;
import org.mawid.sbe.PublishDayEncoder;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.SetCapacityEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class InventoryMapping {
    private static final int RUNS_MAX = 24;
    private static final int QUOTAS_MAX = 48;
    private static final int OVERBOOKED_MAX = 20;
    /** Schema version of a day without quotas: it is said as it always was, so that a repeat by whoever was renewed meanwhile is one, and is read as such. */
    private static final int WITHOUT_QUOTAS = 5;
    /** The same of one without overbooked places. */
    private static final int WITHOUT_OVERBOOKED = 6;

    private final PublishDayEncoder publishDay = new PublishDayEncoder();
    private final SetCapacityEncoder setCapacity = new SetCapacityEncoder();
    private final BeginChangeEncoder beginChange = new BeginChangeEncoder();
    private final AddToChangeEncoder addToChange = new AddToChangeEncoder();
    private final ApplyChangeEncoder applyChange = new ApplyChangeEncoder();
    private final AbandonChangeEncoder abandonChange = new AbandonChangeEncoder();

    public int publishDay(final Draft draft, final PublishDay message) {
        publishDay.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), publishDay.request());
        publishDay.poolId(draft.uint16(message.getPoolId()))
                .epochDay(message.getEpochDay())
                .startMs(message.getStartMs())
                .releasedAtMs(message.getReleasedAtMs())
                .unitCount(draft.uint8(message.getUnitCount()))
                .alignUnits(draft.uint8(message.getAlignUnits()));
        final List<Run> runs = message.getRunsList();
        final int count = draft.count(runs.size(), RUNS_MAX);
        final PublishDayEncoder.RunsEncoder group = publishDay.runsCount(count);
        for (int i = 0; i < count; i++) {
            final Run run = runs.get(i);
            group.next().startUnit(draft.uint8(run.getStartUnit())).units(draft.uint8(run.getUnits()))
                    .capacity(draft.uint8(run.getCapacity())).withheld(draft.uint8(run.getWithheld()));
        }
        final int quotas = draft.count(message.getQuotasCount(), QUOTAS_MAX);
        final int overbooked = draft.count(message.getOverbookedCount(), OVERBOOKED_MAX);
        if (quotas > 0 || overbooked > 0) {
            final PublishDayEncoder.QuotasEncoder kept = publishDay.quotasCount(quotas);
            for (int i = 0; i < quotas; i++) {
                final Quota quota = message.getQuotas(i);
                kept.next().startUnit(draft.uint8(quota.getStartUnit())).units(draft.uint8(quota.getUnits())).quotaClass(quotaClass(draft, quota))
                        .places(draft.uint8(quota.getPlaces())).spillMs(quota.getSpillMs());
            }
        }
        if (overbooked > 0) {
            final PublishDayEncoder.OverbookedEncoder beyond = publishDay.overbookedCount(overbooked);
            for (int i = 0; i < overbooked; i++) {
                final Overbooked run = message.getOverbooked(i);
                beyond.next().startUnit(draft.uint8(run.getStartUnit())).units(draft.uint8(run.getUnits())).places(draft.uint8(run.getPlaces())).untilMs(run.getUntilMs());
            }
        }
        draft.header().version(version(quotas, overbooked));
        return draft.end(publishDay.encodedLength());
    }

    public int setCapacity(final Draft draft, final SetCapacity message) {
        setCapacity.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setCapacity.request());
        final Run run = message.getRun();
        setCapacity.poolId(draft.uint16(message.getPoolId()))
                .epochDay(message.getEpochDay())
                .startUnit(draft.uint8(run.getStartUnit()))
                .units(draft.uint8(run.getUnits()))
                .capacity(draft.uint8(run.getCapacity()))
                .withheld(draft.uint8(run.getWithheld()));
        return draft.end(setCapacity.encodedLength());
    }

    public int beginChange(final Draft draft, final BeginChange message) {
        beginChange.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), beginChange.request());
        beginChange.postId(draft.uint16(message.getPostId()));
        return draft.end(beginChange.encodedLength());
    }

    public int addToChange(final Draft draft, final AddToChange message) {
        addToChange.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), addToChange.request());
        addToChange.changeId(draft.number(ReferenceKind.CHANGE, message.getChange()))
                .poolId(draft.uint16(message.getPoolId()))
                .epochDay(message.getEpochDay())
                .startMs(message.getStartMs())
                .releasedAtMs(message.getReleasedAtMs())
                .unitCount(draft.uint8(message.getUnitCount()))
                .alignUnits(draft.uint8(message.getAlignUnits()));
        final List<Run> runs = message.getRunsList();
        final int count = draft.count(runs.size(), RUNS_MAX);
        final AddToChangeEncoder.RunsEncoder group = addToChange.runsCount(count);
        for (int i = 0; i < count; i++) {
            final Run run = runs.get(i);
            group.next().startUnit(draft.uint8(run.getStartUnit())).units(draft.uint8(run.getUnits()))
                    .capacity(draft.uint8(run.getCapacity())).withheld(draft.uint8(run.getWithheld()));
        }
        final int quotas = draft.count(message.getQuotasCount(), QUOTAS_MAX);
        final int overbooked = draft.count(message.getOverbookedCount(), OVERBOOKED_MAX);
        if (quotas > 0 || overbooked > 0) {
            final AddToChangeEncoder.QuotasEncoder kept = addToChange.quotasCount(quotas);
            for (int i = 0; i < quotas; i++) {
                final Quota quota = message.getQuotas(i);
                kept.next().startUnit(draft.uint8(quota.getStartUnit())).units(draft.uint8(quota.getUnits())).quotaClass(quotaClass(draft, quota))
                        .places(draft.uint8(quota.getPlaces())).spillMs(quota.getSpillMs());
            }
        }
        if (overbooked > 0) {
            final AddToChangeEncoder.OverbookedEncoder beyond = addToChange.overbookedCount(overbooked);
            for (int i = 0; i < overbooked; i++) {
                final Overbooked run = message.getOverbooked(i);
                beyond.next().startUnit(draft.uint8(run.getStartUnit())).units(draft.uint8(run.getUnits())).places(draft.uint8(run.getPlaces())).untilMs(run.getUntilMs());
            }
        }
        draft.header().version(version(quotas, overbooked));
        return draft.end(addToChange.encodedLength());
    }

    private static int version(final int quotas, final int overbooked) {
        return overbooked > 0 ? PublishDayEncoder.SCHEMA_VERSION : quotas > 0 ? WITHOUT_OVERBOOKED : WITHOUT_QUOTAS;
    }

    private static QuotaClass quotaClass(final Draft draft, final Quota quota) {
        return QuotaClass.get(draft.enumeration(quota.getQuotaClassValue(), QuotaClass.EMERGENCY.value()));
    }

    public int applyChange(final Draft draft, final ApplyChange message) {
        applyChange.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), applyChange.request());
        applyChange.changeId(draft.number(ReferenceKind.CHANGE, message.getChange()))
                .expectedVersion(draft.uint32(message.getExpectedVersion()));
        return draft.end(applyChange.encodedLength());
    }

    public int abandonChange(final Draft draft, final AbandonChange message) {
        abandonChange.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), abandonChange.request());
        abandonChange.changeId(draft.number(ReferenceKind.CHANGE, message.getChange()));
        return draft.end(abandonChange.encodedLength());
    }
}
