package org.mawid.bench.core;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.memory.Spares;

/** A core with a model network in it, fed with appointments' lives by one thread. Commands are encoded before the clock starts. */
final class CoreRun {
    /** Commands encoded ahead and then applied under the clock. */
    static final int CHUNK = 4096;
    static final long SEED = 42;
    private static final int STRIDE = 256 + 64;

    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK * STRIDE));
    private final int[] lengths = new int[CHUNK];
    private final Lives lives;
    private final int batch;
    private long position;
    private long nowMs = ModelNetwork.START_MS;
    private long sink;

    /** @param batch commands whose operands are prefetched together, 1 = no prefetch, at most 256 */
    CoreRun(final ModelNetwork network, final int distance, final boolean cancel, final int batch) {
        final Commands commands = new Commands(1);
        this.batch = batch;
        core.takeSparesFrom(new Spares()); // as in the engine; it is not given back: the process ends with the run
        network.make(commands, (command, length) -> {
            core.apply(++position, nowMs, 0, command, 0, length, events, outcome);
            require(length);
            events.reset();
        });
        nowMs = network.madeByMs();
        this.lives = new Lives(commands, network, distance, cancel, SEED);
    }

    /** Encodes the next chunk. Log time moves by {@code CHUNK} microseconds: as if a million commands came in a second. */
    void encode() {
        nowMs += CHUNK / 1_000;
        for (int i = 0; i < CHUNK; i++) {
            lengths[i] = lives.next(slots, i * STRIDE, nowMs);
        }
    }

    /** Applies the chunk. */
    void apply() {
        for (int from = 0; from < CHUNK; from += batch) {
            if (batch > 1) {
                for (int i = from; i < from + batch; i++) {
                    core.prefetch(slots, i * STRIDE, lengths[i]);
                }
                sink += core.prefetched();
            }
            for (int i = from; i < from + batch; i++) {
                core.apply(++position, nowMs, 0, slots, i * STRIDE, lengths[i], events, outcome);
                require(i);
                events.reset();
            }
        }
    }

    private void require(final int command) {
        if (!outcome.isDone()) {
            throw new IllegalStateException("command " + command + " at position " + position + " was answered " + outcome.result());
        }
    }

    long confirmed() {
        return lives.confirmed();
    }

    EngineCore core() {
        return core;
    }

    /** Heap that the run itself takes, beside the core's. */
    long bytes() {
        return slots.capacity() + 4L * lengths.length + lives.bytes();
    }

    long sink() {
        return sink;
    }
}
