package org.mawid.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One value of a result.
 *
 * @param path  from the top, an element of a list as {@code [0]}
 * @param names the same for people: an element of a list by what it is of
 * @param value a number, a text, or a list of numbers
 * @param unit  of the value, empty for none
 */
record Figure(List<String> path, List<String> names, Object value, String unit) {
    private static final String CURVE = "curve";

    /** All that are in a result, but for curves, which are only to be looked at. */
    static List<Figure> of(final JsonObject result) {
        final List<Figure> figures = new ArrayList<>();
        add(figures, List.of(), List.of(), result, "");
        return figures;
    }

    /** The outermost thing that it belongs to: itself, or an element of a list. */
    List<String> group() {
        return path.subList(0, path.size() == 1 ? 0 : path.size() > 2 && path.get(1).startsWith("[") ? 2 : 1);
    }

    /** Name of the group, empty for the result as a whole. */
    String groupName() {
        return String.join(", ", names.subList(0, groupNames()));
    }

    /** What it is within its group. */
    String label() {
        return String.join(", ", names.subList(groupNames(), names.size()));
    }

    /** Whether it belongs to an element of a list. */
    boolean isOfList() {
        return group().size() > 1;
    }

    /** An element of a list and the list itself share a name. */
    int groupNames() {
        return Math.min(1, group().size());
    }

    String words() {
        return String.join(", ", names);
    }

    String last() {
        return path.get(path.size() - 1);
    }

    private static void add(final List<Figure> figures, final List<String> path, final List<String> names, final Object value, final String unit) {
        if (value instanceof JsonObject object) {
            for (final Map.Entry<String, Object> entry : object) {
                final String key = entry.getKey();
                if (!CURVE.equals(key)) {
                    final String own = "count".equals(key) ? "" : !unit.isEmpty() && !unit.equals("×") ? unit : Words.unitOf(key);
                    add(figures, with(path, key), with(names, Words.of(key)), entry.getValue(), own.isEmpty() && !"count".equals(key) ? unit : own);
                }
            }
        } else if (value instanceof JsonArray array && !isNumbers(array)) {
            for (int i = 0; i < array.size(); i++) {
                final List<String> element = new ArrayList<>(names.subList(0, names.size() - 1));
                element.add(nameOf(names.get(names.size() - 1), i, array.getValue(i)));
                add(figures, with(path, "[" + i + "]"), List.copyOf(with(element, "")), array.getValue(i), unit);
            }
        } else if (value != null) {
            figures.add(new Figure(path, names.stream().filter(name -> !name.isEmpty()).toList(), value, unitOf(path, value, unit)));
        }
    }

    /** Rounds are of what stands beside them. */
    private static String unitOf(final List<String> path, final Object value, final String unit) {
        return unit.isEmpty() && value instanceof JsonArray && "rounds".equals(path.get(path.size() - 1)) ? "/s" : unit;
    }

    private static boolean isNumbers(final JsonArray array) {
        return !array.isEmpty() && array.stream().allMatch(Number.class::isInstance);
    }

    /** An element of a list is called by what comes first in it: its name, or the number that is varied. */
    private static String nameOf(final String list, final int index, final Object element) {
        if (element instanceof JsonObject object) {
            for (final Map.Entry<String, Object> entry : object) {
                if (entry.getValue() instanceof Number number) {
                    final String unit = Words.unitOf(entry.getKey());
                    return unit.isEmpty() ? Words.number(number) + " " + Words.of(entry.getKey()) : "at " + Words.with(number, unit);
                }
                if (entry.getValue() instanceof String name && !name.isEmpty()) {
                    return name;
                }
                break;
            }
        }
        return list + " " + (index + 1);
    }

    private static List<String> with(final List<String> path, final String step) {
        final List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
