package org.mawid.api.treasury.port;

import java.net.URI;

/**
 * @param reference the payment's, 1 to 35 characters of {@code A–Z a–z 0–9 -}
 * @param returnTo  where the hosted page sends the citizen afterwards; null for nowhere
 * @param language  of the page: fr, ar, en, es
 */
public record PaymentOrder(String reference, int postId, Amount amount, URI returnTo, String language) {
    /** @throws IllegalArgumentException for a reference that cannot be an end-to-end id */
    public PaymentOrder {
        References.check(reference);
    }

    /** Of a payment in the log, without a way back and in French. */
    public static PaymentOrder of(final OnlinePayment payment) {
        return new PaymentOrder(payment.reference(), payment.postId(), payment.amount(), null, "fr");
    }
}
