package org.mawid.api.catalogue;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.IntFunction;
import org.mawid.api.application.DocumentKinds;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.Worker;
import org.mawid.api.treasury.tariff.TariffRound;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Done;
import org.mawid.grpc.GetRulesReply;
import org.mawid.grpc.GetRulesRequest;
import org.mawid.grpc.GetTariffFeedRequest;
import org.mawid.grpc.ListDeskServicesReply;
import org.mawid.grpc.ListDeskServicesRequest;
import org.mawid.grpc.ListPoolsReply;
import org.mawid.grpc.ListPoolsRequest;
import org.mawid.grpc.ListPostsReply;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.ListServicesReply;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.ListTariffsReply;
import org.mawid.grpc.ListTariffsRequest;
import org.mawid.grpc.Pool;
import org.mawid.grpc.Post;
import org.mawid.grpc.Service;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetFeeTime;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.SetRules;
import org.mawid.grpc.SetServiceDocuments;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.Tariff;
import org.mawid.grpc.TariffDifference;
import org.mawid.grpc.TariffFeed;
import org.mawid.sbe.Result;

/** The catalogue over gRPC. On the server's event loops. */
public final class CatalogueGrpc extends CatalogueServiceGrpc.CatalogueServiceImplBase {
    private final Calls calls;
    /** Null = there is none. */
    private final TariffRound treasury;
    private final IntFunction<String> places;
    private final ThreadLocal<CatalogueMapping> mapping = ThreadLocal.withInitial(CatalogueMapping::new);

    /** @param treasury of its prices; null = there is none @param places where a mobile desk is, by its number; null from it = at its post */
    public CatalogueGrpc(final Calls calls, final TariffRound treasury, final IntFunction<String> places) {
        this.calls = calls;
        this.treasury = treasury;
        this.places = places;
    }

    @Override
    public void getTariffFeed(final GetTariffFeedRequest message, final StreamObserver<TariffFeed> observer) {
        if (treasury == null) {
            observer.onError(Refusals.of(Cause.NO_TREASURY));
            return;
        }
        calls.read(0, observer, Result.READ_MODEL_BEHIND, () -> {
            final TariffRound.Seen seen = treasury.seen();
            final TariffFeed.Builder feed = TariffFeed.newBuilder().setVersion(seen.version()).setApplies(treasury.isApplying()).addAllRefused(seen.refused());
            seen.differences().forEach(one -> feed.addDifferences(TariffDifference.newBuilder().setServiceId(one.service().serviceId()).setService(one.service().code())
                    .setEpochDay(one.fromDay()).setFeedCentimes(one.feedCentimes()).setCatalogueCentimes(one.catalogueCentimes())));
            return feed.build();
        });
    }

