package org.mawid.api.hall;

import io.grpc.stub.StreamObserver;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.Worker;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.HallView;
import org.mawid.grpc.CallNext;
import org.mawid.grpc.CallNextReply;
import org.mawid.grpc.CalledNumber;
import org.mawid.grpc.Done;
import org.mawid.grpc.EndTicket;
import org.mawid.grpc.GetHallRequest;
import org.mawid.grpc.GetHallRulesReply;
import org.mawid.grpc.GetHallRulesRequest;
import org.mawid.grpc.GetTicketRequest;
import org.mawid.grpc.HallDesk;
import org.mawid.grpc.HallDisplay;
import org.mawid.grpc.HallServiceGrpc;
import org.mawid.grpc.ListQueueReply;
import org.mawid.grpc.ListQueueRequest;
import org.mawid.grpc.ListServiceTimesReply;
import org.mawid.grpc.ListServiceTimesRequest;
import org.mawid.grpc.Park;
import org.mawid.grpc.Recall;
import org.mawid.grpc.ServiceTime;
import org.mawid.grpc.SetHallRules;
import org.mawid.grpc.TakeTicket;
import org.mawid.grpc.TakeTicketReply;
import org.mawid.grpc.Ticket;
import org.mawid.grpc.TicketEstimate;
import org.mawid.grpc.TransferTicket;
import org.mawid.grpc.Unpark;
import org.mawid.sbe.Result;

/** Halls over gRPC. On the server's event loops. */
public final class HallGrpc extends HallServiceGrpc.HallServiceImplBase {
    /** Most that are told of a queue. */
    public static final int MOST_IN_QUEUE = 1_000;
    /** Numbers on a display. */
    public static final int MOST_CALLED = 16;
    private static final int USUAL_IN_QUEUE = 100;

    private final Calls calls;
    private final ThreadLocal<HallMapping> mapping = ThreadLocal.withInitial(HallMapping::new);

    public HallGrpc(final Calls calls) {
        this.calls = calls;
    }

    // ---- commands

