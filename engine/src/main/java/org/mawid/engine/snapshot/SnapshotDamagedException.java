package org.mawid.engine.snapshot;

import java.nio.file.Path;

/** A snapshot is not what was written. An older one, or the journal from its beginning, is to be used instead. */
public final class SnapshotDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Path file;
    private final long offset;

    SnapshotDamagedException(final Path file, final long offset, final String what) {
        super(file + " is damaged at offset " + offset + ": " + what);
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
