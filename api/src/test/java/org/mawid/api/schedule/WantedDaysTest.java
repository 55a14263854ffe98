package org.mawid.api.schedule;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.overbooking.OverbookingRule;
import org.mawid.api.network.Release;
import org.mawid.api.schedule.WantedSchedule.Dates;
import org.mawid.api.schedule.WantedSchedule.ExceptionalDays;
import org.mawid.api.schedule.WantedSchedule.Holidays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.QuotaClass;

/** What a post means by its hours, date by date. */
class WantedDaysTest {
    private static final Network NETWORK = Network.bundled();
    private static final long NOW_MS = Instant.parse("2027-01-01T08:00:00Z").toEpochMilli();
    private static final int HORIZON = 420;
    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(MONDAY, FRIDAY);

    private final Site colombes = site("MA-CG-COLOMBES");

    @Test
    void givenTwoOpeningsADay_whenTheyAreResolved_thenTheDayHasAGapAndItsQuotasAreKeptByClass() {
        final WantedDays days = days(week(opening(WORKDAYS, "09:00", "12:00", 3, Map.of(Quota.CALL_CENTRE, 1, Quota.EMERGENCY, 1)), opening(WORKDAYS, "13:30", "15:00", 2, Map.of())));
        final PlannedDay tuesday = day(days, "2027-03-02");
        assertThat(Instant.ofEpochMilli(tuesday.startMs())).isEqualTo("2027-03-02T08:00:00Z");
        assertThat(tuesday.alignUnits()).isEqualTo(3);
        assertThat(tuesday.units()).isEqualTo(72);
        assertThat(runs(tuesday)).containsExactly("0..36 3/0", "54..72 2/0");
        assertThat(tuesday.quotaRuns()).extracting(run -> run.quota() + ": " + run.from() + ".." + run.to() + ' ' + run.places()).containsExactly("1: 0..36 1", "4: 0..36 1");
        assertThat(day(days, "2027-03-06")).as("Saturday").isNull();
    }

    @Test
    void givenTheClocksGoForward_thenTheSameLocalHoursAreAnHourEarlierAndOpenNightHoursAreShorter() {
        final WantedDays days = days(Holidays.NONE, List.of(week(opening(Set.of(MONDAY), "09:00", "15:00", 1, Map.of()), opening(Set.of(FRIDAY), "09:00", "15:00", 1, Map.of()),
                opening(Set.of(SUNDAY), "01:00", "06:00", 1, Map.of()))));
        assertThat(Instant.ofEpochMilli(day(days, "2027-03-26").startMs())).isEqualTo("2027-03-26T08:00:00Z");
        assertThat(day(days, "2027-03-21").units()).isEqualTo(60);
        assertThat(day(days, "2027-03-28").units()).as("the clocks go forward").isEqualTo(48);
        assertThat(day(days, "2027-10-31").units()).as("the clocks go back").isEqualTo(72);
        assertThat(Instant.ofEpochMilli(day(days, "2027-04-05").startMs())).isEqualTo("2027-04-05T07:00:00Z");
    }

    @Test
    void givenAnHourThatComesTwice_whenOneOpeningEndsInItAndTheNextBegins_thenTheyFollowEachOther() {
        final PlannedDay back = day(days(Holidays.NONE,
                List.of(week(opening(Set.of(SUNDAY), "01:00", "02:30", 2, Map.of()), opening(Set.of(SUNDAY), "02:30", "04:00", 1, Map.of())))), "2027-10-31");
        assertThat(runs(back)).containsExactly("0..30 2/0", "30..48 1/0");
    }

    @Test
    void givenATimeThatTheClocksPassOver_thenHoursOfAWeekBeginWithTheChangeAndADateOfItsOwnIsRefused() {
        final WantedDays weekly = days(week(opening(Set.of(SUNDAY), "02:30", "05:00", 1, Map.of())));
        assertThat(Instant.ofEpochMilli(day(weekly, "2027-03-28").startMs())).isEqualTo("2027-03-28T01:00:00Z");
        assertThat(weekly.notices()).containsExactly("D1 on 2027-03-28: the clocks pass over 02:30, and it is the moment at which they do");

        assertMistake("exceptions[0]: 02:30 does not exist on 2027-03-28 in Europe/Paris: the clocks pass over it",
                List.of(plain()), exception("2027-03-28", "2027-03-28", opening(WORKDAYS, "02:30", "05:00", 1, Map.of())));
    }

