package org.mawid.engine.journal;

import org.agrona.DirectBuffer;

/** Takes the records of a journal, one by one and in order. */
@FunctionalInterface
public interface RecordHandler {
    /** Set by the reader on a position that {@code repair --skip} passed over; never written in a record. */
    int SKIPPED = 1;

    /**
     * @param position 1, 2, 3…
     * @param nowMs log time, ms since 1970-01-01 UTC
     * @param flags what was appended with it (bits 1 to 15), and {@link #SKIPPED}
     * @param buffer holds the record during this call only
     * @param length 1 to {@link JournalWriter#MAX_RECORD_BYTES}
     */
    void onRecord(long position, long nowMs, int flags, DirectBuffer buffer, int offset, int length);
}
