package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.testkit.OnePost;

/** What a caller over HTTP may lean on when answers are lost or late: keys, outcomes, deadlines, its own numbers, and tags of what it has read. */
@Timeout(120)
class KeysOverHttpTest extends ServiceFixture {
    private static final int WITH_TIME = 7;
    private static final int RANDOM = 4;
    private static final int PERSON = 1_000;
    private static final String DATE = LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();
    private static final String STARTS = "/v1/availability/starts?desks=" + OnePost.DESK + "&services=" + OnePost.SERVICE + "&from=" + DATE + "&days=1&limit=100";
    private static final int STARTS_OF_A_DAY = OnePost.UNITS / OnePost.VISIT_UNITS;

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
