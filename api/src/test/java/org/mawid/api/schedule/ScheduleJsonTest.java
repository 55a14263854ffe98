package org.mawid.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.PlannedDay;
import org.mawid.api.network.Release;
import org.mawid.api.overbooking.OverbookingRule;
import org.mawid.api.schedule.WantedSchedule.Dates;
import org.mawid.api.schedule.WantedSchedule.ExceptionalDays;
import org.mawid.api.schedule.WantedSchedule.Holidays;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.PoolHours;
import org.mawid.api.schedule.WantedSchedule.Quota;
import org.mawid.sbe.Result;

/** What a post writes, and what it is told. */
class ScheduleJsonTest {
    private static final LocalDate FROM = LocalDate.parse("2027-01-01");
    private static final LocalDate TO = LocalDate.parse("2027-12-31");

    @Test
    void givenAWholeSchedule_thenEveryWordOfItIsRead() {
        final WantedSchedule read = read("""
                {"release": {"daysAhead": 30, "at": "08:00", "staggerMinutes": 10},
                 "holidays": {"host": false, "confirmed": [{"expected": "2027-03-10", "date": "2027-03-11"}], "worked": ["2027-07-30"], "ramadan": [{"from": "2027-02-09", "to": "2027-03-10"}]},
                 "pools": [{"pool": "D1", "alignMinutes": 15, "services": ["PASSPORT_ADULT"],
                            "weekly": [{"days": ["MON", "FRI"], "open": "09:00", "close": "15:00", "places": 3, "quotas": {"CALL_CENTRE": 1, "EMERGENCY": 1}}],
                            "ramadan": []},
                           {"pool": "RECEPTION_SEAT", "weekly": []}],
                 "exceptions": [{"from": "2027-05-03", "to": "2027-05-07", "days": ["TUE"], "pools": ["D1"], "hours": [{"open": "10:00", "close": "12:00", "places": 1}], "reason": "stock"},
                                {"from": "2027-06-01"}]}""");
        final Opening morning = new Opening(EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.parse("09:00"), LocalTime.parse("15:00"), 3, Map.of(Quota.CALL_CENTRE, 1, Quota.EMERGENCY, 1));
        final Opening short1 = new Opening(EnumSet.allOf(DayOfWeek.class), LocalTime.parse("10:00"), LocalTime.parse("12:00"), 1, Map.of());
        assertThat(read).isEqualTo(new WantedSchedule("PARIS", FROM, TO, new Release.Rolling(30, LocalTime.parse("08:00"), 10),
                new Holidays(false, true, Map.of(LocalDate.parse("2027-03-10"), LocalDate.parse("2027-03-11")), Set.of(LocalDate.parse("2027-07-30")),
                        List.of(new Dates(LocalDate.parse("2027-02-09"), LocalDate.parse("2027-03-10")))),
                List.of(new PoolHours("D1", 15, Set.of("PASSPORT_ADULT"), List.of(morning), List.of()), new PoolHours("RECEPTION_SEAT", 5, null, List.of(), null)),
                List.of(new ExceptionalDays(LocalDate.parse("2027-05-03"), LocalDate.parse("2027-05-07"), EnumSet.of(DayOfWeek.TUESDAY), Set.of("D1"), List.of(short1), "stock"),
                        new ExceptionalDays(LocalDate.parse("2027-06-01"), LocalDate.parse("2027-06-01"), Set.of(), Set.of(), List.of(), ""))));
        assertThat(read("{\"pools\": []}")).isEqualTo(new WantedSchedule("PARIS", FROM, TO, Release.DEFAULT, Holidays.ALL, List.of(), List.of()));
    }

    @Test
    void givenWhatIsNoSchedule_thenEachPlaceIsNamed() {
        assertMistakes("{\"hours\": 1, \"pools\": 7}", "\"hours\": no such field", "pools: is no array");
        assertMistakes("{\"pools\": [{\"pool\": \"D1\", \"weekly\": [{\"days\": [\"LUN\"], \"open\": \"9:00\", \"close\": \"24:00\", \"places\": 0, \"quotas\": {\"VIP\": 1}}]}]}",
                "pools[0].weekly[0].quotas.\"VIP\": no such field", "pools[0].weekly[0].days[0]: is none of MON", "pools[0].weekly[0].open: \"9:00\" is not a time like 09:00",
                "pools[0].weekly[0].close: \"24:00\" is not a time", "pools[0].weekly[0].places: \"0\" is not a whole number within 1..255");
        assertMistakes("{\"pools\": [{\"pool\": \"D1\"}, 3, {\"weekly\": []}]}", "pools[0].weekly: is missing: of what is always closed say []", "pools[1]: is no object", "pools[2].pool: is no text");
        assertMistakes("{\"release\": {\"daysAhead\": 401, \"staggerMinutes\": 1.5}, \"holidays\": {\"host\": \"yes\", \"confirmed\": [{\"expected\": \"2027-02-30\"}]}, \"exceptions\": [{}]}",
                "release.daysAhead: \"401\"", "release.staggerMinutes: \"1.5\"", "holidays.host: \"yes\" is neither", "holidays.confirmed[0].expected: \"2027-02-30\" is not a date",
                "holidays.confirmed[0].date: is missing", "exceptions[0].from: is missing");
        final JsonArray thousands = new JsonArray(IntStream.range(0, 10_000).mapToObj(i -> new JsonObject().put("from", "2027-05-03")).toList());
        assertMistakes(new JsonObject().put("exceptions", thousands).encode(), "exceptions: 10000, 1000 at most");
        final JsonArray wrong = new JsonArray(IntStream.range(0, 1_000).mapToObj(i -> 7).toList());
        assertThat(catchThrowableOfType(ScheduleMistakenException.class, () -> read(new JsonObject().put("exceptions", wrong).encode())).mistakes()).hasSize(100);
    }

