package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.lang.ref.Reference;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.fake.RawCalls;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;

/** A message above the limit is refused in words that a program reads, before it is there; nothing of it is done and the connection goes on. */
@Timeout(120)
class LargeMessagesTest extends ServiceFixture {
    private static final int LIMIT = 4 << 20;
    private static final int SECONDS = 60;

    private final AtomicBoolean lost = new AtomicBoolean();

    @BeforeEach
    void connect() {
        OnePost.define(client);
        CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.getDefaultInstance());
        channel.notifyWhenStateChanged(ConnectivityState.READY, () -> lost.set(true));
    }

    @AfterEach
    void goesOn() {
        assertThat(submit(1).getResult()).as("nothing of what was too large was done").isEqualTo(Result.OK);
        assertThat(channel.getState(false)).isEqualTo(ConnectivityState.READY);
        assertThat(lost).as("the connection was lost").isFalse();
    }

    @Test
    void givenACallAboveTheLimit_whenSent_thenToldTheLimit() {
        for (final int bytes : new int[] {LIMIT + 1, 2 * LIMIT, 12 * LIMIT}) {
            assertTooLarge(() -> unary(bytes));
        }
        final StatusRuntimeException asLargeAsMayBe = catchThrowableOfType(StatusRuntimeException.class, () -> unary(LIMIT));
        assertThat(asLargeAsMayBe.getStatus().getCode()).as("refused for what it is").isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void givenABatchAboveTheLimit_whenSent_thenToldTheLimitAndNoneIsDone() {
        final CommandBatch.Builder messages = CommandBatch.newBuilder();
        final CommandBatch.Builder packed = CommandBatch.newBuilder().setPacked(ByteString.copyFrom(new byte[LIMIT]));
        int bytes = 0;
        for (long person = 1; bytes <= LIMIT; person++) {
            final Command command = command(person);
            messages.addCommands(command);
            bytes += command.getSerializedSize();
        }
        for (final CommandBatch batch : new CommandBatch[] {messages.build(), packed.build()}) {
            assertTooLarge(() -> CommandServiceGrpc.newBlockingStub(channel).batch(batch));
        }
    }

    @Test
    void givenWhatIsAboveTheLimitOnlyWhenItIsUnpacked_whenSent_thenToldTheLimit() {
        final CommandServiceGrpc.CommandServiceBlockingStub compressing = CommandServiceGrpc.newBlockingStub(channel).withCompression("gzip");
        assertTooLarge(() -> compressing.batch(CommandBatch.newBuilder().setPacked(ByteString.copyFrom(new byte[8 * LIMIT])).build()));
        assertThat(compressing.batch(CommandBatch.newBuilder().addCommands(command(2)).build()).getReplies(0).getResult()).isEqualTo(Result.OK);
    }

    @Test
    void givenAStream_whenOneMessageIsAboveTheLimit_thenThoseBeforeAreAnsweredAndTheStreamEndsWithTheLimit() throws Exception {
        final BlockingQueue<Object> told = new ArrayBlockingQueue<>(10);
        final StreamObserver<Command> stream = CommandServiceGrpc.newStub(channel).stream(new StreamObserver<>() {
            @Override
            public void onNext(final CommandReply reply) {
                told.add(reply.getResult());
            }

            @Override
            public void onError(final Throwable failure) {
                told.add(failure);
            }

            @Override
            public void onCompleted() {
                told.add("completed");
            }
        });
        stream.onNext(command(2));
        assertThat(told.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(Result.OK);
        stream.onNext(command(1).toBuilder().setSubmitApplication(command(1).getSubmitApplication().toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder().addField(99, UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFrom(new byte[2 * LIMIT])).build()).build())).build());
        final Throwable failure = (Throwable) told.poll(SECONDS, TimeUnit.SECONDS);
        assertTooLarge(failure instanceof StatusException checked ? checked.getStatus().asRuntimeException(checked.getTrailers()) : (StatusRuntimeException) failure);
    }

    @Test
    void givenAMessageThatSaysItIsLarge_whenItsBytesPassTheLimit_thenRefusedWithoutWaitingForTheRest() throws Exception {
        assertTooLarge(begun(1 << 30, LIMIT + 1));
    }

    @Test
    void givenAMessageThatSaysItIsLargerThanAnyCanBe_whenItsLengthIsThere_thenRefusedAsAnyThatIsTooLarge() throws Exception {
        assertTooLarge(begun(-1, 0));
        assertTooLarge(begun(Integer.MIN_VALUE, 1));
    }

    /** A batch of which that much is sent. @param length that it says of itself, unsigned @return its refusal */
    private StatusRuntimeException begun(final int length, final int sent) throws Exception {
        final Vertx vertx = Vertx.vertx();
        try {
            final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
            final HttpClientRequest request = client.request(HttpMethod.POST, service.grpcPort(), "127.0.0.1", "/mawid.v1.CommandService/Batch").await(SECONDS, TimeUnit.SECONDS);
            request.putHeader("content-type", "application/grpc").putHeader("te", "trailers").setChunked(true);
            request.write(Buffer.buffer().appendByte((byte) 0).appendInt(length).appendBytes(new byte[sent]));
            final HttpClientResponse response = request.response().await(SECONDS, TimeUnit.SECONDS);
            final Metadata trailers = new Metadata();
            final String details = response.getHeader("grpc-status-details-bin");
            if (details != null) {
                trailers.put(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER), Base64.getDecoder().decode(details));
            }
            request.reset();
            Reference.reachabilityFence(client); // one that nobody holds is closed, and its connections with it
            return Status.fromCodeValue(Integer.parseInt(response.getHeader("grpc-status"))).asRuntimeException(trailers);
        } finally {
            vertx.close().await(SECONDS, TimeUnit.SECONDS);
        }
    }

    private void assertTooLarge(final ThrowingCallable call) {
        assertTooLarge(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    private static void assertTooLarge(final StatusRuntimeException refusal) {
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(GrpcFixture.errorInfo(refusal).getReason()).isEqualTo("MALFORMED");
        assertThat(GrpcFixture.errorInfo(refusal).getMetadataMap()).containsOnlyKeys("maxMessageBytes").containsEntry("maxMessageBytes", Integer.toString(LIMIT));
    }

    private byte[] unary(final int bytes) {
        return ClientCalls.blockingUnaryCall(channel, RawCalls.unary("mawid.v1.ApplicationService/SubmitApplication"), CallOptions.DEFAULT, new byte[bytes]);
    }

    private CommandReply submit(final long person) {
        return CommandServiceGrpc.newBlockingStub(channel).batch(CommandBatch.newBuilder().addCommands(command(person)).build()).getReplies(0);
    }

    private Command command(final long person) {
        final Request request = client.newRequest();
        return Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(request).setPostId(OnePost.POST)
                .addLines(OnePost.line(person))).build();
    }
}
