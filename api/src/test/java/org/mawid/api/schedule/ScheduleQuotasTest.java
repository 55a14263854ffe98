package org.mawid.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.Release;
import org.mawid.api.schedule.Difference.Kind;
import org.mawid.api.schedule.WantedSchedule.Holidays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.engine.core.EngineCore;
import org.mawid.grpc.Channel;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.Result;
import org.mawid.sbe.QuotaClass;

/** A schedule's quotas against the real engine: kept by channel, everybody's as the day comes near, and the same schedule again is no difference. */
class ScheduleQuotasTest {
    private static final int CALL_CENTRE = QuotaClass.CALL_CENTRE.value();
    private static final LocalDate FRIDAY = LocalDate.of(2027, 3, 26);
    private static final LocalDate SUNDAY = FRIDAY.plusDays(2);
    private static final Instant NOW = Instant.parse("2027-03-22T12:00:00Z");

    @TempDir
    private Path folder;
    private QuotaPost post;

    @AfterEach
    void stop() {
        post.close();
    }

    @Test
    void givenQuotasThatSpill_whenApplied_thenWhomTheyAreForTakesThemThenEverybodyAndTheSameScheduleIsNoDifference() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        final WantedSchedule wanted = wanted(3, 2, Map.of(Quota.CALL_CENTRE, 1), Map.of(Quota.CALL_CENTRE, 24));
        assertThat(Words.of(post.schedules.difference(wanted))).contains("D1 is opened 09:00-12:00 2 places, of them 1 for the call centre until 24 h before, a start every 15 min on 2027-03-26, 2027-03-27, 2027-03-28");
        post.apply(wanted);
        assertThat(post.day(FRIDAY).open()).as("what everybody sees").containsOnly(1);
        assertThat(post.day(FRIDAY).withheld()).containsOnly(1);
        assertThat(Instant.ofEpochMilli(post.day(SUNDAY).channels().spillMs(CALL_CENTRE))).as("24 hours, whatever the clocks do in between").isEqualTo("2027-03-27T07:00:00Z");
        post.isNoDifference(wanted);

