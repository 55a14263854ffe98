package org.mawid.api.treasury.port;

/** @param reference of the refund, as {@link PaymentOrder#reference()} @param paymentReference of the payment that it gives back, whole or in part */
public record RefundOrder(String reference, String paymentReference, Amount amount) {
    /** @throws IllegalArgumentException for a reference that cannot be an end-to-end id */
    public RefundOrder {
        References.check(reference);
        References.check(paymentReference);
    }
}
