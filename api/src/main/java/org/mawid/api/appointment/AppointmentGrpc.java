package org.mawid.api.appointment;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Consumer;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.hall.Kiosk;
import org.mawid.api.manifest.Manifests;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.RefusedException;
import org.mawid.api.rpc.Worker;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.Call;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.CheckInReply;
import org.mawid.grpc.ChooseAnother;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmAttendance;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.DayManifest;
import org.mawid.grpc.Done;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.GetDayManifestRequest;
import org.mawid.grpc.GetHoldRequest;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Leg;
import org.mawid.grpc.LiveHold;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.RecordVisit;
import org.mawid.grpc.RecordVisitReply;
import org.mawid.grpc.RecordWalkIn;
import org.mawid.grpc.Release;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Serve;
import org.mawid.grpc.WalkIn;
import org.mawid.grpc.WalkInReply;
import org.mawid.sbe.Result;

/** Visits over gRPC. On the server's event loops. */
public final class AppointmentGrpc extends AppointmentServiceGrpc.AppointmentServiceImplBase {
    private final Calls calls;
    private final Manifests manifests;
    private final ThreadLocal<AppointmentMapping> mapping = ThreadLocal.withInitial(AppointmentMapping::new);

    public AppointmentGrpc(final Calls calls, final Manifests manifests) {
        this.calls = calls;
        this.manifests = manifests;
    }

