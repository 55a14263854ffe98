package org.mawid.api.terminal.nexo;

/**
 * Whose message it is.
 *
 * @param serviceId 1 to 10 characters, the same in a request and its answer
 * @param saleId    the till
 * @param poiId     the terminal
 */
public record Envelope(Category category, String serviceId, String saleId, String poiId) {
}
