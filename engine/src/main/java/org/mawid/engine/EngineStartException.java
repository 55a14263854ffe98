package org.mawid.engine;

/** The engine cannot start on this directory. The message says in one line what is wrong, where, and what to do. */
public final class EngineStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public EngineStartException(final String message) {
        super(message);
    }

    public EngineStartException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
