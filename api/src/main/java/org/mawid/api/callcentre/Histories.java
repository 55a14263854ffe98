package org.mawid.api.callcentre;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.mawid.api.access.Operation;
import org.mawid.api.application.ApplicationGrpc;
import org.mawid.api.audit.AuditGrpc;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.trail.AuditTrail;
import org.mawid.api.closure.ClosureGrpc;
import org.mawid.api.closure.Waits;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.person.Held;
import org.mawid.api.person.Owners;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.DocumentCount;
import org.mawid.grpc.History;
import org.mawid.grpc.HistoryHold;
import org.mawid.grpc.HistoryPayment;
import org.mawid.grpc.HistoryStamp;
import org.mawid.grpc.HistoryVisit;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.StampRecordDecoder;

/** Puts on one screen how an application came to stand as it does: some 16 KiB at most but for long notes. Any thread that may wait. */
final class Histories {
    private static final int MOST_OF_A_KIND = 16;
    private static final int MOST_MESSAGES = 10;
    static final int MOST_NOTES = 5;
    private static final int MOST_ENTRIES = 20;
    /** Look-ups among them. */
    private static final int MOST_LOOKED_AT = 200;
    private static final long RECORDS_MS = 2_000;

    private final Gateway gateway;
    private final ReadModel model;
    private final References references;
    private final PersonalDesk desk;
    private final Notes notes;
    private final AuditTrail trail;

    Histories(final Gateway gateway, final PersonalDesk desk, final Notes notes, final AuditTrail trail) {
        this.gateway = gateway;
        this.model = gateway.engine().readModel();
        this.references = gateway.references();
        this.desk = desk;
        this.notes = notes;
        this.trail = trail;
    }

    /** Without callbacks. @return null when there is no such application @throws ReadModelBehindException it cannot be told now */
    History.Builder of(final long number) throws IOException, SealException {
        final WholeQuestion.Whole whole = new WholeQuestion(number).ask(gateway.engine());
        if (!model.records().awaitPosition(whole.position(), RECORDS_MS)) {
            throw new ReadModelBehindException("records are behind the core: ask again");
        }
        final Records.Application application = model.records().application(number);
        if (application == null || whole.records().isEmpty()) {
            return null;
        }
        final History.Builder history = History.newBuilder().setApplication(ApplicationGrpc.message(gateway, application)).setPosition(whole.position());
        whole.records().forEach(record -> add(record, history));
        application.lines().stream().mapToLong(Records.Line::holdId).filter(id -> id != 0).distinct().mapToObj(model.records()::hold).filter(hold -> hold != null).forEach(hold -> history.addHolds(told(hold)));
        final List<Waits> waits = Waits.of(model, number);
        if (waits != null) {
            waits.forEach(one -> history.addWaiting(ClosureGrpc.waiting(references, one)));
        }
        documents(application, history);
        final Owner owner = Owners.of(application);
        for (final Held message : desk.messages().newest(owner, MOST_MESSAGES)) {
            history.addMessages(ApplicationGrpc.message(message));
        }
        history.addAllNotes(notes.newest(owner, MOST_NOTES));
        entries(application, history);
        return history;
    }

    private void add(final DirectBuffer record, final History.Builder history) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(record, 0);
        switch (header.templateId()) {
            case AppointmentRecordDecoder.TEMPLATE_ID -> {
                if (history.getVisitsCount() < MOST_OF_A_KIND) {
                    final AppointmentRecordDecoder visit = new AppointmentRecordDecoder().wrapAndApplyHeader(record, 0, header);
                    history.addVisits(HistoryVisit.newBuilder().setAppointment(references.text(ReferenceKind.APPOINTMENT, visit.appointmentId())).setStateValue(visit.state().value())
                            .setPostId(visit.postId()).setStartMs(visit.startMs()).setLines(visit.lines()).setReschedules(visit.reschedules()).setChangedMs(visit.changedMs()));
                }
            }
            case StampRecordDecoder.TEMPLATE_ID -> {
                if (history.getStampsCount() < MOST_OF_A_KIND) {
                    final StampRecordDecoder stamp = new StampRecordDecoder().wrapAndApplyHeader(record, 0, header);
                    history.addStamps(HistoryStamp.newBuilder().setStamp(references.text(ReferenceKind.STAMP, stamp.stampId())).setLine(stamp.line()).setStateValue(stamp.state().value())
                            .setAmountCentimes(stamp.amountCentimes()).setIssuedMs(stamp.issuedMs()));
                }
            }
            case PaymentRecordDecoder.TEMPLATE_ID -> {
                if (history.getPaymentsCount() < MOST_OF_A_KIND) {
                    final PaymentRecordDecoder payment = new PaymentRecordDecoder().wrapAndApplyHeader(record, 0, header);
                    history.addPayments(HistoryPayment.newBuilder().setPayment(references.text(ReferenceKind.PAYMENT, payment.paymentId())).setMeansValue(payment.means().value())
                            .setStateValue(payment.state().value()).setAmountMinor(payment.amountMinor()).setCurrency(payment.currency()).setChangedMs(payment.changedMs()));
                }
            }
            default -> { } // the application itself
        }
    }

    private HistoryHold told(final Records.Hold hold) {
        return HistoryHold.newBuilder().setHold(references.text(ReferenceKind.HOLD, hold.holdId())).setPostId(hold.postId()).setStartMs(hold.startMs()).setDeadlineMs(hold.deadlineMs()).build();
    }

    private void documents(final Records.Application application, final History.Builder history) throws IOException {
        final Map<String, Integer> counts = new TreeMap<>();
        final int arriving = desk.documents().arriving(application.applicationId()).size();
        if (arriving > 0) {
            counts.put("ARRIVING", arriving);
        }
        desk.documents().kept(Owners.all(application)).forEach(document -> counts.merge(document.scan().name(), 1, Integer::sum));
        counts.forEach((state, count) -> history.addDocuments(DocumentCount.newBuilder().setState(state).setCount(count)));
    }

    private void entries(final Records.Application application, final History.Builder history) {
        final AuditTrail.Newest newest = trail.newest(application, MOST_LOOKED_AT);
        final List<Entry> done = newest.entries().stream().filter(entry -> !isLookUp(entry)).toList();
        done.stream().limit(MOST_ENTRIES).forEach(entry -> history.addEntries(AuditGrpc.entry(entry, references)));
        history.setIsWhole(newest.isWhole() && done.size() <= MOST_ENTRIES);
    }

    /** Whoever looks twenty times would see nothing but that. */
    private static boolean isLookUp(final Entry entry) {
        return entry.verdict() == AccessVerdict.ALLOWED && entry.operation().equals(Operation.GET_HISTORY.word());
    }
}
