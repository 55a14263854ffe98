package org.mawid.api.audit.trail;

/** The index is not what was written, or not of this log: it is made anew. */
final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedException(final String why) {
        super(why);
    }
}
