package org.mawid.api.availability;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.mawid.api.access.Operation;
import org.mawid.api.explain.Explainer;
import org.mawid.api.explain.Explanation;
import org.mawid.api.explain.Question;
import org.mawid.api.gateway.Answer;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Presented;
import org.mawid.api.rpc.RefusedException;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.DayCount;
import org.mawid.grpc.ExplainQuery;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.Slot;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;

/** Availability over gRPC. On the server's event loops: a search takes microseconds. */
public final class AvailabilityGrpc extends AvailabilityServiceGrpc.AvailabilityServiceImplBase {
    private static final int DESKS_MAX = 64;
    /** As many as there can be: most of them may have no desk for it. */
    private static final int POSTS_MAX = 4_095;
    private static final int DAYS_MAX = 420;
    private static final int DAYS_DEFAULT = 60;
    private static final int PERSONS_MAX = 8;
    private static final int SERVICES_MAX = 8;
    private static final int QUANTITY_MAX = 255;
    private static final int LIMIT_MAX = 10_000;
    private static final int LIMIT_DEFAULT = 20;
    private static final int UNITS_MAX = 192;
    private static final int[] NONE = {};

    private final Calls calls;

    public AvailabilityGrpc(final Calls calls) {
        this.calls = calls;
    }

    @Override
    public void firstStarts(final AvailabilityQuery message, final StreamObserver<FirstStartsReply> observer) {
        final Presented presented = calls.presented();
        calls.read(message.getMinPosition(), observer, Result.SLOT_UNKNOWN, () -> {
            presented.require(Operation.FIRST_STARTS, NONE, NONE); // before anything is looked at
            final Availability.AsOf asOf = calls.readModel().availability().asOf(); // before the plan: what a service takes may change between that and the search
            final Availability.Query query = query(message);
            presented.require(Operation.FIRST_STARTS, services(message.getServicesList()), posts(message));
            final Availability.Slots found = calls.readModel().availability().firstStarts(query);
            final FirstStartsReply.Builder reply = FirstStartsReply.newBuilder()
                    .setUnits(query.units()).setPosition(asOf.position()).setAgeMs(asOf.ageMs());
            for (final Availability.Slot slot : found.slots()) {
                reply.addSlots(Slot.newBuilder().setDeskId(slot.deskId()).setEpochDay(slot.epochDay())
                        .setStartUnit(slot.startUnit()).setStartMs(slot.startMs()));
            }
            return reply.build();
        });
    }

