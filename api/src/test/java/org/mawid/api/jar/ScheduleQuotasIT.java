package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.SetDeskService;

/** A schedule's places for the call centre, over HTTP to a server in simulated time: its own, then nobody's but its own, then everybody's. */
@Timeout(300)
class ScheduleQuotasIT {
    private static final long NOW_MS = Instant.parse("2027-03-22T12:00:00Z").toEpochMilli();
    private static final int DESK = 11;
    private static final String DATE = "2027-03-26";
    private static final String SCHEDULE = """
            {"release": {"daysAhead": 60, "at": "08:00", "staggerMinutes": 1}, "holidays": {"host": false, "morocco": false},
             "pools": [{"pool": "D1", "alignMinutes": 15, "weekly": [{"days": ["FRI"], "open": "09:00", "close": "10:00", "places": 2, "quotas": {"CALL_CENTRE": 1}}]}],
             "spill": {"CALL_CENTRE": {"hoursBefore": 24}}}""";

    private final MonthCalls calls = new MonthCalls(7, NOW_MS);
    private int persons;

    @Test
    void givenASchedulesPlacesForTheCallCentre_thenItTakesThemAndThePublicDoesNotUntilTheySpill(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        try (Server server = Server.on(folder.resolve("data")).with("--simulation").start()) {
            calls.to(server);
            define();
            final JsonObject first = put(server);
            assertThat(first.getInteger("added")).isEqualTo(1);
            assertThat(first.getJsonArray("words").encode()).contains("2 places, of them 1 for the call centre until 24 h before");

            hold(server, "ONLINE", 0, 201);
            assertThat(hold(server, "ONLINE", 0, 409).getString("result")).as("the other place is not theirs").isIn("HELD_BY_OTHER", "KEPT_FOR_CHANNEL");
            assertThat(starts(server, "")).as("the public sees none at nine").doesNotContain(0).contains(3);
            assertThat(starts(server, "&keptFor=CALL_CENTRE")).contains(0, 3);
            hold(server, "CALL_CENTRE", 0, 201);
            hold(server, "CALL_CENTRE", 3, 201);
            hold(server, "ONLINE", 3, 201);
            assertThat(put(server).getInteger("changed")).as("the same again").isZero();
            hold(server, "ONLINE", 6, 201);
            assertThat(hold(server, "ONLINE", 6, 409).getString("result")).isIn("HELD_BY_OTHER", "KEPT_FOR_CHANNEL");

            calls.now(Instant.parse("2027-03-25T09:00:00Z").toEpochMilli());
            calls.tell();
            await().atMost(Server.PATIENCE).until(() -> day(server).getJsonArray("withheld").isEmpty());
            hold(server, "ONLINE", 9, 201);
            hold(server, "ONLINE", 9, 201);
            final JsonObject again = put(server);
            assertThat(again.getInteger("changed")).as("the same after it has spilled").isZero();
            assertThat(again.getJsonArray("words").encode()).contains("for everybody already, so that nothing is kept again on " + DATE);
            server.terminate();
        }
        assertThat(Inspected.whole(folder.resolve("data")).count("changes.OPEN")).isZero();
    }

    private void define() {
        calls.done(Command.newBuilder().setDefinePost(DefinePost.newBuilder().setRequest(calls.request()).setPostId(1).setCode("paris").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(1)));
        calls.done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setRequest(calls.request()).setPoolId(DESK).setPostId(1).setKind(PoolKind.POOL_KIND_DESK).setCode("D1")));
        calls.done(Command.newBuilder().setDefineService(DefineService.newBuilder().setRequest(calls.request()).setServiceId(21).setCode("passport").setDurationMinutes(15)
                .setAppointmentRequired(true).setQuantityMax(1)));
        calls.done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setRequest(calls.request()).setDeskId(DESK).setServiceId(21).setServes(true)));
    }

    /** @return the difference */
    private static JsonObject put(final Server server) throws Exception {
        final HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort
                + "/v1/posts/paris/schedule?from=" + DATE + "&to=" + DATE)).header("Content-Type", "application/json").timeout(Server.PATIENCE).PUT(BodyPublishers.ofString(SCHEDULE)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    /** Somebody asks for a quarter of an hour, and has it in two. */
    private JsonObject hold(final Server server, final String channel, final int startUnit, final int status) throws Exception {
        final JsonObject wish = new JsonObject().put("postId", 1).put("lines", new JsonArray().add(new JsonObject().put("personKey", String.format("%016x", ++persons)).put("serviceId", 21)));
        final JsonObject submitted = new JsonObject(server.post("/v1/applications", wish.encode(), "Mawid-Channel", channel).body());
        final JsonObject leg = new JsonObject().put("deskId", DESK).put("lines", new JsonArray().add(0)).put("date", DATE).put("startUnit", startUnit).put("units", 3);
        final HttpResponse<String> held = server.post("/v1/holds", new JsonObject().put("application", submitted.getString("application")).put("legs", new JsonArray().add(leg)).encode(),
                "Mawid-Channel", channel);
        assertThat(held.statusCode()).as("%s %s", channel, held.body()).isEqualTo(status);
        return new JsonObject(held.body());
    }

    private static List<Integer> starts(final Server server, final String forWhom) throws Exception {
        final JsonObject found = new JsonObject(server.get("/v1/availability/starts?posts=paris&services=passport&from=" + DATE + "&days=1&limit=100" + forWhom).body());
        return found.getJsonArray("slots").stream().map(JsonObject.class::cast).map(start -> start.getInteger("startUnit")).toList();
    }

    private static JsonObject day(final Server server) throws Exception {
        return new JsonObject(server.get("/v1/pools/" + DESK + "/days/" + DATE).body());
    }
}
