package org.mawid.engine.ring;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Reply;
import org.mawid.sbe.Result;

/** One place of the ring. Filled again on every lap; each field has one writing stage. */
final class Entry {
    /** From one command to the next. Not a power of two: the beginnings of commands would all meet in a few sets of the cache. */
    static final int STRIDE_BYTES = CommandSource.MAX_BYTES + 64;
    /** Claimed and left empty: passes through and is answered by nobody. */
    static final int NOTHING = 0;
    static final int COMMAND = 1;
    static final int QUERY = 2;
    /** Asks the journal to vouch for its last acknowledgement, and whether it has room again. */
    static final int SEAL = 3;

    /** Kept with it: its memory goes when nobody knows it any more. */
    private final UnsafeBuffer slab;

    // Written by the submitter.
    /** {@link CommandSource#MAX_BYTES} of its own: a source that writes too far meets a bounds check, not its neighbour. */
    final UnsafeBuffer command;
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

    Entry(final UnsafeBuffer slab, final int index) {
        this.slab = slab;
        command = new UnsafeBuffer(slab, index * STRIDE_BYTES, CommandSource.MAX_BYTES);
    }
}
