package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.engine.Rig.Answer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.snapshot.OtherSnapshot;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Result;

/** What is an answer, and what is the end. */
@Timeout(60)
class TroubleTest {
    private static final Path SEGMENT = Rig.DATA.resolve("journal").resolve("journal-00000000000000000001.seg");

    @Test
    void givenADiskWithoutRoom_whenTheSegmentIsUsedUp_thenStorageFullIsAnAnswerAndReadsGoOnAndRoomBringsWritesBack() throws Exception {
        try (Rig rig = new Rig().start()) {
            rig.disk.setFull(true);
            long request = 0;
            Answer last = rig.ask(++request);
            while (last.result() == Result.OK) {
                last = rig.ask(++request);
            }
            assertThat(last.result()).isEqualTo(Result.STORAGE_FULL);
            final long taken = rig.onCore(EngineCore::position);
            assertThat(taken).isEqualTo(request - 1);
            assertThat(rig.engine.admission()).isEqualTo(Result.STORAGE_FULL);
            assertThat(rig.engine.status().storageFull()).isTrue();
            assertThat(rig.outcomeOf(request)).isEqualTo(Result.REQUEST_UNKNOWN);
            assertThat(rig.outcomeOf(1)).isEqualTo(Result.OK);

            rig.disk.setFull(false);
            await().until(() -> rig.engine.admission() == Result.OK);
            assertThat(rig.ask(request)).extracting(Answer::result, Answer::position).containsExactly(Result.OK, taken + 1);
            assertThat(rig.halts).isEmpty();
        }
    }

    @Test
    void givenAWriteThatFails_whenItIsAGroup_thenNothingMoreIsAnsweredAndOneLineSaysWhy() throws Exception {
        final Rig rig = new Rig().inOneSegment().start();
        rig.askAll(1, 100);
        rig.disk.failNext("write " + SEGMENT, "Input/output error");
        final CompletableFuture<Answer> lost = rig.send(101);
        await().until(() -> !rig.halts.isEmpty());
        assertThat(rig.halts).hasSize(1);
        assertThat(rig.halts.peek()).contains("mawid-journal").contains("Input/output error").doesNotContain("\n");
        assertThat(rig.engine.admission()).isEqualTo(Result.UNAVAILABLE);
        assertThat(rig.engine.status().running()).isFalse();
        assertThat(rig.engine.query(core -> { })).isFalse();
        assertThatThrownBy(() -> lost.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        rig.close();

        rig.start();
        assertThat(rig.onCore(EngineCore::position)).isBetween(100L, 101L);
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "sync"})
    void givenAGroupThatDoesNotReachTheDisk_whenTheDiskWouldTakeTheNext_thenNeitherItNorWhatIsBehindItIsAnswered(final String call) throws Exception {
        final Rig rig = new Rig(new FakeDisk(1, false)).inOneSegment().start();
        rig.askAll(1, 100);
        rig.disk.failNext(call + " " + SEGMENT, "Input/output error");
        final List<CompletableFuture<Answer>> lost = List.of(rig.send(101), rig.send(102), rig.send(103));
        await().until(() -> !rig.halts.isEmpty());
        assertThat(rig.disk.failedCall()).startsWith(call);
        assertThat(rig.ask(104).result()).isEqualTo(Result.UNAVAILABLE);
        assertThat(rig.engine.status().durablePosition()).isEqualTo(100);
        rig.close(); // its threads have ended: what is not answered now never will be
        assertThat(lost).noneMatch(answer -> answer.isDone() && answer.join().result() != Result.UNAVAILABLE);
        assertThat(lost.get(0)).isNotDone();
        assertThat(rig.halts).singleElement().asString().contains("mawid-journal", "Input/output error");

        rig.start();
        assertThat(rig.onCore(EngineCore::position)).isBetween(100L, 103L);
        rig.close();
    }

    @Test
    void givenAReadModelThatThrows_whenItIsFed_thenTheEngineHalts() throws Exception {
        final Rig rig = new Rig().start();
        rig.ask(1);
        await().until(() -> rig.engine.status().readModelPosition() == 1);
        rig.readModel.failing = true;
        rig.send(2);
        await().until(() -> !rig.halts.isEmpty());
        assertThat(rig.halts.peek()).contains("mawid-projection at position 2").contains("asked to fail");
        rig.close();
    }

    @Test
    void givenAReplyThatThrows_whenTheCoreAnswers_thenTheEngineHaltsBecauseTheCallerIsPartOfIt() throws Exception {
        final Rig rig = new Rig().start();
        rig.engine.submit(Rig.definePost(1, 0), (tag, outcome, events, offset, length) -> {
            throw new IllegalStateException("a reply must not throw");
        }, 0);
        await().until(() -> !rig.halts.isEmpty());
        assertThat(rig.halts.peek()).contains("mawid-core").contains("a reply must not throw");
        final CompletableFuture<String> toldLate = new CompletableFuture<>();
        rig.engine.onHalt(toldLate::complete);
        assertThat(Rig.get(toldLate)).isEqualTo(rig.halts.peek());
        rig.close();
    }

