package org.mawid.engine.readmodel.records;

import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.mawid.sbe.BatchSettledDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.StampDecidedDecoder;
import org.mawid.sbe.StampProposedDecoder;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampVoidedDecoder;
import org.mawid.sbe.StampsChangedDecoder;
import org.mawid.sbe.StampsChangedDecoder.StampsDecoder;
import org.mawid.sbe.StampsIssuedDecoder;
import org.mawid.sbe.StampsTakenOverDecoder;

/** What an event does to records of stamps and payments: the part of the {@link Projection} that is about money. */
final class MoneyEvents {
    private final Projection projection;
    private final Staging staging;
    private final LongConsumer reload;
    private final StampEntries stamps;
    private final PaymentEntries payments = new PaymentEntries();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StampsIssuedDecoder stampsIssued = new StampsIssuedDecoder();
    private final StampVoidedDecoder stampVoided = new StampVoidedDecoder();
    private final StampsChangedDecoder stampsChanged = new StampsChangedDecoder();
    private final StampProposedDecoder stampProposed = new StampProposedDecoder();
    private final StampDecidedDecoder stampDecided = new StampDecidedDecoder();
    private final PaymentStartedDecoder paymentStarted = new PaymentStartedDecoder();
    private final PaymentChangedDecoder paymentChanged = new PaymentChangedDecoder();
    private final StampsTakenOverDecoder stampsTakenOver = new StampsTakenOverDecoder();
    private final BatchSettledDecoder batchSettled = new BatchSettledDecoder();
    /** The stamp that was issued last, if that was news to its application. */
    private long issued;
    private long issuedTo;
    private long issuedAt;
    /** Whether that was news to its application. */
    private boolean issuedIsNews;

    MoneyEvents(final Projection projection, final Staging staging, final LongConsumer reload) {
        this.projection = projection;
        this.staging = staging;
        this.reload = reload;
        this.stamps = new StampEntries(staging);
    }

    /** Whether records of stamps or payments change by such an event. */
    static boolean concerns(final int templateId) {
        return templateId >= StampsIssuedDecoder.TEMPLATE_ID && templateId <= StampDecidedDecoder.TEMPLATE_ID || templateId == BatchSettledDecoder.TEMPLATE_ID
                || templateId == StampsTakenOverDecoder.TEMPLATE_ID;
    }

