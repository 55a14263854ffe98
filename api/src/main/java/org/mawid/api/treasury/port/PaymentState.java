package org.mawid.api.treasury.port;

/** States of a payment, as the core has them. */
public enum PaymentState {
    PENDING, IN_DOUBT, APPROVED, DECLINED, CANCELLED, REVERSED, UNALLOCATED;

    /** Whether the treasury still has to say what became of it. */
    public boolean isOpen() {
        return this == PENDING || this == IN_DOUBT;
    }

    /** Whether money was taken and kept, so that a settlement is to come. */
    public boolean isPaid() {
        return this == APPROVED || this == UNALLOCATED;
    }
}
