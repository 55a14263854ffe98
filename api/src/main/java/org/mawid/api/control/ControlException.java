package org.mawid.api.control;

/** What was asked was not done. The message is for the operator: what, and what to do. */
public final class ControlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ControlException(final String message) {
        super(message);
    }

    public ControlException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
