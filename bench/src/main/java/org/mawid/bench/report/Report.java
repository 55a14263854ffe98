package org.mawid.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.mawid.bench.floor.Floors;

/**
 * One page about one result, which needs nothing else: styles, plots and the library that draws them are in it. What it shows of a result
 * follows from how its figures are called, so that a new benchmark needs nothing here:
 * <ul>
 * <li>{@code …Us} with {@code p50} and {@code p99}: a latency; those that belong together share a plot, by {@code curve} when there is one;
 * <li>lists of numbers, {@code rounds}, {@code ratios}, {@code …Rounds}: round by round, {@code perSecondRounds} second by second;
 * <li>{@code tried}, the rates of a search with {@code duePerSecond} and latencies: p99 against the rate;
 * <li>{@code growth}, which names a list and a figure of its elements: that figure against what is counted, or {@code against} another count, with the fitted
 *     curve, a + b · log₂ n or, when it {@code isLinear}, a + b · n;
 * <li>{@code byMonth}, which has an object of months for each share: percent by month;
 * <li>lists called {@code …OverTime}: second by second;
 * <li>figures of one unit that stand beside each other: bars;
 * <li>{@code plots}: a result that says itself how it wants to be drawn, see {@link Declared}; then none of the above;
 * <li>what the design has a floor for: how far it is from the floor, and the floor and goal as lines where its rounds are drawn.
 * </ul>
 */
public final class Report {
    private static final List<String> ABOUT = List.of("benchmark", "width", "when", "version", "machine", "commandLine", "load", "leftOut", "plots", "sentences");
    private static final String READ_MODEL = "readModel";

    private Report() {
    }

    /**
     * Writes the page into a folder, which is made when it is missing, and beside it, with the same name and {@code .json}, the result that it was made of.
     *
     * @param result what {@code --json} writes
     * @return the page, named after benchmark and time
     */
    public static Path write(final JsonObject result, final Path folder) throws IOException {
        Files.createDirectories(folder);
        final String when = result.getString("when", "undated").replaceAll("\\.\\d+", "").replaceAll("[^0-9A-Za-z]", "");
        final String name = (title(result) + "-" + when).replaceAll("[^0-9A-Za-z-]+", "-");
        Files.writeString(folder.resolve(name + ".json"), file(result), StandardCharsets.UTF_8);
        return Files.writeString(folder.resolve(name + ".html"), html(result), StandardCharsets.UTF_8);
    }

    /** What a file with a result holds, and {@code bench report} reads. */
    public static String file(final JsonObject result) {
        return result.encodePrettily() + "\n";
    }

    /** The page. @param result what {@code --json} writes */
    public static String html(final JsonObject result) {
        final Html page = new Html();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
                .raw("<meta name=\"color-scheme\" content=\"light dark\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .raw("script-src 'unsafe-inline'; style-src 'unsafe-inline'\">")
                .element("title", "Mawid bench: " + title(result)).raw("<style>").raw(resource("report.css")).raw("</style></head><body>\n<header>")
                .raw("<p>Mawid bench</p>").element("h1", title(result)).raw("</header>\n<main>");
        about(page, result);
        if (result.getValue("results") instanceof JsonObject results) {
            overview(page, result.getJsonArray("floors", new JsonArray()), results);
        } else {
            part(page, result, "");
        }
        page.raw("<details class=\"source\"><summary>The result as JSON</summary><pre>").text(result.encodePrettily()).raw("</pre></details>\n</main>")
                .raw("<noscript><p>Plots need JavaScript; every figure is in the tables.</p></noscript>\n<script>").raw(echarts())
                .raw("</script>\n<script>").raw(resource("report.js")).raw("</script>\n</body></html>\n");
        return page.toString();
    }

    private static String title(final JsonObject result) {
        final String width = result.getString("width", "");
        return result.getString("benchmark", "result") + (width.isEmpty() ? "" : " " + width);
    }

    /** What was measured, where and how: what a figure is worth nothing without. */
    private static void about(final Html page, final JsonObject result) {
        if (result.getValue("sentences") instanceof JsonArray sentences) {
            sentences.forEach(sentence -> page.element("p", String.valueOf(sentence)));
        }
        page.raw("<dl class=\"about\">");
        fact(page, "When", result.getString("when"));
        fact(page, "Version", result.getString("version"));
        fact(page, "Command line", result.getString("commandLine"));
        final JsonObject machine = result.getJsonObject("machine");
        if (machine != null) {
            fact(page, "Machine", Words.sentence(machine));
        }
        if (result.getValue("secondsEach") instanceof Number seconds) {
            fact(page, "Seconds each", Words.number(seconds));
        }
        if (!result.containsKey("results")) {
            load(page, result);
        }
        page.raw("</dl>\n");
    }

    private static void load(final Html page, final JsonObject result) {
        String readModel = "not stated";
        if (result.getValue("load") instanceof JsonObject load) {
            final JsonObject shape = load.copy();
            readModel = shape.remove(READ_MODEL) instanceof String named ? named : readModel;
            fact(page, "Load", Words.sentence(shape));
        } else {
            fact(page, "Load", result.getString("load"));
        }
        fact(page, "Read model", readModel);
        fact(page, "Left out", result.getString("leftOut"));
    }

    private static void fact(final Html page, final String what, final String value) {
        if (value != null) {
            page.raw("<div>").element("dt", what).element("dd", value).raw("</div>");
        }
    }

