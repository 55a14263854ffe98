package org.mawid.api.person.trace;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import org.agrona.DirectBuffer;
import org.mawid.api.application.DocumentKinds;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.AcceptedPostsRecordDecoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.HoldRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.ReturnRecordDecoder;
import org.mawid.sbe.ReviewRecordDecoder;
import org.mawid.sbe.StampRecordDecoder;
import org.mawid.sbe.TicketRecordDecoder;
import org.mawid.sbe.WaiterRecordDecoder;

/** Writes what belongs to an application, of that what is the person's: in the words of the edges, by references and codes, times in UTC. One thread. */
final class Telling {
    private static final int MOST_LINES = 16;
    /** As the log says that a card's digits are not known. */
    private static final int NO_DIGITS = 10_000;

    private final References references;
    private final CatalogueView catalogue;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    Telling(final References references, final CatalogueView catalogue) {
        this.references = references;
        this.catalogue = catalogue;
    }

    // ---- what belongs to it

    /** @param record with its header, of whatever belongs to an application; what is somebody else's, or no such record, is passed over */
    void add(final OwnApplication application, final DirectBuffer record) {
        switch (header.wrap(record, 0).templateId()) {
            case AppointmentRecordDecoder.TEMPLATE_ID -> visit(application, new AppointmentRecordDecoder().wrapAndApplyHeader(record, 0, header));
            case StampRecordDecoder.TEMPLATE_ID -> stamp(application, new StampRecordDecoder().wrapAndApplyHeader(record, 0, header));
            case PaymentRecordDecoder.TEMPLATE_ID -> payment(application, new PaymentRecordDecoder().wrapAndApplyHeader(record, 0, header));
            case HoldRecordDecoder.TEMPLATE_ID -> hold(application, new HoldRecordDecoder().wrapAndApplyHeader(record, 0, header));
            case WaiterRecordDecoder.TEMPLATE_ID -> waits(application, new WaiterRecordDecoder().wrapAndApplyHeader(record, 0, header));
            case ReturnRecordDecoder.TEMPLATE_ID -> returned(application, new ReturnRecordDecoder().wrapAndApplyHeader(record, 0, header));
            case TicketRecordDecoder.TEMPLATE_ID -> ticket(application, new TicketRecordDecoder().wrapAndApplyHeader(record, 0, header));
            case AcceptedPostsRecordDecoder.TEMPLATE_ID -> {
                for (final AcceptedPostsRecordDecoder.PostsDecoder post : new AcceptedPostsRecordDecoder().wrapAndApplyHeader(record, 0, header).posts()) {
                    application.postsTold.add(post(post.postId()));
                }
            }
            case ReviewRecordDecoder.TEMPLATE_ID -> review(application, new ReviewRecordDecoder().wrapAndApplyHeader(record, 0, header));
            default -> { } // the application itself
        }
    }

    private void visit(final OwnApplication application, final AppointmentRecordDecoder visit) {
        if (!application.has(visit.lines()) || !application.appointments.add(visit.appointmentId())) {
            return;
        }
        final JsonObject told = new JsonObject().put("appointment", references.text(ReferenceKind.APPOINTMENT, visit.appointmentId())).put("state", visit.state().name()).put("post", post(visit.postId()))
                .put("lines", lines(visit.lines() & application.mask));
        time(told, "start", visit.startMs());
        time(told, "changed", visit.changedMs());
        told.put("reschedules", visit.reschedules()).put("overflow", visit.overflow() == BooleanType.YES).put("attendance", visit.attendance() == BooleanType.YES);
        if (visit.ticket() != 0) {
            told.put("ticket", visit.ticket()).put("counter", visit.counter());
        }
        final JsonArray legs = new JsonArray();
        for (final AppointmentRecordDecoder.LegsDecoder leg : visit.legs()) {
            if (application.has(leg.lines())) {
                legs.add(leg(leg.deskId(), leg.epochDay(), leg.startUnit(), leg.units()));
            }
        }
        application.visitsTold.add(told.put("legs", legs));
    }

    private void hold(final OwnApplication application, final HoldRecordDecoder hold) {
        final JsonArray legs = new JsonArray();
        for (final HoldRecordDecoder.LegsDecoder leg : hold.legs()) {
            if (application.has(leg.lines())) {
                legs.add(leg(leg.deskId(), leg.epochDay(), leg.startUnit(), leg.units()));
            }
        }
        if (!legs.isEmpty()) {
            application.holds.add(hold.holdId());
            final JsonObject told = new JsonObject().put("hold", references.text(ReferenceKind.HOLD, hold.holdId())).put("post", post(hold.postId()));
            time(told, "start", hold.startMs());
            time(told, "deadline", hold.deadlineMs());
            application.holdsTold.add(told.put("legs", legs));
        }
    }

