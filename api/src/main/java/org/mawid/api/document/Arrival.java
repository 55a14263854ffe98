package org.mawid.api.document;

import org.mawid.api.sealed.Owner;

/**
 * A document on its way.
 *
 * @param id     32 hexadecimal digits, at random
 * @param line   of the application, from 0
 * @param bytes  that it will have
 * @param offset bytes that are durable here
 */
public record Arrival(String id, Owner owner, int line, int bytes, int offset, long begunMs) {
}