    @Test
    void givenHolidaysOfBothCountries_thenTheyCloseAndThoseOfTheMoonAreProvisionalUntilConfirmed() {
        final WantedDays expected = days(plain());
        assertThat(day(expected, "2027-07-14")).as("of France").isNull();
        assertThat(day(expected, "2027-07-30")).as("of Morocco").isNull();
        assertThat(day(expected, "2027-03-10")).as("Eid, as expected").isNull();
        assertThat(day(expected, "2027-03-12")).isNotNull();
        assertThat(expected.feasts().on(LocalDate.parse("2027-03-10")).provisional()).isTrue();
        assertThat(expected.feasts().on(LocalDate.parse("2027-07-14")).provisional()).isFalse();

        final Holidays announced = new Holidays(true, true, Map.of(LocalDate.parse("2027-03-10"), LocalDate.parse("2027-03-11"),
                LocalDate.parse("2027-03-11"), LocalDate.parse("2027-03-12")), Set.of(LocalDate.parse("2027-07-14")), null);
        final WantedDays confirmed = days(announced, List.of(plain()));
        assertThat(day(confirmed, "2027-03-10")).as("still Ramadan").isNotNull();
        assertThat(day(confirmed, "2027-03-12")).isNull();
        assertThat(confirmed.feasts().on(LocalDate.parse("2027-03-12")).provisional()).isFalse();
        assertThat(day(confirmed, "2027-07-14")).as("worked all the same").isNotNull();
        assertThat(day(days(Holidays.NONE, List.of(plain())), "2027-07-30")).as("kept by nobody").isNotNull();
    }

    @Test
    void givenHoursInRamadan_thenTheyHoldToTheLastDayWhicheverItTurnsOutToBe() {
        final PoolHours fasting = new PoolHours("D1", 15, null, List.of(opening(WORKDAYS, "09:00", "15:00", 1, Map.of())), List.of(opening(WORKDAYS, "10:00", "13:00", 1, Map.of())));
        assertThat(day(days(fasting), "2027-02-05").units()).isEqualTo(72);
        assertThat(day(days(fasting), "2027-02-08").units()).isEqualTo(36);
        assertThat(day(days(fasting), "2027-03-09").units()).isEqualTo(36);
        final Holidays later = new Holidays(false, true, Map.of(LocalDate.parse("2027-03-10"), LocalDate.parse("2027-03-11")), Set.of(), null);
        assertThat(day(days(later, List.of(fasting)), "2027-03-10").units()).as("one day more").isEqualTo(36);
        final Holidays given = new Holidays(false, false, Map.of(), Set.of(), List.of(new Dates(LocalDate.parse("2027-02-09"), LocalDate.parse("2027-03-09"))));
        assertThat(day(days(given, List.of(fasting)), "2027-02-08").units()).as("as announced by the schedule itself").isEqualTo(72);
    }

    @Test
    void givenExceptions_thenNeitherWeekNorHolidayHoldsOnThem() {
        final ExceptionalDays longNights = exception("2027-07-12", "2027-07-16", opening(WORKDAYS, "16:00", "20:00", 4, Map.of()));
        final ExceptionalDays inventory = new ExceptionalDays(LocalDate.parse("2027-08-01"), LocalDate.parse("2027-08-31"), Set.of(TUESDAY), Set.of("D1"), List.of(), "stock");
        final WantedDays days = new WantedDays(schedule(Holidays.ALL, List.of(plain()), longNights, inventory), colombes, NOW_MS, HORIZON);
        assertThat(runs(day(days, "2027-07-14"))).as("a holiday").containsExactly("0..48 4/0");
        assertThat(day(days, "2027-08-03")).isNull();
        assertThat(day(days, "2027-08-04")).isNotNull();
    }

    @Test
    void givenAReleaseRule_thenEachDayIsBookableSoManyDaysBeforeAtTheMinuteOfThePost() {
        final Instant released = Instant.ofEpochMilli(day(days(plain()), "2027-06-01").releasedAtMs());
        assertThat(released).isEqualTo(Release.DEFAULT.of(colombes.files(), LocalDate.parse("2027-06-01")));
    }

