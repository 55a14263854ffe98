package org.mawid.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mawid.bench.floor.Floors;

/** Which plots a result gives. */
final class Plots {
    private static final Map<String, Double> POINTS = new TreeMap<>(Map.of("p50", 50.0, "p99", 99.0, "p999", 99.9));
    private static final int MOST_BARS = 16;
    private static final String TRIED = "tried";
    /** Of a search: asked for, not measured. */
    private static final Set<String> ASKED_FOR = Set.of("p99BelowMs", "secondsEach");
    /** How many times better or worse than its floor a figure is drawn at most. */
    private static final double FURTHEST = 20;

    private Plots() {
    }

    /** @param floors rows of {@link Floors#held}: where their figures are drawn round by round, they are drawn too */
    static List<Plot> of(final JsonObject measured, final JsonArray floors) {
        final List<Figure> all = Figure.of(measured);
        final List<Figure> figures = all.stream().filter(figure -> !isTried(figure)).toList();
        final List<Plot> plots = new ArrayList<>();
        plots.addAll(latencies(measured, figures));
        plots.addAll(searches(all));
        plots.addAll(rounds(figures, floors, false));
        plots.addAll(rounds(figures, floors, true));
        plots.addAll(growths(measured));
        plots.addAll(byMonth(measured));
        plots.addAll(overTime(figures));
        plots.addAll(bars(figures));
        return plots;
    }

    /** Of one of the rates that a search tried: they are drawn together, not each by itself. */
    private static boolean isTried(final Figure figure) {
        final int tried = figure.path().indexOf(TRIED);
        return tried > 0 && figure.path().size() > tried + 2;
    }

    /** One of each search: a benchmark may look for the highest rate of several loads. */
    private static List<Plot> searches(final List<Figure> all) {
        return all.stream().filter(Plots::isTried).map(figure -> figure.path().subList(0, figure.path().indexOf(TRIED))).distinct()
                .flatMap(search -> search(search, all).stream()).toList();
    }

    /** The p99 that each rate of a search came to, and what it had to stay below. @param path of the search */
    private static Optional<Plot> search(final List<String> path, final List<Figure> all) {
        final int steps = path.size();
        final List<Figure> own = all.stream().filter(figure -> figure.path().size() > steps && figure.path().subList(0, steps).equals(path)).toList();
        final Map<String, Map<Double, Number>> series = new LinkedHashMap<>();
        for (final Figure figure : own) {
            if (isTried(figure) && figure.last().equals("p99") && figure.unit().equals("µs")) {
                final List<String> trial = figure.path().subList(0, steps + 2);
                final String name = String.join(", ", figure.names().subList(steps + 1, figure.names().size() - 1)).replaceAll("(, |^)latency µs$", "").replaceAll(" µs$", "");
                own.stream().filter(other -> other.path().size() == steps + 3 && other.path().subList(0, steps + 2).equals(trial) && other.last().equals("duePerSecond")).findFirst()
                        .ifPresent(due -> series.computeIfAbsent(name.isEmpty() ? "p99" : name, first -> new TreeMap<>()).merge(((Number) due.value()).doubleValue(),
                                (Number) figure.value(), (one, again) -> one.doubleValue() < again.doubleValue() ? one : again));
            }
        }
        if (series.isEmpty()) {
            return Optional.empty();
        }
        final JsonArray drawn = new JsonArray();
        final List<List<Object>> rows = new ArrayList<>();
        series.forEach((name, points) -> {
            final JsonArray values = new JsonArray();
            points.forEach((due, p99) -> {
                values.add(new JsonArray().add(due).add(p99));
                rows.add(row(name, due, p99));
            });
            drawn.add(new JsonObject().put("name", name).put("points", values));
        });
        final double limitUs = own.stream().filter(figure -> figure.last().equals("p99BelowMs")).mapToDouble(figure -> ((Number) figure.value()).doubleValue() * 1_000).findFirst().orElse(0);
        final String of = steps > 1 ? " of " + Words.of(path.get(0)) : "";
        return Optional.of(new Plot("Search for the highest rate" + of + ": p99 of each that was tried", "search", drawn.size() + " series; p99 had to stay below " + Words.with(limitUs, "µs"),
                new JsonObject().put("kind", "search").put("y", "p99, µs").put("unit", "µs").put("limit", limitUs).put("series", drawn),
                List.of("Series", "Due a second", "p99, µs"), rows));
    }

