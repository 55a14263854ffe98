package org.mawid.api.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.FakeReadModel;

/** What is counted, and from where on it is whole: with the file of before, without it, and when the log does not go back so far. */
@Timeout(60)
class ActivityTest {
    private static final LocalDate LONG_AGO = LocalDate.of(2000, 1, 1);
    private static final LocalDate FAR_AHEAD = LocalDate.of(2100, 1, 1);

    @TempDir
    private Path edge;
    private final ListedLog log = new ListedLog();

    private Activity start() {
        return Activity.start(log, post -> ZoneOffset.UTC, edge);
    }

    private static long visits(final Report report) {
        return report.rows().stream().mapToLong(row -> row.sum(Measure.APPOINTMENTS_CONFIRMED)).sum();
    }

    private static Report all(final Activity activity, final long position) {
        await().until(() -> activity.position() >= position);
        return activity.days(0, LONG_AGO, FAR_AHEAD);
    }

    /** A server counts five visits and stops. */
    private void countFive() {
        log.goOn(5, 1_000);
        try (Activity activity = start()) {
            assertThat(visits(all(activity, 5))).isEqualTo(5);
        }
    }

    @Test
    void givenTheFileOfBefore_whenStartedAgain_thenItGoesOnFromThere() {
        countFive();
        log.goOn(8, 1_000);
        log.fake.keptFrom(5); // not an event more than it needs
        try (Activity activity = start()) {
            final Report report = all(activity, 8);
            assertThat(visits(report)).isEqualTo(8);
            assertThat(report.completePosition()).isZero();
            assertThat(report.position()).isEqualTo(8);
            assertThat(report.nowMs()).isEqualTo(ListedLog.FIRST_MS + 8_000);
        }
    }

    @Test
    void givenALogThatDoesNotGoBackSoFar_whenStarted_thenWhatThereIsAndSinceWhen() {
        countFive();
        log.goOn(10, 1_000);
        log.fake.keptFrom(7);
        log.keptFromMs = ListedLog.FIRST_MS + 8_000;
        try (Activity activity = start()) {
            final Report report = all(activity, 10);
            assertThat(visits(report)).as("five of before, and three").isEqualTo(8);
            assertThat(report.completePosition()).isEqualTo(7);
            assertThat(report.completeMs()).isEqualTo(ListedLog.FIRST_MS + 8_000);
        }
        try (Activity activity = start()) {
            assertThat(all(activity, 10).completePosition()).as("it is remembered").isEqualTo(7);
        }
    }

    @Test
    void givenEventsThatComeBackFromTheJournal_whenStarted_thenTheyAreWaitedFor() {
        countFive();
        log.goOn(10, 1_000);
        log.fake.keptFrom(7);
        log.restoring = true;
        try (Activity activity = start()) {
            await().until(() -> activity.position() >= 0);
            assertThat(visits(activity.days(0, LONG_AGO, FAR_AHEAD))).as("told as of then meanwhile").isEqualTo(5);
            log.fake.keptFrom(2);
            final Report report = all(activity, 10);
            assertThat(visits(report)).isEqualTo(10);
            assertThat(report.completePosition()).isZero();
        }
    }

    @Test
    void givenEventsThatComeBack_whenStoppedBeforeTheyAreThere_thenNothingIsGivenUp() {
        countFive();
        log.goOn(10, 1_000);
        log.fake.keptFrom(7);
        log.restoring = true;
        start().close();
        final ListedLog begun = new ListedLog(); // without a file the same
        begun.goOn(10, 1_000);
        begun.fake.keptFrom(7);
        begun.restoring = true;
        Activity.start(begun, post -> ZoneOffset.UTC, edge.resolve("none")).close();
        assertThat(edge.resolve("none")).doesNotExist();
        log.fake.keptFrom(0);
        try (Activity activity = start()) {
            final Report report = all(activity, 10);
            assertThat(visits(report)).isEqualTo(10);
            assertThat(report.completePosition()).isZero();
        }
    }

    @Test
    void givenAFollowerThatIsOvertaken_whenTheLogHasLetGo_thenTheGapIsTold() {
        log.goOn(5, 1_000);
        try (Activity activity = start()) {
            all(activity, 5);
            log.fake.keptFrom(9);
            log.goOn(12, 1_000);
            final Report report = all(activity, 12);
            assertThat(report.completePosition()).isEqualTo(9);
            assertThat(visits(report)).isEqualTo(8);
        }
    }

