package org.mawid.bench.micro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Snapshots;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole snapshot written, with its hash and durable, and loaded into a new core, with its checksums and its hash looked at: at full speed,
 * nobody beside it. Snapshots a second, and with them rows and MiB a second. In memory it is what the code costs, on the disk what one waits.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsPrepend = "-XX:MaxDirectMemorySize=14g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
public class SnapshotBenchmark {
    private static final JournalId ID = new JournalId(1, 2);
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int DISTANCE = 1_024;

    @Param({"300000"})
    private long appointments;

    /** memory (a file system in memory, Linux) or disk (the temporary folder). */
    @Param({"memory", "disk"})
    private String in;

    private final EngineCore core = new EngineCore();
    private Path folder;
    private Snapshots snapshots;
    private long rows;
    private double mebibytes;

    /** What was moved. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Moved {
        /** Of all tables. */
        public double rows;
        /** Of rows: headers and padding are not counted. */
        public double mebibytes;
    }

    @Setup
    public void makeState() throws IOException {
        final EventWriter events = new EventWriter();
        final Outcome outcome = new Outcome();
        final Commands commands = new Commands(1);
        final UnsafeBuffer slot = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
        final ModelNetwork network = new ModelNetwork(150, 60, 96, 255);
        final long[] position = new long[1];
        network.make(commands, (message, length) -> {
            core.apply(++position[0], ModelNetwork.START_MS, 0, message, 0, length, events, outcome);
            events.reset();
        });
        final Lives lives = new Lives(commands, network, DISTANCE, false, 42);
        while (lives.confirmed() < appointments) {
            final long nowMs = ModelNetwork.START_MS + position[0] / 1_000;
            final int length = lives.next(slot, 0, nowMs);
            core.apply(++position[0], nowMs, 0, slot, 0, length, events, outcome);
            events.reset();
        }
        core.save((tableId, rowBytes, firstNumber, count, buffer, offset) -> {
            rows += count;
            mebibytes += (double) count * rowBytes / (1 << 20);
        });
        folder = Engines.temporaryData(isInMemory() ? MEMORY : null);
        snapshots = Snapshots.open(FileDisk.probe(folder), folder.resolve("snapshots"));
        snapshots.save(core, ID, false, Pace.full(), () -> false);
    }

    private boolean isInMemory() {
        if (!in.equals("memory") && !in.equals("disk")) {
            throw new IllegalArgumentException("in must be memory or disk, not " + in);
        }
        if (in.equals("memory") && !Files.isWritable(MEMORY)) {
            throw new IllegalArgumentException("this machine has no " + MEMORY + " to write to: -p in=disk");
        }
        return in.equals("memory");
    }

    @TearDown
    public void remove() {
        core.close();
        Engines.delete(folder);
    }

    @Benchmark
    public Object write(final Moved moved) throws IOException {
        moved.rows += rows;
        moved.mebibytes += mebibytes;
        return snapshots.save(core, ID, false, Pace.full(), () -> false);
    }

    @Benchmark
    public Object load(final Moved moved) throws IOException {
        moved.rows += rows;
        moved.mebibytes += mebibytes;
        try (EngineCore loaded = new EngineCore()) {
            return snapshots.load(core.position(), loaded, ID, Pace.full());
        }
    }
}