    /** Shares in percent, month by month: {@code byMonth} has an object of months for each. */
    private static List<Plot> byMonth(final JsonObject measured) {
        if (!(measured.getValue("byMonth") instanceof JsonObject all) || all.isEmpty()) {
            return List.of();
        }
        final JsonArray series = new JsonArray();
        final List<List<Object>> rows = new ArrayList<>();
        JsonArray months = new JsonArray();
        for (final Map.Entry<String, Object> one : all) {
            final JsonArray values = new JsonArray();
            months = new JsonArray();
            for (final Map.Entry<String, Object> month : (JsonObject) one.getValue()) {
                months.add(month.getKey());
                values.add(month.getValue());
                rows.add(row(Words.of(one.getKey()), month.getKey(), month.getValue()));
            }
            series.add(new JsonObject().put("name", Words.of(one.getKey())).put("values", values));
        }
        return List.of(new Plot("By month, % of what was open", "rounds", months.size() + " months", new JsonObject().put("kind", "rounds").put("y", "%").put("unit", "%")
                .put("x", "month").put("names", months).put("series", series).put("lines", new JsonArray()), List.of("Series", "Month", "%"), rows));
    }

    /** A cost, or memory, against how many things there are, with the curve that was fitted to it: {@code growth} says of which list and figure. */
    private static List<Plot> growths(final JsonObject measured) {
        final List<Plot> plots = new ArrayList<>();
        if (measured.getValue("growth") instanceof JsonObject all) {
            for (final Map.Entry<String, Object> one : all) {
                if (one.getValue() instanceof JsonObject growth && growth.getValue("of") instanceof String things
                        && growth.getValue("figure") instanceof String figure && measured.getValue(things) instanceof JsonArray sizes) {
                    plots.add(growth(growth, things, figure, sizes));
                }
            }
        }
        return plots;
    }

    private static Plot growth(final JsonObject growth, final String things, final String figure, final JsonArray sizes) {
        final JsonArray points = new JsonArray();
        final JsonArray fitted = new JsonArray();
        final List<List<Object>> rows = new ArrayList<>();
        final Double a = growth.getDouble("a");
        final Double b = growth.getDouble("b");
        final boolean isLinear = growth.getBoolean("isLinear", false);
        final String against = growth.getString("against", things);
        for (int i = 0; i < sizes.size(); i++) {
            final double count = sizes.getJsonObject(i).getDouble(against);
            final double cost = sizes.getJsonObject(i).getDouble(figure);
            final Double onCurve = a == null || b == null ? null : a + b * (isLinear ? count : Math.log(count) / Math.log(2));
            points.add(new JsonArray().add(count).add(cost));
            if (onCurve != null) {
                fitted.add(new JsonArray().add(count).add(onCurve));
            }
            rows.add(row(count, cost, onCurve));
        }
        final String unit = Words.unitOf(figure);
        final String formula = growth.getString("formula", "");
        return new Plot((unit.endsWith("s") ? "Cost" : "Memory") + " against " + Words.of(things) + ": " + formula, "growth", Words.of(figure) + " " + formula,
                new JsonObject().put("kind", "growth").put("x", Words.of(things)).put("y", Words.of(figure)).put("unit", unit).put("isLinear", isLinear).put("points", points).put("fitted", fitted),
                List.of(Words.of(things), Words.of(figure), "On the curve"), rows);
    }

    /** How far each measured figure is from its floor, as a multiple in which more is better. None when nothing was measured. */
    static Optional<Plot> ofFloors(final List<JsonObject> floors) {
        final JsonArray bars = new JsonArray();
        final List<List<Object>> rows = new ArrayList<>();
        for (final JsonObject floor : floors) {
            final Double times = times(floor, floor.getDouble("measured"));
            if (times != null) {
                final Double goal = times(floor, floor.getDouble("goal"));
                final String unit = Words.unit(floor.getString("unit"));
                final String shown = Words.with(floor.getDouble("measured"), unit);
                bars.add(new JsonObject().put("what", floor.getString("what")).put("times", times).put("goal", goal).put("isMet", Floors.isMet(floor))
                        .put("verdict", floor.getString("verdict")).put("measured", shown)
                        .put("floor", Words.with(floor.getDouble("floor"), unit)));
                rows.add(row(floor.getString("what"), times, goal, floor.getString("verdict")));
            }
        }
        final long met = floors.stream().filter(Floors::isMet).count();
        return bars.isEmpty() ? Optional.empty() : Optional.of(new Plot("Measured against floor and goal: right of the line is better than the floor", "floors",
                met + " of " + floors.size() + " floors are met; the table has them all", new JsonObject().put("kind", "floors").put("bars", bars),
                List.of("What", "Times as good as the floor", "Goal", "Verdict"), rows));
    }

