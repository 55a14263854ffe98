package org.mawid.engine.snapshot;

import java.io.IOException;
import java.nio.file.Path;

/** A snapshot did not find room. Nothing is left of it. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long bytes;

    NoRoomException(final Path folder, final long bytes, final IOException cause) {
        super("no room for a snapshot of " + bytes + " bytes in " + folder + " (" + cause.getMessage() + ')', cause);
        this.bytes = bytes;
    }

    /** What it needs, roughly. */
    public long bytes() {
        return bytes;
    }
}
