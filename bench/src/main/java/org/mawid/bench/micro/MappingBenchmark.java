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
import org.mawid.grpc.AgeBand;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
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

/** A command of an appointment's life on its way in: as protobuf bytes to the message, as a message to SBE, written as SBE, and checked. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class MappingBenchmark {
    private static final int BYTES = 1_024;
    private static final long NUMBER = 1_234_567;
    private static final long PERSON = 0x1234_5678_9ABC_DEF0L;

    /** submit, validate, hold (with its stamp), confirm or cancel. */
    @Param({"submit", "validate", "hold", "confirm", "cancel"})
    private String command;

    private final References references = References.of(1, new byte[32]);
    private final CommandMapping mapping = new CommandMapping();
    private final Draft draft = new Draft(references);
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES));
    private final UnsafeBuffer written = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES));
    private final Commands commands = new Commands(1);
    private Writer writer;
    private Command message;
    private byte[] wire;
    private int length;

    private interface Writer {
        int write();
    }

    @Setup
    public void choose() {
        final Request request = Request.newBuilder().setIdHigh(1).setIdLow(2).setCreatedMs(ModelNetwork.START_MS).setActor(1).build();
        final String application = references.text(ReferenceKind.APPLICATION, NUMBER);
        final Command.Builder made = Command.newBuilder().setTag(1);
        switch (command) {
            case "submit" -> {
                made.setSubmitApplication(SubmitApplication.newBuilder().setRequest(request).setApplicant(PERSON).addLines(NewLine.newBuilder()
                        .setPersonKey(PERSON).setServiceId(1).setQuantity(1).setAgeBand(AgeBand.AGE_BAND_ADULT)));
                writer = () -> commands.submit(written, 0, ModelNetwork.START_MS, PERSON, 1);
            }
            case "validate" -> {
                made.setValidateLines(ValidateLines.newBuilder().setRequest(request).setApplication(application).setLines(1));
                writer = () -> commands.validate(written, 0, ModelNetwork.START_MS, NUMBER);
            }
            case "hold" -> {
                made.setHold(Hold.newBuilder().setRequest(request).setApplication(application).setIssueStamps(true)
                        .addLegs(Leg.newBuilder().setDeskId(1).setLines(1).setEpochDay(ModelNetwork.FIRST_DAY).setStartUnit(3).setUnits(2)));
                writer = () -> commands.hold(written, 0, ModelNetwork.START_MS, NUMBER, 1, ModelNetwork.FIRST_DAY, 3, 2, true);
            }
            case "confirm" -> {
                made.setConfirm(Confirm.newBuilder().setRequest(request).setHold(references.text(ReferenceKind.HOLD, NUMBER)));
                writer = () -> commands.confirm(written, 0, ModelNetwork.START_MS, NUMBER);
            }
            case "cancel" -> {
                made.setCancel(Cancel.newBuilder().setRequest(request).setAppointment(references.text(ReferenceKind.APPOINTMENT, NUMBER)));
                writer = () -> commands.cancel(written, 0, ModelNetwork.START_MS, NUMBER);
            }
            default -> throw new IllegalArgumentException("command must be submit, validate, hold, confirm or cancel, not " + command);
        }
        message = made.build();
        wire = message.toByteArray();
        length = writer.write();
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
        return writer.write();
    }

    @Benchmark
    public Result checkSbe() {
        return CommandCheck.check(written, 0, length);
    }
}
