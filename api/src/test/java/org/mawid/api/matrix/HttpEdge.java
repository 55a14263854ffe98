package org.mawid.api.matrix;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.mawid.api.access.Operation;
import org.yaml.snakeyaml.Yaml;

/** Every operation of the contract, as its example shows it. */
final class HttpEdge implements Edge {
    private static final Map<String, Thing> THINGS = Map.ofEntries(Map.entry("post", Thing.POST_CODE), Map.entry("posts", Thing.POST_CODE), Map.entry("atPost", Thing.POST_CODE), Map.entry("postId", Thing.POST),
            Map.entry("poolId", Thing.DESK), Map.entry("deskId", Thing.DESK), Map.entry("desk", Thing.DESK), Map.entry("desks", Thing.DESK), Map.entry("pool", Thing.DESK_CODE), Map.entry("terminalId", Thing.TERMINAL),
            Map.entry("ticketId", Thing.TICKET), Map.entry("closureId", Thing.CLOSURE), Map.entry("waiterId", Thing.WAITER), Map.entry("change", Thing.CHANGE), Map.entry("batch", Thing.BATCH), Map.entry("break", Thing.BREAK),
            Map.entry("application", Thing.APPLICATION), Map.entry("reference", Thing.APPLICATION), Map.entry("hold", Thing.HOLD), Map.entry("appointment", Thing.APPOINTMENT), Map.entry("stamp", Thing.STAMP),
            Map.entry("stamps", Thing.STAMP), Map.entry("payment", Thing.PAYMENT), Map.entry("person", Thing.PERSON), Map.entry("applicant", Thing.PERSON), Map.entry("parent", Thing.PERSON));
    /** Of another one with each call. */
    private static final Set<String> EACH_ITS_OWN = Set.of("date", "idempotency-key", "content-length");
    private static final String DAY = LocalDate.ofEpochDay(TwoPosts.DAY).toString();
    private static final Map<String, String> VALUES = Map.ofEntries(Map.entry("serviceId", "21"), Map.entry("service", "passport"), Map.entry("services", "passport"), Map.entry("version", "1"), Map.entry("date", DAY),
            Map.entry("from", DAY), Map.entry("to", DAY), Map.entry("at", "08:15"), Map.entry("textHash", "9f86d081884c7d65"), Map.entry("document", "6f1e0c5a9b7d43e28c1f5a0d9e3b7c42"),
            Map.entry("token", "6f1e0c5a9b7d43e28c1f5a0d9e3b7c42"), Map.entry("callback", "7"), Map.entry("identityKind", "CNIE"), Map.entry("returnId", "7"), Map.entry("coolingId", "7"), Map.entry("era", "7"),
            Map.entry("ticket", "7"), Map.entry("requestId", "018ff0a2-7b4e-7cc1-9d41-3a3f9a4f5e21"), Map.entry("currency", "EUR"), Map.entry("returnTo", "https://example.org/"), Map.entry("language", "fr"));
    private static final long DAY_MS = 86_400_000L;
    /** What changes calendars is about one that nothing is booked on. */
    private static final String NO_DAY = LocalDate.ofEpochDay(TwoPosts.NO_DAY).toString();
    private static final AtomicInteger NEXT = new AtomicInteger(10_000);
    private static final Map<String, String> SCHEDULE = Map.of("from", NO_DAY, "to", NO_DAY);
    private static final Map<String, String> MONTHS = Map.of("from", "2026-01", "to", "2026-02");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final JsonObject contract;
    private final Map<String, Called> operations = new TreeMap<>();

    /** @param type of the body, null = it has none @param example an object, a text, or nothing */
    private record Called(String id, String method, String path, List<JsonObject> parameters, String type, Object example) {
    }

