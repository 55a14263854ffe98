package org.mawid.engine.journal;

/**
 * A write or sync failed. The writer is poisoned and the process must stop: what is on the disk is known only after a restart.
 * Also thrown when the journal cannot be opened or read because storage refuses.
 */
public final class JournalFailedException extends JournalException {
    private static final long serialVersionUID = 1L;

    JournalFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
