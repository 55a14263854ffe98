package org.mawid.api.terminal.nexo;

import java.time.Instant;

/**
 * What a terminal says of one payment, now or when it is asked again. Empty text where it said nothing, or nothing that may be kept.
 *
 * @param saleTransaction the till's own number of the payment, given back
 * @param saleTime        the time that the till gave with it; null when it was not given back
 * @param poiTransaction  the terminal's number of the transaction
 * @param poiTime         the terminal's time of it, as it was written
 * @param scheme          brand of the card, at most 24 characters
 * @param lastFour        last four digits of the card's number
 * @param approvalCode    of whoever authorised it, at most 12 characters
 */
public record PaymentReply(Reply reply, String saleTransaction, Instant saleTime, String poiTransaction, String poiTime,
        Amount amount, String scheme, String lastFour, String approvalCode) {
}