    @Test
    void givenEveryPostOfTheNetwork_thenWhatTheFilesSayAndTheSameSaidAsAScheduleIsTheSame() {
        final LocalDate from = LocalDate.parse("2027-01-01");
        int compared = 0;
        for (final Network.Post post : NETWORK.posts()) {
            if (NETWORK.poolsOf(post.id()).isEmpty()) {
                continue;
            }
            final WantedSchedule wanted = FileSchedules.of(NETWORK, post, from, from.plusDays(364));
            final Site site = site(post.code());
            final WantedDays days = new WantedDays(wanted, site, NOW_MS, HORIZON);
            final Map<String, PlannedDay> said = new TreeMap<>();
            for (final CatalogueView.Pool pool : days.pools()) {
                from.datesUntil(from.plusDays(365)).map(date -> days.day(pool, date)).filter(day -> day != null).forEach(day -> said.put(day.poolId() + " " + day.epochDay(), day));
            }
            for (final var day : new org.mawid.api.network.Schedule(NETWORK).openDays(post, from, from.plusDays(364), from)) {
                final PlannedDay mine = said.remove(day.poolId() + " " + day.epochDay());
                assertThat(mine).as(post.code() + " " + day).isNotNull();
                assertThat(List.of(mine.startMs(), (long) mine.units(), (long) mine.alignUnits(), mine.releasedAtMs()))
                        .isEqualTo(List.of(day.startMs(), (long) day.units(), (long) day.alignUnits(), day.releasedAtMs()));
                assertThat(mine.capacity()).containsOnly(day.capacity());
                compared++;
            }
            assertThat(said).as(post.code()).isEmpty();
        }
        assertThat(compared).isGreaterThan(150_000);
    }

    @Test
    void givenHoursThatCannotBeMeant_thenEachIsNamedWithItsPlace() {
        assertMistake("pools[0].pool: MA-CG-COLOMBES has no D9, but D1", List.of(new PoolHours("D9", 15, null, List.of(), null)));
        assertMistake("pools[1].pool: D1 is there twice", List.of(plain(), plain()));
        assertMistake("pools[0].services: BIOMETRIC_STATION is no desk", List.of(new PoolHours("BIOMETRIC_STATION", 5, Set.of("PASSPORT_ADULT"), List.of(), null)));
        assertMistake("pools[0].alignMinutes: 7 is not", List.of(new PoolHours("D1", 7, null, List.of(), null)));
        assertMistake("pools[0].weekly[0]: MONDAY 09:00 to 12:00 and 11:55 to 13:00 overlap",
                List.of(week(opening(Set.of(MONDAY), "11:55", "13:00", 1, Map.of()), opening(WORKDAYS, "09:00", "12:00", 1, Map.of()))));
        assertMistake("pools[0].weekly[0]: 09:02 to 12:00 are not multiples of 5 minutes", List.of(week(opening(WORKDAYS, "09:02", "12:00", 1, Map.of()))));
        assertMistake("pools[0].weekly[0].close: 09:00 is not after 09:00", List.of(week(opening(WORKDAYS, "09:00", "09:00", 1, Map.of()))));
        assertMistake("pools[0].weekly[0].places: 256 is not within 1..255", List.of(week(opening(WORKDAYS, "09:00", "12:00", 256, Map.of()))));
        assertMistake("pools[0].weekly[0].quotas: they are 3 places together, of 2", List.of(week(opening(WORKDAYS, "09:00", "12:00", 2, Map.of(Quota.WALK_IN, 2, Quota.ASSISTED, 1)))));
        assertMistake("pools[0].weekly[0].close: it is open for more than 960 minutes", List.of(week(opening(WORKDAYS, "04:00", "21:00", 1, Map.of()))));
        assertMistake("pools[0].weekly[1]: MONDAY 1020 minutes from the first opening", List.of(week(opening(WORKDAYS, "04:00", "05:00", 1, Map.of()), opening(WORKDAYS, "20:00", "21:00", 1, Map.of()))));
        assertMistake("pools[0].weekly[0].to: 2027-06-01 is before 2027-06-02", List.of(week(season("09:00", "2027-06-02", "2027-06-01"))));
        assertMistake("pools[0].weekly[1]: MONDAY 09:00 to 12:00 and 11:00 to 14:00 overlap", List.of(week(season("09:00", "2027-06-01", "2027-06-30"), season("11:00", "2027-06-30", "2027-07-31"))));
        assertMistake("pools[0].spill.WALK_IN.hoursBefore: 721 is not within 1..720", List.of(new PoolHours("D1", 15, null, List.of(), null, Map.of(Quota.WALK_IN, 721))));
        assertMistake("exceptions[0].pools: D2 is not among the pools of this schedule", List.of(plain()),
                new ExceptionalDays(LocalDate.parse("2027-05-03"), LocalDate.parse("2027-05-03"), Set.of(), Set.of("D2"), List.of(), ""));
        assertMistake("exceptions[1]: another exception before it", List.of(plain()), exception("2027-05-03", "2027-05-05"), exception("2027-05-05", "2027-05-06"));
        assertMistake("exceptions: 10000, 1000 at most", List.of(plain()), IntStream.range(0, 10_000)
                .mapToObj(i -> exception("2027-01-01", "2027-12-31")).toArray(ExceptionalDays[]::new));
    }

