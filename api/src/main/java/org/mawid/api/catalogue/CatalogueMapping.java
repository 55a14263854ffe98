package org.mawid.api.catalogue;

import java.util.List;
import org.mawid.api.application.DocumentKinds;
import org.mawid.api.gateway.Draft;
import org.mawid.api.rpc.Requests;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetFeeTime;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.SetRules;
import org.mawid.grpc.SetServiceDocuments;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.TariffComponent;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.DefinePoolEncoder;
import org.mawid.sbe.DefinePostEncoder;
import org.mawid.sbe.DefineServiceEncoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.SetDeskServiceEncoder;
import org.mawid.sbe.SetFeeTimeEncoder;
import org.mawid.sbe.SetRateEncoder;
import org.mawid.sbe.SetRulesEncoder;
import org.mawid.sbe.SetServiceDocumentsEncoder;
import org.mawid.sbe.SetTariffEncoder;

/** From messages to the commands of the log, and back for rules and tariffs. Each method with a draft gives what {@link Draft#end} gives. One thread at a time. */
public final class CatalogueMapping {
    private static final int COMPONENTS_MAX = 8;
    private static final int CODE_CHARACTERS = 32;
    private static final int CURRENCY_CHARACTERS = 3;

    private final DefinePostEncoder definePost = new DefinePostEncoder();
    private final DefinePoolEncoder definePool = new DefinePoolEncoder();
    private final DefineServiceEncoder defineService = new DefineServiceEncoder();
    private final SetDeskServiceEncoder setDeskService = new SetDeskServiceEncoder();
    private final SetTariffEncoder setTariff = new SetTariffEncoder();
    private final SetServiceDocumentsEncoder setServiceDocuments = new SetServiceDocumentsEncoder();
    private final SetFeeTimeEncoder setFeeTime = new SetFeeTimeEncoder();
    private final SetRateEncoder setRate = new SetRateEncoder();
    private final SetRulesEncoder setRules = new SetRulesEncoder();

