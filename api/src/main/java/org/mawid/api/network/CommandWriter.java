package org.mawid.api.network;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.network.Network.Fee;
import org.mawid.api.network.Network.ResourceKind;
import org.mawid.api.network.Network.Service;
import org.mawid.sbe.AbandonChangeEncoder;
import org.mawid.sbe.AddToChangeEncoder;
import org.mawid.sbe.ApplyChangeEncoder;
import org.mawid.sbe.BeginChangeEncoder;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.DefinePoolEncoder;
import org.mawid.sbe.DefinePostEncoder;
import org.mawid.sbe.DefineServiceEncoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.SetDeskServiceEncoder;
import org.mawid.sbe.SetFeeTimeEncoder;
import org.mawid.sbe.SetRateEncoder;
import org.mawid.sbe.SetTariffEncoder;

/**
 * Writes the commands that bring a network into a log, header first, and gives each its own request id. All numbers are those of the log.
 * One thread. Everything was in range when the files were read.
 */
public final class CommandWriter {
    /** Schema version of a day that keeps nothing for channels: it ends behind its runs. */
    private static final int WITHOUT_QUOTAS = 5;
    /** Of one without places beyond the counters: it ends behind its quotas, and whoever reads it by its header looks for no more. */
    private static final int WITHOUT_OVERBOOKED = 6;

    private final long importId;
    private final LongSupplier nowMs;
    private long requests;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DefinePostEncoder definePost = new DefinePostEncoder();
    private final DefinePoolEncoder definePool = new DefinePoolEncoder();
    private final DefineServiceEncoder defineService = new DefineServiceEncoder();
    private final SetDeskServiceEncoder setDeskService = new SetDeskServiceEncoder();
    private final SetFeeTimeEncoder setFeeTime = new SetFeeTimeEncoder();
    private final SetTariffEncoder setTariff = new SetTariffEncoder();
    private final SetRateEncoder setRate = new SetRateEncoder();
    private final BeginChangeEncoder beginChange = new BeginChangeEncoder();
    private final AddToChangeEncoder addToChange = new AddToChangeEncoder();
    private final ApplyChangeEncoder applyChange = new ApplyChangeEncoder();
    private final AbandonChangeEncoder abandonChange = new AbandonChangeEncoder();

    /** @param importId upper half of the request ids: never used by another import */
    public CommandWriter(long importId, LongSupplier nowMs) {
        this.importId = importId;
        this.nowMs = nowMs;
    }

    /** Upper half of the request ids. */
    long importId() {
        return importId;
    }

    /** Lower half of the request id of the next command. */
    long nextRequest() {
        return requests + 1;
    }

    public int definePost(MutableDirectBuffer slot, int offset, int postId, String code, String currency, int minorDigits, int roundToMinor) {
        definePost.wrapAndApplyHeader(slot, offset, header);
        request(definePost.request());
        definePost.postId(postId).code(code).currency(currency).minorDigits((short) minorDigits).roundToMinor(roundToMinor);
        return MessageHeaderEncoder.ENCODED_LENGTH + definePost.encodedLength();
    }

    public int definePool(MutableDirectBuffer slot, int offset, int poolId, int postId, PoolKind kind, String code) {
        definePool.wrapAndApplyHeader(slot, offset, header);
        request(definePool.request());
        definePool.poolId(poolId).postId(postId).kind(kind).code(code);
        return MessageHeaderEncoder.ENCODED_LENGTH + definePool.encodedLength();
    }

    public int defineService(MutableDirectBuffer slot, int offset, int serviceId, Service service) {
        defineService.wrapAndApplyHeader(slot, offset, header);
        request(defineService.request());
        defineService.serviceId(serviceId).durationMinutes(service.minutes()).code(service.code()).scope(ServiceScope.valueOf(service.scope().name()))
                .validationRequired(flag(service.validationRequired())).appointmentRequired(flag(service.appointmentRequired()))
                .urgent(flag(service.urgent())).resourceKinds((short) bits(service.resourceKinds())).quantityMax((short) service.quantityMax());
        return MessageHeaderEncoder.ENCODED_LENGTH + defineService.encodedLength();
    }

    public int setDeskService(MutableDirectBuffer slot, int offset, int deskId, int serviceId, boolean serves) {
        setDeskService.wrapAndApplyHeader(slot, offset, header);
        request(setDeskService.request());
        setDeskService.deskId(deskId).serviceId(serviceId).serves(flag(serves));
        return MessageHeaderEncoder.ENCODED_LENGTH + setDeskService.encodedLength();
    }

    public int setTariff(MutableDirectBuffer slot, int offset, int serviceId, long version, long validFromMs, List<Fee> fee) {
        setTariff.wrapAndApplyHeader(slot, offset, header);
        request(setTariff.request());
        setTariff.serviceId(serviceId).version(version).validFromMs(validFromMs);
        final SetTariffEncoder.ComponentsEncoder components = setTariff.componentsCount(fee.size());
        for (Fee part : fee) components.next().beneficiary(beneficiary(part)).amountCentimes(part.centimes());
        return MessageHeaderEncoder.ENCODED_LENGTH + setTariff.encodedLength();
    }

    public int setFeeTime(MutableDirectBuffer slot, int offset, int serviceId, FeeTime feeTime) {
        setFeeTime.wrapAndApplyHeader(slot, offset, header);
        request(setFeeTime.request());
        setFeeTime.serviceId(serviceId).feeTime(feeTime);
        return MessageHeaderEncoder.ENCODED_LENGTH + setFeeTime.encodedLength();
    }

