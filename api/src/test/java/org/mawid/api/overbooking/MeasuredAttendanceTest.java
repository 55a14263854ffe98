package org.mawid.api.overbooking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.overbooking.Overbooking.Places;
import org.mawid.api.overbooking.Overbooking.Reason;
import org.mawid.api.report.Measure;
import org.mawid.api.report.Report;
import org.mawid.api.report.Report.Row;

/** What is made of a report, and what is said of what is made of it. */
class MeasuredAttendanceTest {
    private static final int PASSPORT = 3;
    private static final int VISA = 4;

    private final List<Row> rows = new ArrayList<>();

    private void row(final String day, final int serviceId, final Map<Measure, Long> counted) {
        final long[] sums = new long[Measure.values().length];
        counted.forEach((measure, count) -> sums[measure.ordinal()] = count);
        rows.add(new Row(1, "paris", day, "", serviceId, "", "", sums));
    }

    private Attendance of(final Integer... services) {
        return MeasuredAttendance.of(new Report(false, rows, 9, 0, 0, 0, 0), Set.of(services));
    }

    @Test
    void givenTwoServices_whenOneIsAskedFor_thenItsOwnLinesCountWhateverTheLeadTime() {
        row("2027-03-02", 0, Map.of(Measure.APPOINTMENTS_SERVED, 130L, Measure.WALK_INS, 20L, Measure.OVERFLOWS, 10L, Measure.APPOINTMENTS_NO_SHOW, 20L));
        row("2027-03-02", PASSPORT, Map.of(Measure.LINES_KEPT_7_D_AHEAD, 20L, Measure.LINES_KEPT_14_D_AHEAD, 10L, Measure.LINES_NO_SHOW_30_D_AHEAD, 5L));
        row("2027-03-03", PASSPORT, Map.of(Measure.LINES_KEPT_LONGER_AHEAD, 10L, Measure.LINES_NO_SHOW_LONGER_AHEAD, 5L));
        row("2027-03-03", VISA, Map.of(Measure.LINES_KEPT_7_D_AHEAD, 60L, Measure.LINES_NO_SHOW_7_D_AHEAD, 10L));

        assertThat(of(PASSPORT)).isEqualTo(new Attendance(40, 10));
        assertThat(of(PASSPORT, VISA)).isEqualTo(new Attendance(100, 20));
        assertThat(of(77)).isEqualTo(new Attendance(0, 0));
    }

    @Test
    void givenFamilies_whenTheyAreMeasured_thenEachVisitCountsOnceAndNotEachLine() {
        row("2027-03-02", 0, Map.of(Measure.APPOINTMENTS_SERVED, 45L, Measure.APPOINTMENTS_NO_SHOW, 5L));
        row("2027-03-02", PASSPORT, Map.of(Measure.LINES_KEPT_7_D_AHEAD, 180L, Measure.LINES_NO_SHOW_7_D_AHEAD, 20L));

        assertThat(of(PASSPORT)).as("200 lines of 50 visits").isEqualTo(new Attendance(45, 5));
    }

    @Test
    void givenNothing_whenItIsAsked_thenNothingIsMeasured() {
        assertThat(of(PASSPORT)).isEqualTo(new Attendance(0, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ADDED            | 2 visits added to the day: of 1,000 visits measured 12.0 % were missed, 10.4 % surely; those who come to the worst start wait 9.5 minutes on average, 4.0 without
            TOO_FEW_MISSED   | nothing added: of 1,000 visits measured 12.0 % were missed, 10.4 % surely, which is not one visit a day
            TOO_FEW_COUNTERS | nothing added: 20 % of so few counters is not one
            TOO_LONG_A_WAIT  | nothing added: those who come to the worst start wait 4.0 minutes on average without, and with one more some would wait over 10
            """)
    void givenAReason_whenItIsSaid_thenItIsASentence(final Reason reason, final String words) {
        assertThat(OverbookingWords.of(new Places(reason, new int[0], 2, 9.5, 4), new Attendance(880, 120), new OverbookingRule(10, 0.2))).isEqualTo(words);
    }

    @Test
    void givenTooFew_whenItIsSaid_thenHowManyAreNeeded() {
        assertThat(OverbookingWords.of(new Places(Reason.TOO_FEW_MEASURED, new int[0], 0, 0, 0), new Attendance(35, 5), new OverbookingRule(10, 0.2)))
                .isEqualTo("nothing added: only 40 visits measured, 200 are needed");
    }
}
