package org.mawid.api.callcentre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.callcentre.CallCentreException.Reason;
import org.mawid.grpc.CallbackOutcome;

/** Who is to be called back is called back, by one agent, and forgotten by no crash. */
class CallbacksTest {
    private static final long NINE = 1_772_186_400_000L;
    private static final long HOUR = 3_600_000;
    private static final long FATIMA = 0xFA;
    private static final long OMAR = 0x0A;
    private static final int REACHED = CallbackOutcome.CALLBACK_OUTCOME_REACHED_VALUE;
    private static final int NOT_REACHED = CallbackOutcome.CALLBACK_OUTCOME_NOT_REACHED_VALUE;

    private static final long REMEMBERED_MS = 7 * 86_400_000L;

    @TempDir
    private Path folder;
    private long now = NINE;
    private Callbacks callbacks;

    private Path file;
    private int lives;

    @BeforeEach
    void begin() {
        file = folder.resolve("callbacks");
        open();
    }

    private void open() {
        callbacks = new Callbacks(file, () -> now, REMEMBERED_MS, 20);
    }

    @AfterEach
    void close() {
        callbacks.close();
    }

    /** As after a kill: with the file as it was while it was open. */
    private void again() throws IOException {
        final Path killed = Files.copy(file, folder.resolve("callbacks-" + ++lives));
        callbacks.close();
        file = killed;
        open();
    }

    @Test
    void givenTheSameAskedTwice_alsoAcrossARestart_thenItIsOneCallback() throws Exception {
        final CallbackRow asked = callbacks.ask(7, NINE + HOUR, NINE + 2 * HOUR, 12);
        assertThat(callbacks.ask(7, NINE + HOUR, NINE + 2 * HOUR, 12)).isEqualTo(asked);
        again();
        assertThat(callbacks.ask(7, NINE + HOUR, NINE + 2 * HOUR, 12)).isEqualTo(asked);
        assertThat(callbacks.ask(8, NINE + HOUR, NINE + 2 * HOUR, 12).id()).isNotEqualTo(asked.id());
        assertThat(callbacks.openCount()).isEqualTo(2);
        assertThat(callbacks.of(7)).containsExactly(asked);
    }

