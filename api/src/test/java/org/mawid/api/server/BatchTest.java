package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mawid.api.fake.GrpcFixture.errorInfo;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.grpc.Cause;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.CommandServiceGrpc.CommandServiceBlockingStub;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CommandOutcomeDecoder;
import org.mawid.sbe.ConfirmEncoder;
import org.mawid.sbe.HoldEncoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;
import org.mawid.sbe.TickEncoder;

/** Many commands in one message, in both encodings, over a real connection. */
class BatchTest {
    private static final long SEED = Long.getLong("seed", 4_242L);
    private static final int FRAME_BYTES = 64;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private GrpcFixture grpc;
    private CommandServiceBlockingStub commands;
    private long ids;

    @BeforeEach
    void start() throws Exception {
        grpc = new GrpcFixture();
        commands = CommandServiceGrpc.newBlockingStub(grpc.channel);
    }

    @AfterEach
    void stop() throws Exception {
        grpc.close();
    }

    @Test
    void givenAThousandCommands_whenSent_thenOneAnswerEachInOrder() {
        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        for (int i = 0; i < 1_000; i++) {
            batch.addCommands(i % 10 == 3 ? grpc.mistyped(i) : grpc.submitCommand(i));
        }

        final List<CommandReply> replies = commands.batch(batch.build()).getRepliesList();

        assertThat(replies).hasSize(1_000);
        long expected = 0;
        for (int i = 0; i < 1_000; i++) {
            final CommandReply reply = replies.get(i);
            assertThat(reply.getResult()).isEqualTo(i % 10 == 3 ? Result.MALFORMED : Result.OK);
            if (i % 10 != 3) {
                assertThat(grpc.references.number(ReferenceKind.APPLICATION, reply.getReference())).isEqualTo(++expected);
                assertThat(reply.getPosition()).isEqualTo(expected);
            }
        }
    }

    @Test
    void givenTooManyCommands_whenSent_thenNoneIsDone() {
        final CommandBatch.Builder most = CommandBatch.newBuilder();
        final Command command = grpc.submitCommand(0);
        for (int i = 0; i < 8_190; i++) {
            most.addCommands(command);
        }
        assertThat(refused(most.clone().addCommands(command).build())).isEqualTo("OUT_OF_RANGE");
        assertThat(grpc.engine.lastPosition()).isZero();

        final List<CommandReply> replies = commands.batch(most.build()).getRepliesList();
        assertThat(replies).hasSize(8_190);
        assertThat(replies.get(8_189).getRepeatedAnswer()).isTrue();
    }

    @Test
    void givenHalfARing_whenABatchIsSent_thenTheRestIsUnavailableItemByItem() {
        grpc.engine.silent(true);
        grpc.engine.capacity(30);
        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        for (int i = 0; i < 100; i++) {
            batch.addCommands(i == 10 ? grpc.mistyped(i) : grpc.submitCommand(i));
        }
        final Thread answering = new Thread(() -> {
            while (grpc.engine.waiting() < 30) {
                Thread.onSpinWait();
            }
            grpc.engine.silent(false);
        });
        answering.start();

        final List<CommandReply> replies = commands.batch(batch.build()).getRepliesList();

        for (int i = 0; i < 100; i++) {
            final Result expected = i == 10 ? Result.MALFORMED : i <= 30 ? Result.OK : Result.UNAVAILABLE;
            assertThat(replies.get(i).getResult()).as("item %d", i).isEqualTo(expected);
            assertThat(expected == Result.UNAVAILABLE ? replies.get(i).getDetail() : 0).as("item %d", i)
                    .isEqualTo(expected == Result.UNAVAILABLE ? Cause.RING_FULL_VALUE : 0);
            assertThat(replies.get(i).getRetryMs()).as("item %d", i).isEqualTo(expected == Result.UNAVAILABLE ? 100 : 0);
        }
    }

    @Test
    void givenASilentCore_whenTimeIsOver_thenWhatIsNotKnownIsPending() {
        grpc.engine.silent(true);
        final CommandBatch batch = CommandBatch.newBuilder().addCommands(grpc.submitCommand(0)).addCommands(grpc.mistyped(1)).build();

        final List<CommandReply> replies = commands.batch(batch).getRepliesList();

        assertThat(replies).extracting(CommandReply::getResult).containsExactly(Result.PENDING, Result.MALFORMED);
        grpc.engine.silent(false);
        assertThat(commands.batch(batch).getReplies(0).getResult()).isEqualTo(Result.OK);
    }

