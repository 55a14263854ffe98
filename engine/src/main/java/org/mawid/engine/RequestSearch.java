package org.mawid.engine;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.snapshot.Pace;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RequestDecoder;

/** Where in the journal a request is: the core remembers its answer and when that was given, but of a million commands of one group all were given at once. One thread. */
final class RequestSearch {
    private static final int SLICE = 10_000;
    private static final int ID_HIGH = MessageHeaderDecoder.ENCODED_LENGTH + RequestDecoder.idHighEncodingOffset();
    private static final int ID_LOW = MessageHeaderDecoder.ENCODED_LENGTH + RequestDecoder.idLowEncodingOffset();

    private final long idHigh;
    private final long idLow;
    private final long nowMs;
    private long found;
    private boolean isPast;

    /** @param nowMs log time at which it was answered first */
    RequestSearch(final long idHigh, final long idLow, final long nowMs) {
        this.idHigh = idHigh;
        this.idLow = idLow;
        this.nowMs = nowMs;
    }

    /** @return its position, 0 = it is not between that position and what is durable by now, or that part is archived */
    long in(final Journal journal, final long from, final Pace pace) {
        final long last = journal.durablePosition();
        if (from < journal.firstPosition() || from > last) {
            return 0;
        }
        try (JournalReader reader = journal.gentleReader(from, pace::restAfterDisk)) {
            for (long next = from; found == 0 && !isPast && next <= last; next += SLICE) {
                reader.read(Math.min(next + SLICE - 1, last), this::onRecord);
            }
        }
        return found;
    }

    private void onRecord(final long position, final long recordMs, final int flags, final DirectBuffer buffer, final int offset, final int length) {
        isPast |= recordMs > nowMs;
        if (found == 0 && recordMs == nowMs && length >= ID_LOW + Long.BYTES
                && buffer.getLong(offset + ID_HIGH, ByteOrder.LITTLE_ENDIAN) == idHigh && buffer.getLong(offset + ID_LOW, ByteOrder.LITTLE_ENDIAN) == idLow) {
            found = position;
        }
    }
}