    private static void overview(final Html page, final JsonArray floors, final JsonObject results) {
        page.raw("<section><h2>Floors</h2>");
        held(page, floors);
        page.raw("</section>\n<nav aria-label=\"Runs\"><ul>");
        for (final String run : results.fieldNames()) {
            page.raw("<li><a href=\"#").text(run).raw("\">").text(run).raw("</a></li>");
        }
        page.raw("</ul></nav>\n");
        for (final Map.Entry<String, Object> run : results) {
            final JsonObject result = (JsonObject) run.getValue();
            page.raw("<section id=\"").text(run.getKey()).raw("\">").element("h2", run.getKey()).raw("<dl class=\"about\">");
            fact(page, "Command line", result.getString("commandLine"));
            fact(page, "Failed", result.getString("failed"));
            load(page, result);
            page.raw("</dl>");
            part(page, result, run.getKey());
            page.raw("</section>\n");
        }
    }

    /** One benchmark's plots and figures. @param run as in the floors; empty: as its load tells */
    private static void part(final Html page, final JsonObject result, final String run) {
        final JsonArray floors = run.isEmpty() ? Floors.held(result) : Floors.held(run, result);
        if (run.isEmpty() && !floors.isEmpty()) {
            held(page, floors);
        }
        final JsonObject measured = result.copy();
        ABOUT.forEach(measured::remove);
        page.raw("<div class=\"plots\">");
        final List<Plot> plots = result.getValue("plots") instanceof JsonArray declared ? Declared.of(declared) : Plots.of(measured, floors);
        plots.forEach(plot -> plot(page, plot));
        page.raw("</div>\n");
        figures(page, measured);
    }

    private static void held(final Html page, final JsonArray floors) {
        final List<JsonObject> drawn = new ArrayList<>();
        page.raw("<div class=\"scroll\"><table><thead><tr><th>Run<th>What<th class=\"n\">Floor<th class=\"n\">Goal<th class=\"n\">Measured<th>Verdict</thead><tbody>");
        for (int i = 0; i < floors.size(); i++) {
            final JsonObject row = floors.getJsonObject(i);
            final String unit = Words.unit(row.getString("unit"));
            final String verdict = row.getString("verdict", "");
            page.raw("<tr>").element("td", row.getString("run", "")).element("td", row.getString("what", ""));
            for (final String figure : List.of("floor", "goal", "measured")) {
                page.raw("<td class=\"n\">");
                number(page, row.getValue(figure), unit);
            }
            page.raw("<td class=\"verdict ").text(verdict.toLowerCase(java.util.Locale.ROOT).replace(' ', '-')).raw("\">").text(verdict);
            drawn.add(row);
        }
        page.raw("</tbody></table></div>");
        Plots.ofFloors(drawn).ifPresent(plot -> plot(page, plot));
    }

    private static void number(final Html page, final Object value, final String unit) {
        if (value instanceof Number number) {
            page.raw("<data value=\"").text(number.toString()).raw("\">").text(Words.number(number)).raw("</data>").text(Words.with(number, unit).substring(Words.number(number).length()));
        } else {
            page.text("–");
        }
    }

    private static void plot(final Html page, final Plot plot) {
        page.raw("<figure class=\"of-").text(plot.kind()).raw("\"><figcaption>").text(plot.title()).raw("</figcaption><div class=\"plot ").text(plot.kind()).raw("\" role=\"img\" aria-label=\"")
                .text(plot.inWords()).raw("\" data-plot=\"").text(plot.json().encode()).raw("\"></div><details><summary>Data</summary><div class=\"scroll\"><table><thead><tr>");
        plot.columns().forEach(column -> page.raw("<th scope=\"col\">").text(column));
        page.raw("</thead><tbody>");
        for (final List<Object> row : plot.rows()) {
            page.raw("<tr>");
            for (final Object cell : row) {
                page.raw(cell instanceof Number ? "<td class=\"n\">" : "<td>");
                if (cell instanceof Number) {
                    number(page, cell, "");
                } else {
                    page.text(cell == null ? "" : cell.toString());
                }
            }
        }
        page.raw("</tbody></table></div></details></figure>\n");
    }

    private static void figures(final Html page, final JsonObject measured) {
        page.raw("<details class=\"figures\"><summary>All figures</summary><div class=\"scroll\"><table><thead><tr><th>What<th class=\"n\">Value<th>Unit</thead><tbody>");
        for (final Figure figure : Figure.of(measured)) {
            page.raw("<tr>").element("td", figure.words()).raw("<td class=\"n\">");
            if (figure.value() instanceof Number) {
                number(page, figure.value(), "");
            } else if (figure.value() instanceof JsonArray array) {
                for (int i = 0; i < array.size(); i++) {
                    page.raw(i == 0 ? "" : " · ");
                    number(page, array.getValue(i), "");
                }
            } else {
                page.text(String.valueOf(figure.value()));
            }
            page.element("td", figure.unit());
        }
        page.raw("</tbody></table></div></details>\n");
    }

    /** Minified, with its licence at its top. */
    private static String echarts() {
        try (InputStream in = Report.class.getResourceAsStream("echarts.properties")) {
            final Properties properties = new Properties();
            properties.load(in);
            return resource(properties.getProperty("script"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(final String name) {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
