package org.mawid.engine.core;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.catalogue.Services;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.DeskServiceSetEncoder;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.FeeTimeSetEncoder;
import org.mawid.sbe.PoolDefinedEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.RulesRowDecoder;
import org.mawid.sbe.RulesSetEncoder;
import org.mawid.sbe.ServiceDefinedEncoder;
import org.mawid.sbe.ServiceDocumentsSetEncoder;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.StampRulesRowDecoder;
import org.mawid.sbe.StampRulesSetEncoder;
import org.mawid.sbe.TariffSetEncoder;

/** Tells the catalogue by the events that would make it anew. */
final class CatalogueDump {
    private final Catalogue catalogue;
    private final MutableDirectBuffer buffer;
    private final EventWriter writer;
    private final Emitter events = new Emitter();
    private final PoolDefinedEncoder poolDefined = new PoolDefinedEncoder();
    private final DeskServiceSetEncoder deskServiceSet = new DeskServiceSetEncoder();
    private final ServiceDefinedEncoder serviceDefined = new ServiceDefinedEncoder();
    private final FeeTimeSetEncoder feeTimeSet = new FeeTimeSetEncoder();
    private final ServiceDocumentsSetEncoder serviceDocumentsSet = new ServiceDocumentsSetEncoder();
    private final TariffSetEncoder tariffSet = new TariffSetEncoder();

    CatalogueDump(final CoreMemory memory, final Catalogue catalogue, final MutableDirectBuffer buffer) {
        this.catalogue = catalogue;
        this.buffer = buffer;
        this.writer = new EventWriter(new UnsafeBuffer(memory.take(EventWriter.MAX_BYTES)), 0);
    }

    void rules(final RecordConsumer records, final long position, final long nowMs) {
        final int block = begin(RulesSetEncoder.TEMPLATE_ID, RulesSetEncoder.BLOCK_LENGTH, 0, position, nowMs);
        buffer.putBytes(block + EventHeadEncoder.ENCODED_LENGTH, catalogue.rules().row(), 0, RulesRowDecoder.BLOCK_LENGTH);
        end(RulesSetEncoder.TEMPLATE_ID, block + RulesSetEncoder.BLOCK_LENGTH, records);
        if (catalogue.stampRules().wereSet()) {
            final int stampRules = begin(StampRulesSetEncoder.TEMPLATE_ID, StampRulesSetEncoder.BLOCK_LENGTH, 0, position, nowMs);
            buffer.putBytes(stampRules + EventHeadEncoder.ENCODED_LENGTH, catalogue.stampRules().row(), 0, StampRulesRowDecoder.BLOCK_LENGTH);
            end(StampRulesSetEncoder.TEMPLATE_ID, stampRules + StampRulesSetEncoder.BLOCK_LENGTH, records);
        }
    }

    void pool(final int id, final RecordConsumer records, final long position, final long nowMs) {
        final Pools pools = catalogue.pools();
        if (!pools.has(id)) {
            return;
        }
        final int block = begin(PoolDefinedEncoder.TEMPLATE_ID, PoolDefinedEncoder.BLOCK_LENGTH, pools.post(id), position, nowMs);
        poolDefined.wrap(buffer, block).poolId(id).postId(pools.post(id)).kind(PoolKind.get((short) pools.kind(id)));
        pools.copyCode(id, buffer, block + PoolDefinedEncoder.codeEncodingOffset());
        end(PoolDefinedEncoder.TEMPLATE_ID, poolDefined.limit(), records);
        for (int service = 1; service <= Services.MOST; service++) {
            if (pools.serves(id, service)) {
                final int served = begin(DeskServiceSetEncoder.TEMPLATE_ID, DeskServiceSetEncoder.BLOCK_LENGTH, pools.post(id), position, nowMs);
                deskServiceSet.wrap(buffer, served).deskId(id).serviceId(service).serves(BooleanType.YES);
                end(DeskServiceSetEncoder.TEMPLATE_ID, deskServiceSet.limit(), records);
            }
        }
    }

    void service(final int id, final RecordConsumer records, final long position, final long nowMs) {
        final Services services = catalogue.services();
        if (!services.has(id)) {
            return;
        }
        final int block = begin(ServiceDefinedEncoder.TEMPLATE_ID, ServiceDefinedEncoder.BLOCK_LENGTH, 0, position, nowMs);
        serviceDefined.wrap(buffer, block).serviceId(id).durationMinutes(services.durationMinutes(id))
                .scope(services.isForRegisteredPost(id) ? ServiceScope.REGISTERED_POST : ServiceScope.ANY_POST)
                .validationRequired(bool(services.needsValidation(id))).appointmentRequired(bool(services.needsAppointment(id))).urgent(bool(services.isUrgent(id)))
                .resourceKinds((short) services.resourceKinds(id)).quantityMax((short) services.quantityMax(id));
        services.copyCode(id, buffer, block + ServiceDefinedEncoder.codeEncodingOffset());
        end(ServiceDefinedEncoder.TEMPLATE_ID, serviceDefined.limit(), records);
        for (int which = 0; which <= 1; which++) {
            if (services.tariffVersion(id, which) != 0) {
                tariff(id, which, records, position, nowMs);
            }
        }
        if (services.feeTime(id) != FeeTime.AT_POST.value()) {
            final int time = begin(FeeTimeSetEncoder.TEMPLATE_ID, FeeTimeSetEncoder.BLOCK_LENGTH, 0, position, nowMs);
            feeTimeSet.wrap(buffer, time).serviceId(id).feeTime(FeeTime.get((short) services.feeTime(id)));
            end(FeeTimeSetEncoder.TEMPLATE_ID, feeTimeSet.limit(), records);
        }
        if (services.saysDocuments(id)) {
            final int documents = begin(ServiceDocumentsSetEncoder.TEMPLATE_ID, ServiceDocumentsSetEncoder.BLOCK_LENGTH, 0, position, nowMs);
            serviceDocumentsSet.wrap(buffer, documents).serviceId(id).kinds(services.documentKinds(id) & 0xFFFF_FFFFL).validates(bool(services.documentsValidate(id)));
            end(ServiceDocumentsSetEncoder.TEMPLATE_ID, serviceDocumentsSet.limit(), records);
        }
    }

    private void tariff(final int id, final int which, final RecordConsumer records, final long position, final long nowMs) {
        final Services services = catalogue.services();
        final int block = begin(TariffSetEncoder.TEMPLATE_ID, TariffSetEncoder.BLOCK_LENGTH, 0, position, nowMs);
        final int parts = services.tariffParts(id, which);
        final TariffSetEncoder.ComponentsEncoder group = tariffSet.wrap(buffer, block).serviceId(id).version(services.tariffVersion(id, which))
                .validFromMs(services.tariffValidFromMs(id, which)).componentsCount(parts);
        for (int part = 0; part < parts; part++) {
            group.next().beneficiary(Beneficiary.get((short) services.partBeneficiary(id, which, part))).amountCentimes(services.partCentimes(id, which, part));
        }
        end(TariffSetEncoder.TEMPLATE_ID, tariffSet.limit(), records);
    }

    private int begin(final int templateId, final int blockLength, final int postId, final long position, final long nowMs) {
        writer.wrap(buffer, 0);
        events.at(writer, position, nowMs);
        return events.begin(templateId, blockLength, postId);
    }

    private void end(final int templateId, final int limit, final RecordConsumer records) {
        records.onRecord(templateId, buffer, EventWriter.FRAME_BYTES, limit - EventWriter.FRAME_BYTES);
    }

    private static BooleanType bool(final boolean yes) {
        return yes ? BooleanType.YES : BooleanType.NO;
    }
}
