package org.mawid.bench.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.command.CommandMapping;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.core.CommandCheck;
import org.mawid.grpc.Command;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Request;
import org.mawid.sbe.Result;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A hold with its stamps on its way in: as protobuf bytes to the message, as a message to SBE, written as SBE, and checked. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MappingBenchmark {
    private static final int BYTES = 1_024;

    private final References references = References.of(1, new byte[32]);
    private final CommandMapping mapping = new CommandMapping();
    private final Draft draft = new Draft(references);
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES));
    private final UnsafeBuffer written = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES));
    private final Commands commands = new Commands(1);
    private final Command message = message();
    private final byte[] wire = message.toByteArray();
    private final int length = hold();

    private Command message() {
        return Command.newBuilder().setTag(1).setHold(Hold.newBuilder()
                .setRequest(Request.newBuilder().setIdHigh(1).setIdLow(2).setCreatedMs(ModelNetwork.START_MS).setActor(1))
                .setApplication(references.text(ReferenceKind.APPLICATION, 1_234_567)).setIssueStamps(true)
                .addLegs(Leg.newBuilder().setDeskId(1).setLines(1).setEpochDay(ModelNetwork.FIRST_DAY).setStartUnit(3).setUnits(2))).build();
    }

    private int hold() {
        return commands.hold(written, 0, ModelNetwork.START_MS, 1_234_567, 1, ModelNetwork.FIRST_DAY, 3, 2, true);
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
        return hold();
    }

    @Benchmark
    public Result checkSbe() {
        return CommandCheck.check(written, 0, length);
    }
}