    /** @return null when it cannot be told as a multiple */
    private static Double times(final JsonObject floor, final Double value) {
        final Double least = floor.getDouble("floor"); // null: it hangs on what this result does not have
        if (value == null || least == null || least <= 0) {
            return null;
        }
        final Double goal = floor.getDouble("goal");
        final boolean isMost = floor.getBoolean("isMost", goal != null && goal < least);
        // Something added may be nothing, or less than nothing: that is as good as can be drawn.
        return isMost ? least / Math.max(value, least / FURTHEST) : Math.max(value, least / FURTHEST) / least;
    }

    private static List<Plot> latencies(final JsonObject measured, final List<Figure> figures) {
        final Map<List<String>, List<Figure>> groups = new LinkedHashMap<>();
        for (final Figure figure : figures) {
            if (figure.last().equals("p99") && figure.unit().endsWith("s")) {
                groups.computeIfAbsent(figure.group(), group -> new ArrayList<>()).add(figure);
            }
        }
        final List<Plot> plots = new ArrayList<>();
        for (final List<Figure> group : groups.values()) {
            final JsonArray series = new JsonArray();
            final List<List<Object>> rows = new ArrayList<>();
            final List<String> words = new ArrayList<>();
            String unit = "";
            for (final Figure p99 : group) {
                final Object at = at(measured, p99.path().subList(0, p99.path().size() - 1));
                final JsonArray points = at instanceof JsonObject latency ? points(latency) : new JsonArray();
                if (points.size() >= 2 && (unit.isEmpty() || unit.equals(p99.unit())) && !isDifference(p99)) {
                    unit = p99.unit();
                    final String name = seriesName(p99);
                    series.add(new JsonObject().put("name", name).put("points", points));
                    points.forEach(point -> rows.add(row(name, ((JsonArray) point).getValue(0), ((JsonArray) point).getValue(1))));
                    words.add(name + ": p99 " + Words.with((Number) p99.value(), unit));
                }
            }
            if (!series.isEmpty()) {
                plots.add(new Plot(titled("Latency by percentile", group.get(0)), "percentiles", String.join("; ", words),
                        new JsonObject().put("kind", "percentiles").put("y", "latency, " + unit).put("unit", unit).put("series", series),
                        List.of("Series", "Percentile", "Latency, " + unit), rows));
            }
        }
        return plots;
    }

    /** What one latency has more than another is none itself. */
    private static boolean isDifference(final Figure figure) {
        return figure.path().get(figure.path().size() - 2).startsWith("adds");
    }

    private static JsonArray points(final JsonObject latency) {
        if (latency.getValue("curve") instanceof JsonArray curve && !curve.isEmpty()) {
            return curve;
        }
        final JsonArray points = new JsonArray();
        POINTS.forEach((name, percentile) -> {
            if (latency.getValue(name) instanceof Number value) {
                points.add(new JsonArray().add(percentile).add(value));
            }
        });
        return points;
    }

    private static String seriesName(final Figure p99) {
        final List<String> names = p99.names().subList(p99.groupNames(), p99.names().size() - 1);
        final String name = String.join(", ", names).replaceAll(", latency µs$", "").replaceAll(" µs$", "");
        return name.isEmpty() ? "measured" : name;
    }