    public int setRate(MutableDirectBuffer slot, int offset, int postId, long microMadPerUnit) {
        setRate.wrapAndApplyHeader(slot, offset, header);
        request(setRate.request());
        setRate.postId(postId).microMadPerUnit(microMadPerUnit);
        return MessageHeaderEncoder.ENCODED_LENGTH + setRate.encodedLength();
    }

    public int beginChange(MutableDirectBuffer slot, int offset, int postId) {
        beginChange.wrapAndApplyHeader(slot, offset, header);
        request(beginChange.request());
        beginChange.postId(postId);
        return MessageHeaderEncoder.ENCODED_LENGTH + beginChange.encodedLength();
    }

    public int addToChange(MutableDirectBuffer slot, int offset, long changeId, int poolId, OpenDay day) {
        return addToChange(slot, offset, changeId, PlannedDay.of(poolId, day));
    }

    /** @param day of {@value PlannedDay#MAX_RUNS} runs with places, {@value PlannedDay#MAX_QUOTA_RUNS} of quotas and {@value PlannedDay#MAX_OVERBOOKED_RUNS} beyond the counters at most */
    int addToChange(MutableDirectBuffer slot, int offset, long changeId, PlannedDay day) {
        addToChange.wrapAndApplyHeader(slot, offset, header);
        request(addToChange.request());
        addToChange.changeId(changeId).poolId(day.poolId()).epochDay(day.epochDay()).startMs(day.startMs()).releasedAtMs(day.releasedAtMs())
                .unitCount((short) day.units()).alignUnits((short) day.alignUnits());
        final List<PlannedDay.Run> runs = day.runs();
        if (runs.isEmpty()) runs.add(new PlannedDay.Run(0, day.units(), 0, 0)); // a closed day has one, too
        final AddToChangeEncoder.RunsEncoder encoder = addToChange.runsCount(runs.size());
        for (PlannedDay.Run run : runs) {
            encoder.next().startUnit((short) run.from()).units((short) (run.to() - run.from())).capacity((short) run.capacity()).withheld((short) run.withheld());
        }
        addBeside(day);
        return MessageHeaderEncoder.ENCODED_LENGTH + addToChange.encodedLength();
    }

    /** Groups that are not there are of no version either. */
    private void addBeside(PlannedDay day) {
        final List<PlannedDay.QuotaRun> quotas = day.quotaRuns();
        final List<PlannedDay.OverbookedRun> overbooked = day.overbookedRuns();
        if (overbooked.isEmpty()) header.version(quotas.isEmpty() ? WITHOUT_QUOTAS : WITHOUT_OVERBOOKED);
        if (!quotas.isEmpty() || !overbooked.isEmpty()) addQuotas(day, quotas);
        if (overbooked.isEmpty()) return;
        final AddToChangeEncoder.OverbookedEncoder encoder = addToChange.overbookedCount(overbooked.size());
        for (PlannedDay.OverbookedRun run : overbooked) {
            encoder.next().startUnit((short) run.from()).units((short) (run.to() - run.from())).places((short) run.places()).untilMs(day.overbooked().untilMs());
        }
    }

    private void addQuotas(PlannedDay day, List<PlannedDay.QuotaRun> runs) {
        final AddToChangeEncoder.QuotasEncoder encoder = addToChange.quotasCount(runs.size());
        for (PlannedDay.QuotaRun run : runs) {
            encoder.next().startUnit((short) run.from()).units((short) (run.to() - run.from())).quotaClass(QuotaClass.get((short) run.quota()))
                    .places((short) run.places()).spillMs(day.quotas().spillMs(run.quota()));
        }
    }

    public int applyChange(MutableDirectBuffer slot, int offset, long changeId, long expectedVersion) {
        applyChange.wrapAndApplyHeader(slot, offset, header);
        request(applyChange.request());
        applyChange.changeId(changeId).expectedVersion(expectedVersion);
        return MessageHeaderEncoder.ENCODED_LENGTH + applyChange.encodedLength();
    }

    public int abandonChange(MutableDirectBuffer slot, int offset, long changeId) {
        abandonChange.wrapAndApplyHeader(slot, offset, header);
        request(abandonChange.request());
        abandonChange.changeId(changeId);
        return MessageHeaderEncoder.ENCODED_LENGTH + abandonChange.encodedLength();
    }

    /** Every byte is written: the slot still holds an older command. */
    private void request(RequestEncoder request) {
        request.deadlineMs(0).idHigh(importId).idLow(++requests).createdMs(nowMs.getAsLong()).sequence(0).actor(0).onBehalfOf(0).clientId(0)
                .channel(Channel.SYSTEM).putReserved((short) 0, (short) 0, (short) 0);
    }

    static Beneficiary beneficiary(Fee fee) {
        return Beneficiary.valueOf(fee.part().name());
    }

    static PoolKind kind(ResourceKind kind) {
        return PoolKind.valueOf(kind.name());
    }

    /** Bit k = needs {@link PoolKind} k. */
    static int bits(Set<ResourceKind> kinds) {
        int bits = 0;
        for (ResourceKind kind : kinds) bits |= 1 << kind(kind).value();
        return bits;
    }

    private static BooleanType flag(boolean value) {
        return value ? BooleanType.YES : BooleanType.NO;
    }
}
