package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.References;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.testkit.LoggedCommand;
import org.mawid.api.testkit.RequestLog;
import org.mawid.engine.DataDirectory;

/** What the contract shows of each write is the command in the log of a real engine, field by field, and so is what the headers say of who asks. */
@Timeout(120)
class EveryCommandTest {
    /** Far more than a call takes, and than the engine's time may be away from the wall clock's. */
    private static final long CLOSE_MS = 60_000;

    private record Sent(Operation operation, HttpResponse<String> answer, UUID key, Map<String, String> fields, long createdMs, long withinMs) {
    }

    @TempDir
    private Path folder;
    private ContractCalls calls;
    private References references;
    private final List<Sent> all = new ArrayList<>();

    /** Texts that take fewer characters than the others. */
    private static final Map<String, String> SHORT = Map.of("lastFour", "0042", "authorisationCode", "814923", "scheme", "VISA");

    @BeforeEach
    void start() throws Exception {
        calls = ContractCalls.start(folder);
        references = References.open(new DataDirectory(calls.data()).edge().resolve("reference.key"));
    }

    @AfterEach
    void stop() {
        calls.close();
    }

    @Test
    void givenEveryWrite_whenCalledAsTheContractShows_thenThatIsTheCommandAndAllElseIsAsItSaysOfWhatIsAbsent() throws Exception {
        for (final Operation operation : ContractTest.operations().values()) {
            if (ExampleCalls.isWrite(operation)) {
                final String body = calls.fine(operation);
                final HttpResponse<String> answer = calls.send(operation, null, List.of(), body);
                final UUID key = UUID.fromString(answer.headers().firstValue("Idempotency-Key").orElseThrow());
                all.add(new Sent(operation, answer, key, expected(operation, body, key, 0, 0, 0, "ONLINE", 0, 0), System.currentTimeMillis(), CLOSE_MS));
            }
        }
        assertLogged();
    }

    @Test
    void givenEveryWrite_whenItSaysAllThatItCan_thenTheCommandSaysItToo() throws Exception {
        final long createdMs = System.currentTimeMillis() - 1_000;
        final long deadlineMs = createdMs + 600_000;
        long number = 0xF000_0000_0000_0000L;
        for (final Operation operation : ContractTest.operations().values()) {
            if (ExampleCalls.isWrite(operation)) {
                final UUID key = new UUID(++number, ++number);
                final long actor = ++number;
                final long onBehalfOf = ++number;
                final String body = operation.body() == null ? null : filled(operation, new JsonObject(calls.fine(operation))).encode();
                final HttpResponse<String> answer = calls.send(operation, null, List.of(), body, "Idempotency-Key", key.toString(),
                        "Mawid-Created", Long.toString(createdMs), "Mawid-Deadline", Long.toString(deadlineMs), "Mawid-Actor", Long.toHexString(actor),
                        "Mawid-On-Behalf-Of", Long.toHexString(onBehalfOf), "Mawid-Channel", "COUNTER", "Mawid-Client", "4294967295", "Mawid-Sequence", "9");
                assertThat(answer.headers().firstValue("Idempotency-Key")).as(operation.id()).contains(key.toString());
                all.add(new Sent(operation, answer, key, expected(operation, body, key, deadlineMs, actor, onBehalfOf, "COUNTER", 4_294_967_295L, 9),
                        createdMs, 0));
            }
        }
        assertLogged();
    }

    /** Whatever the core thought of it. */
    private void assertLogged() throws Exception {
        calls.close();
        final RequestLog log = RequestLog.of(calls.data());
        for (final Sent sent : all) {
            final String as = sent.operation.id() + ": " + sent.answer.body();
            final RequestLog.Entry entry = log.entry(sent.key);
            assertThat(new JsonObject(sent.answer.body()).getLong("position")).as(as).isEqualTo(entry.position());
            assertThat(LoggedCommand.template(entry.command())).as(as).isEqualTo(sent.operation.command());
            final Map<String, String> logged = LoggedCommand.fields(entry.command());
            assertThat(Long.parseLong(logged.remove("request.createdMs"))).as(as).isCloseTo(sent.createdMs, within(sent.withinMs));
            assertThat(logged).as(as).isEqualTo(sent.fields);
        }
    }

    private Map<String, String> expected(final Operation operation, final String body, final UUID key, final long deadlineMs, final long actor,
                                         final long onBehalfOf, final String channel, final long client, final long sequence) {
        final Map<String, String> expected = ExpectedCommand.of(references, operation, calls.path(operation), body == null ? null : new JsonObject(body));
        expected.putAll(Map.of("request.idHigh", Long.toString(key.getMostSignificantBits()), "request.idLow", Long.toString(key.getLeastSignificantBits()),
                "request.deadlineMs", Long.toString(deadlineMs), "request.actor", Long.toString(actor), "request.onBehalfOf", Long.toString(onBehalfOf),
                "request.channel", channel, "request.clientId", Long.toString(client), "request.sequence", Long.toString(sequence),
                "request.reserved", "[0,0,0]"));
        return expected;
    }

    /** With what the example leaves out, and not as it would be when left out. */
    private JsonObject filled(final Operation operation, final JsonObject body) {
        final boolean walkIn = operation.id().equals("walkIn") || operation.id().equals("recordWalkIn");
        if (walkIn) { // one or the other
            body.remove("lines");
        }
        fill(operation.body(), body);
        if (walkIn) {
            body.remove("lines");
        }
        if (operation.id().equals("closeDays")) { // one of three
            List.of("fromLocal", "toLocal", "fromDate", "toDate").forEach(body::remove);
            body.put("pool", "paris/1");
        }
        if (Set.of("sendMessage", "rejectLines", "askForDocuments").contains(operation.id())) { // one or the other
            body.remove("text");
        }
        if (operation.id().equals("joinWaitlist")) { // one or the other
            body.remove("appointment");
        }
        if (operation.id().equals("recordSettlement")) { // one or the other
            body.remove("payment");
        }
        if (operation.id().equals("closeBatch") || operation.id().equals("startPayment")) {
            body.put("terminalId", 12).put("means", "TERMINAL");
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
                            : calls.value(name) != null ? calls.value(name) : SHORT.getOrDefault(name, "fedcba98765432" + (10 + name.length()));
                });
            }
        }
    }
}
