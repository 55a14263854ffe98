package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.testkit.LoggedCommand;

/** What the contract shows of each write is the command that the engine is given, field by field, and so is what the headers say of who asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryCommandTest {
    private ExampleCalls calls;

    @BeforeAll
    void start() throws Exception {
        calls = ExampleCalls.start();
    }

    @AfterAll
    void stop() {
        calls.close();
    }

    @Test
    void givenEveryWrite_whenCalledAsTheContractShows_thenThatIsTheCommandAndAllElseIsAsItSaysOfWhatIsAbsent() {
        for (final Operation operation : ContractTest.operations().values()) {
            if (ExampleCalls.isWrite(operation)) {
                final long before = System.currentTimeMillis();
                final HttpResponse<String> response = calls.http.send(operation.method(), calls.path(operation), calls.body(operation));
                final UUID key = UUID.fromString(response.headers().firstValue("Idempotency-Key").orElseThrow());
                final Map<String, String> arrived = arrived(operation);
                assertThat(Long.parseLong(arrived.remove("request.createdMs"))).as(operation.id()).isBetween(before, System.currentTimeMillis());
                assertThat(arrived).as(operation.id()).isEqualTo(expected(operation, calls.body(operation), key, 0, 0, 0, "ONLINE", 0, 0));
            }
        }
    }

    @Test
    void givenEveryWrite_whenItSaysAllThatItCan_thenTheCommandSaysItToo() {
        final long createdMs = System.currentTimeMillis() - 1_000;
        final long deadlineMs = createdMs + 600_000;
        long number = 0xF000_0000_0000_0000L;
        for (final Operation operation : ContractTest.operations().values()) {
            if (ExampleCalls.isWrite(operation)) {
                final UUID key = new UUID(++number, ++number);
                final long actor = ++number;
                final long onBehalfOf = ++number;
                final String body = operation.body() == null ? null : filled(operation, new JsonObject(calls.body(operation))).encode();
                final HttpResponse<String> response = calls.http.send(operation.method(), calls.path(operation), body, "Idempotency-Key", key.toString(),
                        "Mawid-Created", Long.toString(createdMs), "Mawid-Deadline", Long.toString(deadlineMs), "Mawid-Actor", Long.toHexString(actor),
                        "Mawid-On-Behalf-Of", Long.toHexString(onBehalfOf), "Mawid-Channel", "COUNTER", "Mawid-Client", "4294967295", "Mawid-Sequence", "9");
                assertThat(response.headers().firstValue("Idempotency-Key")).as(operation.id()).contains(key.toString());
                final Map<String, String> expected = expected(operation, body, key, deadlineMs, actor, onBehalfOf, "COUNTER", 4_294_967_295L, 9);
                expected.put("request.createdMs", Long.toString(createdMs));
                assertThat(arrived(operation)).as(operation.id() + ": " + response.body()).isEqualTo(expected);
            }
        }
    }

    /** Of the command that the engine was given last. */
    private Map<String, String> arrived(final Operation operation) {
        final UnsafeBuffer command = new UnsafeBuffer(calls.http.engine.lastCommand());
        assertThat(LoggedCommand.template(command)).isEqualTo(operation.command());
        return LoggedCommand.fields(command);
    }

    private Map<String, String> expected(final Operation operation, final String body, final UUID key, final long deadlineMs, final long actor,
                                         final long onBehalfOf, final String channel, final long client, final long sequence) {
        final Map<String, String> expected = ExpectedCommand.of(calls.http.references, operation, calls.path(operation), body == null ? null : new JsonObject(body));
        expected.putAll(Map.of("request.idHigh", Long.toString(key.getMostSignificantBits()), "request.idLow", Long.toString(key.getLeastSignificantBits()),
                "request.deadlineMs", Long.toString(deadlineMs), "request.actor", Long.toString(actor), "request.onBehalfOf", Long.toString(onBehalfOf),
                "request.channel", channel, "request.clientId", Long.toString(client), "request.sequence", Long.toString(sequence),
                "request.reserved", "[0,0,0]"));
        return expected;
    }

    /** With what the example leaves out, and not as it would be when left out. */
    private JsonObject filled(final Operation operation, final JsonObject body) {
        if (operation.id().equals("walkIn")) { // one or the other
            body.remove("lines");
        }
        fill(operation.body(), body);
        if (operation.id().equals("walkIn")) {
            body.remove("lines");
        }
        return body;
    }

    private void fill(final JsonObject schema, final JsonObject body) {
        for (final String name : schema.getJsonObject("properties").fieldNames()) {
            final JsonObject property = schema.getJsonObject("properties").getJsonObject(name);
            if (body.getValue(name) instanceof JsonArray array) {
                array.stream().filter(JsonObject.class::isInstance).forEach(item -> fill(property.getJsonObject("items"), (JsonObject) item));
            } else if (!body.containsKey(name)) {
                body.put(name, switch (property.getString("type")) {
                    case "boolean" -> !property.getBoolean("default");
                    case "integer" -> property.getInteger("default", 0) + 1;
                    case "array" -> new JsonArray().add(0).add(3);
                    default -> property.containsKey("enum") ? property.getJsonArray("enum").getValue(property.getJsonArray("enum").size() - 1)
                            : name.equals("application") ? calls.http.known(ReferenceKind.APPLICATION) : "fedcba98765432" + (10 + name.length());
                });
            }
        }
    }
}
