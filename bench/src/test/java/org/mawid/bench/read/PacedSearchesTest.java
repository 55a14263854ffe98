package org.mawid.bench.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.mawid.bench.load.Output;

/** On a clock of the test's own: reading it takes a hundred nanoseconds, a search what the test says. Rates are so high that nothing parks. */
class PacedSearchesTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long READING_NS = 100;
    private static final int SECONDS = 2;

    private long nowNs = -5_000 * MS; // as System.nanoTime: any number
    private int made;

    private PacedSearches.Window at(final double perSecond, final IntToLongFunction search) {
        return new PacedSearches(search, () -> nowNs += READING_NS, new Output()).at(perSecond, SECONDS, "test", 0);
    }

    private IntToLongFunction taking(final long ns) {
        return number -> {
            made++;
            nowNs += ns;
            return 1;
        };
    }

    @Test
    void givenSearchesThatAreFastEnough_whenPaced_thenEachIsMadeWhenItIsDueAndTakesItsOwnTime() {
        final PacedSearches.Window window = at(20_000, taking(20 * US));

        assertThat(window.due()).isEqualTo(SECONDS * 20_000);
        assertThat(window.inTime()).isEqualTo(window.due());
        assertThat(made).as("those that settle too").isEqualTo((PacedSearches.SETTLE_SECONDS + SECONDS) * 20_000);
        assertThat(window.ns().getMaxValue() / (double) US).isCloseTo(20, within(0.5));
        assertThat(window.holds(21)).isTrue();
        assertThat(window.holds(19)).isFalse();
    }

    @Test
    void givenOneThatIsHeldUp_whenPaced_thenThoseThatCameDueMeanwhileCountFromWhenTheyWereDue() {
        final long settled = PacedSearches.SETTLE_SECONDS * 20_000;
        final IntToLongFunction usual = taking(5 * US);
        final PacedSearches.Window window = at(20_000, number -> usual.applyAsLong(number) + (made == settled + 1_000 ? nowNs += 100 * MS : 0));

        assertThat(window.keptSchedule()).as("it was caught up with").isTrue();
        assertThat(window.ns().getTotalCount()).isEqualTo(SECONDS * 20_000);
        assertThat(window.ns().getMaxValue() / (double) MS).isCloseTo(100, within(1.0));
        assertThat(window.ns().getCountBetweenValues(50 * MS, 200 * MS)).as("half of the 2 000 that came due meanwhile, at twenty a millisecond").isBetween(1_000L, 1_200L);
    }

    @Test
    void givenMoreThanCanBeMade_whenPaced_thenTheScheduleIsNotKept_andWhatWasGivenUpCountsAsHavingWaited() {
        final PacedSearches.Window window = at(100_000, taking(100 * US));

        assertThat(window.keptSchedule()).isFalse();
        assertThat(window.holds(Double.MAX_VALUE)).isFalse();
        assertThat(window.inTime()).as("ten thousand a second at most").isBetween(19_900L, 20_000L);
        assertThat(window.unanswered()).as("two seconds more were spent on catching up").isBetween(160_000L, 160_200L);
        assertThat(window.ns().getTotalCount()).isEqualTo(window.due()).isEqualTo(200_000);
        assertThat(window.p99Us() / MS * US).as("ms waited by those that were due first of what was given up").isBetween(3_500.0, 3_700.0);
        final JsonObject figures = window.figures();
        assertThat(figures.getDouble("duePerSecond")).isEqualTo(100_000);
        assertThat(figures.getDouble("perSecond")).isCloseTo(10_000, within(100.0));
        assertThat(figures.getBoolean("keptSchedule")).isFalse();
    }

    @Test
    void givenSearchesThatFindNothing_whenPaced_thenNothingIsSaidOfThem() {
        assertThatThrownBy(() -> at(20_000, number -> 0)).isInstanceOf(IllegalStateException.class).hasMessageContaining("nothing was found");
    }
}
