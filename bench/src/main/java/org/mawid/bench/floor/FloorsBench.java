package org.mawid.bench.floor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Output;
import org.mawid.bench.process.Programs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs every benchmark that a floor of the design hangs on, each in a process of its own, and says which floors are met. */
@Command(name = "floors", mixinStandardHelpOptions = true,
        description = "Runs every benchmark that a floor of the design hangs on, about ten minutes in all, and prints floor, goal, measured, met or missed.")
public final class FloorsBench implements Callable<Integer> {
    private static final String RATIO = "x";

    @Mixin
    private Output output;

    @Option(names = "--only", paramLabel = "RUN", split = ",", description = "Only these runs, as named in the first column.")
    private List<String> only = List.of();

    /** By name: the benchmark's own arguments. The first word is what is run. */
    private Map<String, List<String>> runs() {
        final String seconds = Integer.toString(output.seconds());
        final Map<String, List<String>> runs = new LinkedHashMap<>();
        runs.put("core", List.of("core", "--days", "60", "--seconds", seconds));
        runs.put("core-10M", List.of("core", "--days", "365", "--appointments", "10000000", "--seconds", seconds));
        runs.put("durable", List.of("durable", "--seconds", seconds));
        runs.put("recovery", List.of("recovery"));
        runs.put("memory", List.of("memory"));
        runs.put("availability", List.of("availability", "--seconds", seconds));
        runs.put("unary", List.of("grpc", "unary", "--seconds", seconds));
        runs.put("stream", List.of("grpc", "stream", "--seconds", seconds));
        runs.put("batch", List.of("grpc", "batch", "--seconds", seconds));
        runs.put("packed", List.of("grpc", "packed", "--seconds", seconds));
        runs.put("http", List.of("http", "--commands", "false", "--seconds", seconds));
        runs.put("startup", List.of("startup", "--runs", "3"));
        runs.put("idle", List.of("idle"));
        return runs;
    }

    private static List<Floor> floors() {
        return List.of(
                Floor.least("core apply, 60-day calendar, against a bare loop", "core", "ratio", RATIO, 0.5, 0.8),
                Floor.most("allocated on the command path", "core", "bytesAllocatedPerCommand", "B/op", 0, 0),
                Floor.least("core apply, 365 days and 10 M appointments", "core-10M", "ratio", RATIO, 0.5, 0.8),
                Floor.least("durable in process", "durable", "commandsPerSecond", "/s", 1_400_000, 2_500_000),
                Floor.most("durable at half of that, p50 against the disk", "durable", "atHalfRate.ratio.p50", RATIO, 3, 2),
                Floor.most("durable at half of that, p99 against the disk", "durable", "atHalfRate.ratio.p99", RATIO, 1.5, 1.2),
                Floor.least("recovery, replaying, against core apply", "recovery", "ratio", RATIO, 0.8, 1.0),
                Floor.most("recovery, full snapshot and 1 M tail", "recovery", "snapshotAndTailSeconds", "s", 4, 2),
                Floor.most("memory of an appointment row, indexes, calendar", "memory", "appointmentWithCalendarBytesEach", "B", 128, 96),
                Floor.most("memory with application, services, stamp", "memory", "allBytesEach", "B", 400, 300),
                Floor.least("availability in process, against bare masks", "availability", "ratio", RATIO, 0.5, 0.9),
                Floor.least("gRPC unary, 32 in flight, against an empty handler", "unary", "loads.[0].ratio", RATIO, 0.6, 0.85),
                Floor.least("gRPC unary, 128 in flight", "unary", "loads.[1].ratio", RATIO, 0.6, 0.85),
                Floor.least("gRPC unary, 256 in flight", "unary", "loads.[2].ratio", RATIO, 0.6, 0.85),
                Floor.least("gRPC stream, against an empty handler", "stream", "loads.[0].ratio", RATIO, 0.5, 0.75),
                Floor.least("gRPC batch of 1 000, protobuf", "batch", "loads.[0].durable.perSecond", "/s", 700_000, 1_400_000),
                Floor.least("gRPC batch of 1 000, packed", "packed", "loads.[0].durable.perSecond", "/s", 1_000_000, 2_000_000),
                Floor.least("availability over HTTP, against an empty page", "http", "ratio", RATIO, 0.7, 0.9),
                Floor.most("start to ready, empty directory", "startup", "emptySeconds.median", "s", 2.5, 1),
                Floor.most("start to ready, whole network", "startup", "networkSeconds.median", "s", 4, 2),
                Floor.most("at rest, processor", "idle", "percentOfOneCore", "%", 3, 1),
                Floor.most("at rest, memory", "idle", "residentMiB", "MiB", 400, 250));
    }

    @Override
    public Integer call() throws Exception {
        final Path folder = Engines.temporaryData(null);
        final JsonObject results = new JsonObject();
        for (final Map.Entry<String, List<String>> run : runs().entrySet()) {
            if (only.isEmpty() || only.contains(run.getKey())) {
                System.err.println("--- " + run.getKey());
                results.put(run.getKey(), result(run.getValue(), folder.resolve(run.getKey() + ".json")));
            }
        }
        final JsonArray table = new JsonArray();
        final List<String> missed = new ArrayList<>();
        final StringBuilder text = new StringBuilder(String.format("%n%-13s %-52s %12s %12s %12s  %s%n", "run", "what", "floor", "goal", "measured", ""));
        for (final Floor floor : floors()) {
            if (results.containsKey(floor.run())) {
                table.add(row(floor, floor.measured(results.getJsonObject(floor.run())), missed, text));
            }
        }
        output.result(new JsonObject().put("benchmark", "floors").put("secondsEach", output.seconds()).put("floors", table)
                .put("missed", new JsonArray(missed)).put("results", results));
        System.out.print(text.append(missed.isEmpty() ? "every floor is met" : missed.size() + " missed: " + String.join("; ", missed))
                .append(System.lineSeparator()));
        return 0;
    }

    private static JsonObject row(final Floor floor, final double measured, final List<String> missed, final StringBuilder text) {
        final String verdict = Double.isNaN(measured) ? "NOT MEASURED" : floor.reachesGoal(measured) ? "goal" : floor.isMet(measured) ? "met" : "MISSED";
        if (!floor.isMet(measured)) {
            missed.add(floor.what());
        }
        text.append(String.format(Locale.ROOT, "%-13s %-52s %12s %12s %12s  %s%n", floor.run(), floor.what(), shown(floor.floor(), floor.unit()),
                shown(floor.goal(), floor.unit()), Double.isNaN(measured) ? "-" : shown(measured, floor.unit()), verdict));
        return new JsonObject().put("run", floor.run()).put("what", floor.what()).put("unit", floor.unit()).put("floor", floor.floor())
                .put("goal", floor.goal()).put("measured", Double.isNaN(measured) ? null : measured).put("verdict", verdict);
    }

    private static String shown(final double value, final String unit) {
        return String.format(Locale.ROOT, value >= 1_000 ? "%,.0f %s" : value == Math.rint(value) ? "%.0f %s" : "%.3g %s", value, unit);
    }

    /** @return what it wrote, or why it gave nothing */
    private static JsonObject result(final List<String> arguments, final Path json) throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--json", json.toString()));
        final Process process = new ProcessBuilder(Programs.command(Programs.bench(), all)).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        final Thread hook = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
        final int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(hook);
        return code == 0 && Files.exists(json) ? new JsonObject(Files.readString(json)) : new JsonObject().put("failed", "exit code " + code);
    }
}
