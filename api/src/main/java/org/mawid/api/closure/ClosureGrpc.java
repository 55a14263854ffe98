package org.mawid.api.closure;

import io.grpc.stub.StreamObserver;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.IntFunction;
import org.mawid.api.appointment.AppointmentGrpc;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.Worker;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.CloseDaysReply;
import org.mawid.grpc.Closure;
import org.mawid.grpc.ClosurePreview;
import org.mawid.grpc.ClosureServiceGrpc;
import org.mawid.grpc.Done;
import org.mawid.grpc.FreeDay;
import org.mawid.grpc.GetOfferRulesReply;
import org.mawid.grpc.GetOfferRulesRequest;
import org.mawid.grpc.GetWaitingReply;
import org.mawid.grpc.GetWaitingRequest;
import org.mawid.grpc.ListClosuresReply;
import org.mawid.grpc.ListClosuresRequest;
import org.mawid.grpc.ListWaitingReply;
import org.mawid.grpc.ListWaitingRequest;
import org.mawid.grpc.LiveHold;
import org.mawid.grpc.PreviewClosureRequest;
import org.mawid.grpc.ReopenDays;
import org.mawid.grpc.SetOfferRules;
import org.mawid.grpc.TouchedAppointment;
import org.mawid.grpc.TouchedDay;
import org.mawid.grpc.TouchedHold;
import org.mawid.grpc.Waiting;
import org.mawid.sbe.Result;

/** Closures and offers over gRPC. On the server's event loops; previews are made on a thread that may wait. */
public final class ClosureGrpc extends ClosureServiceGrpc.ClosureServiceImplBase {
    /** Most that are told of a queue. */
    public static final int MOST_WAITING = 1_000;
    private static final int USUAL_WAITING = 100;

    private final Calls calls;
    private final IntFunction<ZoneId> zones;
    private final ThreadLocal<ClosureMapping> mapping = ThreadLocal.withInitial(ClosureMapping::new);

    /** @param zones of posts, UTC where nothing is known */
    public ClosureGrpc(final Calls calls, final IntFunction<ZoneId> zones) {
        this.calls = calls;
        this.zones = zones;
    }

    // ---- commands

    @Override
    public void closeDays(final CloseDays message, final StreamObserver<CloseDaysReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CLOSE_DAYS, mapping.get().closeDays(worker.draft(), message), observer,
                answer -> CloseDaysReply.newBuilder().setClosureId(answer.number1())
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void reopenDays(final ReopenDays message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.REOPEN_DAYS, mapping.get().reopenDays(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setOfferRules(final SetOfferRules message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_OFFER_RULES, mapping.get().setOfferRules(worker.draft(), message), observer, Calls::done);
    }

    // ---- reading

    @Override
    public void getOfferRules(final GetOfferRulesRequest message, final StreamObserver<GetOfferRulesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.READ_MODEL_BEHIND, () -> {
            final long position = calls.readModel().position();
            final ClosuresView.OfferRules rules = calls.readModel().closures().offerRules();
            return GetOfferRulesReply.newBuilder().setPosition(position).setRules(SetOfferRules.newBuilder().setOfferTtlMs(rules.offerTtlMs())
                    .setNoticeMs(rules.noticeMs()).setSearchDays(rules.searchDays()).setOffersEach(rules.offersEach())).build();
        });
    }

    @Override
    public void previewClosure(final PreviewClosureRequest message, final StreamObserver<ClosurePreview> observer) {
        final ZoneId zone = zones.apply(message.getPostId());
        final Span span;
        try {
            span = span(message, zone);
        } catch (final DateTimeException e) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        final PlannedClosure planned = new PlannedClosure(message.getPostId(), message.getPoolId(), span, message.getCapacity());
        calls.readAside(() -> calls.readModel().position(), message.getMinPosition(), observer,
                () -> preview(planned.preview(calls.readModel(), zone, calls.nowMs()), calls.references()));
    }

    /** @throws DateTimeException there are no such times */
    private static Span span(final PreviewClosureRequest message, final ZoneId zone) {
        return switch (message.getSpanCase()) {
            case INSTANTS -> new Span(message.getInstants().getFromMs(), message.getInstants().getToMs());
            case LOCAL_TIMES -> Span.ofTimes(message.getLocalTimes().getFrom(), message.getLocalTimes().getTo(), zone);
            case LOCAL_DATES -> Span.ofDates(LocalDate.ofEpochDay(message.getLocalDates().getFirstEpochDay()),
                    LocalDate.ofEpochDay(message.getLocalDates().getLastEpochDay()), zone);
            case SPAN_NOT_SET -> throw new DateTimeException("no time is said");
        };
    }

    private static ClosurePreview preview(final Preview found, final References references) {
        final ClosurePreview.Builder preview = ClosurePreview.newBuilder().setFromMs(found.span().fromMs()).setToMs(found.span().toMs()).setPosition(found.position());
        for (final Preview.Visit one : found.appointments()) {
            preview.addAppointments(TouchedAppointment.newBuilder().setAppointment(references.text(ReferenceKind.APPOINTMENT, one.appointmentId()))
                    .setApplication(references.text(ReferenceKind.APPLICATION, one.applicationId())).setStartMs(one.startMs()).setEpochDay(one.epochDay())
                    .setLines(one.lines()).setPersons(one.persons()).setPrioritised(one.prioritised()));
        }
        for (final Preview.Hold one : found.holds()) {
            preview.addHolds(TouchedHold.newBuilder().setHold(references.text(ReferenceKind.HOLD, one.holdId()))
                    .setApplication(references.text(ReferenceKind.APPLICATION, one.applicationId())).setStartMs(one.startMs()).setUntilMs(one.untilMs()));
        }
        for (final Preview.Day one : found.days()) {
            preview.addDays(TouchedDay.newBuilder().setEpochDay(one.epochDay()).setAppointments(one.appointments()).setPersons(one.persons())
                    .setPrioritised(one.prioritised()).setHolds(one.holds()));
        }
        found.free().forEach(one -> preview.addFree(FreeDay.newBuilder().setEpochDay(one.epochDay()).setFreeUnits(one.freeUnits())));
        return preview.build();
    }

    @Override
    public void listClosures(final ListClosuresRequest message, final StreamObserver<ListClosuresReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.POST_UNKNOWN, () -> {
            final ListClosuresReply.Builder reply = ListClosuresReply.newBuilder().setPosition(calls.readModel().position());
            if (message.getPostId() != 0 && calls.readModel().catalogue().post(message.getPostId()) == null) {
                return null;
            }
            for (final ClosuresView.Closure one : calls.readModel().closures().closures(message.getPostId())) {
                reply.addClosures(Closure.newBuilder().setClosureId(one.closureId()).setPostId(one.postId()).setPoolId(one.poolId()).setFromMs(one.fromMs())
                        .setToMs(one.toMs()).setCapacity(one.capacity()).setReasonCode(one.reasonCode()).setReasonHash(one.reasonHash()).setBegunMs(one.begunMs())
                        .setStateValue(one.state().value()).setDisplaced((int) one.displaced()).setHolds((int) one.holds()));
            }
            return reply.build();
        });
    }

