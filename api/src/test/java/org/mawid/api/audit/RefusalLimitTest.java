package org.mawid.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;
import org.mawid.api.audit.RefusalLimit.LeftOut;
import org.mawid.api.audit.RefusalLimit.Who;

/** Who knocks a million times leaves a few lines and a number. */
class RefusalLimitTest {
    private static final Who KNOCKS = new Who(7, 70);
    private static final Who OTHER = new Who(8, 70);

    private long nowNanos;
    private final RefusalLimit limit = new RefusalLimit(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nowNanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void givenOneWhoKnocksOnAndOn_thenSomeAreWritten_andTheNextOneTellsHowManyWereNot() {
        for (int i = 0; i < RefusalLimit.OF_CALLER; i++) {
            assertThat(limit.take(KNOCKS, 31)).isZero();
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.take(KNOCKS, 31)).isEqualTo(RefusalLimit.LEFT_OUT);
        }
        assertThat(limit.take(OTHER, 31)).as("somebody else").isZero();
        after(RefusalLimit.CALLER_EVERY_MS);
        assertThat(limit.take(KNOCKS, 31)).isEqualTo(1_000);
        assertThat(limit.take(KNOCKS, 31)).isEqualTo(RefusalLimit.LEFT_OUT);
    }

    @Test
    void givenOneWhoDoesNotComeAgain_thenWhatWasLeftOutIsTold_once() {
        for (int i = 0; i < RefusalLimit.OF_CALLER + 3; i++) {
            limit.take(KNOCKS, i);
        }
        assertThat(limit.leftOver()).containsExactly(new LeftOut(KNOCKS, RefusalLimit.OF_CALLER + 2, 3));
        assertThat(limit.leftOver()).isEmpty();
    }

    @Test
    void givenWhatCouldNotBeWritten_thenItIsLeftOutWithAllThatItTold() {
        for (int i = 0; i < RefusalLimit.OF_CALLER + 3; i++) {
            limit.take(KNOCKS, 31);
        }
        after(RefusalLimit.CALLER_EVERY_MS);
        final long before = limit.take(KNOCKS, 31);
        limit.giveBack(KNOCKS, 31, before);
        after(RefusalLimit.CALLER_EVERY_MS);
        assertThat(limit.take(KNOCKS, 31)).isEqualTo(4);
    }

    @Test
    void givenMoreThanCanBeRemembered_thenTheyAreCountedTogether_andNoMoreIsWrittenThanOfAll() {
        int written = 0;
        for (int i = 0; i < 2 * RefusalLimit.MOST_CALLERS; i++) {
            written += limit.take(new Who(i, 1), 31) == 0 ? 1 : 0;
        }
        assertThat(written).isEqualTo(RefusalLimit.OF_ALL);
        after(RefusalLimit.OF_ALL * RefusalLimit.ALL_EVERY_MS);
        assertThat(limit.leftOver()).hasSize(RefusalLimit.OF_ALL);
    }

    private void after(final long ms) {
        nowNanos += ms * 1_000_000;
    }
}
