package org.mawid.bench.micro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalWriter;
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
 * A hold appended to the journal; whenever a group is full it is sealed with its checksum and handed over, and the next one begun. To nowhere
 * it is the work of encoding and the CRC alone: the disk takes each group at once and keeps nothing. To the disk each group is written and synced, so
 * that the disk's share is in it, spread over some thousand records; {@code bench durable} tells it apart.
 * <p>A segment that begins may allocate: some kilobytes in half a million records.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class JournalBenchmark {
    /** nowhere, or disk (the temporary folder). */
    @Param({"nowhere", "disk"})
    private String to;

    private final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
    private final int length = new Commands(1).hold(command, 0, ModelNetwork.START_MS, 1_234_567, 1, ModelNetwork.FIRST_DAY, 3, 2, true);
    private Path folder;
    private DiskOfNothing nowhere;
    private Journal journal;
    private JournalWriter writer;
    private long position;

    @Setup
    public void open() throws IOException {
        if (!to.equals("nowhere") && !to.equals("disk")) {
            throw new IllegalArgumentException("to must be nowhere or disk, not " + to);
        }
        folder = Engines.temporaryData(null);
        final FileDisk disk = FileDisk.probe(folder);
        nowhere = to.equals("nowhere") ? new DiskOfNothing(disk) : null;
        journal = Journal.open(JournalConfig.in(folder.resolve("journal"), nowhere == null ? disk : nowhere, new JournalId(1, 2)).withBackground(true));
        if (nowhere != null) {
            nowhere.keepNothing();
        }
        writer = journal.writer();
    }

    /** Whatever was appended must have been handed over. */
    @TearDown
    public void close() {
        final long durable = writer.flush();
        journal.close();
        Engines.delete(folder);
        if (durable != position) {
            throw new IllegalStateException(position + " records were appended and the journal has written " + durable);
        }
        if (nowhere != null && nowhere.groupBytes() < position * length) {
            throw new IllegalStateException("the disk was given " + nowhere.groupBytes() + " bytes of " + position + " records of " + length);
        }
    }

    @Benchmark
    public long append() {
        position++;
        if (!appendNext()) {
            writer.flush();
            while (!writer.hasRoom()) {
                Thread.onSpinWait(); // the next segment is being made
            }
            if (!appendNext()) {
                throw new IllegalStateException("an empty group takes any command");
            }
        }
        return position;
    }

    private boolean appendNext() {
        return writer.append(position, ModelNetwork.START_MS, 0, command, 0, length);
    }
}
