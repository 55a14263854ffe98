package org.mawid.api.treasury.port;

import java.net.URI;

/**
 * What the treasury says of an order.
 *
 * @param order         the treasury's name for it
 * @param amount        what was charged, or is to be
 * @param page          the hosted page, null when there is nothing more to pay
 * @param authorisation may be empty
 * @param atMs          when it came to this, by the treasury; 0 = not told
 */
public record OrderState(String reference, String order, OrderStatus status, Amount amount, URI page, String authorisation, long atMs) {
}
