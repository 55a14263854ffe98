package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.Rig.Answer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.sbe.Result;

/** What is an answer, and what is the end. */
@Timeout(60)
class TroubleTest {
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
        final Rig rig = new Rig().start();
        rig.askAll(1, 100);
        rig.disk.failAt(rig.disk.calls() + 1, "Input/output error");
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

    @Test
    void givenASnapshotWithoutRoom_whenAsked_thenTheEngineGoesOnAndTheOldOnesStay() throws Exception {
        final Rig rig = new Rig(new FakeDisk(3, true));
        try (rig) {
            rig.start().askAll(1, 50);
            rig.disk.setFull(true);
            rig.engine.requestSnapshot();
            await().until(() -> rig.engine.status().storageFull());
            assertThat(rig.engine.status().snapshotPosition()).isZero();
            assertThat(rig.ask(51).position()).isEqualTo(51);
            rig.disk.setFull(false);
            rig.engine.requestSnapshot();
            await().until(() -> rig.engine.status().snapshotPosition() == 51);
            assertThat(rig.engine.status().storageFull()).isFalse();
        }
    }
}
