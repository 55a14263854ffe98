package org.mawid.api.terminal;

/**
 * The core has begun a payment: the terminal may be asked for it.
 *
 * @param paymentId   1, 2, 3..., of all terminals together
 * @param amountMinor minor units of the currency, above 0
 * @param currency    ISO 4217
 * @param startedMs   log time, ms since 1970-01-01 UTC
 */
public record PaymentStarted(long paymentId, int terminalId, long amountMinor, String currency, long startedMs) {
}
