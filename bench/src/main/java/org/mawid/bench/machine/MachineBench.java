package org.mawid.bench.machine;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What kind of hour the machine has, and whether its host has given it its memory: taken before and after other figures it says how far those can be trusted. */
@Command(name = "machine", mixinStandardHelpOptions = true,
        description = "What the machine itself takes from a thread that does nothing but look at the clock; memory touched for the first time; reads of far memory; steps of arithmetic.",
        footer = {"", "Takes about 25 s, up to a minute on a virtual machine that has just begun.", "", "Nothing of Mawid runs. A host gives each page of memory when it is first touched, 'firstTouchNs': figures taken before are of a",
            "machine that is being given its memory, so half of it is touched here. 'dueUs': by how much a thread that never sleeps, one on each processor, was late for what was",
            "due every ten microseconds. What wakes up there can hardly do better.", "", "Examples:", "  bench machine --seconds 30"})
public final class MachineBench implements Callable<Integer>, Planned {
    private static final double SPEED_SECONDS = 4;
    private static final double TOUCH_SECONDS = 10;
    private static final int MIB = 20;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Option(names = "--touch", paramLabel = "MIB", description = "Memory to touch, in MiB; less when less is free. Default: half of the machine's.")
    private Long touchMib;

    @Override
    public Integer call() throws Exception {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final Pages pages = Pages.touch(touchMib == null ? system.getTotalMemorySize() / 2 : touchMib << MIB, system.getFreeMemorySize(), output);
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
                .put("touchedMiB", pages.touchedBytes() >> MIB).put("firstTouchNs", Output.rounded(pages.firstNs())).put("touchAgainNs", Output.rounded(pages.againNs()))
                .put("farReadNs", Output.rounded(readNs)).put("dependentStepNs", Output.rounded(stepNs))
                .put("stoppedPercent", Output.rounded(stalls.stoppedPercent())).put("stallsOver1MsPerSecond", Output.rounded(stalls.longerThanPerSecond(1_000_000)))
                .put("stallsOver5MsPerSecond", Output.rounded(stalls.longerThanPerSecond(5_000_000)))
                .put("longestStallMs", Output.rounded(stalls.longestNs() / 1e6)).put("dueUs", Latency.us(late)));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return part.seconds() + Stalls.WARM_UP_SECONDS + SPEED_SECONDS + TOUCH_SECONDS;
    }
}
