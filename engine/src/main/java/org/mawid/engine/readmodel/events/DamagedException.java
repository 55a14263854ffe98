package org.mawid.engine.readmodel.events;

import java.io.IOException;

/** Bytes of a segment are not what was written. */
final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Segment segment;

    DamagedException(final Segment segment, final long offset, final String what) {
        super(segment.path + " is damaged at offset " + offset + ": " + what);
        this.segment = segment;
    }

    Segment segment() {
        return segment;
    }
}
