package org.mawid.api.treasury.port;

/** @param refund the treasury's name for it */
public record RefundState(String reference, String refund, Status status, Amount amount) {
    /** What has become of it. */
    public enum Status { ACCEPTED, PAID, REFUSED }
}
