package org.mawid.api.treasury.port;

/** What has become of an order at the treasury. */
public enum OrderStatus {
    OPEN, PAID, DECLINED, CANCELLED, EXPIRED;

    /** Whether it stays so. */
    public boolean isFinal() {
        return this != OPEN;
    }
}