    private JsonObject leg(final int desk, final int epochDay, final int startUnit, final int units) {
        final CatalogueView.Pool pool = catalogue.pool(desk);
        return new JsonObject().put("desk", pool == null ? Integer.toString(desk) : pool.code()).put("day", LocalDate.ofEpochDay(epochDay).toString()).put("startUnit", startUnit).put("units", units);
    }

    private void waits(final OwnApplication application, final WaiterRecordDecoder waiter) {
        if (!application.has(waiter.lines())) {
            return;
        }
        application.waiters.add(waiter.waiterId());
        final JsonObject told = new JsonObject().put("why", waiter.closureId() == 0 ? "WAITLIST" : "DISPLACED").put("state", waiter.state().name()).put("post", post(waiter.postId())).put("lines", lines(waiter.lines() & application.mask))
                .put("prioritised", waiter.prioritised() == BooleanType.YES).put("offers", waiter.offers());
        time(told, "since", waiter.sinceMs());
        if (waiter.fromEpochDay() != 0) {
            told.put("from", LocalDate.ofEpochDay(waiter.fromEpochDay()).toString()).put("to", LocalDate.ofEpochDay(waiter.toEpochDay()).toString());
        }
        application.waitsTold.add(told);
    }

    private void ticket(final OwnApplication application, final TicketRecordDecoder ticket) {
        application.tickets.add(ticket.ticketId());
        final JsonObject told = new JsonObject().put("number", ticket.number()).put("state", ticket.state().name()).put("post", post(ticket.postId())).put("day", LocalDate.ofEpochDay(ticket.epochDay()).toString());
        time(told, "given", ticket.sinceMs());
        time(told, "changed", ticket.changedMs());
        application.ticketsTold.add(told);
    }

    private static void review(final OwnApplication application, final ReviewRecordDecoder review) {
        application.waitsSinceMs = review.sinceMs();
        application.isAssigned = review.officer() != 0;
        int line = 0;
        for (final ReviewRecordDecoder.LinesDecoder wanted : review.lines()) {
            application.wantedKinds[line++] = wanted.wanted() & ~wanted.clean();
        }
    }

    // ---- money

    private void stamp(final OwnApplication application, final StampRecordDecoder stamp) {
        if (!application.has(1 << stamp.line()) || !application.stamps.add(stamp.stampId())) {
            return;
        }
        if (stamp.paymentId() != 0) {
            application.payments.add(stamp.paymentId());
        }
        final JsonObject told = new JsonObject().put("stamp", references.text(ReferenceKind.STAMP, stamp.stampId())).put("line", stamp.line()).put("state", stamp.state().name()).put("post", post(stamp.postId()))
                .put("amountCentimes", stamp.amountCentimes()).put("localMinor", stamp.localMinor()).put("currency", stamp.currency()).put("microMadPerUnit", stamp.microMadPerUnit()).put("tariffVersion", stamp.tariffVersion());
        time(told, "issued", stamp.issuedMs());
        if (stamp.consumedMs() > 0) {
            time(told, "consumed", stamp.consumedMs());
            told.put("consumedAt", post(stamp.consumedPost()));
        }
        application.stampsTold.add(told);
    }

    /** Behind the stamps of the application. Of a payment for somebody else's stamps as well, the sum and whose card it was are left out. */
    private void payment(final OwnApplication application, final PaymentRecordDecoder payment) {
        final JsonArray stamps = new JsonArray();
        int others = 0;
        for (final PaymentRecordDecoder.StampsDecoder stamp : payment.stamps()) {
            if (application.stamps.contains(stamp.stampId())) {
                stamps.add(references.text(ReferenceKind.STAMP, stamp.stampId()));
            } else {
                others++;
            }
        }
        if (stamps.isEmpty() && !application.isWhole() && !application.payments.contains(payment.paymentId())) {
            return;
        }
        application.payments.add(payment.paymentId());
        final JsonObject told = new JsonObject().put("payment", references.text(ReferenceKind.PAYMENT, payment.paymentId())).put("state", payment.state().name()).put("means", payment.means().name()).put("post", post(payment.postId()))
                .put("stamps", stamps);
        time(told, "started", payment.startedMs());
        time(told, "changed", payment.changedMs());
        final boolean isShared = others > 0 || stamps.isEmpty() && !application.isWhole();
        if (isShared) {
            told.put("stampsOfOthers", others);
        } else {
            told.put("amountMinor", payment.amountMinor()).put("amountCentimes", payment.amountCentimes()).put("currency", payment.currency());
        }
        if (!isShared && payment.receivedMinor() != 0) {
            told.put("receivedMinor", payment.receivedMinor()).put("receivedCurrency", payment.receivedCurrency());
        }
        if (!isShared || application.isApplicant) {
            card(told, payment);
        }
        if (payment.state() == PaymentState.DECLINED || payment.reasonCode() != 0) {
            told.put("reasonCode", payment.reasonCode());
        }
        application.paymentsTold.add(told);
    }

