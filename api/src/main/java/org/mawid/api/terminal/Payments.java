package org.mawid.api.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.nexo.Amount;
import org.mawid.api.terminal.nexo.PaymentReply;
import org.mawid.api.terminal.nexo.Request;
import org.mawid.api.terminal.nexo.ReversalReply;

/** What payments are called outside, how they are asked for, and what answers about them say. */
final class Payments {
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(1);
    private static final int LONGEST_REFERENCE = 36;
    /** With letters between: number and date together must not pass for a card's number. */
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("'@D'yyyyMMdd'T'HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Payments() {
    }

    /** The till's number of it, at the terminal. */
    static String transaction(final PaymentStarted payment) {
        return "MAWID-" + payment.paymentId();
    }

    static Instant time(final PaymentStarted payment) {
        return Instant.ofEpochMilli(payment.startedMs());
    }

    /** Whether a terminal's answer is about another payment. Number and time: a till that begins anew has the old numbers again. */
    static boolean isOther(final PaymentReply reply, final PaymentStarted payment) {
        final boolean otherNumber = !reply.saleTransaction().isEmpty() && !reply.saleTransaction().equals(transaction(payment));
        final boolean otherTime = reply.saleTime() != null
                && Duration.between(reply.saleTime(), time(payment)).abs().compareTo(CLOCK_GRAIN) >= 0;
        return otherNumber || otherTime;
    }

    static Request request(final PaymentStarted payment) {
        return new Request.Payment(transaction(payment), time(payment), payment.amountMinor());
    }

    /** @param charge that the terminal told; null = none */
    static Request reversal(final PaymentStarted payment, final PaymentReply charge, final long nowMs) {
        return new Request.Reversal(charge == null ? "" : charge.poiTransaction(), charge == null ? "" : charge.poiTime(),
                transaction(payment), time(payment), Instant.ofEpochMilli(nowMs));
    }

    /** Whether it says: charged, exactly what was asked, and for this payment. */
    static boolean isExact(final PaymentReply reply, final PaymentStarted payment) {
        return reply.reply().isSuccess() && reply.amount().is(payment.amountMinor(), payment.currency()) && !reply.saleTransaction().isEmpty();
    }

    static RecordApproval approval(final PaymentReply reply, final PaymentStarted payment) {
        return new RecordApproval(payment.paymentId(), payment.amountMinor(), payment.currency(), reply.scheme(), reply.lastFour(), reply.approvalCode(),
                reply.poiTransaction().isEmpty() ? transaction(payment) : reference(reply.poiTransaction(), reply.poiTime()));
    }

    /**
     * The terminal's number of a charge, and when: a terminal that was set up anew counts from one again, and its first charge is none that was ever
     * told. A number so long that both do not fit the log's field is nobody's count, and stands alone; so it does when the time is not told, or not
     * with its zone.
     */
    private static String reference(final String number, final String time) {
        try {
            final String both = number + STAMP.format(OffsetDateTime.parse(time));
            return both.length() > LONGEST_REFERENCE ? number : both;
        } catch (final DateTimeException unclear) {
            return number;
        }
    }

    /**
     * Whether all of it was reversed: that is what is asked for, and what "all" was is known only to the life that heard of the charge.
     *
     * @param charge that the terminal told; null = none
     */
    static boolean isWhole(final ReversalReply reply, final PaymentReply charge) {
        if (charge == null) {
            return true;
        }
        final Amount taken = charge.amount();
        final boolean sameTransaction = charge.poiTransaction().isEmpty() || reply.original().isEmpty() || charge.poiTransaction().equals(reply.original());
        return sameTransaction && (reply.amount().fault() == Amount.Fault.MISSING || !taken.isUsable() || reply.amount().is(taken.minor(), taken.currency()));
    }

    static Incident incident(final PaymentTill till, final Incident.Kind kind, final String detail) {
        return new Incident(till.payment().terminalId(), kind, till.id(), detail);
    }
}
