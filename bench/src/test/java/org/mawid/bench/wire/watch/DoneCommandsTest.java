package org.mawid.bench.wire.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands at positions 11, 13 and 14 of post 1, with two events each, and 12 of post 2. */
class DoneCommandsTest {
    private final DoneCommands done = new DoneCommands();
    private final Received watcher = new Received();

    DoneCommandsTest() {
        // Answers come in no order.
        for (final long position : new long[] {13, 11, 14}) {
            done.done(position, 1, position * 100, position * 100 + 50);
        }
        done.done(12, 2, 1_200, 1_250);
        watcher.begin(10);
    }

    private void got(final long... positions) {
        for (final long position : positions) {
            watcher.event(position, 0, position * 100 + 60);
            watcher.event(position, 1, position * 100 + 60);
        }
    }

    private String fault() {
        return DoneCommands.fault(done.positions(1), List.of(watcher));
    }

    @Test
    void givenAWatcherThatGotEverythingOnce_whenTheBooksAreCompared_thenNothingIsWrong() {
        got(11, 13, 14);

        assertThat(fault()).isEmpty();
        assertThat(done.lastPosition(1)).isEqualTo(14);
        assertThat(done.lastPosition(0)).isEqualTo(14);
        assertThat(done.lastPosition(3)).isZero();
        assertThat(done.dueNs(13)).isEqualTo(1_300);
        assertThat(done.dueNs(99)).isEqualTo(DoneCommands.UNKNOWN);
    }

    @Test
    void givenOneOfAllPosts_whenTheBooksAreCompared_thenItMustHaveThoseOfAll() {
        got(11, 13, 14);

        assertThat(DoneCommands.fault(done.positions(0), List.of(watcher))).isEqualTo("position 12 is missing: position 13 came instead");
    }

    @Test
    void givenAMissingPosition_whenTheBooksAreCompared_thenItIsNamed() {
        got(11, 14);

        assertThat(fault()).isEqualTo("position 13 is missing: position 14 came instead");
    }

    @Test
    void givenTheLastOnesMissing_whenTheBooksAreCompared_thenTheyAreCounted() {
        got(11);

        assertThat(fault()).isEqualTo("2 positions are missing at the end, from 13 on");
    }

    @Test
    void givenAnEventThatCameTwice_whenItComes_thenItIsNoticed() {
        got(11, 13);
        watcher.event(13, 1, 0);
        got(14);

        assertThat(fault()).isEqualTo("event 1 of position 13 came again, behind event 1 of it");
    }

    @Test
    void givenAPositionThatCameAgainLater_whenItComes_thenItIsNoticed() {
        got(11, 13, 11, 14);

        assertThat(fault()).isEqualTo("event 0 of position 11 came again, behind position 13");
    }

    @Test
    void givenAnEventMissingWithinAPosition_whenTheNextComes_thenItIsNoticed() {
        got(11);
        watcher.event(13, 1, 0);
        got(14);

        assertThat(fault()).isEqualTo("event 0 of position 13 is missing: event 1 came");
    }

    @Test
    void givenTheLastEventOfAPositionMissing_whenComparedWithTheOthers_thenItIsNoticed() {
        got(11, 13);
        watcher.event(14, 0, 0);
        final Received other = new Received();
        other.begin(10);
        for (final long position : new long[] {11, 13, 14}) {
            other.event(position, 0, 0);
            other.event(position, 1, 0);
        }

        assertThat(DoneCommands.fault(done.positions(1), List.of(watcher, other))).isEqualTo("one watcher got 5 events and another 6 of the same positions");
    }

    @Test
    void givenAnEventThatNobodyCaused_whenTheBooksAreCompared_thenItIsNamed() {
        got(11, 12, 13, 14);

        assertThat(fault()).isEqualTo("an event of position 12 came, which no command of these was given");
    }

    @Test
    void givenAWatcherThatBeganLater_whenTheBooksAreCompared_thenWhatWasBeforeIsNotMissing() {
        watcher.begin(12);
        got(13, 14);

        assertThat(fault()).isEmpty();
    }
}
