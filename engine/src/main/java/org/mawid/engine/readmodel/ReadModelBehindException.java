package org.mawid.engine.readmodel;

/** The read side cannot answer yet: READ_MODEL_BEHIND. */
public final class ReadModelBehindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReadModelBehindException(final String message) {
        super(message, null, false, false);
    }
}