    @Test
    void givenOneAgentHasIt_thenNoOtherHas_untilAQuarterOfAnHourIsOver() throws Exception {
        final long id = callbacks.ask(7, NINE, NINE + HOUR, 12).id();
        refused(Reason.NOT_TAKEN, () -> callbacks.end(7, id, FATIMA, REACHED));
        final CallbackRow taken = callbacks.take(7, id, FATIMA);
        now += 60_000;
        assertThat(callbacks.take(7, id, FATIMA)).as("the same again").isEqualTo(taken);
        assertThatThrownBy(() -> callbacks.take(7, id, OMAR)).isInstanceOfSatisfying(CallCentreException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.TAKEN);
            assertThat(e.untilMs()).isEqualTo(NINE + Callbacks.TAKEN_MS);
        });
        again();
        refused(Reason.TAKEN, () -> callbacks.take(7, id, OMAR));
        now = NINE + Callbacks.TAKEN_MS;
        assertThat(callbacks.take(7, id, OMAR).takenBy()).isEqualTo(OMAR);
        refused(Reason.NOT_TAKEN, () -> callbacks.end(7, id, FATIMA, REACHED));
        final CallbackRow ended = callbacks.end(7, id, OMAR, REACHED);
        assertThat(ended.isOpen()).isFalse();
        assertThat(callbacks.end(7, id, OMAR, REACHED)).as("the same again").isEqualTo(ended);
        refused(Reason.ENDED, () -> callbacks.end(7, id, OMAR, NOT_REACHED));
        refused(Reason.ENDED, () -> callbacks.take(7, id, FATIMA));
        refused(Reason.CALLBACK_UNKNOWN, () -> callbacks.take(8, id, FATIMA));
        assertThat(callbacks.openCount()).isZero();
    }

    @Test
    void givenNobodyIsReached_thenItComesAgainThreeTimes_twoHoursLater() throws Exception {
        final long id = callbacks.ask(7, NINE, NINE + HOUR, 12).id();
        for (int tries = 1; tries <= Callbacks.MOST_TRIES; tries++) {
            callbacks.take(7, id, FATIMA);
            final CallbackRow again = callbacks.end(7, id, FATIMA, NOT_REACHED);
            assertThat(again.tries()).isEqualTo(tries);
            assertThat(again.dueMs()).isEqualTo(now + Callbacks.AGAIN_MS);
            assertThat(callbacks.end(7, id, FATIMA, NOT_REACHED)).as("the same again is not another try").isEqualTo(again);
            again();
            now += Callbacks.AGAIN_MS;
        }
        callbacks.take(7, id, FATIMA);
        assertThat(callbacks.end(7, id, FATIMA, NOT_REACHED).isOpen()).isFalse();
    }

    @Test
    void givenMany_thenTheOldestDueComesFirst_pageByPage_andNoMoreThanMayBe() throws Exception {
        final List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            expected.add(0, callbacks.ask(100 + i, NINE + (20 - i) * HOUR, NINE + 21 * HOUR, 12).id());
        }
        refused(Reason.CALLBACKS_FULL, () -> callbacks.ask(200, NINE, NINE + HOUR, 12));
        again();
        final List<Long> listed = new ArrayList<>();
        String after = "";
        for (List<CallbackRow> page = callbacks.open(after, 7); !page.isEmpty(); page = callbacks.open(after, 7)) {
            page.forEach(row -> listed.add(row.id()));
            after = page.get(page.size() - 1).place();
        }
        assertThat(listed).isEqualTo(expected);
        refused(Reason.WINDOW, () -> callbacks.ask(100, NINE + 2, NINE + 1, 12));
        refused(Reason.WINDOW, () -> callbacks.ask(100, NINE - 2, NINE, 12));
        refused(Reason.WINDOW, () -> callbacks.ask(100, NINE, NINE + 32 * 24 * HOUR, 12));
    }

    @Test
    void givenItEndedLongAgo_thenItIsForgotten() throws Exception {
        final long id = callbacks.ask(7, NINE, NINE + HOUR, 12).id();
        callbacks.take(7, id, FATIMA);
        callbacks.end(7, id, FATIMA, REACHED);
        now += REMEMBERED_MS + 1;
        callbacks.ask(8, now, now + HOUR, 12);
        again();
        assertThat(callbacks.of(7)).isEmpty();
        assertThat(callbacks.of(8)).hasSize(1);
    }

    @Test
    void givenNobodyAsks_thenWhatIsOverIsForgottenAllTheSame_andNotBefore() throws Exception {
        for (int application = 1; application <= 6; application++) {
            final long id = callbacks.ask(application, NINE, NINE + HOUR, 12).id();
            callbacks.take(application, id, FATIMA);
            callbacks.end(application, id, FATIMA, REACHED);
        }
        now += REMEMBERED_MS;
        assertThat(callbacks.overCount()).isZero();
        assertThat(callbacks.forget()).isZero();
        now++;
        assertThat(callbacks.overCount()).isEqualTo(6);
        assertThat(callbacks.forget() + callbacks.forget()).isEqualTo(6);
        again();
        assertThat(callbacks.of(6)).isEmpty();
    }

    @Test
    void givenAFileThatCannotBe_thenItSaysSo_andGoesOnWhenItCan() throws Exception {
        final Path inTheWay = Files.writeString(folder.resolve("none"), "");
        final Callbacks elsewhere = new Callbacks(inTheWay.resolve("callbacks"), () -> now, REMEMBERED_MS);
        assertThatThrownBy(() -> elsewhere.openCount()).isInstanceOf(IOException.class);
        Files.delete(inTheWay);
        assertThat(elsewhere.openCount()).isZero();
        elsewhere.close();
    }

    private static void refused(final Reason reason, final ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CallCentreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
