package org.mawid.bench.micro;

import java.util.concurrent.TimeUnit;
import org.mawid.bench.load.Lives;
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
 * A command of an appointment's life applied by one thread, as the commands come: submit, validate, hold with its stamp, confirm, cancel and
 * withdraw in turn, encoded before the clock starts; {@link CoreCommandBenchmark} measures each kind by itself. After {@code appointments} that are
 * there already (0: only what the run itself has under way, a hot set), with the operands of {@code prefetch} commands brought in together, as
 * the ring's batches are, 1 = none.
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
    /** Lives of 1.2 s of log time, in which 1.2 million commands come. */
    private static final int RETIRED_LATER = 1_200_000 / KINDS;

    @Param({"0", "3200000", "10000000"})
    private long appointments;

    @Param({"64"})
    private int prefetch;

    /** Remembered at most, as the rules have it by default. */
    @Param({"4194304"})
    private int requests;

    private SteadyCore core;
    private Lives lives;
    private long retired = Long.MAX_VALUE;

    @Setup
    public void makeState() {
        SteadyCore.requirePrefetch(prefetch);
        core = new SteadyCore(CHUNK, requests, appointments);
        lives = core.lives(CHUNK);
        while (lives.confirmed() < appointments) {
            core.stream(lives, CHUNK);
        }
        lives.cancelFromNowOn();
        if (appointments > 0) {
            final long cancelledFrom = lives.confirmed();
            while (lives.confirmed() < cancelledFrom + 2 * CHUNK) {
                core.stream(lives, CHUNK);
            }
            toFirstStep();
        }
        lives.withdrawFromNowOn();
        retired = lives.withdrawn();
        while (core.position() < 2L * requests) {
            core.stream(lives, CHUNK);
            retire();
        }
        core.settle();
    }

    private void toFirstStep() {
        while (lives.step() != Lives.SUBMIT) {
            core.encode(lives, 1);
            core.apply(0, 1, 1);
        }
    }

    /** Takes those whose application is over out of memory. They stay a second of log time: a person is forgotten who has all their attempts again. */
    private void retire() {
        while (retired <= lives.withdrawn() - RETIRED_LATER - SteadyCore.retiredAtOnce()) {
            retired = core.retire(retired + 1) - 1;
        }
    }

    @Setup(Level.Invocation)
    public void encode() {
        core.encode(lives, CHUNK);
    }

    @TearDown(Level.Invocation)
    public void finish() {
        retire();
    }

    @TearDown
    public void close() {
        core.close();
    }

    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public long apply() {
        return core.apply(0, CHUNK, prefetch);
    }
}
