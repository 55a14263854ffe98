package org.mawid.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.network.Release;
import org.mawid.api.overbooking.OverbookingRule;
import org.mawid.api.schedule.Difference.Kind;
import org.mawid.api.schedule.Schedules.Outcome;
import org.mawid.api.schedule.WantedSchedule.Holidays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.Overbooked;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.engine.core.EngineCore;
import org.mawid.grpc.Channel;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.Result;

/** A schedule's rule to overbook against the real engine: computed once, kept whatever is measured later, withdrawn in time, and taken back where nobody has a place. */
class ScheduleOverbookedTest {
    private static final LocalDate FRIDAY = LocalDate.of(2027, 3, 26);
    private static final LocalDate SATURDAY = FRIDAY.plusDays(1);
    private static final Instant NOW = Instant.parse("2027-03-22T12:00:00Z");
    /** Nine o'clock in Paris, a day before Friday's. */
    private static final Instant A_DAY_BEFORE = Instant.parse("2027-03-25T08:00:00Z");
    private static final Overbooked RULE = new Overbooked(new OverbookingRule(20, 0.2), 24);
    private static final int COUNTERS = 5;

    @TempDir
    private Path folder;
    private QuotaPost post;

    @AfterEach
    void stop() {
        post.close();
    }

    @Test
    void givenEnoughIsMeasured_whenApplied_thenPlacesAreBeyondTheCountersAndItIsSaidFromWhat() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(880, 120);
        assertThat(post.schedules.difference(wanted(RULE)).notices()).singleElement().asString()
                .matches("D1 on 2027-03-26, 2027-03-27: \\d+ visits added to the day: of 1,000 visits measured 12.0 % were missed, 10.4 % surely; "
                        + "those who come to the worst start wait \\d+.\\d minutes on average, \\d+.\\d without");
        post.apply(wanted(RULE));
        assertThat(beyond(FRIDAY)).isPositive();
        assertThat(Instant.ofEpochMilli(post.day(FRIDAY).overbooked().untilMs())).isEqualTo(A_DAY_BEFORE);
        for (int unit = 0; unit < post.day(FRIDAY).open().length; unit++) {
            assertThat(post.day(FRIDAY).open()[unit]).isEqualTo(COUNTERS + post.day(FRIDAY).overbooked().places()[unit]);
        }
        final JsonObject day = ScheduleJson.of(post.schedules.present(QuotaPost.CODE, FRIDAY, FRIDAY)).getJsonArray("days").getJsonObject(0);
        assertThat(day.getString("overbookedUntil")).isEqualTo("2027-03-25T09:00+01:00");
        assertThat(day.getJsonArray("hours").encode()).contains("\"places\":6,\"withheld\":0,\"overbooked\":1");
    }

    @Test
    void givenOverbookedDays_whenOtherIsMeasuredLater_thenTheyKeepWhatTheyHaveAndAreNoDifference() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(880, 120);
        post.apply(wanted(RULE));
        final int[] before = post.day(FRIDAY).overbooked().places();
        post.measured.are(1_500, 500);
        post.isNoDifference(wanted(RULE));
        post.measured.are(2_000, 0);
        assertThat(post.isNoDifference(wanted(RULE)).notices()).containsExactly("D1 on 2027-03-26, 2027-03-27: the places that were added to the counters stay as they are");

        final WantedSchedule kept = wanted(COUNTERS, Map.of(Quota.CALL_CENTRE, 1), new Overbooked(RULE.rule(), 12));
        assertThat(post.schedules.difference(kept).count(Kind.CHANGED)).as("it is withdrawn later, and keeps places for a channel").isEqualTo(2);
        post.apply(kept);
        assertThat(post.day(FRIDAY).overbooked().places()).as("the same counters").isEqualTo(before);
        assertThat(Instant.ofEpochMilli(post.day(FRIDAY).overbooked().untilMs())).isEqualTo("2027-03-25T20:00:00Z");
        post.isNoDifference(kept);
    }

    @Test
    void givenTooLittleIsMeasured_whenItIsEnoughLater_thenTheDaysChangeOnce() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        assertThat(post.schedules.difference(wanted(RULE)).notices()).containsExactly("D1 on 2027-03-26, 2027-03-27: nothing added: nothing is counted, for the records are being made, or this server keeps none");
        post.measured.are(35, 5);
        post.apply(wanted(RULE));
        assertThat(beyond(FRIDAY)).isZero();
        assertThat(post.isNoDifference(wanted(RULE)).notices()).containsExactly("D1 on 2027-03-26, 2027-03-27: nothing added: only 40 visits measured, 200 are needed");
        post.measured.are(880, 120);
        assertThat(post.schedules.difference(wanted(RULE)).count(Kind.CHANGED)).isEqualTo(2);
        post.apply(wanted(RULE));
        assertThat(beyond(FRIDAY)).isPositive();
        post.isNoDifference(wanted(RULE));
    }

    @Test
    void givenWhatNobodyTookWasWithdrawn_whenTheSameIsSentAgain_thenItIsNoDifferenceAndToldSoAndNothingIsAdded() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(880, 120);
        post.apply(wanted(RULE));
        take(firstBeyond());
        post.timeIs(A_DAY_BEFORE);
        assertThat(post.day(FRIDAY).overbooked().places()).isEmpty();
        assertThat(post.day(FRIDAY).open()[firstTaken()]).as("whoever has one keeps it").isEqualTo(COUNTERS + 1);
        assertThat(post.isNoDifference(wanted(RULE)).notices()).contains("D1 on 2027-03-26: has more places than are wanted and keeps them: so near to the day nothing is added, and it is not told any more which "
                + "were beyond the counters");

        final Difference more = post.schedules.difference(wanted(COUNTERS + 1, Map.of(), RULE));
        assertThat(more.changes()).filteredOn(change -> change.date().equals(FRIDAY)).singleElement().satisfies(change -> {
            assertThat(change.wanted().isOverbooked()).isFalse();
            assertThat(change.wanted().capacity()).containsOnly(COUNTERS + 1);
        });
        assertThat(more.canBeApplied()).isTrue();
        assertThat(post.schedules.difference(wanted(COUNTERS - 1, Map.of(), RULE)).isNothing()).as("it has more than are wanted").isFalse();
    }

    @Test
    void givenTheRuleIsTakenOut_whenNobodyHasAnExtraPlace_thenTheDaysAreWithoutAndElseItIsRefusedInWords() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(880, 120);
        post.apply(wanted(RULE));
        final int start = firstBeyond();
        take(start);
        final Difference difference = post.schedules.difference(wanted(null));
        assertThat(difference.count(Kind.CHANGED)).isEqualTo(2);
        assertThat(Words.of(difference)).anyMatch(line -> line.startsWith("D1 becomes 09:00-12:00 5 places, a start every 15 min, was 09:00-") && line.contains("6 places, of them 1 beyond the counters until 24 h before"));
        assertThat(difference.refused()).extracting(one -> one.why() + " " + one.date()).containsExactly("CAPACITY_BELOW_TAKEN " + FRIDAY);
        assertThat(difference.refused().get(0).inTheWay()).endsWith(" 6 are booked or held, and 5 could be");
        assertThat(difference.refused().get(0).todo()).startsWith("somebody has a place beyond the counters, which the schedule that is there had added");
        assertThat(post.schedules.apply(wanted(null), Schedules.ANY_VERSION)).isInstanceOf(Outcome.Refused.class);
        post.isNoDifference(wanted(RULE));

        post.apply(saturday(null));
        assertThat(post.day(SATURDAY).open()).containsOnly(COUNTERS);
        assertThat(beyond(SATURDAY)).isZero();
        assertThat(beyond(FRIDAY)).isPositive();
    }

    @Test
    void givenWhatNobodyTookWasWithdrawn_whenTheRuleIsTakenOut_thenTheDaysHaveTheirCountersAlone() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(880, 120);
        post.apply(wanted(RULE));
        final int start = firstBeyond();
        for (int i = 0; i < COUNTERS; i++) {
            post.confirm(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, start).getReference());
        }
        post.timeIs(A_DAY_BEFORE);
        assertThat(PlannedDay.of(post.day(FRIDAY)).withheldAt(nine() + start * OpenDay.UNIT_MS)).as("the sixth place, which nobody has").isOne();
        post.apply(wanted(null));
        assertThat(post.day(FRIDAY).open()).containsOnly(COUNTERS);
        assertThat(PlannedDay.of(post.day(FRIDAY)).withheld()).as("of its counters").containsOnly(0);
        assertThat(beyond(SATURDAY)).as("where nothing was withdrawn yet").isZero();
        post.isNoDifference(wanted(null));
    }

    @Test
    void givenSomebodyHasAPlaceBeyondTheCounters_whenTheRuleIsTakenOutAfterTheWithdrawal_thenItIsToldWhereWhatIsInTheWayAndWhatToDo() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(880, 120);
        post.apply(wanted(RULE));
        final int start = firstBeyond();
        take(start);
        post.timeIs(A_DAY_BEFORE);
        final Difference difference = post.schedules.difference(wanted(null));
        final LocalTime time = LocalTime.of(9, 0).plusMinutes(5L * start);
        assertThat(difference.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.pool() + " " + refused.date()).isEqualTo("D1 " + FRIDAY);
            assertThat(refused.told()).startsWith("at " + time + " 6 are booked or held, and 5 could be: more is booked or held than is wanted")
                    .contains("where a rule to overbook had added them", "leave the rule in until that date is over", "send the dates after it by themselves", "CloseDays");
        });
        assertThat(Words.of(difference)).anyMatch(line -> line.startsWith("refused: D1 CAPACITY_BELOW_TAKEN, more is booked or held than is wanted") && line.endsWith("; on " + FRIDAY + ": at " + time + " 6 are booked or held, and 5 could be"));

        post.apply(saturday(null));
        assertThat(beyond(SATURDAY)).isZero();
        assertThat(post.day(FRIDAY).open()[start]).as("whoever has one keeps it").isEqualTo(COUNTERS + 1);
    }

    @Test
    void givenAnOlderLog_whenApplied_thenWithoutAndToldSoAndOnceItIsNewTheDaysChange() throws Exception {
        start(6);
        post.measured.are(880, 120);
        assertThat(post.schedules.difference(wanted(RULE)).notices()).containsExactly("D1: nothing is added to the counters, for the log is of a core version before 7, which does not know places beyond them:"
                + " an operator raises it (mawid core-version), then send this again");
        post.apply(wanted(RULE));
        post.isNoDifference(wanted(RULE));
        post.engine.setCoreVersion(EngineCore.NEWEST_CORE_VERSION);
        assertThat(post.schedules.difference(wanted(RULE)).count(Kind.CHANGED)).isEqualTo(2);
        post.apply(wanted(RULE));
        assertThat(beyond(FRIDAY)).isPositive();
    }

    @Test
    void givenAClosureOfAnHour_whenTheSameIsSentAgain_thenNothingOfWhatItLeftIsBeyondTheCountersAndADayUnderOneGetsNothing() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(880, 120);
        post.apply(wanted(RULE));
        final int last = post.day(FRIDAY).open().length - 1;
        final int[] before = post.day(FRIDAY).overbooked().places().clone();
        assertThat(before[last]).as("which the closure does not touch").isPositive();
        post.done(Command.newBuilder().setCloseDays(CloseDays.newBuilder().setPostId(QuotaPost.POST).setFromMs(nine()).setToMs(nine() + 3_600_000L).setCapacity(1)));
        post.timeIs(NOW);
        post.apply(wanted(RULE));
        assertThat(post.day(FRIDAY).overbooked().places()).as("else its one counter would be withdrawn").startsWith(new int[12]);
        assertThat(Arrays.copyOfRange(post.day(FRIDAY).overbooked().places(), 12, last + 1)).isEqualTo(Arrays.copyOfRange(before, 12, last + 1));
        post.isNoDifference(wanted(RULE));

        post.apply(wanted(null));
        final Difference difference = post.schedules.difference(wanted(RULE));
        assertThat(difference.notices()).contains("D1 on 2027-03-26: nothing added: a closure leaves less");
        assertThat(difference.changes()).extracting(Difference.Change::date).containsExactly(SATURDAY);
    }

    @Test
    void givenAsManyMoreCountersAsWereAdded_whenApplied_thenTheyAreCountersAndWhatIsBeyondThemIsComputedAnew() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(880, 120);
        final Overbooked half = new Overbooked(new OverbookingRule(60, 0.5), 24);
        post.apply(wanted(2, Map.of(), half));
        final int[] before = post.day(FRIDAY).overbooked().places();
        final List<Opening> more = new ArrayList<>();
        for (int unit = 0; unit < before.length; unit += 3) {
            more.add(opening(LocalTime.of(9, 0).plusMinutes(5L * unit), LocalTime.of(9, 15).plusMinutes(5L * unit), 2 + before[unit], Map.of()));
        }
        final WantedSchedule wanted = wanted(more, half);
        assertThat(post.schedules.difference(wanted).count(Kind.CHANGED)).isEqualTo(2);
        post.apply(wanted);
        post.isNoDifference(wanted);
        post.timeIs(A_DAY_BEFORE);
        for (int unit = 0; unit < before.length; unit++) {
            assertThat(post.day(FRIDAY).open()[unit]).as("nobody has taken any").isEqualTo(2 + before[unit]);
        }
    }

    @Test
    void givenADayOfMoreStretchesThanACommandHolds_whenApplied_thenTheLastStartsGetNothingAndItIsSaid() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.measured.are(800, 200);
        final List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < 20; i++) { // neighbours differ, so that each is a stretch, and no start can be joined to the next
            openings.add(opening(LocalTime.of(8, 0).plusMinutes(30L * i), LocalTime.of(8, 30).plusMinutes(30L * i), i % 2 == 0 ? 6 : 7, Map.of()));
        }
        final WantedSchedule wanted = wanted(openings, new Overbooked(new OverbookingRule(60, 0.5), 24));
        assertThat(post.schedules.difference(wanted).notices()).singleElement().asString().contains(" visits added to the day: ").endsWith(" on nothing, for a day has not more stretches");
        post.apply(wanted);
        assertThat(beyond(FRIDAY)).isPositive();
        final PlannedDay day = PlannedDay.of(post.day(FRIDAY));
        assertThat(day.fits()).isTrue();
        assertThat(day.overbookedOn(day.units() - 1)).isZero();
        post.isNoDifference(wanted);
    }

    // ---- as the tests say it

    private void start(final int coreVersion) throws Exception {
        post = new QuotaPost(folder, NOW, coreVersion);
    }

    /** Places beyond the counters, of all units together. */
    private int beyond(final LocalDate date) {
        int beyond = 0;
        for (final int places : post.day(date).overbooked().places()) {
            beyond += places;
        }
        return beyond;
    }

    /** The first start of Friday that has one. */
    private int firstBeyond() {
        int unit = 0;
        while (post.day(FRIDAY).overbooked().places()[unit] == 0) {
            unit++;
        }
        return unit;
    }

    private int firstTaken() {
        int unit = 0;
        while (post.day(FRIDAY).room()[unit] == post.day(FRIDAY).open()[unit]) {
            unit++;
        }
        return unit;
    }

    /** All places of a start of Friday. */
    private void take(final int start) {
        for (int i = 0; i < COUNTERS + 1; i++) {
            post.confirm(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, start).getReference());
        }
        assertThat(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, start).getResult()).isNotEqualTo(Result.OK);
    }

    private static Opening opening(final LocalTime open, final LocalTime close, final int places, final Map<Quota, Integer> quotas) {
        return new Opening(EnumSet.allOf(DayOfWeek.class), open, close, places, quotas);
    }

    /** Mornings of Friday and Saturday. */
    private static WantedSchedule wanted(final Overbooked rule) {
        return wanted(COUNTERS, Map.of(), rule);
    }

    /** Of Saturday alone. */
    private static WantedSchedule saturday(final Overbooked rule) {
        return new WantedSchedule(QuotaPost.CODE, SATURDAY, SATURDAY, wanted(rule).release(), Holidays.NONE, wanted(rule).pools(), List.of());
    }

    /** When Friday opens, ms since 1970-01-01 UTC. */
    private static long nine() {
        return Instant.parse("2027-03-26T08:00:00Z").toEpochMilli();
    }

    private static WantedSchedule wanted(final int places, final Map<Quota, Integer> quotas, final Overbooked rule) {
        return wanted(List.of(opening(LocalTime.of(9, 0), LocalTime.of(12, 0), places, quotas)), rule);
    }

    private static WantedSchedule wanted(final List<Opening> week, final Overbooked rule) {
        return new WantedSchedule(QuotaPost.CODE, FRIDAY, SATURDAY, new Release.Rolling(60, LocalTime.of(9, 0), 1), Holidays.NONE,
                List.of(new PoolHours("D1", 15, null, week, null, null, rule)), List.of());
    }
}
