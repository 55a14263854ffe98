package org.mawid.bench.micro;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.command.Frames;
import org.mawid.api.command.OutcomeSlab;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ManyReferences;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.CommandSource;
import org.mawid.engine.kernel.Outcome;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.sbe.CommandOutcomeDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A command of a batch, by what the service itself does with one: from the bytes of the call to SBE that is checked and has numbers in the place
 * of references, and from what the core answered to the bytes of the reply. A fifth each of submit, validate, hold with its stamp, confirm and
 * cancel. Left out are the copies into the ring and into the buffers of the transport.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 1)
public class BatchBenchmark {
    private static final int MANY = 1_000;
    private static final long FIRST_NUMBER = 1_234_567;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final UsualCommand[] EACH = UsualCommand.values();

    /** messages (protobuf), or packed (SBE in one field, references in their long form). */
    @Param({"messages", "packed"})
    private String as;

    private final References references = References.of(1, new byte[32]);
    private final ManyReferences many = new ManyReferences(references);
    private final Frames frames = new Frames(many, new Draft(references));
    private final Outcome outcome = new Outcome();
    private boolean isPacked;
    private byte[] batch;

    @Setup
    public void makeBatch() throws InvalidProtocolBufferException {
        if (!as.equals("messages") && !as.equals("packed")) {
            throw new IllegalArgumentException("as must be messages or packed, not " + as);
        }
        isPacked = as.equals("packed");
        batch = (isPacked ? CommandBatch.newBuilder().setPacked(packed()) : messages()).build().toByteArray();
        bytesToSbe();
        for (int i = 0; i < MANY; i++) {
            requireNumber(i);
        }
        requireReplies(answersToBytes());
    }

    private static UsualCommand command(final int i) {
        return EACH[i % EACH.length];
    }

    private static long number(final int i) {
        return FIRST_NUMBER + i;
    }

    private CommandBatch.Builder messages() {
        final CommandBatch.Builder messages = CommandBatch.newBuilder();
        for (int i = 0; i < MANY; i++) {
            messages.addCommands(command(i).message(references, number(i)));
        }
        return messages;
    }

    private ByteString packed() {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[MANY * (Integer.BYTES + CommandSource.MAX_BYTES)]);
        final Commands commands = new Commands(1);
        int at = 0;
        for (int i = 0; i < MANY; i++) {
            final ReferenceKind named = command(i).template().named();
            final int length = command(i).write(commands, bytes, at + Integer.BYTES, named == null ? 0 : references.longForm(named, number(i)));
            bytes.putInt(at, length, ORDER);
            at += Integer.BYTES + length + 7 & ~7;
        }
        return UnsafeByteOperations.unsafeWrap(bytes.byteArray(), 0, at);
    }

    /** What the command names is what was written. */
    private void requireNumber(final int i) {
        final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES));
        frames.copy(i, command, 0);
        final CommandTemplate template = command(i).template();
        if (frames.template(i) != template
                || template.named() != null && command.getLong(Draft.HEADER_BYTES + template.namedOffset(), ORDER) != number(i)) {
            throw new IllegalStateException("command " + i + " of the batch is " + frames.template(i) + " and does not name number " + number(i));
        }
    }

    /** The references of the replies are those of what was made. */
    private void requireReplies(final Object reply) throws InvalidProtocolBufferException {
        if (isPacked) {
            final UnsafeBuffer bytes = new UnsafeBuffer((byte[]) reply);
            final MessageHeaderDecoder header = new MessageHeaderDecoder();
            final CommandOutcomeDecoder one = new CommandOutcomeDecoder();
            for (int i = 0, at = 0; i < MANY; i++, at += Integer.BYTES + bytes.getInt(at, ORDER)) {
                one.wrapAndApplyHeader(bytes, at + Integer.BYTES, header);
                final ReferenceKind made = command(i).template().made();
                requireReply(i, one.result() == Result.OK && (made == null || references.number(made, one.number1()) == number(i)));
            }
        } else {
            final CommandBatchReply replies = CommandBatchReply.parseFrom((ByteString) reply);
            for (int i = 0; i < MANY; i++) {
                final ReferenceKind made = command(i).template().made();
                requireReply(i, replies.getReplies(i).getResultValue() == Result.OK.value()
                        && (made == null || references.number(made, replies.getReplies(i).getReference()) == number(i))
                        && replies.getReplies(i).getStampsCount() == (command(i) == UsualCommand.HOLD ? 1 : 0));
            }
        }
    }

    private static void requireReply(final int i, final boolean isRight) {
        if (!isRight) {
            throw new IllegalStateException("reply " + i + " is not what was answered");
        }
    }

    @Benchmark
    @OperationsPerInvocation(MANY)
    public int bytesToSbe() {
        final Result taken = frames.take(batch, 0);
        if (taken != Result.OK || frames.good() != MANY) {
            throw new IllegalStateException("the batch was answered " + taken + " and " + frames.good() + " of its commands are good");
        }
        return frames.good();
    }

    /** @return bytes of the reply's one field, or of its message */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public Object answersToBytes() {
        final OutcomeSlab answers = new OutcomeSlab(MANY);
        for (int i = 0; i < MANY; i++) {
            answers.begin(i, command(i).template());
            answer(i);
            answers.set(i, outcome, 0);
        }
        return isPacked ? answers.toWire(many) : answers.toMessage(many);
    }

    private void answer(final int i) {
        final UsualCommand command = command(i);
        final long made = command.template().made() == null ? 0 : number(i);
        final long startMs = command == UsualCommand.HOLD || command == UsualCommand.CONFIRM ? ModelNetwork.START_MS : 0;
        outcome.begin(number(i), ModelNetwork.START_MS).set(Result.OK, made, startMs, command == UsualCommand.HOLD ? 1L << 56 | number(i) : 0);
    }
}
