package org.mawid.engine.ring;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Reply;
import org.mawid.sbe.Result;

/** One place of the ring. Filled again on every lap; each field has one writing stage. */
final class Entry {
    /** As long as commands usually are: one visit, one stamp, one payment. They lie side by side, so that a lap of the ring touches little memory. */
    static final int USUAL_BYTES = 192;
    /** From one longer command to the next. Not a power of two: the beginnings of commands would all meet in a few sets of the cache. */
    private static final int LONG_STRIDE_BYTES = CommandSource.MAX_BYTES + 64;
    /** Claimed and left empty: passes through and is answered by nobody. */
    static final int NOTHING = 0;
    static final int COMMAND = 1;
    static final int QUERY = 2;
    /** Asks the journal to vouch for its last acknowledgement, and whether it has room again. */
    static final int SEAL = 3;

    /** Kept with it: its memory goes when nobody knows it any more. */
    private final UnsafeBuffer slab;
    private final UnsafeBuffer usual;
    /** {@link CommandSource#MAX_BYTES}; the machine provides that memory only where a command needed it. */
    private final UnsafeBuffer large;

    // Written by the submitter.
    /** Where the command is: one of the two, so nobody's but this entry's. */
    UnsafeBuffer command;
    int kind;
    int length;
    long tag;
    /** Time of submission when the submitter supplies it, else 0. */
    long suppliedMs;
    /** When it was admitted, by the monotonic clock; only when somebody measures. */
    long admittedNanos;
    Reply reply;
    CoreQuery query;

    // Written by the journal stage.
    /** Null when the command took a position. */
    Result refusal;
    long position;
    long nowMs;

    // Written by the core stage.
    int eventsOffset;
    int eventsLength;
    /** Where the events end, counted from the beginning of all events. */
    long eventsEnd;

    /** @param slab {@link #bytes} for all @param index of this one, from 0 @param entries of the ring */
    Entry(final UnsafeBuffer slab, final int index, final int entries) {
        this.slab = slab;
        usual = new UnsafeBuffer(slab, index * USUAL_BYTES, USUAL_BYTES);
        large = new UnsafeBuffer(slab, entries * USUAL_BYTES + index * LONG_STRIDE_BYTES, CommandSource.MAX_BYTES);
        command = usual;
    }

    /** What the commands of a ring take at most. */
    static int bytes(final int entries) {
        return Math.multiplyExact(entries, USUAL_BYTES + LONG_STRIDE_BYTES);
    }

    /** Submitter: takes a command over. */
    void command(final DirectBuffer from, final int bytes) {
        final UnsafeBuffer to = bytes <= USUAL_BYTES ? usual : large;
        to.putBytes(0, from, 0, bytes);
        if (command != to) {
            command = to;
        }
        length = bytes;
    }
}