    @Override
    public void hold(final Hold message, final StreamObserver<HoldReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.HOLD, mapping.get().hold(worker.draft(), message), observer,
                answer -> HoldReply.newBuilder().setHold(answer.reference(calls.references())).setUntilMs(answer.number2())
                        .addAllStamps(answer.stamps(calls.references()))
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void confirm(final Confirm message, final StreamObserver<ConfirmReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CONFIRM, mapping.get().confirm(worker.draft(), message), observer,
                answer -> ConfirmReply.newBuilder().setAppointment(answer.reference(calls.references())).setStartMs(answer.number2())
                        .addAllStamps(answer.stamps(calls.references()))
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void release(final Release message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RELEASE, mapping.get().release(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void reschedule(final Reschedule message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RESCHEDULE, mapping.get().reschedule(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void confirmAttendance(final ConfirmAttendance message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CONFIRM_ATTENDANCE, mapping.get().confirmAttendance(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void cancel(final Cancel message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CANCEL, mapping.get().cancel(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void checkIn(final CheckIn message, final StreamObserver<CheckInReply> observer) {
        Calls.answeredLater(observer);
        if (message.getAtPostId() == 0) {
            doCheckIn(message, observer);
            return;
        }
        final long number = calls.references().number(ReferenceKind.APPOINTMENT, message.getAppointment());
        final Kiosk kiosk = Kiosk.at(message.getAtPostId(), calls.readModel().catalogue());
        calls.lookUp(() -> kiosk == null || number <= 0 ? null : kiosk.ofVisit(calls.readModel().records().appointment(number),
                () -> calls.isTheirs(Operation.CHECK_IN, ObjectKind.APPOINTMENT, number), () -> calls.isTheirs(Operation.TELL_THE_WAY, ObjectKind.POST, message.getAtPostId())), elsewhere -> {
            if (!isRefused(CommandTemplate.CHECK_IN, kiosk, elsewhere, observer)) {
                doCheckIn(message.toBuilder().clearAtPostId().build(), observer);
            }
        });
    }

    private void doCheckIn(final CheckIn message, final StreamObserver<CheckInReply> observer) {
        final Worker worker = calls.worker();
        calls.submit(worker, CommandTemplate.CHECK_IN, mapping.get().checkIn(worker.draft(), message), observer,
                answer -> CheckInReply.newBuilder().setTicket((int) answer.number2()).setTicketId(answer.ticketId())
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void call(final Call message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CALL, mapping.get().call(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void serve(final Serve message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SERVE, mapping.get().serve(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void markNoShow(final MarkNoShow message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.MARK_NO_SHOW, mapping.get().markNoShow(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void walkIn(final WalkIn message, final StreamObserver<WalkInReply> observer) {
        if (message.getAtPostId() == 0) {
            doWalkIn(message, observer);
            return;
        }
        final Kiosk kiosk = Kiosk.at(message.getAtPostId(), calls.readModel().catalogue());
        if (!isRefused(CommandTemplate.WALK_IN, kiosk, kiosk == null ? null : kiosk.ofDesk(message.getDeskId()), observer)) {
            doWalkIn(message.toBuilder().clearAtPostId().build(), observer);
        }
    }

    private void doWalkIn(final WalkIn message, final StreamObserver<WalkInReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.WALK_IN, mapping.get().walkIn(worker.draft(), message), observer, this::walkedIn);
    }

    private WalkInReply walkedIn(final Answer answer) {
        return WalkInReply.newBuilder().setResultValue(answer.result().value())
                .setAppointment(answer.reference(calls.references())).setTicket((int) answer.number2()).setTicketId(answer.ticketId())
                .addAllStamps(answer.stamps(calls.references()))
                .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build();
    }

    @Override
    public void chooseAnother(final ChooseAnother message, final StreamObserver<HoldReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CHOOSE_ANOTHER, mapping.get().chooseAnother(worker.draft(), message), observer,
                answer -> HoldReply.newBuilder().setHold(answer.reference(calls.references())).setUntilMs(answer.number2())
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void recordVisit(final RecordVisit message, final StreamObserver<RecordVisitReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_VISIT, mapping.get().recordVisit(worker.draft(), message), observer,
                answer -> RecordVisitReply.newBuilder().setAppointment(answer.reference(calls.references())).setTicket((int) answer.number2())
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void recordWalkIn(final RecordWalkIn message, final StreamObserver<WalkInReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_WALK_IN, mapping.get().recordWalkIn(worker.draft(), message), observer, this::walkedIn);
    }

    @Override
    public void getAppointment(final GetAppointmentRequest message, final StreamObserver<Appointment> observer) {
        final long number = calls.numberToRead(ReferenceKind.APPOINTMENT, message.getAppointment(), observer);
        if (number != 0) {
            calls.readRecord(message.getMinPosition(), observer, Result.APPOINTMENT_UNKNOWN, () -> {
                final Records.Appointment appointment = calls.readModel().records().appointment(number);
                return appointment == null ? null : appointment(appointment);
            });
        }
    }

    @Override
    public void getHold(final GetHoldRequest message, final StreamObserver<LiveHold> observer) {
        final long number = calls.numberToRead(ReferenceKind.HOLD, message.getHold(), observer);
        if (number != 0) {
            calls.readRecord(message.getMinPosition(), observer, Result.HOLD_UNKNOWN, () -> {
                final Records.Hold hold = calls.readModel().records().hold(number);
                return hold == null ? null : hold(hold);
            });
        }
    }

    @Override
    public void getDayManifest(final GetDayManifestRequest message, final StreamObserver<DayManifest> observer) {
        calls.readAside(calls.readModel().records()::position, message.getMinPosition(), observer, () -> {
            final Manifests.Manifest manifest = manifests.of(message.getPostId(), message.getEpochDay());
            if (manifest == null) {
                throw new RefusedException(Result.POST_UNKNOWN);
            }
            return DayManifest.newBuilder().setJws(manifest.jws()).setPosition(manifest.position()).build();
        });
    }

    /** Whether the call was refused, for it is of another post than the kiosk's. @param kiosk null = at no post */
    private boolean isRefused(final CommandTemplate template, final Kiosk kiosk, final Kiosk.Elsewhere elsewhere, final StreamObserver<?> observer) {
        if (kiosk != null && elsewhere == null) {
            return false;
        }
        final Result refusal = kiosk == null ? Result.POST_UNKNOWN : Result.WRONG_POST;
        calls.gateway().localAnswers().count(template, refusal, 0);
        observer.onError(kiosk == null ? Refusals.of(refusal) : Refusals.of(refusal, Kiosk.TEXT, elsewhere.told()));
        return true;
    }

    private Appointment appointment(final Records.Appointment record) {
        final References references = calls.references();
        final Appointment.Builder appointment = Appointment.newBuilder()
                .setAppointment(references.text(ReferenceKind.APPOINTMENT, record.appointmentId()))
                .setApplication(references.text(ReferenceKind.APPLICATION, record.applicationId()))
                .setPostId(record.postId()).setStateValue(record.state().value()).setStartMs(record.startMs()).setTicket(record.ticket())
                .setCounter(record.counter()).setOverflow(record.overflow()).setReschedules(record.reschedules()).setAttendanceConfirmed(record.attendance())
                .setChangedMs(record.changedMs()).setPosition(record.position());
        addLegs(record.legs(), appointment::addLegs);
        return appointment.build();
    }

    private LiveHold hold(final Records.Hold record) {
        return hold(record, calls.references());
    }

    /** Also what an application is offered. */
    public static LiveHold hold(final Records.Hold record, final References references) {
        final LiveHold.Builder hold = LiveHold.newBuilder()
                .setHold(references.text(ReferenceKind.HOLD, record.holdId()))
                .setApplication(references.text(ReferenceKind.APPLICATION, record.applicationId()))
                .setPostId(record.postId()).setUntilMs(record.deadlineMs()).setStartMs(record.startMs()).setPosition(record.position());
        addLegs(record.legs(), hold::addLegs);
        return hold.build();
    }

    private static void addLegs(final List<Records.Leg> legs, final Consumer<Leg> to) {
        for (final Records.Leg leg : legs) {
            to.accept(Leg.newBuilder().setDeskId(leg.deskId()).setLines(leg.lines()).setEpochDay(leg.epochDay())
                    .setStartUnit(leg.startUnit()).setUnits(leg.units()).build());
        }
    }
}
