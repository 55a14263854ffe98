package org.mawid.bench.micro;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.ReadySlabs;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.memory.Spares;

/**
 * A core with a model network in it, and what applies commands to it: they are written into slots, then applied in batches whose operands are
 * brought in together. Memory is made beforehand and whoever is over is retired, so that it can stay as large as it is while it is measured.
 * Every command must be done. One thread; allocates nothing once it is made.
 */
final class SteadyCore implements AutoCloseable {
    static final int POSTS = 150;
    static final int DAYS = 60;
    static final int UNITS = 96;
    /** Bytes of a slot: no command of a life is longer, and neighbours do not begin at the same place of a page. */
    static final int STRIDE = 256 + 64;
    /** As the ring's, for what is not measured. */
    static final int BATCH = 64;
    /** Fewer, and commands of one instant would push each other out of memory. */
    static final int LEAST_REQUESTS = 1 << 15;

    private static final int CAPACITY = 255;
    private static final int RETIRED_AT_ONCE = 64;
    private static final long SEED = 42;
    /** What the tables may still take while it runs, at most. */
    private static final long RUN_BYTES = 1L << 30;
    private static final long REQUEST_BYTES = 256;
    private static final long LEAST_BYTES = 64L << 20;
    /** With line, person, stamp and calendar. */
    private static final long APPOINTMENT_BYTES = 400;

    private final ReadySlabs slabs = new ReadySlabs();
    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final Commands commands = new Commands(1);
    private final ModelNetwork network;
    private final UnsafeBuffer slots;
    private final int[] lengths;
    private final UnsafeBuffer retiring = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
    private final long runBytes;
    private long position;
    private long nowMs = ModelNetwork.START_MS;
    private long seen;

    /**
     * @param slotCount commands that are written before they are applied
     * @param requests  remembered at most
     * @param appointments for which memory is made, beside what the run itself takes
     */
    SteadyCore(final int slotCount, final int requests, final long appointments) {
        require(requests >= LEAST_REQUESTS, "requests must be " + LEAST_REQUESTS + " or more");
        require(appointments >= 0, "appointments must be 0 or more");
        slots = new UnsafeBuffer(ByteBuffer.allocateDirect(slotCount * STRIDE));
        lengths = new int[slotCount];
        network = new ModelNetwork(POSTS, DAYS, UNITS, CAPACITY, requests);
        runBytes = Math.min(RUN_BYTES, LEAST_BYTES + requests * REQUEST_BYTES);
        core.takeSparesFrom(slabs);
        slabs.add(runBytes + appointments * APPOINTMENT_BYTES);
        network.make(commands, this::applyOne);
        nowMs = network.madeByMs();
    }

    /** What a benchmark's parameters must be. */
    static void require(final boolean isRight, final String otherwise) {
        if (!isRight) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    static void requirePrefetch(final int prefetch) {
        require(prefetch >= 1 && prefetch <= 256 && Integer.bitCount(prefetch) == 1, "prefetch must be a power of two from 1 to 256");
    }

    /** Appointments' lives at this network, which stay when they are confirmed. */
    Lives lives(final int distance) {
        return new Lives(commands, network, distance, false, SEED);
    }

    /** Commands of a stream as they come, applied; log time moves as if a million of them came in a second. */
    void stream(final Lives lives, final int count) {
        encode(lives, count);
        apply(0, count, BATCH);
    }

    /** The same, only written. */
    void encode(final Lives lives, final int count) {
        nowMs += count / 1_000;
        for (int i = 0; i < count; i++) {
            lengths[i] = lives.next(slots, i * STRIDE, nowMs);
        }
    }

    Commands commands() {
        return commands;
    }

    UnsafeBuffer slots() {
        return slots;
    }

    /** A slot was written. */
    void length(final int slot, final int bytes) {
        lengths[slot] = bytes;
    }

    /** Log time of what is written and applied from now on, ms since 1970-01-01 UTC. */
    long nowMs() {
        return nowMs;
    }

    /** @param ms not before what it is now */
    void nowMs(final long ms) {
        nowMs = ms;
    }

    long position() {
        return position;
    }

    /** What the command applied last made, 0 = nothing. */
    long made() {
        return outcome.number1();
    }

    /** @return something that hangs on all that was read ahead, so that it cannot be left out */
    long apply(final int first, final int end, final int batch) {
        for (int from = first; from < end; from += batch) {
            if (batch > 1) {
                for (int i = from; i < from + batch; i++) {
                    core.prefetch(slots, i * STRIDE, lengths[i]);
                }
                seen += core.prefetched();
            }
            for (int i = from; i < from + batch; i++) {
                core.apply(++position, nowMs, 0, slots, i * STRIDE, lengths[i], events, outcome);
                requireDone();
                events.reset();
            }
        }
        return seen;
    }

    /** Takes applications that are over out of memory, the first {@value #RETIRED_AT_ONCE} from this one on. @return the first that is left */
    long retire(final long firstApplication) {
        applyOne(retiring, commands.retire(retiring, 0, nowMs, firstApplication, RETIRED_AT_ONCE));
        return firstApplication + RETIRED_AT_ONCE;
    }

    /** How many applications {@link #retire} takes. */
    static int retiredAtOnce() {
        return RETIRED_AT_ONCE;
    }

    private void applyOne(final DirectBuffer message, final int length) {
        core.apply(++position, nowMs, 0, message, 0, length, events, outcome);
        requireDone();
        events.reset();
    }

    private void requireDone() {
        if (!outcome.isDone()) {
            throw new IllegalStateException("template " + outcome.templateId() + " at position " + position + " was answered " + outcome.result());
        }
    }

    /** The state is made: what it takes from now on is there already. */
    void settle() {
        slabs.add(runBytes - (long) slabs.left() * Spares.BYTES);
    }

    @Override
    public void close() {
        core.close();
    }
}
