package org.mawid.bench.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Engines;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.engine.readmodel.events.LiveEvents;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.HeldEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event costs: on the thread that feeds, in memory only or with files behind it (then also how fast they are written, for feeding
 * waits when they are a whole tail behind), and for one that reads it out of the files.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class EventLogBenchmark {
    private static final int POSITIONS = 2_048;
    private static final int EVENTS = 2;
    private static final int EVENT_BYTES = 100;

    /** Of files, a quarter of which is there before the clock starts; 0 = in memory only. */
    @Param({"0", "1073741824"})
    public long maxBytes;

    private Path folder;
    private LiveEvents events;
    private EventLog.Subscription reader;
    private long readBytes;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(EventWriter.MAX_BYTES));
    private int length;
    private long position;

    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("mawid-bench");
        final ReadModelConfig usual = ReadModelConfig.in(folder, "bench");
        events = LiveEvents.open(new ReadModelConfig(folder, "bench", usual.eventTailBytes(), usual.eventSegmentBytes(), usual.eventKeepMs(), maxBytes,
                false, 0, 0), FileDisk.plain());
        events.settle(0, 1);
        final EventWriter writer = new EventWriter();
        writer.wrap(buffer, 0);
        for (int i = 0; i < EVENTS; i++) {
            new HeldEncoder().wrapAndApplyHeader(buffer, writer.messageOffset(), new MessageHeaderEncoder()).head().ordinal(i).postId(1 + i);
            writer.commit(EVENT_BYTES);
        }
        length = writer.length();
        if (maxBytes > 0) {
            while (events.bytesOnDisk() < maxBytes / 4) {
                feed();
            }
            events.force();
        }
        reader = events.subscribe(EventLog.Cursor.after(events.epoch(), events.keptFrom()), 0);
    }

    @TearDown
    public void close() {
        events.close();
        Engines.delete(folder);
    }

    @Benchmark
    @OperationsPerInvocation(POSITIONS * EVENTS)
    public long feed() {
        for (int i = 0; i < POSITIONS; i++) {
            position++;
            for (int at = 0; at < length; at += length / EVENTS) {
                buffer.putLong(at + EventWriter.FRAME_BYTES + MessageHeaderEncoder.ENCODED_LENGTH + EventHeadEncoder.positionEncodingOffset(), position,
                        ByteOrder.LITTLE_ENDIAN);
            }
            events.append(position, position, buffer, 0, length);
        }
        events.reflects(position);
        events.show(position);
        return position;
    }

    /** From the oldest file on, again and again. In memory only: from the oldest that the tail has. */
    @Benchmark
    @OperationsPerInvocation(POSITIONS * EVENTS)
    public long follow() {
        int left = POSITIONS * EVENTS;
        while (left > 0) {
            final int polled = reader.poll((cursor, message, offset, bytes) -> readBytes += bytes, left);
            left -= polled;
            if (polled == 0) {
                if (maxBytes == 0 && events.position() < POSITIONS) {
                    feed();
                }
                reader.close();
                reader = events.subscribe(EventLog.Cursor.after(events.epoch(), events.keptFrom()), 0);
            }
        }
        return readBytes;
    }
}
