package org.mawid.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.Weekend;

/** Which days the real network is open, and when, as instants. */
class ScheduleTest {
    private static final LocalDate NEW_YEAR = LocalDate.of(2026, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 12, 31);

    private static final Network NETWORK = Network.bundled();

    private final Network network = NETWORK;

    /** The model that counted these columns was made without this code: the strongest check there is on the calendars. */
    @Test
    void everyPostIsOpenAsManyDaysAsThePublishedModelSays() throws IOException {
        for (int year = 2026; year <= 2028; year++) {
            final Map<String, Integer> expected = openDaysOfModel(year);
            assertThat(expected).hasSize(163);
            for (Post post : network.posts()) {
                final boolean hasHours = network.calendars().weeks().containsKey(post.id());
                int days = 0;
                for (LocalDate date = LocalDate.of(year, 1, 1); date.getYear() == year; date = date.plusDays(1)) {
                    // Seven posts have no public slots and so no hours: of them the model counts the days of the post's week.
                    if (hasHours ? network.calendars().regularWindowOn(post, date) != null
                            : !isWeekend(post, date) && !network.calendars().isHoliday(post, date)) days++;
                }
                assertThat(days).as(post.code() + " in " + year).isEqualTo(expected.get(post.code()));
            }
        }
    }

    /** The model leaves the longer hours of 2026 out; they add every weekend day and every holiday of their time, nothing else. */
    @Test
    void openDaysOfAYearAreThoseOfTheModelAndTheExceptionalOnesOfSpain() throws IOException {
        final Map<String, Integer> expected = openDaysOfModel(2026);
        final Map<Integer, Integer> openDays = new HashMap<>(); // by pool
        for (OpenDay day : new Schedule(network).openDays(NEW_YEAR, LAST_DAY, NEW_YEAR)) openDays.merge(day.poolId(), 1, Integer::sum);
        int spain = 0;
        for (Network.Pool pool : network.pools()) {
            final Post post = network.post(pool.postId());
            int days = expected.get(post.code());
            if (network.calendars().exceptional().containsKey(post.id())) {
                assertThat(post.country()).isEqualTo("ES");
                for (LocalDate date = LocalDate.of(2026, 2, 5); !date.isAfter(LocalDate.of(2026, 6, 30)); date = date.plusDays(1)) {
                    if (isWeekend(post, date) || network.calendars().isHoliday(post, date)) days++;
                }
                if (pool instanceof Network.Desk) spain++;
            }
            assertThat(openDays.get(pool.id())).as(post.code() + " pool " + pool.id()).isEqualTo(days);
        }
        assertThat(spain).isGreaterThanOrEqualTo(12);
        assertThat(openDays).hasSize(737);
    }

    @Test
    void theClocksOfEachZoneDecideWhenNineOClockIs() {
        opens("MA-CG-COLOMBES", "2026-03-27", "2026-03-27T08:00:00Z", 72);
        opens("MA-CG-COLOMBES", "2026-03-30", "2026-03-30T07:00:00Z", 72);
        opens("MA-CG-COLOMBES", "2026-10-23", "2026-10-23T07:00:00Z", 72);
        opens("MA-CG-COLOMBES", "2026-10-26", "2026-10-26T08:00:00Z", 72);
        opens("MA-CG-MADRID", "2026-03-28", "2026-03-28T08:00:00Z", 60);
        opens("MA-CG-MADRID", "2026-03-29", "2026-03-29T07:00:00Z", 60); // open on the very Sunday
        opens("MA-CG-NEW-YORK", "2026-03-06", "2026-03-06T15:00:00Z", 36);
        opens("MA-CG-NEW-YORK", "2026-03-09", "2026-03-09T14:00:00Z", 48);
        opens("MA-EM-LONDRES", "2026-03-27", "2026-03-27T09:00:00Z", 72);
        opens("MA-EM-LONDRES", "2026-03-30", "2026-03-30T08:00:00Z", 72);
        opens("MA-EM-CANBERRA", "2026-04-02", "2026-04-01T22:00:00Z", 72); // the other hemisphere, and the day before in UTC
        opens("MA-EM-CANBERRA", "2026-04-07", "2026-04-06T23:00:00Z", 72);
        opens("MA-CG-DUBAI", "2026-03-30", "2026-03-30T05:00:00Z", 72);
        opens("MA-CG-DUBAI", "2026-10-26", "2026-10-26T05:00:00Z", 72);
        opens("MA-EM-NEW-DELHI", "2026-06-02", "2026-06-02T03:30:00Z", 72);
    }

