package org.mawid.engine.readmodel.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.CatalogueView.Cooling;
import org.mawid.engine.readmodel.CatalogueView.Documents;
import org.mawid.engine.readmodel.CatalogueView.Pool;
import org.mawid.engine.readmodel.CatalogueView.Post;
import org.mawid.engine.readmodel.CatalogueView.Rules;
import org.mawid.engine.readmodel.CatalogueView.Service;
import org.mawid.engine.readmodel.CatalogueView.Tariff;
import org.mawid.engine.readmodel.CatalogueView.TariffPart;
import org.mawid.engine.readmodel.catalogue.Picture.Serving;
import org.mawid.engine.readmodel.catalogue.Picture.Tariffs;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CoolingSetDecoder;
import org.mawid.sbe.DeskServiceSetDecoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.FeeTimeSetDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolDefinedDecoder;
import org.mawid.sbe.PostDefinedDecoder;
import org.mawid.sbe.PostRecordDecoder;
import org.mawid.sbe.RateSetDecoder;
import org.mawid.sbe.RulesSetDecoder;
import org.mawid.sbe.ServiceDefinedDecoder;
import org.mawid.sbe.ServiceDocumentsSetDecoder;
import org.mawid.sbe.TariffSetDecoder;

/** The next picture while events change it. Writer's thread only. */
final class Draft {
    private final TreeMap<Integer, Post> posts = new TreeMap<>();
    private final TreeMap<Integer, Service> services = new TreeMap<>();
    private final TreeMap<Integer, Serving> pools = new TreeMap<>();
    private final TreeMap<Integer, Tariffs> tariffs = new TreeMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PostDefinedDecoder postDefined = new PostDefinedDecoder();
    private final PostRecordDecoder postRecord = new PostRecordDecoder();
    private final PoolDefinedDecoder poolDefined = new PoolDefinedDecoder();
    private final ServiceDefinedDecoder serviceDefined = new ServiceDefinedDecoder();
    private final DeskServiceSetDecoder deskServiceSet = new DeskServiceSetDecoder();
    private final TariffSetDecoder tariffSet = new TariffSetDecoder();
    private final RateSetDecoder rateSet = new RateSetDecoder();
    private final FeeTimeSetDecoder feeTimeSet = new FeeTimeSetDecoder();
    private final CoolingSetDecoder coolingSet = new CoolingSetDecoder();
    private final ServiceDocumentsSetDecoder documentsSet = new ServiceDocumentsSetDecoder();
    private final RulesSetDecoder rulesSet = new RulesSetDecoder();
    private Rules rules;

    Picture picture() {
        return new Picture(posts, services, pools, tariffs, rules);
    }

