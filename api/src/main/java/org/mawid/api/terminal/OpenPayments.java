package org.mawid.api.terminal;

import java.util.List;

/**
 * What the log knows of a terminal's payments at one position.
 *
 * @param lastPaymentId highest number that the core has given to any payment, 0 before the first: what it is not above was begun before
 *                      whoever asked was told, and is never asked of a terminal
 * @param payments      those of the terminal that are PENDING or IN_DOUBT, in any order
 */
public record OpenPayments(long lastPaymentId, List<OpenPayment> payments) {
    public OpenPayments {
        payments = List.copyOf(payments);
    }

    /** @param inDoubt false = PENDING */
    public record OpenPayment(PaymentStarted started, boolean inDoubt) {
    }
}
