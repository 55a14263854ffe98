package org.mawid.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mawid.sbe.PaymentMeans;

class SumsTest {
    private static final int MEANS = 3;
    private static final long ACTS = 40;
    private static final long CENTIMES = 15_000;
    private static final Set<Measure> OF_APPOINTMENTS = EnumSet.range(Measure.APPOINTMENTS_CONFIRMED, Measure.OVERFLOWS);
    private static final Set<Measure> OF_LINES = EnumSet.range(Measure.LINES_SUBMITTED, Measure.DECIDED_UP_TO_5_D);
    private static final Set<Measure> OF_STAMPS = EnumSet.range(Measure.STAMPS_ISSUED, Measure.STAMPS_PAID_MINOR);
    private static final Set<Measure> OF_USE = EnumSet.range(Measure.STAMPS_CONSUMED, Measure.STAMPS_CONSUMED_MINOR);

    @Test
    void givenABusyDay_whenPackedAndUnpacked_thenItIsTheSame() {
        final Sums day = day(5);

        assertThat(Sums.unpack(day.pack()).slices()).usingRecursiveComparison().isEqualTo(day.slices());
    }

    /** What is said of the memory and the file of reports hangs on these: 163 posts, 400 days. */
    @Test
    void givenABusyDay_thenItTakesLessThanHalfAKilobyteWithFiveServices_andLessThanTwoWithAMonthsTwentyFive() {
        assertThat(day(5).pack().length).isBetween(400, 500);
        assertThat(day(10).pack().length).isBetween(750, 850);
        assertThat(day(25).pack().length).isBetween(1_800, 2_000);
    }

    /** Of a post whose day has all that a usual one has. */
    private static Sums day(final int services) {
        final Sums day = new Sums();
        OF_APPOINTMENTS.forEach(measure -> day.add(Slice.POST, measure, ACTS));
        for (int service = 1; service <= services; service++) {
            final int of = service;
            OF_LINES.forEach(measure -> day.add(Slice.service(of), measure, measure == Measure.DECISION_DELAY_MS ? ACTS * 86_400_000L : ACTS));
            OF_STAMPS.forEach(measure -> day.add(Slice.stamps("EUR", of), measure, amount(measure)));
            OF_USE.forEach(measure -> day.add(Slice.stamps("EUR", of), measure, amount(measure)));
        }
        for (int means = 1; means <= MEANS; means++) {
            assertThat(PaymentMeans.get((short) means)).isNotEqualTo(PaymentMeans.NULL_VAL);
            day.add(Slice.payments("EUR", means), Measure.PAYMENTS_STARTED, ACTS);
            day.add(Slice.payments("EUR", means), Measure.PAYMENTS_APPROVED, ACTS);
            day.add(Slice.payments("EUR", means), Measure.COLLECTED_MINOR, ACTS * CENTIMES);
        }
        return day;
    }

    private static long amount(final Measure measure) {
        return measure.name().endsWith("_CENTIMES") || measure.name().endsWith("_MINOR") ? ACTS * CENTIMES : ACTS;
    }
}