    @Override
    public void getWaiting(final GetWaitingRequest message, final StreamObserver<GetWaitingReply> observer) {
        final long number = calls.numberToRead(ReferenceKind.APPLICATION, message.getApplication(), observer);
        if (number != 0) {
            calls.readRecord(message.getMinPosition(), observer, Result.APPLICATION_UNKNOWN, () -> {
                final long position = calls.readModel().records().position();
                final List<Waits> all = Waits.of(calls.readModel(), number);
                if (all == null) {
                    return null;
                }
                final GetWaitingReply.Builder reply = GetWaitingReply.newBuilder().setApplication(calls.references().text(ReferenceKind.APPLICATION, number))
                        .addAllAcceptedPosts(calls.readModel().closures().acceptedPosts(number)).setPosition(position);
                all.forEach(one -> reply.addWaiting(waiting(calls.references(), one)));
                return reply.build();
            });
        }
    }

    @Override
    public void listWaiting(final ListWaitingRequest message, final StreamObserver<ListWaitingReply> observer) {
        final int limit = message.getLimit() == 0 ? USUAL_WAITING : message.getLimit();
        if (limit < 0 || limit > MOST_WAITING) {
            observer.onError(Refusals.of(Result.OUT_OF_RANGE));
            return;
        }
        calls.read(message.getMinPosition(), observer, Result.POST_UNKNOWN, () -> {
            final ListWaitingReply.Builder reply = ListWaitingReply.newBuilder().setPosition(calls.readModel().position());
            if (calls.readModel().catalogue().post(message.getPostId()) == null) {
                return null;
            }
            Waits.at(calls.readModel(), message.getPostId(), limit).forEach(one -> reply.addWaiting(waiting(calls.references(), one)));
            return reply.setCount(calls.readModel().closures().waiting(message.getPostId())).build();
        });
    }

    /** As it is told. */
    public static Waiting waiting(final References references, final Waits one) {
        final ClosuresView.Waiter waiter = one.waiter();
        final Waiting.Builder waiting = Waiting.newBuilder().setWaiterId(waiter.waiterId()).setApplication(references.text(ReferenceKind.APPLICATION, waiter.applicationId()))
                .setAppointment(references.text(ReferenceKind.APPOINTMENT, waiter.appointmentId())).setClosureId(waiter.closureId()).setPostId(waiter.postId())
                .setLines(one.lines()).setStateValue(waiter.state().value()).setSinceMs(waiter.sinceMs()).setPrioritised(waiter.prioritised()).setBefore(one.before())
                .setOffers(waiter.offers()).setFromEpochDay(waiter.fromEpochDay()).setToEpochDay(waiter.toEpochDay());
        if (one.offer() != null) {
            waiting.setOffer(AppointmentGrpc.hold(one.offer(), references));
        } else if (waiter.holdId() != 0) {
            waiting.setOffer(LiveHold.newBuilder().setHold(references.text(ReferenceKind.HOLD, waiter.holdId()))
                    .setApplication(references.text(ReferenceKind.APPLICATION, waiter.applicationId())));
        }
        return waiting.build();
    }
}
