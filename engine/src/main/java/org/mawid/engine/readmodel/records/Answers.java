package org.mawid.engine.readmodel.records;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.HoldRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.StampRecordDecoder;

/** Entries as readers see them. */
final class Answers {
    private Answers() {
    }

    /** The younger of the two: the map had reflected the one before the record was read, the record reflects the other. */
    private static long position(final Entry entry, final long reflected) {
        return Math.max(reflected, entry.cursor() >>> Entry.ORDINAL_BITS);
    }

    static Records.Application application(final Entry entry, final long reflected) {
        final ApplicationRecordDecoder record = new ApplicationRecordDecoder().wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, new MessageHeaderDecoder());
        final List<Records.Line> lines = new ArrayList<>(entry.lineCount());
        for (final ApplicationRecordDecoder.LinesDecoder line : record.lines()) {
            lines.add(new Records.Line(line.personKey(), line.serviceId(), line.quantity(), line.registeredPostId(), line.ageBand(), line.priority(),
                    line.representative() == BooleanType.YES, line.state(), line.stampId(), line.holdId(), line.appointmentId(), line.reasonCode(), line.reasonHash()));
        }
        return new Records.Application(record.applicationId(), record.postId(), record.applicant(), record.submittedMs(), lines, position(entry, reflected));
    }

    static Records.Appointment appointment(final Entry entry, final long reflected) {
        final AppointmentRecordDecoder record = new AppointmentRecordDecoder().wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, new MessageHeaderDecoder());
        final List<Records.Leg> legs = new ArrayList<>();
        for (final AppointmentRecordDecoder.LegsDecoder leg : record.legs()) {
            legs.add(new Records.Leg(leg.deskId(), leg.epochDay(), leg.startUnit(), leg.units(), leg.lines()));
        }
        return new Records.Appointment(record.appointmentId(), record.applicationId(), record.postId(), record.state(), record.startMs(), record.ticket(),
                record.counter(), record.overflow() == BooleanType.YES, record.attendance() == BooleanType.YES, record.reschedules(), record.leadDays(), record.changedMs(), legs, position(entry, reflected));
    }

    static Records.Hold hold(final Entry entry, final long reflected) {
        final HoldRecordDecoder record = new HoldRecordDecoder().wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, new MessageHeaderDecoder());
        final List<Records.Leg> legs = new ArrayList<>();
        for (final HoldRecordDecoder.LegsDecoder leg : record.legs()) {
            legs.add(new Records.Leg(leg.deskId(), leg.epochDay(), leg.startUnit(), leg.units(), leg.lines()));
        }
        return new Records.Hold(record.holdId(), record.applicationId(), record.postId(), record.deadlineMs(), record.startMs(), legs, position(entry, reflected));
    }

    static Records.Stamp stamp(final Entry entry, final long reflected) {
        final StampRecordDecoder record = new StampRecordDecoder().wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, new MessageHeaderDecoder());
        return new Records.Stamp(record.stampId(), record.applicationId(), record.line(), record.postId(), record.state(), record.amountCentimes(),
                record.localMinor(), record.currency(), record.microMadPerUnit(), record.tariffVersion(), record.issuedMs(),
                record.paymentId(), record.consumedMs(), record.consumedPost(), position(entry, reflected));
    }

    static Records.Payment payment(final Entry entry, final long reflected) {
        final PaymentRecordDecoder record = new PaymentRecordDecoder().wrapAndApplyHeader(entry.buffer, Entry.MESSAGE, new MessageHeaderDecoder());
        final List<Long> stampIds = new ArrayList<>();
        for (final PaymentRecordDecoder.StampsDecoder stamp : record.stamps()) {
            stampIds.add(stamp.stampId());
        }
        return new Records.Payment(record.paymentId(), record.applicationId(), record.postId(), record.means(), (int) record.terminalId(), record.state(), record.amountMinor(),
                record.amountCentimes(), record.currency(), record.receivedMinor(), record.receivedCurrency(), record.transaction(), record.authorisationCode(),
                record.scheme(), record.lastFour(), record.receipt(), record.batchId(), record.settled() == BooleanType.YES, record.origin(),
                record.waitsForPerson() == BooleanType.YES, record.reasonCode(), record.collector(), record.epochDay(), record.startedMs(), record.changedMs(), stampIds,
                position(entry, reflected));
    }
}