    @Test
    void givenAnEmptyBatch_whenSent_thenAnEmptyAnswer() {
        assertThat(commands.batch(CommandBatch.getDefaultInstance()).getRepliesCount()).isZero();
    }

    @Test
    void givenPackedCommands_whenSent_thenReferencesGoInAndOut() {
        final Packer packer = new Packer();
        packer.submit();
        packer.hold(grpc.references.longForm(ReferenceKind.APPLICATION, 1), true);
        packer.confirm(grpc.references.longForm(ReferenceKind.HOLD, 1));
        packer.hold(grpc.references.longForm(ReferenceKind.APPLICATION, 99), false);
        packer.confirm(grpc.references.longForm(ReferenceKind.APPOINTMENT, 1));
        packer.tick();

        final Answers answers = send(packer);

        assertThat(answers.count).isEqualTo(6);
        assertThat(grpc.references.number(ReferenceKind.APPLICATION, answers.at(0).number1())).isEqualTo(1);
        assertThat(grpc.references.number(ReferenceKind.HOLD, answers.at(1).number1())).isEqualTo(1);
        assertThat(answers.at(1).stampCount()).isEqualTo((short) 1);
        assertThat(grpc.references.number(ReferenceKind.STAMP, answers.at(1).number3())).isEqualTo(1);
        assertThat(grpc.references.number(ReferenceKind.APPOINTMENT, answers.at(2).number1())).isEqualTo(1);
        assertThat(answers.at(2).position()).isEqualTo(3);
        assertThat(answers.at(3).result()).isEqualTo(org.mawid.sbe.Result.APPLICATION_UNKNOWN);
        assertThat(answers.at(4).result()).as("another kind").isEqualTo(org.mawid.sbe.Result.MALFORMED);
        assertThat(answers.at(5).result()).as("the host's own").isEqualTo(org.mawid.sbe.Result.FORBIDDEN);
        assertThat(grpc.engine.lastPosition()).isEqualTo(4);
    }

    @Test
    void givenPackedCommandsAndACallDeadline_whenTooLate_thenNotDone() {
        final Packer packer = new Packer();
        packer.submit();
        final CommandBatch batch = CommandBatch.newBuilder().setPacked(packer.bytes()).setDeadlineMs(1).build();
        assertThat(new Answers(commands.batch(batch).getPacked()).at(0).result()).isEqualTo(org.mawid.sbe.Result.DEADLINE_EXCEEDED);
    }

    @Test
    void givenBrokenFrames_whenSent_thenTheWholeBatchIsMalformed() {
        final Packer packer = new Packer();
        packer.submit();
        packer.submit();
        final byte[] good = packer.bytes().toByteArray();
        for (final int length : new int[] {-1, 0, 4, good.length, Integer.MAX_VALUE}) {
            final byte[] bad = good.clone();
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
            assertThat(refused(packed(bad))).as("length %d", length).isEqualTo("MALFORMED");
        }
        assertThat(refused(packed(new byte[] {1, 2, 3}))).isEqualTo("MALFORMED");
        assertThat(refused(packed(good).toBuilder().addCommands(grpc.submitCommand(0)).build())).isEqualTo("MALFORMED");
        assertThat(grpc.engine.lastPosition()).isZero();
    }

