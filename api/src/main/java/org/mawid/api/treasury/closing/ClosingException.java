package org.mawid.api.treasury.closing;

/** A closing that is not what it should be. */
public final class ClosingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong. */
    public enum Reason {
        /** No closing, or not as it was written. */
        FORMAT,
        /** Not signed by that key, or changed since. */
        SIGNATURE,
        /** The one before it is another. */
        CHAIN
    }

    ClosingException(final Reason reason, final String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
