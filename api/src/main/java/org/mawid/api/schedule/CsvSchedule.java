package org.mawid.api.schedule;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mawid.api.schedule.WantedSchedule.Quota;

/**
 * A schedule as a table (RFC 4180, commas, a header): one row says one stretch of a week, one exception, one holiday or one rule; the page SCHEDULES.md has the kinds. Every value goes into the tree as
 * it is, and is checked there. One thread, one table.
 */
final class CsvSchedule {
    private static final Set<String> COLUMNS = Set.of("kind", "pool", "days", "from", "to", "open", "close", "places", "call_centre", "walk_in", "assisted", "emergency", "except", "value", "reason",
            "max_wait_minutes", "max_share", "until_hours_before");

    private final Mistakes mistakes;
    private final JsonObject json = new JsonObject();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> pools = new HashMap<>();
    private Map<String, Integer> header;
    private String lastException;

    /** Fields by column. */
    private record Row(int line, Map<String, String> fields) {
        /** Empty when it is not there. */
        String get(final String column) {
            return fields.getOrDefault(column, "");
        }

        boolean has(final String column) {
            return !get(column).isEmpty();
        }
    }

    CsvSchedule(final Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    WrittenSchedule.Tree read(final String text) {
        json.put("pools", new JsonArray()).put("exceptions", new JsonArray());
        int next = 1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().commentStrategy(CommentStrategy.NONE).skipEmptyLines(false).allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE).ofCsvRecord(text)) {
            for (final CsvRecord fields : reader) {
                final int line = (int) fields.getStartingLineNumber();
                next = line + 1 + fields.getFields().stream().mapToInt(field -> (int) field.chars().filter(c -> c == '\n').count()).sum();
                if (fields.getFieldCount() == 1 && fields.getField(0).isEmpty()) {
                    continue; // an empty line
                }
                if (header == null) {
                    header(line, fields.getFields());
                    mistakes.throwIfAny();
                } else if (fields.getFieldCount() != header.size()) {
                    mistakes.add("line " + line, "has " + fields.getFieldCount() + " fields, the header " + header.size());
                } else {
                    final Map<String, String> row = new HashMap<>();
                    header.forEach((column, index) -> row.put(column, fields.getField(index).strip()));
                    row(new Row(line, row));
                }
            }
        } catch (final CsvParseException | UncheckedIOException unreadable) {
            mistakes.add("line " + next, "cannot be read from here on: a quoted field that does not end, or text after its end");
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // of a text
        }
        if (header == null && mistakes.isEmpty()) {
            mistakes.add("line 1", "there is no header");
        }
        return new WrittenSchedule.Tree(json, lines);
    }

    private void header(final int line, final List<String> names) {
        header = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            final String name = names.get(i).strip().toLowerCase(Locale.ROOT);
            if (!COLUMNS.contains(name)) {
                mistakes.add("line " + line, "no such column: " + JsonSchedule.quoted(names.get(i)) + (names.size() == 1 && name.contains(";") ? "; columns are separated by commas" : ""));
            } else if (header.put(name, i) != null) {
                mistakes.add("line " + line, "the column " + name + " is there twice");
            }
        }
        if (!header.containsKey("kind")) {
            mistakes.add("line " + line, "the column kind is missing");
        }
    }

    private void row(final Row row) {
        final String exception = lastException;
        lastException = null;
        switch (row.get("kind").toLowerCase(Locale.ROOT)) {
            case "week" -> week(row, "weekly");
            case "ramadan" -> week(row, "ramadan");
            case "exception" -> exception(row, exception);
            case "align" -> rule(row, pool(row), "alignMinutes", WrittenSchedule.number(row.get("value")));
            case "services" -> rule(row, pool(row), "services", new JsonArray(WrittenSchedule.words(row.get("value"))));
            case "spill" -> spill(row);
            case "overbooking" -> rule(row, pool(row), "overbooking", overbooking(row));
            case "release-days-ahead" -> rule(row, "release", "daysAhead", WrittenSchedule.number(row.get("value")));
            case "release-at" -> rule(row, "release", "at", row.get("value"));
            case "release-stagger" -> rule(row, "release", "staggerMinutes", WrittenSchedule.number(row.get("value")));
            case "holidays-host" -> rule(row, "holidays", "host", flag(row));
            case "holidays-morocco" -> rule(row, "holidays", "morocco", flag(row));
            case "feast" -> listed(row, "holidays", "confirmed", dates(row, "expected", "date"));
            case "worked" -> listed(row, "holidays", "worked", row.get("from"));
            case "ramadan-dates" -> listed(row, "holidays", "ramadan", dates(row, "from", "to"));
            default -> mistakes.add("line " + row.line(), "no such kind: " + JsonSchedule.quoted(row.get("kind")));
        }
    }

    /** Without hours: there are none, ever. */
    private void week(final Row row, final String week) {
        final String pool = pool(row);
        if (pool == null) {
            return;
        }
        final JsonObject of = at(pool);
        if (!of.containsKey(week)) {
            of.put(week, new JsonArray());
        }
        if (row.has("open") || row.has("close") || row.has("places")) {
            final JsonObject opening = hours(row).put("days", days(row));
            optional(row, opening, "from");
            optional(row, opening, "to");
            if (row.has("except")) {
                opening.put("except", new JsonArray(WrittenSchedule.words(row.get("except"))));
            }
            lines.put(pool + '.' + week + '[' + of.getJsonArray(week).size() + ']', row.line());
            of.getJsonArray(week).add(opening);
        }
    }

    /** Rows that follow each other and differ in their hours only are one exception. */
    private void exception(final Row row, final String before) {
        final JsonArray exceptions = json.getJsonArray("exceptions");
        final String same = String.join("\n", row.get("pool"), row.get("days"), row.get("from"), row.get("to"), row.get("reason"));
        lastException = same;
        if (!same.equals(before)) {
            final JsonObject exception = new JsonObject().put("from", row.get("from")).put("pools", new JsonArray(WrittenSchedule.words(row.get("pool")))).put("days", days(row)).put("hours", new JsonArray());
            optional(row, exception, "to");
            optional(row, exception, "reason");
            lines.put("exceptions[" + exceptions.size() + ']', row.line());
            exceptions.add(exception);
        }
        if (row.has("open") || row.has("close") || row.has("places")) {
            final JsonArray hours = exceptions.getJsonObject(exceptions.size() - 1).getJsonArray("hours");
            lines.put("exceptions[" + (exceptions.size() - 1) + "].hours[" + hours.size() + ']', row.line());
            hours.add(hours(row));
        }
    }

    private void spill(final Row row) {
        final JsonObject spill = new JsonObject();
        quotas(row).forEach(quota -> spill.put(quota.getKey(), new JsonObject().put("hoursBefore", quota.getValue())));
        rule(row, row.has("pool") ? pool(row) : "", "spill", spill);
    }

    private static JsonObject overbooking(final Row row) {
        final JsonObject rule = new JsonObject();
        number(row, "max_wait_minutes", rule, "maxWaitMinutes");
        number(row, "max_share", rule, "maxShare");
        number(row, "until_hours_before", rule, "untilHoursBefore");
        return rule;
    }

    // ---- parts

    private static void number(final Row row, final String column, final JsonObject into, final String name) {
        if (row.has(column)) {
            into.put(name, WrittenSchedule.number(row.get(column)));
        }
    }

    private static JsonObject hours(final Row row) {
        final JsonObject hours = new JsonObject().put("open", row.get("open")).put("close", row.get("close")).put("places", WrittenSchedule.number(row.get("places")));
        final JsonObject quotas = quotas(row);
        return quotas.isEmpty() ? hours : hours.put("quotas", quotas);
    }

    private static JsonObject quotas(final Row row) {
        final JsonObject quotas = new JsonObject();
        for (final Quota quota : Quota.values()) {
            final String column = quota.name().toLowerCase(Locale.ROOT);
            if (row.has(column)) {
                quotas.put(quota.name(), WrittenSchedule.number(row.get(column)));
            }
        }
        return quotas;
    }

    /** As {@code MON TUE} or {@code MON-FRI}. */
    private static JsonArray days(final Row row) {
        final List<String> days = new ArrayList<>();
        for (final String word : WrittenSchedule.words(row.get("days").toUpperCase(Locale.ROOT))) {
            final String[] ends = word.split("-", 2);
            final DayOfWeek first = ScheduleJson.weekday(ends[0]);
            final DayOfWeek last = ScheduleJson.weekday(ends[ends.length - 1]);
            if (first == null || last == null) {
                days.add(word);
            } else {
                for (int i = 0; i <= Math.floorMod(last.ordinal() - first.ordinal(), 7); i++) {
                    days.add(ScheduleJson.weekday(first.plus(i)));
                }
            }
        }
        return new JsonArray(days);
    }

    private static Object flag(final Row row) {
        return switch (row.get("value").toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> row.get("value");
        };
    }

    private static JsonObject dates(final Row row, final String first, final String second) {
        return new JsonObject().put(first, row.get("from")).put(second, row.get("to"));
    }

    private static void optional(final Row row, final JsonObject into, final String name) {
        if (row.has(name)) {
            into.put(name, row.get(name));
        }
    }

    /** Its place in the tree, {@code null} = the row names none, which was told. */
    private String pool(final Row row) {
        if (!row.has("pool")) {
            mistakes.add("line " + row.line(), "names no pool");
            return null;
        }
        final JsonArray all = json.getJsonArray("pools");
        final Integer known = pools.putIfAbsent(row.get("pool"), all.size());
        if (known == null) {
            lines.put("pools[" + all.size() + ']', row.line());
            all.add(new JsonObject().put("pool", row.get("pool")));
        }
        return "pools[" + pools.get(row.get("pool")) + ']';
    }

    /** @param place as {@link #pool} gives it, or a name at the root, or empty = the root itself */
    private JsonObject at(final String place) {
        if (place.isEmpty()) {
            return json;
        }
        if (place.startsWith("pools[")) {
            return json.getJsonArray("pools").getJsonObject(Integer.parseInt(place.substring(6, place.length() - 1)));
        }
        if (!json.containsKey(place)) {
            json.put(place, new JsonObject());
        }
        return json.getJsonObject(place);
    }

    private void rule(final Row row, final String place, final String name, final Object value) {
        if (place == null) {
            return;
        }
        final JsonObject into = at(place);
        if (into.containsKey(name)) {
            mistakes.add("line " + row.line(), row.get("kind") + " was said before");
        }
        lines.put(place.isEmpty() ? name : place + '.' + name, row.line());
        into.put(name, value);
    }

    private void listed(final Row row, final String place, final String name, final Object value) {
        final JsonObject into = at(place);
        if (!into.containsKey(name)) {
            into.put(name, new JsonArray());
        }
        lines.put(place + '.' + name + '[' + into.getJsonArray(name).size() + ']', row.line());
        into.getJsonArray(name).add(value);
    }
}
