package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.engine.Rig.Answer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.ring.HostClock;
import org.mawid.sbe.DefinePostEncoder;
import org.mawid.sbe.Result;

/** The way of a command: admitted, made durable, applied, answered. */
@Timeout(60)
class EmbeddedEngineTest {
    @Test
    void givenAnEmptyDirectory_whenCommandsAreSent_thenEachIsAnsweredOnceAtItsPosition() throws Exception {
        try (Rig rig = new Rig().start()) {
            final List<Answer> answers = rig.askAll(1, 2_000);
            assertThat(answers).extracting(Answer::position).containsExactlyElementsOf(LongStream.rangeClosed(1, 2_000).boxed().toList());
            assertThat(answers).extracting(Answer::result).containsOnly(Result.OK);
            assertThat(answers).allMatch(answer -> answer.eventBytes() > 0 && !answer.repeated());
            await().until(() -> rig.engine.status().readModelPosition() == 2_000);
            assertThat(rig.readModel.eventBytes).isEqualTo(answers.stream().mapToLong(Answer::eventBytes).sum());
            assertThat(rig.engine.status().durablePosition()).isEqualTo(2_000);
            assertThat(rig.engine.status().ringDepth()).isZero();
        }
    }

    @Test
    void givenManyRequestsOfOneMillisecond_whenOneIsLookedForInTheLog_thenItsPositionIsFoundAndNoOther() throws Exception {
        try (Rig rig = new Rig().start()) {
            rig.askAll(1, 2_000);
            final long nowMs = rig.engine.status().nowMs();
            rig.clockMs.set(nowMs + 1_000);
            rig.askAll(3_000, 100);
            assertThat(rig.engine.positionOf(Samples.CLIENT, 1_234, 1, nowMs)).isEqualTo(1_234);
            assertThat(rig.engine.positionOf(Samples.CLIENT, 1_234, 1_234, nowMs)).isEqualTo(1_234);
            assertThat(rig.engine.positionOf(Samples.CLIENT, 1_234, 1_235, nowMs)).as("it is before").isZero();
            assertThat(rig.engine.positionOf(Samples.CLIENT, 3_005, 1, nowMs)).as("of another time").isZero();
            assertThat(rig.engine.positionOf(Samples.CLIENT, 9_999, 1, nowMs)).as("never was").isZero();
            assertThat(rig.engine.positionOf(Samples.CLIENT, 3_005, 5_000, nowMs)).as("is not written yet").isZero();
        }
    }

    @Test
    void givenALogThatGrowsOverSegments_whenItIsFollowed_thenEachPositionIsHandedOverOnce_fromWhereItWasWanted() throws Exception {
        try (Rig rig = new Rig().start(); LogFollower whole = rig.engine.followLog(1)) {
            final List<Long> seen = new ArrayList<>();
            whole.read(10, (position, nowMs, buffer, offset, length) -> seen.add(position));
            assertThat(seen).as("nothing is there yet").isEmpty();
            long request = 1;
            for (final int more : List.of(1, 1_500, 3, 3_000)) {
                rig.askAll(request, more);
                request += more;
                whole.read(request - 3, (position, nowMs, buffer, offset, length) -> seen.add(position));
                assertThat(seen).as("up to where it is wanted").hasSize((int) Math.max(0, request - 3));
            }
            whole.read(Long.MAX_VALUE, (position, nowMs, buffer, offset, length) -> seen.add(position));
            assertThat(seen).containsExactlyElementsOf(LongStream.range(1, request).boxed().toList());
            assertThat(rig.disk.list(Rig.DATA.resolve("journal")).stream().filter(file -> file.matches("journal-[0-9]+\\.seg"))).as("segments").hasSizeGreaterThan(1);
            final List<Long> late = new ArrayList<>();
            try (LogFollower end = rig.engine.followLog(request - 1)) {
                end.read(Long.MAX_VALUE, (position, nowMs, buffer, offset, length) -> late.add(position));
            }
            assertThat(late).containsExactly(request - 1);
        }
    }