    @Test
    void givenAPeriodThatCannotBe_thenItIsRefusedBeforeAnythingElse() {
        assertPeriod("2027-03-02", "2027-03-01", "to: 2027-03-01 is before 2027-03-02");
        assertPeriod("2027-01-01", "2028-02-05", "to: 401 days, 400 at most");
        assertPeriod("2028-02-01", "2028-02-26", "to: 2028-02-26 is beyond the horizon, which is 2028-02-25");
        assertPeriod("2026-12-01", "2026-12-31", "to: 2026-12-31 is past, today is 2027-01-01");
    }

    @Test
    void givenCalendarsThatDoNotReachSoFarOrFeastsThatNobodyExpects_thenRefused() {
        final long inTwoYears = Instant.parse("2028-11-01T08:00:00Z").toEpochMilli();
        final LocalDate from = LocalDate.parse("2028-12-01");
        assertThatThrownBy(() -> new WantedDays(new WantedSchedule("MA-CG-COLOMBES", from, from.plusDays(60), Release.DEFAULT, Holidays.ALL, List.of(plain()), List.of()), colombes, inTwoYears, HORIZON))
                .isInstanceOf(ScheduleMistakenException.class).hasMessageContaining("holidays: 2029 is not covered");
        final Holidays wrong = new Holidays(true, true, Map.of(LocalDate.parse("2027-07-14"), LocalDate.parse("2027-07-15"),
                LocalDate.parse("2027-03-10"), LocalDate.parse("2027-03-20")), Set.of(), null);
        assertThatThrownBy(() -> days(wrong, List.of(plain()))).hasMessageContaining("no feast is expected on 2027-07-14").hasMessageContaining("2027-03-20 is more than 2 days from 2027-03-10");
        final Site unknown = Site.of(view(), new CatalogueView.Post(1, "NOWHERE", "EUR", 2, 1, 1, 0), ZoneId.of("Europe/Paris"), NETWORK, true, true);
        assertThatThrownBy(() -> new WantedDays(schedule(Holidays.ALL, List.of(plain())), unknown, NOW_MS, HORIZON)).hasMessageContaining("no holidays are known of NOWHERE");
    }

    @Test
    void givenARuleToOverbook_whenItIsOfAResource_thenRefused() {
        assertMistake("pools[0].overbooking: BIOMETRIC_STATION is no desk: places are added to the counters of desks only", List.of(new PoolHours("BIOMETRIC_STATION", 5, null,
                List.of(opening(WORKDAYS, "09:00", "12:00", 2, Map.of())), null, null, new WantedSchedule.Overbooked(new OverbookingRule(10, 0.2), 24))));
    }

    @Test
    void givenSummerHoursAndADateThatIsNot_thenEachHoldsInItsSeason() {
        final WantedDays days = days(Holidays.NONE, List.of(week(season("09:00", "2027-06-01", "2027-06-30"),
                new Opening(WORKDAYS, LocalTime.parse("07:00"), LocalTime.parse("10:00"), 2, Map.of(), new WantedSchedule.Dates(LocalDate.parse("2027-07-01"), LocalDate.parse("2027-08-31")),
                        Set.of(LocalDate.parse("2027-07-05"))))));
        assertThat(local(days, "2027-05-31")).isEqualTo("closed");
        assertThat(local(days, "2027-06-30")).isEqualTo("09:00-12:00 1 place, a start every 15 min");
        assertThat(local(days, "2027-07-01")).isEqualTo("07:00-10:00 2 places, a start every 15 min");
        assertThat(local(days, "2027-07-05")).isEqualTo("closed");
        assertThat(local(days, "2027-09-01")).isEqualTo("closed");
    }

