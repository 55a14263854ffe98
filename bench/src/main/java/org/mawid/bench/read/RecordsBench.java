package org.mawid.bench.read;

import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.process.Usage;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.readmodel.records.LiveRecords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it costs to keep the records of a stream of commands, to make them anew, and to read one; the core is on the bench's own thread. */
@Command(name = "records", mixinStandardHelpOptions = true,
        description = "Records in Chronicle Map: following a stream of commands, made anew from the core's state, read by number.",
        footer = {"", "Takes about 30 s.", "", "Examples:",
            "  bench records --appointments 1000000",
            "  bench records --distance 100000      steps of a life farther apart"})
public final class RecordsBench implements Callable<Integer>, Planned {
    private static final long SEED = 42;
    private static final int SLOT_BYTES = 256;
    private static final int CHUNK = 4096;
    private static final String THREAD = "mawid-records";

    /** No longer than what is measured. */
    private static final int WARM_UP_SECONDS = 2;
    /** As seen on two quiet cores: the model network and the file; commands; records made anew; until what was fed is in, and reads. */
    private static final double MAKING_SECONDS = 5;
    private static final double APPLIED_PER_SECOND = 600_000;
    private static final double RECORDS_PER_SECOND = 100_000;
    private static final double BEHIND_SECONDS = 6;

    @Mixin
    private Output output;

    @Mixin
    private SecondsOption part;

    @Option(names = "--appointments", paramLabel = "N", defaultValue = "200000", description = "Appointments in the core and the records before the clock starts: ${DEFAULT-VALUE}.")
    private long appointments;

    @Option(names = "--distance", paramLabel = "N", defaultValue = "4096", description = "How many lives later the next step of a life comes: ${DEFAULT-VALUE}.")
    private int distance;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final UnsafeBuffer slots = new UnsafeBuffer(new byte[CHUNK * SLOT_BYTES]);
    private final long nowMs = ModelNetwork.START_MS;
    private long position;
    private LiveRecords records;

