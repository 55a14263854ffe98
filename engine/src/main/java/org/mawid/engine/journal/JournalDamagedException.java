package org.mawid.engine.journal;

import java.nio.file.Path;

/** Bytes that had been durable are no longer what was written. Nothing was changed. */
public final class JournalDamagedException extends JournalException {
    private static final long serialVersionUID = 1L;
    private final transient Path file;
    private final long offset;

    JournalDamagedException(final Path file, final long offset, final String what) {
        super(file + " is damaged at offset " + offset + ": " + what
                + ". Nothing was changed and nothing should be deleted: copy the folder, then restore the newest back-up, or put a sound "
                + file.getFileName() + " from a back-up in its place and run inspect", null);
        this.file = file;
        this.offset = offset;
    }

    public Path file() {
        return file;
    }

    /** In bytes, from the beginning of the file. */
    public long offset() {
        return offset;
    }
}
