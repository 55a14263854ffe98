package org.mawid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.bench.load.Planned;
import org.mawid.bench.micro.CoreBenchmark;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final CommandLine bench = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));

    @Test
    void givenList_whenRun_thenEveryBenchmarkIsNamed() {
        assertThat(bench.execute("list")).isZero();
        assertThat(out.toString()).contains("jmh org.mawid.bench.micro.", "floors", "machine", "grpc", "http", "mixed", "watch", "verify", "stamps", "availability", "memory", "snapshot", "startup", "idle", "peers", "kingdom", "reconnect", "scale", "release", "statement", "schedule", "closure", "waitlist", "hall")
                .doesNotContain("empty-server");
    }

    /** Each of the others ends within two minutes. */
    @Test
    void givenList_whenRun_thenWhatTakesLongerIsMarkedAsASuiteWithItsTime_andNothingElseIs() {
        assertThat(bench.execute("list")).isZero();
        final Matcher suite = Pattern.compile("floors .* A suite of 22 runs, about (\\d+) minutes\\.").matcher(out.toString());
        assertThat(suite.results()).singleElement().satisfies(match -> assertThat(Double.parseDouble(match.group(1))).isCloseTo(planned("floors") / 60, Percentage.withPercentage(5)));
        assertThat(planned("floors")).isBetween(20 * 60.0, 45 * 60.0);
        assertThat(planned("floors --only core,idle --seconds 5")).isEqualTo(planned("core --days 60 --seconds 5") + planned("idle"));
        assertThat(out.toString().lines().filter(line -> line.contains("A suite"))).hasSize(1);
    }

    @Test
    void givenAnUnknownName_whenRun_thenItIsRefused() {
        assertThat(bench.execute("no-such-benchmark")).isEqualTo(2);
        assertThat(out.toString()).contains("no-such-benchmark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"floors", "machine", "core", "memory", "durable", "recovery", "snapshot", "availability", "records", "trail", "verify", "stamps", "grpc unary", "http", "mixed", "watch", "startup", "idle", "peers", "report result.json", "kingdom", "reconnect", "scale", "release", "plan", "statement", "schedule", "closure", "waitlist", "hall"})
    void givenAnUnknownOption_whenRun_thenItIsNamedAndWhatThereIsIsTold(final String benchmark) {
        final String[] words = (benchmark + " --secnds=1").split(" ");
        assertThat(bench.execute(words)).isEqualTo(2);
        assertThat(out.toString().lines()).singleElement().asString().startsWith("Unknown option: '--secnds=1'").endsWith("ee: bench " + words[0] + " --help");
        assertThat(out.toString().contains("did you mean --seconds?")).isEqualTo(isOffered("--seconds", words[0]));
    }

    @Test
    void givenAValueOfTheWrongKind_whenRun_thenOneLineTellsWhatWouldBeRightAndWhereToReadOn() {
        assertThat(refusal("kingdom", "--appointments", "many"))
                .isEqualTo("Invalid value for option '--appointments': 'many' is not a whole number; N: How many, 1 000 to 5 000 000; 3 200 000 is the whole history: 1000000; see: bench kingdom --help");
        assertThat(refusal("http", "--p99-ms", "slow")).contains("'slow' is not a number; MS: What p99 must stay below").endsWith("; see: bench http --help");
        assertThat(refusal("grpc", "unry")).contains("expected one of [unary, stream, batch, packed] but was 'unry'").endsWith("; see: bench grpc --help");
        assertThat(refusal("grpc")).startsWith("Missing required parameter: 'WIDTH'; WIDTH: unary, stream, batch (protobuf)");
        assertThat(refusal("plan", "--json")).startsWith("Missing required parameter for option '--json'; FILE: Write the result there as JSON too; see:");
        assertThat(refusal("plan", "--target")).contains("refused and displaced (%)");
        assertThat(refusal("plan", "--absence", "8")).endsWith("did you mean 8%? See: bench plan --help");
        assertThat(refusal("plan", "--no-shows", "8%")).contains("did you mean --no-show?");
        assertThat(refusal("core", "--x")).isEqualTo("Unknown option: '--x'; see: bench core --help");
    }

    private String refusal(final String... words) {
        out.getBuffer().setLength(0);
        assertThat(bench.execute(words)).as(String.join(" ", words)).isEqualTo(2);
        assertThat(out.toString().lines()).hasSize(1);
        return out.toString().strip();
    }

    /** picocli goes on with a warning when it cannot format a text, as for a percent sign that stands alone. */
    @Test
    void givenTheHelpOfEveryBench_whenShown_thenNothingIsWarnedOf() {
        final PrintStream err = System.err;
        final ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            bench.getSubcommands().values().forEach(CommandLine::getUsageMessage);
        } finally {
            System.setErr(err);
        }
        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void givenAValueThatNothingCanBeMeasuredWith_whenRun_thenItIsRefusedBeforeAnythingStarts() {
        assertRefused("--seconds must be 1 or more, not 0", "core", "--seconds", "0");
        assertRefused("--json no-such-folder/x.json cannot be written", "plan", "--json", "no-such-folder/x.json");
        assertRefused("--rounds must be 1 or more", "snapshot", "--rounds", "0");
        assertRefused("--rate must be 1 to 10 000 000", "snapshot", "--rate", "2000,0");
        assertRefused("--batch must be 1 to 8 190", "grpc", "batch", "--batch", "9000");
        assertRefused("--clients must be 1 to 200", "peers", "--clients", "16,0");
        assertRefused("--rounds must be 1 or more", "peers", "--rounds", "0");
        assertRefused("--data must be a folder that is there", "peers", "--data", "no-such-folder");
        assertRefused("Invalid value for option '--modes'", "peers", "--modes", "warm");
        assertRefused("--persons must be 1 to 4", "availability", "--persons", "5");
        assertRefused("--over must be process, grpc or http", "availability", "--over", "udp");
        assertRefused("--rate must be 1 to 100 000 000", "availability", "--over", "http", "--rate", "0.5");
        assertRefused("--rate must be 1 to 100 000 000", "availability", "--rate", "0.5");
        assertRefused("--rate must be 1 to 100 000 000", "grpc", "unary", "--rate", "0");
        assertRefused("--p99-ms must be 0.1 to 60 000", "http", "--p99-ms", "0");
        assertRefused("--command-rate must be 1 to 100 000 000", "http", "--command-rate", "0");
        assertRefused("--connections must be 1 to 2 000", "http", "--connections", "0");
        assertRefused("--reads must be 1 to 100 000", "mixed", "--reads", "0");
        assertRefused("--over must be grpc or http", "mixed", "--over", "udp");
        assertRefused("--watchers must be 1 to 2 000", "watch", "--watchers", "0");
        assertRefused("--writer-rate must be 1 to 1 000 000", "watch", "--writer-rate", "0");
        assertRefused("--writer-rounds must be 0 to 100", "watch", "--writer-rounds", "101");
        assertRefused("--days must be 1 to 300", "reconnect", "--days", "301");
        assertRefused("--rounds must be 1 to 100", "reconnect", "--rounds", "0");
        assertRefused("at most 1 024 over gRPC", "watch", "--watchers", "1500");
        assertRefused("unknown setting: mawid.no.such", "durable", "--set", "mawid.no.such=1");
        assertRefused("mawid.ring.entries cannot be '5'", "snapshot", "--set", "mawid.ring.entries=5");
        assertRefused("--appointments must be 1 000 to 5 000 000", "kingdom", "--appointments", "5");
        assertRefused("--step must be 5 to 120 minutes", "kingdom", "--step", "7");
        assertRefused("--lanes must be 1 to 4", "kingdom", "--lanes", "9");
        assertRefused("--most-slots must be 10 000 to 100 000 000", "scale", "--most-slots", "1");
        assertRefused("--waiters must be 1 to 200 000", "waitlist", "--waiters", "0");
        assertRefused("--dates must be 20 to 256", "waitlist", "--dates", "257");
        assertRefused("--rounds must be 1 to 20", "waitlist", "--rounds", "21");
        assertRefused("--users must be 10", "release", "--users", "3");
        assertRefused("--winners must be up to ten numbers of 1 to 255", "release", "--winners", "1,0");
        assertRefused("--history /nowhere/at/all cannot be written", "release", "--history", "/nowhere/at/all");
        assertRefused("--read-history /nowhere/at/all cannot be read", "release", "--read-history", "/nowhere/at/all");
        assertRefused("--grpc and --http go together", "release", "--grpc", "127.0.0.1:9090");
        assertRefused("an address is HOST:PORT", "release", "--grpc", "127.0.0.1", "--http", "127.0.0.1:8080");
        assertRefused("no run is called 'cores': there are machine, core, core-10M, durable", "floors", "--only", "cores");
    }

    private void assertRefused(final String why, final String... arguments) {
        assertThat(bench.execute(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
        assertThat(out.toString()).contains(why);
    }

    @Test
    void givenAnOlderResult_whenReported_thenItsPageIsWrittenAndNamed(@TempDir final Path folder) throws IOException {
        final Path json = Files.writeString(folder.resolve("old.json"), "{\"benchmark\":\"core\",\"when\":\"2026-03-02T09:15:00Z\",\"ratio\":0.43}");

        assertThat(bench.execute("report", json.toString(), "--report", folder.resolve("pages").toString())).isZero();

        assertThat(folder.resolve("pages/core-20260302T091500Z.html")).content().contains("0.43");
        assertThat(bench.execute("report", folder.resolve("pages/core-20260302T091500Z.json").toString(), "--report", folder.resolve("again").toString())).as("of the JSON beside it").isZero();
        assertThat(folder.resolve("again/core-20260302T091500Z.html")).hasSameTextualContentAs(folder.resolve("pages/core-20260302T091500Z.html"));
        assertThat(out.toString()).contains("core-20260302T091500Z.html");
    }

    @Test
    void givenAFileThatIsNoResult_whenReported_thenItIsRefused(@TempDir final Path folder) throws IOException {
        assertRefused("is not what --json of a benchmark wrote", "report", Files.writeString(folder.resolve("some.txt"), "[]").toString());
        assertRefused("cannot be read", "report", folder.resolve("missing.json").toString());
    }

    @Test
    void givenWordsOfJmh_whenNothingOfOursIsCalledSo_thenTheyGoToJmh() {
        assertThat(JmhWords.of(bench, "CoreBenchmark", "-f", "1", "-prof", "gc")).containsExactly("jmh", "CoreBenchmark", "-f", "1", "-prof", "gc");
        assertThat(JmhWords.of(bench, "micro.*write", "-wi", "1")).startsWith("jmh", "micro.*write");
        assertThat(JmhWords.of(bench, "-prof", "gc", "Header")).startsWith("jmh", "-prof");
        assertThat(JmhWords.of(bench, "-l")).containsExactly("jmh", "-l");
    }

    @Test
    void givenWordsOfOurs_whenJmhWouldTakeThemToo_thenTheyStayOurs() {
        assertThat(JmhWords.of(bench, "core", "--days", "60")).containsExactly("core", "--days", "60");
        assertThat(JmhWords.of(bench, "jmh", "Header")).containsExactly("jmh", "Header");
        assertThat(JmhWords.of(bench, "-h")).containsExactly("-h");
        assertThat(JmhWords.of(bench, "--secnds=1")).containsExactly("--secnds=1");
        assertThat(JmhWords.of(bench)).isEmpty();
    }

    @Test
    void givenAWordThatNothingMatches_whenRun_thenItIsRefusedAndTheNearestAreNamed() {
        assertThat(Main.execute(bench, "CoreBenchmrk", "-f", "1")).isEqualTo(2);
        assertThat(out.toString()).contains("no benchmark is called 'CoreBenchmrk'", "CoreBenchmark");
        assertThat(Main.execute(bench, "availabilty")).isEqualTo(2);
        assertThat(out.toString()).contains("'availabilty'", "the nearest: availability,");
        assertThat(Main.execute(bench, "*[")).isEqualTo(2);
    }

    private boolean isOffered(final String option, final String benchmark) {
        final OptionSpec found = bench.getSubcommands().get(benchmark).getCommandSpec().findOption(option);
        return found != null && !found.hidden();
    }

    /** Each by itself, with the words that it cannot do without. */
    static Stream<String> benchmarks() {
        return Main.commandLine().getSubcommands().entrySet().stream().filter(command -> command.getValue().getCommandSpec().userObject() instanceof Planned)
                .map(Map.Entry::getKey).map(name -> name.equals("grpc") ? "grpc unary" : name);
    }

    @Test
    void givenWhatCanBeRun_thenEachBenchmarkSaysHowLongItTakes() {
        assertThat(bench.getSubcommands().entrySet().stream().filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden()).map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(benchmarks().map(words -> words.split(" ")[0]), Stream.of("list", "report", "jmh")).toList());
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void givenABenchmark_whenItsHelpIsShown_thenItSaysHowLongItTakes_withExamples(final String benchmark) {
        final String name = benchmark.split(" ")[0];
        assertThat(bench.execute(name, "--help")).isZero();
        assertThat(out.toString()).containsPattern("Takes (about )?\\d+").doesNotContain("DEFAULT-VALUE").contains("Examples:", "  bench " + name + " ");
        assertThat(out.toString().contains("--seconds=N")).isEqualTo(isOffered("--seconds", name));
    }

    /** One way or the other: no word is taken that does nothing, without a word about it. */
    @ParameterizedTest
    @MethodSource("benchmarks")
    void givenSeconds_whenSaid_thenTheRunGrowsWithThem_orOneLineNamesTheOptionThatMakesItLonger(final String benchmark) {
        final String name = benchmark.split(" ")[0];
        assertThat(planned(benchmark)).isPositive();
        assertThat(out.toString()).isEmpty();
        final double with = planned(benchmark + " --seconds 120");
        final List<String> lines = out.toString().lines().toList();
        if (lines.isEmpty()) {
            assertThat(with).isGreaterThan(planned(benchmark) + 20);
        } else {
            final Matcher said = Pattern.compile("--seconds means nothing to " + name + ", which ends with its work: for more of it say (--[a-z]+)").matcher(lines.get(0));
            assertThat(said.matches()).as(lines.get(0)).isTrue();
            assertThat(lines).hasSize(1);
            assertThat(with).isEqualTo(planned(benchmark));
            assertThat(isOffered(said.group(1), name)).isTrue();
            assertThat(planned(benchmark + " " + said.group(1) + " 100")).isNotEqualTo(planned(benchmark));
        }
    }

    @Test
    void givenBenchmarksThatEndWithTheirWork_whenSecondsAreSaid_thenTheseSayThatTheyMeanNothing() {
        benchmarks().forEach(benchmark -> planned(benchmark + " --seconds 60"));

        assertThat(out.toString().lines().map(line -> line.split("[ ,]")[4])).containsExactlyInAnyOrder("memory", "plan", "kingdom", "reconnect", "scale", "closure", "waitlist", "hall", "statement", "schedule", "trail");
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void givenSecondsThatAreNone_whenRun_thenTheyAreRefusedByEach(final String benchmark) {
        final String more = "; see: bench " + benchmark.split(" ")[0] + " --help";

        assertThat(refusal((benchmark + " --seconds 0").split(" "))).isEqualTo("--seconds must be 1 or more, not 0" + more);
        assertThat(refusal((benchmark + " --seconds soon").split(" "))).startsWith("Invalid value for option '--seconds': 'soon' is not a whole number; N: ").endsWith(more);
        assertThat(refusal((benchmark + " --seconds").split(" "))).startsWith("Missing required parameter for option '--seconds'; N: ").endsWith(more);
    }

    /** What {@code Floors} takes for a load that the floors are about: that of a run without these options. */
    @ParameterizedTest
    @CsvSource({"core, --posts=150 --days=60 --appointments=0 --batch=64", "durable, --records=false --set={}", "recovery, --commands=4000000 --tail=1000000",
        "snapshot, --appointments=100000 --rate=[2000; 20000] --set={}", "memory, --appointments=1000000 --days=365", "availability, --persons=1 --over=process",
        "grpc unary, --batch=1000 --records=false --in-flight=null", "http, --connections=64 --desks=16", "peers, --connections=4 --threads=false --batch=null --clients=null",
        "scale, --most-slots=100000000", "kingdom, --step=30 --in-flight=4096 --lanes=2 --records=false --set={}", "idle, --settle=15"})
    void givenABenchmarkThatFloorsAreAbout_whenRunWithoutOptions_thenItsLoadIsTheirs(final String benchmark, final String options) {
        final CommandSpec spec = Main.commandLine().parseArgs(benchmark.split(" ")).subcommand().commandSpec();

        assertThat(options.split(" (?=--)")).allSatisfy(option -> {
            final String[] said = option.split("=", 2);
            assertThat(String.valueOf(spec.findOption(said[0]).<Object>getValue()).replace(',', ';')).as(said[0]).isEqualTo(said[1]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"machine", "core", "memory", "durable", "recovery", "snapshot", "availability", "availability --over grpc", "availability --over http", "records", "trail", "verify", "stamps", "grpc unary", "grpc stream", "grpc batch", "grpc packed", "http", "mixed", "watch", "startup", "idle", "peers", "plan", "kingdom", "reconnect", "scale", "release", "waitlist"})
    void givenABenchmarkWithoutOptions_whenItsTimeIsPlanned_thenItEndsWithinTwoMinutes_asItsHelpSays(final String benchmark) {
        final double planned = planned(benchmark);

        assertThat(planned).isBetween(5.0, 110.0);
        bench.execute(benchmark.split(" ")[0], "--help");
        final List<Double> told = Pattern.compile("(\\d+) s(?![a-z])").matcher(out.toString().substring(out.toString().lastIndexOf("Takes "))).results().map(match -> Double.valueOf(match.group(1))).toList();
        assertThat(told).as("one of the times that the help tells, of %.0f s", planned).anySatisfy(seconds -> assertThat(seconds).isCloseTo(planned, Percentage.withPercentage(15)));
    }

    @Test
    void givenLessWork_whenTheTimeIsPlanned_thenItIsLess() {
        assertThat(planned("waitlist --dates 20")).isLessThan(planned("waitlist") - 2);
        assertThat(planned("scale --most-appointments 10000")).isLessThan(planned("scale") - 30);
        assertThat(planned("kingdom --appointments 3200000")).isGreaterThan(planned("kingdom") * 2);
        assertThat(planned("memory --appointments 100000")).isLessThan(planned("memory") - 2);
        assertThat(planned("durable --seconds 1")).as("of commands and of the disk alone").isLessThan(planned("durable") - 23);
        assertThat(planned("recovery --commands 1000000")).isLessThan(planned("recovery") - 15);
        assertThat(planned("release --scale 0.1 --seconds 10")).isLessThan(planned("release") - 40);
        assertThat(planned("plan --effects")).isGreaterThan(planned("plan") + 5);
        assertThat(planned("plan --may-overbook")).isGreaterThan(planned("plan") + 3);
        assertThat(planned("plan --target 'refused<=1%'")).isGreaterThan(planned("plan") + 5);
        assertThat(planned("plan --posts all")).isGreaterThan(planned("plan") * 3);
        assertThat(planned("startup --runs 1")).isLessThan(planned("startup") - 20);
        assertThat(planned("peers --modes hot")).isLessThan(planned("peers") - 20);
        assertThat(planned("http --commands false")).isLessThan(planned("http") - 30);
        assertThat(planned("http --search")).as("of both halves").isGreaterThan(planned("http --search --commands false") + 60);
        assertThat(planned("mixed --search")).isGreaterThan(planned("mixed") + 20);
        assertThat(planned("availability --over http --seconds 3")).as("the same measurement").isEqualTo(planned("http --commands false"));
        assertThat(planned("availability --over http --seconds 3 --search")).isEqualTo(planned("http --commands false --search"));
        assertThat(planned("availability --search")).isGreaterThan(planned("availability") + 20);
    }

    private double planned(final String words) {
        return ((Planned) Main.commandLine().setErr(new PrintWriter(out)).parseArgs(words.split(" ")).subcommand().commandSpec().userObject()).plannedSeconds();
    }

    @Test
    void givenABenchmarkOfJmh_whenRunAloneByItsName_thenItEndsWithinTwoMinutes() {
        final Map<String, Double> seconds = new TreeMap<>();
        for (final BenchmarkListEntry benchmark : JmhWords.benchmarks()) {
            seconds.merge(benchmark.getUserClassQName(), JmhWords.seconds(benchmark), Double::sum);
        }
        assertThat(seconds).hasSizeGreaterThan(5).allSatisfy((name, planned) -> assertThat(planned).as(name).isBetween(5.0, 100.0));
        assertThat(seconds.get(CoreBenchmark.class.getName())).as("with thirteen million appointments made before").isGreaterThan(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"floors", "report", "jmh"})
    void givenWhatElseThereIs_whenItsHelpIsShown_thenItHasExamples(final String command) {
        bench.getSubcommands().get(command).usage(new PrintWriter(out, true));
        assertThat(out.toString()).contains("Examples:", "bench ");
    }

    @Test
    void givenOptionsOfJmh_whenPassedOn_thenTheyAreJmhsToUnderstand() {
        final CommandLine.ParseResult parsed = bench.parseArgs("jmh", "Header", "-f", "1", "-jvmArgsAppend", "-Xmx1g", "-h").subcommand();

        assertThat(parsed.matchedPositionals()).singleElement()
                .satisfies(all -> assertThat(all.stringValues()).containsExactly("Header", "-f", "1", "-jvmArgsAppend", "-Xmx1g", "-h"));
    }

    @Test
    void givenAManifest_whenJmhForks_thenTheForkGetsItsExportsAndOpensBesideTheCallersFlags() {
        final Attributes manifest = new Attributes();
        manifest.putValue("Add-Exports", "java.base/jdk.internal.misc");
        manifest.putValue("Add-Opens", "java.base/java.lang java.base/sun.nio.ch");

        final List<String> flags = Jmh.flags(manifest);

        assertThat(flags).containsExactly(
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        assertThat(Jmh.withFlags(List.of("Header", "-jvmArgsAppend", "-Xmx1g"), List.of("-ea")))
                .containsExactly("Header", "-jvmArgsAppend", "-ea -Xmx1g");
        assertThat(Jmh.withFlags(List.of("Header"), List.of("-ea"))).containsExactly("Header", "-jvmArgsAppend", "-ea");
    }

    @Test
    void givenWordsOfJmh_whenNothingIsSaidOfFailures_thenOneEndsTheRun() {
        assertThat(Jmh.loud(List.of("Header", "-f", "1"))).containsExactly("-foe", "true", "Header", "-f", "1");
        assertThat(Jmh.loud(List.of("Header", "-foe", "false"))).containsExactly("Header", "-foe", "false");
    }
}
