package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Every way in which a value can be one step beyond what a schema of the contract allows. */
final class Violations {
    /** One thing wrong in a body. @param pointer where it must be told @param change of a body that is fine */
    record Violation(String what, String pointer, UnaryOperator<JsonObject> change) {
    }

    private static final String UNKNOWN = "surprise";
    private static final List<Object> TEXTS = List.of("", "FOREIGN", "x".repeat(600), "caf\u00e9", "a b", "1\n");

    private final List<Violation> found = new ArrayList<>();

    private Violations() {
    }

    /** @param whole has all that the schema names, see {@link #whole} */
    static List<Violation> of(final JsonObject schema, final JsonObject whole) {
        final Violations violations = new Violations();
        violations.object(schema, whole, "");
        return violations.found;
    }

    /** Texts that no parameter of that schema may have. */
    static List<String> ofParameter(final JsonObject schema) {
        final List<String> texts = new ArrayList<>();
        if ("array".equals(schema.getString("type"))) {
            final JsonObject items = schema.getJsonObject("items");
            ofParameter(items).stream().filter(text -> !text.contains(",")).forEach(texts::add);
            texts.add(String.join(",", Collections.nCopies(schema.getInteger("maxItems") + 1, fine(items).toString())));
            texts.add(fine(items) + ",");
            return texts;
        }
        final boolean isText = "string".equals(schema.getString("type"));
        wrong(schema).stream().filter(value -> value instanceof String || value instanceof Number && !isText).map(Object::toString).forEach(texts::add);
        if (!isText) {
            texts.addAll(List.of("", "one", "1.0", "0x1"));
        }
        return texts;
    }

    /** An example with all the fields that it leaves out, and something in every array. */
    static JsonObject whole(final JsonObject schema, final JsonObject example) {
        final JsonObject whole = new JsonObject();
        for (final String name : schema.getJsonObject("properties").fieldNames()) {
            final JsonObject property = schema.getJsonObject("properties").getJsonObject(name);
            final Object given = example.getValue(name);
            if (given instanceof JsonArray array && property.getJsonObject("items").containsKey("properties")) {
                final JsonArray items = new JsonArray();
                array.forEach(item -> items.add(whole(property.getJsonObject("items"), (JsonObject) item)));
                whole.put(name, items);
            } else {
                whole.put(name, given == null ? fine(property) : given);
            }
        }
        return whole;
    }

    private void object(final JsonObject schema, final JsonObject at, final String pointer) {
        add("unknown field", pointer + '/' + UNKNOWN, put(pointer + '/' + UNKNOWN, 1));
        for (final Object required : schema.getJsonArray("required", new JsonArray())) {
            add("without " + required, pointer, body -> {
                ((JsonObject) find(body, pointer)).remove((String) required);
                return body;
            });
        }
        for (final String name : schema.getJsonObject("properties").fieldNames()) {
            value(schema.getJsonObject("properties").getJsonObject(name), at.getValue(name), pointer + '/' + name);
        }
    }

    private void value(final JsonObject schema, final Object present, final String pointer) {
        for (final Object wrong : wrong(schema)) {
            add(String.valueOf(wrong), pointer, put(pointer, wrong));
        }
        add("null", pointer, body -> ContractCalls.with(body, pointer, null));
        if (schema.containsKey("properties")) {
            object(schema, (JsonObject) present, pointer);
        } else if (schema.containsKey("items")) {
            final JsonArray array = (JsonArray) present;
            final Object first = array.isEmpty() ? fine(schema.getJsonObject("items")) : array.getValue(0);
            final JsonArray tooMany = new JsonArray();
            for (int i = 0; i <= schema.getInteger("maxItems"); i++) {
                tooMany.add(first);
            }
            add("too many", pointer, put(pointer, tooMany));
            if (schema.getInteger("minItems", 0) > 0) {
                add("none", pointer, put(pointer, new JsonArray()));
            }
            if (schema.getBoolean("uniqueItems", false)) {
                add("twice the same", pointer, put(pointer, new JsonArray().add(first).add(first)));
            }
            if (!array.isEmpty()) {
                value(schema.getJsonObject("items"), first, pointer + "/0");
            }
        }
    }

