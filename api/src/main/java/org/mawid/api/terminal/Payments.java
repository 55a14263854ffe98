package org.mawid.api.terminal;

import java.time.Duration;
import java.time.Instant;
import org.mawid.api.terminal.nexo.PaymentReply;

/** What payments are called outside. */
final class Payments {
    private static final Duration CLOCK_GRAIN = Duration.ofSeconds(1);

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

    static Incident incident(final PaymentTill till, final Incident.Kind kind, final String detail) {
        return new Incident(till.payment().terminalId(), kind, till.id(), detail);
    }
}
