package org.mawid.engine.journal;

import org.agrona.DirectBuffer;

/**
 * Appends records in groups. Thread: one, which is never interrupted (an interrupt would close the file under it); only
 * {@link #durablePosition()} may be asked from any thread. Nothing is allocated per record or per group.
 *
 * <p>The order of calls for each record: {@link #hasRoom}, {@link #append}; when that returns false {@link #flush} and append again.
 * At the end of a batch {@link #flush}. When idle, {@link #seal}.
 *
 * <p>After a {@link JournalFailedException} every further call throws it again: what is on the disk is known only after a restart.
 */
public interface JournalWriter {
    /** Longest record, in bytes. */
    int MAX_RECORD_BYTES = 1_024;

    /**
     * Whether one more record of any size can be appended and flushed, on top of those appended already. Usually a comparison; when
     * a segment is nearly used up and the next is still being made it waits for that, at most {@link JournalConfig#roomWaitMs()}
     * once. False is not a failure: the disk is full, and what arrives is to be answered so. Making room is retried meanwhile.
     *
     * @throws JournalFailedException when the writer has failed, or nobody will ever make room again
     */
    boolean hasRoom();

    /**
     * Copies a record into the group that the next {@link #flush} writes.
     *
     * @param position the last one + 1
     * @param nowMs log time, not before that of the last record
     * @param flags 16 bits, of which bit 0 is zero
     * @param length 1 to {@link #MAX_RECORD_BYTES}
     * @return false when the group is full: nothing was taken, flush and append again
     * @throws org.mawid.engine.kernel.InvariantBroken when an argument is out of its range, or {@link #hasRoom()} would have been false
     */
    boolean append(long position, long nowMs, int flags, DirectBuffer buffer, int offset, int length);

    /**
     * Writes the group and makes it durable, if it has records.
     *
     * @return the last durable position
     * @throws JournalFailedException once and for all
     */
    long flush();

    /**
     * Flushes, then vouches for the last acknowledgement with an empty group, unless something does so already.
     *
     * @return as {@link #flush}
     */
    long seal();

    /** Last durable position, 0 before the first. Any thread. */
    long durablePosition();

    /** Bytes of records and their framing waiting for {@link #flush}; 0 when there is nothing to flush. */
    int pendingBytes();
}
