package org.mawid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.ResultTable;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.api.testkit.PackedSubmits;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;

/** A real server says when to come back, and calls, batches and streams do. The client's time passes only while it pauses. */
@Timeout(60)
class RepeatedCallsTest {
    private static final Duration ENOUGH = Duration.ofSeconds(10);
    private static final Duration TOO_SHORT = Duration.ofMillis(Cause.RECORDS_BEHIND.retryMs() / 2);

    private final TimeThatIsTold time = new TimeThatIsTold();
    private GrpcFixture grpc;

    /** How long the client paused each time, and what happens meanwhile. */
    private static final class TimeThatIsTold implements HostTime {
        private final List<Long> pauses = new ArrayList<>();
        private Runnable meanwhile = () -> { };
        private long nanos;

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        public synchronized void pause(final Object lock, final long ms) throws InterruptedException {
            pauses.add(ms);
            nanos += ms * 1_000_000;
            meanwhile.run();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }

        /** @param pause 1 = the first */
        void at(final int pause, final Runnable happens) {
            meanwhile = () -> {
                if (pauses.size() == pause) {
                    happens.run();
                }
            };
        }
    }

    @BeforeEach
    void start() throws Exception {
        grpc = new GrpcFixture();
    }

    @AfterEach
    void stop() throws Exception {
        grpc.close();
    }

    @Test
    void givenACallIsNotAdmitted_whenRepeated_thenNotBeforeTheToldDelay() throws Exception {
        grpc.engine.recordsBehind(true);
        time.at(3, () -> grpc.engine.recordsBehind(false));
        try (MawidClient client = client(ENOUGH)) {
            assertThat(client.submitApplication(0, FakeReadModel.POST, List.of(line()))).isInstanceOf(SubmitReply.Submitted.class);
        }
        assertPauses(3, Cause.RECORDS_BEHIND.retryMs());
        assertThat(grpc.engine.lastPosition()).isEqualTo(1);
    }

    @Test
    void givenABatchIsNotAdmitted_whenRepeated_thenNotBeforeTheToldDelay() throws Exception {
        grpc.engine.recordsBehind(true);
        time.at(3, () -> grpc.engine.recordsBehind(false));
        try (MawidClient client = client(ENOUGH)) {
            assertThat(batch(client, 50).send()).hasSize(50).allMatch(reply -> reply.getResult() == Result.OK);
        }
        assertPauses(3, Cause.RECORDS_BEHIND.retryMs());
        assertThat(grpc.engine.lastPosition()).isEqualTo(50);
    }

    @Test
    void givenABatchOfWhichSomeFitIn_whenRepeated_thenTheOthersNotBeforeTheirDelayEachDoneOnce() throws Exception {
        grpc.engine.capacity(20);
        try (MawidClient client = client(ENOUGH)) {
            final List<CommandReply> replies = batch(client, 50).send();
            assertThat(replies).hasSize(50).allMatch(reply -> reply.getResult() == Result.OK);
            assertThat(replies.stream().map(CommandReply::getReference).distinct()).hasSize(50);
        }
        assertPauses(time.pauses.size(), Cause.RING_FULL.retryMs());
        assertThat(time.pauses).isNotEmpty();
    }

    @Test
    void givenAnAnswerThatIsLate_whenRepeatedAfterTheToldDelay_thenWithTheSameId() throws Exception {
        try (MawidClient client = client(ENOUGH)) {
            grpc.engine.silent(true);
            time.at(1, () -> grpc.engine.silent(false));
            final CommandReply answer = batch(client, 1).send().get(0);
            assertThat(answer.getRepeatedAnswer()).as("the first try was done").isTrue();
            assertThat(grpc.references.number(ReferenceKind.APPLICATION, answer.getReference())).isEqualTo(1);
        }
        assertPauses(1, ResultTable.of(org.mawid.sbe.Result.PENDING).retryMs());
    }

