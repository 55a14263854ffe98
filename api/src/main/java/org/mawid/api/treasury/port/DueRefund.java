package org.mawid.api.treasury.port;

/**
 * A refund that two persons have agreed to, of a stamp that was paid online, and that nobody has given back.
 *
 * @param stamp            the core's number of the stamp
 * @param postId           of the stamp
 * @param payment          the core's number of the payment whose money it is
 * @param reference        of the refund, the same whenever it is asked for
 * @param paymentReference of that payment
 */
public record DueRefund(long stamp, int postId, long payment, String reference, String paymentReference, Amount amount) {
}
