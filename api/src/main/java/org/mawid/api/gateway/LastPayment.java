package org.mawid.api.gateway;

/**
 * How far the core was when it was asked, in order with the commands.
 *
 * @param position  of the log
 * @param paymentId the payment that was begun last, 0 = none yet
 */
public record LastPayment(long position, long paymentId) {
}