    public int definePost(final Draft draft, final DefinePost message) {
        definePost.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), definePost.request());
        definePost.postId(draft.uint16(message.getPostId()))
                .code(draft.ascii(message.getCode(), CODE_CHARACTERS))
                .currency(draft.ascii(message.getCurrency(), CURRENCY_CHARACTERS))
                .minorDigits(draft.uint8(message.getMinorDigits()))
                .roundToMinor(draft.uint16(message.getRoundToMinor()));
        return draft.end(definePost.encodedLength());
    }

    public int definePool(final Draft draft, final DefinePool message) {
        definePool.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), definePool.request());
        definePool.poolId(draft.uint16(message.getPoolId()))
                .postId(draft.uint16(message.getPostId()))
                .kind(PoolKind.get(draft.enumeration(message.getKindValue(), PoolKind.RECEPTION_SEAT.value())))
                .code(draft.ascii(message.getCode(), CODE_CHARACTERS));
        return draft.end(definePool.encodedLength());
    }

    public int defineService(final Draft draft, final DefineService message) {
        defineService.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), defineService.request());
        defineService.serviceId(draft.uint16(message.getServiceId()))
                .durationMinutes(draft.uint16(message.getDurationMinutes()))
                .code(draft.ascii(message.getCode(), CODE_CHARACTERS))
                .scope(ServiceScope.get(draft.enumeration(message.getScopeValue(), ServiceScope.REGISTERED_POST.value())))
                .validationRequired(yes(message.getValidationRequired()))
                .appointmentRequired(yes(message.getAppointmentRequired()))
                .urgent(yes(message.getUrgent()))
                .resourceKinds(draft.uint8(message.getResourceKinds()))
                .quantityMax(draft.uint8(message.getQuantityMax()));
        return draft.end(defineService.encodedLength());
    }

    public int setDeskService(final Draft draft, final SetDeskService message) {
        setDeskService.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setDeskService.request());
        setDeskService.deskId(draft.uint16(message.getDeskId()))
                .serviceId(draft.uint16(message.getServiceId()))
                .serves(yes(message.getServes()));
        return draft.end(setDeskService.encodedLength());
    }

    public int setTariff(final Draft draft, final SetTariff message) {
        setTariff.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setTariff.request());
        setTariff.serviceId(draft.uint16(message.getServiceId()))
                .version(draft.uint32(message.getVersion()))
                .validFromMs(message.getValidFromMs());
        final List<TariffComponent> components = message.getComponentsList();
        final int count = draft.count(components.size(), COMPONENTS_MAX);
        final SetTariffEncoder.ComponentsEncoder group = setTariff.componentsCount(count);
        for (int i = 0; i < count; i++) {
            final TariffComponent component = components.get(i);
            group.next()
                    .beneficiary(Beneficiary.get(draft.enumeration(component.getBeneficiaryValue(), Beneficiary.ADOUL.value())))
                    .amountCentimes(component.getAmountCentimes());
        }
        return draft.end(setTariff.encodedLength());
    }

    public int setServiceDocuments(final Draft draft, final SetServiceDocuments message) {
        setServiceDocuments.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setServiceDocuments.request());
        setServiceDocuments.serviceId(draft.uint16(message.getServiceId()))
                .kinds(DocumentKinds.set(draft, message.getKindsValueList()))
                .validates(message.getValidates() ? BooleanType.YES : BooleanType.NO);
        return draft.end(setServiceDocuments.encodedLength());
    }

    public int setFeeTime(final Draft draft, final SetFeeTime message) {
        setFeeTime.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setFeeTime.request());
        setFeeTime.serviceId(draft.uint16(message.getServiceId()))
                .feeTime(FeeTime.get(draft.enumeration(message.getFeeTimeValue(), FeeTime.BEFORE_CONFIRM.value())));
        return draft.end(setFeeTime.encodedLength());
    }

    public int setRate(final Draft draft, final SetRate message) {
        setRate.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setRate.request());
        setRate.postId(draft.uint16(message.getPostId())).microMadPerUnit(message.getMicroMadPerUnit());
        return draft.end(setRate.encodedLength());
    }

    public int setRules(final Draft draft, final SetRules message) {
        setRules.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setRules.request());
        setRules.holdTtlMs(message.getHoldTtlMs())
                .holdBudgetRefillMs(message.getHoldBudgetRefillMs())
                .validationTtlMs(message.getValidationTtlMs())
                .rememberMs(message.getRememberMs())
                .createdSkewMs(message.getCreatedSkewMs())
                .checkInEarlyMs(message.getCheckInEarlyMs())
                .noShowGraceMs(message.getNoShowGraceMs())
                .retainMs(message.getRetainMs())
                .maxApplications(draft.uint32(message.getMaxApplications()))
                .maxLines(draft.uint32(message.getMaxLines()))
                .maxPersons(draft.uint32(message.getMaxPersons()))
                .maxAppointments(draft.uint32(message.getMaxAppointments()))
                .maxHolds(draft.uint32(message.getMaxHolds()))
                .maxLegs(draft.uint32(message.getMaxLegs()))
                .maxStamps(draft.uint32(message.getMaxStamps()))
                .maxDays(draft.uint32(message.getMaxDays()))
                .maxRequests(draft.uint32(message.getMaxRequests()))
                .maxClients(draft.uint32(message.getMaxClients()))
                .maxChanges(draft.uint32(message.getMaxChanges()))
                .horizonDays(draft.uint16(message.getHorizonDays()))
                .expiredPerTick(draft.uint16(message.getExpiredPerTick()))
                .holdsPerPerson(draft.uint8(message.getHoldsPerPerson()))
                .holdBudget(draft.uint8(message.getHoldBudget()))
                .openLinesPerPerson(draft.uint8(message.getOpenLinesPerPerson()))
                .reschedulesPerAppointment(draft.uint8(message.getReschedulesPerAppointment()));
        return draft.end(setRules.encodedLength());
    }

    /** What is in force, as the command that would set it again, without a request. */
    public static SetRules command(final CatalogueView.Rules rules) {
        return SetRules.newBuilder()
                .setHoldTtlMs(rules.holdTtlMs())
                .setHoldBudgetRefillMs(rules.holdBudgetRefillMs())
                .setValidationTtlMs(rules.validationTtlMs())
                .setRememberMs(rules.rememberMs())
                .setCreatedSkewMs(rules.createdSkewMs())
                .setCheckInEarlyMs(rules.checkInEarlyMs())
                .setNoShowGraceMs(rules.noShowGraceMs())
                .setRetainMs(rules.retainMs())
                .setMaxApplications((int) rules.maxApplications())
                .setMaxLines((int) rules.maxLines())
                .setMaxPersons((int) rules.maxPersons())
                .setMaxAppointments((int) rules.maxAppointments())
                .setMaxHolds((int) rules.maxHolds())
                .setMaxLegs((int) rules.maxLegs())
                .setMaxStamps((int) rules.maxStamps())
                .setMaxDays((int) rules.maxDays())
                .setMaxRequests((int) rules.maxRequests())
                .setMaxClients((int) rules.maxClients())
                .setMaxChanges((int) rules.maxChanges())
                .setHorizonDays(rules.horizonDays())
                .setExpiredPerTick(rules.expiredPerTick())
                .setHoldsPerPerson(rules.holdsPerPerson())
                .setHoldBudget(rules.holdBudget())
                .setOpenLinesPerPerson(rules.openLinesPerPerson())
                .setReschedulesPerAppointment(rules.reschedulesPerAppointment())
                .build();
    }

    /** A version that is kept, as the command that set it, without its request. */
    public static SetTariff command(final CatalogueView.Tariff tariff) {
        final SetTariff.Builder command = SetTariff.newBuilder().setServiceId(tariff.serviceId()).setVersion((int) tariff.version())
                .setValidFromMs(tariff.validFromMs());
        for (final CatalogueView.TariffPart part : tariff.parts()) {
            command.addComponents(TariffComponent.newBuilder().setBeneficiaryValue(part.beneficiary().value()).setAmountCentimes(part.amountCentimes()));
        }
        return command.build();
    }

    private static BooleanType yes(final boolean value) {
        return value ? BooleanType.YES : BooleanType.NO;
    }
}
