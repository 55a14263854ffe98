package org.mawid.bench.hall;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Latency;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.memory.Spares;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketQueuedDecoder;

/** One post whose queue stays as long as it is: for each who is called one comes, and the one called before is served. The core alone, on this thread. */
final class Queue implements AutoCloseable {
    static final int DESKS = 8;
    private static final long LONGEST_NS = 1_000_000_000L;
    private static final int DIGITS = 3;
    /** Log time between two who come: so that not all are due alike, and some are. */
    private static final int APART_MS = 200;
    private static final int URGENT_OF = 50;
    private static final int PRIORITIES = Priority.EMERGENCY.value();

    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final HallCommands commands = new HallCommands(new UnsafeBuffer(ByteBuffer.allocateDirect(512)), 1);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TicketQueuedDecoder queued = new TicketQueuedDecoder();
    private final Waiting sorted = new Waiting();
    private final BareHeap heap = new BareHeap();
    private final SplittableRandom dice;
    private final Histogram coreNs = new Histogram(LONGEST_NS, DIGITS);
    private final Histogram heapNs = new Histogram(LONGEST_NS, DIGITS);
    private long nowMs;
    private long position;
    private long dueMs;
    private long otherThanHeap;

    Queue(final long nowMs, final long seed) {
        this.nowMs = nowMs;
        this.dice = new SplittableRandom(seed);
        core.takeSparesFrom(new Spares());
        apply(commands.coreVersion(nowMs, EngineCore.NEWEST_CORE_VERSION));
        apply(commands.post(nowMs, 1));
        for (int service = 1; service <= HallCommands.SERVICES; service++) {
            apply(commands.service(nowMs, service));
        }
        for (int desk = 1; desk <= DESKS; desk++) {
            apply(commands.desk(nowMs, desk, 1));
            for (int service = 1; service <= HallCommands.SERVICES; service++) {
                apply(commands.serves(nowMs, desk, service));
            }
        }
    }

    /** Calls that are not measured count all the same, for the order. */
    void run(final int waiting, final int calls, final boolean isMeasured) {
        while (sorted.count() < waiting) {
            come();
        }
        for (int call = 0; call < calls; call++) {
            final long ticket = call(isMeasured);
            apply(commands.served(nowMs, ticket));
            come();
        }
    }

    /** Everybody is called: the whole order, once. */
    void empty() {
        while (sorted.count() > 0) {
            apply(commands.served(nowMs, call(false)));
        }
    }

    private void come() {
        nowMs += dice.nextInt(APART_MS);
        final int priority = dice.nextInt(URGENT_OF) == 0 ? Priority.EMERGENCY.value() : dice.nextInt(PRIORITIES);
        apply(commands.take(nowMs, (int) (nowMs / 86_400_000L), 1, 1 + dice.nextInt(DESKS), 1 + dice.nextInt(HallCommands.SERVICES), priority));
        sorted.came(new Waiting.Ticket(dueMs, outcome.number3()));
        heap.push(dueMs, outcome.number3());
    }

    private long call(final boolean isMeasured) {
        final int length = commands.next(nowMs, 1, 1, DESKS);
        final long coreFrom = System.nanoTime();
        apply(length);
        final long heapFrom = System.nanoTime();
        final long first = heap.poll();
        final long heapTo = System.nanoTime();
        otherThanHeap += first == outcome.number3() ? 0 : 1;
        if (isMeasured) {
            coreNs.recordValue(Math.min(LONGEST_NS, heapFrom - coreFrom));
            heapNs.recordValue(Math.min(LONGEST_NS, heapTo - heapFrom));
        }
        sorted.called(outcome.number3());
        return outcome.number3();
    }

    private void apply(final int length) {
        events.reset();
        core.apply(++position, nowMs, 0, commands.buffer(), 0, length, events, outcome);
        if (!outcome.isDone()) {
            throw new IllegalStateException("a command at position " + position + " was answered " + outcome.result());
        }
        final int first = events.offset() + EventWriter.FRAME_BYTES;
        header.wrap(events.buffer(), first);
        if (events.length() > 0 && header.templateId() == TicketQueuedDecoder.TEMPLATE_ID) {
            dueMs = queued.wrapAndApplyHeader(events.buffer(), first, header).dueMs();
        }
    }

    long wrong() {
        return Math.max(sorted.wrong(), otherThanHeap);
    }

    JsonObject told(final int waiting) {
        return new JsonObject().put("waiting", waiting).put("desks", DESKS).put("callNextUs", Latency.us(coreNs)).put("bareHeapUs", Latency.us(heapNs)).put("outOfOrder", wrong());
    }

    double p50() {
        return Latency.us(coreNs, 50);
    }

    @Override
    public void close() {
        core.close();
    }
}
