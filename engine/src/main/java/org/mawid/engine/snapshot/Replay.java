package org.mawid.engine.snapshot;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;

/**
 * Applies records of a journal to a core, a small batch at a time with its operands fetched beforehand, as the live core does.
 * <p>Thread: whoever owns the core.
 */
public final class Replay implements AutoCloseable {
    /** Not a power of two: the beginnings of commands would all meet in a few sets of the cache. */
    private static final int STRIDE_BYTES = JournalWriter.MAX_RECORD_BYTES + 64;
    private static final int BATCH = 32;

    /** Told what each position brought about. */
    @FunctionalInterface
    public interface Listener {
        Listener NONE = (position, nowMs, events, offset, length) -> { };

        /** @param events frames of {@link EventWriter}, valid during the call */
        void onApplied(long position, long nowMs, DirectBuffer events, int offset, int length);

        /** Before it is applied: the core is as the position before has left it. @param record the command, valid during the call */
        default void onRecord(final long position, final long nowMs, final DirectBuffer record, final int offset, final int length) {
        }

        /** After {@link #onApplied}. @param outcome what the core answered, valid during the call */
        default void onAnswered(final Outcome outcome) {
        }
    }

    private final EngineCore core;
    private final Pace pace;
    private final Listener listener;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(BATCH * STRIDE_BYTES + EventWriter.MAX_BYTES);
    private final UnsafeBuffer records = new UnsafeBuffer(memory, 0, BATCH * STRIDE_BYTES);
    private final EventWriter events = new EventWriter(new UnsafeBuffer(memory), BATCH * STRIDE_BYTES);
    private final Outcome outcome = new Outcome();
    private final long[] positions = new long[BATCH];
    private final long[] timesMs = new long[BATCH];
    private final int[] flags = new int[BATCH];
    private final int[] lengths = new int[BATCH];
    private int count;
    private long touched; // added up so that the touching is not left out

    public Replay(final EngineCore core, final Pace pace, final Listener listener) {
        this.core = core;
        this.pace = pace;
        this.listener = listener;
    }

    /**
     * Applies what the reader has next, up to this position or its end.
     *
     * @return the core's position
     * @throws PoisonedPositionException when the core breaks a promise at a position
     * @throws NewerProgramException when the log goes on by rules that this build does not know; nothing after it can be told
     */
    public long upTo(final long position, final JournalReader reader) {
        reader.read(position, (at, nowMs, recordFlags, buffer, offset, length) ->
                onRecord(at, nowMs, recordFlags | SchemaWord.flags(reader.schemaWord()), buffer, offset, length));
        applyBatch();
        return core.position();
    }

    /** Nothing is replayed afterwards. The core is its owner's. */
    @Override
    public void close() {
        BufferUtil.free(memory);
    }

    /** Of no meaning; that it could be asked for keeps the touching alive. */
    long touched() {
        return touched;
    }

    private void onRecord(
            final long position, final long nowMs, final int recordFlags, final DirectBuffer buffer, final int offset, final int length) {
        records.putBytes(count * STRIDE_BYTES, buffer, offset, length);
        positions[count] = position;
        timesMs[count] = nowMs;
        flags[count] = recordFlags;
        lengths[count] = length;
        if (++count == BATCH) {
            applyBatch();
        }
    }

    private void applyBatch() {
        for (int i = 0; i < count; i++) {
            core.prefetch(records, i * STRIDE_BYTES, lengths[i]);
        }
        touched += core.prefetched();
        for (int i = 0; i < count; i++) {
            events.reset();
            listener.onRecord(positions[i], timesMs[i], records, i * STRIDE_BYTES, lengths[i]);
            try {
                core.apply(positions[i], timesMs[i], flags[i], records, i * STRIDE_BYTES, lengths[i], events, outcome);
            } catch (final NewerProgramException e) {
                throw e;
            } catch (final RuntimeException | AssertionError e) {
                throw new PoisonedPositionException(positions[i], e);
            }
            listener.onApplied(positions[i], timesMs[i], events.buffer(), events.offset(), events.length());
            listener.onAnswered(outcome);
        }
        count = 0;
        pace.rest();
    }
}
