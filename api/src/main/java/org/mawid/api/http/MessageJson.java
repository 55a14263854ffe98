package org.mawid.api.http;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * A message of the gRPC contracts as JSON, by the rules that the OpenAPI file follows everywhere: names in camelCase, an instant told
 * twice, a date as a date, sets of lines as lists, keys as hexadecimal digits, enumerations by their bare names. Empty references are
 * left out.
 */
public final class MessageJson {
    private MessageJson() {
    }

    public static JsonObject of(final Message message, final ZoneId zone) {
        final JsonObject json = new JsonObject();
        for (final FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                final JsonArray values = new JsonArray();
                ((Collection<?>) message.getField(field)).forEach(value -> values.add(value(field, value, zone)));
                json.put(field.getJsonName(), values);
            } else if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || message.hasField(field)) {
                put(json, field, message.getField(field), zone);
            }
        }
        return json;
    }

    private static void put(final JsonObject json, final FieldDescriptor field, final Object value, final ZoneId zone) {
        final String name = field.getJsonName();
        if (name.endsWith("Ms") && field.getType() == FieldDescriptor.Type.INT64) {
            Times.put(json, name.substring(0, name.length() - 2), (Long) value, zone);
        } else if (name.equals("epochDay")) {
            json.put("date", Times.date((Integer) value));
        } else if (name.equals("lines") || name.equals("fulfilled")) {
            json.put(name, Bodies.lines((Integer) value));
        } else if (!"".equals(value)) {
            json.put(name, value(field, value, zone));
        }
    }

    private static Object value(final FieldDescriptor field, final Object value, final ZoneId zone) {
        return switch (field.getType()) {
            case MESSAGE -> of((Message) value, zone);
            case ENUM -> bareName((EnumValueDescriptor) value);
            case FIXED64 -> Bodies.key((Long) value);
            case UINT32 -> Integer.toUnsignedLong((Integer) value);
            default -> value;
        };
    }

    /** {@code LINE_STATE_VALIDATED} is VALIDATED. */
    private static String bareName(final EnumValueDescriptor value) {
        final String prefix = value.getType().getName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + '_';
        return value.getName().startsWith(prefix) ? value.getName().substring(prefix.length()) : value.getName();
    }

    /** The one field that is set of a message that carries one of many; null when none. */
    static Map.Entry<FieldDescriptor, Object> only(final Message message, final String oneof) {
        return message.getAllFields().entrySet().stream()
                .filter(field -> field.getKey().getContainingOneof() != null && field.getKey().getContainingOneof().getName().equals(oneof))
                .findFirst().orElse(null);
    }
}
