package org.mawid.api.sandbox.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a request with amounts as they were written, where {@link JsonObject} alone would make binary fractions of them. */
final class SimulatorJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SimulatorJson() {
    }

    /** @return null = it is no object */
    static JsonObject read(final byte[] message) {
        try (JsonParser parser = JSON.createParser(message)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? new JsonObject(object(parser)) : null;
        } catch (final IOException e) {
            return null;
        }
    }

    private static Map<String, Object> object(final JsonParser parser) throws IOException {
        final Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String name = parser.currentName();
            fields.put(name, value(parser, parser.nextToken()));
        }
        return fields;
    }

    private static Object value(final JsonParser parser, final JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                final List<Object> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(value(parser, next));
                }
                yield new JsonArray(elements);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    /** The object of that name; an empty one when there is none. */
    static JsonObject in(final JsonObject object, final String... names) {
        JsonObject found = object;
        for (final String name : names) {
            final Object next = found.getValue(name);
            found = next instanceof JsonObject inner ? inner : new JsonObject();
        }
        return found;
    }
}
