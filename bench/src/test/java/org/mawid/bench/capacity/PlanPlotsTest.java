package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.load.NotUnderstood;
import picocli.CommandLine;

/** The pages of plans beside each other and of a search at several posts; and a plan of a network of one's own. */
class PlanPlotsTest {
    private static final Path FILES = Path.of("..", "api", "src", "main", "resources", "network");
    private static final String QUEUE = "People waiting at the post by hour, mean of the open days";
    private static final String[] TWO_WEEKS = {"--from", "2027-04-05", "--weeks", "2", "--warm-up-weeks", "1"};

    private final StringWriter out = new StringWriter();
    private JsonObject result;
    private String page;

    @TempDir
    private Path folder;

    private void run(final String... arguments) throws IOException {
        final CommandLine plan = new CommandLine(new PlanBench()).setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).setParameterExceptionHandler(NotUnderstood::tell);
        final String[] all = Stream.of(arguments, new String[] {"--json", folder.resolve("plan.json").toString(), "--report", folder.resolve("pages").toString()}).flatMap(Stream::of).toArray(String[]::new);
        assertThat(plan.execute(all)).as(out.toString()).isZero();
        result = new JsonObject(Files.readString(folder.resolve("plan.json")));
        try (Stream<Path> pages = Files.list(folder.resolve("pages")).filter(page -> page.toString().endsWith(".html"))) {
            page = Files.readString(pages.findFirst().orElseThrow()).replace("&#39;", "'");
        }
    }

    private List<JsonObject> plots(final String titled) {
        final List<JsonObject> plots = result.getJsonArray("plots").stream().map(JsonObject.class::cast).filter(plot -> plot.getString("title").contains(titled)).toList();
        assertThat(plots).as(titled).isNotEmpty().allSatisfy(plot -> assertThat(page).contains("class=\"plot " + plot.getString("plot") + "\"", plot.getString("title")));
        return plots;
    }

    private static List<String> names(final JsonObject plot) {
        return plot.getJsonArray("series").stream().map(one -> ((JsonObject) one).getString("name")).toList();
    }

    private static double sum(final JsonArray values) {
        return values.stream().mapToDouble(value -> value instanceof JsonArray row ? sum(row) : value == null ? 0 : ((Number) value).doubleValue()).sum();
    }

    @Test
    void givenPlansBesideEachOther_whenReported_thenThePageHasAHeatMapOfEach_andTheQueueByHourOfAll() throws IOException {
        Files.writeString(folder.resolve("usual.yaml"), "posts: MA-EM-OSLO");
        Files.writeString(folder.resolve("busy.yaml"), "posts: MA-EM-OSLO\ndemand: 3");

        run(Stream.of(new String[] {"--compare", folder.resolve("usual.yaml").toString(), folder.resolve("busy.yaml").toString()}, TWO_WEEKS).flatMap(Stream::of).toArray(String[]::new));

        final List<JsonObject> heatMaps = plots("Taken as the day begins");
        assertThat(heatMaps).hasSize(2).allSatisfy(map -> assertThat(map.getJsonArray("names")).hasSize(2));
        assertThat(heatMaps.get(0).getString("title")).startsWith("usual");
        assertThat(heatMaps.get(1).getString("title")).startsWith("busy");
        assertThat(sum(heatMaps.get(1).getJsonArray("values"))).isGreaterThan(sum(heatMaps.get(0).getJsonArray("values"))).isPositive();
        final JsonObject queue = plots(QUEUE).get(0);
        assertThat(names(queue)).hasSize(2);
        assertThat(queue.getJsonArray("x").size()).isBetween(4, 12);
        assertThat(sum(queue.getJsonArray("series").getJsonObject(1).getJsonArray("values"))).isGreaterThan(sum(queue.getJsonArray("series").getJsonObject(0).getJsonArray("values")));
    }

    @Test
    void givenEffects_whenReported_thenThePageHasAHeatMapAndAQueueOfEach() throws IOException {
        run(Stream.of(new String[] {"--effects", "--post", "MA-EM-OSLO"}, TWO_WEEKS).flatMap(Stream::of).toArray(String[]::new));

        assertThat(plots("Taken as the day begins")).hasSize(6).allSatisfy(map -> assertThat(sum(map.getJsonArray("values"))).isPositive());
        assertThat(names(plots(QUEUE).get(0))).hasSize(6).startsWith("as it is", "no no-shows");
    }

    @Test
    void givenTheQuestionWhetherToOverbook_whenReported_thenThePageHasTheWaitsAndWhatTheyBringOfEachBound() throws IOException {
        run(Stream.of(new String[] {"--may-overbook", "--post", "MA-EM-OSLO"}, TWO_WEEKS).flatMap(Stream::of).toArray(String[]::new));

        final JsonObject waits = plots("until called, by plan").get(0);
        assertThat(waits.getJsonArray("x")).containsExactly("not over", "5 min", "10 min", "15 min");
        assertThat(names(waits)).containsExactly("mean", "nine in ten", "at the worst start, mean");
        assertThat(sum(plots("Visits served, by plan").get(0).getJsonArray("series").getJsonObject(0).getJsonArray("values"))).isPositive();
        assertThat(plots("Overtime of all counters")).hasSize(1);
    }

    @Test
    void givenATargetOfSeveralPosts_whenReported_thenThePageHasTheirPlots_andTheCountersOfEachDesk() throws IOException {
        run(Stream.of(new String[] {"--target", "refused <= 5%", "--posts", "MA-EM-OSLO,MA-EM-LUANDA"}, TWO_WEEKS).flatMap(Stream::of).toArray(String[]::new));

        assertThat(plots("Taken as the day begins").get(0).getJsonArray("values")).as("a row a post, a cell a day").hasSize(2).allSatisfy(row -> assertThat((Iterable<?>) row).hasSize(14));
        assertThat(names(plots("third next available").get(0))).hasSize(3).startsWith("all posts");
        assertThat(names(plots(QUEUE).get(0))).hasSize(2);
        final JsonObject counters = plots("Counters by desk").get(0);
        assertThat(counters.getJsonArray("x")).contains("MA-EM-OSLO D1", "MA-EM-OSLO D2", "MA-EM-LUANDA D1");
        final JsonObject oslo = result.getJsonArray("posts").stream().map(JsonObject.class::cast).filter(post -> post.getString("post").equals("MA-EM-OSLO")).findFirst().orElseThrow();
        final int at = counters.getJsonArray("x").getList().indexOf("MA-EM-OSLO D1");
        assertThat(counters.getJsonArray("series").getJsonObject(0).getJsonArray("values").getInteger(at)).isEqualTo(oslo.getJsonArray("desks").getJsonObject(0).getInteger("countersNow"));
        assertThat(counters.getJsonArray("series").getJsonObject(1).getJsonArray("values").getInteger(at)).isEqualTo(oslo.getJsonArray("desks").getJsonObject(0).getInteger("countersNeeded"));
    }

    /** Of the files that are in the program. */
    private Path copy() throws IOException {
        final Path network = Files.createDirectory(folder.resolve("network"));
        try (Stream<Path> files = Files.walk(FILES)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.createDirectories(network.resolve(FILES.relativize(file)).getParent());
                Files.copy(file, network.resolve(FILES.relativize(file)));
            }
        }
        return network;
    }

    @Test
    void givenFilesOfAnotherNetwork_whenPlanned_thenItIsThatOne() throws IOException {
        final Path network = copy();
        final Path desks = network.resolve("desks.csv");
        final String before = Files.readString(desks);
        assertThat(before).contains("MA-EM-OSLO,D1,IDENTITY;PASSPORT;REGISTRATION,1,");
        run(Stream.of(new String[] {"--network", network.toString(), "--post", "MA-EM-OSLO"}, TWO_WEEKS).flatMap(Stream::of).toArray(String[]::new));
        final double loadOfOne = result.getJsonArray("posts").getJsonObject(0).getJsonArray("desks").getJsonObject(0).getDouble("loadPercent");

        Files.writeString(desks, before.replace("MA-EM-OSLO,D1,IDENTITY;PASSPORT;REGISTRATION,1,", "MA-EM-OSLO,D1,IDENTITY;PASSPORT;REGISTRATION,4,"));
        run(Stream.of(new String[] {"--network", network.toString(), "--post", "MA-EM-OSLO"}, TWO_WEEKS).flatMap(Stream::of).toArray(String[]::new));

        final JsonObject desk = result.getJsonArray("posts").getJsonObject(0).getJsonArray("desks").getJsonObject(0);
        assertThat(desk.getInteger("counters")).isEqualTo(4);
        assertThat(desk.getDouble("loadPercent")).as("the same people").isCloseTo(loadOfOne / 4, within(0.2));
    }

    @Test
    void givenFilesOfAnotherNetworkWithABadRow_whenPlanned_thenItIsRefusedWithThePlace() throws IOException {
        final Path network = copy();
        Files.writeString(network.resolve("desks.csv"), Files.readString(network.resolve("desks.csv")).replaceFirst("MA-EM-OSLO,D1,IDENTITY;PASSPORT;REGISTRATION,1,", "MA-EM-OSLO,D1,IDENTITY;PASSPORT;REGISTRATION,many,"));

        final CommandLine plan = new CommandLine(new PlanBench()).setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).setParameterExceptionHandler(NotUnderstood::tell);

        assertThat(plan.execute("--network", network.toString(), "--post", "MA-EM-OSLO")).isEqualTo(2);
        assertThat(out.toString()).contains("desks.csv", "counters", "many");
    }
}