    @Test
    void givenAServerThatStarts_whenStreamed_thenTheStreamIsMadeAgainNotBeforeTheToldDelayAndEachIsDoneOnce() throws Exception {
        final List<CommandReply> replies = Collections.synchronizedList(new ArrayList<>());
        try (GrpcServer starting = GrpcServer.listen(GrpcServerConfig.loopback(0))) {
            time.at(3, () -> starting.serve(grpc.gateway));
            try (MawidClient client = MawidClient.connect(options(starting.port(), ENOUGH), time); CommandStream stream = client.stream(replies::add)) {
                for (int i = 0; i < 100; i++) {
                    stream.send(submit());
                }
                stream.awaitReplies();
            }
        }
        assertPauses(3, Cause.STARTING.retryMs());
        assertThat(replies).hasSize(100).allMatch(reply -> reply.getResult() == Result.OK && !reply.getRepeatedAnswer());
        assertThat(grpc.engine.lastPosition()).isEqualTo(100);
    }

    @Test
    void givenTheToldDelayIsBeyondTheTimeOut_whenRefused_thenSaidAtOnce() throws Exception {
        grpc.engine.recordsBehind(true);
        try (MawidClient client = client(TOO_SHORT)) {
            assertThat(client.submitApplication(0, FakeReadModel.POST, List.of(line())))
                    .isEqualTo(new SubmitReply.Refused(Result.UNAVAILABLE, Cause.RECORDS_BEHIND.number()));
            assertThat(batch(client, 2).send()).hasSize(2).allMatch(
                    reply -> reply.getResult() == Result.UNAVAILABLE && reply.getRetryMs() == Cause.RECORDS_BEHIND.retryMs());
        }
        try (GrpcServer starting = GrpcServer.listen(GrpcServerConfig.loopback(0));
                MawidClient client = MawidClient.connect(options(starting.port(), TOO_SHORT), time)) {
            final CommandStream stream = client.stream(reply -> { });
            assertThatThrownBy(() -> {
                stream.send(submit());
                stream.awaitReplies();
            }).isInstanceOf(MawidException.class).hasMessageContaining("no answer");
        }
        assertThat(time.pauses).isEmpty();
    }

    @Test
    void givenAFullDisk_whenRefused_thenSaidAtOnceAlthoughThereIsTime() throws Exception {
        grpc.engine.admission(org.mawid.sbe.Result.STORAGE_FULL);
        try (MawidClient client = client(Duration.ofMinutes(5))) {
            assertThat(client.submitApplication(0, FakeReadModel.POST, List.of(line()))).isEqualTo(new SubmitReply.Refused(Result.STORAGE_FULL, 0));
            assertThat(batch(client, 2).send()).extracting(CommandReply::getResult).containsExactly(Result.STORAGE_FULL, Result.STORAGE_FULL);
        }
        assertThat(time.pauses).isEmpty();
    }

    @Test
    void givenNobodyIsThere_whenCalled_thenAfterABackOffOfOnesOwn() throws Exception {
        try (MawidClient client = MawidClient.connect(options(1, ENOUGH), time)) {
            assertThatThrownBy(() -> batch(client, 1).send()).isInstanceOf(MawidException.class);
        }
        assertThat(time.pauses).hasSizeGreaterThan(5);
        assertThat(time.pauses.get(0)).isBetween(25L, 50L);
        assertThat(time.pauses.get(1)).isBetween(50L, 100L);
        assertThat(time.pauses.get(2)).isBetween(100L, 200L);
    }

    @Test
    void givenTheServerGoesBeforeARepeat_whenThereIsNoAnswer_thenItIsNotKnownAnyMoreThatNothingWasDone() throws Exception {
        grpc.engine.recordsBehind(true);
        time.at(1, grpc.server::close);
        try (MawidClient client = client(ENOUGH)) {
            assertThat(batch(client, 2).send()).extracting(CommandReply::getResult).containsExactly(Result.PENDING, Result.PENDING);
        }
        assertThat(time.pauses.get(0)).isGreaterThanOrEqualTo(Cause.RECORDS_BEHIND.retryMs());
    }

