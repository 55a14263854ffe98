package org.mawid.api.network;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One row while it is checked. A getter that cannot give a value reports why and gives a harmless one, so that all errors of a
 * row are found; whoever reads the row asks {@link #isRefused()} before using what it got. Digits are ASCII in every locale.
 */
final class Row {
    /** Longest text in characters; the longest real one, a list of documents, has about 250. */
    private static final int MAX_TEXT = 2_000;

    private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9_-]{0,31}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,10})?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}");

    private final String file;
    private final long line;
    private final Map<String, Integer> header;
    private final CsvRecord record;
    private final Refusals refusals;
    private final Set<String> refusedColumns = new HashSet<>();
    private boolean refused;

    Row(String file, long line, Map<String, Integer> header, CsvRecord record, Refusals refusals) {
        this.file = file;
        this.line = line;
        this.header = header;
        this.record = record;
        this.refusals = refusals;
        header.forEach((column, index) -> {
            if (hasUnprintable(record.getField(index))) refuse(column, "has a control character");
        });
    }

    String file() {
        return file;
    }

    long line() {
        return line;
    }

    boolean isRefused() {
        return refused;
    }

    /** The first reason for a column counts: what follows from it is noise, and would print what must not be printed. */
    void refuse(String column, String reason) {
        if (refusedColumns.add(column)) refusals.add(file, line, column, reason);
        refused = true;
    }

    /** The row cannot be used, for a reason that has been reported where it belongs. */
    void refuseSilently() {
        refused = true;
    }

    /** Whether the file has such a column, and something in it here. */
    boolean has(String column) {
        return header.containsKey(column) && !optional(column).isEmpty();
    }

    /** May be empty. */
    String optional(String column) {
        final String value = record.getField(header.get(column));
        if (value.length() <= MAX_TEXT) return value;
        refuse(column, "is longer than " + MAX_TEXT + " characters");
        return "";
    }

    String text(String column) {
        final String value = optional(column);
        if (value.isBlank()) refuse(column, "is empty");
        return value;
    }

    /** Capitals, digits, hyphen, underscore; at most 32: what a code may be in the log. */
    String code(String column) {
        return matching(column, CODE, "a code of capitals, digits, - and _");
    }

    int integer(String column, int min, int max) {
        final String value = matching(column, INTEGER, "a whole number");
        if (value == null) return min;
        final int number = Integer.parseInt(value);
        if (number < min || number > max) refuse(column, number + " is not within " + min + ".." + max);
        return number;
    }

    /** Never negative. */
    BigDecimal decimal(String column) {
        final String value = matching(column, DECIMAL, "a decimal number");
        return value == null ? BigDecimal.ZERO : new BigDecimal(value);
    }

    LocalDate date(String column) {
        final String value = matching(column, DATE, "a date like 2026-03-29");
        try {
            return value == null ? LocalDate.EPOCH : LocalDate.parse(value);
        } catch (DateTimeException e) {
            refuse(column, value + " is not in the calendar");
            return LocalDate.EPOCH;
        }
    }

    /** A minute of the day that is a multiple of {@value OpenDay#UNIT_MINUTES}: days are grids of units. */
    LocalTime time(String column) {
        final String value = matching(column, TIME, "a time like 09:00");
        if (value == null) return LocalTime.MIDNIGHT;
        try {
            final LocalTime time = LocalTime.parse(value);
            if (time.getMinute() % OpenDay.UNIT_MINUTES != 0) refuse(column, value + " is not a multiple of " + OpenDay.UNIT_MINUTES + " minutes");
            return time;
        } catch (DateTimeException e) {
            refuse(column, value + " is not a time of day");
            return LocalTime.MIDNIGHT;
        }
    }

    boolean flag(String column) {
        final String value = optional(column);
        if (!value.equals("true") && !value.equals("false")) refuse(column, quote(value) + " is neither true nor false");
        return value.equals("true");
    }

    <E extends Enum<E>> E oneOf(String column, Class<E> type) {
        return oneOf(column, optional(column), type);
    }

    <E extends Enum<E>> E oneOf(String column, String value, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) return constant;
        }
        refuse(column, quote(value) + " is none of " + List.of(type.getEnumConstants()));
        return null;
    }

    /** Parts of a {@code ;} list; none when the field is empty. */
    List<String> list(String column) {
        final String value = optional(column);
        if (value.isEmpty()) return List.of();
        final List<String> parts = List.of(value.split(";", -1));
        if (parts.stream().anyMatch(String::isBlank)) refuse(column, quote(value) + " has an empty part");
        return parts;
    }

    static String quote(String value) {
        return '"' + (value.length() <= 60 ? value : value.substring(0, 60) + "…") + '"';
    }

    private String matching(String column, Pattern pattern, String what) {
        final String value = optional(column);
        if (pattern.matcher(value).matches()) return value;
        refuse(column, value.isEmpty() ? "is empty" : quote(value) + " is not " + what);
        return null;
    }

    /** Control characters, half surrogates, and the marks that turn the writing direction so that a name reads as another. */
    private static boolean hasUnprintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c >= ' ' && c < 0x7F) continue; // nearly all: the files are read at every start
            if (Character.isISOControl(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029
                    || c == 0xFEFF) return true;
            if (Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)))) return true;
            if (Character.isHighSurrogate(c) && (i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1)))) return true;
        }
        return false;
    }
}
