package org.mawid.bench;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mawid.bench.floor.Floors;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.process.Child;
import org.mawid.bench.process.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs every benchmark that a floor of the design hangs on, each in a process of its own, and says which floors are met. That one is missed is a
 * finding; that a run failed, as when its books do not balance, is a failure of this one too.
 */
@Command(name = "floors", mixinStandardHelpOptions = true,
        description = "Runs every benchmark that a floor of the design hangs on, and prints floor, goal, measured, met or missed."
                + " Exits 0 when floors are missed, 1 when a run failed; what the others measured is written all the same.",
        footer = {"", "Takes about 38 minutes, 26 with --seconds 2.", "", "Examples:",
            "  bench floors --report out",
            "  bench floors --only unary,packed --seconds 3"})
final class FloorsBench implements Callable<Integer>, Planned {
    /** In a result that is none: why. */
    private static final String FAILED = "failed";

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", paramLabel = "RUN", split = ",", description = "Only these runs, as named in the first column.")
    private List<String> only = List.of();

    private final Path program;

    FloorsBench() {
        this(Programs.bench());
    }

    /** @param program what has the benchmarks: a launcher or a jar */
    FloorsBench(final Path program) {
        this.program = program;
    }

    /** By name: the benchmark's own arguments. The first word is what is run. */
    private Map<String, List<String>> runs() {
        final String seconds = Integer.toString(part.seconds());
        final Map<String, List<String>> runs = new LinkedHashMap<>();
        // Held to nothing: it says what the other figures of this hour are worth.
        runs.put("machine", List.of("machine"));
        runs.put("core", List.of("core", "--days", "60", "--seconds", seconds));
        runs.put("core-10M", List.of("core", "--days", "365", "--appointments", "10000000", "--seconds", seconds));
        runs.put("durable", List.of("durable", "--seconds", seconds));
        runs.put("recovery", List.of("recovery"));
        runs.put("snapshot", List.of("snapshot", "--rounds", "5", "--seconds", seconds));
        runs.put("memory", List.of("memory"));
        runs.put("availability", List.of("availability", "--seconds", seconds));
        runs.put("unary", wire("unary", seconds));
        runs.put("stream", wire("stream", seconds));
        runs.put("batch", wire("batch", seconds));
        runs.put("packed", wire("packed", seconds));
        runs.put("http", List.of("http", "--commands", "false", "--rounds", "3", "--warm-up", "30", "--seconds", seconds));
        // Its rounds are short: everything is measured three times.
        runs.put("peers", List.of("peers", "--seconds", Integer.toString(Math.max(1, part.seconds() / 3))));
        runs.put("scale", List.of("scale", "--most-appointments", "10000"));
        runs.put("kingdom-process", List.of("kingdom", "--appointments", "3200000"));
        runs.put("kingdom-grpc", List.of("kingdom", "--appointments", "3200000", "--over", "grpc"));
        // Its parts are as long as they have to be for a difference of a few parts in a hundred.
        runs.put("watch", List.of("watch", "--empty", "false", "--slow", "0", "--writer-rounds", "7"));
        runs.put("reconnect", List.of("reconnect"));
        runs.put("startup", List.of("startup", "--runs", "3"));
        runs.put("idle", List.of("idle"));
        runs.put("machine-after", List.of("machine"));
        return runs;
    }

    /** As thorough as a verdict needs it. */
    private static List<String> wire(final String width, final String seconds) {
        return List.of("grpc", width, "--rounds", "3", "--warm-up", "30", "--seconds", seconds);
    }

