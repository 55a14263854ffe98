package org.mawid.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.overbooking.OverbookingRule;
import org.mawid.api.schedule.WantedSchedule.Dates;
import org.mawid.api.schedule.WantedSchedule.Opening;
import org.mawid.api.schedule.WantedSchedule.Quota;

/** A post writes a table or exports a calendar, and both are the same schedule as JSON; whatever else comes in is told where it stands. */
@Timeout(60)
class WrittenScheduleTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final WrittenSchedule.Period YEAR = new WrittenSchedule.Period("MA-CG-PARIS", LocalDate.parse("2027-01-01"), LocalDate.parse("2027-12-31"));
    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    @Test
    void givenATable_thenItIsTheSameScheduleAsInJson() {
        final String table = """
                kind,pool,days,from,to,open,close,places,call_centre,walk_in,assisted,emergency,except,value,reason
                release-days-ahead,,,,,,,,,,,,,30,
                release-at,,,,,,,,,,,,,08:00,
                holidays-host,,,,,,,,,,,,,no,
                feast,,,2027-03-10,2027-03-11,,,,,,,,,,
                worked,,,2027-07-30,,,,,,,,,,,
                ramadan-dates,,,2027-02-09,2027-03-10,,,,,,,,,,
                week,D1,MON-FRI,,,09:00,12:00,3,1,,,,2027-05-04 2027-05-05,,
                week,D1,SAT,2027-06-01,2027-08-31,09:00,11:00,1,,,,,,,

                ramadan,D1,MON-THU FRI,,,10:00,12:00,3,,,,,,,
                align,D1,,,,,,,,,,,,15,
                services,D1,,,,,,,,,,,,PASSPORT_ADULT VISA,
                week,RECEPTION_SEAT,,,,,,,,,,,,,
                spill,,,,,,,,24,,,,,,
                exception,D1,TUE,2027-05-01,2027-05-31,10:00,12:00,1,,,,,,,"stock, again"
                exception,D1,TUE,2027-05-01,2027-05-31,14:00,15:00,1,,,,,,,"stock, again"
                exception,,,2027-12-24,,,,,,,,,,,
                """;
        final String json = """
                {"release": {"daysAhead": 30, "at": "08:00"}, "holidays": {"host": false, "confirmed": [{"expected": "2027-03-10", "date": "2027-03-11"}], "worked": ["2027-07-30"],
                 "ramadan": [{"from": "2027-02-09", "to": "2027-03-10"}]}, "spill": {"CALL_CENTRE": {"hoursBefore": 24}},
                 "pools": [{"pool": "D1", "alignMinutes": 15, "services": ["PASSPORT_ADULT", "VISA"],
                            "weekly": [{"days": ["MON", "TUE", "WED", "THU", "FRI"], "open": "09:00", "close": "12:00", "places": 3, "quotas": {"CALL_CENTRE": 1}, "except": ["2027-05-04", "2027-05-05"]},
                                       {"days": ["SAT"], "open": "09:00", "close": "11:00", "places": 1, "from": "2027-06-01", "to": "2027-08-31"}],
                            "ramadan": [{"days": ["MON", "TUE", "WED", "THU", "FRI"], "open": "10:00", "close": "12:00", "places": 3}]},
                           {"pool": "RECEPTION_SEAT", "weekly": []}],
                 "exceptions": [{"from": "2027-05-01", "to": "2027-05-31", "days": ["TUE"], "pools": ["D1"], "reason": "stock, again",
                                 "hours": [{"open": "10:00", "close": "12:00", "places": 1}, {"open": "14:00", "close": "15:00", "places": 1}]},
                                {"from": "2027-12-24"}]}""";
        assertThat(csv(table)).isEqualTo(read(ScheduleForm.JSON, json));
        assertThat(csv("\uFEFF" + table.replace("\n", "\r\n"))).as("as a spreadsheet writes it").isEqualTo(csv(table));
        assertThat(csv(table).spill()).isEqualTo(Map.of(Quota.CALL_CENTRE, 24));
    }

    @Test
    void givenARowOfKindOverbooking_thenItIsTheRuleAndItsMistakesNameTheLine() {
        final String header = "kind,pool,max_wait_minutes,max_share,until_hours_before\nweek,D1,,,\n";
        assertThat(csv(header + "overbooking,D1,10,0.2,24\n").pools().get(0).overbooked()).isEqualTo(new WantedSchedule.Overbooked(new OverbookingRule(10, 0.2), 24));
        assertMistakes(ScheduleForm.CSV, header + "overbooking,D1,10,20 %,24\n", "line 3: maxShare \"20 %\" is not a share above 0 and up to 0.5");
        assertMistakes(ScheduleForm.CSV, header + "overbooking,D1,1.5,0.2,\n", "line 3: maxWaitMinutes \"1.5\" is not a whole number within 1..60", "line 3: untilHoursBefore is missing");
        assertMistakes(ScheduleForm.CSV, header + "overbooking,,10,0.2,24\n", "line 3: names no pool");
    }

    @Test
    void givenATableThatCannotBeMeant_thenEachMistakeNamesItsLine() {
        assertMistakes(ScheduleForm.CSV, "", "line 1: there is no header");
        assertMistakes(ScheduleForm.CSV, "kind;pool\nweek;D1\n", "line 1: no such column: \"kind;pool\"; columns are separated by commas", "line 1: the column kind is missing");
        assertMistakes(ScheduleForm.CSV, "pool,pool\n", "line 1: the column pool is there twice", "line 1: the column kind is missing");
        assertMistakes(ScheduleForm.CSV, "kind,pool,days,open,close,places\nweek,D1,MON-FRI,9:00,12:00,three\nweek,,MON,09:00,12:00,1\nweek,D1\nholiday,D1,,,,\n",
                "line 3: names no pool", "line 4: has 2 fields, the header 6", "line 5: no such kind: \"holiday\"");
        assertMistakes(ScheduleForm.CSV, "kind,pool,days,open,close,places\n\nweek,D1,MON-LUN,9:00,12:00,three\n", "line 3: days[0] is none of MON", "line 3: open \"9:00\" is not a time like 09:00",
                "line 3: places \"three\" is not a whole number within 1..255");
        assertMistakes(ScheduleForm.CSV, "kind,pool,value\nalign,D1,15\nalign,D1,20\n", "line 3: align was said before");
        assertMistakes(ScheduleForm.CSV, "kind,pool,value,days,open,close,places\nweek,D1,,MON,09:00,12:00,1\nalign,D1,7x,,,,\n", "line 3: \"7x\" is not a whole number within 5..960");
        assertMistakes(ScheduleForm.CSV, "kind,reason\nexception,\"broken\n", "line 2: cannot be read from here on");
        assertThatThrownBy(() -> WrittenSchedule.read(YEAR, PARIS, ScheduleForm.CSV, "kind\nweek\nÉ".getBytes(StandardCharsets.ISO_8859_1), WrittenSchedule.Unsaid.NOTHING))
                .hasMessageContaining("line 3: is not UTF-8");
    }

    @Test
    void givenTwoRowsThatOverlap_thenItIsToldOfTheLineOfTheLater() {
        final WrittenSchedule written = written(ScheduleForm.CSV, "kind,pool,days,open,close,places\nweek,D1,MON,09:00,12:00,1\nweek,D1,TUE,09:00,12:00,1\nweek,D1,MON,11:00,13:00,1\n");
        final ScheduleMistakenException later = new ScheduleMistakenException(List.of(new ScheduleMistakenException.Mistake("pools[0].weekly[2]", "MONDAY overlaps"),
                new ScheduleMistakenException.Mistake("pools[0].pool", "no such"), new ScheduleMistakenException.Mistake("to", "is past")), 3);
        assertThat(written.located(later).mistakes()).extracting(Object::toString).containsExactly("line 4: MONDAY overlaps", "line 2: pool no such", "to: is past");
    }

    @Test
    void givenACalendarOfAWeek_thenRulesAreOpeningsAndPriorityIsExceptions() {
        final WantedSchedule read = calendar("""
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Post//EN
                X-MAWID-HOLIDAYS:HOST
                X-MAWID-RELEASE-DAYS-AHEAD:30
                BEGIN:VTIMEZONE
                TZID:Europe/Paris
                BEGIN:STANDARD
                DTSTART:19701025T030000
                TZOFFSETFROM:+0200
                TZOFFSETTO:+0100
                END:STANDARD
                END:VTIMEZONE
                BEGIN:VAVAILABILITY
                UID:1@post
                X-MAWID-POOL:D1
                X-MAWID-ALIGN:15
                X-MAWID-SERVICES:PASSPORT_ADULT,VISA
                X-MAWID-PLACES:2
                BUSYTYPE:BUSY-UNAVAILABLE
                BEGIN:AVAILABLE
                SUMMARY:Guichet\\, le
                  matin
                DTSTART;TZID=Europe/Paris:20260105T090000
                DTEND;TZID=Europe/Paris:20260105T120000
                RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
                EXDATE;TZID=Europe/Paris:20270504T090000,20270505T090000
                EXDATE;VALUE=DATE:20260504
                X-MAWID-CALL-CENTRE:1
                END:AVAILABLE
                BEGIN:AVAILABLE
                DTSTART;TZID=Europe/Paris:20270605T090000
                DURATION:PT2H
                RRULE:FREQ=WEEKLY;UNTIL=20270831T215959Z
                X-MAWID-PLACES:1
                END:AVAILABLE
                BEGIN:AVAILABLE
                DTSTART;TZID=Europe/Paris:20271003T100000
                DTEND;TZID=Europe/Paris:20271003T120000
                END:AVAILABLE
                END:VAVAILABILITY
                BEGIN:VAVAILABILITY
                PRIORITY:1
                X-MAWID-POOL:D1
                DTSTART;TZID=Europe/Paris:20271220T000000
                DTEND;TZID=Europe/Paris:20271224T000000
                BEGIN:AVAILABLE
                DTSTART;TZID=Europe/Paris:20271221T100000
                DTEND;TZID=Europe/Paris:20271221T110000
                RRULE:FREQ=DAILY;COUNT=2
                X-MAWID-PLACES:1
                END:AVAILABLE
                END:VAVAILABILITY
                END:VCALENDAR
                """);
        assertThat(read.holidays().host()).isTrue();
        assertThat(read.holidays().morocco()).isFalse();
        assertThat(read.release().daysAhead()).isEqualTo(30);
        final WantedSchedule.PoolHours desk = read.pools().get(0);
        assertThat(read.pools()).hasSize(1);
        assertThat(desk.alignMinutes()).isEqualTo(15);
        assertThat(desk.services()).containsExactly("PASSPORT_ADULT", "VISA");
        assertThat(desk.weekly()).containsExactly(
                new Opening(WORKDAYS, LocalTime.of(9, 0), LocalTime.of(12, 0), 2, Map.of(Quota.CALL_CENTRE, 1), null, Set.of(LocalDate.parse("2027-05-04"), LocalDate.parse("2027-05-05"))),
                new Opening(EnumSet.of(DayOfWeek.SATURDAY), LocalTime.of(9, 0), LocalTime.of(11, 0), 1, Map.of(), new Dates(LocalDate.parse("2027-06-05"), LocalDate.parse("2027-08-31")), Set.of()),
                new Opening(EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(10, 0), LocalTime.of(12, 0), 2, Map.of(), new Dates(LocalDate.parse("2027-10-03"), LocalDate.parse("2027-10-03")), Set.of()));
        assertThat(read.exceptions()).extracting(exception -> exception.from() + " " + exception.to() + " " + exception.hours().size() + " " + exception.pools()).containsExactly(
                "2027-12-20 2027-12-20 0 [D1]", "2027-12-21 2027-12-22 1 [D1]", "2027-12-23 2027-12-23 0 [D1]");
    }

    @Test
    void givenACalendarThatSaysNeitherPoolNorPlaces_thenTheCallSaysThem() {
        final String week = available("RRULE:FREQ=WEEKLY\n").replace("X-MAWID-POOL:D1\n", "").replace("X-MAWID-PLACES:1\n", "");
        assertMistakes(ScheduleForm.CALENDAR, week, "line 3: says of no desk or resource: give X-MAWID-POOL, or the parameter pool");
        final WantedSchedule read = WrittenSchedule.read(YEAR, PARIS, ScheduleForm.CALENDAR, bytes(week), new WrittenSchedule.Unsaid("D2", 4)).wanted();
        assertThat(read.pools().get(0).pool()).isEqualTo("D2");
        assertThat(read.pools().get(0).weekly().get(0).places()).isEqualTo(4);
    }

    @Test
    void givenRulesThatAPostDoesNotHave_thenEachIsRefusedWithItsLine() {
        final String only = "line 8: only FREQ=WEEKLY or DAILY, each week";
        assertMistakes(ScheduleForm.CALENDAR, available("RRULE:FREQ=WEEKLY;INTERVAL=2\n"), only);
        assertMistakes(ScheduleForm.CALENDAR, available("RRULE:FREQ=MONTHLY;BYDAY=1MO\n"), only);
        assertMistakes(ScheduleForm.CALENDAR, available("RRULE:FREQ=SECONDLY\n"), only);
        assertMistakes(ScheduleForm.CALENDAR, available("RRULE:FREQ=WEEKLY;BYHOUR=9,10\n"), only);
        assertMistakes(ScheduleForm.CALENDAR, available("RRULE:whenever\n"), "line 8: is no RRULE");
        assertMistakes(ScheduleForm.CALENDAR, available("RRULE:FREQ=WEEKLY;COUNT=99999999999\n"), "line 8: is no RRULE");
        assertMistakes(ScheduleForm.CALENDAR, available("RRULE:FREQ=WEEKLY;COUNT=0\n"), "line 8: is no RRULE");
        assertMistakes(ScheduleForm.CALENDAR, available("RRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY\n"), "line 9: has two RRULEs");
        assertMistakes(ScheduleForm.CALENDAR, available("RDATE;TZID=Europe/Paris:20270108T090000\n"), "line 8: RDATE is not read");
        assertMistakes(ScheduleForm.CALENDAR, available("RECURRENCE-ID;TZID=Europe/Paris:20270108T090000\n"), "line 8: RECURRENCE-ID is not read");
    }

    @Test
    void givenABillionOccurrences_thenTheyAreNotWalkedThrough() {
        assertThat(calendar(available("RRULE:FREQ=WEEKLY;COUNT=1000000000\n")).pools().get(0).weekly().get(0).season()).isEqualTo(new Dates(LocalDate.parse("2027-01-04"), YEAR.to()));
        assertThat(calendar(available("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3\n")).pools().get(0).weekly().get(0).season().to()).isEqualTo(LocalDate.parse("2027-01-11"));
        assertThat(calendar(available("RRULE:FREQ=DAILY;COUNT=2147483647\n").replace("20270104", "00010101")).pools().get(0).weekly().get(0).season()).isNull();
    }

    @Test
    void givenTimesThatAreNotThePosts_thenEachIsRefusedWithItsReason() {
        final String fine = available("RRULE:FREQ=WEEKLY\n");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("DTSTART;TZID=Europe/Paris", "DTSTART"), "line 6: DTSTART is floating: hours are those of the post, as DTSTART;TZID=Europe/Paris:");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("DTSTART;TZID=Europe/Paris:20270104T090000", "DTSTART:20270104T080000Z"), "line 6: DTSTART is in UTC");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("DTSTART;TZID=Europe/Paris", "DTSTART;TZID=America/New_York"), "line 6: DTSTART is in another zone");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("DTSTART;TZID=Europe/Paris", "DTSTART;TZID=\"Mars/Olympus\""), "line 6: DTSTART is in another zone");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("DTSTART;TZID=Europe/Paris:20270104T090000", "DTSTART;VALUE=DATE:20270104"), "line 6: DTSTART has no time");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("20270104T090000", "20270230T090000"), "line 6: \"20270230T090000\" is not in the calendar");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("DTEND;TZID=Europe/Paris:20270104T120000", "DTEND;TZID=Europe/Paris:20270105T010000"), "line 5: does not end on the date on which it begins");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("DTEND;TZID=Europe/Paris:20270104T120000", "DURATION:forever"), "line 7: is no DURATION");
        assertMistakes(ScheduleForm.CALENDAR, fine.replace("X-MAWID-POOL:D1", "X-MAWID-POOL:D1\nDTSTART;TZID=Europe/Paris:20270104T120000"), "line 3: does not begin and end at midnight");
        assertThat(calendar(fine.replace("Europe/Paris", "Europe/Monaco")).pools()).as("another name of the same hours").hasSize(1);
    }

    @Test
    void givenWhatIsNoCalendarOfASchedule_thenItIsToldWhereItBegins() {
        assertMistakes(ScheduleForm.CALENDAR, "", "line 1: there must be one VCALENDAR");
        assertMistakes(ScheduleForm.CALENDAR, "hello\n", "line 1: no line of iCalendar");
        assertMistakes(ScheduleForm.CALENDAR, "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VAVAILABILITY\n", "line 3: VAVAILABILITY does not end");
        assertMistakes(ScheduleForm.CALENDAR, "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n", "line 3: \"VEVENT\" says nothing of a schedule: only VAVAILABILITY does");
        assertMistakes(ScheduleForm.CALENDAR, "BEGIN:VCALENDAR\nBEGIN:VAVAILABILITY\nEND:VCALENDAR\n", "line 3: VAVAILABILITY does not end before what is around it does");
        assertMistakes(ScheduleForm.CALENDAR, "BEGIN:X\n".repeat(100_000), "line 4: components are more than 3 deep");
        assertMistakes(ScheduleForm.CALENDAR, available("").replace("X-MAWID-POOL:D1", "X-MAWID-POOL:D1\nBUSYTYPE:FREE"), "line 5: \"FREE\" is none of BUSY");
        assertMistakes(ScheduleForm.CALENDAR, available("").replace("X-MAWID-POOL:D1", "X-MAWID-POOL:D1\nPRIORITY:10"), "line 5: is not 0 to 9");
        final String one = available("").replace("BEGIN:VCALENDAR\nVERSION:2.0\n", "").replace("END:VCALENDAR\n", "");
        assertMistakes(ScheduleForm.CALENDAR, "BEGIN:VCALENDAR\nVERSION:2.0\n" + one + one + "END:VCALENDAR\n", "line 11: another one of the same PRIORITY speaks of the same dates of \"D1\"");
        assertMistakes(ScheduleForm.CALENDAR, "BEGIN:VCALENDAR\nVERSION:2.0\n" + "BEGIN:VAVAILABILITY\nX-MAWID-POOL:D1\nEND:VAVAILABILITY\n".repeat(15_000) + "END:VCALENDAR\n",
                "line 1203: more than 400 VAVAILABILITY of \"D1\"");
        assertMistakes(ScheduleForm.CALENDAR, available("EXDATE;VALUE=DATE:" + IntStream.range(0, 3_000).mapToObj(i -> "20270104").collect(Collectors.joining(",")) + "\n"), "line 8: more than 2000 dates are excluded");
    }

    @Test
    void givenMoreThanAnybodyNeeds_thenItIsRefusedUnread() {
        final byte[] large = new byte[WrittenSchedule.MOST_BYTES + 1];
        for (final ScheduleForm form : ScheduleForm.values()) {
            assertThatThrownBy(() -> WrittenSchedule.read(YEAR, PARIS, form, large, WrittenSchedule.Unsaid.NOTHING)).hasMessageContaining("1048577 bytes, 1048576 at most");
        }
        assertMistakes(ScheduleForm.JSON, "{\"pools\": " + "[".repeat(100_000), "line 1: not JSON");
        assertMistakes(ScheduleForm.JSON, "{\"pools\": [], \"pools\": []}", "line 1: not JSON");
        assertMistakes(ScheduleForm.JSON, "{\"pools\": [\n" + "1,".repeat(260_000) + "1]}", "line 2: not JSON");
        assertMistakes(ScheduleForm.JSON, "[]", "is no object");
    }

    @Test
    void givenAnything_thenItIsReadOrRefusedAndNeverAnAccident() {
        final Random random = new Random(20270104);
        final List<String> seeds = List.of(available("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270301T000000Z\nEXDATE;TZID=Europe/Paris:20270111T090000\n"),
                "kind,pool,days,from,to,open,close,places,value\nweek,D1,MON-FRI,,,09:00,12:00,3,\nexception,D1,,2027-05-03,2027-05-04,,,,\nalign,D1,,,,,,,15\n",
                "{\"pools\": [{\"pool\": \"D1\", \"weekly\": [{\"days\": [\"MON\"], \"open\": \"09:00\", \"close\": \"12:00\", \"places\": 3}]}], \"spill\": {\"WALK_IN\": {\"hoursBefore\": 1}}}");
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            final byte[] bytes = bytes(seeds.get(round % 3));
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = random.nextInt(3) == 0 ? (byte) random.nextInt() : bytes[random.nextInt(bytes.length)];
            }
            try {
                WrittenSchedule.read(YEAR, PARIS, List.of(ScheduleForm.CALENDAR, ScheduleForm.CSV, ScheduleForm.JSON).get(round % 3), bytes, WrittenSchedule.Unsaid.NOTHING);
            } catch (final ScheduleMistakenException mistaken) {
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 3_000);
    }

    // ---- as the tests say it

    /** A calendar of one AVAILABLE on Mondays, whose line 8 on is the given. */
    private static String available(final String rules) {
        return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VAVAILABILITY\nX-MAWID-POOL:D1\nBEGIN:AVAILABLE\nDTSTART;TZID=Europe/Paris:20270104T090000\nDTEND;TZID=Europe/Paris:20270104T120000\n" + rules
                + "X-MAWID-PLACES:1\nEND:AVAILABLE\nEND:VAVAILABILITY\nEND:VCALENDAR\n";
    }

    private static WantedSchedule csv(final String text) {
        return read(ScheduleForm.CSV, text);
    }

    private static WantedSchedule calendar(final String text) {
        return read(ScheduleForm.CALENDAR, text);
    }

    private static WantedSchedule read(final ScheduleForm form, final String text) {
        return written(form, text).wanted();
    }

    private static WrittenSchedule written(final ScheduleForm form, final String text) {
        return WrittenSchedule.read(YEAR, PARIS, form, bytes(text), WrittenSchedule.Unsaid.NOTHING);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertMistakes(final ScheduleForm form, final String text, final String... mistakes) {
        assertThatThrownBy(() -> read(form, text)).isInstanceOf(ScheduleMistakenException.class).message().contains(mistakes);
    }
}
