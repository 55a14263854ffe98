package org.mawid.api.treasury.port;

/**
 * A payment as the log has it.
 *
 * @param number          the core's number, 1, 2, 3…
 * @param reference       its public reference, 1 to 35 characters; at the treasury and on statements it is the end-to-end id
 * @param postId          the post that it is for
 * @param amount          what is to be charged
 * @param amountCentimes  the same in centimes of MAD
 * @param startedMs       log time at which it was started, ms since 1970-01-01 UTC
 */
public record OnlinePayment(long number, String reference, int postId, Amount amount, long amountCentimes, PaymentState state, long startedMs) {
}
