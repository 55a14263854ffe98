package org.mawid.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of figures and their values, as people read them. A name ends with its unit, see the house style. */
final class Words {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    /** The first that the name ends with counts, perhaps with what it is for each of. */
    private static final List<Map.Entry<Pattern, String>> UNITS = List.of(
            unit("PerSecond", "/s"), unit("Seconds", "s"), unit("Us", "µs"), unit("Ms", "ms"), unit("Ns", "ns"), unit("MiB", "MiB"), unit("Bytes(Allocated)?", "B"),
            unit("Percent", "%"), unit("Ratios?", "×"));

    private Words() {
    }

    private static Map.Entry<Pattern, String> unit(final String ending, final String shown) {
        return Map.entry(Pattern.compile("(.*[a-z0-9]" + ending + "|" + Character.toLowerCase(ending.charAt(0)) + ending.substring(1) + ")(Each|PerCommand|Rounds|Tenths|OverTime)?$"), shown);
    }

    /** Of a figure called so, empty when it has none. */
    static String unitOf(final String name) {
        for (final Map.Entry<Pattern, String> unit : UNITS) {
            if (unit.getKey().matcher(name).matches()) {
                return unit.getValue();
            }
        }
        return name.startsWith("percent") ? "%" : "";
    }

    /** As the floors have it, for people. */
    static String unit(final String unit) {
        return unit == null ? "" : "x".equals(unit) ? "×" : unit;
    }

    /** {@code serverCpuUsEach} → server cpu µs each. */
    static String of(final String name) {
        final StringBuilder words = new StringBuilder();
        for (final String word : HUMP.split(name)) {
            final boolean isName = word.length() > 1 && word.chars().allMatch(c -> Character.isUpperCase(c) || Character.isDigit(c)) || word.contains("MiB");
            words.append(words.isEmpty() ? "" : " ").append(word.equals("Us") ? "µs" : word.equals("Ms") ? "ms" : word.equals("Ns") ? "ns" : isName ? word : word.toLowerCase(Locale.ROOT));
        }
        return words.toString().replace("p999", "p99.9").replace("mi b", "MiB").replace("ki b", "KiB");
    }

    /** Grouped by thousands; whole, or to four digits. */
    static String number(final Number number) {
        final BigDecimal exact = new BigDecimal(number.toString());
        if (exact.signum() == 0) {
            return "0";
        }
        final BigDecimal rounded = exact.abs().compareTo(BigDecimal.valueOf(10_000)) >= 0 ? exact.setScale(0, java.math.RoundingMode.HALF_UP)
                : exact.round(new MathContext(4));
        final BigDecimal plain = rounded.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }

    /** A value and its unit. */
    static String with(final Number number, final String unit) {
        return number(number) + (unit.isEmpty() || unit.startsWith("/") || unit.equals("×") ? unit : " " + unit);
    }

    /** An object's entries one after the other. */
    static String sentence(final JsonObject object) {
        final List<String> parts = new ArrayList<>();
        for (final Map.Entry<String, Object> entry : object) {
            parts.add(of(entry.getKey()) + ": " + shown(entry.getValue()));
        }
        return String.join("; ", parts);
    }

    private static String shown(final Object value) {
        if (value instanceof JsonArray array) {
            return String.join(", ", array.stream().map(Words::shown).toList());
        }
        return value instanceof JsonObject object ? "(" + sentence(object) + ")" : value instanceof Number number ? number(number) : String.valueOf(value);
    }
}
