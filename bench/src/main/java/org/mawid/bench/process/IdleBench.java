package org.mawid.bench.process;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a server costs when nobody asks anything. */
@Command(name = "idle", mixinStandardHelpOptions = true, description = "Processor share and memory of a server at rest, with the whole network in it.",
        footer = {"", "Takes about 40 s.", "", "Examples:",
            "  bench idle --settle 60 --seconds 60",
            "  bench idle --program api/target/mawid.jar      without the launcher"})
public final class IdleBench implements Callable<Integer>, Planned {
    private static final int LEAST_SECONDS = 10;
    /** The network brought, stopped and started again, as seen on two quiet cores. */
    private static final double STARTS_SECONDS = 14;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Option(names = "--program", paramLabel = "FILE", description = "Launcher or jar; default: the launcher api/target/mawid, else api/target/mawid.jar.")
    private Path program;

    @Option(names = "--settle", paramLabel = "SECONDS", defaultValue = "15", description = "Time left for it to come to rest: ${DEFAULT-VALUE}.")
    private int settle;

    @Override
    public Integer call() throws Exception {
        final Path data = Engines.temporaryData(null).resolve("data");
        final Path server = Programs.mawid(program);
        output.require(settle >= 0, "--settle must be 0 or more");
        output.progress("bringing the whole network to a server");
        Server.start(server, data, List.of("--demo", "--no-roles")).close();
        try (Server rested = Server.start(server, data, List.of())) {
            final int watch = Math.max(LEAST_SECONDS, part.seconds());
            pause("coming to rest", settle, watch);
            final long cpuNs = rested.cpuNs();
            final long fromNs = System.nanoTime();
            pause("at rest", watch, 0);
            final double share = (rested.cpuNs() - cpuNs) / (double) (System.nanoTime() - fromNs);
            output.result(new JsonObject().put("benchmark", "idle").put("program", server.getFileName().toString())
                    .put("load", new JsonObject().put("network", "whole").put("calls", "none").put("settleSeconds", settle).put("readModel", "availability and records")).put("leftOut", "nothing")
                    .put("percentOfOneCore", Output.rounded(share * 100)).put("residentMiB", rested.residentBytes() >> 20));
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return STARTS_SECONDS + settle + Math.max(LEAST_SECONDS, part.seconds());
    }

    private void pause(final String what, final int seconds, final int afterwards) throws InterruptedException {
        for (int second = 0; second < seconds; second++) {
            output.progressLeft((seconds - second + afterwards) * 1_000_000_000L, "%s: %d of %d s", what, second, seconds);
            Thread.sleep(1_000);
        }
    }
}