    @Override
    public void callNext(final CallNext message, final StreamObserver<CallNextReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CALL_NEXT, mapping.get().callNext(worker.draft(), message), observer,
                answer -> CallNextReply.newBuilder().setTicketId(answer.ticketId()).setNumber((int) answer.number2()).setAppointment(answer.reference(calls.references()))
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void recall(final Recall message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECALL, mapping.get().recall(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void park(final Park message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.PARK, mapping.get().park(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void unpark(final Unpark message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.UNPARK, mapping.get().unpark(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void transferTicket(final TransferTicket message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.TRANSFER_TICKET, mapping.get().transferTicket(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void takeTicket(final TakeTicket message, final StreamObserver<TakeTicketReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.TAKE_TICKET, mapping.get().takeTicket(worker.draft(), message), observer,
                answer -> TakeTicketReply.newBuilder().setTicketId(answer.ticketId()).setNumber((int) answer.number2())
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void endTicket(final EndTicket message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.END_TICKET, mapping.get().endTicket(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setHallRules(final SetHallRules message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_HALL_RULES, mapping.get().setHallRules(worker.draft(), message), observer, Calls::done);
    }

    // ---- reading

    @Override
    public void getHallRules(final GetHallRulesRequest message, final StreamObserver<GetHallRulesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.READ_MODEL_BEHIND, () -> {
            final long position = calls.readModel().position();
            final HallView.HallRules r = calls.readModel().hall().rules();
            return GetHallRulesReply.newBuilder().setPosition(position).setRules(SetHallRules.newBuilder().setLateAfterMs(r.lateAfterMs()).setLatePenaltyMs(r.latePenaltyMs())
                    .setOverflowDelayMs(r.overflowDelayMs()).setPickUpDelayMs(r.pickUpDelayMs()).setPriorityAheadMs(r.priorityAheadMs()).setCallGraceMs(r.callGraceMs())
                    .setParkMs(r.parkMs()).setKeepMs(r.keepMs()).setMaxTickets((int) r.maxTickets()).setRecallsMost(r.recallsMost())).build();
        });
    }

    @Override
    public void getHall(final GetHallRequest message, final StreamObserver<HallDisplay> observer) {
        calls.read(message.getMinPosition(), observer, Result.POST_UNKNOWN, () -> {
            final HallDisplay.Builder reply = HallDisplay.newBuilder().setPosition(calls.readModel().position());
            if (calls.readModel().catalogue().post(message.getPostId()) == null) {
                return null;
            }
            final HallView.Display display = calls.readModel().hall().display(message.getPostId(), MOST_CALLED, calls.nowMs());
            display.called().forEach(one -> reply.addCalled(CalledNumber.newBuilder().setNumber(one.number()).setCounter(one.counter()).setDeskId(one.deskId())
                    .setCalledMs(one.calledMs())));
            display.desks().forEach(one -> reply.addDesks(HallDesk.newBuilder().setDeskId(one.deskId()).setWaiting(one.waiting()).setParked(one.parked()).setCalled(one.called())
                    .setPaceMs(one.paceMs()).setCounters(one.counters())));
            return reply.setPostId(message.getPostId()).build();
        });
    }

    @Override
    public void listQueue(final ListQueueRequest message, final StreamObserver<ListQueueReply> observer) {
        final int limit = message.getLimit() == 0 ? USUAL_IN_QUEUE : message.getLimit();
        if (limit < 0 || limit > MOST_IN_QUEUE) {
            observer.onError(Refusals.of(Result.OUT_OF_RANGE));
            return;
        }
        calls.read(message.getMinPosition(), observer, Result.POOL_UNKNOWN, () -> {
            final ListQueueReply.Builder reply = ListQueueReply.newBuilder().setPosition(calls.readModel().position());
            if (calls.readModel().catalogue().pool(message.getDeskId()) == null) {
                return null;
            }
            calls.readModel().hall().queue(message.getDeskId(), limit).forEach(one -> reply.addTickets(ticket(one, calls.references())));
            return reply.build();
        });
    }

    @Override
    public void getTicket(final GetTicketRequest message, final StreamObserver<TicketEstimate> observer) {
        calls.read(message.getMinPosition(), observer, Result.TICKET_UNKNOWN, () -> {
            final long position = calls.readModel().position();
            final HallView hall = calls.readModel().hall();
            final HallView.Ticket ticket = hall.withNumber(message.getPostId(), message.getEpochDay(), message.getNumber());
            final HallView.Estimate estimate = ticket == null ? null : hall.estimate(ticket.ticketId(), calls.nowMs());
            return estimate == null ? null : TicketEstimate.newBuilder().setNumber(ticket.number()).setDeskId(estimate.ticket().deskId())
                    .setStateValue(estimate.ticket().state().value()).setCounter(estimate.ticket().counter()).setBefore(estimate.before()).setCounters(estimate.counters())
                    .setPaceMs(estimate.paceMs()).setWaitMs(estimate.waitMs()).setPosition(position).build();
        });
    }

    @Override
    public void listServiceTimes(final ListServiceTimesRequest message, final StreamObserver<ListServiceTimesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.READ_MODEL_BEHIND, () -> {
            final ListServiceTimesReply.Builder reply = ListServiceTimesReply.newBuilder().setPosition(calls.readModel().position());
            for (final HallView.ServiceTime one : calls.readModel().hall().serviceTimes()) {
                final CatalogueView.Service service = calls.readModel().catalogue().service(one.serviceId());
                reply.addTimes(ServiceTime.newBuilder().setServiceId(one.serviceId()).setMeasured(one.measured()).setP50Minutes(one.p50Minutes()).setP90Minutes(one.p90Minutes())
                        .setDurationMinutes(service == null ? 0 : service.durationMinutes()).setProposedMinutes(one.proposedMinutes()));
            }
            return reply.build();
        });
    }

    private static Ticket ticket(final HallView.Ticket one, final References references) {
        return Ticket.newBuilder().setTicketId(one.ticketId()).setAppointment(references.text(ReferenceKind.APPOINTMENT, one.appointmentId())).setPostId(one.postId())
                .setDeskId(one.deskId()).setNumber(one.number()).setEpochDay(one.epochDay()).setServiceId(one.serviceId()).setKindValue(one.kind().value())
                .setPriorityValue(one.priority().value()).setStateValue(one.state().value()).setDueMs(one.dueMs()).setSinceMs(one.sinceMs()).setChangedMs(one.changedMs())
                .setCounter(one.counter()).setRecalls(one.recalls()).build();
    }
}