    @Test
    void givenQuotasThatSpill_thenEachIsEverybodysSoManyElapsedHoursBeforeTheDayOpensWhateverTheClocksDo() {
        final WantedDays days = days(Holidays.NONE, List.of(new PoolHours("D1", 15, null, List.of(opening(EnumSet.allOf(DayOfWeek.class), "09:00", "12:00", 4, Map.of(Quota.CALL_CENTRE, 1, Quota.EMERGENCY, 2)),
                opening(EnumSet.allOf(DayOfWeek.class), "13:30", "15:00", 2, Map.of(Quota.CALL_CENTRE, 1))), null, Map.of(Quota.CALL_CENTRE, 24))));
        assertThat(spill(days, "2027-03-26")).isEqualTo("2027-03-25T09:00+01:00");
        assertThat(spill(days, "2027-03-28")).as("the clocks go forward").isEqualTo("2027-03-27T08:00+01:00");
        assertThat(spill(days, "2027-03-29")).isEqualTo("2027-03-28T09:00+02:00");
        assertThat(spill(days, "2027-10-31")).as("the clocks go back").isEqualTo("2027-10-30T10:00+02:00");
        assertThat(day(days, "2027-03-26").quotas().spillMs(QuotaClass.EMERGENCY.value())).as("never").isZero();
        assertThat(local(days, "2027-03-28")).isEqualTo("09:00-12:00 4 places, of them 1 for the call centre until 24 h before and 2 for emergencies, "
                + "13:30-15:00 2 places, of them 1 for the call centre until 24 h before, a start every 15 min");
        assertThat(day(days, "2027-03-26").quotaRuns()).extracting(run -> run.quota() + ": " + run.from() + ".." + run.to() + ' ' + run.places())
                .containsExactly("1: 0..36 1", "1: 54..72 1", "4: 0..36 2");
    }

    @Test
    void givenALogThatKeepsNoPlacesForChannels_thenTheirSumIsWithheldAsEverAndToldSo() {
        final Site older = new Site(colombes.post(), colombes.zone(), colombes.number(), colombes.pools(), colombes.files(), colombes.calendars(), Map.of(), false, false);
        final WantedDays days = new WantedDays(schedule(Holidays.NONE, List.of(week(opening(WORKDAYS, "09:00", "12:00", 3, Map.of(Quota.CALL_CENTRE, 1, Quota.EMERGENCY, 1))))), older, NOW_MS, HORIZON);
        assertThat(runs(day(days, "2027-03-02"))).containsExactly("0..36 3/2");
        assertThat(day(days, "2027-03-02").quotas().isNone()).isTrue();
        assertThat(days.notices()).containsExactly("D1: quotas are withheld from everybody and do not spill, for the log is of a core version before 6, which keeps no places for channels:"
                + " an operator raises it (mawid core-version), then send this again");
    }

    @Test
    void givenQuotasOfAResource_thenRefusedWhereItIsNamedAndOfDesksOnlyWhereNoneIs() {
        final PoolHours stations = new PoolHours("BIOMETRIC_STATION", 5, null, List.of(opening(WORKDAYS, "09:00", "12:00", 2, Map.of())), null);
        final Opening kept = opening(WORKDAYS, "09:00", "12:00", 2, Map.of(Quota.WALK_IN, 1));
        assertMistake("pools[0]: BIOMETRIC_STATION is no desk: places are kept for channels at desks only", List.of(new PoolHours("BIOMETRIC_STATION", 5, null, List.of(kept), null)));
        assertMistake("exceptions[0].pools: BIOMETRIC_STATION is no desk", List.of(plain(), stations),
                new ExceptionalDays(LocalDate.parse("2027-05-03"), LocalDate.parse("2027-05-03"), Set.of(), Set.of("BIOMETRIC_STATION"), List.of(kept), ""));
        final WantedDays days = new WantedDays(schedule(Holidays.NONE, List.of(plain(), stations), exception("2027-05-03", "2027-05-03", kept)), colombes, NOW_MS, HORIZON);
        assertThat(day(days, "2027-05-03").quotas().isNone()).isFalse();
        assertThat(days.day(colombes.pools().get("BIOMETRIC_STATION"), LocalDate.parse("2027-05-03")).quotas().isNone()).isTrue();
    }

    // ---- as the tests say it

    private static Opening season(final String open, final String from, final String to) {
        return new Opening(WORKDAYS, LocalTime.parse(open), LocalTime.parse(open).plusHours(3), 1, Map.of(), new WantedSchedule.Dates(LocalDate.parse(from), LocalDate.parse(to)), Set.of());
    }

