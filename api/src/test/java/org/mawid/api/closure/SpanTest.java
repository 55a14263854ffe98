package org.mawid.api.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Local times become instants, also on the days on which the clocks are changed. */
class SpanTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void givenLocalTimes_whenTheClocksAreWhatTheyWere_thenTheyAreThoseOfTheZone() {
        assertThat(Span.ofTimes("2026-03-02T09:00", "2026-07-02T13:00", PARIS)).isEqualTo(span("2026-03-02T08:00:00Z", "2026-07-02T11:00:00Z"));
        assertThat(Span.ofTimes("2026-03-02T09:00", "2026-03-02T13:00", ZoneId.of("Asia/Kathmandu"))).isEqualTo(span("2026-03-02T03:15:00Z", "2026-03-02T07:15:00Z"));
    }

    @Test
    void givenATimeThatTheClocksPassOver_thenItIsTheInstantAtWhichTheyDo() {
        assertThat(Span.ofTimes("2026-03-29T02:30", "2026-03-29T03:00", PARIS).isPossible()).as("nothing is between").isFalse();
        assertThat(Span.ofTimes("2026-03-29T02:30", "2026-03-29T04:00", PARIS)).isEqualTo(span("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"));
        assertThat(Span.ofTimes("2026-03-29T01:00", "2026-03-29T02:30", PARIS)).isEqualTo(span("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"));
    }

    @Test
    void givenATimeThatComesTwice_thenASpanBeginsAtTheFirstAndEndsAtTheSecond() {
        assertThat(Span.ofTimes("2026-10-25T02:30", "2026-10-25T04:00", PARIS)).isEqualTo(span("2026-10-25T00:30:00Z", "2026-10-25T03:00:00Z"));
        assertThat(Span.ofTimes("2026-10-25T01:00", "2026-10-25T02:30", PARIS)).isEqualTo(span("2026-10-24T23:00:00Z", "2026-10-25T01:30:00Z"));
    }

    @Test
    void givenWholeDates_thenEachIsAsLongAsItIs() {
        assertThat(hours(Span.ofDates(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 3, 29), PARIS))).isEqualTo(23);
        assertThat(hours(Span.ofDates(LocalDate.of(2026, 10, 25), LocalDate.of(2026, 10, 25), PARIS))).isEqualTo(25);
        assertThat(hours(Span.ofDates(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 7), PARIS))).isEqualTo(7 * 24);
        // Its day begins at one o'clock.
        assertThat(Span.ofDates(LocalDate.of(2026, 4, 24), LocalDate.of(2026, 4, 24), ZoneId.of("Africa/Cairo"))).isEqualTo(span("2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"));
        assertThat(Span.ofDates(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 1), PARIS).isPossible()).isFalse();
    }

    @Test
    void givenInstants_thenWholeUnitsAndFiveHundredDaysArePossible() {
        final long most = 500L * 86_400_000L;
        assertThat(new Span(0, 300_000).isPossible()).isTrue();
        assertThat(new Span(300_000, 300_000 + most).isPossible()).isTrue();
        assertThat(new Span(0, most + 300_000).isPossible()).isFalse();
        assertThat(new Span(0, 0).isPossible()).isFalse();
        assertThat(new Span(1, 300_000).isPossible()).isFalse();
        assertThat(new Span(0, 300_001).isPossible()).isFalse();
        assertThat(new Span(-300_000, 300_000).isPossible()).isFalse();
    }

    @Test
    void givenWhatIsNoTime_thenItIsSaid() {
        assertThatThrownBy(() -> Span.ofTimes("2026-02-30T09:00", "2026-03-02T09:00", PARIS)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Span.ofTimes("2026-03-02T09:00", "tomorrow", PARIS)).isInstanceOf(DateTimeException.class);
    }

    private static long hours(final Span span) {
        return (span.toMs() - span.fromMs()) / 3_600_000;
    }

    private static Span span(final String from, final String to) {
        return new Span(Instant.parse(from).toEpochMilli(), Instant.parse(to).toEpochMilli());
    }
}