    void onEvent(final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case StampsIssuedDecoder.TEMPLATE_ID -> stampsIssued(stampsIssued.wrapAndApplyHeader(buffer, offset, header));
            case StampVoidedDecoder.TEMPLATE_ID -> stampVoided(stampVoided.wrapAndApplyHeader(buffer, offset, header));
            case StampsChangedDecoder.TEMPLATE_ID -> stampsChanged(stampsChanged.wrapAndApplyHeader(buffer, offset, header));
            case PaymentStartedDecoder.TEMPLATE_ID -> paymentStarted(paymentStarted.wrapAndApplyHeader(buffer, offset, header));
            case PaymentChangedDecoder.TEMPLATE_ID -> paymentChanged(paymentChanged.wrapAndApplyHeader(buffer, offset, header));
            case StampProposedDecoder.TEMPLATE_ID -> projection.changing(stampProposed.wrapAndApplyHeader(buffer, offset, header).applicationId());
            case StampDecidedDecoder.TEMPLATE_ID -> projection.changing(stampDecided.wrapAndApplyHeader(buffer, offset, header).applicationId());
            case StampsTakenOverDecoder.TEMPLATE_ID -> stampsTakenOver(stampsTakenOver.wrapAndApplyHeader(buffer, offset, header));
            case BatchSettledDecoder.TEMPLATE_ID -> batchSettled(batchSettled.wrapAndApplyHeader(buffer, offset, header));
            default -> {
                // the schema has no other event of theirs
            }
        }
    }

    // ---- stamps

    private void stampsIssued(final StampsIssuedDecoder event) {
        final Entry its = projection.changing(event.applicationId());
        if (its != null) {
            stamps.issued(its, event, projection.postId(), projection.nowMs(), projection.cursor());
            issued = Kind.number(its.moneyLink());
        }
        issuedTo = event.applicationId();
        issuedAt = projection.position();
        issuedIsNews = its != null;
    }

    /** They were issued before they came. */
    private void stampsTakenOver(final StampsTakenOverDecoder event) {
        if (projection.changing(event.applicationId()) != null) {
            for (final StampsTakenOverDecoder.StampsDecoder one : event.stamps()) {
                StampEntries.issuedMs(projection.known(Kind.STAMP, one.stampId()), one.issuedMs());
            }
        }
    }

    /**
     * Where a stamp is void in the command that issued another, the other has taken over its money: of that one the events do not say since when
     * it counts, nor whether its money is settled. Both are the old one's, as it was until now. Either application may be younger than the event,
     * or be missing as yet, without the other.
     */
    private void stampVoided(final StampVoidedDecoder event) {
        final boolean reused = issuedAt == projection.position();
        if (reused && issuedIsNews && projection.isIncomplete()) {
            reload.accept(issuedTo); // the old one may be missing, or older than its record
        }
        final Entry its = projection.changing(event.applicationId());
        if (its != null) {
            final Entry stamp = projection.known(Kind.STAMP, event.stampId());
            if (reused) {
                takeOver(event.stampId(), stamp);
            }
            StampEntries.voided(stamp);
            leaveLine(its, event.stampId());
        } else if (reused && issuedIsNews && !projection.isIncomplete()) {
            reload.accept(issuedTo);
        }
    }

    private void takeOver(final long stampId, final Entry stamp) {
        final Entry from = projection.known(Kind.PAYMENT, StampEntries.payment(stamp));
        PaymentEntries.leaves(from, stampId, stamp);
        if (issuedIsNews && !projection.isIncomplete()) {
            final Entry copy = projection.known(Kind.STAMP, issued);
            StampEntries.issuedMs(copy, stamp);
            PaymentEntries.settled(projection.known(Kind.PAYMENT, StampEntries.payment(copy)), from);
        }
    }

    private void stampsChanged(final StampsChangedDecoder event) {
        final StampState state = event.state();
        // Time alone does not count as a change of the application; what it comes with has been told before.
        final boolean byTime = state == StampState.LAPSED || state == StampState.FORFEITED;
        final Entry its = byTime ? projection.news(event.applicationId()) : projection.changing(event.applicationId());
        if (its == null) {
            return;
        }
        for (final StampsDecoder one : event.stamps()) {
            final Entry stamp = projection.known(Kind.STAMP, one.stampId());
            stamps.changed(stamp, event, projection.nowMs());
            if (StampEntries.isOver(state)) {
                leaveLine(its, one.stampId());
            } else if (state == StampState.PAID && event.paymentId() != 0) {
                PaymentEntries.covers(projection.known(Kind.PAYMENT, event.paymentId()), one.stampId(), stamp);
            }
        }
    }

    private static void leaveLine(final Entry its, final long stampId) {
        for (int line = 0; line < its.lineCount(); line++) {
            if (its.stampOf(line) == stampId) {
                its.stampOf(line, 0);
            }
        }
    }

    // ---- payments

    private void paymentStarted(final PaymentStartedDecoder event) {
        final Entry its = projection.changing(event.applicationId());
        if (its != null) {
            final Entry payment = staging.blank(Kind.PAYMENT, event.paymentId());
            payments.started(payment, event, projection.postId(), projection.nowMs(), projection.cursor());
            payment.link(its.moneyLink());
            its.moneyLink(Kind.PAYMENT.key(event.paymentId()));
        }
    }

    private void paymentChanged(final PaymentChangedDecoder event) {
        if (projection.changing(event.applicationId()) != null) {
            payments.changed(projection.known(Kind.PAYMENT, event.paymentId()), event, projection.nowMs());
        }
    }

    /** Of a payment by itself. It does not say of which application: whatever that knows already, it is settled for ever. */
    private void batchSettled(final BatchSettledDecoder event) {
        if (event.paymentId() == 0) {
            return;
        }
        final Entry payment = staging.load(Kind.PAYMENT, event.paymentId());
        if (payment.isPresent()) {
            PaymentEntries.settled(payment, event.entryHash());
            payment.cursor(Math.max(payment.cursor(), projection.cursor()));
        } else if (!projection.isIncomplete()) {
            throw new RecordsDamagedException("a payment is missing at position " + projection.position());
        }
    }
}
