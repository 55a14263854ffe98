package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Command;

/** What a caller over HTTP may lean on when answers are lost or late: keys, outcomes, deadlines, its own numbers, and tags of what it has read. */
@Timeout(120)
class KeysOverHttpTest extends ServiceFixture {
    private static final int WITH_TIME = 7;
    private static final int RANDOM = 4;
    private static final int PERSON = 1_000;
    private static final int PATIENCE_MS = 30_000;
    private static final String DATE = LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();
    private static final String STARTS = "/v1/availability/starts?desks=" + OnePost.DESK + "&services=" + OnePost.SERVICE + "&from=" + DATE + "&days=1&limit=100";
    private static final int STARTS_OF_A_DAY = OnePost.UNITS / OnePost.VISIT_UNITS;

    private int replyTimeoutMs = PATIENCE_MS;

    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.REPLY_TIMEOUT_MS.key(), Integer.toString(replyTimeoutMs));
    }

    @ParameterizedTest
    @ValueSource(ints = {RANDOM, WITH_TIME})
    void givenAKey_whenTheSameIsSentAgain_thenItGetsTheFirstAnswerAgainEvenAfterARestart(final int version) throws Exception {
        OnePost.make(client, 1, 1); // one place: a hold done twice would be refused
        final UUID submitKey = key(version);
        final UUID holdKey = key(version);
        final HttpResponse<String> submitted = post("/v1/applications", application(PERSON), "Idempotency-Key", submitKey.toString());
        final String application = json(submitted, 201).getString("application");
        OnePost.done(client, OnePost.validate(application).toBuilder());
        final HttpResponse<String> held = post("/v1/holds", hold(application, 3), "Idempotency-Key", holdKey.toString());
        assertThat(json(submitted, 201).getBoolean("repeatedAnswer")).isFalse();
        assertThat(json(held, 201).getBoolean("repeatedAnswer")).isFalse();
        assertThat(json(held, 201).getJsonArray("stamps")).hasSize(1);

        for (int lives = 0; lives < 2; lives++) {
            assertAgain(submitted, post("/v1/applications", application(PERSON), "Idempotency-Key", submitKey.toString()), "application");
            assertAgain(held, post("/v1/holds", hold(application, 3), "Idempotency-Key", holdKey.toString().replace("-", "")), "hold");
            stop();
            start(); // this edge has seen no key: what was said of them only the log knows
        }
        assertReused(post("/v1/holds", hold(application, 4), "Idempotency-Key", holdKey.toString()), holdKey);
        assertReused(post("/v1/applications", application(PERSON + 1), "Idempotency-Key", submitKey.toString()), submitKey);
        assertAgain(held, post("/v1/holds", hold(application, 3), "Idempotency-Key", holdKey.toString()), "hold");
    }

    @Test
    void givenATagOfStarts_whenAStartIsTaken_thenTheTagHoldsUntilThenAndNoLonger() throws Exception {
        OnePost.make(client, 1, 1);
        OnePost.coolsNothing(client);
        final String application = OnePost.validated(client, PERSON, 1).get(0);
        json(get(STARTS + "&minPosition=" + service.engine().status().durablePosition()), 200); // waits until the day is seen
        final HttpResponse<String> first = get(STARTS);
        final String tag = tag(first);
        assertThat(startUnits(json(first, 200))).hasSize(STARTS_OF_A_DAY).contains(9);
        final HttpResponse<String> same = get(STARTS, "If-None-Match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(tag(same)).isEqualTo(tag);

        final JsonObject held = json(post("/v1/holds", hold(application, 3)), 201);
        final HttpResponse<String> taken = get(STARTS + "&minPosition=" + held.getLong("position"), "If-None-Match", tag);
        assertThat(startUnits(json(taken, 200))).hasSize(STARTS_OF_A_DAY - 1).doesNotContain(9);
        assertThat(tag(taken)).isNotEqualTo(tag);
        // The very address that was answered before: what the edge keeps of it is no longer so.
        final HttpResponse<String> keptBefore = get(STARTS, "If-None-Match", tag);
        assertThat(startUnits(json(keptBefore, 200))).doesNotContain(9);
        assertThat(get(STARTS, "If-None-Match", tag(keptBefore)).statusCode()).isEqualTo(304);

        final HttpResponse<String> released = send(request("/v1/holds/" + held.getString("hold")).DELETE());
        final HttpResponse<String> again = get(STARTS + "&minPosition=" + json(released, 200).getLong("position"), "If-None-Match", tag(taken));
        assertThat(startUnits(json(again, 200))).hasSize(STARTS_OF_A_DAY).contains(9);
    }

    @Test
    void givenAHoldWithStampsAndOneRefused_whenTheirOutcomesAreAsked_thenTheyAreToldAsTheyWereEvenWhenThereIsRoomAgain() throws Exception {
        OnePost.make(client, 1, 1);
        OnePost.coolsNothing(client);
        final List<String> applications = OnePost.validated(client, PERSON, 2);
        final UUID heldKey = key(RANDOM);
        final UUID refusedKey = key(RANDOM);
        final JsonObject held = json(post("/v1/holds", hold(applications.get(0), 3), "Idempotency-Key", heldKey.toString()), 201);
        final JsonObject refused = refused(post("/v1/holds", hold(applications.get(1), 3), "Idempotency-Key", refusedKey.toString()), 409, "HELD_BY_OTHER");
        assertThat(refused.getBoolean("repeatedAnswer")).isFalse();
        final JsonObject tooLong = hold(applications.get(1), 5);
        tooLong.getJsonArray("legs").getJsonObject(0).put("units", 2 * OnePost.VISIT_UNITS);
        final UUID tooLongKey = key(WITH_TIME);
        assertThat(refused(post("/v1/holds", tooLong, "Idempotency-Key", tooLongKey.toString()), 409, "UNITS_DO_NOT_MATCH").getInteger("neededUnits"))
                .isEqualTo(OnePost.VISIT_UNITS);
        json(send(request("/v1/holds/" + held.getString("hold")).DELETE()), 200);

        for (int lives = 0; lives < 2; lives++) {
            final JsonObject done = json(get("/v1/requests/" + heldKey), 200);
            assertThat(done.getString("command")).isEqualTo("HOLD");
            assertThat(done.getString("result")).isEqualTo("OK");
            assertThat(done.getString("reference")).isEqualTo(held.getString("hold"));
            assertThat(done.getLong("detail")).isEqualTo(held.getLong("untilMs"));
            assertThat(done.getJsonArray("stamps")).hasSize(1).isEqualTo(held.getJsonArray("stamps"));
            final JsonObject notDone = json(get("/v1/requests/" + refusedKey), 200);
            assertThat(notDone.getString("command")).isEqualTo("HOLD");
            assertThat(notDone.getString("result")).isEqualTo("HELD_BY_OTHER");
            assertThat(notDone.containsKey("reference")).isFalse();
            assertThat(notDone.getJsonArray("stamps")).isEmpty();
            final JsonObject notDoneEither = json(get("/v1/requests/" + tooLongKey), 200);
            assertThat(notDoneEither.getString("result")).isEqualTo("UNITS_DO_NOT_MATCH");
            assertThat(notDoneEither.getInteger("detail")).isEqualTo(OnePost.VISIT_UNITS); // what the problem told
            stop();
            start();
        }
        final HttpResponse<String> again = post("/v1/holds", hold(applications.get(1), 3), "Idempotency-Key", refusedKey.toString());
        assertThat(refused(again, 409, "HELD_BY_OTHER").getBoolean("repeatedAnswer")).isTrue();
        json(post("/v1/holds", hold(applications.get(1), 3)), 201); // another key is another request, and there is room
        final UUID never = key(RANDOM);
        assertThat(refused(get("/v1/requests/" + never), 404, "REQUEST_UNKNOWN").getString("requestId")).isEqualTo(never.toString());
    }

    @Test
    void givenADeadlineThatHasPassed_whenAHoldIsAsked_thenItIsRefusedAndNothingWasDone() throws Exception {
        OnePost.make(client, 1, 1);
        OnePost.coolsNothing(client);
        final List<String> applications = OnePost.validated(client, PERSON, 2);
        final UUID key = key(RANDOM);
        final String passed = Long.toString(System.currentTimeMillis() - 1_000);
        final HttpResponse<String> late = post("/v1/holds", hold(applications.get(0), 3), "Idempotency-Key", key.toString(), "Mawid-Deadline", passed);
        assertThat(refused(late, 504, "DEADLINE_EXCEEDED").getString("requestId")).isEqualTo(key.toString());
        refused(get("/v1/requests/" + key), 404, "REQUEST_UNKNOWN");
        // The only place is still there, and the key is as good as new.
        final JsonObject other = json(post("/v1/holds", hold(applications.get(1), 3)), 201);
        json(send(request("/v1/holds/" + other.getString("hold")).DELETE()), 200);
        final String ahead = Long.toString(System.currentTimeMillis() + 600_000);
        final HttpResponse<String> inTime = post("/v1/holds", hold(applications.get(0), 3), "Idempotency-Key", key.toString(), "Mawid-Deadline", ahead);
        assertThat(json(inTime, 201).getBoolean("repeatedAnswer")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {RANDOM, WITH_TIME})
    void givenARequestThatIsForgotten_whenSentAgain_thenItIsTooOldToBeDoneAndSoIsAnOlderOne(final int version) throws Exception {
        OnePost.make(client, 1, 1);
        OnePost.done(client, Command.newBuilder().setSetRules(client.rules(0).getRules().toBuilder().setRememberMs(1_000)));
        final UUID key = key(version);
        final String[] when = version == WITH_TIME ? new String[] {"Idempotency-Key", key.toString()}
                : new String[] {"Idempotency-Key", key.toString(), "Mawid-Created", Long.toString(System.currentTimeMillis())};
        json(post("/v1/applications", application(PERSON), when), 201);
        final AtomicInteger others = new AtomicInteger(2 * PERSON);
        await().until(() -> { // what is new pushes out what is old
            json(post("/v1/applications", application(others.incrementAndGet())), 201);
            return get("/v1/requests/" + key).statusCode() == 404;
        });
        final JsonObject problem = refused(post("/v1/applications", application(PERSON), when), 409, "REQUEST_TOO_OLD");
        assertThat(problem.getString("requestId")).isEqualTo(key.toString());
        assertThat(problem.getString("type")).isEqualTo("urn:mawid:result:REQUEST_TOO_OLD");
        refused(get("/v1/requests/" + key), 404, "REQUEST_UNKNOWN");
        final UUID never = key(RANDOM);
        final String lastYear = Long.toString(System.currentTimeMillis() - 31_536_000_000L);
        refused(post("/v1/applications", application(PERSON + 1), "Idempotency-Key", never.toString(), "Mawid-Created", lastYear), 409, "REQUEST_TOO_OLD");
        json(post("/v1/applications", application(PERSON + 1), "Idempotency-Key", never.toString()), 201);
    }

    @Test
    void givenARequestOfTheFuture_whenSent_thenItIsNotTakenAndItsKeyIsAsGoodAsNew() throws Exception {
        OnePost.make(client, 1, 1);
        final UUID key = key(RANDOM);
        final String soon = Long.toString(System.currentTimeMillis() + 600_000);
        final HttpResponse<String> early = post("/v1/applications", application(PERSON), "Idempotency-Key", key.toString(), "Mawid-Created", soon);
        assertThat(refused(early, 422, "CREATED_IN_FUTURE").getString("requestId")).isEqualTo(key.toString());
        refused(get("/v1/requests/" + key), 404, "REQUEST_UNKNOWN");
        final UUID ofTomorrow = new UUID(key(WITH_TIME).getMostSignificantBits() + (86_400_000L << 16), key.getLeastSignificantBits());
        refused(post("/v1/applications", application(PERSON), "Idempotency-Key", ofTomorrow.toString()), 422, "CREATED_IN_FUTURE");
        final String now = Long.toString(System.currentTimeMillis());
        json(post("/v1/applications", application(PERSON), "Idempotency-Key", key.toString(), "Mawid-Created", now), 201);
        final String later = Long.toString(Long.parseLong(now) + 1);
        assertReused(post("/v1/applications", application(PERSON), "Idempotency-Key", key.toString(), "Mawid-Created", later), key);
    }

    @Test
    void givenAClientThatNumbersItsCommands_whenItSkipsOne_thenItIsToldWhichIsExpectedAndGoesOnFromThere() throws Exception {
        OnePost.define(client);
        json(numbered(1), 201);
        assertThat(refused(numbered(3), 409, "SEQUENCE_GAP").getLong("expectedSequence")).isEqualTo(2);
        stop();
        start();
        assertThat(refused(numbered(3), 409, "SEQUENCE_GAP").getLong("expectedSequence")).isEqualTo(2);
        json(numbered(2), 201);
        json(numbered(3), 201);
        refused(numbered(3), 409, "SEQUENCE_REPEATED");
    }

    @Test
    void givenACoreThatDoesNotSayWhetherItKnowsAKey_whenItIsSent_thenNothingIsDoneAndTheCallerIsToldWhy() throws Exception {
        OnePost.define(client);
        restart(500);
        final UUID key = key(RANDOM);
        final CountDownLatch goesOn = new CountDownLatch(1);
        try {
            assertThat(service.engine().query(core -> stand(goesOn))).isTrue();
            assertNotAsked(key, "NO_ANSWER");
            while (service.engine().query(core -> { })) {
                Thread.onSpinWait(); // until there is no room for another question
            }
            assertNotAsked(key, "RING_FULL");
        } finally {
            goesOn.countDown();
        }
        restart(PATIENCE_MS);
        refused(get("/v1/requests/" + key), 404, "REQUEST_UNKNOWN");
        assertThat(json(post("/v1/applications", application(PERSON), "Idempotency-Key", key.toString()), 201).getBoolean("repeatedAnswer")).isFalse();
    }

    private void restart(final int newReplyTimeoutMs) throws Exception {
        stop();
        replyTimeoutMs = newReplyTimeoutMs;
        start();
    }

    private void assertNotAsked(final UUID key, final String cause) throws Exception {
        for (final HttpResponse<String> answer : List.of(post("/v1/applications", application(PERSON), "Idempotency-Key", key.toString()), get("/v1/requests/" + key))) {
            final JsonObject problem = refused(answer, 503, "UNAVAILABLE");
            assertThat(problem.getString("cause")).isEqualTo(cause);
            assertThat(problem.getString("requestId")).isEqualTo(key.toString());
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        }
    }

    private static void stand(final CountDownLatch until) {
        try {
            until.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> numbered(final int sequence) throws Exception {
        return post("/v1/applications", application(PERSON + sequence), "Mawid-Client", "77", "Mawid-Sequence", Integer.toString(sequence));
    }

    private static void assertAgain(final HttpResponse<String> first, final HttpResponse<String> again, final String reference) {
        final JsonObject was = json(first, 201);
        final JsonObject is = json(again, 201);
        assertThat(is.getBoolean("repeatedAnswer")).as(again.body()).isTrue();
        for (final String name : List.of(reference, "until", "untilMs", "stamps")) {
            assertThat(is.getValue(name)).as(name).isEqualTo(was.getValue(name));
        }
        for (final String header : List.of("Location", "Idempotency-Key")) {
            assertThat(again.headers().firstValue(header)).as(header).isPresent().isEqualTo(first.headers().firstValue(header));
        }
    }

    private static void assertReused(final HttpResponse<String> response, final UUID key) {
        assertThat(refused(response, 422, "REQUEST_ID_REUSED").getString("requestId")).isEqualTo(key.toString());
    }

    private static JsonObject refused(final HttpResponse<String> response, final int status, final String result) {
        final JsonObject problem = json(response, status);
        assertThat(problem.getString("result")).isEqualTo(result);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return problem;
    }

    private static UUID key(final int version) {
        final UUID random = UUID.randomUUID();
        return version == RANDOM ? random
                : new UUID(System.currentTimeMillis() << 16 | (long) WITH_TIME << 12 | random.getMostSignificantBits() & 0xfff, random.getLeastSignificantBits());
    }

    private static JsonObject application(final int person) {
        return new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(
                new JsonObject().put("personKey", String.format("%016x", person)).put("serviceId", OnePost.SERVICE)));
    }

    /** With stamps. @param start 0 to 31: the visit's place in the day */
    private static JsonObject hold(final String application, final int start) {
        return new JsonObject().put("application", application).put("issueStamps", true).put("legs", new JsonArray().add(
                new JsonObject().put("deskId", OnePost.DESK).put("lines", new JsonArray().add(0)).put("date", DATE)
                        .put("startUnit", start * OnePost.VISIT_UNITS).put("units", OnePost.VISIT_UNITS)));
    }

    private static List<Integer> startUnits(final JsonObject starts) {
        return starts.getJsonArray("slots").stream().map(slot -> ((JsonObject) slot).getInteger("startUnit")).toList();
    }

    private static String tag(final HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private static JsonObject json(final HttpResponse<String> response, final int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    private HttpResponse<String> get(final String path, final String... headers) throws Exception {
        return send(with(request(path), headers));
    }

    private HttpResponse<String> post(final String path, final JsonObject body, final String... headers) throws Exception {
        return send(with(request(path), headers).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.encode())));
    }

    private static HttpRequest.Builder with(final HttpRequest.Builder request, final String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path));
    }

    private HttpResponse<String> send(final HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
