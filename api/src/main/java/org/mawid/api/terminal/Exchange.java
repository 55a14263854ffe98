package org.mawid.api.terminal;

import org.mawid.api.terminal.nexo.Request;

/**
 * A request that is not answered yet; a terminal has one at a time.
 *
 * @param till whose it is, null = no payment's
 */
record Exchange(String serviceId, Request request, PaymentTill till, long untilMs) {
    Exchange until(final long newUntilMs) {
        return new Exchange(serviceId, request, till, newUntilMs);
    }
}
