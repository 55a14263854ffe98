package org.mawid.engine.journal;

import java.nio.file.Path;

/** Somebody else has the journal open. */
public final class JournalLockedException extends JournalException {
    private static final long serialVersionUID = 1L;
    private final long pid;

    /** @param pid of the owner, −1 if it has not said yet */
    public JournalLockedException(final Path folder, final long pid, final String owner) {
        super(folder + " is in use by process " + (pid < 0 ? "(unknown)" : Long.toString(pid))
                + (owner.isEmpty() ? "" : " (" + owner + ")") + "; stop it first, or give another folder", null);
        this.pid = pid;
    }

    /** Of the owner; −1 if it has not said yet. */
    public long pid() {
        return pid;
    }
}
