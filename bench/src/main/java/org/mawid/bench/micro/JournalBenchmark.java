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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A hold appended to the journal; whenever a group is full it is sealed with its checksum, written and synced, and the next one begun.
 * So the disk's share is in it, spread over some thousand records; {@code bench durable} tells it apart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class JournalBenchmark {
    private final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
    private final int length = new Commands(1).hold(command, 0, ModelNetwork.START_MS, 1_234_567, 1, ModelNetwork.FIRST_DAY, 3, 2, true);
    private Journal journal;
    private JournalWriter writer;
    private long position;

    @Setup
    public void open() throws IOException {
        final Path folder = Engines.temporaryData(null);
        journal = Journal.open(JournalConfig.in(folder.resolve("journal"), FileDisk.probe(folder), new JournalId(1, 2)).withBackground(true));
        writer = journal.writer();
    }

    @TearDown
    public void close() {
        journal.close();
    }

    @Benchmark
    public long appendWriteAndSync() {
        position++;
        if (!append()) {
            writer.flush();
            while (!writer.hasRoom()) {
                Thread.onSpinWait(); // the next segment is being made
            }
            if (!append()) {
                throw new IllegalStateException("an empty group takes any command");
            }
        }
        return position;
    }

    private boolean append() {
        return writer.append(position, ModelNetwork.START_MS, 0, command, 0, length);
    }
}
