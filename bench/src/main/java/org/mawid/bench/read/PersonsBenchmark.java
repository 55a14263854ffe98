package org.mawid.bench.read;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.mawid.engine.readmodel.persons.LivePersons;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a start costs for each application to know whom it names, and whoever asks first after it. Three applications to two persons, one in four for somebody else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PersonsBenchmark {
    private static final int APPLICATIONS = 3_000_000;
    private static final int PERSONS = 2_000_000;

    private final long[] applicants = new long[APPLICATIONS];
    private final long[] served = new long[APPLICATIONS];
    private LivePersons filled;
    private LivePersons asked;

    @Setup
    public void makePersons() {
        final SplittableRandom dice = new SplittableRandom(11);
        final long[] persons = dice.longs(PERSONS).map(key -> key | 1).toArray();
        for (int i = 0; i < APPLICATIONS; i++) {
            applicants[i] = persons[dice.nextInt(PERSONS)];
            served[i] = i % 4 == 0 ? persons[dice.nextInt(PERSONS)] : applicants[i];
        }
    }

    @Setup(Level.Invocation)
    public void begin() {
        filled = new LivePersons();
        asked = new LivePersons();
        fill(asked);
    }

    @TearDown(Level.Invocation)
    public void end() {
        filled.close();
        asked.close();
    }

    private void fill(final LivePersons persons) {
        for (int i = 0; i < APPLICATIONS; i++) {
            persons.named(i + 1, applicants[i]);
            persons.named(i + 1, served[i]);
        }
        persons.onBatchEnd();
    }

    @Benchmark
    @OperationsPerInvocation(APPLICATIONS)
    public LivePersons fill() {
        fill(filled);
        return filled;
    }

    @Benchmark
    @OperationsPerInvocation(APPLICATIONS)
    public long[] askFirst() {
        return asked.applicationsOf(applicants[0]);
    }
}
