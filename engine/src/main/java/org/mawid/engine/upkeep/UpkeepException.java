package org.mawid.engine.upkeep;

/** What was asked cannot be done. The message is one line for the operator: what, where, and what to do. */
public final class UpkeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UpkeepException(final String message) {
        super(message);
    }

    UpkeepException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
