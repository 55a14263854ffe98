package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mawid.api.fake.GrpcFixture.errorInfo;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.limit.Proxies;
import org.mawid.grpc.Cause;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Result;

/** Streams of commands over a real connection. */
class StreamTest {
    private static final int WINDOW = 2_048;

    private GrpcFixture grpc;

    @BeforeEach
    void start() throws Exception {
        grpc = new GrpcFixture();
    }

    @AfterEach
    void stop() throws Exception {
        grpc.close();
    }

    @Test
    void givenAStream_whenCommandsAreSent_thenAnswersComeInOrderWithTheirTags() throws Exception {
        final Client client = new Client(true);
        final int count = 10_000;
        for (int i = 0; i < count; i++) {
            client.awaitReady();
            client.call.onNext(i % 100 == 7 ? grpc.mistyped(i) : grpc.submitCommand(i));
        }
        client.call.onCompleted();

        assertThat(client.done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(client.failure).isNull();
        assertThat(client.replies).hasSize(count);
        long expected = 0;
        for (int i = 0; i < count; i++) {
            final CommandReply reply = client.replies.get(i);
            assertThat(reply.getTag()).isEqualTo(i);
            assertThat(reply.getResult()).isEqualTo(i % 100 == 7 ? Result.MALFORMED : Result.OK);
            if (reply.getResult() == Result.OK) {
                assertThat(grpc.references.number(ReferenceKind.APPLICATION, reply.getReference())).isEqualTo(++expected);
            }
        }
    }

    @Test
    void givenAFullRing_whenCommandsAreSent_thenTheyAreUnavailableAndTheStreamGoesOn() throws Exception {
        final Client client = new Client(true);
        grpc.engine.capacity(0);
        client.call.onNext(grpc.submitCommand(1));
        await().until(() -> client.count.get() == 1);
        grpc.engine.recordsBehind(true);
        client.call.onNext(grpc.submitCommand(2));
        await().until(() -> client.count.get() == 2);
        grpc.engine.recordsBehind(false);
        grpc.engine.capacity(100);
        client.call.onNext(grpc.submitCommand(3));
        client.call.onCompleted();

        assertThat(client.done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(client.replies).extracting(CommandReply::getResult).containsExactly(Result.UNAVAILABLE, Result.UNAVAILABLE, Result.OK);
        assertThat(client.replies.subList(0, 2)).extracting(CommandReply::getDetail)
                .containsExactly((long) Cause.RING_FULL_VALUE, (long) Cause.RECORDS_BEHIND_VALUE);
        assertThat(client.replies).extracting(CommandReply::getRetryMs).containsExactly(100L, 1_000L, 0L);
    }

    @Test
    void givenASilentCore_whenCommandsAreSent_thenOnlyAWindowOfThemIsTaken() throws Exception {
        grpc.engine.silent(true);
        final Client client = new Client(true);
        for (int i = 0; i < 3 * WINDOW; i++) {
            client.call.onNext(grpc.submitCommand(i));
        }
        await().until(() -> grpc.engine.waiting() == WINDOW);
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(grpc.engine.waiting()).isEqualTo(WINDOW);

        grpc.engine.silent(false);
        client.call.onCompleted();
        assertThat(client.done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(client.replies).hasSize(3 * WINDOW);
    }

    @Test
    void givenAReaderThatDoesNotRead_whenCommandsAreSent_thenTheServerStopsTakingThem() throws Exception {
        final Client slow = new Client(false);
        int sent = 0;
        // Far more than fits into windows and buffers: the client's own transport says when nothing goes any more.
        while (sent < 200_000 && slow.isReadyWithin(500)) {
            slow.call.onNext(grpc.submitCommand(sent++));
        }
        assertThat(sent).as("commands before the server stopped reading").isLessThan(200_000);
        final long stoppedAt = grpc.engine.lastPosition();
        assertThat(stoppedAt).isLessThanOrEqualTo(sent);

        final Client other = new Client(true);
        other.call.onNext(grpc.submitCommand(1));
        other.call.onCompleted();
        assertThat(other.done.await(10, TimeUnit.SECONDS)).as("others are served meanwhile").isTrue();

        slow.call.request(Integer.MAX_VALUE);
        slow.call.onCompleted();
        assertThat(slow.done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(slow.replies).hasSize(sent);
    }

    @Test
    void givenAStream_whenCancelled_thenTheServerGoesOn() throws Exception {
        grpc.engine.silent(true);
        final Client client = new Client(true);
        client.call.onNext(grpc.submitCommand(1));
        await().until(() -> grpc.engine.waiting() == 1);
        client.call.cancel("changed my mind", null);
        assertThat(client.done.await(10, TimeUnit.SECONDS)).isTrue();
        grpc.engine.silent(false);

        final Client next = new Client(true);
        next.call.onNext(grpc.submitCommand(2));
        next.call.onCompleted();
        assertThat(next.done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(next.replies.get(0).getPosition()).isEqualTo(2);
    }

    @Test
    void givenMoreStreamsThanAllowed_whenOpened_thenTheLastIsUnavailable() throws Exception {
        grpc.close();
        final GrpcServerConfig all = GrpcServerConfig.loopback(0);
        grpc = new GrpcFixture(new GrpcServerConfig(all.address(), false, null, Proxies.NONE, 100, true, 1, 1 << 20, 100, 100, 32 << 20, 32 << 20, 1, 1, 1_000, 100));
        final Client first = new Client(true);
        first.call.onNext(grpc.submitCommand(1));
        await().until(() -> first.count.get() == 1);

        final Client second = new Client(true);
        assertThat(second.done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(errorInfo((StatusRuntimeException) second.failure).getReason()).isEqualTo("UNAVAILABLE");
        assertThat(errorInfo((StatusRuntimeException) second.failure).getMetadataMap()).containsEntry("cause", "TOO_MANY_STREAMS");

        first.call.onCompleted();
        assertThat(first.done.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> {
            final Client third = new Client(true);
            third.call.onCompleted();
            return third.done.await(10, TimeUnit.SECONDS) && third.failure == null;
        });
    }

    @Test
    void givenOnePlaceForAStream_whenAnAccidentEndsOne_thenTheNextOneHasIt() throws Exception {
        grpc.close();
        final GrpcServerConfig all = GrpcServerConfig.loopback(0);
        grpc = new GrpcFixture(new GrpcServerConfig(all.address(), false, null, Proxies.NONE, 100, true, 1, 1 << 20, 100, 100, 32 << 20, 32 << 20, 1, 1, 1_000, 100));
        grpc.engine.broken(true);
        final Client first = new Client(true);
        first.call.onNext(grpc.submitCommand(1));
        first.call.onCompleted();
        assertThat(first.done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(((StatusRuntimeException) first.failure).getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);

        grpc.engine.broken(false);
        await().untilAsserted(() -> {
            final Client next = new Client(true);
            next.call.onCompleted();
            assertThat(next.done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(next.failure).isNull();
        });
    }

    private final class Client implements ClientResponseObserver<Command, CommandReply> {
        private final boolean reads;
        private final List<CommandReply> replies = new ArrayList<>();
        private final AtomicInteger count = new AtomicInteger();
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile Throwable failure;
        private ClientCallStreamObserver<Command> call;

        Client(final boolean reads) {
            this.reads = reads;
            CommandServiceGrpc.newStub(grpc.channel).stream(this);
        }

        @Override
        public void beforeStart(final ClientCallStreamObserver<Command> requests) {
            call = requests;
            if (!reads) {
                requests.disableAutoRequestWithInitial(0);
            }
        }

        @Override
        public void onNext(final CommandReply reply) {
            replies.add(reply);
            count.incrementAndGet();
        }

        @Override
        public void onError(final Throwable trouble) {
            failure = trouble;
            done.countDown();
        }

        @Override
        public void onCompleted() {
            done.countDown();
        }

        void awaitReady() {
            while (!call.isReady() && done.getCount() > 0) {
                Thread.onSpinWait();
            }
        }

        boolean isReadyWithin(final long ms) throws InterruptedException {
            for (long waited = 0; waited < ms; waited++) {
                if (call.isReady()) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return call.isReady();
        }
    }
}
