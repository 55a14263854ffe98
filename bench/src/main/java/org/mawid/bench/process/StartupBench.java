package org.mawid.bench.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.LongerOption;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Schedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From the start of the process to its ready line, on an empty directory and with the whole network in it. */
@Command(name = "startup", mixinStandardHelpOptions = true,
        description = "Time from process start to 'ready': empty directory, and the whole network after a clean stop and after kill -9.",
        footer = {"", "Takes about 65 s.", "", "Examples:",
            "  bench startup --runs 3",
            "  bench startup --seconds 120      each kind for two minutes",
            "  bench startup --program api/target/mawid.jar      without the launcher and its archive"})
public final class StartupBench implements Callable<Integer>, Planned {
    /** As seen on two quiet cores, each with its stop. */
    private static final double STOPPED_SECONDS = 2.5;
    private static final double DEMO_SECONDS = 8;
    private static final double NETWORK_SECONDS = 3.5;
    private static final double AFTER_KILL_SECONDS = 5;

    @Mixin
    private Output output;

    @Mixin
    private LongerOption longer;

    @Option(names = "--program", paramLabel = "FILE", description = "Launcher or jar; default: the launcher api/target/mawid, else api/target/mawid.jar.")
    private Path program;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Starts of each kind, and more with --seconds: ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public Integer call() throws Exception {
        final Path server = Programs.mawid(program);
        final Path folder = Engines.temporaryData(null);
        output.require(runs >= 1, "--runs must be 1 or more");
        final Schedule schedule = schedule();
        schedule.begin();
        output.progress("making the launcher's class-data archive");
        warmArchive(server, folder.resolve("warm"));
        final List<Double> empty = new ArrayList<>();
        final long fromNs = System.nanoTime();
        schedule.begin();
        for (int run = 0; longer.goesOn(run, runs, fromNs); run++) {
            final Path anew = folder.resolve("empty-" + run);
            try (Server started = Server.start(server, anew, List.of())) {
                empty.add(started.readyNs() / 1e9);
            }
            Engines.delete(anew); // there may be many
            output.progressLeft(schedule.leftNs(), "empty directory, start %d: %.2f s", run + 1, empty.get(run));
        }
        schedule.begin();
        final Path network = folder.resolve("network");
        final double firstDemo;
        try (Server started = Server.start(server, network, List.of("--demo", "--no-roles"))) {
            firstDemo = started.readyNs() / 1e9;
        }
        final List<Double> stopped = new ArrayList<>();
        final List<Double> killed = new ArrayList<>();
        schedule.begin();
        final long networkFromNs = System.nanoTime();
        for (int run = 0; longer.goesOn(run, runs, networkFromNs); run++) {
            final Server started = Server.start(server, network, List.of());
            stopped.add(started.readyNs() / 1e9);
            started.kill();
            try (Server again = Server.start(server, network, List.of())) {
                killed.add(again.readyNs() / 1e9);
            }
            output.progressLeft(schedule.leftNs(), "whole network, start %d: %.2f s", run + 1, stopped.get(run));
        }
        output.result(new JsonObject().put("benchmark", "startup").put("program", server.getFileName().toString())
                .put("load", new JsonObject().put("starts", empty.size()).put("startsOfTheNetwork", stopped.size()).put("calls", "none").put("readModel", "availability and records"))
                .put("leftOut", "nothing: process start to the ready line")
                .put("emptySeconds", summary(empty)).put("firstDemoSeconds", Output.rounded(firstDemo)).put("networkSeconds", summary(stopped)).put("networkAfterKillSeconds", summary(killed)));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return schedule().seconds();
    }

    private Schedule schedule() {
        return new Schedule().add(STOPPED_SECONDS).add(longer.plannedSeconds(runs, STOPPED_SECONDS)).add(DEMO_SECONDS)
                .add(longer.plannedSeconds(runs, NETWORK_SECONDS + AFTER_KILL_SECONDS));
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
