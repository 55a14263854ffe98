package org.mawid.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SlewedClockTest {
    private static final long START_MS = 1_767_225_600_000L;
    private static final long HOUR_MS = 3_600_000L;
    private long nanos = -1_234_567_890_123L; // the origin of the monotonic clock means nothing
    private long wallMs = START_MS;
    private final SlewedClock clock = new SlewedClock(() -> nanos, () -> wallMs, 500);

    private void pass(final long ms) {
        for (long left = ms; left > 0; left -= 1_000) {
            final long step = Math.min(left, 1_000);
            nanos += step * 1_000_000;
            wallMs += step;
            clock.slew();
        }
    }

    @Test
    void givenAWallClockThatAgrees_whenTimePasses_thenTheyStayTogether() {
        pass(HOUR_MS);
        assertThat(clock.nowMs()).isEqualTo(START_MS + HOUR_MS);
    }

    @Test
    void givenTheWallClockStepsAnHourAhead_whenAnHourPasses_thenTimeIsDrawnAfterItByFiveHundredPartsInAMillion() {
        wallMs += HOUR_MS;
        assertThat(clock.nowMs()).isEqualTo(START_MS);
        clock.slew();
        pass(HOUR_MS);
        assertThat(clock.nowMs()).isBetween(START_MS + HOUR_MS + 1_798, START_MS + HOUR_MS + 1_801);
    }

    @Test
    void givenTheWallClockStepsBack_whenTimePasses_thenItGoesSlowlyOnAndNeverBack() {
        wallMs -= HOUR_MS;
        long last = clock.nowMs();
        for (int minute = 0; minute < 60; minute++) {
            pass(60_000);
            assertThat(clock.nowMs() - last).isBetween(59_969L, 60_000L);
            last = clock.nowMs();
        }
    }

    @Test
    void givenALogThatEndedLaterThanTheWallClockSays_whenTimePasses_thenItGoesOnFromThere() {
        clock.notBefore(START_MS + HOUR_MS);
        assertThat(clock.nowMs()).isEqualTo(START_MS + HOUR_MS);
        pass(60_000);
        assertThat(clock.nowMs() - START_MS - HOUR_MS).isBetween(59_969L, 60_000L);
    }

    @Test
    void givenALogThatEndedEarlier_whenStarted_thenTimeIsThatOfTheWallClock() {
        clock.notBefore(START_MS - HOUR_MS);
        assertThat(clock.nowMs()).isEqualTo(START_MS);
    }

    @Test
    void givenTheWallClockIsAhead_whenTakenOver_thenTimeIsItsAtOnceAndGoesOnAsFast() {
        wallMs += HOUR_MS;
        pass(60_000);
        final long behindMs = wallMs - clock.nowMs();
        assertThat(clock.takeOver()).isEqualTo(behindMs).isGreaterThan(HOUR_MS - 31);
        assertThat(clock.nowMs()).isEqualTo(wallMs).isEqualTo(clock.wallMs());
        pass(HOUR_MS);
        assertThat(clock.nowMs()).isEqualTo(wallMs);
    }

    @Test
    void givenTheWallClockIsNotAhead_whenTakenOver_thenNothingChanges() {
        assertThat(clock.takeOver()).isZero();
        wallMs -= HOUR_MS;
        assertThat(clock.takeOver()).isZero();
        assertThat(clock.nowMs()).isEqualTo(START_MS);
        pass(60_000);
        assertThat(clock.nowMs() - START_MS).as("slower, as before").isBetween(59_969L, 59_971L);
    }

    @Test
    void givenASmallOffset_whenTimePasses_thenItIsGoneWithoutOvershooting() {
        wallMs += 200;
        clock.slew();
        for (int minute = 0; minute < 120; minute++) {
            pass(60_000);
            assertThat(wallMs - clock.nowMs()).isBetween(0L, 200L);
        }
        assertThat(wallMs - clock.nowMs()).isLessThanOrEqualTo(5);
    }

    @Test
    void givenAWallClockThatJumpsAboutForYears_whenRead_thenTimeNeverGoesBack() {
        final Random random = new Random(42);
        long last = clock.nowMs();
        for (int i = 0; i < 20_000; i++) {
            wallMs = START_MS + random.nextLong() % (365 * 24 * HOUR_MS);
            if (i % 7 == 0) {
                clock.takeOver();
            } else {
                clock.slew();
            }
            nanos += (random.nextLong() & 0xFFFF_FFFFFL);
            final long now = clock.nowMs();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }
}
