package org.mawid.api.access;

/**
 * Something that a call names.
 *
 * @param number   not 0
 * @param mayBeNew it need not be there yet: then it is nobody else's
 */
public record Target(ObjectKind kind, long number, boolean mayBeNew) {
    public Target(final ObjectKind kind, final long number) {
        this(kind, number, false);
    }
}