    HttpEdge(final int port) throws IOException {
        this.port = port;
        try (InputStream file = Operation.class.getResourceAsStream("/openapi.yaml")) {
            contract = new JsonObject(new Yaml().<Map<String, Object>>load(file));
        }
        for (final Map.Entry<String, Object> path : contract.getJsonObject("paths")) {
            for (final Map.Entry<String, Object> method : (JsonObject) path.getValue()) {
                final JsonObject operation = (JsonObject) method.getValue();
                final JsonObject content = operation.containsKey("requestBody") ? resolved(operation.getJsonObject("requestBody")).getJsonObject("content") : new JsonObject();
                final String type = content.fieldNames().stream().findFirst().orElse(null);
                operations.put(operation.getString("operationId"), new Called(operation.getString("operationId"), method.getKey().toUpperCase(), path.getKey(),
                        operation.getJsonArray("parameters", new JsonArray()).stream().map(each -> resolved((JsonObject) each)).toList(), type, type == null ? null : content.getJsonObject(type).getValue("example")));
            }
        }
    }

    private JsonObject resolved(final JsonObject perhaps) {
        JsonObject at = perhaps;
        while (at.containsKey("$ref")) {
            JsonObject found = contract;
            for (final String step : at.getString("$ref").substring(2).split("/")) {
                found = found.getJsonObject(step);
            }
            at = found;
        }
        return at;
    }

    @Override
    public List<String> operations() {
        return List.copyOf(operations.keySet());
    }

    @Override
    public Map<String, Thing> places(final String operation) {
        final Map<String, Thing> places = new LinkedHashMap<>();
        request(operations.get(operation), "any", place -> null, places);
        return places;
    }

    /** @param body null = none */
    private record Request(String path, Object body) {
    }

    private Request request(final Called called, final String cell, final Function<String, Things> named, final Map<String, Thing> places) {
        String path = called.path();
        final List<String> query = new ArrayList<>();
        for (final JsonObject parameter : called.parameters()) {
            final String name = parameter.getString("name");
            final String value = parameter.getString("in").equals("header") ? null : value(called, parameter, named, places);
            if (value == null) {
                continue;
            }
            if (parameter.getString("in").equals("path")) {
                path = path.replace('{' + name + '}', encoded(value));
            } else {
                query.add(name + '=' + encoded(value));
            }
        }
        final Object body = called.example() instanceof JsonObject example ? body(fitting(called, example.copy(), cell), "/", named, places) : called.example();
        return new Request(path + (query.isEmpty() ? "" : "?" + String.join("&", query)), body == null && called.type() != null ? "" : body);
    }

    /** Null = it is left out. */
    private static String value(final Called called, final JsonObject parameter, final Function<String, Things> named, final Map<String, Thing> places) {
        final String name = parameter.getString("name");
        final boolean isNeeded = parameter.getBoolean("required", false);
        final Thing thing = THINGS.get(name);
        if (thing == null) {
            final String value = called.id().endsWith("Schedule") && SCHEDULE.containsKey(name) ? SCHEDULE.get(name) : called.id().equals("getReportMonths") && MONTHS.containsKey(name) ? MONTHS.get(name) : VALUES.get(name);
            if (isNeeded && value == null) {
                throw new AssertionError(called.id() + " has no value for " + name + " to call it with");
            }
            return isNeeded ? value : null;
        }
        if (name.equals("desks") || called.id().equals("listAudit")) {
            return null; // as well as posts; or what is looked for, and not asked for
        }
        places.put(name, thing);
        final Things things = named.apply(name);
        return things == null ? null : text(thing, things);
    }

    private static String text(final Thing thing, final Things things) {
        return thing == Thing.PERSON ? String.format("%016x", things.number(thing)) : things.text(thing);
    }

    /** What the example has of one who calls, as another one has it, and of dates that are over. */
    private static JsonObject fitting(final Called called, final JsonObject example, final String cell) {
        switch (called.id()) {
            case "sendMessage" -> example.put("writer", Cells.writer(cell));
            case "identify" -> example.put("identities", JsonArray.of(new JsonObject().put("kind", "NEWBORN").put("parent", "").put("dateOfBirth", "2025-03-02"))); // by a parent, as applicants do
            case "linkIdentity" -> example.put("number", "24AB" + NEXT.incrementAndGet()); // nobody's yet
            case "recordVisit", "recordWalkIn", "recordConsumption" -> example.put("atMs", System.currentTimeMillis() - 60_000);
            case "startPayment" -> example.put("means", "ONLINE").remove("terminalId"); // an applicant has no terminal
            case "closeDays" -> example.put("fromMs", TwoPosts.NO_DAY * DAY_MS).put("toMs", TwoPosts.NO_DAY * DAY_MS + 3_600_000);
            default -> { }
        }
        return example;
    }

