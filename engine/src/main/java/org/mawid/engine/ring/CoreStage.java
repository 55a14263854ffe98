package org.mawid.engine.ring;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import org.mawid.engine.EngineMetrics;
import org.mawid.engine.Reply;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * Applies what is durable, answers, and runs queries in between. The operands of some commands ahead are fetched into the cache
 * together, so that their misses overlap: the largest single gain that was measured.
 */
final class CoreStage extends Stage {
    private static final long ROOM_WAIT_NANOS = 20_000L;
    /** While more is waiting the projection is woken once in so many entries: waking it costs as much as some commands, and it shows nothing sooner. */
    private static final int WAKE = 4 * STRIDE;
    /** In the message header, behind the block length. */
    private static final int TEMPLATE_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();

    private final EngineCore core;
    private final EventArea area;
    private final FailStop failStop;
    private final Progress progress;
    private final Ticker ticker;
    private final EngineMetrics metrics;
    private final boolean measured;
    private final int prefetch;
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private RingBuffer<Entry> ring;
    private long batchLeft;
    private long nanos;
    private int fetchedAhead;
    private long touched; // added up so that the touching is not left out

    CoreStage(
            final int number, final WaitStrategy waits, final EngineCore core, final EventArea area, final FailStop failStop,
            final Progress progress, final Ticker ticker, final EngineMetrics metrics, final int prefetch) {
        super(number, waits);
        this.core = core;
        this.area = area;
        this.failStop = failStop;
        this.progress = progress;
        this.ticker = ticker;
        this.metrics = metrics;
        this.measured = metrics != EngineMetrics.NONE;
        this.prefetch = prefetch;
    }

    /** Before the first event: where to look ahead. */
    void over(final RingBuffer<Entry> entries) {
        ring = entries;
    }

    @Override
    public void onBatchStart(final long batchSize, final long queueDepth) {
        batchLeft = batchSize;
        fetchedAhead = 0;
    }

    @Override
    public void onEvent(final Entry entry, final long sequence, final boolean endOfBatch) {
        failStop.check();
        if (fetchedAhead == 0) {
            fetchedAhead = (int) Math.min(Math.max(1, prefetch), batchLeft);
            if (prefetch > 0) {
                fetch(sequence, fetchedAhead);
            }
            // Read once for all of them: an answer may count some microseconds less than it took.
            nanos = measured ? System.nanoTime() : 0;
        }
        fetchedAhead--;
        batchLeft--;
        entry.eventsLength = 0;
        if (entry.kind == Entry.COMMAND) {
            answer(entry, sequence);
        } else if (entry.kind == Entry.QUERY) {
            entry.query.on(core);
            entry.query = null;
        }
        entry.eventsEnd = area.head();
        if (endOfBatch || isStride(sequence)) {
            progress.applied(core.position(), core.nowMs(), core.nextDueMs());
            if (endOfBatch || (sequence & WAKE - 1) == WAKE - 1) {
                passed(sequence);
            } else {
                passing(sequence);
            }
            ticker.dueAt(core.nextDueMs());
        }
    }

    private void answer(final Entry entry, final long sequence) {
        if (entry.refusal != null) {
            outcome.begin(0, entry.nowMs).set(entry.refusal, 0, 0, 0);
        } else {
            apply(entry, sequence);
        }
        final Reply reply = entry.reply;
        entry.reply = null; // or a lap's worth of replies would live as long as the ring
        reply.onOutcome(entry.tag, outcome, area.buffer(), entry.eventsOffset, entry.eventsLength);
        if (measured) {
            metrics.onCommand(entry.command.getShort(TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF, outcome.result(), nanos - entry.admittedNanos);
        }
    }

    private void apply(final Entry entry, final long sequence) {
        if (!area.hasRoom()) {
            awaitRoom(sequence);
        }
        entry.eventsOffset = area.offset();
        events.wrap(area.buffer(), entry.eventsOffset);
        core.apply(entry.position, entry.nowMs, 0, entry.command, 0, entry.length, events, outcome);
        entry.eventsLength = events.length();
        area.commit(entry.eventsLength);
    }

    /** Lets the projection see all there is so far: it gives room back only for what it has been shown. */
    private void awaitRoom(final long sequence) {
        passed(sequence - 1);
        while (!area.hasRoom()) {
            failStop.check();
            LockSupport.parkNanos(ROOM_WAIT_NANOS);
        }
    }

    /** Of no meaning; that it could be asked for keeps the touching alive. */
    long touched() {
        return touched;
    }

    private void fetch(final long from, final int count) {
        for (long at = from; at < from + count; at++) {
            final Entry entry = ring.get(at);
            if (entry.kind == Entry.COMMAND && entry.refusal == null) {
                core.prefetch(entry.command, 0, entry.length);
            }
        }
        touched += core.prefetched();
    }
}
