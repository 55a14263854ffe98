package org.mawid.bench.micro;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A command of a booking's life applied, one after the other and without prefetch; encoded before the clock starts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CoreBenchmark {
    private static final int CHUNK = 4_096;
    private static final int STRIDE = 256;

    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK * STRIDE));
    private final int[] lengths = new int[CHUNK];
    private Lives lives;
    private long position;
    private long nowMs = ModelNetwork.START_MS;

    @Setup
    public void makeNetwork() {
        final ModelNetwork network = new ModelNetwork(150, 60, 96, 255);
        final Commands commands = new Commands(1);
        network.make(commands, (command, length) -> {
            core.apply(++position, nowMs, 0, command, 0, length, events, outcome);
            events.reset();
        });
        lives = new Lives(commands, network, 1_024, true, 42);
    }

    @Setup(Level.Invocation)
    public void encode() {
        nowMs += CHUNK / 1_000;
        for (int i = 0; i < CHUNK; i++) {
            lengths[i] = lives.next(slots, i * STRIDE, nowMs);
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public long apply() {
        for (int i = 0; i < CHUNK; i++) {
            core.apply(++position, nowMs, 0, slots, i * STRIDE, lengths[i], events, outcome);
            if (!outcome.isDone()) {
                throw new IllegalStateException("position " + position + " was answered " + outcome.result());
            }
            events.reset();
        }
        return position;
    }
}
