package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.LocalAnswers;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetOutcomeRequest;
import org.mawid.sbe.ConfirmEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SubmitApplicationEncoder;
import org.mawid.sbe.TickEncoder;

/** Whoever is answered by the edge itself is counted once, by command and result, in each width in which commands come over gRPC. */
class ToldByTheEdgeTest {
    private static final int MANY = 100;
    private static final byte[] NO_MESSAGE = {0x0F};

    enum Width { UNARY, STREAM, BATCH, PACKED }

    private GrpcFixture grpc;
    private long ids;

    @BeforeEach
    void start() throws Exception {
        grpc = new GrpcFixture();
    }

    @AfterEach
    void stop() throws Exception {
        grpc.close();
    }

    @ParameterizedTest
    @EnumSource
    void givenNoAdmission_whenManySubmit_thenEachIsCountedByItsCauseAndWhatTheCoreAnswersIsNot(final Width width) throws Exception {
        submit(width, MANY);
        assertThat(counted()).as("the core counts its own").isEmpty();
        grpc.engine.capacity(0);
        submit(width, MANY);
        assertThat(counted()).isEqualTo(Map.of("SUBMIT_APPLICATION RING_FULL", (long) MANY));
        grpc.engine.recordsBehind(true);
        submit(width, 2);
        grpc.engine.recordsBehind(false);
        grpc.engine.admission(Result.STORAGE_FULL);
        submit(width, 3);
        assertThat(counted()).isEqualTo(Map.of("SUBMIT_APPLICATION RING_FULL", (long) MANY, "SUBMIT_APPLICATION RECORDS_BEHIND", 2L,
                "SUBMIT_APPLICATION STORAGE_FULL", 3L));
    }

