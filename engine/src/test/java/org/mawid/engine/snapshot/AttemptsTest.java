package org.mawid.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a snapshot is tried again. */
class AttemptsTest {
    private static final long NEEDED = 1_000;
    private static final long START = Long.MAX_VALUE - Attempts.RETRY_NANOS / 2; // such a clock may pass its end
    private static final long LATER = START + Attempts.RETRY_NANOS;
    private long freeBytes;
    private int asked;
    private final Attempts attempts = new Attempts(START, () -> {
        asked++;
        return freeBytes;
    });

    @Test
    void givenNoTrouble_thenWhenAskedOrDue_andTheDiskIsNotLookedAt() {
        assertThat(attempts.isTime(START, false, false)).isFalse();
        assertThat(attempts.isTime(START, true, false)).isTrue();
        assertThat(attempts.isTime(START, false, true)).isTrue();
        assertThat(asked).isZero();
        assertThat(attempts.roomIsTold()).isFalse();
    }

    @Test
    void givenOneThatFailed_thenWhenAsked_orHalfAMinuteLaterWhenDue() {
        attempts.failed(START);
        assertThat(attempts.isTime(LATER - 1, false, true)).isFalse();
        assertThat(attempts.isTime(START, false, true)).isFalse();
        assertThat(attempts.isTime(START, true, false)).isTrue();
        assertThat(attempts.isTime(LATER, false, true)).isTrue();
        assertThat(attempts.isTime(LATER, false, false)).isFalse();
    }

    @Test
    void givenOneThatFoundNoRoom_thenAsSoonAsThereIsEnough_orHalfAMinuteLater_whetherOrNotAnybodyAsks() {
        attempts.foundNoRoom(START, NEEDED);
        freeBytes = NEEDED - 1;
        assertThat(attempts.isTime(START, true, true)).as("it costs a second core").isFalse();
        freeBytes = NEEDED;
        assertThat(attempts.isTime(START, false, false)).isTrue();
        assertThat(attempts.roomIsTold()).isTrue();
        freeBytes = -1; // nobody knows
        assertThat(attempts.isTime(LATER - 1, true, true)).isFalse();
        assertThat(attempts.isTime(LATER, false, false)).isTrue();
        assertThat(attempts.roomIsTold()).isFalse();
        attempts.made();
        assertThat(attempts.isTime(LATER, false, false)).isFalse();
    }

    @Test
    void givenRoomThatWasToldAndWasNotThere_thenMoreMustBeTold() {
        attempts.foundNoRoom(START, NEEDED);
        freeBytes = 5 * NEEDED;
        assertThat(attempts.isTime(START, false, false)).isTrue();
        attempts.foundNoRoom(START, NEEDED);
        assertThat(attempts.isTime(START, false, false)).isFalse();
        freeBytes = 6 * NEEDED + 1;
        assertThat(attempts.isTime(START, false, false)).isTrue();
        freeBytes = Long.MAX_VALUE;
        assertThat(attempts.isTime(START, false, false)).isTrue();
        attempts.foundNoRoom(START, NEEDED);
        assertThat(attempts.isTime(START, false, false)).as("more than all cannot be told").isFalse();
        assertThat(attempts.isTime(LATER, false, false)).isTrue();
    }
}