    @Override
    public Integer call() throws Exception {
        output.require(distance >= 1 && distance <= 1_000_000, "--distance must be 1 to 1 000 000");
        output.progress("making the model network");
        final Path folder = Engines.temporaryData(null);
        final ModelNetwork network = new ModelNetwork(150, 60, 96, 255);
        final Commands commands = new Commands(1);
        network.make(commands, (command, length) -> apply(command, 0, length, false));
        final Lives lives = new Lives(commands, network, distance, false, SEED);
        final long fromNs = System.nanoTime();
        while (lives.confirmed() < appointments) {
            chunk(lives, false);
            output.progressOf(fromNs, lives.confirmed(), appointments, "appointments %,d of %,d", lives.confirmed(), appointments);
        }
        records = new LiveRecords(ReadModelConfig.in(folder, "bench"));
        try {
            records.startAt(position);
            final long beganNs = System.nanoTime();
            records.start(this::answer);
            while (records.position() < position) {
                LockSupport.parkNanos(1_000_000);
            }
            final double anewSeconds = (System.nanoTime() - beganNs) / 1e9;
            follow(lives, Math.min(WARM_UP_SECONDS, part.seconds()), "warming up");
            final long cpuBefore = keeperCpuNs();
            final long allocatedBefore = threads.getThreadAllocatedBytes(keeper());
            final long positionBefore = records.position();
            final double rate = follow(lives, part.seconds(), "following");
            final double followed = records.position() - positionBefore;
            final JsonObject following = new JsonObject().put("commandsPerSecond", Output.rounded(rate))
                    .put("keeperCpuUsPerCommand", Output.rounded((keeperCpuNs() - cpuBefore) / 1e3 / followed))
                    .put("keeperBytesAllocatedPerCommand", Output.rounded((threads.getThreadAllocatedBytes(keeper()) - allocatedBefore) / followed));
            output.result(new JsonObject().put("benchmark", "records")
                    .put("load", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm: a quarter each").put("seed", SEED).put("livesBetweenSteps", distance).put("readModel", "records")
                            .put("appointmentsBefore", appointments))
                    .put("leftOut", "ring, journal, wire; core and feeding are on another thread of the same process")
                    .put("openedAndMadeAnewSeconds", Output.rounded(anewSeconds)).put("following", following).put("read", read(lives.confirmed()))
                    .put("fileMiB", Files.size(folder.resolve("records/records.map")) >> 20).put("residentMiB", Usage.ownResidentBytes() >> 20));
        } finally {
            records.close();
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return MAKING_SECONDS + appointments * (4 / APPLIED_PER_SECOND + 3 / RECORDS_PER_SECOND) + WARM_UP_SECONDS + part.seconds() + BEHIND_SECONDS;
    }

    private boolean answer(final RecordsSource.Table table, final long from, final int max, final RecordsSource.Slice slice) {
        final RecordConsumer record = (templateId, buffer, offset, length) -> slice.onRecord(buffer, offset, length);
        final long next = table == RecordsSource.Table.APPLICATIONS ? core.dumpApplications(from, max, record) : core.dump(RecordKind.HOLDS, from, max, record);
        slice.onEnd(position, next);
        return true;
    }

    private void apply(final org.agrona.DirectBuffer command, final int offset, final int length, final boolean feed) {
        core.apply(++position, nowMs, 0, command, offset, length, events, outcome);
        if (!outcome.isDone()) {
            throw new IllegalStateException("position " + position + " was answered " + outcome.result());
        }
        if (feed) {
            final int end = events.offset() + events.length();
            for (int at = events.offset(); at < end; ) {
                final int bytes = events.buffer().getInt(at, ByteOrder.LITTLE_ENDIAN);
                records.onEvent(events.buffer(), at + EventWriter.FRAME_BYTES, bytes);
                at += EventWriter.FRAME_BYTES + bytes + 7 & ~7;
            }
        }
        events.reset();
    }

    private void chunk(final Lives lives, final boolean feed) {
        for (int i = 0; i < CHUNK; i++) {
            apply(slots, 0, lives.next(slots, 0, nowMs), feed);
        }
        if (feed) {
            records.onBatchEnd(position);
        }
    }

    /** As fast as the records take it. @return commands a second */
    private double follow(final Lives lives, final int seconds, final String what) {
        final long from = System.nanoTime();
        final long before = position;
        while (System.nanoTime() - from < seconds * 1_000_000_000L) {
            if (records.isTooFarBehind()) {
                LockSupport.parkNanos(100_000);
            } else {
                chunk(lives, true);
                output.progressPart(from, seconds * 1_000_000_000L - (System.nanoTime() - from), "%s: %,.0f commands/s", what, (position - before) * 1e9 / (System.nanoTime() - from));
            }
        }
        while (records.position() < position) {
            LockSupport.parkNanos(100_000);
        }
        return (position - before) * 1e9 / (System.nanoTime() - from);
    }

    private JsonObject read(final long applications) {
        final RandomGenerator dice = RandomGeneratorFactory.getDefault().create(7);
        final int count = 200_000;
        long found = 0;
        long from = 0;
        for (int round = 0; round < 2; round++) {
            from = System.nanoTime();
            for (int i = 0; i < count; i++) {
                found += records.application(1 + dice.nextLong(applications)) == null ? 0 : 1;
            }
        }
        final double perSecond = count * 1e9 / (System.nanoTime() - from);
        if (found != 2 * count) {
            throw new IllegalStateException("not all were found");
        }
        return new JsonObject().put("applicationsPerSecond", Output.rounded(perSecond));
    }

    private long keeper() {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds())).filter(info -> info != null && info.getThreadName().equals(THREAD))
                .findAny().orElseThrow().getThreadId();
    }

    private long keeperCpuNs() {
        return threads.getThreadCpuTime(keeper());
    }
}
