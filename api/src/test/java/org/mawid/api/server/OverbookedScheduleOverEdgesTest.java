package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.Setting;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc.AppointmentServiceBlockingStub;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.GetScheduleRequest;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.PreviewScheduleRequest;
import org.mawid.grpc.Schedule;
import org.mawid.grpc.ScheduleDay;
import org.mawid.grpc.ScheduleHolidays;
import org.mawid.grpc.ScheduleOpening;
import org.mawid.grpc.ScheduleOverbooking;
import org.mawid.grpc.SchedulePool;
import org.mawid.grpc.ScheduleServiceGrpc;
import org.mawid.grpc.ScheduleServiceGrpc.ScheduleServiceBlockingStub;
import org.mawid.grpc.Weekday;

/** Nobody came for two hundred visits, which the server has counted: a schedule with the rule offers more places than counters, in each form the same, until they are withdrawn. */
@Timeout(180)
class OverbookedScheduleOverEdgesTest extends ServiceFixture {
    private static final int MISSED = 210;
    private static final int COUNTERS = 5;
    private static final long HOUR_MS = 3_600_000L;
    private static final LocalDate MEASURED_ON = LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    private static final LocalDate WANTED_ON = MEASURED_ON.plusDays(7);
    private static final String RULE = "{\"maxWaitMinutes\":10,\"maxShare\":0.2,\"untilHoursBefore\":24}";

