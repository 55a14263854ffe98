package org.mawid.bench.machine;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What kind of hour the machine has: taken before and after other figures it says how far those can be trusted. */
@Command(name = "machine", mixinStandardHelpOptions = true,
        description = "What the machine itself takes from a thread that does nothing but look at the clock; reads of far memory; steps of arithmetic.",
        footer = {"", "Takes about 15 s.", "", "Nothing of Mawid runs. 'dueUs': by how much a thread that never sleeps, one on each processor, was late for what was",
            "due every ten microseconds. What wakes up there can hardly do better.", "", "Examples:", "  bench machine --seconds 30"})
public final class MachineBench implements Callable<Integer>, Planned {
    private static final double SPEED_SECONDS = 4;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Override
    public Integer call() throws Exception {
        final Speed speed = new Speed();
        output.progress("reads of far memory, steps of arithmetic");
        final double readNs = speed.farReadNs();
        final double stepNs = speed.stepNs();
        final Stalls stalls = Stalls.over(part.seconds(), Runtime.getRuntime().availableProcessors(), output);
        final Histogram late = stalls.late();
        output.result(new JsonObject().put("benchmark", "machine")
                .put("load", new JsonObject().put("threads", Runtime.getRuntime().availableProcessors()).put("dueEveryUs", Stalls.EVERY_NS / 1_000)
                        .put("stallFromUs", Stalls.FROM_NS / 1_000).put("farMemoryMiB", Speed.BYTES >> 20))
                .put("leftOut", "the disk; whatever sleeps or waits for a lock")
                .put("farReadNs", Output.rounded(readNs)).put("dependentStepNs", Output.rounded(stepNs))
                .put("stoppedPercent", Output.rounded(stalls.stoppedPercent())).put("stallsOver1MsPerSecond", Output.rounded(stalls.longerThanPerSecond(1_000_000)))
                .put("stallsOver5MsPerSecond", Output.rounded(stalls.longerThanPerSecond(5_000_000)))
                .put("longestStallMs", Output.rounded(stalls.longestNs() / 1e6)).put("dueUs", Latency.us(late)));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return part.seconds() + Stalls.WARM_UP_SECONDS + SPEED_SECONDS;
    }
}