    private String local(final WantedDays days, final String date) {
        final PlannedDay day = days.day(colombes.pools().get("D1"), LocalDate.parse(date));
        return day == null ? "closed" : Words.hours(day, colombes.zone());
    }

    private String spill(final WantedDays days, final String date) {
        return Instant.ofEpochMilli(day(days, date).quotas().spillMs(QuotaClass.CALL_CENTRE.value())).atZone(colombes.zone()).toOffsetDateTime().toString();
    }

    private void assertMistake(final String mistake, final List<PoolHours> pools, final ExceptionalDays... exceptions) {
        assertThatThrownBy(() -> new WantedDays(schedule(Holidays.ALL, pools, exceptions), colombes, NOW_MS, HORIZON))
                .isInstanceOf(ScheduleMistakenException.class).hasMessageContaining(mistake);
    }

    private void assertPeriod(final String from, final String to, final String mistake) {
        assertThatThrownBy(() -> new WantedDays(new WantedSchedule("MA-CG-COLOMBES", LocalDate.parse(from), LocalDate.parse(to), Release.DEFAULT, Holidays.ALL, List.of(), List.of()),
                colombes, NOW_MS, HORIZON)).isInstanceOf(ScheduleMistakenException.class).hasMessageContaining(mistake).hasMessageContaining("1 mistakes");
    }

    private static PoolHours plain() {
        return week(opening(WORKDAYS, "09:00", "15:00", 1, Map.of()));
    }

    private static PoolHours week(final Opening... openings) {
        return new PoolHours("D1", 15, null, List.of(openings), null);
    }

    private static Opening opening(final Set<DayOfWeek> days, final String open, final String close, final int places, final Map<Quota, Integer> quotas) {
        return new Opening(days, LocalTime.parse(open), LocalTime.parse(close), places, quotas);
    }

    private static ExceptionalDays exception(final String from, final String to, final Opening... hours) {
        return new ExceptionalDays(LocalDate.parse(from), LocalDate.parse(to), Set.of(), Set.of(), List.of(hours), "");
    }

    private WantedDays days(final PoolHours... pools) {
        return days(Holidays.ALL, List.of(pools));
    }

    private WantedDays days(final Holidays holidays, final List<PoolHours> pools) {
        return new WantedDays(schedule(holidays, pools), colombes, NOW_MS, HORIZON);
    }

    private static WantedSchedule schedule(final Holidays holidays, final List<PoolHours> pools, final ExceptionalDays... exceptions) {
        return new WantedSchedule("MA-CG-COLOMBES", LocalDate.parse("2027-01-01"), LocalDate.parse("2027-12-31"), Release.DEFAULT, holidays, pools, List.of(exceptions));
    }

    private PlannedDay day(final WantedDays days, final String date) {
        return days.day(colombes.pools().get("D1"), LocalDate.parse(date));
    }

    private static List<String> runs(final PlannedDay day) {
        final List<String> runs = new java.util.ArrayList<>();
        day.forEachOpenRun(run -> runs.add(run.from() + ".." + run.to() + ' ' + run.capacity() + '/' + run.withheld()));
        return runs;
    }

    private static Site site(final String code) {
        final Network.Post post = NETWORK.posts().stream().filter(one -> one.code().equals(code)).findFirst().orElseThrow();
        final Map<String, CatalogueView.Pool> pools = new LinkedHashMap<>();
        for (final Network.Pool pool : NETWORK.poolsOf(post.id())) {
            final String name = pool instanceof Network.Desk desk ? desk.code() : ((Network.Resource) pool).kind().name();
            pools.put(name, new CatalogueView.Pool(pool.id(), post.id(), pool instanceof Network.Resource resource ? PoolKind.valueOf(resource.kind().name()) : PoolKind.DESK, name));
        }
        return new Site(new CatalogueView.Post(post.id(), code, post.currency(), 2, 1, 1, 0), post.zone(), post.id(), pools, post, NETWORK.calendars(), Map.of(), true, true);
    }

    private static CatalogueView view() {
        return (CatalogueView) java.lang.reflect.Proxy.newProxyInstance(CatalogueView.class.getClassLoader(), new Class<?>[] {CatalogueView.class},
                (proxy, method, arguments) -> List.of(new CatalogueView.Pool(1, 1, PoolKind.DESK, "D1")));
    }
}
