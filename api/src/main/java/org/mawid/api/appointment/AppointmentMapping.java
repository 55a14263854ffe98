package org.mawid.api.appointment;

import java.util.List;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.Call;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.ChooseAnother;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmAttendance;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.RecordVisit;
import org.mawid.grpc.RecordWalkIn;
import org.mawid.grpc.Release;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Serve;
import org.mawid.grpc.WalkIn;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CallEncoder;
import org.mawid.sbe.CancelEncoder;
import org.mawid.sbe.CheckInEncoder;
import org.mawid.sbe.ChooseAnotherEncoder;
import org.mawid.sbe.ConfirmAttendanceEncoder;
import org.mawid.sbe.ConfirmEncoder;
import org.mawid.sbe.HoldEncoder;
import org.mawid.sbe.MarkNoShowEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RecordVisitEncoder;
import org.mawid.sbe.RecordWalkInEncoder;
import org.mawid.sbe.ReleaseEncoder;
import org.mawid.sbe.RescheduleEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServeEncoder;
import org.mawid.sbe.WalkInEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class AppointmentMapping {
    private static final int LEGS_MAX = 16;
    private static final int LINES_MAX = 16;

    private final HoldEncoder hold = new HoldEncoder();
    private final ConfirmEncoder confirm = new ConfirmEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();
    private final RescheduleEncoder reschedule = new RescheduleEncoder();
    private final ConfirmAttendanceEncoder confirmAttendance = new ConfirmAttendanceEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final CheckInEncoder checkIn = new CheckInEncoder();
    private final CallEncoder call = new CallEncoder();
    private final ServeEncoder serve = new ServeEncoder();
    private final MarkNoShowEncoder markNoShow = new MarkNoShowEncoder();
    private final WalkInEncoder walkIn = new WalkInEncoder();
    private final ChooseAnotherEncoder chooseAnother = new ChooseAnotherEncoder();
    private final RecordVisitEncoder recordVisit = new RecordVisitEncoder();
    private final RecordWalkInEncoder recordWalkIn = new RecordWalkInEncoder();

    public int hold(final Draft draft, final Hold message) {
        hold.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), hold.request());
        hold.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .issueStamps(yes(message.getIssueStamps()));
        final List<Leg> legs = message.getLegsList();
        final int count = draft.count(legs.size(), LEGS_MAX);
        final HoldEncoder.LegsEncoder group = hold.legsCount(count);
        for (int i = 0; i < count; i++) {
            final Leg leg = legs.get(i);
            group.next().deskId(draft.uint16(leg.getDeskId())).lines(draft.uint16(leg.getLines())).epochDay(leg.getEpochDay())
                    .startUnit(draft.uint8(leg.getStartUnit())).units(draft.uint8(leg.getUnits()));
        }
        return draft.end(hold.encodedLength());
    }

    public int confirm(final Draft draft, final Confirm message) {
        confirm.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), confirm.request());
        confirm.holdId(draft.number(ReferenceKind.HOLD, message.getHold())).issueStamps(yes(message.getIssueStamps()));
        return draft.end(confirm.encodedLength());
    }

    public int release(final Draft draft, final Release message) {
        release.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), release.request());
        release.holdId(draft.number(ReferenceKind.HOLD, message.getHold()));
        return draft.end(release.encodedLength());
    }

    public int reschedule(final Draft draft, final Reschedule message) {
        reschedule.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), reschedule.request());
        reschedule.appointmentId(draft.number(ReferenceKind.APPOINTMENT, message.getAppointment()));
        final List<Leg> legs = message.getLegsList();
        final int count = draft.count(legs.size(), LEGS_MAX);
        final RescheduleEncoder.LegsEncoder group = reschedule.legsCount(count);
        for (int i = 0; i < count; i++) {
            final Leg leg = legs.get(i);
            group.next().deskId(draft.uint16(leg.getDeskId())).lines(draft.uint16(leg.getLines())).epochDay(leg.getEpochDay())
                    .startUnit(draft.uint8(leg.getStartUnit())).units(draft.uint8(leg.getUnits()));
        }
        return draft.end(reschedule.encodedLength());
    }

    public int confirmAttendance(final Draft draft, final ConfirmAttendance message) {
        confirmAttendance.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), confirmAttendance.request());
        confirmAttendance.appointmentId(draft.number(ReferenceKind.APPOINTMENT, message.getAppointment()));
        return draft.end(confirmAttendance.encodedLength());
    }

    public int cancel(final Draft draft, final Cancel message) {
        cancel.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), cancel.request());
        cancel.appointmentId(draft.number(ReferenceKind.APPOINTMENT, message.getAppointment()));
        return draft.end(cancel.encodedLength());
    }

    public int checkIn(final Draft draft, final CheckIn message) {
        checkIn.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), checkIn.request());
        checkIn.appointmentId(draft.number(ReferenceKind.APPOINTMENT, message.getAppointment()));
        nowhere(draft, message.getAtPostId());
        return draft.end(checkIn.encodedLength());
    }

    public int call(final Draft draft, final Call message) {
        call.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), call.request());
        call.appointmentId(draft.number(ReferenceKind.APPOINTMENT, message.getAppointment())).counter(draft.uint8(message.getCounter()));
        return draft.end(call.encodedLength());
    }

    public int serve(final Draft draft, final Serve message) {
        serve.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), serve.request());
        serve.appointmentId(draft.number(ReferenceKind.APPOINTMENT, message.getAppointment())).fulfilled(draft.uint16(message.getFulfilled()));
        return draft.end(serve.encodedLength());
    }

    public int markNoShow(final Draft draft, final MarkNoShow message) {
        markNoShow.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), markNoShow.request());
        markNoShow.appointmentId(draft.number(ReferenceKind.APPOINTMENT, message.getAppointment()));
        return draft.end(markNoShow.encodedLength());
    }

    public int walkIn(final Draft draft, final WalkIn message) {
        walkIn.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), walkIn.request());
        walkIn.applicationId(draft.numberOrNone(ReferenceKind.APPLICATION, message.getApplication()))
                .applicant(message.getApplicant())
                .deskId(draft.uint16(message.getDeskId()))
                .epochDay(message.getEpochDay())
                .served(draft.uint16(message.getServed()))
                .issueStamps(yes(message.getIssueStamps()));
        nowhere(draft, message.getAtPostId());
        final List<NewLine> lines = message.getLinesList();
        final int count = draft.count(lines.size(), LINES_MAX);
        final WalkInEncoder.LinesEncoder group = walkIn.linesCount(count);
        for (int i = 0; i < count; i++) {
            final NewLine line = lines.get(i);
            group.next()
                    .personKey(line.getPersonKey())
                    .serviceId(draft.uint16(line.getServiceId()))
                    .registeredPostId(draft.uint16(line.getRegisteredPostId()))
                    .quantity(draft.uint8(line.getQuantity()))
                    .ageBand(AgeBand.get(draft.enumeration(line.getAgeBandValue(), AgeBand.SENIOR.value())))
                    .priority(Priority.get(draft.enumeration(line.getPriorityValue(), Priority.EMERGENCY.value())))
                    .representative(yes(line.getRepresentative()));
        }
        return draft.end(walkIn.encodedLength());
    }

    public int chooseAnother(final Draft draft, final ChooseAnother message) {
        chooseAnother.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), chooseAnother.request());
        chooseAnother.holdId(draft.number(ReferenceKind.HOLD, message.getHold()));
        final List<Leg> legs = message.getLegsList();
        final int count = draft.count(legs.size(), LEGS_MAX);
        final ChooseAnotherEncoder.LegsEncoder group = chooseAnother.legsCount(count);
        for (int i = 0; i < count; i++) {
            final Leg leg = legs.get(i);
            group.next().deskId(draft.uint16(leg.getDeskId())).lines(draft.uint16(leg.getLines())).epochDay(leg.getEpochDay())
                    .startUnit(draft.uint8(leg.getStartUnit())).units(draft.uint8(leg.getUnits()));
        }
        return draft.end(chooseAnother.encodedLength());
    }

    public int recordVisit(final Draft draft, final RecordVisit message) {
        recordVisit.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), recordVisit.request());
        recordVisit.appointmentId(draft.number(ReferenceKind.APPOINTMENT, message.getAppointment()))
                .atMs(message.getAtMs())
                .ticket(draft.uint16(message.getTicket()))
                .fulfilled(draft.uint16(message.getFulfilled()))
                .state(AppointmentState.get(draft.enumeration(message.getStateValue(), AppointmentState.DISPLACED.value())))
                .counter(draft.uint8(message.getCounter()));
        return draft.end(recordVisit.encodedLength());
    }

    public int recordWalkIn(final Draft draft, final RecordWalkIn message) {
        recordWalkIn.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), recordWalkIn.request());
        recordWalkIn.applicationId(draft.numberOrNone(ReferenceKind.APPLICATION, message.getApplication()))
                .applicant(message.getApplicant())
                .atMs(message.getAtMs())
                .postId(draft.uint16(message.getPostId()))
                .ticket(draft.uint16(message.getTicket()))
                .lineSet(draft.uint16(message.getLineSet()))
                .fulfilled(draft.uint16(message.getFulfilled()))
                .counter(draft.uint8(message.getCounter()))
                .issueStamps(yes(message.getIssueStamps()));
        final List<NewLine> lines = message.getLinesList();
        final int count = draft.count(lines.size(), LINES_MAX);
        final RecordWalkInEncoder.LinesEncoder group = recordWalkIn.linesCount(count);
        for (int i = 0; i < count; i++) {
            final NewLine line = lines.get(i);
            group.next()
                    .personKey(line.getPersonKey())
                    .serviceId(draft.uint16(line.getServiceId()))
                    .registeredPostId(draft.uint16(line.getRegisteredPostId()))
                    .quantity(draft.uint8(line.getQuantity()))
                    .ageBand(AgeBand.get(draft.enumeration(line.getAgeBandValue(), AgeBand.SENIOR.value())))
                    .priority(Priority.get(draft.enumeration(line.getPriorityValue(), Priority.EMERGENCY.value())))
                    .representative(yes(line.getRepresentative()));
        }
        return draft.end(recordWalkIn.encodedLength());
    }

    /** Where a kiosk stands is looked at before there is a command, and nobody does so for one of a stream or batch. */
    private static void nowhere(final Draft draft, final int atPostId) {
        if (atPostId != 0) {
            draft.refuse(Result.MALFORMED);
        }
    }

    private static BooleanType yes(final boolean value) {
        return value ? BooleanType.YES : BooleanType.NO;
    }
}
