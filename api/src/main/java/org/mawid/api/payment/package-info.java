/**
 * Payments: gRPC service and mapping.
 * <p>Door: {@link org.mawid.api.payment.PaymentGrpc}. Threads: event loops. Not here: rules, which are the core's; terminals and the treasury, which carry payments out.
 */
package org.mawid.api.payment;