    @Test
    void givenAnAttemptWithoutAnswer_whenTheNextAreNotAdmitted_thenItIsNotKnownWhetherItWasDone() throws Exception {
        final PackedReplies replies = new PackedReplies();
        try (MawidClient client = client(ENOUGH)) {
            silentThenBehind();
            final MawidException call = catchThrowableOfType(MawidException.class, () -> client.submitApplication(0, FakeReadModel.POST, List.of(line())));
            assertThat(call.getCause()).hasMessageContaining("UNAVAILABLE");
            silentThenBehind();
            assertThat(batch(client, 2).send()).extracting(CommandReply::getResult).containsExactly(Result.PENDING, Result.PENDING);
            silentThenBehind();
            packed(client, 2).send(replies);
            assertThat(results(replies)).containsExactly(org.mawid.sbe.Result.PENDING, org.mawid.sbe.Result.PENDING);
            grpc.engine.recordsBehind(false);
            grpc.engine.silent(false);
            assertThat(client.execute(submit(call.request())).getRepeatedAnswer()).as("it was done").isTrue();
        }
        assertThat(grpc.engine.lastPosition()).isEqualTo(6);
    }

    /** Nothing is answered, and from the first repeat on nothing is admitted. */
    private void silentThenBehind() {
        grpc.engine.recordsBehind(false);
        grpc.engine.silent(true);
        time.pauses.clear();
        time.at(1, () -> grpc.engine.recordsBehind(true));
    }

    @Test
    void givenAnAttemptThatMetNobody_whenTheServerThatComesAdmitsNothing_thenItIsNotKnownWhetherAnyWasDone() throws Exception {
        final int port = grpc.server.port();
        grpc.server.close();
        grpc.engine.recordsBehind(true);
        final List<GrpcServer> second = new ArrayList<>();
        time.meanwhile = () -> {
            if (second.isEmpty()) {
                second.add(started(port));
            }
            if (time.pauses.size() < 7) {
                LockSupport.parkNanos(ENOUGH.toNanos() / 20); // gRPC connects again after a second of the real time
            }
        };
        try (MawidClient client = MawidClient.connect(options(port, Duration.ofMinutes(5)), time)) {
            assertThat(batch(client, 2).send()).extracting(CommandReply::getResult).containsExactly(Result.PENDING, Result.PENDING);
        } finally {
            second.forEach(GrpcServer::close);
        }
    }

