package org.mawid.engine.ring;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Reply;
import org.mawid.engine.kernel.Invariant;
import org.mawid.sbe.Result;

/**
 * Lets commands into the ring, or says at once that there is no place. Any thread. What is claimed here is always answered.
 * <p>Some places are kept for what the engine does by itself: a Tick, a seal, retirement. Without them it would compete for each place that
 * becomes free with submitters who are many and wait for nothing else, and lose. Submitters who come at the very same moment may each be
 * let into the last place that is theirs, and take some of those: a place is kept often enough, not always.
 */
final class Intake {
    /** Commands that are claimed in one go: contiguous in the log. */
    static final int CHUNK = 256;
    /** Beside one place in {@link OwnWork#ONE_IN}: a Tick, a seal, and what the records ask when they begin. */
    private static final int FEW = 4;
    private static final long DRAIN_NANOS = 100_000L;
    /** Where a submitter's commands are written before they are in the ring: how long one is shows then only, and a source that writes too far meets a bounds check. */
    private static final ThreadLocal<UnsafeBuffer> DRAFT = ThreadLocal.withInitial(() -> new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES)));

    private final RingBuffer<Entry> ring;
    private final Gate gate;
    private final HostClock clock;
    private final boolean timeIsSupplied;
    private final boolean measured;
    private final int own;

    Intake(final RingBuffer<Entry> ring, final Gate gate, final HostClock clock, final boolean timeIsSupplied, final boolean measured) {
        this.ring = ring;
        this.gate = gate;
        this.clock = clock;
        this.timeIsSupplied = timeIsSupplied;
        this.measured = measured;
        this.own = FEW + ring.getBufferSize() / OwnWork.ONE_IN;
    }

    Result submit(final CommandSource source, final Reply reply, final long tag) {
        final Result admission = gate.admission();
        if (admission != Result.OK) {
            return admission;
        }
        return ring.hasAvailableCapacity(1 + own) && offer(source, reply, tag) ? Result.OK : Result.UNAVAILABLE;
    }

    int submit(final CommandSource source, final int count, final Reply reply, final long tag) {
        int admitted = 0;
        while (admitted < count && gate.admission() == Result.OK) {
            final int wanted = Math.min(CHUNK, count - admitted);
            final long suppliedMs = suppliedMs();
            final int claimed = ring.hasAvailableCapacity(wanted + own) ? wanted : (int) Math.min(wanted, ring.remainingCapacity() - own);
            final long last = claimed > 0 ? claim(claimed) : -1;
            if (last < 0) {
                break;
            }
            fill(last - claimed + 1, claimed, source, admitted, reply, tag, suppliedMs);
            admitted += claimed;
            if (claimed < wanted) {
                break; // the ring is full: said at once, rather than fed crumbs
            }
        }
        return admitted;
    }

    /** As submit, whatever the gate says and into the places that are kept: for what the engine sends itself. @return false when the ring is full */
    boolean offer(final CommandSource source, final Reply reply, final long tag) {
        final long suppliedMs = suppliedMs();
        final long sequence = claim(1);
        if (sequence < 0) {
            return false;
        }
        fill(sequence, 1, source, 0, reply, tag, suppliedMs);
        return true;
    }

    boolean query(final CoreQuery query) {
        return ring.hasAvailableCapacity(1 + own) && ask(query);
    }

    /** As query, into the places that are kept: for what the engine asks itself. */
    boolean ask(final CoreQuery query) {
        if (gate.has(Gate.CLOSED)) {
            return false;
        }
        final long sequence = claim(1);
        if (sequence < 0) {
            return false;
        }
        final Entry entry = ring.get(sequence);
        entry.kind = Entry.QUERY;
        entry.query = query;
        ring.publish(sequence);
        return true;
    }

    boolean offerSeal() {
        final long sequence = claim(1);
        if (sequence < 0) {
            return false;
        }
        ring.get(sequence).kind = Entry.SEAL;
        ring.publish(sequence);
        return true;
    }

    /**
     * Claims every place for ever, which can be had only when all that was claimed before has been answered: from then on
     * nobody who passed the gate in time can still come in. @return false when {@code failStop} halted first
     */
    boolean drain(final FailStop failStop) {
        while (!failStop.isHalted()) {
            if (claim(ring.getBufferSize()) >= 0) {
                return true;
            }
            LockSupport.parkNanos(DRAIN_NANOS);
        }
        return false;
    }

    /** @return the last sequence claimed, −1 when there is no room */
    private long claim(final int count) {
        try {
            return ring.tryNext(count);
        } catch (InsufficientCapacityException e) {
            return -1;
        }
    }

    /**
     * Asked before a place is claimed: who has a place and is then held up would otherwise come with a later time than those behind it, and log
     * time would leap for them too. 0 = the host's clock counts.
     */
    private long suppliedMs() {
        return timeIsSupplied ? clock.nowMs() : 0;
    }

    private void fill(
            final long first, final int count, final CommandSource source, final int firstIndex, final Reply reply, final long firstTag,
            final long suppliedMs) {
        final long last = first + count - 1;
        final long admittedNanos = measured ? System.nanoTime() : 0;
        final UnsafeBuffer draft = DRAFT.get();
        long at = first;
        try {
            for (; at <= last; at++) {
                final Entry entry = ring.get(at);
                final int index = firstIndex + (int) (at - first);
                final int length = source.write(index, draft, 0);
                Invariant.that(length > 0 && length <= CommandSource.MAX_BYTES, "a command has 1 to 1024 bytes", length);
                entry.command(draft, length);
                entry.tag = firstTag + index;
                entry.reply = reply;
                entry.suppliedMs = suppliedMs;
                entry.admittedNanos = admittedNanos;
                entry.kind = Entry.COMMAND;
            }
        } finally {
            // A source that threw leaves places that were claimed: they go through empty, or the ring would stand still.
            for (; at <= last; at++) {
                ring.get(at).kind = Entry.NOTHING;
            }
            ring.publish(first, last);
        }
    }
}
