package org.mawid.bench.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.StampLives;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.LiveReadModel;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.engine.readmodel.money.LiveMoney;
import org.mawid.engine.readmodel.persons.LivePersons;
import org.mawid.engine.readmodel.work.LiveWork;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a command of {@code bench stamps} costs the thread that feeds the read side: its events are made before the clock starts. No files, no records. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 8, time = 1)
public class ProjectionBenchmark {
    private static final int COMMANDS = 1 << 16;
    /** Commands of a batch, as the pipeline has them in a flood. */
    private static final int BATCH = 2_048;
    private static final int EVENT_BYTES = 1_024;
    /** Lives between two steps of one, as {@code bench stamps} has them. */
    private static final int DISTANCE = 4_096;
    private static final int SLOT_BYTES = 2_048;

    /** What is fed. */
    public enum View { NONE, WORK, PERSONS, MONEY, ALL }

    /** One view, or all of them with the events themselves. */
    @Param
    public View view;

    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final Commands commands = new Commands(1);
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[SLOT_BYTES]);
    private final UnsafeBuffer fed = new UnsafeBuffer(ByteBuffer.allocateDirect(COMMANDS * EVENT_BYTES));
    private final int[] begins = new int[COMMANDS + 1];
    private final LiveWork work = new LiveWork();
    private final LivePersons persons = new LivePersons();
    private final LiveMoney money = new LiveMoney();
    private StampLives lives;
    private LiveReadModel model;
    private long position;
    private long firstPosition;
    private long nowMs = ModelNetwork.START_MS;

    @Setup
    public void makeNetwork() throws IOException {
        final Path folder = Engines.temporaryData(null);
        final ReadModelConfig usual = ReadModelConfig.in(folder, "bench");
        model = LiveReadModel.open(new ReadModelConfig(folder, "bench", usual.eventTailBytes(), usual.eventSegmentBytes(), usual.eventKeepMs(), 0, false, 0, 0));
        model.beginRebuild(0, 0);
        model.endRebuild();
        final ModelNetwork network = new ModelNetwork(150, 1, 96, 255);
        apply(slot, commands.setCoreVersion(slot, 0, nowMs, EngineCore.NEWEST_CORE_VERSION));
        shown();
        network.make(commands, (command, length) -> {
            apply(command, length);
            shown();
        });
        nowMs = network.madeByMs();
        lives = new StampLives(commands, network.posts(), DISTANCE, 11);
    }

    private void apply(final DirectBuffer command, final int length) {
        core.apply(++position, nowMs, 0, command, 0, length, events, outcome);
        if (!outcome.isDone()) {
            throw new IllegalStateException(String.format(Locale.ROOT, "the command at position %d was answered %s", position, outcome.result()));
        }
    }

    private void shown() {
        on(position, events.buffer(), events.offset(), events.length());
        onBatchEnd();
        events.reset();
    }

    @Setup(Level.Invocation)
    public void makeEvents() {
        firstPosition = position + 1;
        nowMs += COMMANDS / 1_000;
        for (int i = 0; i < COMMANDS; i++) {
            apply(slot, lives.next(slot, 0, nowMs));
            fed.putBytes(begins[i], events.buffer(), events.offset(), events.length());
            begins[i + 1] = begins[i] + events.length();
            events.reset();
        }
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long feed() {
        for (int i = 0; i < COMMANDS; i++) {
            on(firstPosition + i, fed, begins[i], begins[i + 1] - begins[i]);
            if ((i & BATCH - 1) == BATCH - 1) {
                onBatchEnd();
            }
        }
        return position;
    }

    private void on(final long at, final DirectBuffer buffer, final int offset, final int length) {
        if (view == View.ALL) {
            model.onEvents(at, nowMs, buffer, offset, length);
            return;
        }
        for (int frame = offset; frame < offset + length; frame += EventWriter.FRAME_BYTES + buffer.getInt(frame, ByteOrder.LITTLE_ENDIAN) + 7 & ~7) {
            final int message = frame + EventWriter.FRAME_BYTES;
            switch (view) {
                case WORK -> work.onMessage(buffer, message);
                case PERSONS -> persons.onMessage(buffer, message);
                case MONEY -> money.onMessage(at, buffer, message);
                default -> { }
            }
        }
    }

    private void onBatchEnd() {
        switch (view) {
            case WORK -> work.onBatchEnd();
            case PERSONS -> persons.onBatchEnd();
            case MONEY -> money.onBatchEnd();
            case ALL -> model.onBatchEnd();
            default -> { }
        }
    }
}