    /** @param overTime those that were taken every tenth of a second, instead of those taken once a round */
    private static List<Plot> rounds(final List<Figure> figures, final JsonArray floors, final boolean overTime) {
        final Map<String, List<Figure>> groups = new LinkedHashMap<>();
        for (final Figure figure : figures) {
            if (figure.value() instanceof JsonArray array && array.size() > 1 && (overTime ? isTenths(figure.last()) : isRounds(figure.last()))) {
                groups.computeIfAbsent(figure.group() + figure.unit() + isBySecond(figure), group -> new ArrayList<>()).add(figure);
            }
        }
        final List<Plot> plots = new ArrayList<>();
        for (final List<Figure> group : groups.values()) {
            final Figure first = group.get(0);
            final JsonArray series = new JsonArray();
            final JsonArray lines = new JsonArray();
            final List<List<Object>> rows = new ArrayList<>();
            final List<String> words = new ArrayList<>();
            for (final Figure figure : group) {
                final JsonArray values = (JsonArray) figure.value();
                final String name = roundsName(figure);
                series.add(new JsonObject().put("name", name).put("values", values));
                for (int round = 0; round < values.size(); round++) {
                    rows.add(row(name, overTime ? round / 10.0 : round + 1, values.getValue(round)));
                }
                words.add(name + ": " + values.size() + (overTime ? " tenths of a second" : isBySecond(figure) ? " seconds" : " rounds"));
                lines.addAll(lines(figure, floors));
            }
            final String unit = first.unit().isEmpty() ? "" : ", " + first.unit();
            final String x = overTime ? "Seconds" : isBySecond(first) ? "Second" : "Round";
            final String what = overTime ? "Worst " + what(first).toLowerCase(Locale.ROOT).replace("by round", "in each tenth of a second") : what(first);
            plots.add(new Plot(titled(what, first), overTime ? "tenths" : "rounds", String.join("; ", words),
                    new JsonObject().put("kind", overTime ? "tenths" : "rounds").put("x", x.toLowerCase(Locale.ROOT)).put("y", what.replaceAll(" (by|in each) .*", "").toLowerCase(Locale.ROOT) + unit).put("unit", first.unit()).put("series", series)
                            .put("lines", lines), List.of("Series", x, "Value" + unit), rows));
        }
        return plots;
    }

    /** Second by second: what stands beside each other and has one unit shares a plot. */
    private static List<Plot> overTime(final List<Figure> figures) {
        final Map<String, List<Figure>> groups = new LinkedHashMap<>();
        for (final Figure figure : figures) {
            if (figure.last().endsWith("OverTime") && figure.value() instanceof JsonArray array && array.size() > 1) {
                groups.computeIfAbsent(figure.group() + figure.unit(), group -> new ArrayList<>()).add(figure);
            }
        }
        final List<Plot> plots = new ArrayList<>();
        for (final List<Figure> group : groups.values()) {
            final String unit = group.get(0).unit();
            final JsonArray series = new JsonArray();
            final List<List<Object>> rows = new ArrayList<>();
            final List<String> words = new ArrayList<>();
            for (final Figure figure : group) {
                final JsonArray values = (JsonArray) figure.value();
                final String name = figure.label().replaceAll("( per second| µs| ms)? over time$", "");
                series.add(new JsonObject().put("name", name).put("values", values));
                for (int second = 0; second < values.size(); second++) {
                    rows.add(row(name, second, values.getValue(second)));
                }
                words.add(name + ": " + values.size() + " seconds");
            }
            final String of = unit.isEmpty() ? "" : ", " + unit;
            plots.add(new Plot(titled("Second by second" + of, group.get(0)), "overTime", String.join("; ", words),
                    new JsonObject().put("kind", "overTime").put("y", unit.endsWith("s") && !unit.startsWith("/") ? "latency" + of : "second by second" + of).put("unit", unit)
                            .put("series", series), List.of("Series", "Second", "Value" + of), rows));
        }
        return plots;
    }

    private static boolean isRounds(final String name) {
        return name.equals("rounds") || name.equals("ratios") || name.endsWith("Rounds");
    }

    /** Taken once a second, not once a round. */
    private static boolean isBySecond(final Figure figure) {
        return figure.last().equals("perSecondRounds");
    }

    private static boolean isTenths(final String name) {
        return name.endsWith("Tenths");
    }

    private static String what(final Figure rounds) {
        return switch (rounds.unit()) {
            case "/s" -> isBySecond(rounds) ? "Throughput in each second" : "Throughput by round";
            case "×" -> "Ratio by round";
            case "µs", "ms" -> "Latency by round";
            case "s" -> "Time by round";
            default -> "By round";
        };
    }

    private static String roundsName(final Figure figure) {
        final String name = figure.label().replaceAll("(^|, )(rounds|ratios)$", "").replaceAll(", [a-z ]*µs tenths$", "").replaceAll("(,? per second| µs)? rounds$", "").replaceAll(" µs$", "");
        return name.isEmpty() ? "ratios".equals(figure.last()) ? "ratio" : "measured" : name;
    }

