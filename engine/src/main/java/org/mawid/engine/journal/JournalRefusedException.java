package org.mawid.engine.journal;

/** The folder holds something other than what was asked for: another format, a simulation, or no journal. Nothing was changed. */
public final class JournalRefusedException extends JournalException {
    private static final long serialVersionUID = 1L;

    JournalRefusedException(final String message) {
        super(message, null);
    }
}