    @Override
    public void countStarts(final AvailabilityQuery message, final StreamObserver<CountStartsReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.SLOT_UNKNOWN, () -> {
            final Availability.AsOf asOf = calls.readModel().availability().asOf(); // likewise
            final Availability.Query query = query(message);
            final Availability.DayCounts counts = calls.readModel().availability().countsPerDay(query);
            final CountStartsReply.Builder reply = CountStartsReply.newBuilder()
                    .setUnits(query.units()).setPosition(asOf.position()).setAgeMs(asOf.ageMs());
            for (final Availability.DayCount day : counts.days()) {
                reply.addDays(DayCount.newBuilder().setEpochDay(day.epochDay()).setStarts(day.starts()));
            }
            return reply.build();
        });
    }

    @Override
    public void explain(final ExplainQuery message, final StreamObserver<org.mawid.grpc.Explanation> observer) {
        Calls.answeredLater(observer);
        final Presented presented = calls.presented();
        if ((message.getRequestIdHigh() | message.getRequestIdLow()) == 0) {
            tell(message, presented, null, message.getPosition(), observer);
        } else { // its answer is at or before what is durable
            calls.askOutcome(message.getRequestIdHigh(), message.getRequestIdLow(), observer, answer -> tell(message, presented, answer, calls.durablePosition(), observer));
        }
    }

    /** @param request null = none is meant */
    private void tell(final ExplainQuery message, final Presented presented, final Answer request, final long reached, final StreamObserver<org.mawid.grpc.Explanation> observer) {
        calls.findAside(() -> calls.readModel().position(), Math.max(message.getMinPosition(), reached), observer, () -> {
            final Question question = question(message, request);
            presented.require(Operation.EXPLAIN, services(message.getServicesList()), new int[] {question.postId()});
            final Explanation found = Explainer.explain(calls.readModel(), question, calls.nowMs(), calls.gateway().engine()::positionOf);
            if (found == null) {
                throw new RefusedException(Result.START_AGAIN);
            }
            return ExplanationMapping.message(found, request);
        });
    }

    private Question question(final ExplainQuery message, final Answer request) {
        final CatalogueView catalogue = calls.readModel().catalogue();
        final CatalogueView.Desk desk = catalogue.desk(message.getDeskId());
        if (desk == null) {
            throw new RefusedException(Result.POOL_UNKNOWN);
        } else if (message.getStartMs() < 0 || message.getStartMs() % Agenda.Leg.UNIT_MS != 0 || message.getPosition() < 0 || message.getAtMs() < 0) {
            throw new RefusedException(Result.OUT_OF_RANGE);
        }
        final SearchPlan plan = plan(catalogue, message.getServicesList(), ranged(message.getPersons(), 1, PERSONS_MAX));
        return new Question(desk.pool().postId(), desk.pool().poolId(), message.getEpochDay(), message.getStartMs(), plan.units(), Question.wanted(desk, plan),
                request == null ? message.getPosition() : 0, request == null ? message.getAtMs() : request.nowMs() + 1,
                request == null ? null : new UUID(message.getRequestIdHigh(), message.getRequestIdLow()));
    }

    private Availability.Query query(final AvailabilityQuery message) {
        final int days = ranged(message.getDays(), DAYS_DEFAULT, DAYS_MAX);
        final int persons = ranged(message.getPersons(), 1, PERSONS_MAX);
        final int limit = ranged(message.getLimit(), LIMIT_DEFAULT, LIMIT_MAX);
        final CatalogueView catalogue = calls.readModel().catalogue();
        final SearchPlan plan = plan(catalogue, message.getServicesList(), persons);
        if (message.getKeptFor() == QuotaClass.UNRECOGNIZED) {
            throw new RefusedException(Result.OUT_OF_RANGE);
        }
        return plan.query(desks(catalogue, message), message.getFromEpochDay(), days, limit, calls.nowMs()).forClass(message.getKeptForValue());
    }

    private static SearchPlan plan(final CatalogueView catalogue, final List<ServiceNeed> asked, final int persons) {
        final int services = asked.size();
        if (services == 0 || services > SERVICES_MAX) {
            throw new RefusedException(Result.OUT_OF_RANGE);
        }
        final List<SearchPlan.Need> needs = new ArrayList<>(persons * services);
        for (int person = 0; person < persons; person++) {
            for (final ServiceNeed need : asked) {
                needs.add(new SearchPlan.Need(person, need.getServiceId(), ranged(need.getQuantity(), 1, QUANTITY_MAX)));
            }
        }
        final SearchPlan plan = catalogue.plan(needs);
        if (plan == null) {
            throw new RefusedException(Result.SERVICE_UNKNOWN);
        }
        if (plan.units() > UNITS_MAX) {
            throw new RefusedException(Result.OUT_OF_RANGE);
        }
        return plan;
    }

    private static List<CatalogueView.Pool> desks(final CatalogueView catalogue, final AvailabilityQuery message) {
        // Looked at one by one on the event loop: a message has room for a million of them.
        if (message.getDeskIdsCount() > DESKS_MAX || message.getPostIdsCount() > POSTS_MAX) {
            throw new RefusedException(Result.OUT_OF_RANGE);
        }
        final List<CatalogueView.Pool> desks = new ArrayList<>();
        for (final int deskId : message.getDeskIdsList()) {
            final CatalogueView.Pool desk = catalogue.pool(deskId);
            if (desk == null || desk.kind() != PoolKind.DESK) {
                throw new RefusedException(Result.POOL_UNKNOWN);
            }
            desks.add(desk);
        }
        final int[] serviceIds = services(message.getServicesList());
        for (final int postId : message.getPostIdsList()) {
            if (catalogue.post(postId) == null) {
                throw new RefusedException(Result.POST_UNKNOWN);
            }
            desks.addAll(catalogue.desksFor(postId, serviceIds));
        }
        if (desks.isEmpty() && message.getPostIdsCount() > 0) {
            throw new RefusedException(Result.DESK_DOES_NOT_SERVE);
        }
        if (desks.isEmpty() || desks.size() > DESKS_MAX) {
            throw new RefusedException(Result.OUT_OF_RANGE);
        }
        return desks;
    }

    private static int[] services(final List<ServiceNeed> asked) {
        return asked.stream().mapToInt(ServiceNeed::getServiceId).toArray();
    }

    /** Of a message whose desks are there. */
    private int[] posts(final AvailabilityQuery message) {
        final CatalogueView catalogue = calls.readModel().catalogue();
        return IntStream.concat(message.getPostIdsList().stream().mapToInt(Integer::intValue), message.getDeskIdsList().stream().mapToInt(deskId -> catalogue.pool(deskId).postId())).toArray();
    }

    /** @param value 0 = {@code whenZero} */
    private static int ranged(final int value, final int whenZero, final int max) {
        if (value < 0 || value > max) {
            throw new RefusedException(Result.OUT_OF_RANGE);
        }
        return value == 0 ? whenZero : value;
    }
}