    @Override
    public Integer call() throws Exception {
        final Map<String, List<String>> runs = chosen();
        final Path folder = Engines.temporaryData(null);
        final JsonObject results = new JsonObject();
        final List<String> failed = new ArrayList<>();
        final JsonArray table = new JsonArray();
        final long fromNs = System.nanoTime();
        for (final Map.Entry<String, List<String>> run : runs.entrySet()) {
            System.err.printf(Locale.ROOT, "--- %s, %d of %d%s%n", run.getKey(), results.size() + 1, runs.size(), left(fromNs, results.size(), runs.size()));
            final JsonObject result = result(run.getValue(), folder.resolve(run.getKey() + ".json"));
            results.put(run.getKey(), result);
            if (result.containsKey(FAILED)) {
                failed.add(run.getKey() + ": " + result.getString(FAILED));
            }
            Floors.held(run.getKey(), result).forEach(table::add);
        }
        final List<String> missed = new ArrayList<>();
        final Set<String> leftOut = new LinkedHashSet<>();
        final StringBuilder text = new StringBuilder(String.format("%n%-13s %-52s %12s %12s %12s  %s%n", "run", "what", "floor", "goal", "measured", ""));
        for (int i = 0; i < table.size(); i++) {
            final JsonObject row = table.getJsonObject(i);
            if (Floors.isLeftOut(row)) {
                leftOut.add(row.getString("install"));
            } else if (!Floors.isMet(row)) {
                missed.add(row.getString("what"));
            }
            text.append(String.format(Locale.ROOT, "%-13s %-52s %12s %12s %12s  %s%n", row.getString("run"), row.getString("what"), shown(row, "floor"),
                    shown(row, "goal"), shown(row, "measured"), row.getString("verdict")));
        }
        output.result(new JsonObject().put("benchmark", "floors").put("secondsEach", part.seconds()).put("floors", table)
                .put("missed", new JsonArray(missed)).put(FAILED, new JsonArray(failed)).put("results", results));
        for (final String run : List.of("machine", "machine-after")) {
            text.append(hour(run, results.getJsonObject(run)));
        }
        System.out.print(text.append(missed.isEmpty() ? leftOut.isEmpty() ? "every floor is met" : "every floor that was measured is met" : missed.size() + " missed: " + String.join("; ", missed))
                .append(System.lineSeparator()).append(leftOut.isEmpty() ? "" : "left out is what needs: " + String.join("; ", leftOut) + System.lineSeparator()));
        System.out.flush();
        if (!failed.isEmpty()) {
            throw new IllegalStateException(String.join("; ", failed));
        }
        return 0;
    }

    /** Of all that is to run, one after the other. */
    @Override
    public double plannedSeconds() {
        return chosen().values().stream().mapToDouble(words -> ((Planned) parsed(words)).plannedSeconds()).sum();
    }

    private static Object parsed(final List<String> words) {
        return Main.commandLine().parseArgs(words.toArray(String[]::new)).subcommand().commandSpec().userObject();
    }

    /** How it is marked, as it is without options, beside the benchmarks, each of which takes less than two minutes. */
    static String suite() {
        final FloorsBench usual = (FloorsBench) parsed(List.of("floors"));
        return String.format(Locale.ROOT, "A suite of %d runs, about %.0f minutes.", usual.runs().size(), usual.plannedSeconds() / 60);
    }

    /** What the machine was like; empty when that was not asked for or gave nothing. */
    private static String hour(final String run, final JsonObject result) {
        return result == null || !result.containsKey("dueUs") ? "" : String.format(Locale.ROOT,
                "%-13s each processor stopped %.3g %% of the time, longest %.3g ms; p99 of looking at the clock %.3g ms; a read of far memory %.0f ns, a step of arithmetic %.3g ns; a page touched first %.0f ns, again %.0f ns%n",
                run, result.getDouble("stoppedPercent"), result.getDouble("longestStallMs"), result.getJsonObject("dueUs").getDouble("p99") / 1_000,
                result.getDouble("farReadNs"), result.getDouble("dependentStepNs"), result.getDouble("firstTouchNs"), result.getDouble("touchAgainNs"));
    }

    private Map<String, List<String>> chosen() {
        final Map<String, List<String>> runs = runs();
        for (final String name : only) {
            if (!runs.containsKey(name)) {
                throw new ParameterException(spec.commandLine(), "no run is called '" + name + "': there are " + String.join(", ", runs.keySet()));
            }
        }
        if (!only.isEmpty()) {
            runs.keySet().retainAll(only);
        }
        return runs;
    }

    /** Runs differ: what is left is told only once some are over. */
    private static String left(final long fromNs, final int done, final int all) {
        return done < 2 ? "" : "; about " + Output.inWords(Output.leftNs(fromNs, done, all)) + " left";
    }

    private static String shown(final JsonObject row, final String figure) {
        final Double value = row.getDouble(figure);
        return value == null ? "-" : shown(value, row.getString("unit"));
    }

    private static String shown(final double value, final String unit) {
        return String.format(Locale.ROOT, value >= 1_000 ? "%,.0f %s" : value == Math.rint(value) ? "%.0f %s" : "%.3g %s", value, unit);
    }

    /** @return what it wrote, or why it gave nothing */
    private JsonObject result(final List<String> arguments, final Path json) throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--json", json.toString()));
        final Child child = Child.run(Programs.command(program, all));
        if (child.exitCode() != 0) {
            return new JsonObject().put(FAILED, child.why());
        }
        if (!Files.exists(json)) {
            return new JsonObject().put(FAILED, "it wrote no result");
        }
        try {
            return new JsonObject(Files.readString(json));
        } catch (final DecodeException broken) { // a full disk, or a program of another build: no reason to lose what the other runs measure
            return new JsonObject().put(FAILED, "its result is no JSON: " + broken.getMessage().lines().findFirst().orElse(""));
        }
    }
}
