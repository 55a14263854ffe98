package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.testkit.OnePost;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.PoolKind;

/** What the command of a request must say in the log, in the schema's words for those of the contract; names as {@code LoggedCommand} has them. */
final class ExpectedCommand {
    private static final Map<String, ReferenceKind> KINDS = Map.of("application", ReferenceKind.APPLICATION, "appointment", ReferenceKind.APPOINTMENT,
            "hold", ReferenceKind.HOLD, "change", ReferenceKind.CHANGE, "stamp", ReferenceKind.STAMP, "payment", ReferenceKind.PAYMENT,
            "batch", ReferenceKind.BATCH, "break", ReferenceKind.BREAK);
    private static final List<String> KEYS = List.of("applicant", "personKey", "reasonHash", "key", "owner", "entryHash", "detailHash", "textHash", "hash", "word1", "word2", "word3", "word4");
    /** Texts that may be absent, and what the log says then. */
    private static final Map<String, String> ABSENT = Map.of("transaction", "", "scheme", "", "authorisationCode", "", "lastFour", "10000");

    /** Other ways to say what the example says. */
    private static final List<String> OTHERWISE = List.of("fromLocal", "toLocal", "fromDate", "toDate", "text");

    private final References references;
    private final Map<String, String> fields = new TreeMap<>();

    private ExpectedCommand(final References references) {
        this.references = references;
    }

    /** All but who asks and when. @param path as it was sent @param body null = none */
    static Map<String, String> of(final References references, final Operation operation, final String path, final JsonObject body) {
        final ExpectedCommand command = new ExpectedCommand(references);
        final String[] names = operation.path().split("/");
        final String[] texts = path.split("/");
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith("{")) {
                command.text(names[i].substring(1, names[i].length() - 1), texts[i], "");
            }
        }
        if (operation.body() != null) {
            command.object(operation.body(), body, "");
        }
        return command.fields;
    }

    private void object(final JsonObject schema, final JsonObject object, final String prefix) {
        for (final String name : schema.getJsonObject("properties").fieldNames()) {
            final JsonObject property = schema.getJsonObject("properties").getJsonObject(name);
            final Object value = object.containsKey(name) ? object.getValue(name) : property.getValue("default");
            if (value == null) {
                absent(name, property, prefix);
            } else if (value instanceof JsonArray array) {
                array(name, property.getJsonObject("items"), array, prefix);
            } else if (value instanceof Boolean yes) {
                fields.put(prefix + name, yes ? "YES" : "NO");
            } else {
                text(name, value.toString(), prefix);
            }
        }
    }

    /** Neither given nor with a default: nothing, or the first of what it can be. */
    private void absent(final String name, final JsonObject property, final String prefix) {
        if (OTHERWISE.contains(name)) {
            return;
        }
        if (name.equals("pool")) {
            fields.put("poolId", "0");
            return;
        }
        if (ABSENT.containsKey(name)) {
            fields.put(prefix + name, ABSENT.get(name));
            return;
        }
        final boolean isGroup = property.containsKey("items") && property.getJsonObject("items").containsKey("properties");
        fields.put(prefix + (KINDS.containsKey(name) ? name + "Id" : name),
                isGroup ? "[]" : property.containsKey("enum") ? property.getJsonArray("enum").getString(0) : "0");
    }

    private void array(final String name, final JsonObject items, final JsonArray array, final String prefix) {
        if (items.containsKey("properties")) {
            for (int i = 0; i < array.size(); i++) {
                object(items, array.getJsonObject(i), prefix + name + '.' + i + '.');
            }
            return;
        }
        if (name.equals("stamps")) {
            for (int i = 0; i < array.size(); i++) {
                text("stamp", array.getString(i), "stamps." + i + '.');
            }
            return;
        }
        if (name.equals("posts")) {
            fields.put("posts.0.postId", Integer.toString(OnePost.POST));
            return;
        }
        int set = 0;
        for (final Object each : array) {
            set |= 1 << (each instanceof String kind ? name.equals("kinds") ? DocumentKind.valueOf(kind).value() : PoolKind.valueOf(kind).value() : (Integer) each);
        }
        fields.put(prefix + name, Integer.toUnsignedString(set));
    }

    private void text(final String name, final String text, final String prefix) {
        if (KINDS.containsKey(name)) {
            fields.put(prefix + name + "Id", Long.toString(references.number(KINDS.get(name), text)));
        } else if (name.equals("secret")) {
            fields.put(prefix + name, "0");
        } else if (name.equals("lastFour")) {
            fields.put(prefix + name, Integer.toString(Integer.parseInt(text)));
        } else if (name.equals("valueDate")) {
            fields.put(prefix + "valueDay", Long.toString(LocalDate.parse(text).toEpochDay()));
        } else if (name.equals("fromDate") || name.equals("toDate")) { // not those of closures, which are left out
            fields.put(prefix + name.replace("Date", "EpochDay"), Long.toString(LocalDate.parse(text).toEpochDay()));
        } else if (name.equals("date")) {
            fields.put(prefix + "epochDay", Long.toString(LocalDate.parse(text).toEpochDay()));
        } else if (name.equals("pool")) {
            fields.put(prefix + "poolId", Integer.toString(OnePost.DESK));
        } else if (name.equals("post")) {
            fields.put(prefix + "postId", Integer.toString(OnePost.POST));
        } else if (KEYS.contains(name)) {
            fields.put(prefix + name, Long.toString(Long.parseUnsignedLong(text, 16)));
        } else {
            fields.put(prefix + name, text);
        }
    }
}