    @Test
    void givenADamagedFile_whenStarted_thenItIsPutAsideAndCountedAnew() throws IOException {
        countFive();
        final Path file = edge.resolve(SumsFile.NAME);
        final byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SumsFile.read(file)).as("%d bytes of it", length).isInstanceOf(SumsFile.DamagedException.class);
        }
        for (int at = 0; at < whole.length; at++) {
            final byte[] changed = whole.clone();
            changed[at] ^= 1 << at % 8;
            Files.write(file, changed);
            assertThatThrownBy(() -> SumsFile.read(file)).as("byte %d", at).isInstanceOf(SumsFile.DamagedException.class);
        }
        log.fake.keptFrom(3);
        try (Activity activity = start()) {
            final Report report = all(activity, 5);
            assertThat(visits(report)).isEqualTo(2);
            assertThat(report.completePosition()).isEqualTo(3);
        }
        assertThat(edge.resolve(SumsFile.NAME + ".old")).exists();
        assertThat(LeftReports.read(edge).position()).isEqualTo(5);
    }

    @Test
    void givenTheFileOfAnotherLog_orOfMoreOfIt_whenStarted_thenItIsNotBelieved() {
        countFive();
        log.journal = "theirs";
        try (Activity activity = start()) {
            assertThat(visits(all(activity, 5))).as("once").isEqualTo(5);
        }
        final ListedLog shorter = new ListedLog(); // its end was cut off
        shorter.journal = "theirs";
        shorter.goOn(3, 1_000);
        try (Activity activity = Activity.start(shorter, post -> ZoneOffset.UTC, edge)) {
            assertThat(visits(all(activity, 3))).isEqualTo(3);
        }
    }

    @Test
    void givenAFileThatCannotBeUsed_whenOneOfBeforeIsThere_thenItGoesOnFromThat() throws IOException {
        countFive();
        log.goOn(9, 1_000);
        try (Activity activity = start()) {
            assertThat(visits(all(activity, 9))).isEqualTo(9);
        }
        Files.write(edge.resolve(SumsFile.NAME), new byte[3]);
        log.goOn(10, 1_000);
        log.fake.keptFrom(5);
        try (Activity activity = start()) {
            final Report report = all(activity, 10);
            assertThat(visits(report)).isEqualTo(10);
            assertThat(report.completePosition()).isZero();
        }
    }

    @Test
    void givenYears_whenDaysAreFolded_thenMonthsSayTheSame() {
        final int days = 900;
        log.goOn(days, 86_400_000L);
        final YearMonth first = YearMonth.from(LocalDate.ofEpochDay(ListedLog.FIRST_MS / 86_400_000L));
        final List<Report.Row> months;
        try (Activity activity = start()) {
            final Report kept = all(activity, days);
            assertThat(kept.rows().size()).isBetween(Tally.DAYS_KEPT, Tally.DAYS_KEPT + 31);
            final Report report = activity.months(0, first, first.plusYears(4));
            months = report.rows();
            assertThat(visits(report)).isEqualTo(days);
            assertThat(months).extracting(Report.Row::period).doesNotHaveDuplicates().isSorted();
            assertThat(months.get(1).sum(Measure.APPOINTMENTS_CONFIRMED)).as("one a day").isEqualTo(first.plusMonths(1).lengthOfMonth());
        }
        try (Activity activity = start()) {
            all(activity, days);
            assertThat(activity.months(FakeReadModel.POST, first, first.plusYears(4)).rows()).usingRecursiveComparison().isEqualTo(months);
            assertThat(activity.months(2, first, first.plusYears(4)).rows()).isEmpty();
        }
    }

    @Test
    void givenSums_whenPackedAndUnpacked_thenTheyAreTheSame() {
        final Random random = new Random(7);
        final Sums sums = new Sums();
        for (int i = 0; i < 500; i++) {
            sums.add(new Slice(List.of("", "EUR", "MAD").get(random.nextInt(3)), random.nextInt(129), random.nextInt(4)),
                    Measure.values()[random.nextInt(Measure.COUNT)], random.nextLong() >> random.nextInt(64));
        }
        final Sums again = Sums.unpack(sums.pack());
        assertThat(again.slices().keySet()).containsExactlyElementsOf(sums.slices().keySet());
        sums.slices().forEach((slice, figures) -> assertThat(again.slices().get(slice)).isEqualTo(figures));
    }

    @Test
    void givenDelays_whenToldAsShares_thenByTheirUpperBounds() {
        final Map<Long, Measure> delays = Map.of(0L, Measure.DECIDED_UP_TO_1_H, 3_600_000L, Measure.DECIDED_UP_TO_1_H, 3_600_001L, Measure.DECIDED_UP_TO_4_H,
                86_400_000L, Measure.DECIDED_UP_TO_1_D, 2 * 86_400_000L, Measure.DECIDED_UP_TO_2_D, 2 * 86_400_000L + 1, Measure.DECIDED_UP_TO_5_D,
                10 * 86_400_000L, Measure.DECIDED_UP_TO_10_D, 20 * 86_400_000L, Measure.DECIDED_UP_TO_20_D, 20 * 86_400_000L + 1, Measure.DECIDED_LATER);
        delays.forEach((ms, measure) -> assertThat(Measure.decidedAfter(ms)).as("%d ms", ms).isEqualTo(measure));
        final long[] sums = new long[Measure.COUNT];
        assertThat(Measure.delayOf(sums, 50)).isZero();
        sums[Measure.DECIDED_UP_TO_4_H.ordinal()] = 5;
        sums[Measure.DECIDED_UP_TO_5_D.ordinal()] = 4;
        sums[Measure.DECIDED_LATER.ordinal()] = 1;
        assertThat(Measure.delayOf(sums, 50)).isEqualTo(4 * 3_600_000L);
        assertThat(Measure.delayOf(sums, 51)).isEqualTo(5 * 86_400_000L);
        assertThat(Measure.delayOf(sums, 90)).isEqualTo(5 * 86_400_000L);
        assertThat(Measure.delayOf(sums, 91)).isEqualTo(Long.MAX_VALUE);
    }
}
