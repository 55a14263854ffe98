package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.yaml.snakeyaml.Yaml;

/** Values at the edges of their types and beyond, for every parameter and field of the contract, with the real engine behind the real edge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EdgeValuesTest {
    /** Would stream: what it refuses is in {@link EventStreamTest} as well. */
    private static final String WATCH = "watch";
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
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonObject file = new JsonObject(new Yaml().<Map<String, Object>>load(Contract.load().text().toString()));
    private Service service;
    private Map<String, String> values;

    @BeforeAll
    void start() throws Exception {
        service = Service.start(Settings.of(Map.of("mawid.data", folder.resolve("data").toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.records", "false", "mawid.journal.segment.bytes", "4194304"), Map.of(), null));
        service.ready();
        try (MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
            OnePost.make(client, 1, 2);
            final String application = OnePost.validated(client, 1, 1).get(0);
            values = Map.ofEntries(Map.entry("post", "paris"), Map.entry("postId", "1"), Map.entry("poolId", "11"), Map.entry("deskId", "11"),
                    Map.entry("serviceId", "21"), Map.entry("version", "1"), Map.entry("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()),
                    Map.entry("application", application), Map.entry("hold", application), Map.entry("appointment", application),
                    Map.entry("change", application), Map.entry("stamp", "0000000000000000"), Map.entry("requestId", "0".repeat(31) + '1'),
                    Map.entry("posts", "paris"), Map.entry("from", "2026-03-02"), Map.entry("services", "passport"), Map.entry("service", "passport"));
        }
    }

    @AfterAll
    void stop() {
        service.close();
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
                assertMalformed("\"parameter\":\"" + parameter.name() + '"', value, send(operation, parameter, value, body(operation)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void givenAFieldBeyondItsType_whenSent_thenItIsMalformedAndItsPlaceIsTold(final String id) {
        final Operation operation = ContractTest.operations().get(id);
        for (final Map.Entry<String, JsonObject> field : fields(operation).entrySet()) {
            for (final Object value : beyond(field.getValue())) {
                assertMalformed("\"pointer\":\"" + field.getKey() + '"', value, send(operation, null, null, with(body(operation), field.getKey(), value)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void givenWhatTheContractJustAllows_whenSent_thenItIsNoAccident(final String id) {
        final Operation operation = ContractTest.operations().get(id);
        if (id.equals(WATCH)) {
            return;
        }
        for (final Parameter parameter : parametersOfItsOwn(operation)) {
            for (final Object value : parameter.name().equals(MIN_POSITION) ? List.of("0") : allowed(parameter.schema())) {
                assertAnswered(parameter.name(), value, send(operation, parameter, value.toString(), body(operation)));
            }
        }
        if (operation.body() != null && !id.equals("setRules")) { // the least rules would refuse all that follows
            for (final Map.Entry<String, JsonObject> field : fields(operation).entrySet()) {
                for (final Object value : allowed(field.getValue())) {
                    assertAnswered(field.getKey(), value, send(operation, null, null, with(body(operation), field.getKey(), value)));
                }
            }
        }
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
                .filter(parameter -> parameter.place() != Place.HEADER || List.of("submitApplication", WATCH).contains(operation.id())).toList();
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
        fields(operation.body(), body(operation), "", fields);
        return fields;
    }

    private static void fields(final JsonObject schema, final Object example, final String at, final Map<String, JsonObject> fields) {
        if (schema.containsKey("properties")) {
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

    private static JsonObject with(final JsonObject body, final String pointer, final Object value) {
        final String[] steps = pointer.substring(1).split("/");
        Object at = body;
        for (int i = 0; i < steps.length - 1; i++) {
            at = at instanceof JsonArray array ? array.getValue(Integer.parseInt(steps[i])) : ((JsonObject) at).getValue(steps[i]);
        }
        final String last = steps[steps.length - 1];
        if (at instanceof JsonArray array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((JsonObject) at).put(last, value);
        }
        return body;
    }

    /** The contract's example. */
    private JsonObject body(final Operation operation) {
        return operation.body() == null ? null : file.getJsonObject("paths").getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT)).getJsonObject("requestBody")
                .getJsonObject("content").getJsonObject(Contract.JSON).getJsonObject("example").copy();
    }

    /** @param changed gets {@code value}, the others what is fine; null = none is changed */
    private HttpResponse<String> send(final Operation operation, final Parameter changed, final String value, final JsonObject body) {
        String path = operation.path();
        final List<String> query = new ArrayList<>();
        final HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(20));
        for (final Parameter parameter : operation.parameters()) {
            final String text = parameter == changed ? value : values.get(parameter.name());
            if (parameter.place() == Place.PATH) {
                path = path.replace('{' + parameter.name() + '}', encoded(text));
            } else if (parameter.place() == Place.QUERY && text != null) {
                query.add(parameter.name() + '=' + encoded(text));
            } else if (parameter == changed) {
                request.header(parameter.name(), text);
            }
        }
        request.uri(URI.create("http://127.0.0.1:" + service.httpPort() + path + (query.isEmpty() ? "" : "?" + String.join("&", query))));
        request.method(operation.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
        try {
            return http.send(body == null ? request.build() : request.header("Content-Type", Contract.JSON).build(), BodyHandlers.ofString());
        } catch (final IOException e) {
            throw new AssertionError(operation.id() + ' ' + value, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encoded(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