    private static JsonObject body(final JsonObject at, final String prefix, final Function<String, Things> named, final Map<String, Thing> places) {
        for (final String name : List.copyOf(at.fieldNames())) {
            final Object value = at.getValue(name);
            final Thing thing = THINGS.get(name);
            if (value instanceof JsonArray array && array.size() > 0 && array.getValue(0) instanceof JsonObject) {
                for (int i = 0; i < array.size(); i++) {
                    body(array.getJsonObject(i), prefix + name + '/', named, places);
                }
            } else if (value instanceof JsonObject inner) {
                body(inner, prefix + name + '/', named, places);
            } else if (name.equals("secret")) {
                final Things stamps = named.apply("stamp");
                at.put(name, stamps == null ? "" : stamps.text(Thing.SECRET));
            } else if (at.containsKey("breakType") && name.equals("key")) {
                at.put(name, UUID.randomUUID().toString().replace("-", "").substring(0, 16)); // a known one is the break that is open already
            } else if (thing != null) {
                places.put(prefix + name, thing);
                final Things things = named.apply(prefix + name);
                if (things != null) {
                    final Object name1 = value instanceof Number || value instanceof JsonArray array && array.getValue(0) instanceof Number ? (Object) things.number(thing) : text(thing, things);
                    at.put(name, value instanceof JsonArray ? JsonArray.of(name1) : name1);
                }
            } else if (name.equals("serviceId")) {
                at.put(name, 21);
            } else if (name.equals("date") && at.containsKey("atMs")) {
                at.put(name, LocalDate.now(ZoneOffset.UTC).toString());
            } else if (name.equals("date") || name.equals("fromDate")) {
                at.put(name, DAY);
            } else if (name.equals("toDate")) {
                at.put(name, LocalDate.ofEpochDay(TwoPosts.DAY + 1).toString());
            } else if (name.equals("feeTime")) {
                at.put(name, "AT_POST"); // or nothing could be confirmed any more
            } else if (name.equals("startMs")) {
                at.put(name, TwoPosts.DAY * DAY_MS);
            }
        }
        return at;
    }

    @Override
    public Answer call(final String operation, final String cell, final Function<String, Things> named, final List<String> headers) throws Exception {
        final Called called = operations.get(operation);
        final Request asked = request(called, cell, named, new HashMap<>());
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + asked.path())).timeout(Duration.ofSeconds(60));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        if (asked.body() != null) {
            request.header("Content-Type", called.type());
        }
        if (operation.equals("addToDocument")) {
            request.header("Upload-Offset", "0");
        }
        request.method(called.method(), asked.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(asked.body() instanceof JsonObject json ? json.encode() : (String) asked.body()));
        final HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
        final String type = response.headers().firstValue("Content-Type").orElse("");
        try (InputStream body = response.body()) {
            return answer(response, asked.path(), type.startsWith("text/event-stream") ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Answer answer(final HttpResponse<?> response, final String path, final String body) {
        final Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> {
            if (!EACH_ITS_OWN.contains(name.toLowerCase())) {
                headers.put(name, values.toString());
            }
        });
        String result = "";
        String text = body;
        try {
            final JsonObject json = response.statusCode() < 400 ? null : new JsonObject(body);
            if (json != null) {
                result = json.getString("result", "");
                json.remove("requestId");
                json.remove("position");
                text = json.encode();
            }
        } catch (final DecodeException noJson) {
            // as it is
        }
        text = text.replaceAll("\"(position|nowMs)\":[0-9]+|\"now\":\"[^\"]*\"", "$1");
        return new Answer(Integer.toString(response.statusCode()), result, headers, text.replace(path, "<path>"));
    }

    private static String encoded(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
