package org.mawid.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Plots of a result that says itself how it wants to be drawn, in {@code plots}: then nothing is guessed from names. Each has {@code plot}, its kind,
 * a {@code title}, a {@code unit}, and
 * <ul>
 * <li>{@code heatmap}: {@code from}, a date, {@code names}, and {@code values}, for each name a list by day, null where there is nothing;
 * <li>{@code dates}: {@code from} and {@code series}, each a {@code name} and {@code values} by day;
 * <li>{@code columns}: {@code x}, what stands side by side, and {@code series} as above; {@code isLying} for long names.
 * </ul>
 */
final class Declared {
    private Declared() {
    }

    static List<Plot> of(final JsonArray declared) {
        final List<Plot> plots = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            final JsonObject one = declared.getJsonObject(i);
            final String kind = one.getString("plot", "");
            switch (kind) {
                case "heatmap" -> plots.add(heatMap(one));
                case "dates" -> plots.add(dates(one));
                case "columns" -> plots.add(columns(one));
                default -> throw new IllegalArgumentException("no plot is called '" + kind + "': there are heatmap, dates, columns");
            }
        }
        return plots;
    }

    /** As a table: by name and month, because by day nobody could read it. */
    private static Plot heatMap(final JsonObject one) {
        final LocalDate from = LocalDate.parse(one.getString("from"));
        final JsonArray names = one.getJsonArray("names");
        final List<String> columns = new ArrayList<>(List.of("What"));
        final List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            final JsonArray values = one.getJsonArray("values").getJsonArray(row);
            final List<Object> cells = new ArrayList<>(List.of(names.getString(row)));
            for (int day = 0; day < values.size(); ) {
                final LocalDate month = from.plusDays(day);
                double sum = 0;
                int count = 0;
                for (; day < values.size() && from.plusDays(day).getMonthValue() == month.getMonthValue(); day++) {
                    final Number value = (Number) values.getValue(day);
                    sum += value == null ? 0 : value.doubleValue();
                    count += value == null ? 0 : 1;
                }
                cells.add(count == 0 ? "" : (Object) Math.round(sum / count));
                if (row == 0) {
                    columns.add(month.toString().substring(0, 7) + ", " + one.getString("unit"));
                }
            }
            rows.add(cells);
        }
        return plot(one, names.size() + " rows, day by day from " + from + "; the table has the means by month", columns, rows);
    }

    private static Plot dates(final JsonObject one) {
        final LocalDate from = LocalDate.parse(one.getString("from"));
        final List<List<Object>> rows = new ArrayList<>();
        final List<String> columns = new ArrayList<>(List.of("Day"));
        final List<String> words = new ArrayList<>();
        final JsonArray series = one.getJsonArray("series");
        for (int i = 0; i < series.size(); i++) {
            final JsonObject line = series.getJsonObject(i);
            final JsonArray values = line.getJsonArray("values");
            columns.add(line.getString("name") + ", " + one.getString("unit"));
            words.add(line.getString("name") + ": " + values.getValue(0) + " at first, " + values.getValue(values.size() - 1) + " at last");
            for (int day = 0; day < values.size(); day++) {
                if (i == 0) {
                    rows.add(new ArrayList<>(List.of(from.plusDays(day).toString())));
                }
                rows.get(day).add(values.getValue(day));
            }
        }
        return plot(one, String.join("; ", words), columns, rows);
    }

    private static Plot columns(final JsonObject one) {
        final JsonArray names = one.getJsonArray("x");
        final JsonArray series = one.getJsonArray("series");
        final List<List<Object>> rows = new ArrayList<>();
        final List<String> columns = new ArrayList<>(List.of("What"));
        for (int i = 0; i < series.size(); i++) {
            columns.add(series.getJsonObject(i).getString("name") + ", " + one.getString("unit"));
        }
        for (int at = 0; at < names.size(); at++) {
            final List<Object> cells = new ArrayList<>(List.of(names.getString(at)));
            for (int i = 0; i < series.size(); i++) {
                cells.add(series.getJsonObject(i).getJsonArray("values").getValue(at));
            }
            rows.add(cells);
        }
        return plot(one, names.size() + " things, " + series.size() + " figures each; the table has them", columns, rows);
    }

    private static Plot plot(final JsonObject one, final String inWords, final List<String> columns, final List<List<Object>> rows) {
        final JsonObject drawn = one.copy();
        drawn.remove("title");
        return new Plot(one.getString("title"), one.getString("plot"), inWords, drawn.put("kind", one.getString("plot")), columns, rows);
    }
}
