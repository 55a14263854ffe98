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
 * What a command of each kind costs by itself, applied by one thread and encoded before the clock starts: sixteen thousand lives take each step of their
 * course together, and only one step is under the clock. In a hot set, with few remembered requests so that each kind is ready soon; with
 * {@code -p appointments=3200000 -p requests=4194304} in a state as large as that of {@link CoreBenchmark}, which measures the mix.
 * <p>Lives that are over are retired, not under the clock: the state is as large at the end as at the beginning. Bytes an operation, with
 * {@code -prof gc}, have JMH's own objects in them, some tenths of a byte in iterations that are as short as these; {@code -r 10} makes them less.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsPrepend = "-XX:MaxDirectMemorySize=14g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 2, time = 1)
public class CoreCommandBenchmark {
    /** So many that a life's rows have left the nearer caches before its next step. */
    private static final int CHUNK = 16_384;
    /** How far apart the steps of a life are, of those that only stay. */
    private static final int DISTANCE = 4_096;

    /** Holds and walk-ins with their stamp. */
    @Param({"submit", "validate", "hold", "confirm", "reschedule", "cancel", "release", "withdraw", "check-in", "call", "serve", "no-show", "walk-in", "issue-stamps"})
    private String command;

    /** There already, and staying. */
    @Param({"0"})
    private long appointments;

    @Param({"64"})
    private int prefetch;

    /** Remembered at most. */
    @Param({"262144"})
    private int requests;

    private SteadyCore core;
    private Cohort cohort;
    private Step step;

    @Setup
    public void makeState() {
        SteadyCore.requirePrefetch(prefetch);
        step = Step.of(command);
        core = new SteadyCore(CHUNK, requests, appointments);
        final Lives staying = core.lives(DISTANCE);
        while (staying.confirmed() < appointments) {
            core.stream(staying, DISTANCE);
        }
        cohort = new Cohort(core, Course.with(step), CHUNK);
        final long full = core.position() + requests;
        while (core.position() < full) {
            cohort.live();
        }
        core.settle();
    }

    @Setup(Level.Invocation)
    public void encode() {
        cohort.goTo(step);
    }

    @TearDown(Level.Invocation)
    public void finish() {
        cohort.finish();
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
