package org.mawid.bench.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
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
    private static final int RETIRED_AT_ONCE = 64;
    /** Log time of a chunk while lives end: in five of them a person has all their attempts again and can be forgotten. */
    private static final int ENDING_MS = 250;
    private static final int CHUNKS_UNTIL_RETIRED = 5;

    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK * STRIDE));
    private final int[] lengths = new int[CHUNK];
    private final UnsafeBuffer retiring = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
    private final Commands commands = new Commands(1);
    private final Lives lives;
    private final int distance;
    private final int batch;
    private final long[] withdrawnBefore = new long[CHUNKS_UNTIL_RETIRED];
    private boolean isEnding;
    private long chunks;
    /** Applications up to this one are gone, or will never be over. */
    private long retiredTo;
    private long retired;
    private long position;
    private long nowMs = ModelNetwork.START_MS;
    private long sink;

    /** @param batch commands whose operands are prefetched together, 1 = no prefetch, at most 256 */
    CoreRun(final ModelNetwork network, final int distance, final boolean cancel, final int batch) {
        this.batch = batch;
        this.distance = distance;
        core.takeSparesFrom(new Spares()); // as in the engine; it is not given back: the process ends with the run
        network.make(commands, this::applyOne);
        nowMs = network.madeByMs();
        this.lives = new Lives(commands, network, distance, cancel, SEED);
    }

    /**
     * From now on an appointment is cancelled, its application withdrawn and taken out of memory for each one that is made: the state stays as large
     * as it is. Applies commands until that is so.
     */
    void stayAsLarge() {
        if (lives.confirmed() > 0) {
            lives.cancelFromNowOn();
            final long from = lives.confirmed();
            while (lives.confirmed() <= from + distance) {
                encode();
                apply();
            }
            toFirstStep();
        }
        lives.withdrawFromNowOn();
        retiredTo = lives.withdrawn();
        Arrays.fill(withdrawnBefore, retiredTo);
        isEnding = true;
    }

    /** From now on appointments stay, and the state grows. */
    void grow() {
        toFirstStep();
        lives.stayFromNowOn();
        isEnding = false;
        nowMs += (CHUNKS_UNTIL_RETIRED + 1) * ENDING_MS;
        retire(lives.withdrawn());
    }

    /** Goes on until a life begins. */
    void toFirstStep() {
        while (lives.step() != Lives.SUBMIT) {
            applyOne(slots, lives.next(slots, 0, nowMs));
        }
    }

    /** Takes those out of memory whose application was over some chunks ago. */
    private void retireEnded() {
        final int now = (int) (chunks++ % CHUNKS_UNTIL_RETIRED);
        retire(withdrawnBefore[now]);
        withdrawnBefore[now] = lives.withdrawn();
    }

    private void retire(final long to) {
        while (retiredTo + RETIRED_AT_ONCE <= to) {
            applyOne(retiring, commands.retire(retiring, 0, nowMs, retiredTo + 1, RETIRED_AT_ONCE));
            retiredTo += RETIRED_AT_ONCE;
            retired += RETIRED_AT_ONCE;
        }
    }

    private void applyOne(final DirectBuffer command, final int length) {
        events.reset();
        core.apply(++position, nowMs, 0, command, 0, length, events, outcome);
        require(length);
    }

    /**
     * Encodes the next chunk. Log time moves by {@code CHUNK} microseconds, as if a million commands came in a second, or while lives end by
     * {@value #ENDING_MS} ms; those that are over are taken out of memory here, where no clock runs.
     */
    void encode() {
        if (isEnding) {
            nowMs += ENDING_MS;
            retireEnded();
        } else {
            nowMs += CHUNK / 1_000;
        }
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
                events.reset();
                core.apply(++position, nowMs, 0, slots, i * STRIDE, lengths[i], events, outcome);
                require(i);
            }
        }
    }

    private void require(final int command) {
        if (!outcome.isDone()) {
            throw new IllegalStateException("command " + command + " at position " + position + " was answered " + outcome.result());
        }
    }

    /** Applies one command more, {@code ms} of log time later; it must be done. */
    void apply(final DirectBuffer command, final int length, final long ms) {
        nowMs += ms;
        applyOne(command, length);
    }

    /** Of the last command. */
    EventWriter events() {
        return events;
    }

    /** Log time of the last command. */
    long nowMs() {
        return nowMs;
    }

    Commands commands() {
        return commands;
    }

    long confirmed() {
        return lives.confirmed();
    }

    /** Appointments that are confirmed and not cancelled. */
    long appointments() {
        return lives.confirmed() - lives.cancelled();
    }

    /** Appointments that take memory: those that were cancelled, too, until their application is retired. */
    long appointmentsInMemory() {
        return lives.confirmed() - retired;
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