    /** Floor and goal of the figure that these rounds are of: {@code ratio} of {@code ratios}, {@code perSecond} of {@code rounds}. */
    private static JsonArray lines(final Figure rounds, final JsonArray floors) {
        final String last = rounds.last();
        final String of = last.equals("ratios") ? "ratio" : last.equals("rounds") ? "perSecond" : last.replaceAll("(Rounds|Tenths)$", "");
        final List<String> path = new ArrayList<>(rounds.path().subList(0, rounds.path().size() - 1));
        path.add(of);
        final JsonArray lines = new JsonArray();
        for (int i = 0; i < floors.size(); i++) {
            final JsonObject floor = floors.getJsonObject(i);
            if (floor.getString("path").equals(String.join(".", path))) {
                lines.add(new JsonObject().put("name", "floor").put("value", floor.getValue("floor")));
                if (floor.getValue("goal") != null) {
                    lines.add(new JsonObject().put("name", "goal").put("value", floor.getValue("goal")));
                }
            }
        }
        return lines;
    }

    /** Figures of one unit beside each other, unless they are drawn round by round already. */
    private static List<Plot> bars(final List<Figure> figures) {
        final Map<String, List<Figure>> groups = new LinkedHashMap<>();
        for (final Figure figure : figures) {
            final boolean isInPercentiles = POINTS.containsKey(figure.last()) || figure.last().equals("max") && figure.unit().equals("µs");
            if (figure.value() instanceof Number && !figure.unit().isEmpty() && !ASKED_FOR.contains(figure.last()) && !isInPercentiles && !hasRounds(figure, figures)) {
                groups.computeIfAbsent((figure.isOfList() ? figure.group() : "") + figure.unit(), group -> new ArrayList<>()).add(figure);
            }
        }
        final List<Plot> plots = new ArrayList<>();
        for (final List<Figure> group : groups.values().stream().flatMap(Plots::few).toList()) {
            if (group.size() > 1 && group.size() <= MOST_BARS) {
                final JsonArray bars = new JsonArray();
                final List<List<Object>> rows = new ArrayList<>();
                final List<String> words = new ArrayList<>();
                final String unit = group.get(0).unit();
                final boolean isOfOne = group.stream().map(Figure::groupName).distinct().count() == 1;
                for (final Figure figure : group) {
                    final String label = isOfOne ? figure.label() : figure.words();
                    bars.add(new JsonObject().put("what", label).put("value", figure.value()).put("shown", Words.with((Number) figure.value(), unit)));
                    rows.add(row(label, figure.value()));
                    words.add(label + ": " + Words.with((Number) figure.value(), unit));
                }
                plots.add(new Plot(isOfOne ? titled("Side by side, " + unit, group.get(0)) : "Side by side, " + unit, "bars", String.join("; ", words),
                        new JsonObject().put("kind", "bars").put("unit", unit).put("bars", bars), List.of("What", unit), rows));
            }
        }
        return plots;
    }

    /** More than one plot can show are parted by the outermost thing that they belong to. */
    private static Stream<List<Figure>> few(final List<Figure> group) {
        if (group.size() <= MOST_BARS || group.get(0).isOfList()) {
            return Stream.of(group);
        }
        final Map<List<String>, List<Figure>> parts = new LinkedHashMap<>();
        group.forEach(figure -> parts.computeIfAbsent(figure.group(), part -> new ArrayList<>()).add(figure));
        return parts.values().stream();
    }

    private static boolean hasRounds(final Figure figure, final List<Figure> figures) {
        final List<String> parent = figure.path().subList(0, figure.path().size() - 1);
        final String rounds = figure.last().equals("ratio") ? "ratios" : figure.last().equals("perSecond") ? "rounds" : figure.last() + "Rounds";
        return figures.stream().anyMatch(other -> other.last().equals(rounds) && other.value() instanceof JsonArray all && all.size() > 1 // one round is no line
                && other.path().subList(0, other.path().size() - 1).equals(parent));
    }

    private static String titled(final String what, final Figure of) {
        return of.groupName().isEmpty() ? what : what + ": " + of.groupName();
    }

    private static Object at(final JsonObject result, final List<String> path) {
        Object at = result;
        for (final String step : path) {
            at = at instanceof JsonObject object ? object.getValue(step)
                    : at instanceof JsonArray array ? array.getValue(Integer.parseInt(step.substring(1, step.length() - 1))) : null;
        }
        return at;
    }

    private static List<Object> row(final Object... cells) {
        return java.util.Arrays.asList(cells);
    }
}