    @Test
    void givenABatch_whenSubmitted_thenItsPositionsAreContiguousAndTagsAscend() throws Exception {
        try (Rig rig = new Rig().start()) {
            final List<Long> tags = new ArrayList<>();
            final List<Long> positions = new ArrayList<>();
            final CountDownLatch all = new CountDownLatch(200);
            final int admitted = rig.engine.submit(Rig.definePost(1, 0), 200, (tag, outcome, events, offset, length) -> {
                tags.add(tag);
                positions.add(outcome.position());
                all.countDown();
            }, 5_000);
            assertThat(admitted).isEqualTo(200);
            all.await();
            assertThat(tags).containsExactlyElementsOf(LongStream.range(5_000, 5_200).boxed().toList());
            assertThat(positions).containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
        }
    }

    @Test
    void givenTheCoreIsHeldUp_whenTheRingIsFull_thenUnavailableAtOnceAndWhatWasAdmittedIsAnswered() throws Exception {
        try (Rig rig = new Rig().start()) {
            final CountDownLatch go = new CountDownLatch(1);
            assertThat(rig.engine.query(core -> awaitQuietly(go))).isTrue();
            final List<CompletableFuture<Answer>> answers = new ArrayList<>();
            final AtomicInteger answered = new AtomicInteger();
            final int admitted = rig.engine.submit(Rig.definePost(1, 0), 1_000, (tag, outcome, e, o, l) -> answered.incrementAndGet(), 0);
            assertThat(admitted).as("places but those that the engine keeps for itself").isEqualTo(247);
            assertThat(rig.ask(5_000).result()).isEqualTo(Result.UNAVAILABLE);
            assertThat(rig.engine.query(core -> { })).isFalse();
            assertThat(rig.engine.status().ringDepth()).isEqualTo(248);
            go.countDown();
            await().until(() -> answered.get() == 247);
            await().until(() -> rig.engine.status().ringDepth() == 0);
            assertThat(rig.ask(5_000).position()).isEqualTo(248);
            assertThat(answers).isEmpty();
        }
    }

    @Test
    void givenADeadlineThatHasPassed_whenItsTurnComes_thenItTakesNoPosition() throws Exception {
        try (Rig rig = new Rig().start()) {
            rig.clockMs.set(Rig.START_MS + 1_000);
            final Answer late = Rig.get(rig.send(Rig.definePost(1, Rig.START_MS + 999)));
            assertThat(late).extracting(Answer::result, Answer::position).containsExactly(Result.DEADLINE_EXCEEDED, 0L);
            final Answer inTime = Rig.get(rig.send(Rig.definePost(1, Rig.START_MS + 1_000)));
            assertThat(inTime).extracting(Answer::result, Answer::position).containsExactly(Result.OK, 1L);
            assertThat(rig.engine.nowMs()).as("what a deadline is to be counted from").isEqualTo(Rig.START_MS + 1_000);
            assertThat(rig.onCore(EngineCore::position)).isEqualTo(1);
        }
    }

