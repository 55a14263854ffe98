package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mawid.api.http.ContractTest.assertDeclared;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.http.Contract.Parameter;
import org.mawid.api.http.Contract.Place;
import org.mawid.api.http.Violations.Violation;

/** Each limit that the contract names is a limit: what is one step beyond it is refused where it is, and no command of it reaches the engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LimitsTest {
    private static final String CAPABILITY = "Mawid-Capability";
    private static final Set<String> HEADERS = new TreeSet<>(List.of("Idempotency-Key", "Mawid-Created", "Mawid-Deadline", "Mawid-Actor",
            "Mawid-On-Behalf-Of", "Mawid-Channel", "Mawid-Client", "Mawid-Sequence"));

    @TempDir
    private static Path folder;
    private ContractCalls calls;

    @BeforeAll
    void start() throws Exception {
        calls = ContractCalls.start(folder);
    }

    @AfterAll
    void stop() {
        calls.close();
    }

    static Stream<String> commands() {
        return ContractTest.operations().values().stream().filter(operation -> operation.command() != null).map(Operation::id);
    }

    static Stream<String> questions() {
        return ContractTest.operations().values().stream().filter(operation -> operation.command() == null).map(Operation::id);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void givenACommandBeyondALimit_whenSent_thenItIsMalformedThereAndNothingReachesTheEngine(final String id) {
        final Operation operation = ContractTest.operations().get(id);
        // One key for all: whichever were done would be remembered under it.
        final String key = UUID.randomUUID().toString();
        final String fine = calls.fine(operation);
        if (operation.body() != null) {
            final JsonObject whole = Violations.whole(operation.body(), new JsonObject(fine));
            for (final Violation violation : Violations.of(operation.body(), whole)) {
                final String body = violation.change().apply(whole.copy()).encode();
                assertMalformed(operation, "pointer", violation.pointer(), violation.what(),
                        calls.send(operation, null, List.of(), body, "Idempotency-Key", key));
            }
            for (final String noObject : List.of("[]", "\"{}\"", "7", "null", "{", fine + '}', "")) {
                if (!noObject.isEmpty() || operation.needsBody()) {
                    assertMalformed(operation, "pointer", "", noObject, calls.send(operation, null, List.of(), noObject, "Idempotency-Key", key));
                }
            }
        } else {
            assertMalformed(operation, "pointer", "", "{}", calls.send(operation, null, List.of(), "{}", "Idempotency-Key", key));
        }
        for (final Parameter parameter : operation.parameters()) {
            final boolean isKey = parameter.name().equals("Idempotency-Key");
            for (final List<String> given : wrong(parameter)) {
                assertMalformed(operation, "parameter", parameter.name(), given,
                        calls.send(operation, parameter, given, fine, isKey ? new String[0] : new String[] {"Idempotency-Key", key}));
            }
        }
        assertThat(outcome(key)).as(id).isEqualTo(404);
        final HttpResponse<String> done = calls.send(operation, null, List.of(), fine, "Idempotency-Key", key);
        assertThat(outcome(key)).as("%s: what is allowed reaches it: %s", id, done.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void givenAQuestionBeyondALimit_whenAsked_thenItIsMalformedThere(final String id) {
        final Operation operation = ContractTest.operations().get(id);
        for (final Parameter parameter : operation.parameters()) {
            for (final List<String> given : wrong(parameter)) {
                assertMalformed(operation, "parameter", parameter.name(), given, calls.send(operation, parameter, given, null));
            }
        }
    }

    @Test
    void givenEveryCommand_thenItTakesTheSameHeaders() {
        commands().map(ContractTest.operations()::get).forEach(operation -> assertThat(operation.parameters().stream()
                .filter(parameter -> parameter.place() == Place.HEADER).map(Parameter::name).filter(name -> !name.equals(CAPABILITY))).as(operation.id()).containsExactlyInAnyOrderElementsOf(HEADERS));
    }

    @Test
    void givenWhatShowsOrTakesAStart_thenItAndNothingElseTakesACapability() {
        assertThat(Stream.concat(commands(), questions()).filter(id -> ContractTest.operations().get(id).parameters().stream().anyMatch(parameter -> parameter.name().equals(CAPABILITY))))
                .containsExactlyInAnyOrder("firstStarts", "explain", "hold", "chooseAnother", "reschedule", "joinWaitlist");
    }

    /** Too little, too much, of another shape, not at all and twice: each a list of how often with what it is given. */
    private static List<List<String>> wrong(final Parameter parameter) {
        final Stream<String> texts = Violations.ofParameter(parameter.schema()).stream().filter(text -> switch (parameter.place()) {
            case PATH -> !text.isEmpty(); // would be another path
            case QUERY -> text.length() < 2_000;
            case HEADER -> text.chars().allMatch(character -> character >= ' ' && character < 0x7f) && text.equals(text.trim());
        });
        final Stream<List<String>> times = parameter.place() == Place.PATH ? Stream.of()
                : parameter.isRequired() ? Stream.of(List.of(), List.of("1", "1")) : Stream.of(List.of("1", "1"));
        return Stream.concat(texts.map(List::of), times).toList();
    }

    private void assertMalformed(final Operation operation, final String kind, final String place, final Object what, final HttpResponse<String> response) {
        final String as = operation.id() + ' ' + kind + ' ' + place + ' ' + what + ": " + response.body();
        assertThat(response.statusCode()).as(as).isEqualTo(400);
        assertDeclared(operation.id(), 400, response.headers().firstValue("Content-Type").orElseThrow(), response.body());
        final JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("result")).as(as).isEqualTo("MALFORMED");
        assertThat(problem.getString("type")).as(as).isEqualTo("urn:mawid:result:MALFORMED");
        assertThat(problem.getJsonArray("errors", new JsonArray()).stream().map(error -> ((JsonObject) error).getString(kind))).as(as).containsExactly(place);
    }

    /** Status of what is remembered of a request. */
    private int outcome(final String key) {
        final Operation operation = ContractTest.operations().get("getOutcome");
        return calls.send(operation, operation.parameters().get(0), List.of(key), null).statusCode();
    }
}