    @Test
    void hoursInWhichTheClocksChangeAreAsLongAsTheyReallyLast() {
        spans("Europe/Paris", "2026-03-29", "01:00", "05:00", "2026-03-29T00:00:00Z", 36);
        spans("Europe/Paris", "2026-03-29", "02:30", "05:00", "2026-03-29T01:00:00Z", 24); // opening is skipped: opens at the change
        spans("Europe/Paris", "2026-03-29", "01:00", "02:30", "2026-03-29T00:00:00Z", 12); // closing is skipped: closes at the change
        spans("Europe/Paris", "2026-10-25", "01:00", "05:00", "2026-10-24T23:00:00Z", 60);
        spans("Europe/Paris", "2026-10-25", "02:30", "05:00", "2026-10-25T00:30:00Z", 42); // comes twice: opens the first time
        spans("Europe/Paris", "2026-10-25", "01:00", "02:30", "2026-10-24T23:00:00Z", 30); // and closes the second
        spans("America/New_York", "2026-03-08", "01:00", "05:00", "2026-03-08T06:00:00Z", 36);
        spans("America/New_York", "2026-11-01", "01:00", "05:00", "2026-11-01T05:00:00Z", 60);
        spans("Africa/Casablanca", "2026-02-15", "01:00", "05:00", "2026-02-15T00:00:00Z", 60); // Morocco's clocks follow Ramadan
        spans("Africa/Casablanca", "2026-03-22", "01:00", "05:00", "2026-03-22T01:00:00Z", 36);
        spans("Africa/Cairo", "2026-04-24", "00:00", "04:00", "2026-04-23T22:00:00Z", 36); // midnight itself is skipped
        spans("Australia/Lord_Howe", "2026-04-05", "01:00", "03:00", "2026-04-04T14:00:00Z", 30); // half an hour
        spans("Africa/Abidjan", "2026-03-29", "01:00", "05:00", "2026-03-29T01:00:00Z", 48); // never changes
        spans("Europe/Paris", "2026-10-25", "00:00", "16:00", "2026-10-24T22:00:00Z", 192); // 17 hours do not fit in the grid
    }

    @Test
    void hoursThatTheClocksSkipAltogetherAreClosed() {
        assertThat(span("Europe/Paris", "2026-03-29", "02:00", "03:00")).isNull();
        assertThat(span("Pacific/Apia", "2011-12-30", "09:00", "15:00")).isNull(); // a day that Samoa never had
    }

    @Test
    void inRamadanTheRamadanHoursHoldFromTheFirstDayToTheLast() {
        opens("MA-CG-COLOMBES", "2026-02-18", "2026-02-18T08:00:00Z", 72);
        opens("MA-CG-COLOMBES", "2026-02-19", "2026-02-19T08:00:00Z", 60);
        opens("MA-CG-COLOMBES", "2026-03-19", "2026-03-19T08:00:00Z", 60);
        closed("MA-CG-COLOMBES", "2026-03-20"); // Eid al-Fitr
        opens("MA-CG-COLOMBES", "2026-03-24", "2026-03-24T08:00:00Z", 72);
        opens("MA-CG-NEW-YORK", "2026-02-19", "2026-02-19T15:00:00Z", 48);
        opens("MA-CG-NEW-YORK", "2026-02-20", "2026-02-20T15:00:00Z", 36);
    }

    @Test
    void fridaysAreShortWhereFridayIsPrayedAndAbsentWhereItIsTheWeekend() {
        opens("MA-EM-DAKAR", "2026-06-05", "2026-06-05T09:00:00Z", 48);
        opens("MA-EM-DAKAR", "2026-06-04", "2026-06-04T09:00:00Z", 72);
        opens("MA-EM-DAKAR", "2026-02-20", "2026-02-20T09:00:00Z", 36);
        closed("MA-CG-ALGER", "2026-06-05");
        closed("MA-CG-ALGER", "2026-06-06");
        opens("MA-CG-ALGER", "2026-06-07", "2026-06-07T08:00:00Z", 72); // a Sunday
    }

