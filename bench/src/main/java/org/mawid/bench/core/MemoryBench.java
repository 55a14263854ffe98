package org.mawid.bench.core;

import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Heap that a confirmed appointment takes, with everything that hangs on it. */
@Command(name = "memory", mixinStandardHelpOptions = true,
        description = "Heap for each appointment with its application, line, person, stamp, leg, indexes and calendar; remembered requests apart.")
public final class MemoryBench implements Callable<Integer> {
    @Mixin
    private Output output;

    @Option(names = "--appointments", paramLabel = "N", defaultValue = "1000000", description = "How many are made: ${DEFAULT-VALUE}.")
    private long appointments;

    @Option(names = "--days", paramLabel = "N", defaultValue = "365", description = "Open days ahead: ${DEFAULT-VALUE}.")
    private int days;

    @Override
    public Integer call() throws Exception {
        final long before = liveHeap();
        final CoreRun run = new CoreRun(new ModelNetwork(150, days, 96, 255, 1), 1, false, 32);
        final long calendar = liveHeap() - before - run.bytes();
        while (run.confirmed() < appointments) {
            run.encode();
            run.apply();
            output.progress("appointments %,d of %,d", run.confirmed(), appointments);
        }
        final long all = liveHeap() - before - run.bytes();
        final long each = (all - calendar) / run.confirmed();
        output.result(new JsonObject().put("benchmark", "memory")
                .put("load", new JsonObject().put("appointments", run.confirmed()).put("linesEach", 1).put("stampsEach", 1).put("posts", 150).put("days", days))
                .put("leftOut", "remembered requests, read model; nobody has cancelled")
                .put("calendarMiB", calendar >> 20).put("bytesEachWithoutCalendar", each).put("bytesEachWithCalendar", all / run.confirmed())
                .put("appliedPosition", run.core().position()));
        return 0;
    }

    /** Heap in use after a full collection. */
    private static long liveHeap() throws InterruptedException {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
            used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