    @Override
    public void definePost(final DefinePost message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.DEFINE_POST, mapping.get().definePost(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void definePool(final DefinePool message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.DEFINE_POOL, mapping.get().definePool(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void defineService(final DefineService message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.DEFINE_SERVICE, mapping.get().defineService(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setDeskService(final SetDeskService message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_DESK_SERVICE, mapping.get().setDeskService(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setTariff(final SetTariff message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_TARIFF, mapping.get().setTariff(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setServiceDocuments(final SetServiceDocuments message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_SERVICE_DOCUMENTS, mapping.get().setServiceDocuments(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setFeeTime(final SetFeeTime message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_FEE_TIME, mapping.get().setFeeTime(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setRate(final SetRate message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_RATE, mapping.get().setRate(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setRules(final SetRules message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_RULES, mapping.get().setRules(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void listPosts(final ListPostsRequest message, final StreamObserver<ListPostsReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.POST_UNKNOWN, () -> {
            // The position first: what is read after it reflects it, or something later.
            final ListPostsReply.Builder reply = ListPostsReply.newBuilder().setPosition(calls.readModel().position());
            for (final CatalogueView.Post post : calls.readModel().catalogue().posts()) {
                reply.addPosts(Post.newBuilder().setPostId(post.postId()).setCode(post.code()).setCurrency(post.currency())
                        .setMinorDigits(post.minorDigits()).setRoundToMinor(post.roundToMinor())
                        .setMicroMadPerUnit(post.microMadPerUnit()).setCalendarVersion(post.calendarVersion()));
            }
            return reply.build();
        });
    }

    @Override
    public void listPools(final ListPoolsRequest message, final StreamObserver<ListPoolsReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.POST_UNKNOWN, () -> {
            final CatalogueView catalogue = calls.readModel().catalogue();
            final ListPoolsReply.Builder reply = ListPoolsReply.newBuilder().setPosition(calls.readModel().position());
            if (catalogue.post(message.getPostId()) == null) {
                return null;
            }
            final int[] serviceIds = message.getServiceIdsList().stream().mapToInt(Integer::intValue).toArray();
            final List<CatalogueView.Pool> pools = serviceIds.length == 0
                    ? catalogue.pools(message.getPostId()) : catalogue.desksFor(message.getPostId(), serviceIds);
            pools.forEach(pool -> reply.addPools(pool(pool)));
            return reply.build();
        });
    }

    @Override
    public void listServices(final ListServicesRequest message, final StreamObserver<ListServicesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.SERVICE_UNKNOWN, () -> {
            final CatalogueView catalogue = calls.readModel().catalogue();
            final ListServicesReply.Builder reply = ListServicesReply.newBuilder().setPosition(calls.readModel().position());
            final long nowMs = calls.nowMs();
            for (final CatalogueView.Service service : catalogue.services()) {
                reply.addServices(service(service, catalogue.tariff(service.serviceId(), nowMs)));
            }
            return reply.build();
        });
    }

    @Override
    public void listTariffs(final ListTariffsRequest message, final StreamObserver<ListTariffsReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.SERVICE_UNKNOWN, () -> {
            final CatalogueView catalogue = calls.readModel().catalogue();
            final ListTariffsReply.Builder reply = ListTariffsReply.newBuilder().setPosition(calls.readModel().position());
            final boolean all = message.getServiceId() == 0;
            final CatalogueView.Service one = all ? null : catalogue.service(message.getServiceId());
            if (!all && one == null) {
                return null;
            }
            final long nowMs = calls.nowMs();
            for (final CatalogueView.Service service : all ? catalogue.services() : List.of(one)) {
                final CatalogueView.Tariff inForce = catalogue.tariff(service.serviceId(), nowMs);
                for (final CatalogueView.Tariff tariff : catalogue.tariffs(service.serviceId())) {
                    reply.addTariffs(Tariff.newBuilder().setTariff(CatalogueMapping.command(tariff)).setInForce(tariff.equals(inForce))
                            .setUnitCentimes(tariff.unitCentimes()));
                }
            }
            return reply.build();
        });
    }

    @Override
    public void listDeskServices(final ListDeskServicesRequest message, final StreamObserver<ListDeskServicesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.POOL_UNKNOWN, () -> {
            final CatalogueView catalogue = calls.readModel().catalogue();
            final ListDeskServicesReply.Builder reply = ListDeskServicesReply.newBuilder().setPosition(calls.readModel().position());
            final CatalogueView.Desk desk = catalogue.desk(message.getDeskId());
            if (desk == null) {
                return null;
            }
            final long nowMs = calls.nowMs();
            reply.setDesk(pool(desk.pool()));
            desk.services().forEach(service -> reply.addServices(service(service, catalogue.tariff(service.serviceId(), nowMs))));
            desk.resources().forEach(resource -> reply.addResources(pool(resource)));
            for (final int units : calls.readModel().availability().alignments(message.getDeskId())) {
                reply.addAlignUnits(units);
            }
            return reply.build();
        });
    }

    @Override
    public void getRules(final GetRulesRequest message, final StreamObserver<GetRulesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.READ_MODEL_BEHIND, () -> {
            final GetRulesReply.Builder reply = GetRulesReply.newBuilder().setPosition(calls.readModel().position());
            final CatalogueView.Rules rules = calls.readModel().catalogue().rules();
            return rules == null ? null : reply.setRules(CatalogueMapping.command(rules)).build();
        });
    }

    private Pool pool(final CatalogueView.Pool pool) {
        final String place = places.apply(pool.poolId());
        return Pool.newBuilder().setPoolId(pool.poolId()).setPostId(pool.postId()).setKindValue(pool.kind().value()).setCode(pool.code())
                .setPlace(place == null ? "" : place).build();
    }

    /** @param tariff the one in force, null = there is none */
    private static Service service(final CatalogueView.Service service, final CatalogueView.Tariff tariff) {
        final Service.Builder out = Service.newBuilder().setServiceId(service.serviceId()).setCode(service.code())
                .setDurationMinutes(service.durationMinutes()).setScopeValue(service.scope().value())
                .setValidationRequired(service.validationRequired()).setAppointmentRequired(service.appointmentRequired())
                .setUrgent(service.urgent()).setResourceKinds(service.resourceKinds()).setQuantityMax(service.quantityMax())
                .setFeeTimeValue(service.feeTime().value())
                .addAllDocumentKinds(DocumentKinds.list(service.documents().kinds())).setDocumentsValidate(service.documents().validate());
        if (service.cooling() != null) {
            out.setCoolingMinMs(service.cooling().minMs()).setCoolingMaxMs(service.cooling().maxMs());
        }
        if (tariff != null) {
            out.setUnitCentimes(tariff.unitCentimes()).setTariffVersion((int) tariff.version());
        }
        return out.build();
    }
}
