package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.mawid.api.gateway.CommandTemplate;

/**
 * The one OpenAPI file: as it is served, and as requests are checked against it. Immutable once loaded, any thread.
 *
 * <p>Decided on purpose: not read by vertx-openapi. Its parser checks the file against the schema of OpenAPI, which took 2.4 s of a
 * cold start, and its request check hops to a worker thread and copies the index of all schemas for each parameter. Both give the
 * same verdicts; a test lets vertx-openapi read and check the file. To be looked at again when either has changed.
 */
final class Contract {
    static final String RESOURCE = "openapi.yaml";
    /** The same, written by the build: a cold start reads it sooner. */
    static final String AS_JSON = "openapi.json";
    static final String JSON = "application/json";
    static final String EVENT_STREAM = "text/event-stream";
    /** Of a body that its operation reads by itself, once it is there: how large it may be, bytes. */
    private static final String BODY_BYTES = "x-body-bytes";

    /** Where a parameter is. */
    enum Place { PATH, QUERY, HEADER }

    /** @param schema without references; its default is what an absent parameter means */
    record Parameter(String name, Place place, boolean isRequired, JsonObject schema) {
    }

    /**
     * @param path      with {@code {names}}
     * @param body      schema of the JSON body, null = none
     * @param isUpload  it has a body that is no JSON, of any size: the operation reads it as it comes
     * @param bodyBytes how large a body may be that the operation reads by itself, in one of several forms, off the event loop; 0 = it is JSON, checked here, and no larger than usual
     * @param responses by status, without references
     */
    record Operation(String id, String method, String path, List<Parameter> parameters, JsonObject body, boolean needsBody, boolean isUpload, int bodyBytes, JsonObject responses) {
        /** Whether it is answered until either side ends, and never at once. */
        boolean isStream() {
            return responses.getJsonObject("200", new JsonObject()).getJsonObject("content", new JsonObject()).containsKey(EVENT_STREAM);
        }

        /** What it brings to the core; null = it only asks. */
        CommandTemplate command() {
            return CommandTemplate.called(id);
        }
    }

    /** Read once: servers of one process have the same. */
    private static final class Once {
        static final Contract CONTRACT = read();
    }

    private final Buffer text;
    private final JsonObject file;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    /** What responses refer to, by reference: most refer to the same, and a copy for each operation took megabytes. */
    private final Map<String, JsonObject> ofResponses = new HashMap<>();

    private Contract(final Buffer text, final JsonObject file) {
        this.text = text;
        this.file = file;
        for (final Map.Entry<String, Object> path : file.getJsonObject("paths")) {
            for (final Map.Entry<String, Object> method : (JsonObject) path.getValue()) {
                final Operation operation = operation(path.getKey(), method.getKey(), (JsonObject) method.getValue());
                if (operations.put(operation.id(), operation) != null) {
                    throw new IllegalStateException("two operations are called " + operation.id());
                }
            }
        }
    }

    /** Reads the file from the class path, the first time. Takes some hundred milliseconds then: not on an event loop. */
    static Contract load() {
        return Once.CONTRACT;
    }

    private static Contract read() {
        return new Contract(resource(RESOURCE), new JsonObject(resource(AS_JSON)));
    }

    private static Buffer resource(final String name) {
        try (InputStream in = Contract.class.getResourceAsStream("/" + name)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Buffer text() {
        return text;
    }

    /** By id, in the order of the file. */
    Map<String, Operation> operations() {
        return operations;
    }

    private Operation operation(final String path, final String method, final JsonObject json) {
        final List<Parameter> parameters = new ArrayList<>();
        for (final Object each : resolve(json.getJsonArray("parameters", new JsonArray()), this::copied)) {
            final JsonObject parameter = (JsonObject) each;
            parameters.add(new Parameter(
                    parameter.getString("name"), Place.valueOf(parameter.getString("in").toUpperCase(Locale.ROOT)),
                    parameter.getBoolean("required", false), parameter.getJsonObject("schema")));
        }
        final JsonObject body = json.getJsonObject("requestBody");
        final boolean isJson = body != null && body.getJsonObject("content").containsKey(JSON);
        return new Operation(
                json.getString("operationId"), method.toUpperCase(Locale.ROOT), path, List.copyOf(parameters),
                isJson ? resolve(body.getJsonObject("content").getJsonObject(JSON).getJsonObject("schema"), this::copied) : null,
                isJson && body.getBoolean("required", false), body != null && !isJson && !body.containsKey(BODY_BYTES), body == null ? 0 : body.getInteger(BODY_BYTES, 0), resolve(json.getJsonObject("responses"), this::shared));
    }

    /** Of its own, for a validator writes into the schemas that it is given. */
    private JsonObject copied(final String reference) {
        return resolve(find(reference), this::copied);
    }

    /** To be read only. */
    private JsonObject shared(final String reference) {
        JsonObject known = ofResponses.get(reference);
        if (known == null) {
            known = resolve(find(reference), this::shared);
            ofResponses.put(reference, known);
        }
        return known;
    }

    private static JsonArray resolve(final JsonArray array, final Function<String, JsonObject> referred) {
        final JsonArray resolved = new JsonArray();
        array.forEach(value -> resolved.add(resolved(value, referred)));
        return resolved;
    }

    /** A copy with what its references point to in their place. The file has no circles. */
    private static JsonObject resolve(final JsonObject object, final Function<String, JsonObject> referred) {
        final String reference = object.getString("$ref");
        if (reference != null) {
            return referred.apply(reference);
        }
        final JsonObject resolved = new JsonObject();
        object.forEach(entry -> resolved.put(entry.getKey(), resolved(entry.getValue(), referred)));
        return resolved;
    }

    private static Object resolved(final Object value, final Function<String, JsonObject> referred) {
        if (value instanceof JsonObject object) {
            return resolve(object, referred);
        }
        return value instanceof JsonArray array ? resolve(array, referred) : value;
    }

    /** @param reference into this file: {@code #/components/schemas/Leg} */
    private JsonObject find(final String reference) {
        JsonObject found = file;
        for (final String step : reference.substring(2).split("/")) {
            found = found.getJsonObject(step);
            if (found == null) {
                throw new IllegalStateException("nothing is at " + reference);
            }
        }
        return found;
    }
}