    /** Of another type, foreign to an enumeration, beyond a limit, or of another shape. */
    private static List<Object> wrong(final JsonObject schema) {
        final List<Object> wrong = new ArrayList<>();
        final String type = schema.getString("type");
        final JsonArray members = schema.getJsonArray("enum");
        Stream.of("integer:7", "string:seven", "boolean:true", "array:[]", "object:{}").filter(each -> !each.startsWith(type + ':'))
                .map(each -> value(each.substring(0, each.indexOf(':')))).forEach(wrong::add);
        switch (type) {
            case "integer" -> {
                wrong.add(0.5);
                if (members != null) {
                    wrong.add(members.stream().mapToInt(Integer.class::cast).max().orElseThrow() + 1);
                    wrong.add(members.stream().mapToInt(Integer.class::cast).min().orElseThrow() - 1);
                }
                if (schema.containsKey("minimum")) {
                    wrong.add(schema.getLong("minimum") - 1);
                }
                if (schema.containsKey("maximum")) {
                    wrong.add(schema.getLong("maximum") + 1);
                }
            }
            case "string" -> {
                final String fine = fine(schema).toString();
                Stream.concat(TEXTS.stream(), Stream.of(fine + '\n', '\n' + fine, fine + "\u0000", fine.toLowerCase(Locale.ROOT) + "s"))
                        .filter(text -> !isAllowed(schema, (String) text)).forEach(wrong::add);
            }
            default -> { }
        }
        return wrong;
    }

    private static boolean isAllowed(final JsonObject schema, final String text) {
        final JsonArray members = schema.getJsonArray("enum");
        return (members == null || members.contains(text)) && text.length() <= schema.getInteger("maxLength", Integer.MAX_VALUE)
                && (!schema.containsKey("pattern") || text.matches(schema.getString("pattern")));
    }

    private static Object value(final String type) {
        return switch (type) {
            case "integer" -> 7;
            case "string" -> "seven";
            case "boolean" -> true;
            case "array" -> new JsonArray();
            default -> new JsonObject();
        };
    }

    /** Something that the schema allows. */
    private static Object fine(final JsonObject schema) {
        if (schema.containsKey("enum")) {
            return schema.getJsonArray("enum").getValue(0);
        }
        return switch (schema.getString("type")) {
            case "integer" -> schema.getLong("minimum");
            case "boolean" -> true;
            case "array" -> new JsonArray().add(fine(schema.getJsonObject("items")));
            case "object" -> whole(schema, new JsonObject());
            default -> Stream.of("2026-03-02", "2026-03", "2026-03-02T09:00", "0000000000000001", "0000000000001", "018ff0a2-7b4e-7cc1-9d41-3a3f9a4f5e21", "EUR", "1000000000000000", "0042", "1-1-1", "08:15", "A", "6f1e0c5a9b7d43e28c1f5a0d9e3b7c42", "9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015")
                    .filter(text -> isAllowed(schema, text)).findFirst().orElseThrow();
        };
    }

    private void add(final String what, final String pointer, final UnaryOperator<JsonObject> change) {
        found.add(new Violation(what.substring(0, Math.min(40, what.length())), pointer, change));
    }

    private static UnaryOperator<JsonObject> put(final String pointer, final Object value) {
        return body -> ContractCalls.with(body, pointer, value);
    }

    private static Object find(final JsonObject body, final String pointer) {
        Object at = body;
        for (final String step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/")) {
            at = at instanceof JsonArray array ? array.getValue(Integer.parseInt(step)) : ((JsonObject) at).getValue(step);
        }
        return at;
    }
}