    @Test
    void givenASecondCoreThatBreaksAPromise_whenASnapshotIsMade_thenTheEngineHaltsAndNothingOfItIsKept() throws Exception {
        final Rig rig = new Rig().start();
        rig.askAll(1, 50);
        final Path folder = Rig.DATA.resolve("snapshots");
        try (EngineCore ahead = aDayAhead(50)) {
            OtherSnapshot.write(rig.files, folder, ahead, new JournalId(7, 301), MessageHeaderEncoder.SCHEMA_VERSION, 1);
        }
        assertThat(rig.ask(51).position()).isEqualTo(51);
        rig.engine.requestSnapshot();
        await().until(() -> !rig.halts.isEmpty());
        assertThat(rig.halts).singleElement().asString().contains("the second core", "position 51 cannot be applied", "log time does not go back").doesNotContain("\n");
        assertThat(rig.ask(52).result()).isEqualTo(Result.UNAVAILABLE);
        rig.close();
        assertThat(rig.files.list(folder)).containsExactly("snapshot-00000000000000000050.snap");
        assertThatThrownBy(rig::start).isInstanceOf(EngineStartException.class).hasMessageContaining("position 51 cannot be applied");

        rig.files.delete(folder.resolve("snapshot-00000000000000000050.snap"));
        assertThat(rig.start().onCore(EngineCore::position)).isEqualTo(51);
        rig.close();
    }

    /** A state that is whole in itself, and behind which the log cannot go on: its time is later. */
    private static EngineCore aDayAhead(final long position) {
        final EngineCore core = new EngineCore();
        final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
        final EventWriter events = new EventWriter(new UnsafeBuffer(ByteBuffer.allocateDirect(EventWriter.MAX_BYTES)), 0);
        for (long at = 1; at <= position; at++) {
            events.reset();
            core.apply(at, Rig.START_MS + TimeUnit.DAYS.toMillis(1), 0, command, 0, Samples.definePost(command, 0, at, Rig.START_MS, 0), events, new Outcome());
        }
        return core;
    }

    @Test
    void givenAReadSideThatThrows_whenASnapshotNeedsItsEventsOnDisk_thenTheEngineHaltsAndTheNextStartHasAllThatWasAnswered() throws Exception {
        final Rig rig = new Rig().start();
        rig.askAll(1, 50);
        rig.readModel.beforeForced = () -> {
            throw new IllegalStateException("a promise is broken");
        };
        rig.engine.requestSnapshot();
        await().until(() -> !rig.halts.isEmpty());
        assertThat(rig.halts).hasSize(1);
        assertThat(rig.halts.peek()).contains("the second core", "a promise is broken").doesNotContain("\n");
        assertThat(rig.engine.admission()).isEqualTo(Result.UNAVAILABLE);
        rig.readModel.beforeForced = () -> { };
        rig.close();
        assertThat(rig.files.list(Rig.DATA.resolve("snapshots"))).as("what cannot be vouched for").isEmpty();
        assertThat(rig.start().onCore(EngineCore::position)).isEqualTo(50);
        rig.close();
    }