    @Test
    void holidaysOfBothCountriesCloseThePost() {
        closed("MA-CG-COLOMBES", "2026-07-14"); // of France
        opens("MA-EM-LONDRES", "2026-07-14", "2026-07-14T08:00:00Z", 72);
        closed("MA-CG-COLOMBES", "2026-07-30"); // of Morocco
        closed("MA-EM-LONDRES", "2026-07-30");
        closed("MA-EM-KIEV", "2026-07-30"); // Ukraine has no calendar, Morocco's is kept
    }

    @Test
    void exceptionalHoursWinOverWeekendHolidayAndRamadanWhileTheyLast() {
        opens("MA-CG-MADRID", "2026-02-04", "2026-02-04T08:00:00Z", 72); // the day before
        opens("MA-CG-MADRID", "2026-02-05", "2026-02-05T08:00:00Z", 108);
        opens("MA-CG-MADRID", "2026-02-19", "2026-02-19T08:00:00Z", 108); // first day of Ramadan
        opens("MA-CG-MADRID", "2026-05-01", "2026-05-01T07:00:00Z", 108); // a holiday of both countries
        opens("MA-CG-MADRID", "2026-05-02", "2026-05-02T07:00:00Z", 60); // a Saturday
        opens("MA-CG-MADRID", "2026-06-30", "2026-06-30T07:00:00Z", 108);
        opens("MA-CG-MADRID", "2026-07-01", "2026-07-01T07:00:00Z", 72);
        closed("MA-CG-MADRID", "2026-07-04");
    }

    @Test
    void everyPoolOfAPostIsOpenWithItAndKeepsItsOwnCapacity() {
        final LocalDate day = LocalDate.parse("2026-06-02");
        final List<OpenDay> days = list(new Schedule(network).openDays(network.post(1), day, day, day));
        assertThat(days).extracting(OpenDay::poolId).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(days).extracting(OpenDay::capacity).containsExactlyElementsOf(network.poolsOf(1).stream().map(Network.Pool::capacity).toList());
        assertThat(days).extracting(OpenDay::startMs).containsOnly(Instant.parse("2026-06-02T05:00:00Z").toEpochMilli());
        assertThat(days).extracting(OpenDay::epochDay).containsOnly((int) day.toEpochDay());
        assertThat(days).extracting(OpenDay::alignUnits).containsOnly(1);
    }

    @Test
    void everyDayOfTheYearFitsTheGrid() {
        OpenDay before = null;
        for (OpenDay day : new Schedule(network, Release.DEFAULT, 3).openDays(NEW_YEAR, LAST_DAY, NEW_YEAR)) {
            assertThat(day.startMs() % OpenDay.UNIT_MS).isZero();
            assertThat(day.units()).isBetween(1, OpenDay.MAX_UNITS);
            assertThat(day.capacity()).isBetween(1, 255);
            assertThat(day.alignUnits()).isEqualTo(3);
            assertThat(day.releasedAtMs()).isLessThan(day.startMs());
            if (before != null) {
                final int post = network.pools().get(day.poolId() - 1).postId();
                final int postBefore = network.pools().get(before.poolId() - 1).postId();
                final boolean ordered = postBefore < post || (postBefore == post
                        && (before.epochDay() < day.epochDay() || (before.epochDay() == day.epochDay() && before.poolId() < day.poolId())));
                if (!ordered) throw new AssertionError(before + " before " + day);
            }
            before = day;
        }
    }

    @Test
    void rollingReleaseComesSixtyDaysAheadAtAMinuteOfThePost() {
        final Post dubai = network.post(1);
        final Post colombes = post("MA-CG-COLOMBES");
        assertThat(Release.DEFAULT.of(dubai, LocalDate.parse("2026-06-02"))).isEqualTo("2026-04-03T05:01:00Z");
        assertThat(Release.DEFAULT.of(colombes, LocalDate.parse("2026-04-27")))
                .isEqualTo(Instant.parse("2026-02-26T08:00:00Z").plusSeconds(60L * (colombes.id() % 60))); // in winter time
        assertThat(network.posts().stream().map(post -> Release.DEFAULT.of(post, NEW_YEAR).getEpochSecond() / 60 % 60).distinct()).hasSize(60);
        assertThat(new Release.Rolling(0, LocalTime.of(2, 30), 1).of(colombes, LocalDate.parse("2026-03-29"))).isEqualTo("2026-03-29T01:30:00Z"); // skipped: as much later
    }

