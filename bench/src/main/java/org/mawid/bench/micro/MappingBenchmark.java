package org.mawid.bench.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.command.CommandMapping;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.References;
import org.mawid.bench.load.Commands;
import org.mawid.engine.core.CommandCheck;
import org.mawid.grpc.Command;
import org.mawid.sbe.Result;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A command of an appointment's life on its way in by itself, as unary calls and streams have it: as protobuf bytes to the message, as a message
 * to SBE, written as SBE, and checked. {@link BatchBenchmark} has the way of batches, which make no message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class MappingBenchmark {
    private static final int BYTES = 1_024;
    private static final long NUMBER = 1_234_567;

    /** submit, validate, hold (with its stamp), confirm or cancel. */
    @Param({"submit", "validate", "hold", "confirm", "cancel"})
    private String command;

    private final References references = References.of(1, new byte[32]);
    private final CommandMapping mapping = new CommandMapping();
    private final Draft draft = new Draft(references);
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES));
    private final UnsafeBuffer written = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES));
    private final Commands commands = new Commands(1);
    private UsualCommand usual;
    private Command message;
    private byte[] wire;
    private int length;

    @Setup
    public void choose() {
        usual = UsualCommand.of(command);
        message = usual.message(references, NUMBER);
        wire = message.toByteArray();
        length = writeSbe();
        final int mapped = protobufToSbeWithCheck();
        if (mapped != length || CommandCheck.check(buffer, 0, mapped) != Result.OK || checkSbe() != Result.OK) {
            throw new IllegalStateException(command + " is " + length + " bytes as it is written and " + mapped + " as it is mapped, or is refused");
        }
    }

    @Benchmark
    public Command parseProtobuf() throws InvalidProtocolBufferException {
        return Command.parseFrom(wire);
    }

    @Benchmark
    public int protobufToSbeWithCheck() {
        return mapping.encode(draft.begin(buffer, 0, 0), message);
    }

    @Benchmark
    public int writeSbe() {
        return usual.write(commands, written, 0, NUMBER);
    }

    @Benchmark
    public Result checkSbe() {
        return CommandCheck.check(written, 0, length);
    }
}
