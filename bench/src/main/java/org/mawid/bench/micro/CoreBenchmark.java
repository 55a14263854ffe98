package org.mawid.bench.micro;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.ReadySlabs;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.memory.Spares;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A command of an appointment's life applied by one thread; encoded before the clock starts. Each command by itself, or all six in turn, after
 * {@code appointments} that are there already (0: only what the run itself has under way, a hot set), with the operands of {@code prefetch}
 * commands brought in together, as the ring's batches are, 1 = none.
 * <p>For each chunk all steps of a life are applied, of other lives each: only one kind is under the clock.
 * <p>Whoever has withdrawn is retired, not under the clock, and as many requests are remembered as can be: the state is as large at the end
 * as at the beginning. Bytes an operation, with {@code -prof gc}, have JMH's own objects in them, some ten kilobytes an iteration:
 * iterations are long, so that these are a hundredth of a byte and less.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsPrepend = "-XX:MaxDirectMemorySize=14g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 4)
public class CoreBenchmark {
    /** Lives of a chunk, and how far apart the steps of one life are: no life is met twice in a chunk. */
    private static final int CHUNK = 4_096;
    private static final int KINDS = Lives.WITHDRAW + 1;
    private static final int STRIDE = 256 + 64;
    private static final int RETIRED_AT_ONCE = 64;
    /** Lives of 1.2 s of log time, in which 1.2 million commands come. */
    private static final int RETIRED_LATER = 1_200_000 / KINDS;
    private static final int POSTS = 150;
    private static final int DAYS = 60;
    /** What the tables may still take while it runs. */
    private static final long RUN_BYTES = 1L << 30;
    /** With line, person, stamp and calendar. */
    private static final long APPOINTMENT_BYTES = 400;

    /** submit, validate, hold (with its stamp), confirm, cancel, withdraw, or all. */
    @Param({"all"})
    private String command;

    @Param({"0", "3200000", "10000000"})
    private long appointments;

    @Param({"64"})
    private int prefetch;

    private final ReadySlabs slabs = new ReadySlabs();
    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final Commands commands = new Commands(1);
    private final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(KINDS * CHUNK * STRIDE));
    private final int[] lengths = new int[KINDS * CHUNK];
    private Lives lives;
    private final UnsafeBuffer retiring = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
    private long retired = Long.MAX_VALUE;
    private boolean isSorted;
    private int measuredFrom;
    private long position;
    private long nowMs = ModelNetwork.START_MS;
    private long seen;

    @Setup
    public void makeState() {
        if (prefetch < 1 || prefetch > 256 || Integer.bitCount(prefetch) != 1) {
            throw new IllegalArgumentException("prefetch must be a power of two from 1 to 256");
        }
        final int kind = kind();
        isSorted = kind >= 0;
        measuredFrom = isSorted ? kind * CHUNK : 0;
        core.takeSparesFrom(slabs);
        slabs.add(RUN_BYTES + appointments * APPOINTMENT_BYTES);
        final ModelNetwork network = new ModelNetwork(POSTS, DAYS, 96, 255);
        network.make(commands, (message, length) -> {
            core.apply(++position, nowMs, 0, message, 0, length, events, outcome);
            events.reset();
        });
        lives = new Lives(commands, network, CHUNK, false, 42);
        while (lives.confirmed() < appointments) {
            stream(64);
        }
        lives.cancelFromNowOn();
        if (appointments > 0) {
            final long cancelledFrom = lives.confirmed();
            while (lives.confirmed() < cancelledFrom + 2 * CHUNK) {
                stream(64);
            }
            toFirstStep();
        }
        lives.withdrawFromNowOn();
        retired = lives.withdrawn();
        while (position < 2L * ModelNetwork.DEFAULT_REQUESTS) {
            stream(64);
        }
        toFirstStep();
        slabs.add(RUN_BYTES - (long) slabs.left() * Spares.BYTES);
    }

    private void toFirstStep() {
        while (lives.step() != Lives.SUBMIT) {
            lengths[0] = lives.next(slots, 0, nowMs);
            apply(0, 1, 1);
        }
    }

    /** A chunk of commands as they come, not under the clock. */
    private void stream(final int batch) {
        nowMs += CHUNK / 1_000;
        for (int i = 0; i < CHUNK; i++) {
            lengths[i] = lives.next(slots, i * STRIDE, nowMs);
        }
        apply(0, CHUNK, batch);
        retire();
    }

    /** Takes those whose application is over out of memory. They stay a second of log time: a person is forgotten who has all their attempts again. */
    private void retire() {
        while (retired <= lives.withdrawn() - RETIRED_LATER - RETIRED_AT_ONCE) {
            lengths[0] = commands.retire(retiring, 0, nowMs, retired + 1, RETIRED_AT_ONCE);
            core.apply(++position, nowMs, 0, retiring, 0, lengths[0], events, outcome);
            requireDone();
            events.reset();
            retired += RETIRED_AT_ONCE;
        }
    }

    private void requireDone() {
        if (!outcome.isDone()) {
            throw new IllegalStateException("position " + position + " was answered " + outcome.result());
        }
    }

    private int kind() {
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "submit" -> Lives.SUBMIT;
            case "validate" -> Lives.VALIDATE;
            case "hold" -> Lives.HOLD;
            case "confirm" -> Lives.CONFIRM;
            case "cancel" -> Lives.CANCEL;
            case "withdraw" -> Lives.WITHDRAW;
            case "all" -> -1;
            default -> throw new IllegalArgumentException("command must be submit, validate, hold, confirm, cancel, withdraw or all, not " + command);
        };
    }

    /** All kinds in turn as they come, or one step of each life of the chunk, sorted by kind. */
    @Setup(Level.Invocation)
    public void encode() {
        final int count = isSorted ? KINDS * CHUNK : CHUNK;
        nowMs += count / 1_000;
        for (int i = 0; i < count; i++) {
            final int at = isSorted ? i % KINDS * CHUNK + i / KINDS : i;
            lengths[at] = lives.next(slots, at * STRIDE, nowMs);
        }
        apply(0, measuredFrom, 64);
    }

    @TearDown(Level.Invocation)
    public void finish() {
        apply(measuredFrom + CHUNK, isSorted ? KINDS * CHUNK : CHUNK, 64);
        retire();
    }

    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public long apply() {
        apply(measuredFrom, measuredFrom + CHUNK, prefetch);
        return seen;
    }

    private void apply(final int first, final int end, final int batch) {
        for (int from = first; from < end; from += batch) {
            if (batch > 1) {
                for (int step = 0; step < EngineCore.PREFETCH_STEPS; step++) {
                    for (int i = from; i < from + batch; i++) {
                        core.prefetch(slots, i * STRIDE, lengths[i], step);
                    }
                    seen += core.prefetched();
                }
            }
            for (int i = from; i < from + batch; i++) {
                core.apply(++position, nowMs, 0, slots, i * STRIDE, lengths[i], events, outcome);
                requireDone();
                events.reset();
            }
        }
    }
}