    @Test
    void givenARuleToOverbook_thenItIsReadAndEachOfItsMistakesHasItsPlace() {
        assertThat(overbooked("{\"maxWaitMinutes\": 10, \"maxShare\": 0.2, \"untilHoursBefore\": 24}")).isEqualTo(new WantedSchedule.Overbooked(new OverbookingRule(10, 0.2), 24));
        assertMistakes(pool("7"), "pools[0].overbooking: is no object");
        assertMistakes(pool("null"), "pools[0].overbooking: is no object");
        assertMistakes(pool("{}"), "pools[0].overbooking.maxWaitMinutes: is missing", "pools[0].overbooking.maxShare: is missing", "pools[0].overbooking.untilHoursBefore: is missing");
        assertMistakes(pool("{\"maxWaitMinutes\": 61, \"maxShare\": 0.51, \"untilHoursBefore\": 0, \"share\": 1}"), "pools[0].overbooking.\"share\": no such field",
                "pools[0].overbooking.maxWaitMinutes: \"61\" is not a whole number within 1..60", "pools[0].overbooking.maxShare: \"0.51\" is not a share above 0 and up to 0.5",
                "pools[0].overbooking.untilHoursBefore: \"0\" is not a whole number within 1..720");
        assertMistakes(pool("{\"maxWaitMinutes\": 1.5, \"maxShare\": \"20 %\", \"untilHoursBefore\": 720}"), "pools[0].overbooking.maxWaitMinutes: \"1.5\"", "pools[0].overbooking.maxShare: \"20 %\"");
    }

    private static WantedSchedule.Overbooked overbooked(final String rule) {
        return read(pool(rule)).pools().get(0).overbooked();
    }

    private static String pool(final String rule) {
        return "{\"pools\": [{\"pool\": \"D1\", \"weekly\": [], \"overbooking\": " + rule + "}]}";
    }

    @Test
    void givenADifference_thenEachDayIsToldBeforeAndAfterAndWhichUnitsDiffer() {
        final ZoneId paris = ZoneId.of("Europe/Paris");
        final long nine = LocalDate.parse("2027-03-02").atTime(9, 0).atZone(paris).toInstant().toEpochMilli();
        final Difference difference = new Difference("PARIS", paris, FROM, TO, 7,
                List.of(new Difference.Change(Difference.Kind.CHANGED, "D1", LocalDate.parse("2027-03-02"), day(nine, 3, 2), day(nine, 2, 2))),
                List.of(new Difference.Refused("D1", LocalDate.parse("2027-03-02"), Result.CAPACITY_BELOW_TAKEN, "close it")),
                List.of(new Difference.Provisional(LocalDate.parse("2027-03-10"), "Eid", "Morocco")), List.of("D2 stays"), 3);
        final JsonObject json = ScheduleJson.of(difference);
        assertThat(json.getLong("calendarVersion")).isEqualTo(7);
        assertThat(json.getBoolean("canBeApplied")).isFalse();
        assertThat(json.getJsonArray("changes").getJsonObject(0).encode()).isEqualTo("{\"kind\":\"CHANGED\",\"pool\":\"D1\",\"date\":\"2027-03-02\","
                + "\"wanted\":{\"hours\":[{\"open\":\"09:00\",\"close\":\"10:00\",\"places\":3,\"withheld\":0},{\"open\":\"10:00\",\"close\":\"11:00\",\"places\":2,\"withheld\":0}],\"alignMinutes\":5,\"releasedAt\":\"1970-01-01T01:00+01:00\"},"
                + "\"there\":{\"hours\":[{\"open\":\"09:00\",\"close\":\"11:00\",\"places\":2,\"withheld\":0}],\"alignMinutes\":5,\"releasedAt\":\"1970-01-01T01:00+01:00\"},"
                + "\"units\":[{\"open\":\"09:00\",\"close\":\"10:00\"}]}");
        assertThat(json.getJsonArray("words").getString(0)).isEqualTo("PARIS, 2027-01-01 to 2027-12-31: 0 days added, 1 changed, 0 closed, 3 as they are; 1 refused, so that nothing can be applied");
        assertThat(json.getJsonArray("words").stream()).contains("refused: D1 CAPACITY_BELOW_TAKEN, close it; on 2027-03-02",
                "closed for the time being: 2027-03-10, Eid (Morocco), may move by a day until it is confirmed", "D2 stays");
        assertThat(ScheduleJson.of(new Present("PARIS", paris, 7, List.of(new Present.Day("D1", LocalDate.parse("2027-03-02"), day(nine, 2, 2))))).getJsonArray("days").getJsonObject(0).getString("pool"))
                .isEqualTo("D1");
    }

    /** Two hours from nine. */
    private static PlannedDay day(final long startMs, final int first, final int second) {
        final int[] capacity = new int[24];
        Arrays.fill(capacity, 0, 12, first);
        Arrays.fill(capacity, 12, 24, second);
        return new PlannedDay(1, 20_000, startMs, 1, 0, capacity, new int[24]);
    }

    private static WantedSchedule read(final String json) {
        return ScheduleJson.read("PARIS", FROM, TO, new JsonObject(json));
    }

    private static void assertMistakes(final String json, final String... mistakes) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(ScheduleMistakenException.class).message().contains(mistakes).startsWith("the schedule has " + mistakes.length + " mistakes:");
    }
}
