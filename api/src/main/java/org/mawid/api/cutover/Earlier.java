package org.mawid.api.cutover;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.upkeep.Rehearsal;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.StampRecordDecoder;

/**
 * What was made of applications by commands that the log has had and whose answers it no longer remembers, as the state has it. That a command was done is known by its number; here its
 * application is found by its lines among those that were submitted since, and within it the visits and the stamps by what they are. Somebody may have moved or cancelled a visit meanwhile: it is the same
 * visit. Immutable once it is made.
 */
final class Earlier {
    /** The log has had nothing. */
    static final Earlier NOTHING = new Earlier();

    /** @param first number of the first of its stamps @param payment 0 = they are unpaid */
    record Stamps(long first, long payment) {
    }

    private record Visit(long appointmentId, List<Planned.Leg> legs) {
    }

    private record Stamp(long stampId, long paymentId, int line, long amountCentimes, long localMinor, long issuedMs) {
        boolean is(final Planned.Stamp planned) {
            return line == planned.line() && amountCentimes == planned.amountCentimes() && localMinor == planned.localMinor() && issuedMs == planned.issuedMs();
        }
    }

    private static final class Found {
        final Planned planned;
        final long applicationId;
        final List<Visit> visits = new ArrayList<>();
        final List<Stamp> stamps = new ArrayList<>();

        Found(final Planned planned, final long applicationId) {
            this.planned = planned;
            this.applicationId = applicationId;
        }
    }

    private final Map<String, Found> byReference = new HashMap<>();
    private final Map<Long, Found> byNumber = new HashMap<>();

    private Earlier() {
    }

    /** @param state as the log left it @param sought in the order in which they were sent @param sinceMs submitted from then on, log time, ms since 1970-01-01 UTC */
    static Earlier of(final Rehearsal state, final Collection<Planned> sought, final long sinceMs) {
        final Map<List<Object>, Deque<Planned>> byLines = new HashMap<>();
        sought.forEach(one -> byLines.computeIfAbsent(lines(one), lines -> new ArrayDeque<>()).add(one));
        final Earlier earlier = new Earlier();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ApplicationRecordDecoder application = new ApplicationRecordDecoder();
        state.tell(RecordKind.APPLICATIONS, (template, buffer, offset, length) -> {
            application.wrapAndApplyHeader(buffer, offset, header);
            if (application.submittedMs() >= sinceMs) {
                final long number = application.applicationId();
                final Deque<Planned> same = byLines.get(lines(application));
                if (same != null && !same.isEmpty()) {
                    earlier.add(new Found(same.remove(), number));
                }
            }
        });
        earlier.read(state, header);
        return earlier;
    }

    private void add(final Found one) {
        byReference.put(one.planned.said().reference(), one);
        byNumber.put(one.applicationId, one);
    }

    private void read(final Rehearsal state, final MessageHeaderDecoder header) {
        final AppointmentRecordDecoder appointment = new AppointmentRecordDecoder();
        state.tell(RecordKind.APPOINTMENTS, (template, buffer, offset, length) -> {
            final Found of = byNumber.get(appointment.wrapAndApplyHeader(buffer, offset, header).applicationId());
            if (of != null) {
                final List<Planned.Leg> legs = new ArrayList<>();
                final long number = appointment.appointmentId();
                appointment.legs().forEach(leg -> legs.add(new Planned.Leg(leg.deskId(), leg.lines(), leg.epochDay(), leg.startUnit(), leg.units())));
                of.visits.add(new Visit(number, legs));
            }
        });
        final StampRecordDecoder stamp = new StampRecordDecoder();
        state.tell(RecordKind.STAMPS, (template, buffer, offset, length) -> {
            final Found of = byNumber.get(stamp.wrapAndApplyHeader(buffer, offset, header).applicationId());
            if (of != null) {
                of.stamps.add(new Stamp(stamp.stampId(), stamp.paymentId(), stamp.line(), stamp.amountCentimes(), stamp.localMinor(), stamp.issuedMs()));
            }
        });
    }

    /** What tells an application from any other: a person has one open line of a service. */
    private static List<Object> lines(final Planned one) {
        final List<Object> all = new ArrayList<>(List.of(one.said().applicant(), one.postId()));
        for (int i = 0; i < one.said().lines().size(); i++) {
            final CutOverFiles.Line line = one.said().lines().get(i);
            all.addAll(List.of(line.person(), one.services()[i], line.quantity()));
        }
        return all;
    }

    private static List<Object> lines(final ApplicationRecordDecoder application) {
        final List<Object> all = new ArrayList<>(List.of(application.applicant(), application.postId()));
        application.lines().forEach(line -> all.addAll(List.of(line.personKey(), line.serviceId(), (int) line.quantity())));
        return all;
    }

    /** 0 = it was refused. */
    long application(final Planned one) {
        final Found found = byReference.get(one.said().reference());
        return found == null ? 0 : found.applicationId;
    }

    /** 0 = it was refused. */
    long visit(final Planned one, final int index) {
        final Found found = byReference.get(one.said().reference());
        if (found == null) {
            return 0;
        }
        final List<Visit> moved = new ArrayList<>(found.visits); // those that are at none of the times that were promised
        moved.removeIf(visit -> one.visits().contains(visit.legs()));
        int place = 0;
        for (int i = 0; i <= index; i++) {
            final List<Planned.Leg> legs = one.visits().get(i);
            final Visit same = found.visits.stream().filter(visit -> visit.legs().equals(legs)).findFirst().orElse(null);
            if (i == index) {
                return same != null ? same.appointmentId() : place < moved.size() ? moved.get(place).appointmentId() : 0;
            }
            place += same == null ? 1 : 0;
        }
        return 0;
    }

    /** Null = they were refused. */
    Stamps stamps(final Planned one, final int group) {
        final Found found = byReference.get(one.said().reference());
        final Planned.Stamp first = one.payments().get(group).stamps().get(0);
        return found == null ? null : found.stamps.stream().filter(stamp -> stamp.is(first)).map(stamp -> new Stamps(stamp.stampId(), stamp.paymentId())).findFirst().orElse(null);
    }
}