        post.confirm(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, 0).getReference());
        assertThat(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, 0).getResult()).isEqualTo(Result.KEPT_FOR_CHANNEL);
        post.confirm(post.hold(Channel.CHANNEL_CALL_CENTRE, FRIDAY, 0).getReference());
        assertThat(post.hold(Channel.CHANNEL_CALL_CENTRE, FRIDAY, 0).getResult()).isNotEqualTo(Result.OK);
        post.isNoDifference(wanted); // what was taken is still what was said

        post.timeIs(Instant.parse("2027-03-25T08:00:00Z")); // 24 hours before nine o'clock in Paris
        assertThat(post.day(FRIDAY).channels().spillMs(CALL_CENTRE)).isZero();
        assertThat(post.day(FRIDAY).open()).containsOnly(2);
        post.confirm(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, 6).getReference());
        post.confirm(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, 6).getReference());
        final Difference again = post.schedules.difference(wanted);
        assertThat(again.isNothing()).as("%s", Words.of(again)).isTrue();
        assertThat(again.notices()).containsExactly("D1: what is left of CALL_CENTRE is for everybody already, so that nothing is kept again on 2027-03-26");
    }

    @Test
    void givenDaysThatWithholdAsAnOlderScheduleDid_whenTheSameIsSentAgain_thenTheyChangeOnce() throws Exception {
        start(5);
        final WantedSchedule wanted = wanted(2, 3, Map.of(Quota.CALL_CENTRE, 1, Quota.EMERGENCY, 1), Map.of(Quota.CALL_CENTRE, 24));
        assertThat(post.schedules.difference(wanted).notices()).anyMatch(line -> line.contains("quotas are withheld from everybody and do not spill"));
        post.apply(wanted);
        assertThat(post.day(FRIDAY).withheld()).containsOnly(2);
        post.isNoDifference(wanted);
        post.confirm(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, 0).getReference());

        post.engine.setCoreVersion(EngineCore.NEWEST_CORE_VERSION);
        final Difference difference = post.schedules.difference(wanted);
        assertThat(difference.count(Kind.CHANGED)).isEqualTo(2);
        assertThat(Words.of(difference)).contains("D1 becomes 09:00-12:00 3 places, of them 1 for the call centre until 24 h before and 1 for emergencies, a start every 15 min, "
                + "was 09:00-12:00 3 places (2 withheld), a start every 15 min on 2027-03-26, 2027-03-27");
        post.apply(wanted);
        post.isNoDifference(wanted);
        assertThat(post.hold(Channel.CHANNEL_CALL_CENTRE, FRIDAY, 0).getResult()).isEqualTo(Result.OK);
    }

    @Test
    void givenASchedule_whenItsQuotasOrTheirSpillChange_thenWhatWasTakenStaysTaken() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.apply(wanted(1, 4, Map.of(Quota.CALL_CENTRE, 2), Map.of()));
        post.confirm(post.hold(Channel.CHANNEL_CALL_CENTRE, FRIDAY, 0).getReference());
        final WantedSchedule sooner = wanted(1, 4, Map.of(Quota.CALL_CENTRE, 2), Map.of(Quota.CALL_CENTRE, 48));
        assertThat(Words.of(post.schedules.difference(sooner))).anyMatch(line -> line.startsWith(
                "D1 becomes 09:00-12:00 4 places, of them 2 for the call centre until 48 h before, a start every 15 min, was 09:00-12:00 4 places, of them 2 for the call centre, a start"));
        post.apply(sooner);
        post.isNoDifference(sooner);

        final WantedSchedule fewer = wanted(1, 4, Map.of(Quota.CALL_CENTRE, 1, Quota.WALK_IN, 2), Map.of(Quota.CALL_CENTRE, 48));
        post.apply(fewer);
        post.isNoDifference(fewer);
        assertThat(post.day(FRIDAY).channels().taken(CALL_CENTRE, 0)).isEqualTo(1);
        assertThat(post.day(FRIDAY).open()[0]).as("four places, two left for the counter").isEqualTo(2);
        assertThat(post.day(FRIDAY).open()[6]).isEqualTo(1);

        post.confirm(post.hold(Channel.CHANNEL_ONLINE, FRIDAY, 0).getReference());
        final Difference more = post.schedules.difference(wanted(1, 4, Map.of(Quota.CALL_CENTRE, 1, Quota.WALK_IN, 3), Map.of()));
        assertThat(more.refused()).extracting(refused -> refused.why() + " " + refused.date()).containsExactly("CAPACITY_BELOW_TAKEN " + FRIDAY);
        assertThat(more.refused().get(0).todo()).contains("keep less");
    }

    @Test
    void givenQuotasInForce_thenTheyAreGivenBackInJsonAndOverGrpc() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.apply(wanted(1, 3, Map.of(Quota.CALL_CENTRE, 1, Quota.EMERGENCY, 1), Map.of(Quota.CALL_CENTRE, 24)));
        post.hold(Channel.CHANNEL_CALL_CENTRE, FRIDAY, 0);
        final Present present = post.schedules.present(QuotaPost.CODE, FRIDAY, SUNDAY);
        final JsonObject day = ScheduleJson.of(present).getJsonArray("days").getJsonObject(0);
        assertThat(day.getJsonArray("hours").encode()).isEqualTo("[{\"open\":\"09:00\",\"close\":\"12:00\",\"places\":3,\"withheld\":0,\"quotas\":{\"CALL_CENTRE\":1,\"EMERGENCY\":1}}]");
        assertThat(day.getJsonObject("spill").encode()).isEqualTo("{\"CALL_CENTRE\":\"2027-03-25T09:00+01:00\"}");
        assertThat(ScheduleMapping.present(present).getDays(0).getDay().toString()).contains("channel: QUOTA_CHANNEL_EMERGENCY", "spill_ms: " + Instant.parse("2027-03-25T08:00:00Z").toEpochMilli());
    }

    @Test
    void givenAPlaceOfAQuotaThatIsTaken_thenTheDesksCalendarHasOneMorningWithAllItsPlacesAndTheVisit() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        post.apply(wanted(1, 3, Map.of(Quota.CALL_CENTRE, 1), Map.of(Quota.CALL_CENTRE, 24)));
        post.confirm(post.hold(Channel.CHANNEL_CALL_CENTRE, FRIDAY, 6).getReference());
        assertThat(calendar(NOW)).contains("SUMMARY:D1 · 1 booked · 3 places\\, of them 1 for the call centre until 24 h before", "DESCRIPTION:09:30  1").containsOnlyOnce("BEGIN:VEVENT");
        post.timeIs(Instant.parse("2027-03-25T08:00:00Z"));
        assertThat(calendar(Instant.parse("2027-03-25T08:00:00Z"))).contains("SUMMARY:D1 · 1 booked · 3 places\r\n").containsOnlyOnce("BEGIN:VEVENT");
    }

    private String calendar(final Instant now) {
        post.day(FRIDAY);
        return new String(DeskCalendar.of(post.engine.readModel(), post.engine.readModel().catalogue().pool(QuotaPost.DESK), QuotaPost.CODE, ZoneId.of("Europe/Paris"), null, now.toEpochMilli()).ics(),
                StandardCharsets.UTF_8).replace("\r\n ", "");
    }

    @Test
    void givenAClosureThatLeavesAPlace_whenTheSameScheduleIsSent_thenNoMoreIsKeptThanTheClosureLeft() throws Exception {
        start(EngineCore.NEWEST_CORE_VERSION);
        final WantedSchedule wanted = wanted(1, 3, Map.of(Quota.CALL_CENTRE, 1, Quota.EMERGENCY, 1), Map.of());
        post.apply(wanted);
        final long nine = Instant.parse("2027-03-26T08:00:00Z").toEpochMilli();
        post.done(Command.newBuilder().setCloseDays(CloseDays.newBuilder().setPostId(QuotaPost.POST).setFromMs(nine).setToMs(nine + 3_600_000L).setCapacity(1)));
        post.timeIs(NOW);
        assertThat(post.day(FRIDAY).channels().kept(CALL_CENTRE, 0)).as("the call centre gives up its own before emergencies do").isZero();
        assertThat(post.day(FRIDAY).channels().kept(QuotaClass.EMERGENCY.value(), 0)).isEqualTo(1);
        final Difference difference = post.schedules.difference(wanted);
        assertThat(difference.isNothing()).as("%s", Words.of(difference)).isTrue();
        assertThat(difference.notices()).anyMatch(line -> line.contains("stays closed as closure 1 says"));
    }

    // ---- as the tests say it

    private void start(final int coreVersion) throws Exception {
        post = new QuotaPost(folder, NOW, coreVersion);
    }

    /** Mornings from Friday on; on Sunday the clocks go forward. */
    private static WantedSchedule wanted(final int days, final int places, final Map<Quota, Integer> quotas, final Map<Quota, Integer> spill) {
        final Opening mornings = new Opening(EnumSet.allOf(DayOfWeek.class), LocalTime.of(9, 0), LocalTime.of(12, 0), places, quotas.isEmpty() ? Map.of() : new EnumMap<>(quotas));
        return new WantedSchedule(QuotaPost.CODE, FRIDAY, FRIDAY.plusDays(days - 1), new Release.Rolling(60, LocalTime.of(9, 0), 1), Holidays.NONE,
                List.of(new PoolHours("D1", 15, Set.of("passport"), List.of(mornings), null)), List.of(), spill);
    }
}
