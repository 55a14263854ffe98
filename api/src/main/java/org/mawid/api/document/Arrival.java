package org.mawid.api.document;

import org.mawid.api.sealed.Owner;
import org.mawid.sbe.DocumentKind;

/**
 * A document on its way.
 *
 * @param id     32 hexadecimal digits, at random
 * @param line   of the application, from 0
 * @param kind   as whoever gives it says
 * @param bytes  that it will have
 * @param offset bytes that are durable here
 */
public record Arrival(String id, Owner owner, int line, DocumentKind kind, int bytes, int offset, long begunMs) {
}