    @Test
    void givenQueriesBetweenCommands_whenRun_thenTheySeeExactlyWhatCameBefore() throws Exception {
        try (Rig rig = new Rig().start()) {
            final List<CompletableFuture<Long>> seen = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                rig.send(i);
                final CompletableFuture<Long> position = new CompletableFuture<>();
                assertThat(rig.engine.query(core -> position.complete(core.position()))).isTrue();
                seen.add(position);
            }
            for (int i = 0; i < 60; i++) {
                assertThat(Rig.get(seen.get(i))).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void givenAnAnswer_whenItArrives_thenItIsOnDiskAlready() throws Exception {
        try (Rig rig = new Rig().start()) {
            for (int i = 1; i <= 300; i++) {
                final CompletableFuture<Long> durable = new CompletableFuture<>();
                while (rig.engine.submit(Rig.definePost(i, 0),
                        (tag, outcome, e, o, l) -> durable.complete(rig.engine.status().durablePosition() - outcome.position()), 0) != Result.OK) {
                    Thread.onSpinWait(); // not admitted, as while the next segment is made ready: nobody will answer
                }
                assertThat(Rig.get(durable)).isGreaterThanOrEqualTo(0);
            }
        }
    }

    @Test
    void givenACleanStop_whenStartedAgain_thenTheStateComesFromItsSnapshotAndRequestsAreRemembered() throws Exception {
        final Rig rig = new Rig();
        final long hash;
        try (rig) {
            rig.start().askAll(1, 500);
            hash = rig.onCore(EngineCore::stateHash);
        }
        assertThat(rig.engine.admission()).isEqualTo(Result.UNAVAILABLE);
        assertThat(rig.engine.query(core -> { })).isFalse();
        assertThat(rig.engine.status()).extracting(EngineStatus::snapshotPosition, EngineStatus::stateHash, EngineStatus::running)
                .containsExactly(500L, hash, false);
        try (rig) {
            rig.start();
            assertThat(rig.onCore(EngineCore::stateHash)).isEqualTo(hash);
            final Answer again = rig.ask(77);
            assertThat(again).extracting(Answer::result, Answer::repeated).containsExactly(Result.OK, true);
        }
    }

    @Test
    void givenSubmittersThatNeverRest_whenTheEngineIsClosed_thenWhatWasAdmittedIsAnsweredAndNothingElse() throws Exception {
        final Rig rig = new Rig().start();
        final AtomicInteger admitted = new AtomicInteger();
        final AtomicInteger answered = new AtomicInteger();
        final List<Thread> threads = new ArrayList<>();
        final EmbeddedEngine engine = rig.engine;
        for (int t = 0; t < 3; t++) {
            final int first = t * 1_000_000;
            final Thread thread = new Thread(() -> {
                int request = first;
                while (engine.status().running()) {
                    admitted.addAndGet(engine.submit(Rig.definePost(request, 0), 7, (tag, o, e, f, l) -> answered.incrementAndGet(), 0));
                    request += 7;
                }
            });
            threads.add(thread);
            thread.start();
        }
        await().until(() -> answered.get() > 5_000);
        rig.close();
        for (final Thread thread : threads) {
            thread.join();
        }
        assertThat(answered.get()).isEqualTo(admitted.get());
        assertThat(rig.halts).isEmpty();
        try (rig) {
            rig.start();
            assertThat(rig.onCore(EngineCore::position)).isEqualTo(admitted.get());
        }
    }

    @Test
    void givenASourceThatThrows_whenSubmitted_thenTheCallerIsToldAndTheRingGoesOn() throws Exception {
        try (Rig rig = new Rig().start()) {
            assertThatThrownBy(() -> rig.engine.submit((index, slot, offset) -> {
                throw new IllegalArgumentException("no such thing");
            }, (tag, o, e, f, l) -> { }, 0)).hasMessage("no such thing");
            assertThatThrownBy(() -> rig.engine.submit((index, slot, offset) -> {
                slot.putByte(offset + 1_024, (byte) 1);
                return 1_025;
            }, (tag, o, e, f, l) -> { }, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(rig.ask(1).position()).isEqualTo(1);
            assertThat(rig.halts).isEmpty();
        }
    }

    @Test
    void givenSomebodyMeasures_whenCommandsAreAnswered_thenEveryGroupAndEveryAnswerIsTold() throws Exception {
        final AtomicInteger records = new AtomicInteger();
        final ConcurrentLinkedQueue<Result> results = new ConcurrentLinkedQueue<>();
        final Rig rig = new Rig();
        rig.metrics = new EngineMetrics() {
            @Override
            public void onGroup(final long nanos, final int count) {
                records.addAndGet(nanos > 0 && count > 0 ? count : 1_000_000);
            }

            @Override
            public void onCommand(final int templateId, final Result result, final long nanos) {
                results.add(templateId == DefinePostEncoder.TEMPLATE_ID && nanos > 0 ? result : Result.MALFORMED);
            }
        };
        try (rig) {
            rig.start().askAll(1, 500);
            Rig.get(rig.send(Rig.definePost(1, 1)));
        }
        assertThat(records).hasValue(500);
        assertThat(results).hasSize(501).containsOnly(Result.OK, Result.DEADLINE_EXCEEDED);
    }

    @ParameterizedTest
    @EnumSource(WaitKind.class)
    void givenAnyWayToWait_whenTrafficComesAndGoes_thenAllIsAnsweredAndItStopsAndStarts(final WaitKind kind) throws Exception {
        final Rig rig = new Rig().with(Setting.WAIT, kind).inOneSegment().start();
        assertThat(rig.askAll(1, 600)).extracting(Answer::result).containsOnly(Result.OK);
        await().until(() -> rig.engine.status().readModelPosition() == 600); // nobody has anything to do
        assertThat(rig.ask(601).position()).isEqualTo(601);
        rig.close();

        rig.start();
        assertThat(rig.ask(602).position()).isEqualTo(602);
        assertThat(rig.halts).isEmpty();
        rig.disk.failNext("write " + Rig.DATA.resolve("journal").resolve("journal-"), "Input/output error");
        final CompletableFuture<Answer> lost = rig.send(603);
        await().untilAsserted(() -> assertThat(rig.halts).as("failed: %s, answered: %s, %s", rig.disk.failedCall(), lost, rig.engine.status()).isNotEmpty());
        rig.close();
        assertThat(lost).isNotDone();
    }

    @Test
    void givenASecondProcess_whenItStarts_thenItIsRefusedInOneLine() throws Exception {
        try (Rig rig = new Rig().start()) {
            assertThatThrownBy(() -> new Rig(rig.disk).start()).isInstanceOf(EngineStartException.class).hasMessageContaining("data");
            assertThat(rig.ask(1).result()).isEqualTo(Result.OK);
        }
    }

    @Test
    void givenASimulation_whenServedLive_thenRefusedAndTheOtherWayRound() throws Exception {
        final Rig rig = new Rig().with(Setting.SIMULATION, true);
        try (rig) {
            rig.start().ask(1);
        }
        final Rig live = new Rig(rig.disk);
        assertThatThrownBy(live::start).isInstanceOf(EngineStartException.class).hasMessageContaining("simulation");
        final Rig other = new Rig();
        try (other) {
            other.start().ask(1);
        }
        assertThatThrownBy(() -> new Rig(other.disk).with(Setting.SIMULATION, true).start()).isInstanceOf(EngineStartException.class);
    }

    @Test
    void givenALiveEngine_whenToldTheTime_thenRefused() throws Exception {
        try (Rig rig = new Rig().start()) {
            assertThatThrownBy(() -> rig.engine.advanceTo(Rig.START_MS)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void givenAHostClockThatGoesBack_whenCommandsAreLogged_thenLogTimeNeverDoes() throws Exception {
        try (Rig rig = new Rig().start()) {
            final long[] host = {5_000, 9_000, 1_000, 8_999, 9_001, -50_000, 20_000};
            final long[] log = {5_000, 9_000, 9_000, 9_000, 9_001, 9_001, 20_000};
            for (int i = 0; i < host.length; i++) {
                rig.clockMs.set(Rig.START_MS + host[i]);
                assertThat(rig.ask(i).nowMs()).isEqualTo(Rig.START_MS + log[i]);
            }
            rig.clockMs.set(Rig.START_MS);
            rig.kill();
            rig.start();
            assertThat(rig.ask(100).nowMs()).isEqualTo(Rig.START_MS + 20_000);
        }
    }

    @Test
    void givenAMachineWhoseClockIsBehindTheLog_whenStarted_thenItsTimeGoesOnFromWhereTheLogEnded() throws Exception {
        final AtomicLong notBefore = new AtomicLong();
        try (Rig rig = new Rig()) {
            rig.clock = new HostClock() {
                @Override
                public long nowMs() {
                    return notBefore.get() + rig.clockMs.get();
                }

                @Override
                public void notBefore(final long logMs) {
                    notBefore.set(logMs);
                }
            };
            rig.start();
            assertThat(notBefore.get()).as("an empty log").isZero();
            assertThat(rig.ask(1).nowMs()).isEqualTo(Rig.START_MS);
            rig.clockMs.set(0);
            rig.kill();
            rig.start();
            assertThat(rig.engine.nowMs()).isEqualTo(Rig.START_MS);
            rig.clockMs.addAndGet(5);
            assertThat(rig.ask(2).nowMs()).isEqualTo(Rig.START_MS + 5);
        }
    }

    @Test
    void givenADiskThatLosesWhatWasNotSynced_whenThePowerGoes_thenEveryAnswerIsStillTrue() throws Exception {
        final Rig rig = new Rig(new FakeDisk(5, false));
        try (rig) {
            rig.start().askAll(1, 700);
            rig.powerLoss();
            rig.start();
            assertThat(rig.onCore(EngineCore::position)).isEqualTo(700);
            for (int i = 1; i <= 700; i++) {
                assertThat(rig.outcomeOf(i)).isEqualTo(Result.OK);
            }
        }
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
