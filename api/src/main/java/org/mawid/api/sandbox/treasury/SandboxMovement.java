package org.mawid.api.sandbox.treasury;

/**
 * Money that is to be on a statement.
 *
 * @param reference  of the payment, refund or batch; of a charge back its payment's
 * @param merchant   the post
 * @param isCredit   to the state's account
 * @param grossMinor before the commission
 * @param payments   that it is made of
 * @param day        on which it happened, days since 1970-01-01
 */
record SandboxMovement(String reference, String merchant, boolean isCredit, long grossMinor, String currency, int payments, int day) {
}
