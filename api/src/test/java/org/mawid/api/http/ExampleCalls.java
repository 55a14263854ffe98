package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.http.Contract.Operation;
import org.yaml.snakeyaml.Yaml;

/** Calls as the contract shows them, about what an engine that obeys the test knows. */
final class ExampleCalls implements AutoCloseable {
    static final String PERSON = "5ec2e70000000001";

    final HttpFixture http = new HttpFixture();
    private final JsonObject file = new JsonObject(new Yaml().<Map<String, Object>>load(Contract.load().text().toString()));
    private final Map<String, String> values = Map.ofEntries(
            Map.entry("post", "paris"), Map.entry("postId", "1"), Map.entry("poolId", "11"), Map.entry("deskId", "11"), Map.entry("desk", "11"),
            Map.entry("serviceId", "21"), Map.entry("version", "3"), Map.entry("date", HttpFixture.DATE),
            Map.entry("application", http.known(ReferenceKind.APPLICATION)), Map.entry("hold", http.known(ReferenceKind.HOLD)),
            Map.entry("appointment", http.known(ReferenceKind.APPOINTMENT)), Map.entry("change", http.known(ReferenceKind.CHANGE)),
            Map.entry("stamp", http.known(ReferenceKind.STAMP)), Map.entry("payment", http.known(ReferenceKind.PAYMENT)),
            Map.entry("break", http.known(ReferenceKind.BREAK)), Map.entry("batch", http.known(ReferenceKind.BATCH)), Map.entry("terminalId", "12"), Map.entry("callback", "7"), Map.entry("identityKind", "CNIE"), Map.entry("returnId", "7"), Map.entry("closureId", "7"), Map.entry("waiterId", "7"), Map.entry("coolingId", "7"), Map.entry("era", "7"), Map.entry("ticketId", "7"), Map.entry("textHash", "9f86d081884c7d65"), Map.entry("token", "6f1e0c5a9b7d43e28c1f5a0d9e3b7c42"), Map.entry("document", "6f1e0c5a9b7d43e28c1f5a0d9e3b7c42"), Map.entry("person", PERSON), Map.entry("ticket", "7"),
            Map.entry("secret", http.references.secret().of(FakeReadModel.KNOWN)), Map.entry("requestId", "018ff0a2-7b4e-7cc1-9d41-3a3f9a4f5e21"));

    private ExampleCalls() throws IOException {
    }

    static ExampleCalls start() throws IOException {
        final ExampleCalls calls = new ExampleCalls();
        while (calls.http.engine.lastPosition() < FakeReadModel.KNOWN) {
            calls.http.submit(); // so that application 7 is there
        }
        for (int i = 0; i < FakeReadModel.KNOWN; i++) {
            calls.http.post("/v1/holds", HttpFixture.newHold(calls.http.known(ReferenceKind.APPLICATION), FakeReadModel.DESK));
        }
        return calls;
    }

    static boolean isWrite(final Operation operation) {
        return operation.command() != null;
    }

    String path(final Operation operation) {
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
            case "explain" -> path + "?at=09:40&services=passport:2";
            case "getReportDays" -> path + "?post=paris&from=2024-10-01&to=2024-10-31";
            case "getSchedule", "applySchedule" -> path + "?from=2027-03-01&to=2027-03-31";
            case "getReportMonths" -> path + "?from=2024-01&to=2024-12";
            case "quote" -> path + "?post=paris&service=passport";
            default -> path;
        };
    }

    /** Null when it has none. */
    String body(final Operation operation) {
        if (operation.body() == null) {
            return null;
        }
        final JsonObject example = file.getJsonObject("paths").getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT)).getJsonObject("requestBody")
                .getJsonObject("content").getJsonObject(Contract.JSON).getJsonObject("example").copy();
        for (final String name : List.of("application", "payment", "batch", "break", "secret")) {
            if (example.containsKey(name)) {
                example.put(name, values.get(name));
            }
        }
        if (example.containsKey("stamps")) {
            example.put("stamps", new JsonArray().add(values.get("stamp")));
        }
        if (example.containsKey("post")) {
            example.put("post", values.get("post"));
        }
        if (example.containsKey("posts")) {
            example.put("posts", new JsonArray().add(values.get("post")));
        }
        return example.encode();
    }

    @Override
    public void close() {
        http.close();
    }
}
