package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.fake.RawCalls;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.PackedBatch;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Request;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.SubmitApplicationEncoder;

/** Bytes that mean nothing, at both ports: told so, and the next one is served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NonsenseIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Random random = new Random(SEED);
    private Path data;
    private Server server;

    @BeforeAll
    void start(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        data = folder.resolve("data");
        server = Server.start(data);
        OnePost.make(server.client(), 1, 1);
    }

    @AfterEach
    void servesAndSaidNothing() throws Exception {
        server.assertServes();
        assertThat(server.get("/metrics").body()).contains("mawid_running 1.0");
        assertThat(server.errorLines()).as("seed %s: strangers do not fill the log", SEED).noneMatch(line -> line.contains(" ERROR ")
                || line.startsWith("\tat ") || line.startsWith("SEVERE"));
    }

    @AfterAll
    void stop() throws Exception {
        server.kill();
        server.close();
        Inspected.whole(data);
    }

    @Test
    void givenNoise_whenItComesInOnEitherPort_thenTheConnectionEnds() throws Exception {
        for (int i = 0; i < 20; i++) {
            final byte[] noise = new byte[1 + random.nextInt(100_000)];
            random.nextBytes(noise);
            answerTo(server.grpcPort, noise);
            answerTo(server.httpPort, noise);
            answerTo(server.grpcPort, concat(PREFACE.getBytes(StandardCharsets.US_ASCII), noise));
            answerTo(server.httpPort, concat(PREFACE.getBytes(StandardCharsets.US_ASCII), noise));
        }
        answerTo(server.grpcPort, ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    @Test
    void givenMalformedProtobuf_whenCalled_thenMalformed() {
        final ManagedChannel channel = server.channel();
        for (final String method : new String[] {"mawid.v1.ApplicationService/SubmitApplication", "mawid.v1.AppointmentService/Hold",
            "mawid.v1.CommandService/Batch", "mawid.v1.CommandService/GetOutcome", "mawid.v1.AvailabilityService/FirstStarts"}) {
            final StatusRuntimeException refusal = refused(() -> raw(channel, method, new byte[] {(byte) 0xFF, (byte) 0xFF, 3, 4}));
            assertThat(refusal.getStatus().getCode()).as(method).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(GrpcFixture.errorInfo(refusal).getReason()).as(method).isEqualTo("MALFORMED");
        }
        assertThat(refused(() -> raw(channel, "mawid.v1.CommandService/Nothing", new byte[0])).getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void givenWhatIsTooLarge_whenCalled_thenRefused() {
        final CommandServiceGrpc.CommandServiceBlockingStub commands = CommandServiceGrpc.newBlockingStub(server.channel());
        final StatusRuntimeException tooLarge = refused(() -> commands.batch(packed(new byte[5 << 20])));
        assertThat(tooLarge.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(GrpcFixture.errorInfo(tooLarge).getMetadataMap()).containsKey("maxMessageBytes");
        final CommandBatch.Builder tooMany = CommandBatch.newBuilder();
        for (int i = 0; i < 8_191; i++) {
            tooMany.addCommands(Command.getDefaultInstance());
        }
        assertThat(GrpcFixture.errorInfo(refused(() -> commands.batch(tooMany.build()))).getReason()).isEqualTo("OUT_OF_RANGE");
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("padding", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(100_000));
        final var withHeaders = commands.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        assertThat(refused(() -> withHeaders.batch(CommandBatch.getDefaultInstance())).getStatus().isOk()).isFalse();
    }

    @Test
    void givenPackedCommandsWithWrongBytes_whenSent_thenEachIsRefusedOrIsStillACommand() {
        final CommandServiceGrpc.CommandServiceBlockingStub commands = CommandServiceGrpc.newBlockingStub(server.channel());
        final byte[] good = packedSubmits(20);
        assertThat(commands.batch(packed(good)).getPacked().isEmpty()).isFalse();
        for (int i = 0; i < 500; i++) {
            final byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = random.nextInt(8); flips >= 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                final CommandBatchReply reply = commands.batch(packed(bad));
                assertThat(reply.getRepliesCount()).as("seed %s", SEED).isZero();
            } catch (final StatusRuntimeException refusal) {
                assertThat(GrpcFixture.errorInfo(refusal)).as("seed %s: %s", SEED, refusal).isNotNull();
                assertThat(GrpcFixture.errorInfo(refusal).getReason()).as("seed %s", SEED).isIn("MALFORMED", "OUT_OF_RANGE");
            }
        }
    }

    @Test
    void givenHttpThatIsNone_whenItComesIn_thenAProblem() throws Exception {
        assertThat(statusOf(ascii("NONSENSE\r\n\r\n"))).isEqualTo(400);
        assertThat(statusOf(ascii("GET /v1/posts HTTP/1.1\r\nHost: localhost\r\nPadding: " + "x".repeat(17_000) + "\r\n\r\n"))).isIn(400, 431);
        assertThat(statusOf(ascii("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))).isIn(400, 414);
        assertThat(statusOf(ascii("POST /v1/applications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000000\r\n\r\n{}"))).isEqualTo(413);
        assertThat(statusOf(ascii("POST /v1/applications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: -5\r\nConnection: close\r\n\r\n{}"))).isEqualTo(400);
        assertThat(statusOf(ascii("POST /v1/applications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: 7\r\n\r\n{\"lines"))).isEqualTo(400);
        assertThat(server.get("/no/such/path").statusCode()).isEqualTo(404);
    }

    /** Of the problem that is the answer. */
    private int statusOf(final byte[] request) throws IOException {
        final String answer = answerTo(server.httpPort, request);
        assertThat(answer).startsWith("HTTP/1.").contains("application/problem+json");
        return Integer.parseInt(answer.substring("HTTP/1.x ".length(), "HTTP/1.x 400".length()));
    }

    /** Until the server ends the connection: it must, although the sender would wait. Empty when it was reset. */
    private static String answerTo(final int port, final byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) Server.PATIENCE.toMillis());
            try {
                final OutputStream out = socket.getOutputStream();
                out.write(bytes);
                out.flush();
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (final SocketException reset) {
                return "";
            }
        }
    }

    private byte[] packedSubmits(final int count) {
        final PackedBatch batch = server.client().packedBatch(1 << 16);
        final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        for (int i = 0; i < count; i++) {
            final Request request = server.client().newRequest();
            submit.wrapAndApplyHeader(batch.buffer(), batch.messageOffset(), header);
            submit.request().deadlineMs(0).idHigh(request.getIdHigh()).idLow(request.getIdLow()).createdMs(request.getCreatedMs()).sequence(0).actor(0)
                    .onBehalfOf(0).clientId(0).channel(Channel.ONLINE).putReserved((short) 0, (short) 0, (short) 0);
            submit.applicant(0).postId(OnePost.POST).linesCount(1).next().personKey(1 + i).serviceId(OnePost.SERVICE).registeredPostId(0)
                    .quantity((short) 1).ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
            batch.commit(MessageHeaderEncoder.ENCODED_LENGTH + submit.encodedLength());
        }
        return batch.packed().toByteArray();
    }

    private static CommandBatch packed(final byte[] bytes) {
        return CommandBatch.newBuilder().setPacked(ByteString.copyFrom(bytes)).build();
    }

    private static StatusRuntimeException refused(final ThrowingCallable call) {
        final StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static byte[] raw(final ManagedChannel channel, final String method, final byte[] message) {
        return ClientCalls.blockingUnaryCall(channel, RawCalls.unary(method), CallOptions.DEFAULT, message);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(final byte[] first, final byte[] second) {
        final byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
