package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose answers count against whom. On a server over HTTP/1 a connection waits by itself: its next request is not looked at before an answer is written. */
class UnreadTest {
    private final Unread unread = new Unread(8_000);
    private final Unread.Share one = unread.open();
    private final Unread.Share other = unread.open();

    @Test
    void givenAnEighthOnOneConnection_whenItIsReached_thenOnlyThatOneIsSpentUntilItsAnswersAreWritten() {
        one.take(999);
        assertThat(one.isSpent()).isFalse();
        one.take(1);
        assertThat(one.isSpent()).isTrue();
        assertThat(other.isSpent()).isFalse();
        one.giveBack(999);
        assertThat(one.isSpent()).isFalse();
    }

    @Test
    void givenAllThatMayWait_whenTheConnectionIsGone_thenOthersGoOnAndWhatIsWrittenLaterCountsNoMore() {
        one.take(8_000);
        assertThat(other.isSpent()).isTrue();
        one.close();
        one.giveBack(8_000);
        assertThat(other.isSpent()).isFalse();
        assertThat(unread.bytes()).isZero();
    }
}