    /** @param nowMs log time of the message @return whether it said something about the catalogue */
    boolean read(final long nowMs, final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case PostDefinedDecoder.TEMPLATE_ID -> postDefined(postDefined.wrapAndApplyHeader(buffer, offset, header));
            case PostRecordDecoder.TEMPLATE_ID -> postRecord(postRecord.wrapAndApplyHeader(buffer, offset, header));
            case PoolDefinedDecoder.TEMPLATE_ID -> poolDefined(poolDefined.wrapAndApplyHeader(buffer, offset, header));
            case ServiceDefinedDecoder.TEMPLATE_ID -> serviceDefined(serviceDefined.wrapAndApplyHeader(buffer, offset, header));
            case DeskServiceSetDecoder.TEMPLATE_ID -> {
                deskServiceSet.wrapAndApplyHeader(buffer, offset, header);
                pools.computeIfPresent(deskServiceSet.deskId(), (id, serving) -> serving.with(deskServiceSet.serviceId(), yes(deskServiceSet.serves())));
            }
            case TariffSetDecoder.TEMPLATE_ID -> tariffSet(nowMs, tariffSet.wrapAndApplyHeader(buffer, offset, header));
            case RateSetDecoder.TEMPLATE_ID -> {
                rateSet.wrapAndApplyHeader(buffer, offset, header);
                posts.computeIfPresent(rateSet.postId(), (id, post) -> withRate(post, rateSet.microMadPerUnit()));
            }
            case FeeTimeSetDecoder.TEMPLATE_ID -> {
                feeTimeSet.wrapAndApplyHeader(buffer, offset, header);
                services.computeIfPresent(feeTimeSet.serviceId(), (id, service) -> with(service, feeTimeSet.feeTime(), service.cooling(), service.documents()));
            }
            case CoolingSetDecoder.TEMPLATE_ID -> {
                coolingSet.wrapAndApplyHeader(buffer, offset, header);
                services.computeIfPresent(coolingSet.serviceId(), (id, service) -> with(service, service.feeTime(), new Cooling(coolingSet.minMs(), coolingSet.maxMs()), service.documents()));
            }
            case ServiceDocumentsSetDecoder.TEMPLATE_ID -> {
                documentsSet.wrapAndApplyHeader(buffer, offset, header);
                services.computeIfPresent(documentsSet.serviceId(),
                        (id, service) -> with(service, service.feeTime(), service.cooling(), new Documents(documentsSet.kinds(), yes(documentsSet.validates()))));
            }
            case RulesSetDecoder.TEMPLATE_ID -> rules = rules(rulesSet.wrapAndApplyHeader(buffer, offset, header));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void postDefined(final PostDefinedDecoder event) {
        final Post old = posts.get(event.postId());
        posts.put(event.postId(), new Post(event.postId(), event.code(), event.currency(), event.minorDigits(), event.roundToMinor(),
                old == null ? 0 : old.microMadPerUnit(), 0));
    }

    private void postRecord(final PostRecordDecoder post) {
        posts.put(post.postId(), new Post(post.postId(), post.code(), post.currency(), post.minorDigits(), post.roundToMinor(), post.microMadPerUnit(), 0));
    }

    private static Post withRate(final Post post, final long microMadPerUnit) {
        return new Post(post.postId(), post.code(), post.currency(), post.minorDigits(), post.roundToMinor(), microMadPerUnit, 0);
    }

    private void poolDefined(final PoolDefinedDecoder event) {
        final Serving old = pools.get(event.poolId());
        final Pool pool = new Pool(event.poolId(), event.postId(), event.kind(), event.code());
        pools.put(event.poolId(), old == null ? new Serving(pool, 0, 0) : new Serving(pool, old.first(), old.second()));
    }

    private void serviceDefined(final ServiceDefinedDecoder event) {
        final Service old = services.get(event.serviceId());
        services.put(event.serviceId(), new Service(event.serviceId(), event.code(), event.durationMinutes(), event.scope(), yes(event.validationRequired()),
                yes(event.appointmentRequired()), yes(event.urgent()), event.resourceKinds(), event.quantityMax(), old == null ? FeeTime.AT_POST : old.feeTime(),
                old == null ? null : old.cooling(), old == null ? Documents.NONE : old.documents()));
    }

    private static Service with(final Service service, final FeeTime feeTime, final Cooling cooling, final Documents documents) {
        return new Service(service.serviceId(), service.code(), service.durationMinutes(), service.scope(), service.validationRequired(), service.appointmentRequired(),
                service.urgent(), service.resourceKinds(), service.quantityMax(), feeTime, cooling, documents);
    }

    private void tariffSet(final long nowMs, final TariffSetDecoder event) {
        final int serviceId = event.serviceId();
        final long version = event.version();
        final long validFromMs = event.validFromMs();
        final List<TariffPart> parts = new ArrayList<>();
        long unitCentimes = 0;
        for (final TariffSetDecoder.ComponentsDecoder part : event.components()) {
            parts.add(new TariffPart(part.beneficiary(), part.amountCentimes()));
            unitCentimes += part.amountCentimes();
        }
        final Tariff tariff = new Tariff(serviceId, version, validFromMs, unitCentimes, List.copyOf(parts));
        tariffs.merge(serviceId, new Tariffs(null, tariff), (old, first) -> old.with(tariff, nowMs));
    }

    private static Rules rules(final RulesSetDecoder event) {
        return new Rules(event.holdTtlMs(), event.holdBudgetRefillMs(), event.validationTtlMs(), event.rememberMs(), event.createdSkewMs(),
                event.checkInEarlyMs(), event.noShowGraceMs(), event.retainMs(), event.maxApplications(), event.maxLines(), event.maxPersons(),
                event.maxAppointments(), event.maxHolds(), event.maxLegs(), event.maxStamps(), event.maxDays(), event.maxRequests(), event.maxClients(),
                event.maxChanges(), event.horizonDays(), event.expiredPerTick(), event.holdsPerPerson(), event.holdBudget(),
                event.openLinesPerPerson(), event.reschedulesPerAppointment());
    }

    private static boolean yes(final BooleanType value) {
        return value == BooleanType.YES;
    }
}