    @ParameterizedTest
    @EnumSource
    void givenWhatIsNoCommand_whenItComesAmongOthers_thenItAloneIsCounted(final Width width) throws Exception {
        switch (width) {
            case UNARY -> {
                submit(width, 1);
                final var appointments = AppointmentServiceGrpc.newBlockingStub(grpc.channel);
                refused(() -> appointments.confirm(grpc.mistyped(0).getConfirm()));
                refused(() -> appointments.hold(outOfRange().getHold()));
            }
            case STREAM -> stream(List.of(grpc.submitCommand(0), grpc.mistyped(1), outOfRange()));
            case BATCH -> CommandServiceGrpc.newBlockingStub(grpc.channel).batch(CommandBatch.newBuilder()
                    .addCommands(grpc.submitCommand(0)).addCommands(grpc.mistyped(1)).addCommands(outOfRange()).build());
            case PACKED -> packed(3, true);
        }
        assertThat(counted()).isEqualTo(width == Width.PACKED
                ? Map.of("CONFIRM MALFORMED", 1L, "OTHER FORBIDDEN", 1L) : Map.of("CONFIRM MALFORMED", 1L, "HOLD OUT_OF_RANGE", 1L));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM") // which waits
    void givenASilentCore_whenTimeIsOver_thenPendingIsCountedOnceAndTheLateAnswerNot(final Width width) throws Exception {
        grpc.engine.silent(true);
        submit(width, 1);
        assertThat(counted()).isEqualTo(Map.of("SUBMIT_APPLICATION PENDING", 1L));
        grpc.engine.silent(false);
        await().until(() -> grpc.engine.lastPosition() == 1);
        submit(width, 1);
        assertThat(counted()).isEqualTo(Map.of("SUBMIT_APPLICATION PENDING", 1L));
    }

    @Test
    void givenWhoseCommandsCannotBeTold_whenRefusedAsAWhole_thenOneForEachAndNoneForQuestions() {
        refused(() -> send(AppointmentServiceGrpc.getHoldMethod(), NO_MESSAGE));
        assertThat(counted()).isEqualTo(Map.of("HOLD MALFORMED", 1L));
        refused(() -> send(AppointmentServiceGrpc.getGetHoldMethod(), NO_MESSAGE));
        refused(() -> send(CommandServiceGrpc.getBatchMethod(), NO_MESSAGE));
        assertThat(counted()).isEqualTo(Map.of("HOLD MALFORMED", 1L, "OTHER MALFORMED", 1L));
        grpc.engine.close();
        refused(() -> CommandServiceGrpc.newBlockingStub(grpc.channel).getOutcome(GetOutcomeRequest.newBuilder().setIdLow(1).build()));
        assertThat(counted()).isEqualTo(Map.of("HOLD MALFORMED", 1L, "OTHER MALFORMED", 1L));
    }

    private Command outOfRange() {
        return Command.newBuilder().setHold(grpc.hold(grpc.known(ReferenceKind.APPLICATION)).toBuilder()
                .setLegs(0, grpc.leg().toBuilder().setUnits(65_536))).build();
    }

    private void submit(final Width width, final int count) throws Exception {
        switch (width) {
            case UNARY -> {
                final var applications = ApplicationServiceGrpc.newBlockingStub(grpc.channel);
                for (int i = 0; i < count; i++) {
                    try {
                        applications.submitApplication(grpc.submit());
                    } catch (final StatusRuntimeException toldByTheEdge) {
                        assertThat(GrpcFixture.errorInfo(toldByTheEdge)).isNotNull();
                    }
                }
            }
            case STREAM -> stream(LongStream.range(0, count).mapToObj(grpc::submitCommand).toList());
            case BATCH -> {
                final CommandBatch.Builder batch = CommandBatch.newBuilder();
                for (int i = 0; i < count; i++) {
                    batch.addCommands(grpc.submitCommand(i));
                }
                assertThat(CommandServiceGrpc.newBlockingStub(grpc.channel).batch(batch.build()).getRepliesCount()).isEqualTo(count);
            }
            case PACKED -> packed(count, false);
        }
    }

    private void stream(final List<Command> commands) throws InterruptedException {
        final CountDownLatch done = new CountDownLatch(1);
        final StreamObserver<Command> stream = CommandServiceGrpc.newStub(grpc.channel).stream(new StreamObserver<>() {
            @Override
            public void onNext(final CommandReply reply) {
                // counted on the other side
            }

            @Override
            public void onError(final Throwable trouble) {
                throw new AssertionError(trouble);
            }

            @Override
            public void onCompleted() {
                done.countDown();
            }
        });
        commands.forEach(stream::onNext);
        stream.onCompleted();
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** @param mixed the second confirms what is no hold, the third is the host's own */
    private void packed(final int count, final boolean mixed) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[count * 256]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        int end = 0;
        for (int i = 0; i < count; i++) {
            final int body;
            if (mixed && i == 1) {
                final ConfirmEncoder confirm = new ConfirmEncoder().wrapAndApplyHeader(buffer, end + 4, header);
                request(confirm.request());
                body = confirm.holdId(12_345).encodedLength();
            } else if (mixed && i == 2) {
                final TickEncoder tick = new TickEncoder().wrapAndApplyHeader(buffer, end + 4, header);
                request(tick.request());
                body = tick.encodedLength();
            } else {
                final SubmitApplicationEncoder submit = new SubmitApplicationEncoder().wrapAndApplyHeader(buffer, end + 4, header);
                request(submit.request());
                submit.applicant(0).postId(1).linesCount(1).next().personKey(5).serviceId(21).registeredPostId(0).quantity((short) 1);
                body = submit.encodedLength();
            }
            buffer.putInt(end, MessageHeaderEncoder.ENCODED_LENGTH + body, ByteOrder.LITTLE_ENDIAN);
            end += 4 + MessageHeaderEncoder.ENCODED_LENGTH + body + 7 & ~7;
        }
        CommandServiceGrpc.newBlockingStub(grpc.channel).batch(
                CommandBatch.newBuilder().setPacked(ByteString.copyFrom(buffer.byteArray(), 0, end)).build());
    }

    private void request(final RequestEncoder request) {
        request.deadlineMs(0).idHigh(7).idLow(++ids).createdMs(System.currentTimeMillis());
    }

    private <Q, R> void send(final MethodDescriptor<Q, R> method, final byte[] bytes) {
        ClientCalls.blockingUnaryCall(grpc.channel, method.toBuilder(new Bytes(), method.getResponseMarshaller()).build(), CallOptions.DEFAULT, bytes);
    }

    private static void refused(final Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(StatusRuntimeException.class);
    }

    /** All that is not 0. */
    private Map<String, Long> counted() {
        final LocalAnswers answers = grpc.gateway.localAnswers();
        final Map<String, Long> counted = new TreeMap<>();
        for (int id = 0; id < 64; id++) {
            final CommandTemplate template = CommandTemplate.of(id);
            final String name = template == null ? "OTHER" : template.name();
            for (final Result result : Result.values()) {
                counted.merge(name + ' ' + result, answers.of(id, result), Long::sum);
            }
            for (final Cause cause : Cause.values()) {
                counted.merge(name + ' ' + cause, answers.of(id, cause), Long::sum);
            }
        }
        counted.values().removeIf(count -> count == 0);
        return counted;
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
}
