package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.http.Contract.Parameter;
import org.mawid.api.http.Contract.Place;

/** Values at the edges of their types and beyond, for every parameter and field of the contract, with the real engine behind the real edge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EdgeValuesTest {
    /** Would stream: what it refuses is in {@link EventStreamTest} as well. */
    /** Would be waited for. */
    private static final String MIN_POSITION = "minPosition";
    private static final List<String> NO_DATES = List.of("2026-02-30", "2025-02-29", "2026-04-31", "2026-00-01");
    private static final List<String> NO_LONGS = List.of("9223372036854775808", "-9223372036854775809", "9999999999999999999", "1e3");
    private static final List<String> NO_CURSORS = List.of("9223372036854775808-1-1", "1-9999999999999999999-1");
    private static final List<Object> NO_NUMBERS = List.of(new BigInteger("9223372036854775808"), new BigInteger("99999999999999999999"), 1e300, 1.5);
    /** Of these, each parameter gets what its pattern lets through. */
    private static final List<String> TEXTS = List.of("0000-01-01", "9999-12-31", "0", "999999999", "9999999999", "~", "~:999", "999999999:1",
            "0000000000000", "*~$=-*~$=-*~$", "-------------", "9999999999999999", "----------------", "0000000000000000", "ffffffffffffffff",
            "00000000000000000000000000000000", "ffffffff-ffff-7fff-bfff-ffffffffffff");

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

    static Stream<String> operations() {
        return ContractTest.operations().values().stream().filter(operation -> !operation.parameters().isEmpty()).map(Operation::id);
    }

    static Stream<String> bodies() {
        return ContractTest.operations().values().stream().filter(operation -> operation.body() != null).map(Operation::id);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void givenAParameterBeyondItsType_whenSent_thenItIsMalformedAndNamed(final String id) {
        final Operation operation = ContractTest.operations().get(id);
        for (final Parameter parameter : parametersOfItsOwn(operation)) {
            for (final String value : beyond(parameter)) {
                assertMalformed("\"parameter\":\"" + parameter.name() + '"', value, send(operation, parameter, value, calls.body(operation)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void givenAFieldBeyondItsType_whenSent_thenItIsMalformedAndItsPlaceIsTold(final String id) {
        final Operation operation = ContractTest.operations().get(id);
        for (final Map.Entry<String, JsonObject> field : fields(operation).entrySet()) {
            for (final Object value : beyond(field.getValue())) {
                assertMalformed("\"pointer\":\"" + field.getKey() + '"', value, send(operation, null, null, ContractCalls.with(calls.body(operation), field.getKey(), value)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void givenWhatTheContractJustAllows_whenSent_thenItIsNoAccident(final String id) {
        final Operation operation = ContractTest.operations().get(id);
        if (operation.isStream()) {
            return;
        }
        for (final Parameter parameter : parametersOfItsOwn(operation)) {
            for (final Object value : parameter.name().equals(MIN_POSITION) ? List.of("0") : allowed(parameter.schema())) {
                assertAnswered(parameter.name(), value, send(operation, parameter, value.toString(), calls.body(operation)));
            }
        }
        if (operation.body() != null && !id.equals("setRules")) { // the least rules would refuse all that follows
            for (final Map.Entry<String, JsonObject> field : fields(operation).entrySet()) {
                for (final Object value : allowed(field.getValue())) {
                    assertAnswered(field.getKey(), value, send(operation, null, null, ContractCalls.with(calls.body(operation), field.getKey(), value)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void givenADeadlineThatHasPassed_whenAWriteIsSent_thenToldSoAsDeclaredAndReadsHaveNone(final String id) {
        final Operation operation = ContractTest.operations().get(id);
        if (operation.command() == null) {
            assertThat(operation.parameters()).extracting(Parameter::name).doesNotContain("Mawid-Deadline");
            return;
        }
        final HttpResponse<String> late = calls.send(operation, null, List.of(), calls.fine(operation), "Mawid-Deadline", "1");
        assertThat(late.statusCode()).as(late.body()).isEqualTo(504);
        assertThat(new JsonObject(late.body()).getString("result")).isEqualTo("DEADLINE_EXCEEDED");
    }

    private static void assertMalformed(final String place, final Object value, final HttpResponse<String> response) {
        assertThat(response.statusCode()).as("%s %s: %s", place, value, response.body()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getJsonArray("errors", new JsonArray()).encode()).as("%s", value).contains(place);
    }

    private static void assertAnswered(final String place, final Object value, final HttpResponse<String> response) {
        assertThat(response.statusCode()).as("%s %s: %s", place, value, response.body()).isNotEqualTo(500);
    }

    /** Headers are the same for all that write, and are tried with one of them. */
    private static List<Parameter> parametersOfItsOwn(final Operation operation) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.place() != Place.HEADER || List.of("submitApplication", "watch").contains(operation.id())).toList();
    }

    // ---- values

    private static List<String> beyond(final Parameter parameter) {
        final JsonObject schema = parameter.schema().getJsonObject("items", parameter.schema());
        if (parameter.name().equals("Last-Event-ID")) {
            return NO_CURSORS;
        }
        return isDate(schema) ? NO_DATES : "integer".equals(schema.getString("type")) ? NO_LONGS : List.of();
    }

    private static List<Object> beyond(final JsonObject schema) {
        return isDate(schema) ? List.copyOf(NO_DATES) : "integer".equals(schema.getString("type")) ? NO_NUMBERS : List.of();
    }

    /** By what it looks like, so that one whose format was forgotten is tried as well. */
    private static boolean isDate(final JsonObject schema) {
        return schema.getString("pattern", "").startsWith("^[0-9]{4}-");
    }

    private static List<Object> allowed(final JsonObject schemaOrArray) {
        final JsonObject schema = schemaOrArray.getJsonObject("items", schemaOrArray);
        if ("integer".equals(schema.getString("type"))) {
            return schema.containsKey("enum") ? List.of() : List.of(schema.getLong("minimum"), schema.getLong("maximum", Long.MAX_VALUE));
        }
        final String pattern = schema.getString("pattern");
        return pattern == null ? List.of() : TEXTS.stream().filter(text -> text.matches(pattern)).map(Object.class::cast).toList();
    }

    // ---- requests

    /** Schemas of what is no object and no array in itself, by JSON pointer. */
    private Map<String, JsonObject> fields(final Operation operation) {
        final Map<String, JsonObject> fields = new LinkedHashMap<>();
        fields(operation.body(), calls.body(operation), "", fields);
        return fields;
    }

    private static void fields(final JsonObject schema, final Object example, final String at, final Map<String, JsonObject> fields) {
        if (schema.containsKey("properties")) {
            if (example == null) {
                return; // one of several of its kind, and the example has another
            }
            for (final String name : schema.getJsonObject("properties").fieldNames()) {
                final Object inner = example instanceof JsonObject object ? object.getValue(name) : null;
                fields(schema.getJsonObject("properties").getJsonObject(name), inner, at + '/' + name, fields);
            }
        } else if (!schema.containsKey("items")) {
            fields.put(at, schema);
        } else if (example instanceof JsonArray array && !array.isEmpty()) {
            fields(schema.getJsonObject("items"), array.getValue(0), at + "/0", fields);
        }
    }

    /** @param changed gets {@code value}; null = none is changed */
    private HttpResponse<String> send(final Operation operation, final Parameter changed, final String value, final JsonObject body) {
        return calls.send(operation, changed, changed == null ? List.of() : List.of(value), body == null ? null : body.encode());
    }
}
