package org.mawid.engine.ring;

import com.lmax.disruptor.WaitStrategy;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.EngineMetrics;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/**
 * Gives each command its position and log time and makes it durable; groups form from whatever waits. What came too late, or does
 * not fit on the disk, is marked with its refusal and takes no position. Nobody interrupts this thread.
 */
final class JournalStage extends Stage {
    /** In every command, right behind the message header. */
    private static final int DEADLINE_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;

    private final JournalWriter journal;
    private final HostClock clock;
    private final Gate gate;
    private final Progress progress;
    private final EngineMetrics metrics;
    private long flushedPosition;
    private long lastPosition;
    private long lastMs;
    private long hostMs;
    private boolean sealAsked;

    JournalStage(
            final int number, final WaitStrategy waits, final JournalWriter journal, final HostClock clock, final Gate gate,
            final Progress progress, final EngineMetrics metrics, final long lastPosition, final long lastMs) {
        super(number, waits);
        this.journal = journal;
        this.clock = clock;
        this.gate = gate;
        this.progress = progress;
        this.metrics = metrics;
        this.flushedPosition = lastPosition;
        this.lastPosition = lastPosition;
        this.lastMs = lastMs;
    }

    @Override
    public void onBatchStart(final long batchSize, final long queueDepth) {
        hostMs = clock.nowMs();
    }

    @Override
    public void onEvent(final Entry entry, final long sequence, final boolean endOfBatch) {
        if (entry.kind == Entry.COMMAND) {
            admit(entry, sequence);
        } else if (entry.kind == Entry.SEAL) {
            sealAsked = true;
        }
        if (endOfBatch) {
            endBatch(sequence);
        }
    }

    private void admit(final Entry entry, final long sequence) {
        final long submittedMs = entry.suppliedMs == 0 ? hostMs : entry.suppliedMs;
        if (hasPassed(entry, submittedMs)) {
            refuse(entry, Result.DEADLINE_EXCEEDED);
        } else if (!journal.hasRoom()) {
            gate.set(Gate.JOURNAL_FULL, true);
            refuse(entry, Result.STORAGE_FULL);
        } else {
            entry.refusal = null;
            entry.position = ++lastPosition;
            entry.nowMs = lastMs = Math.max(lastMs, submittedMs);
            if (!append(entry)) {
                flush(sequence - 1);
                hostMs = clock.nowMs();
                final boolean appended = append(entry);
                Invariant.that(appended, "an empty group takes any command", entry.length);
            }
        }
    }

    private boolean append(final Entry entry) {
        return journal.append(entry.position, entry.nowMs, 0, entry.command, 0, entry.length);
    }

    private void refuse(final Entry entry, final Result refusal) {
        entry.refusal = refusal;
        entry.position = 0;
        entry.nowMs = lastMs;
    }

    private static boolean hasPassed(final Entry entry, final long nowMs) {
        final DirectBuffer command = entry.command;
        if (entry.length < DEADLINE_OFFSET + Long.BYTES) {
            return false; // too short to be a command: the core says so
        }
        final long deadlineMs = command.getLong(DEADLINE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        return deadlineMs != 0 && nowMs > deadlineMs;
    }

    private void flush(final long lastSequence) {
        if (journal.pendingBytes() > 0) {
            final long startNanos = System.nanoTime();
            final long durable = journal.flush();
            progress.durable(durable);
            metrics.onGroup(System.nanoTime() - startNanos, (int) (durable - flushedPosition));
            flushedPosition = durable;
        }
        passed(lastSequence);
    }

    private void endBatch(final long sequence) {
        flush(sequence);
        if (sealAsked) {
            sealAsked = false;
            journal.seal();
            gate.set(Gate.JOURNAL_FULL, !journal.hasRoom());
        }
    }
}