    @Test
    void monthlyReleaseOpensAMonthAtOnceEverywhereAtNine() {
        final Release monthly = new Release.Monthly(LocalTime.of(9, 0));
        assertThat(network.posts().stream().filter(post -> post.country().equals("FR")).map(post -> monthly.of(post, LocalDate.of(2026, 6, 1))).distinct()).hasSize(1);
        assertThat(monthly.of(post("MA-CG-COLOMBES"), LocalDate.parse("2026-06-01"))).isEqualTo("2026-05-01T07:00:00Z");
        assertThat(monthly.of(post("MA-CG-COLOMBES"), LocalDate.parse("2026-06-30"))).isEqualTo("2026-05-01T07:00:00Z");
        assertThat(monthly.of(post("MA-CG-COLOMBES"), LocalDate.parse("2026-01-15"))).isEqualTo("2025-12-01T08:00:00Z");
    }

    @Test
    void daysBeyondTheHolidayCalendarsAreRefusedBeforeTheFirstIsGiven() {
        final Schedule schedule = new Schedule(network);
        assertThat(list(schedule.openDays(network.post(1), LocalDate.parse("2028-12-29"), LocalDate.parse("2028-12-31"), NEW_YEAR))).isNotEmpty();
        assertThatThrownBy(() -> schedule.openDays(network.post(1), LocalDate.parse("2028-12-29"), LocalDate.parse("2029-01-01"), NEW_YEAR))
                .isInstanceOf(ScheduleRefusedException.class)
                .hasMessage("MA-CG-DUBAI cannot be opened from 2028-12-29 to 2029-01-01: 2029 is not covered, the holidays of Morocco cover [2026, 2027, 2028]");
        assertThatThrownBy(() -> schedule.openDays(LocalDate.parse("2025-12-31"), NEW_YEAR, LocalDate.parse("2025-01-01")))
                .isInstanceOf(ScheduleRefusedException.class).hasMessageContaining("2025 is not covered");
    }

    @Test
    void aYearIsCoveredOnlyWhenEachOfItsCalendarsIs() {
        final LocalDate in2027 = LocalDate.parse("2027-03-02");
        final SmallNetwork files = new SmallNetwork();
        refusedIn2027(files, "the holidays of Morocco cover [2026]");
        files.line("holidays-ma.csv", 4, "2027-07-30,Fête du trône");
        refusedIn2027(files, "the holidays of FR cover [2026]");
        files.line("external/host-holidays-2026.csv", 4, "FR,2027-07-14,Fête nationale");
        refusedIn2027(files, "the dates of Ramadan cover [2026]");
        files.line("ramadan.csv", 3, "2027,2027-02-08,2027-03-09");
        // TN is still not covered; but its embassy has no pools and so no days.
        assertThat(list(new Schedule(files.read()).openDays(in2027, in2027.plusDays(6), in2027))).hasSize(2 * 4);
    }

    @Test
    void daysOfThePastAndReversedRangesAreRefused() {
        final Schedule schedule = new Schedule(network);
        assertThatThrownBy(() -> schedule.openDays(NEW_YEAR, LAST_DAY, NEW_YEAR.plusDays(1)))
                .isInstanceOf(ScheduleRefusedException.class).hasMessage("2026-01-01 is in the past, today is 2026-01-02");
        assertThatThrownBy(() -> schedule.openDays(LAST_DAY, NEW_YEAR, NEW_YEAR))
                .isInstanceOf(ScheduleRefusedException.class).hasMessage("2026-01-01 is before 2026-12-31");
    }

