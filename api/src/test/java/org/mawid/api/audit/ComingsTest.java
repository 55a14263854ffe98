package org.mawid.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** From where somebody comes is news once an hour, and no crowd makes it take more memory. */
class ComingsTest {
    private final AtomicLong nowMs = new AtomicLong(1_000);
    private final Comings comings = new Comings(nowMs::get);

    @Test
    void givenSomebody_whenTheyComeAgain_thenItIsNewsAnHourLaterOrFromElsewhere() {
        assertThat(comings.isNews(1, "10.0.0.1")).isTrue();
        assertThat(comings.isNews(1, "10.0.0.1")).isFalse();
        assertThat(comings.isNews(1, "10.0.0.2")).isTrue();
        assertThat(comings.isNews(2, "10.0.0.1")).isTrue();
        nowMs.addAndGet(Comings.EVERY_MS - 1);
        assertThat(comings.isNews(1, "10.0.0.1")).isFalse();
        nowMs.addAndGet(1);
        assertThat(comings.isNews(1, "10.0.0.1")).isTrue();
    }

    @Test
    void givenWhatCouldNotBeWritten_thenItIsNewsStill() {
        assertThat(comings.isNews(1, "10.0.0.1")).isTrue();
        comings.forget(1, "10.0.0.1");
        assertThat(comings.isNews(1, "10.0.0.1")).isTrue();
    }

    @Test
    void givenMoreThanAreRemembered_thenTheOldestAreForgotten_orElseAll() {
        for (int i = 0; i < Comings.MOST / 2; i++) {
            comings.isNews(i, "a");
        }
        nowMs.addAndGet(Comings.EVERY_MS);
        for (int i = 0; i < Comings.MOST / 2; i++) {
            comings.isNews(i, "b");
        }
        assertThat(comings.isNews(0, "c")).isTrue();
        assertThat(comings.isNews(0, "b")).as("of this hour").isFalse();
        for (int i = 0; i < Comings.MOST / 2; i++) {
            comings.isNews(i, "d");
        }
        assertThat(comings.isNews(0, "b")).as("too many of this hour: all are news").isTrue();
    }
}