    @Test
    void givenAHalt_whenEntriesAreStillBehindIt_thenNoneOfThemIsAnswered() throws Exception {
        final Rig rig = new Rig().start();
        final CountDownLatch go = new CountDownLatch(1);
        rig.engine.query(core -> {
            try {
                go.await();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new OutOfMemoryError("pretended");
        });
        final List<CompletableFuture<Answer>> behind = List.of(rig.send(1), rig.send(2), rig.send(3));
        await().until(() -> rig.engine.status().durablePosition() == 3);
        go.countDown();
        await().until(() -> !rig.halts.isEmpty());
        assertThat(rig.halts.peek()).contains("out of memory");
        rig.close();
        assertThat(behind).noneMatch(CompletableFuture::isDone);

        rig.start();
        assertThat(rig.onCore(EngineCore::position)).isEqualTo(3);
        rig.close();
    }

    @Test
    void givenRecordsThatCannotFollow_whenTooFarBehind_thenUnavailableUntilTheyHaveCaughtUp() throws Exception {
        try (Rig rig = new Rig().start()) {
            rig.ask(1);
            rig.readModel.behind = true;
            await().until(() -> rig.engine.admission() == Result.UNAVAILABLE);
            assertThat(rig.ask(2).result()).isEqualTo(Result.UNAVAILABLE);
            rig.readModel.behind = false;
            await().until(() -> rig.engine.admission() == Result.OK);
            assertThat(rig.ask(2).position()).isEqualTo(2);
        }
    }

    /** As the journal's format says: group after group from the second block on, and a seal has no records. */
    private static boolean isSealed(final byte[] segment) {
        final ByteBuffer bytes = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
        int records = -1;
        for (int at = 4_096; bytes.getInt(at) != 0; at += bytes.getInt(at + 12)) {
            records = bytes.getInt(at + 20);
        }
        return records == 0;
    }

    private static Rig withFullFiles() throws Exception {
        final Rig rig = new Rig();
        rig.files = new FakeDisk(3, true);
        rig.start().askAll(1, 50);
        rig.files.setFull(true);
        rig.engine.requestSnapshot();
        await().until(() -> rig.engine.admission() == Result.STORAGE_FULL);
        return rig;
    }

    @Test
    void givenASnapshotWithoutRoom_whenAsked_thenStorageFullIsAnAnswerAndReadsGoOnAndRoomBringsWritesBackByItself() throws Exception {
        try (Rig rig = withFullFiles()) {
            assertThat(rig.engine.status().storageFull()).isTrue();
            assertThat(rig.engine.status().snapshotPosition()).isZero();
            assertThat(rig.ask(51).result()).isEqualTo(Result.STORAGE_FULL);
            assertThat(rig.outcomeOf(51)).isEqualTo(Result.REQUEST_UNKNOWN);
            assertThat(rig.outcomeOf(50)).isEqualTo(Result.OK);
            assertThat(rig.files.list(Rig.DATA.resolve("snapshots"))).as("nothing is left of it").isEmpty();

            final CountDownLatch go = new CountDownLatch(1);
            rig.readModel.beforeForced = () -> Rig.uninterrupted(go); // as if the snapshot took long
            rig.files.setFull(false);
            await().until(() -> rig.engine.admission() == Result.OK);
            assertThat(rig.ask(51).position()).isEqualTo(51);
            assertThat(rig.engine.status().snapshotPosition()).isZero();
            go.countDown();
            await().until(() -> rig.engine.status().snapshotPosition() >= 50);
            assertThat(rig.engine.status().storageFull()).isFalse();
            assertThat(rig.halts).isEmpty();
        }
    }

    @Test
    void givenASnapshotWithoutRoom_whenAskedAgain_thenEachRequestIsToldWhy_andNoMoreOnceThereIsRoom() throws Exception {
        try (Rig rig = withFullFiles()) {
            final SnapshotTrouble told = trouble(rig, rig.engine.requestSnapshot());
            assertThat(told.kind()).isEqualTo(SnapshotTrouble.Kind.NO_ROOM);
            assertThat(told.why()).contains("no room for a snapshot of ", "data/snapshots", "No space left on device");
            assertThat(trouble(rig, rig.engine.requestSnapshot())).isEqualTo(told);

            rig.files.setFull(false);
            final long request = rig.engine.requestSnapshot();
            await().until(() -> rig.engine.status().snapshotPosition() == 50);
            await().until(() -> rig.engine.snapshotTrouble(request) == null);
            final long nothingToDo = rig.engine.requestSnapshot();
            await().during(50, TimeUnit.MILLISECONDS).until(() -> rig.engine.snapshotTrouble(nothingToDo) == null);
        }
    }

    private static SnapshotTrouble trouble(final Rig rig, final long request) {
        return await().until(() -> rig.engine.snapshotTrouble(request), trouble -> trouble != null);
    }

    @Test
    void givenASnapshotWithoutRoom_whenTheJournalHasSome_thenWhatTheEngineDoesByItselfGoesOnAndItsSealDoesNotOpenTheGate() throws Exception {
        final Rig rig = new Rig();
        rig.files = new FakeDisk(3, true);
        try (rig) {
            rig.start();
            Rig.get(rig.send((index, slot, offset) -> Samples.defineService(slot, offset, 1, Rig.START_MS)));
            assertThat(Rig.get(rig.send((index, slot, offset) -> Samples.submit(slot, offset, 2, Rig.START_MS, 0, 77))).result()).isEqualTo(Result.OK);
            rig.files.setFull(true);
            rig.engine.requestSnapshot();
            await().until(() -> rig.engine.admission() == Result.STORAGE_FULL);

            rig.clockMs.addAndGet(TimeUnit.DAYS.toMillis(400)); // the application's validity is over
            await().until(() -> rig.engine.status().appliedPosition() > 2);
            assertThat(rig.onCore(EngineCore::nextDueMs)).as("a Tick did it").isGreaterThan(rig.clockMs.get());
            await().until(() -> isSealed(rig.disk.content(SEGMENT)));
            rig.onCore(EngineCore::position); // what the journal does with a seal it has done
            assertThat(rig.engine.admission()).isEqualTo(Result.STORAGE_FULL);
            final long position = rig.engine.status().durablePosition();
            assertThat(rig.engine.setCoreVersion(1)).as("the operator's").isEqualTo(position + 1);
            assertThat(rig.ask(3).result()).isEqualTo(Result.STORAGE_FULL);
        }
    }

    @Test
    void givenASnapshotWithoutRoom_whenTheEngineStops_thenItStopsCleanlyAndTheNextOneReplays() throws Exception {
        final Rig rig = withFullFiles();
        rig.close();
        assertThat(rig.halts).isEmpty();
        assertThat(rig.files.list(Rig.DATA.resolve("snapshots"))).isEmpty();
        assertThat(rig.start().onCore(EngineCore::position)).isEqualTo(50);
        rig.files.setFull(false);
        rig.close();
        assertThat(rig.files.list(Rig.DATA.resolve("snapshots"))).hasSize(1);
    }

    @Test
    void givenADiskThatSaysSoInAnotherLanguage_whenThereIsNoRoom_thenItIsUnderstood() throws Exception {
        try (Rig rig = new Rig()) {
            rig.files = new FakeDisk(3, true);
            rig.start().askAll(1, 50);
            rig.files.setFreeBytes(1_000);
            rig.files.failAt(rig.files.calls() + 4, "Aucun espace disponible sur le périphérique");
            rig.engine.requestSnapshot();
            await().until(() -> rig.engine.admission() == Result.STORAGE_FULL);
            assertThat(rig.files.failedCall()).contains("snapshots");
        }
    }

    @Test
    void givenASnapshotThatFailsForAnotherReason_whenAsked_thenItIsNotAFullDiskAndCommandsGoOn() throws Exception {
        try (Rig rig = new Rig()) {
            rig.files = new FakeDisk(3, true);
            rig.start().askAll(1, 50);
            rig.files.setFreeBytes(-1); // nor does the disk say
            rig.files.failAt(rig.files.calls() + 4, "Input/output error");
            assertThat(trouble(rig, rig.engine.requestSnapshot())).isEqualTo(new SnapshotTrouble(SnapshotTrouble.Kind.NOT_MADE, "no snapshot could be made: Input/output error"));
            assertThat(rig.files.failedCall()).contains("snapshots");
            rig.engine.requestSnapshot();
            await().until(() -> rig.engine.status().snapshotPosition() == 50);
            assertThat(rig.engine.status().storageFull()).isFalse();
            assertThat(rig.ask(51).position()).isEqualTo(51);
        }
    }

    private static List<String> snapshots(final Rig rig) throws Exception {
        return rig.files.list(Rig.DATA.resolve("snapshots")).stream().map(name -> name.replaceFirst("snapshot-0*", "")).toList();
    }

    /** After fifty commands more. @return number of its request */
    private static long snapshotAt(final Rig rig, final long position) {
        rig.askAll(position - 49, 50);
        final long request = rig.engine.requestSnapshot();
        await().until(() -> rig.engine.status().snapshotPosition() == position);
        return request;
    }

    @ParameterizedTest
    @CsvSource({"rename data/snapshots/snapshot-00000000000000000050.snap, 50.snap", "delete data/snapshots/snapshot-00000000000000000050.snap.tmp, 50.snap.tmp"})
    void givenAnOldSnapshotThatCannotBeRemoved_whenANewOneIsMade_thenItCountsAndTheTroubleNamesTheOldOneAndTheNextRemovesIt(final String call, final String left)
            throws Exception {
        try (Rig rig = new Rig()) {
            rig.files = new FakeDisk(3, true);
            rig.start();
            snapshotAt(rig, 50);
            snapshotAt(rig, 100);
            rig.files.failEach(call, "Input/output error");
            final SnapshotTrouble told = trouble(rig, snapshotAt(rig, 150));
            assertThat(told.kind()).isEqualTo(SnapshotTrouble.Kind.OLD_ONE_LEFT);
            assertThat(told.isNotMade()).isFalse();
            assertThat(told.why()).hasLineCount(1).contains("the snapshot of position 150 was made", "could not be removed, data/snapshots/snapshot-00000000000000000050.snap",
                    "Input/output error", "tried again after the next one");
            assertThat(snapshots(rig)).containsExactlyInAnyOrder(left, "100.snap", "150.snap");
            assertThat(trouble(rig, snapshotAt(rig, 200)).kind()).as("it fails again, and keeps none of the others").isEqualTo(SnapshotTrouble.Kind.OLD_ONE_LEFT);
            assertThat(snapshots(rig)).containsExactlyInAnyOrder(left, "150.snap", "200.snap");

            rig.files.failEach(null, null);
            final long last = snapshotAt(rig, 250);
            await().untilAsserted(() -> assertThat(snapshots(rig)).containsExactly("200.snap", "250.snap"));
            assertThat(rig.engine.snapshotTrouble(last)).isNull();
            assertThat(rig.halts).isEmpty();
        }
    }
}