    @Test
    void parametersOutOfRangeAreOurOwnMistake() {
        assertThatThrownBy(() -> new Schedule(network, Release.DEFAULT, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule(network, Release.DEFAULT, 193)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Release.Rolling(401, LocalTime.NOON, 60)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Release.Rolling(60, LocalTime.NOON, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void daysCanBeWalkedTwiceAndEndProperly() {
        final LocalDate day = LocalDate.parse("2026-06-02");
        final Iterable<OpenDay> days = new Schedule(network).openDays(network.post(1), day, day, day);
        assertThat(list(days)).isEqualTo(list(days)).hasSize(7);
        final Iterator<OpenDay> walk = days.iterator();
        for (int i = 0; i < 7; i++) walk.next();
        assertThat(walk.hasNext()).isFalse();
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
    }

    /** In Turkish "i" has another capital; in Apia it is tomorrow; in the Arabic of Egypt digits are others. */
    @Test
    void anotherDefaultLocaleAndZoneChangeNothing() {
        final List<OpenDay> expected = list(new Schedule(network).openDays(LocalDate.parse("2026-03-20"), LocalDate.parse("2026-04-10"), NEW_YEAR));
        final Locale locale = Locale.getDefault();
        final TimeZone zone = TimeZone.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
                final Network there = Network.bundled();
                assertThat(there).isEqualTo(network);
                assertThat(list(new Schedule(there).openDays(LocalDate.parse("2026-03-20"), LocalDate.parse("2026-04-10"), NEW_YEAR))).isEqualTo(expected);
                assertThatThrownBy(() -> new SmallNetwork().line("desks.csv", 2, ",3", ",300").read())
                        .hasMessageContaining("desks.csv:2 counters: 300 is not within 1..255");
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private void refusedIn2027(SmallNetwork files, String why) {
        final LocalDate from = LocalDate.parse("2027-03-02");
        assertThatThrownBy(() -> new Schedule(files.read()).openDays(from, from, from)).isInstanceOf(ScheduleRefusedException.class).hasMessageEndingWith(why);
    }

    private void opens(String post, String date, String instant, int units) {
        final LocalDate day = LocalDate.parse(date);
        final List<OpenDay> days = list(new Schedule(network).openDays(post(post), day, day, NEW_YEAR));
        assertThat(days).as(post + " on " + date).isNotEmpty();
        assertThat(Instant.ofEpochMilli(days.get(0).startMs())).as(post + " on " + date).isEqualTo(instant);
        assertThat(days.get(0).units()).as(post + " on " + date).isEqualTo(units);
    }

    private void closed(String post, String date) {
        final LocalDate day = LocalDate.parse(date);
        assertThat(list(new Schedule(network).openDays(post(post), day, day, NEW_YEAR))).as(post + " on " + date).isEmpty();
    }

    private static void spans(String zone, String date, String open, String close, String instant, int units) {
        final Schedule.Span span = span(zone, date, open, close);
        assertThat(Instant.ofEpochMilli(span.startMs())).as(zone + " " + date + " " + open).isEqualTo(instant);
        assertThat(span.units()).as(zone + " " + date + " " + open + " to " + close).isEqualTo(units);
    }

    private static Schedule.Span span(String zone, String date, String open, String close) {
        final Post anywhere = new Post(1, "X", Network.PostKind.CONSULATE, "X", "FR", new Network.Names("x", "x", "x", "x"), ZoneId.of(zone), "EUR", Weekend.SAT_SUN);
        return Schedule.span(anywhere, LocalDate.parse(date), new Calendars.Window(LocalTime.parse(open), LocalTime.parse(close)));
    }

    private static boolean isWeekend(Post post, LocalDate date) {
        final DayOfWeek day = date.getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == (post.weekend() == Weekend.SAT_SUN ? DayOfWeek.SUNDAY : DayOfWeek.FRIDAY);
    }

    private static Map<String, Integer> openDaysOfModel(int year) throws IOException {
        final Map<String, Integer> days = new HashMap<>();
        final String column = "open_days_" + year;
        final Refusals refusals = new Refusals();
        CsvFile.read("posts-load.csv", Source.bundled().read("posts-load.csv"), List.of("code", column), refusals,
                row -> days.put(row.code("code"), row.integer(column, 0, 366)));
        refusals.throwIfAny();
        return days;
    }

    private Post post(String code) {
        return network.posts().stream().filter(post -> post.code().equals(code)).findFirst().orElseThrow();
    }

    private static List<OpenDay> list(Iterable<OpenDay> days) {
        final List<OpenDay> list = new ArrayList<>();
        days.forEach(list::add);
        return list;
    }
}