    @Test
    void givenAnyBytes_whenSentPacked_thenAnAnswerAndTheNextBatchIsFine() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final Packer packer = new Packer();
        packer.submit();
        packer.hold(grpc.references.longForm(ReferenceKind.APPLICATION, 1), true);
        packer.confirm(grpc.references.longForm(ReferenceKind.HOLD, 1));
        final byte[] good = packer.bytes().toByteArray();
        for (int round = 0; round < 300; round++) {
            final byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                // Not the request ids: other ids are other requests, and good ones.
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(new Answers(commands.batch(packed(bytes)).getPacked()).count).as("seed %d", SEED).isBetween(1, 3);
            } catch (final StatusRuntimeException refusal) {
                assertThat(errorInfo(refusal).getReason()).as("seed %d", SEED).isEqualTo("MALFORMED");
            }
        }
        assertThat(send(packer).count).isEqualTo(3);
    }

    @Test
    void givenFaultsBesideAReference_whenSentAsMessages_thenTheFirstFieldWins() {
        final String application = grpc.references.text(ReferenceKind.APPLICATION, 1);
        final String ofAnotherKey = References.of(1, "another key, of thirty-two bytes".getBytes(StandardCharsets.US_ASCII)).text(ReferenceKind.APPLICATION, 1);
        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        for (final int lines : new int[] {1 << 16, 1}) {
            for (final String reference : new String[] {application, ofAnotherKey, application.substring(1), ""}) {
                batch.addCommands(Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(reference).setLines(lines)
                        .setRequest(Request.newBuilder().setIdHigh(1).setIdLow(++ids).setCreatedMs(System.currentTimeMillis()))));
            }
        }

        assertThat(commands.batch(batch.build()).getRepliesList()).extracting(CommandReply::getResult).containsExactly(
                Result.OUT_OF_RANGE, Result.MALFORMED, Result.MALFORMED, Result.MALFORMED, Result.OK, Result.MALFORMED, Result.MALFORMED, Result.MALFORMED);
        assertThat(grpc.engine.lastPosition()).isEqualTo(1);
    }

    @Test
    void givenTheSameFaults_whenSentInBothEncodings_thenTheSameReasons() {
        final int line = MessageHeaderEncoder.ENCODED_LENGTH + SubmitApplicationEncoder.BLOCK_LENGTH + SubmitApplicationEncoder.LinesEncoder.HEADER_SIZE;
        final Packer packer = new Packer();
        packer.submit();
        packer.last(MessageHeaderEncoder.ENCODED_LENGTH + RequestEncoder.idHighEncodingOffset(), 2 * Long.BYTES, 0);
        packer.submit();
        packer.last(MessageHeaderEncoder.ENCODED_LENGTH + RequestEncoder.channelEncodingOffset(), 1, 99);
        packer.submit();
        packer.last(line + SubmitApplicationEncoder.LinesEncoder.ageBandEncodingOffset(), 1, 99);
        packer.submit();
        packer.last(line + SubmitApplicationEncoder.LinesEncoder.priorityEncodingOffset(), 1, 99);
        packer.submit();
        packer.last(line + SubmitApplicationEncoder.LinesEncoder.quantityEncodingOffset(), 1, 0);
        final Answers answers = send(packer);

        final CommandBatch.Builder batch = CommandBatch.newBuilder();
        final SubmitApplication good = grpc.submit();
        batch.addCommands(submit(good.toBuilder().setRequest(good.getRequest().toBuilder().setIdHigh(0).setIdLow(0)).build()));
        batch.addCommands(submit(good.toBuilder().setRequest(grpc.request().toBuilder().setChannelValue(99)).build()));
        batch.addCommands(submit(good.toBuilder().setRequest(grpc.request()).setLines(0, good.getLines(0).toBuilder().setAgeBandValue(99)).build()));
        batch.addCommands(submit(good.toBuilder().setRequest(grpc.request()).setLines(0, good.getLines(0).toBuilder().setPriorityValue(99)).build()));
        batch.addCommands(submit(good.toBuilder().setRequest(grpc.request()).setLines(0, good.getLines(0).toBuilder().setQuantity(0)).build()));

        assertThat(commands.batch(batch.build()).getRepliesList()).extracting(CommandReply::getResult).containsExactly(
                Result.MALFORMED, Result.MALFORMED, Result.MALFORMED, Result.MALFORMED, Result.OUT_OF_RANGE);
        for (int i = 0; i < answers.count; i++) {
            assertThat(answers.at(i).result()).as("packed %d", i).isEqualTo(i < 4 ? org.mawid.sbe.Result.MALFORMED : org.mawid.sbe.Result.OUT_OF_RANGE);
        }
        assertThat(answers.count).isEqualTo(5);
        assertThat(grpc.engine.lastPosition()).isZero();
    }

    private static Command submit(final SubmitApplication application) {
        return Command.newBuilder().setSubmitApplication(application).build();
    }

    @Test
    void givenMessagesAndACallDeadline_whenTooLate_thenNotDone() {
        final CommandBatch batch = CommandBatch.newBuilder().addCommands(grpc.submitCommand(0)).setDeadlineMs(1).build();
        assertThat(commands.batch(batch).getReplies(0).getResult()).isEqualTo(Result.DEADLINE_EXCEEDED);
        assertThat(refused(batch.toBuilder().setDeadlineMs(-1).build())).isEqualTo("MALFORMED");
    }

    @Test
    void givenAnyBytes_whenSentAsMessages_thenAnAnswerAndTheNextBatchIsFine() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final CommandBatch batch = CommandBatch.newBuilder().addCommands(grpc.submitCommand(0)).addCommands(grpc.mistyped(1)).build();
        final MethodDescriptor<byte[], CommandBatchReply> raw = CommandServiceGrpc.getBatchMethod()
                .toBuilder(new Bytes(), CommandServiceGrpc.getBatchMethod().getResponseMarshaller()).build();
        for (int round = 0; round < 300; round++) {
            final byte[] bytes = batch.toByteArray();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ClientCalls.blockingUnaryCall(grpc.channel, raw, CallOptions.DEFAULT, bytes);
            } catch (final StatusRuntimeException refusal) {
                assertThat(errorInfo(refusal).getReason()).as("seed %d", SEED).isEqualTo("MALFORMED");
            }
        }
        assertThat(commands.batch(batch).getRepliesCount()).isEqualTo(2);
    }

    @Test
    void givenManyPackedCommands_whenSent_thenAllAreAnsweredInOrder() {
        final Packer packer = new Packer();
        for (int i = 0; i < 8_190; i++) {
            packer.submit();
        }
        final Answers answers = send(packer);
        assertThat(answers.count).isEqualTo(8_190);
        for (int i = 0; i < answers.count; i++) {
            assertThat(answers.at(i).position()).isEqualTo(i + 1);
            assertThat(answers.at(i).repeated()).isEqualTo(BooleanType.NO);
        }
        packer.submit();
        assertThat(refused(packed(packer.bytes().toByteArray()))).isEqualTo("OUT_OF_RANGE");
    }

    private static CommandBatch packed(final byte[] bytes) {
        return CommandBatch.newBuilder().setPacked(ByteString.copyFrom(bytes)).build();
    }

    private Answers send(final Packer packer) {
        return new Answers(commands.batch(CommandBatch.newBuilder().setPacked(packer.bytes()).build()).getPacked());
    }

    private String refused(final CommandBatch batch) {
        final StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, () -> commands.batch(batch));
        assertThat(failure).as("refused").isNotNull();
        return errorInfo(failure).getReason();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(final byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(final InputStream stream) {
            throw new UnsupportedOperationException();
        }
    }

    /** Written by hand, as a portal in another language would. */
    private final class Packer {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4 << 20]);
        private int begin;
        private int end;

        /** Overwrites bytes of the command that was added last. */
        void last(final int offset, final int bytes, final int value) {
            buffer.setMemory(begin + 4 + offset, bytes, (byte) value);
        }

        void submit() {
            final SubmitApplicationEncoder encoder = new SubmitApplicationEncoder().wrapAndApplyHeader(buffer, end + 4, header);
            request(encoder.request());
            encoder.applicant(0).postId(1).linesCount(1).next().personKey(5).serviceId(21).registeredPostId(0).quantity((short) 1);
            commit(encoder.encodedLength());
        }

        void hold(final long application, final boolean stamps) {
            final HoldEncoder encoder = new HoldEncoder().wrapAndApplyHeader(buffer, end + 4, header);
            request(encoder.request());
            encoder.applicationId(application).issueStamps(stamps ? BooleanType.YES : BooleanType.NO).legsCount(1).next()
                    .deskId(11).lines(1).epochDay(20_000).startUnit((short) 3).units((short) 3);
            commit(encoder.encodedLength());
        }

        void confirm(final long hold) {
            final ConfirmEncoder encoder = new ConfirmEncoder().wrapAndApplyHeader(buffer, end + 4, header);
            request(encoder.request());
            encoder.holdId(hold).issueStamps(BooleanType.NO);
            commit(encoder.encodedLength());
        }

        void tick() {
            final TickEncoder encoder = new TickEncoder().wrapAndApplyHeader(buffer, end + 4, header);
            request(encoder.request());
            commit(encoder.encodedLength());
        }

        ByteString bytes() {
            return ByteString.copyFrom(buffer.byteArray(), 0, end);
        }

        private void request(final RequestEncoder request) {
            request.deadlineMs(0).idHigh(7).idLow(++ids).createdMs(System.currentTimeMillis());
        }

        private void commit(final int bodyLength) {
            final int length = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
            buffer.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
            begin = end;
            end += (4 + length + 7) / 8 * 8;
        }
    }

    private static final class Answers {
        private final UnsafeBuffer buffer;
        private final int count;

        Answers(final ByteString packed) {
            buffer = new UnsafeBuffer(packed.toByteArray());
            count = packed.size() / FRAME_BYTES;
            assertThat(packed.size() % FRAME_BYTES).isZero();
        }

        CommandOutcomeDecoder at(final int index) {
            assertThat(buffer.getInt(index * FRAME_BYTES, ByteOrder.LITTLE_ENDIAN)).isEqualTo(FRAME_BYTES - 4);
            return new CommandOutcomeDecoder().wrapAndApplyHeader(buffer, index * FRAME_BYTES + 4, new MessageHeaderDecoder());
        }
    }
}
