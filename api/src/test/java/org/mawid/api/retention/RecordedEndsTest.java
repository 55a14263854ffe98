package org.mawid.api.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.LineState;

/** When it can be told that an application has ended, and when the night begins in which that is looked at. */
class RecordedEndsTest {
    @Test
    void givenEachState_thenAnEndIsWhatNothingFollows() {
        final EnumSet<LineState> ended = EnumSet.allOf(LineState.class);
        ended.removeIf(state -> !RecordedEnds.isEnded(state));
        assertThat(ended).containsExactlyInAnyOrder(LineState.FULFILLED, LineState.REJECTED, LineState.WITHDRAWN, LineState.EXPIRED);
    }

    @Test
    void givenRecords_thenWhatIsOpenHasNotEnded_norAnotherOfThatNumber_andWhatIsNotInThemWasRetired() {
        try (FakeEngine engine = new FakeEngine()) {
            final RecordedEnds ends = new RecordedEnds(engine);
            ends.begin();
            assertThat(ends.isEnded(FakeReadModel.KNOWN, 1)).isFalse();
            assertThat(ends.isEnded(FakeReadModel.KNOWN, 2)).isFalse();
            assertThat(ends.isEnded(FakeReadModel.KNOWN, 0)).isFalse();
            assertThat(ends.isEnded(FakeReadModel.KNOWN + 1, 1)).isTrue();
            engine.fakeReadModel().rebuilding(true);
            assertThatThrownBy(() -> ends.isEnded(FakeReadModel.KNOWN + 1, 1)).isInstanceOf(ReadModelBehindException.class);
        }
    }

    @Test
    void givenAnyTime_thenTheNextSweepIsInTheNextNight() {
        assertThat(next("2026-11-28T01:59:59Z")).isEqualTo("2026-11-28T02:00:00Z");
        assertThat(next("2026-11-28T02:00:00Z")).isEqualTo("2026-11-29T02:00:00Z");
        assertThat(next("2026-12-31T23:00:00Z")).isEqualTo("2027-01-01T02:00:00Z");
    }

    private static String next(final String now) {
        return Instant.ofEpochMilli(Retention.nextMs(Instant.parse(now).toEpochMilli())).toString();
    }
}
