package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mawid.api.http.ContractTest.assertDeclared;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.http.Contract.Operation;
import org.mawid.sbe.Result;
import org.yaml.snakeyaml.Yaml;

/** Every operation of the contract is called once with what the contract gives as an example, and answers what it declares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryOperationTest {
    /** Only a stream, which does not end by itself: see {@link EventStreamTest}. */
    private static final String WATCH = "watch";
    /** Says whether commands are admitted. */
    private static final String READY = "ready";

    private HttpFixture http;
    private Map<String, String> values;

    @BeforeAll
    void start() throws Exception {
        http = new HttpFixture();
        values = Map.ofEntries(
                Map.entry("post", "paris"), Map.entry("postId", "1"), Map.entry("poolId", "11"), Map.entry("deskId", "11"),
                Map.entry("serviceId", "21"), Map.entry("version", "3"), Map.entry("date", HttpFixture.DATE),
                Map.entry("application", http.known(ReferenceKind.APPLICATION)), Map.entry("hold", http.known(ReferenceKind.HOLD)),
                Map.entry("appointment", http.known(ReferenceKind.APPOINTMENT)), Map.entry("change", http.known(ReferenceKind.CHANGE)),
                Map.entry("stamp", http.known(ReferenceKind.STAMP)), Map.entry("requestId", "018ff0a2-7b4e-7cc1-9d41-3a3f9a4f5e21"));
        while (http.engine.lastPosition() < FakeReadModel.KNOWN) {
            http.submit(); // so that application 7 is there
        }
        for (int i = 0; i < FakeReadModel.KNOWN; i++) {
            http.post("/v1/holds", HttpFixture.newHold(http.known(ReferenceKind.APPLICATION), FakeReadModel.DESK));
        }
    }

    @AfterAll
    void stop() {
        http.close();
    }

    @Test
    void givenEveryOperation_whenCalledAsTheContractShows_thenItAnswersAsTheContractDeclares() {
        final TreeSet<String> called = new TreeSet<>();
        for (final Operation operation : ContractTest.operations().values()) {
            if (operation.id().equals(WATCH)) {
                continue;
            }
            final HttpResponse<String> response = http.send(operation.method(), path(operation), body(operation));
            final int expected = expected(operation.id());
            assertThat(response.statusCode()).as(operation.id() + ": " + response.body()).isEqualTo(expected);
            assertDeclared(operation.id(), response.statusCode(), response.headers().firstValue("Content-Type").orElseThrow(), response.body());
            assertThat(response.headers().firstValue("X-Content-Type-Options")).as(operation.id()).contains("nosniff");
            if (isWrite(operation)) {
                assertThat(response.headers().firstValue("Idempotency-Key")).as(operation.id()).isPresent();
            }
            called.add(operation.id());
        }
        called.add(WATCH);
        assertThat(called).containsExactlyElementsOf(new TreeSet<>(ContractTest.operations().keySet()));
    }

    @Test
    void givenEveryWrite_whenItCarriesAFieldOrParameterThatNobodyKnows_thenItIsMalformedAndNothingIsSubmitted() {
        final long before = http.engine.lastPosition();
        for (final Operation operation : ContractTest.operations().values()) {
            if (isWrite(operation)) {
                final long counted = http.metrics.localAnswers().of(operation.command().id(), Result.MALFORMED);
                if (operation.body() != null) {
                    final HttpResponse<String> field = http.send(
                            operation.method(), path(operation), new JsonObject(body(operation)).put("surprise", 1).encode());
                    assertThat(field.statusCode()).as(operation.id()).isEqualTo(400);
                    assertThat(HttpFixture.json(field).getJsonArray("errors").encode()).as(operation.id()).contains("\"/surprise\"");
                }
                final HttpResponse<String> parameter = http.send(operation.method(), path(operation) + "?surprise=1", body(operation));
                assertThat(parameter.statusCode()).as(operation.id()).isEqualTo(400);
                assertThat(HttpFixture.json(parameter).getJsonArray("errors").encode()).as(operation.id()).contains("\"surprise\"");
                assertDeclared(operation.id(), 400, "application/problem+json", parameter.body());
                assertThat(http.metrics.localAnswers().of(operation.command().id(), Result.MALFORMED) - counted).as(operation.id())
                        .isEqualTo(operation.body() == null ? 1 : 2);
            }
        }
        assertThat(http.engine.lastPosition()).isEqualTo(before);
    }

    @Test
    void givenTextsOfAnotherShape_whenSent_thenTheAnswerSaysWhereAndHowTheyMustLook() {
        final HttpResponse<String> body = http.send("POST", "/v1/applications", "{\"postId\":1,\"lines\":[{\"personKey\":\"1234\",\"serviceId\":21}]}");
        assertThat(body.statusCode()).isEqualTo(400);
        assertThat(body.body()).contains("/lines/0/personKey").contains("must look like ^[0-9A-Fa-f]{16}$");

        final HttpResponse<String> query = http.send("GET", "/v1/availability/starts?posts=1&services=21&from=tomorrow", null);
        assertThat(query.statusCode()).isEqualTo(400);
        assertThat(query.body()).contains("\"from\"").contains("must look like ^[0-9]{4}-");
    }

    @Test
    void givenAdmissionIsClosed_whenAnythingIsAskedFor_thenWritesAreToldWhenToComeAgainAndReadsGoOn() {
        final long before = http.engine.lastPosition();
        http.engine.recordsBehind(true);
        try {
            for (final Operation operation : ContractTest.operations().values()) {
                if (operation.id().equals(WATCH)) {
                    continue;
                }
                final HttpResponse<String> response = http.send(operation.method(), path(operation), body(operation));
                assertThat(response.statusCode()).as(operation.id() + ": " + response.body())
                        .isEqualTo(isWrite(operation) ? 503 : expected(operation.id()));
                if (operation.id().equals(READY)) {
                    assertThat(response.body()).contains("\"UP\"").contains("UNAVAILABLE").contains("RECORDS_BEHIND"); // told, and not taken away from readers
                }
                if (isWrite(operation)) {
                    assertThat(HttpFixture.json(response).getString("result")).as(operation.id()).isEqualTo("UNAVAILABLE");
                    assertThat(HttpFixture.json(response).getString("cause")).as(operation.id()).isEqualTo("RECORDS_BEHIND");
                    assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).as(operation.id()).isPositive();
                    assertDeclared(operation.id(), 503, "application/problem+json", response.body());
                    assertThat(http.metrics.localAnswers().of(operation.command().id(), Cause.RECORDS_BEHIND)).as(operation.id()).isEqualTo(1);
                }
            }
        } finally {
            http.engine.recordsBehind(false);
        }
        assertThat(http.engine.lastPosition()).isEqualTo(before);
    }

    /** The fake engine does most things; these it refuses, which has to be declared as well. */
    private static int expected(final String operation) {
        return switch (operation) {
            case "submitApplication", "hold", "confirm", "walkIn", "issueStamps", "beginChange" -> 201;
            case "applyChange" -> 409; // another version
            case "getOutcome" -> 404; // it remembers nothing
            default -> 200;
        };
    }

    private static boolean isWrite(final Operation operation) {
        return !operation.method().equals("GET");
    }

    private String path(final Operation operation) {
        String path = operation.id().equals("confirm") // not the one that is released
                ? operation.path().replace("{hold}", http.references.text(ReferenceKind.HOLD, 1)) : operation.path();
        if (operation.method().equals("PUT")) {
            path = path.replace("{date}", "2026-03-02"); // the date of the example's instants
        }
        for (final Map.Entry<String, String> value : values.entrySet()) {
            path = path.replace('{' + value.getKey() + '}', value.getValue());
        }
        assertThat(path).as("every name in " + operation.path() + " has a value").doesNotContain("{");
        return switch (operation.id()) {
            case "firstStarts", "countStarts" -> path + "?posts=paris&from=" + HttpFixture.DATE + "&services=passport:2";
            case "quote" -> path + "?post=paris&service=passport";
            default -> path;
        };
    }

    private String body(final Operation operation) {
        if (operation.body() == null) {
            return null;
        }
        final Map<String, Object> file = new Yaml().load(Contract.load().text().toString());
        final JsonObject example = new JsonObject(file).getJsonObject("paths").getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT)).getJsonObject("requestBody")
                .getJsonObject("content").getJsonObject(Contract.JSON).getJsonObject("example");
        return (operation.id().equals("hold") ? example.put("application", http.known(ReferenceKind.APPLICATION)) : example).encode();
    }
}
