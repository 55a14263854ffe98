package org.mawid.engine.journal;

/** Something about a journal that its user has to know. The message is one line for the operator. */
public abstract class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