    /** What is kept: never a number of a card. */
    private static void card(final JsonObject told, final PaymentRecordDecoder payment) {
        if (!payment.scheme().isEmpty()) {
            told.put("cardScheme", payment.scheme());
        }
        if (payment.lastFour() < NO_DIGITS) {
            told.put("cardLastFour", String.format("%04d", payment.lastFour()));
        }
        if (!payment.transaction().isEmpty()) {
            told.put("transaction", payment.transaction());
        }
        if (!payment.authorisationCode().isEmpty()) {
            told.put("authorisationCode", payment.authorisationCode());
        }
        if (payment.receipt() != 0) {
            told.put("receipt", payment.receipt());
        }
    }

    private void returned(final OwnApplication application, final ReturnRecordDecoder money) {
        if (application.stamps.contains(money.stampId()) || application.isWhole()) {
            final JsonObject told = new JsonObject().put("payment", references.text(ReferenceKind.PAYMENT, money.paymentId())).put("state", money.state().name()).put("amountMinor", money.amountMinor()).put("currency", money.currency());
            if (money.stampId() != 0) {
                told.put("stamp", references.text(ReferenceKind.STAMP, money.stampId()));
            }
            time(told, "opened", money.openedMs());
            application.returnsTold.add(told);
        }
    }

    // ---- the application

    JsonObject application(final OwnApplication application) {
        final JsonObject told = new JsonObject().put("application", references.text(ReferenceKind.APPLICATION, application.id)).put("submittedBy", application.isApplicant ? "YOU" : application.applicant == 0 ? "NOBODY" : "ANOTHER")
                .put("others", application.others).put("archived", application.isArchived);
        if (application.postId != 0) {
            told.put("post", post(application.postId));
        }
        time(told, "submitted", application.submittedMs);
        if (application.isWhole()) { // else it tells when something was decided about somebody else
            time(told, "changed", application.changedMs);
        }
        time(told, "validUntil", application.validUntilMs);
        if (application.waitsSinceMs != 0) {
            time(told, "waitsSince", application.waitsSinceMs);
            told.put("assigned", application.isAssigned);
        }
        final JsonArray lines = new JsonArray();
        application.lines.forEach(line -> lines.add(line(application, line)));
        told.put("lines", lines);
        some(told, "acceptedPosts", application.postsTold);
        some(told, "visits", application.visitsTold);
        some(told, "holds", application.holdsTold);
        some(told, "waitlist", application.waitsTold);
        some(told, "tickets", application.ticketsTold);
        some(told, "stamps", application.stampsTold);
        some(told, "payments", application.paymentsTold);
        some(told, "refunds", application.returnsTold);
        some(told, "callbacks", application.callbacksTold);
        return told;
    }

    private JsonObject line(final OwnApplication application, final OwnApplication.Line line) {
        final CatalogueView.Service service = catalogue.service(line.serviceId());
        final JsonObject told = new JsonObject().put("line", line.line()).put("service", service == null ? Integer.toString(line.serviceId()) : service.code()).put("quantity", line.quantity()).put("state", line.state().name())
                .put("ageBand", line.ageBand()).put("priority", line.priority()).put("representative", line.representative());
        if (line.registeredPostId() != 0) {
            told.put("registeredPost", post(line.registeredPostId()));
        }
        if (line.reasonCode() != 0) {
            told.put("reasonCode", line.reasonCode());
        }
        final long wanted = application.wantedKinds[line.line()];
        if (wanted != 0) {
            told.put("documentsWanted", new JsonArray(DocumentKinds.names(wanted)));
        }
        return told;
    }

    String post(final int postId) {
        final CatalogueView.Post post = catalogue.post(postId);
        return post == null ? Integer.toString(postId) : post.code();
    }

    /** By index, of those in the set. */
    static JsonArray lines(final int lineSet) {
        final JsonArray lines = new JsonArray();
        for (int line = 0; line < MOST_LINES; line++) {
            if ((lineSet >>> line & 1) != 0) {
                lines.add(line);
            }
        }
        return lines;
    }

    static void time(final JsonObject told, final String name, final long ms) {
        if (ms > 0) {
            told.put(name, Instant.ofEpochMilli(ms).toString());
        }
    }

    private static void some(final JsonObject told, final String name, final JsonArray all) {
        if (!all.isEmpty()) {
            told.put(name, all);
        }
    }
}
