package org.mawid.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages made of results that were recorded from real runs. */
class ReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert('2')>&\"";

    private static JsonObject recorded(final String name) throws IOException {
        try (InputStream in = ReportTest.class.getResourceAsStream(name)) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<Number> numbers(final Object value) {
        final List<Number> numbers = new ArrayList<>();
        if (value instanceof JsonObject object) {
            object.forEach(entry -> numbers.addAll(numbers(entry.getValue())));
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> numbers.addAll(numbers(element)));
        } else if (value instanceof Number number) {
            numbers.add(number);
        }
        return numbers;
    }

    /** What was measured: not what machine it was on, nor what was asked for. */
    private static JsonObject measured(final JsonObject result) {
        final JsonObject measured = result.copy();
        List.of("machine", "load", "secondsEach").forEach(measured::remove);
        if (measured.getValue("results") instanceof JsonObject results) {
            results.forEach(run -> List.of("machine", "load").forEach(((JsonObject) run.getValue())::remove));
        }
        return measured;
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-unary.json", "snapshot.json", "floors.json"})
    void givenARecordedResult_whenShown_thenAllOfItsFiguresAreThere(final String name) throws IOException {
        final JsonObject result = recorded(name);

        final String html = Report.html(result);

        final List<Number> numbers = numbers(measured(result));
        assertThat(numbers.size()).isGreaterThan(30);
        assertThat(numbers).allSatisfy(number -> assertThat(html).contains("<data value=\"" + number + "\">" + Words.number(number) + "</data>"));
        assertThat(html).contains("class=\"plot percentiles\"", "class=\"plot rounds\"");
        assertThat(html.contains("class=\"plot floors\"")).as("a single one has none whose load is not the floors', or not told in full").isEqualTo("floors.json".equals(name));
    }

    @Test
    void givenARecordedResult_whenShown_thenMachineCommandLineLoadReadModelAndWhatIsLeftOutAreThere() throws IOException {
        final JsonObject result = recorded("grpc-unary.json");

        final String html = Report.html(result);

        assertThat(html).contains("<dt>Machine</dt><dd>cpus: 2;", "<dt>Command line</dt><dd>bench grpc unary", "<dt>Load</dt><dd>mix: submit",
                "<dt>Read model</dt><dd>availability</dd>", "<dt>Left out</dt><dd>network (loopback)");
    }

    @Test
    void givenTextThatWouldBeMarkUp_whenShown_thenItIsText() throws IOException {
        final JsonObject hostile = recorded("snapshot.json").put("commandLine", HOSTILE).put("leftOut", HOSTILE).put(HOSTILE + "Us", new JsonObject()
                .put("p50", 1).put("p99", 2).put("p999", 3)).put("text", HOSTILE).put("width", HOSTILE);
        hostile.getJsonObject("load").put(HOSTILE, HOSTILE);

        final String html = Report.html(hostile);

        assertThat(html).doesNotContain(HOSTILE, "<script>alert", "<img src=x").contains("&lt;/script&gt;&lt;script&gt;alert(1)");
    }

    @Test
    void givenAPage_whenOpenedWithoutANetwork_thenNothingIsFetched() throws IOException {
        final String html = Report.html(recorded("floors.json"));

        assertThat(html).contains("default-src 'none'", "Apache License, Version 2.0");
        assertThat(html.substring(0, html.indexOf("<script>"))).doesNotContain("<link", " src=", "@import", "url(");
    }

    @Test
    void givenAResult_whenWritten_thenPageAndJsonAreNamedAfterBenchmarkAndTime_alsoWhenTheNameIsNoFileName(@TempDir final Path folder) throws IOException {
        final JsonObject result = recorded("grpc-unary.json").put("when", "2026-03-02T09:15:00.123Z");

        assertThat(Report.write(result, folder.resolve("new"))).exists().hasFileName("grpc-unary-20260302T091500Z.html");
        assertThat(Report.write(result.put("width", "../../x"), folder)).hasParent(folder).hasFileName("grpc-x-20260302T091500Z.html");
        assertThat(folder.resolve("grpc-x-20260302T091500Z.json")).exists();
    }

    /** As {@code bench report} does it. */
    @ParameterizedTest
    @ValueSource(strings = {"grpc-unary.json", "floors.json"})
    void givenTheJsonBesideAPage_whenAPageIsMadeOfIt_thenItIsTheSamePage_andTheJsonIsTheWholeResult(final String name, @TempDir final Path folder) throws IOException {
        final JsonObject result = recorded(name);
        final Path page = Report.write(result, folder);
        final Path json = page.resolveSibling(page.getFileName().toString().replace(".html", ".json"));

        final JsonObject again = new JsonObject(Files.readString(json));
        assertThat(again).isEqualTo(result);
        assertThat(Report.write(again, folder.resolve("later"))).hasSameTextualContentAs(page);
        assertThat(folder.resolve("later").resolve(json.getFileName())).hasSameTextualContentAs(json);
    }

    @Test
    void givenAnOlderResultWithoutCurves_whenShown_thenThePercentilesThatItHasAreDrawn() {
        final JsonObject result = new JsonObject().put("benchmark", "durable").put("openLoop", new JsonObject()
                .put("latencyUs", new JsonObject().put("p50", 500).put("p99", 2_000).put("p999", 6_000).put("count", 9))
                .put("diskAppendUs", new JsonObject().put("p50", 200).put("p99", 300).put("p999", 3_000)));

        final Plot plot = Plots.of(result, new JsonArray()).get(0);

        assertThat(plot.kind()).isEqualTo("percentiles");
        assertThat(plot.json().getJsonArray("series")).hasSize(2);
        assertThat(plot.rows()).contains(List.of("latency", 99.0, 2_000), List.of("disk append", 50.0, 200));
    }

    @Test
    void givenAResultThatDoesNotTellWhatItIsHeldTo_whenShown_thenThatFloorIsNotMeasured() {
        final JsonObject load = new JsonObject().put("engineSettings", "{}").put("readModel", "availability");
        final JsonObject result = new JsonObject().put("benchmark", "durable").put("load", load).put("commandsPerSecond", 900_000).put("openLoop", new JsonObject().put("duePerSecond", 450_000)
                .put("latencyUs", new JsonObject().put("p50", 500).put("p99", 2_000).put("p999", 6_000).put("count", 9)));

        assertThat(Report.html(result)).contains("NOT MEASURED", "class=\"plot floors\"");
    }

    @Test
    void givenRoundsOfAFigureThatHasAFloor_whenDrawn_thenFloorAndGoalAreLines() {
        final JsonObject result = new JsonObject().put("benchmark", "availability").put("ratio", 0.6).put("ratios", new JsonArray().add(0.5).add(0.6).add(0.7));

        final Plot plot = Plots.of(result, org.mawid.bench.floor.Floors.held("availability", result)).get(0);

        assertThat(plot.json().getJsonArray("lines")).extracting(line -> ((JsonObject) line).getString("name")).containsExactly("floor", "goal");
    }

    @Test
    void givenASearch_whenDrawn_thenItsRatesAreInOnePlotWithTheLimit_andNoneByItself() {
        final JsonArray tried = new JsonArray();
        for (final int due : new int[] {2_000, 1_000}) {
            tried.add(new JsonObject().put("duePerSecond", due).put("isBelow", due < 2_000).put("perSecond", due).put("perSecondRounds", new JsonArray().add(due).add(due))
                    .put("latencyUs", new JsonObject().put("p50", 100).put("p99", 5 * due).put("p999", 10 * due)));
        }
        final JsonObject result = new JsonObject().put("benchmark", "http").put("highestSustainable", new JsonObject().put("perSecond", 1_000).put("p99BelowMs", 8).put("tried", tried));

        final List<Plot> plots = Plots.of(result, new JsonArray());

        assertThat(plots).extracting(Plot::kind).containsOnlyOnce("search").doesNotContain("percentiles", "rounds");
        final Plot search = plots.stream().filter(plot -> plot.kind().equals("search")).findFirst().orElseThrow();
        assertThat(search.json().getDouble("limit")).isEqualTo(8_000);
        assertThat(search.rows()).containsExactly(List.of("p99", 1_000.0, 5_000), List.of("p99", 2_000.0, 10_000));
    }

    @Test
    void givenSearchesOfTwoLoads_whenDrawn_thenEachHasItsPlotAndItsLimit() {
        final JsonObject result = new JsonObject().put("benchmark", "http").put("highestSustainable", search(2_000, 8)).put("commands", new JsonObject().put("highestSustainable", search(300, 9)));

        final List<Plot> plots = Plots.of(result, new JsonArray());

        assertThat(plots).extracting(Plot::kind).doesNotContain("percentiles");
        assertThat(plots).extracting(Plot::title).as("limits were asked for, not measured").contains("Side by side, /s").doesNotContain("Side by side, ms");
        final List<Plot> searches = plots.stream().filter(plot -> plot.kind().equals("search")).toList();
        assertThat(searches).extracting(Plot::title).containsExactly("Search for the highest rate: p99 of each that was tried", "Search for the highest rate of commands: p99 of each that was tried");
        assertThat(searches).extracting(plot -> plot.json().getDouble("limit")).containsExactly(8_000.0, 9_000.0);
        assertThat(searches.get(1).rows()).containsExactly(List.of("p99", 300.0, 700));
    }

    private static JsonObject search(final int due, final int mostMs) {
        return new JsonObject().put("perSecond", due).put("p99BelowMs", mostMs).put("tried", new JsonArray().add(new JsonObject().put("duePerSecond", due).put("isBelow", true)
                .put("latencyUs", new JsonObject().put("p50", 100).put("p99", 700).put("p999", 900))));
    }

    @Test
    void givenMoreBarsThanOnePlotShows_whenDrawn_thenEachPartHasItsOwn() {
        final JsonObject result = new JsonObject().put("benchmark", "http");
        for (final String part : List.of("closedLoop", "openLoop", "commands")) {
            final JsonObject of = new JsonObject();
            for (int i = 0; i < 4; i++) {
                of.put("load" + (char) ('A' + i), new JsonObject().put("serverCpuUsEach", 10 + i).put("clientCpuUsEach", 20 + i));
            }
            result.put(part, of);
        }

        final List<Plot> plots = Plots.of(result, new JsonArray());

        assertThat(plots).extracting(Plot::title).containsExactly("Side by side, µs: closed loop", "Side by side, µs: open loop", "Side by side, µs: commands");
        assertThat(plots).allSatisfy(plot -> assertThat(plot.rows()).hasSize(8));
        assertThat(plots.get(0).rows()).contains(List.of("load a, server cpu µs each", 10));
    }

    @Test
    void givenLoadsOfASingleRound_whenDrawn_thenTheirRatesAndRatiosAreBarsBesideEachOther() {
        final JsonArray loads = new JsonArray();
        for (final int clients : new int[] {1, 16}) {
            loads.add(new JsonObject().put("clients", clients).put("postgresRatio", clients / 10.0).put("postgresRatioRounds", new JsonArray().add(clients / 10.0))
                    .put("mawid", new JsonObject().put("perSecond", 1_000 * clients).put("rounds", new JsonArray().add(1_000 * clients)))
                    .put("postgres", new JsonObject().put("perSecond", 900 * clients).put("rounds", new JsonArray().add(900 * clients))));
        }

        final List<Plot> plots = Plots.of(new JsonObject().put("benchmark", "peers").put("loads", loads), new JsonArray());

        assertThat(plots).extracting(Plot::kind).containsOnly("bars");
        assertThat(plots).flatExtracting(Plot::rows).extracting(row -> row.get(1)).contains(1_000, 900, 16_000, 14_400);
    }

    @Test
    void givenWhatWasReachedInEachSecond_whenDrawn_thenTheAxisSaysSeconds() {
        final JsonObject result = new JsonObject().put("benchmark", "mixed").put("openLoop", new JsonObject()
                .put("reads", new JsonObject().put("perSecondRounds", new JsonArray().add(900).add(1_000)))
                .put("commands", new JsonObject().put("perSecondRounds", new JsonArray().add(9).add(10))));

        final Plot plot = Plots.of(result, new JsonArray()).get(0);

        assertThat(plot.title()).startsWith("Throughput in each second");
        assertThat(plot.json().getString("x")).isEqualTo("second");
        assertThat(plot.rows()).contains(List.of("reads", 2.0, 1_000), List.of("commands", 1.0, 9));
    }

    @Test
    void givenACostThatGrowsWithSomething_whenDrawn_thenItsCurveIsDrawnBesideIt() {
        final JsonArray sizes = new JsonArray().add(new JsonObject().put("slots", 1_024).put("commandNs", 610)).add(new JsonObject().put("slots", 1_048_576).put("commandNs", 690));
        final JsonObject result = new JsonObject().put("benchmark", "scale").put("slots", sizes).put("growth", new JsonObject().put("bySlots",
                new JsonObject().put("of", "slots").put("figure", "commandNs").put("a", 520.0).put("b", 8.0).put("formula", "520 + 8 · log2(slots)")));

        final Plot plot = Plots.of(result, new JsonArray()).get(0);

        assertThat(plot.kind()).isEqualTo("growth");
        assertThat(plot.title()).contains("slots").contains("520 + 8");
        assertThat(plot.json().getString("unit")).isEqualTo("ns");
        assertThat(plot.rows()).contains(List.of(1_024.0, 610.0, 600.0), List.of(1_048_576.0, 690.0, 680.0));
        assertThat(Report.html(result)).contains("class=\"plot growth\"");
    }

    @Test
    void givenMemoryThatGrowsWithSomething_whenDrawn_thenItsLineIsAgainstWhatWasCounted() {
        final JsonArray sizes = new JsonArray().add(new JsonObject().put("appointments", 1).put("bytesCountedAt", 1_000).put("stateMiB", 1.5))
                .add(new JsonObject().put("appointments", 100_000).put("bytesCountedAt", 100_000).put("stateMiB", 31));
        final JsonObject result = new JsonObject().put("benchmark", "scale").put("appointments", sizes).put("growth", new JsonObject().put("bytesByAppointments",
                new JsonObject().put("of", "appointments").put("against", "bytesCountedAt").put("figure", "stateMiB").put("isLinear", true).put("a", 1.0).put("b", 0.0003)
                        .put("formula", "1 MiB + 314.6 B · appointments, at most 13 % off")));

        final Plot plot = Plots.of(result, new JsonArray()).get(0);

        assertThat(plot.title()).isEqualTo("Memory against appointments: 1 MiB + 314.6 B · appointments, at most 13 % off");
        assertThat(plot.json().getString("unit")).isEqualTo("MiB");
        assertThat(plot.json().getBoolean("isLinear")).isTrue();
        assertThat(plot.rows()).hasSize(2);
        assertThat(plot.rows().get(0)).startsWith(1_000.0, 1.5);
        assertThat((Double) plot.rows().get(0).get(2)).isCloseTo(1.3, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void givenSharesByMonth_whenDrawn_thenEachIsALineOverTheMonths() {
        final JsonObject result = new JsonObject().put("benchmark", "kingdom").put("byMonth", new JsonObject()
                .put("utilisation", new JsonObject().put("2026-01", 40.5).put("2026-02", 51)).put("served", new JsonObject().put("2026-01", 35.0).put("2026-02", 44)));

        final Plot plot = Plots.of(result, new JsonArray()).get(0);

        assertThat(plot.json().getJsonArray("names")).containsExactly("2026-01", "2026-02");
        assertThat(plot.json().getJsonArray("series")).hasSize(2);
        assertThat(plot.rows()).contains(List.of("utilisation", "2026-01", 40.5), List.of("served", "2026-02", 44));
    }

    @Test
    void givenFiguresSecondBySecond_whenDrawn_thenThoseOfOneUnitShareAPlot() {
        final JsonObject result = new JsonObject().put("benchmark", "release").put("ratesOverTime", new JsonObject()
                .put("arrivalsPerSecondOverTime", new JsonArray().add(1_000).add(400)).put("readsPerSecondOverTime", new JsonArray().add(9_000).add(10_000)))
                .put("latenciesOverTime", new JsonObject().put("holdsP99UsOverTime", new JsonArray().add(2_100.5).add(0)));

        final List<Plot> plots = Plots.of(result, new JsonArray());

        assertThat(plots).extracting(Plot::kind).containsExactly("overTime", "overTime");
        assertThat(plots.get(0).json().getJsonArray("series")).extracting(series -> ((JsonObject) series).getString("name")).containsExactly("arrivals", "reads");
        assertThat(plots.get(0).json().getString("unit")).isEqualTo("/s");
        assertThat(plots.get(1).json().getString("unit")).isEqualTo("µs");
        assertThat(plots.get(1).rows()).contains(List.of("holds P99", 0, 2_100.5));
    }

    @Test
    void givenNames_whenReadByPeople_thenWordsAndUnits() {
        assertThat(Map.of("serverCpuUsEach", Words.unitOf("serverCpuUsEach"), "perSecond", Words.unitOf("perSecond"), "residentMiB", Words.unitOf("residentMiB"),
                "bytesAllocatedPerCommand", Words.unitOf("bytesAllocatedPerCommand"), "status", Words.unitOf("status"), "addsMs", Words.unitOf("addsMs")))
                .containsEntry("serverCpuUsEach", "µs").containsEntry("perSecond", "/s").containsEntry("residentMiB", "MiB")
                .containsEntry("bytesAllocatedPerCommand", "B").containsEntry("status", "").containsEntry("addsMs", "ms");
        assertThat(Words.of("commandsPerSecond")).isEqualTo("commands per second");
        assertThat(Words.number(1_330_000)).isEqualTo("1,330,000");
        assertThat(Words.number(0.43217)).isEqualTo("0.4322");
        assertThat(Words.number(0)).isEqualTo("0");
    }
}
