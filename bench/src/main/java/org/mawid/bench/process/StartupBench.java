package org.mawid.bench.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From the start of the process to its ready line, on an empty directory and with the whole network in it. */
@Command(name = "startup", mixinStandardHelpOptions = true,
        description = "Time from process start to 'ready': empty directory, and the whole network after a clean stop and after kill -9.",
        footer = {"", "Takes about 65 s.", "", "Examples:",
            "  bench startup --runs 3",
            "  bench startup --program api/target/mawid.jar      without the launcher and its archive"})
public final class StartupBench implements Callable<Integer>, Planned {
    /** As seen on two quiet cores, each with its stop. */
    private static final double STOPPED_SECONDS = 2.5;
    private static final double DEMO_SECONDS = 8;
    private static final double NETWORK_SECONDS = 3.5;
    private static final double AFTER_KILL_SECONDS = 5;

    @Mixin
    private Output output;

    @Option(names = "--program", paramLabel = "FILE", description = "Launcher or jar; default: the launcher api/target/mawid, else api/target/mawid.jar.")
    private Path program;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Starts of each kind: ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public Integer call() throws Exception {
        final Path server = Programs.mawid(program);
        final Path folder = Engines.temporaryData(null);
        final JsonObject result = new JsonObject().put("benchmark", "startup").put("program", server.getFileName().toString()).put("runs", runs)
                .put("load", new JsonObject().put("runs", runs).put("calls", "none").put("readModel", "availability and records"))
                .put("leftOut", "nothing: process start to the ready line");
        output.require(runs >= 1, "--runs must be 1 or more");
        output.progress("making the launcher's class-data archive");
        warmArchive(server, folder.resolve("warm"));
        final List<Double> empty = new ArrayList<>();
        final long fromNs = System.nanoTime();
        final int startsOfAll = 3 * runs + 1;
        for (int run = 0; run < runs; run++) {
            try (Server started = Server.start(server, folder.resolve("empty-" + run), List.of())) {
                empty.add(started.readyNs() / 1e9);
            }
            output.progressLeft(Output.leftNs(fromNs, run + 1, startsOfAll), "empty directory, start %d of %d: %.2f s", run + 1, runs, empty.get(run));
        }
        result.put("emptySeconds", summary(empty));
        final Path network = folder.resolve("network");
        try (Server started = Server.start(server, network, List.of("--demo"))) {
            result.put("firstDemoSeconds", Output.rounded(started.readyNs() / 1e9));
        }
        final List<Double> stopped = new ArrayList<>();
        final List<Double> killed = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            final Server started = Server.start(server, network, List.of());
            stopped.add(started.readyNs() / 1e9);
            started.kill();
            try (Server again = Server.start(server, network, List.of())) {
                killed.add(again.readyNs() / 1e9);
            }
            output.progressLeft(Output.leftNs(fromNs, runs + 1 + 2 * (run + 1), startsOfAll), "whole network, start %d of %d: %.2f s", run + 1, runs, stopped.get(run));
        }
        output.result(result.put("networkSeconds", summary(stopped)).put("networkAfterKillSeconds", summary(killed)));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return STOPPED_SECONDS * (1 + runs) + DEMO_SECONDS + runs * (NETWORK_SECONDS + AFTER_KILL_SECONDS);
    }

    /** The launcher's class-data archive is made at the end of a first run: let that be over. */
    private static void warmArchive(final Path server, final Path data) throws IOException {
        Server.start(server, data, List.of()).close();
    }

    private static JsonObject summary(final List<Double> seconds) {
        final List<Double> sorted = new ArrayList<>(seconds);
        Collections.sort(sorted);
        return new JsonObject().put("min", Output.rounded(sorted.get(0))).put("median", Output.rounded(sorted.get(sorted.size() / 2)))
                .put("max", Output.rounded(sorted.get(sorted.size() - 1)));
    }
}
