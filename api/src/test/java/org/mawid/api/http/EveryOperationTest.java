package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mawid.api.http.ContractTest.assertDeclared;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.http.Contract.Operation;
import org.mawid.sbe.Result;

/** Every operation of the contract is called once with what the contract gives as an example, and answers what it declares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryOperationTest {
    /** Says whether commands are admitted. */
    private static final String READY = "ready";

    private ExampleCalls calls;
    private HttpFixture http;

    @BeforeAll
    void start() throws Exception {
        calls = ExampleCalls.start();
        http = calls.http;
    }

    @AfterAll
    void stop() {
        calls.close();
    }

    @Test
    void givenEveryOperation_whenCalledAsTheContractShows_thenItAnswersAsTheContractDeclares() {
        final TreeSet<String> called = new TreeSet<>();
        for (final Operation operation : ContractTest.operations().values()) {
            called.add(operation.id());
            if (operation.isStream()) { // does not end by itself: see EventStreamTest
                continue;
            }
            final HttpResponse<String> response = http.send(operation.method(), calls.path(operation), calls.body(operation));
            final int expected = expected(operation.id());
            assertThat(response.statusCode()).as(operation.id() + ": " + response.body()).isEqualTo(expected);
            assertDeclared(operation.id(), response.statusCode(), response.headers().firstValue("Content-Type").orElseThrow(), response.body());
            assertThat(response.headers().firstValue("X-Content-Type-Options")).as(operation.id()).contains("nosniff");
            if (ExampleCalls.isWrite(operation)) {
                assertThat(response.headers().firstValue("Idempotency-Key")).as(operation.id()).isPresent();
            }
        }
        assertThat(called).containsExactlyElementsOf(new TreeSet<>(ContractTest.operations().keySet()));
    }

    @Test
    void givenEveryWrite_whenItCarriesAFieldOrParameterThatNobodyKnows_thenItIsMalformedAndNothingIsSubmitted() {
        final long before = http.engine.lastPosition();
        for (final Operation operation : ContractTest.operations().values()) {
            if (ExampleCalls.isWrite(operation)) {
                final long counted = http.metrics.localAnswers().of(operation.command().id(), Result.MALFORMED);
                if (operation.body() != null) {
                    final HttpResponse<String> field = http.send(
                            operation.method(), calls.path(operation), new JsonObject(calls.body(operation)).put("surprise", 1).encode());
                    assertThat(field.statusCode()).as(operation.id()).isEqualTo(400);
                    assertThat(HttpFixture.json(field).getJsonArray("errors").encode()).as(operation.id()).contains("\"/surprise\"");
                }
                final HttpResponse<String> parameter = http.send(operation.method(), calls.path(operation) + "?surprise=1", calls.body(operation));
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
    void givenAClosure_whenMadeDry_thenItsAnswerIsDeclaredTooAndNoCommandIsCountedOrSubmitted() {
        final long before = http.engine.lastPosition();
        final long malformed = http.metrics.localAnswers().of(CommandTemplate.CLOSE_DAYS.id(), Result.MALFORMED);
        final String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
        final HttpResponse<String> answer = http.send("POST", "/v1/posts/paris/closures?dryRun=true", new JsonObject().put("fromDate", tomorrow).put("toDate", tomorrow).encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertDeclared("closeDays", 200, answer.headers().firstValue("Content-Type").orElseThrow(), answer.body());
        assertThat(http.send("POST", "/v1/posts/paris/closures?dryRun=true", "{}").statusCode()).isEqualTo(400);
        assertThat(http.metrics.localAnswers().of(CommandTemplate.CLOSE_DAYS.id(), Result.MALFORMED)).isEqualTo(malformed);
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
                if (operation.isStream()) {
                    continue;
                }
                final HttpResponse<String> response = http.send(operation.method(), calls.path(operation), calls.body(operation));
                assertThat(response.statusCode()).as(operation.id() + ": " + response.body())
                        .isEqualTo(ExampleCalls.isWrite(operation) ? 503 : expected(operation.id()));
                if (operation.id().equals(READY)) {
                    assertThat(response.body()).contains("\"UP\"").contains("UNAVAILABLE").contains("RECORDS_BEHIND"); // told, and not taken away from readers
                }
                if (ExampleCalls.isWrite(operation)) {
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
            case "submitApplication", "hold", "confirm", "walkIn", "issueStamps", "beginChange",
                 "closeDays", "chooseAnother", "recordWalkIn", "startPayment", "recordCounterReceipt", "reuseStamp", "closeBatch", "openBreak", "takeTicket" -> 201;
            case "applyChange" -> 409; // another version
            case "getStampDocument", "getStampQr" -> 409; // not paid
            case "openPaymentPage" -> 409; // the one that there is has been paid
            case "closeTerminal" -> 503; // there is no terminal to ask
            case "abortPayment" -> 409; // nor is the payment at one
            case "getTariffFeed" -> 503; // there is no treasury
            case "getOutcome" -> 404; // it remembers nothing
            case "takeStatements", "listStatements" -> 503; // nobody takes any here
            case "getSchedule", "applySchedule" -> 503; // nor schedules
            case "identify", "putProfile", "getProfile", "linkIdentity", "unlinkIdentity" -> 503; // nor is anybody known there
            case "search", "getHistory", "addNote", "askCallback", "listCallbacks", "takeCallback", "endCallback" -> 503; // nobody rings where nothing is kept of persons
            case "getMessageText", "listMessages", "beginDocument", "listDocuments", "getDocument", "addToDocument", "endDocument", "getDocumentContent", "getDocumentThumbnail", "putContacts", "getContacts", "deleteContacts" -> 503; // nor texts, documents and contacts
            case "getAppointmentCalendar", "getDeskCalendar" -> 404; // nobody was given a link
            case "getClosing", "getClosingSignature", "closeDay" -> 404; // no money was ever moved
            default -> 200;
        };
    }
}