    private ScheduleServiceBlockingStub schedules;

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.SIMULATION.key(), "true", Setting.RECORDS.key(), "true", Setting.RECORDS_ENTRIES.key(), "10000");
    }

    @Test
    void givenWhatTheServerHasCounted_whenAScheduleHasTheRule_thenPlacesAreAddedOverEachEdgeUntilTheyAreWithdrawn() throws Exception {
        service.engine().advanceTo(System.currentTimeMillis());
        service.engine().setCoreVersion(service.engine().newestCoreVersion());
        service.keepRecords();
        schedules = ScheduleServiceGrpc.newBlockingStub(channel);
        OnePost.make(client, 1, 8);
        assertThat(put(true, json(RULE)).getJsonArray("words").encode()).contains("nothing added: only 0 visits measured, 200 are needed");
        nobodyComes();
        Awaitility.await().untilAsserted(() -> assertThat(put(true, json(RULE)).getJsonArray("words").encode())
                .contains("visits added to the day: of " + MISSED + " visits measured 100.0 % were missed"));

        assertThat(put(false, json(RULE)).getInteger("added")).isOne();
        assertThat(put(true, json(RULE)).getInteger("same")).isOne();
        final String table = "kind,pool,days,open,close,places,value,max_wait_minutes,max_share,until_hours_before\nholidays-host,,,,,,no,,,\nholidays-morocco,,,,,,no,,,\nalign,paris/1,,,,,15,,,\n"
                + "week,paris/1,MON-SUN,09:00,12:00,5,,,,\noverbooking,paris/1,,,,,,10,0.2,24\n";
        assertThat(put(true, "text/csv", table).getInteger("same")).isOne();
        assertThat(schedules.previewSchedule(typed()).getSame()).isOne();

        final ScheduleDay day = schedules.getSchedule(GetScheduleRequest.newBuilder().setPostId(OnePost.POST).setFirstEpochDay((int) WANTED_ON.toEpochDay())
                .setLastEpochDay((int) WANTED_ON.toEpochDay()).build()).getDays(0).getDay();
        final long untilMs = WANTED_ON.minusDays(1).atTime(9, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
        assertThat(day.getOverbookedUntilMs()).isEqualTo(untilMs);
        assertThat(day.getHoursList()).anySatisfy(hours -> assertThat(List.of(hours.getPlaces(), hours.getOverbooked())).containsExactly(COUNTERS + 1, 1));
        final JsonObject read = get("/v1/posts/paris/schedule" + period()).getJsonArray("days").getJsonObject(0);
        assertThat(read.getString("overbookedUntil")).isEqualTo(WANTED_ON.minusDays(1) + "T09:00Z");
        assertThat(read.getJsonArray("hours").encode()).contains("\"places\":6,\"withheld\":0,\"overbooked\":1");

        service.engine().advanceTo(untilMs);
        Awaitility.await().untilAsserted(() -> assertThat(get("/v1/pools/" + OnePost.DESK + "/days/" + WANTED_ON).containsKey("overbooked")).isFalse());
        final JsonObject after = put(true, json(RULE));
        assertThat(after.getInteger("same")).isOne();
        assertThat(after.getJsonArray("words").encode()).contains("has more places than are wanted and keeps them");
    }

    @Test
    void givenARuleThatCannotBeMeant_thenEachEdgeNamesThePlace() throws Exception {
        service.engine().advanceTo(System.currentTimeMillis());
        OnePost.define(client);
        final JsonObject problem = new JsonObject(send("PUT", "/v1/posts/paris/schedule" + period(), "application/json", json("{\"maxWaitMinutes\":10,\"maxShare\":20,\"untilHoursBefore\":24}")).body());
        assertThat(problem.getInteger("status")).isEqualTo(400);
        assertThat(problem.encode()).contains("pools/0/overbooking/maxShare");
    }

    /** All of a day are agreed two days ahead, and it passes. */
    private void nobodyComes() {
        final AppointmentServiceBlockingStub appointments = AppointmentServiceGrpc.newBlockingStub(channel);
        final List<String> applications = OnePost.validated(client, 1, MISSED);
        final List<String> confirmed = IntStream.range(0, MISSED).mapToObj(i -> {
            final String hold = appointments.hold(OnePost.hold(applications.get(i), 0, i / 8).getHold().toBuilder().setRequest(client.newRequest()).build()).getHold();
            return appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(hold).build()).getAppointment();
        }).toList();
        final Instant over = MEASURED_ON.atTime(20, 0).toInstant(ZoneOffset.UTC);
        service.engine().advanceTo(over.toEpochMilli());
        for (final String appointment : confirmed) {
            appointments.markNoShow(MarkNoShow.newBuilder().setRequest(client.newRequest().toBuilder().setCreatedMs(over.toEpochMilli())).setAppointment(appointment).build());
        }
        service.engine().advanceTo(over.toEpochMilli() + 24 * HOUR_MS);
    }

    private static String json(final String rule) {
        return new JsonObject().put("holidays", new JsonObject().put("host", false).put("morocco", false)).put("pools", new JsonArray().add(new JsonObject().put("pool", "paris/1").put("alignMinutes", 15)
                .put("weekly", new JsonArray().add(new JsonObject().put("days", new JsonArray(List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"))).put("open", "09:00").put("close", "12:00")
                        .put("places", COUNTERS))).put("overbooking", new JsonObject(rule)))).encode();
    }

    private static PreviewScheduleRequest typed() {
        final ScheduleOpening.Builder mornings = ScheduleOpening.newBuilder().setOpen("09:00").setClose("12:00").setPlaces(COUNTERS);
        for (int day = 1; day <= 7; day++) {
            mornings.addDays(Weekday.forNumber(day));
        }
        return PreviewScheduleRequest.newBuilder().setPostId(OnePost.POST).setFirstEpochDay((int) WANTED_ON.toEpochDay()).setLastEpochDay((int) WANTED_ON.toEpochDay())
                .setSchedule(Schedule.newBuilder().setHolidays(ScheduleHolidays.getDefaultInstance()).addPools(SchedulePool.newBuilder().setPool("paris/1").setAlignMinutes(15).addWeekly(mornings)
                        .setOverbooking(ScheduleOverbooking.newBuilder().setMaxWaitMinutes(10).setMaxShare(0.2).setUntilHoursBefore(24)))).build();
    }

    private static String period() {
        return "?from=" + WANTED_ON + "&to=" + WANTED_ON;
    }

    private JsonObject put(final boolean isDry, final String json) throws Exception {
        return put(isDry, "application/json", json);
    }

    private JsonObject put(final boolean isDry, final String contentType, final String body) throws Exception {
        return ok(send("PUT", "/v1/posts/paris/schedule" + period() + (isDry ? "&dryRun=true" : ""), contentType, body));
    }

    private JsonObject get(final String path) throws Exception {
        return ok(send("GET", path, null, null));
    }

    private static JsonObject ok(final HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> send(final String method, final String path, final String contentType, final String body) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