    @Test
    void givenWhoCallsIsInterruptedWhileItPauses_whenThereIsNoAnswer_thenTheRequestsAreTold() throws Exception {
        grpc.engine.silent(true);
        time.at(1, Thread.currentThread()::interrupt);
        try (MawidClient client = client(ENOUGH)) {
            final MawidException call = catchThrowableOfType(MawidException.class, () -> client.submitApplication(0, FakeReadModel.POST, List.of(line())));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(call).hasMessageContaining("interrupted");
            time.pauses.clear();
            final Batch batch = batch(client, 2);
            final MawidException ofTwo = catchThrowableOfType(MawidException.class, batch::send);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ofTwo.requests()).hasSize(2).isEqualTo(batch.requests());
            grpc.engine.silent(false);
            assertThat(batch.send()).allMatch(CommandReply::getRepeatedAnswer);
            assertThat(client.execute(submit(call.request())).getRepeatedAnswer()).isTrue();
        }
    }

    @Test
    void givenAPackedBatchIsNotAdmitted_whenRepeated_thenNotBeforeTheToldDelay() throws Exception {
        grpc.engine.recordsBehind(true);
        time.at(3, () -> grpc.engine.recordsBehind(false));
        final PackedReplies replies = new PackedReplies();
        try (MawidClient client = client(ENOUGH)) {
            packed(client, 50).send(replies);
        }
        assertThat(results(replies)).hasSize(50).containsOnly(org.mawid.sbe.Result.OK);
        assertPauses(3, Cause.RECORDS_BEHIND.retryMs());
        assertThat(grpc.engine.lastPosition()).isEqualTo(50);
    }

    @Test
    void givenAFullDisk_whenAPackedBatchIsRefused_thenSaidAtOnceAlthoughThereIsTime() throws Exception {
        grpc.engine.admission(org.mawid.sbe.Result.STORAGE_FULL);
        final PackedReplies replies = new PackedReplies();
        try (MawidClient client = client(Duration.ofMinutes(5))) {
            packed(client, 2).send(replies);
        }
        assertThat(results(replies)).containsExactly(org.mawid.sbe.Result.STORAGE_FULL, org.mawid.sbe.Result.STORAGE_FULL);
        assertThat(time.pauses).isEmpty();
    }

    @Test
    void givenTheServerGoesBeforeAPackedBatchIsRepeated_thenItIsNotKnownAnyMoreThatNothingWasDone() throws Exception {
        grpc.engine.recordsBehind(true);
        time.at(1, grpc.server::close);
        final PackedReplies replies = new PackedReplies();
        try (MawidClient client = client(ENOUGH)) {
            packed(client, 2).send(replies);
        }
        assertThat(results(replies)).containsExactly(org.mawid.sbe.Result.PENDING, org.mawid.sbe.Result.PENDING);
        assertThat(replies.retryMs(0)).isZero();
    }

    @Test
    void givenNothingIsEverAdmitted_whenBatchesAreRepeatedInVain_thenTheyAreSaidBeforeTheTimeIsOver() throws Exception {
        grpc.engine.recordsBehind(true);
        final PackedReplies replies = new PackedReplies();
        try (MawidClient client = client(Duration.ofMinutes(5))) {
            packed(client, 2).send(replies);
            assertThat(time.pauses).hasSizeBetween(20, 25);
            assertThat(results(replies)).containsOnly(org.mawid.sbe.Result.UNAVAILABLE);
            assertThat(batch(client, 2).send()).extracting(CommandReply::getResult).containsOnly(Result.UNAVAILABLE);
            assertThat(time.pauses).as("what one batch has spent, another has not").hasSizeBetween(20, 27);
            grpc.engine.recordsBehind(false);
            assertThat(batch(client, 200).send()).extracting(CommandReply::getResult).containsOnly(Result.OK);
            grpc.engine.recordsBehind(true);
            time.pauses.clear();
            time.at(15, () -> grpc.engine.recordsBehind(false));
            assertThat(batch(client, 2).send()).as("each command that was answered gave something back").extracting(CommandReply::getResult).containsOnly(Result.OK);
        }
    }

    private static PackedBatch packed(final MawidClient client, final int count) {
        final PackedSubmits submits = new PackedSubmits();
        final PackedBatch batch = client.packedBatch(0);
        for (int i = 0; i < count; i++) {
            submits.add(batch, FakeReadModel.POST, FakeReadModel.SERVICE, 42);
        }
        return batch;
    }

    private static List<org.mawid.sbe.Result> results(final PackedReplies replies) {
        return IntStream.range(0, replies.size()).mapToObj(replies::result).toList();
    }

    private void assertPauses(final int count, final long toldMs) {
        assertThat(time.pauses).hasSize(count).allMatch(ms -> ms >= toldMs && ms <= toldMs + toldMs / 8);
    }

    private GrpcServer started(final int port) {
        try {
            return GrpcServer.start(GrpcServerConfig.loopback(port), grpc.gateway);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MawidClient client(final Duration timeout) throws Exception {
        return MawidClient.connect(options(grpc.server.port(), timeout), time);
    }

    private static ClientOptions options(final int port, final Duration timeout) {
        return ClientOptions.of("127.0.0.1", port).withTimeout(timeout);
    }

    private static Batch batch(final MawidClient client, final int count) {
        final Batch batch = client.batch();
        for (int i = 0; i < count; i++) {
            batch.add(submit());
        }
        return batch;
    }

    private static Command submit() {
        return submit(Request.getDefaultInstance());
    }

    private static Command submit(final Request request) {
        return Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(request).setPostId(FakeReadModel.POST).addLines(line())).build();
    }

    private static NewLine line() {
        return NewLine.newBuilder().setPersonKey(42).setServiceId(FakeReadModel.SERVICE).setQuantity(1).build();
    }
}
