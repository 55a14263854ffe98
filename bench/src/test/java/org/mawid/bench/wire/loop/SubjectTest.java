package org.mawid.bench.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.process.Usage;

/** Two servers measured in turn, twice: one answers four times as much as the other, and in half the time. */
class SubjectTest {
    private static final int ROUNDS = 2;
    private static final int FEW = 200;
    private static final int MANY = 4 * FEW;
    private static final long SLOW_NS = 2_000_000;
    private static final long FAST_NS = 1_000_000;
    private static final long COMPILING_NS = 1_000_000_000L / 3;
    private static final Percentage NEARLY = Percentage.withPercentage(15); // rates are by the clock

    @TempDir
    private static Path folder;
    private static JsonObject real;
    private static JsonObject empty;
    private static Rounds ratios;
    private static double cpuRatio;
    private static double toItself;

    /** Says that so many were answered, each after so long, as soon as it is measured; one found no place. */
    private static Subject.Load answering(final int calls, final long tookNs) {
        return (server, tally) -> {
            final Thread client = new Thread(() -> {
                while (tally.count() < calls && !tally.isStopping()) {
                    tally.done(1, tookNs);
                    if (tally.count() == 1 && tally.notAdmitted() == 0) {
                        tally.notAdmitted(1);
                    }
                }
                while (!tally.isStopping()) { // works all the time: processor time is counted to ten milliseconds
                    Thread.onSpinWait();
                }
            }, "client");
            client.start();
            return () -> {
                tally.stop();
                try {
                    client.join();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
        };
    }

    @BeforeAll
    static void run() throws Exception {
        try (Subject slow = new Subject("real", ShellServer.start(folder)); Subject fast = new Subject("empty", ShellServer.start(folder))) {
            for (int round = 0; round < ROUNDS; round++) {
                fast.measure(answering(MANY, FAST_NS), 1, new Output(), "test", 0);
                slow.measure(answering(FEW, SLOW_NS), 1, new Output(), "test", 0);
            }
            real = slow.figures();
            empty = fast.figures();
            ratios = slow.ratesAgainst(fast);
            cpuRatio = slow.cpuAgainst(fast);
            toItself = slow.cpuAgainst(slow);
        }
    }

    @Test
    void givenRoundsInTurn_whenToldAgainstEachOther_thenTheRatioIsOfRates_roundByRound() {
        assertThat(ratios.size()).isEqualTo(ROUNDS);
        assertThat(ratios.median()).isCloseTo((double) FEW / MANY, NEARLY);
        assertThat(real.getJsonArray("rounds")).hasSize(ROUNDS);
        assertThat(real.getDouble("perSecond")).isCloseTo(FEW, NEARLY);
        assertThat(empty.getDouble("perSecond")).isCloseTo(MANY, NEARLY);
    }

    @Test
    void givenProcessorTimeForEach_whenToldAgainstTheOther_thenWhoTakesMoreForEachIsBelowOne() {
        assertThat(toItself).isEqualTo(1);
        assertThat(cpuRatio).isCloseTo((empty.getDouble("serverCpuUsEach") + empty.getDouble("clientCpuUsEach"))
                / (real.getDouble("serverCpuUsEach") + real.getDouble("clientCpuUsEach")), Percentage.withPercentage(1));
    }

    @Test
    void givenWhatWasMeasured_whenTold_thenPercentilesAreOfARound_andWhatFoundNoPlaceIsCountedApart() {
        assertThat(real.getJsonObject("latencyUs").getDouble("p50")).isCloseTo(SLOW_NS / 1e3, Percentage.withPercentage(1));
        assertThat(empty.getJsonObject("latencyUs").getDouble("p99")).isCloseTo(FAST_NS / 1e3, Percentage.withPercentage(1));
        assertThat(real.getJsonObject("latencyUs").getDouble("count")).as("the curve is of all rounds").isEqualTo(ROUNDS * FEW);
        assertThat(real.getLong("notAdmitted")).isEqualTo(ROUNDS);
    }

    /** Works for a third of a second as soon as something is measured, under the name that a compiler's thread has. */
    private static Subject.Load compiling() {
        return (server, tally) -> {
            final Thread compiler = new Thread(() -> {
                while (tally.count() == 0 && !tally.isStopping()) {
                    tally.done(1, FAST_NS);
                    LockSupport.parkNanos(FAST_NS);
                }
                final long fromNs = Usage.threadCpuNs();
                while (Usage.threadCpuNs() - fromNs < COMPILING_NS && !tally.isStopping()) {
                    Thread.onSpinWait();
                }
                while (!tally.isStopping()) { // what a thread took is not known any more when it has ended
                    LockSupport.parkNanos(FAST_NS);
                }
            }, "C2 Compiler");
            compiler.start();
            return () -> {
                tally.stop();
                try {
                    compiler.join();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
        };
    }

    @Test
    void givenAClientWhoseCompilerWorks_whenMeasured_thenThatIsNoneOfItsOwnTime_andIsToldApart() throws Exception {
        assumeTrue(Usage.ownCompilerNs() > 0 || System.getenv("CI_SKIP_NOTHING") != null, "there is no /proc here");
        try (Subject subject = new Subject("real", ShellServer.start(folder))) {
            subject.measure(compiling(), 2, new Output(), "test", 0);

            final JsonObject figures = subject.figures();
            final double compiledUs = figures.getDouble("clientCompilerUsEach");
            assertThat(compiledUs).as("of the one that was answered").isGreaterThan(COMPILING_NS / 2e3);
            assertThat(figures.getDouble("clientCpuUsEach")).isLessThan(compiledUs);
        }
    }

    private static Offer counting(final AtomicInteger windows, final long answeredAfterNs) {
        return new Offer("commands", 200, 1, (server, tally) -> {
            windows.incrementAndGet();
            return new Answering(tally, 1, answeredAfterNs);
        });
    }

    @Test
    void givenAnOpenLoop_whenWarmedUp_thenWindowsFollowUntilOneKeepsItsSchedule_asManyAsFitIn_andNoneInNoTime() throws Exception {
        try (Subject subject = new Subject("real", ShellServer.start(folder))) {
            final AtomicInteger warm = new AtomicInteger();
            final AtomicInteger cold = new AtomicInteger();
            final AtomicInteger unasked = new AtomicInteger();

            subject.warmUpOpen(List.of(counting(warm, 0)), 10, new Output(), "test", 0);
            subject.warmUpOpen(List.of(counting(cold, 400_000_000L)), 3, new Output(), "test", 0);
            subject.warmUpOpen(List.of(counting(unasked, 0)), 0, new Output(), "test", 0);

            assertThat(warm).hasValue(1);
            assertThat(cold).hasValue(2);
            assertThat(unasked).hasValue(0);
        }
    }

    @Test
    void givenACallThatFails_whenMeasured_thenItEndsAtOnceAndSaysWhose() throws Exception {
        try (Subject subject = new Subject("real", ShellServer.start(folder))) {
            assertThatThrownBy(() -> subject.measure((server, tally) -> {
                tally.fail(new IllegalStateException("no such desk"));
                return () -> { };
            }, 600, new Output(), "test", 0)).isInstanceOf(IllegalStateException.class).hasMessage("real: a call failed: no such desk");
        }
    }
}
