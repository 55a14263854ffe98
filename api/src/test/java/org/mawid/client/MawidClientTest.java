package org.mawid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.WalkIn;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;

/** What the client hides: ids, repeats, lost connections. */
class MawidClientTest {
    private GrpcFixture grpc;
    private MawidClient client;

    @BeforeEach
    void start() throws Exception {
        grpc = new GrpcFixture();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", grpc.server.port()).withConnections(2).withTimeout(Duration.ofSeconds(10)));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        grpc.close();
    }

    @Test
    void givenAPortal_whenItBooks_thenPlainAnswers() {
        final SubmitReply.Submitted submitted = (SubmitReply.Submitted) client.submitApplication(0, FakeReadModel.POST, List.of(line()));
        final HoldReply.Held held = (HoldReply.Held) client.hold(submitted.application(), List.of(grpc.leg()), true);
        assertThat(held.stamps()).hasSize(1);
        final ConfirmReply.Confirmed confirmed = (ConfirmReply.Confirmed) client.confirm(held.hold(), false);
        assertThat(grpc.references.number(ReferenceKind.APPOINTMENT, confirmed.appointment())).isEqualTo(1);
        assertThat(client.confirm(held.hold(), false)).isEqualTo(new ConfirmReply.Refused(Result.HOLD_EXPIRED, 0));
        assertThat(client.hold(submitted.application(), List.of(grpc.leg().toBuilder().setDeskId(FakeEngine.UNRELEASED_DESK).build()), false))
                .isEqualTo(new HoldReply.Refused(Result.NOT_YET_RELEASED, FakeEngine.RELEASED_AT_MS));
        assertThat(client.walkIn(WalkIn.newBuilder().setDeskId(FakeReadModel.DESK).setEpochDay(FakeReadModel.EPOCH_DAY).addLines(line()).build()))
                .isInstanceOf(WalkInReply.Overflow.class);
        assertThat(((StampsReply.Issued) client.issueStamps(submitted.application(), 7, 1)).stamps()).hasSize(3);
        assertThat(((DoneReply.Done) client.perform(Command.newBuilder().setCheckIn(
                CheckIn.newBuilder().setAppointment(confirmed.appointment())).build())).number()).isEqualTo(17);
        assertThat(client.perform(Command.newBuilder().setRelease(Release.newBuilder().setHold(held.hold())).build()))
                .isEqualTo(new DoneReply.Refused(Result.HOLD_EXPIRED, 0));
    }

    @Test
    void givenRecords_whenRead_thenThereOrNot() {
        assertThat(client.application(grpc.known(ReferenceKind.APPLICATION), 0).orElseThrow().getPostId()).isEqualTo(FakeReadModel.POST);
        assertThat(client.appointment(grpc.references.text(ReferenceKind.APPOINTMENT, 8), 0)).isEqualTo(Optional.empty());
        assertThat(client.stamp(grpc.known(ReferenceKind.STAMP), 0)).isPresent();
        assertThatThrownBy(() -> client.stamp("123", 0)).isInstanceOf(MawidException.class).hasMessageContaining("MALFORMED")
                .satisfies(read -> assertThat(((MawidException) read).request()).isNull());
        final AvailabilityQuery query = AvailabilityQuery.newBuilder().addPostIds(1).setFromEpochDay(FakeReadModel.EPOCH_DAY)
                .addServices(ServiceNeed.newBuilder().setServiceId(FakeReadModel.SERVICE)).setLimit(4).build();
        assertThat(client.firstStarts(query).getSlotsCount()).isEqualTo(4);
        assertThat(client.countStarts(query).getDaysCount()).isEqualTo(1);
        assertThat(client.outcome(client.newRequest()).getResult()).isEqualTo(Result.REQUEST_UNKNOWN);
    }

    @Test
    void givenAServerThatIsFullForAWhile_whenCalled_thenRepeatedUntilItIsNot() throws Exception {
        grpc.engine.capacity(0);
        final Thread relief = later(250, () -> grpc.engine.capacity(100));
        assertThat(client.submitApplication(0, FakeReadModel.POST, List.of(line()))).isInstanceOf(SubmitReply.Submitted.class);
        relief.join();
        assertThat(grpc.engine.lastPosition()).isEqualTo(1);
    }

    @Test
    void givenAnAnswerThatIsLate_whenRepeatedWithTheSameId_thenDoneOnce() throws Exception {
        grpc.engine.silent(true);
        final Thread relief = later(GrpcFixture.REPLY_TIMEOUT_MS + 200, () -> grpc.engine.silent(false));
        final SubmitReply.Submitted submitted = (SubmitReply.Submitted) client.submitApplication(0, FakeReadModel.POST, List.of(line()));
        relief.join();
        assertThat(grpc.references.number(ReferenceKind.APPLICATION, submitted.application())).as("the first answer").isEqualTo(1);
        assertThat(client.submitApplication(0, FakeReadModel.POST, List.of(line())))
                .isEqualTo(new SubmitReply.Submitted(grpc.references.text(ReferenceKind.APPLICATION, 2), grpc.engine.lastPosition()));
    }

    @Test
    void givenNobodyThere_whenCalled_thenTroubleWithinTheTimeOut() throws Exception {
        try (MawidClient lost = MawidClient.connect(ClientOptions.of("127.0.0.1", 1).withTimeout(Duration.ofMillis(600)))) {
            assertThatThrownBy(() -> lost.confirm(grpc.known(ReferenceKind.HOLD), false)).isInstanceOf(MawidException.class);
        }
    }

    @Test
    void givenABatch_whenSomeAreNotAdmitted_thenThoseAreSentAgain() {
        grpc.engine.capacity(20);
        final Batch batch = client.batch();
        for (int i = 0; i < 50; i++) {
            batch.add(Command.newBuilder().setSubmitApplication(grpc.submit().toBuilder().clearRequest()).build());
        }

        final List<CommandReply> replies = batch.send();

        assertThat(replies).hasSize(50).allMatch(reply -> reply.getResult() == Result.OK);
        assertThat(replies.stream().map(CommandReply::getReference).distinct()).hasSize(50);
        assertThat(batch.size()).isZero();
        assertThat(grpc.engine.lastPosition()).isEqualTo(50);
    }

    @Test
    void givenAPackedBatch_whenSent_thenAnswersAreReadInPlace() {
        final PackedBatch batch = client.packedBatch(1_000);
        final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        for (int i = 0; i < 3_000; i++) {
            submit.wrapAndApplyHeader(batch.buffer(), batch.messageOffset(), header);
            final Request request = client.newRequest();
            submit.request().deadlineMs(0).idHigh(request.getIdHigh()).idLow(request.getIdLow()).createdMs(request.getCreatedMs())
                    .sequence(0).actor(0).onBehalfOf(0).clientId(0).channel(org.mawid.sbe.Channel.ONLINE)
                    .putReserved((short) 0, (short) 0, (short) 0);
            submit.applicant(0).postId(1).linesCount(1).next().personKey(5).serviceId(21).registeredPostId(0).quantity((short) 1)
                    .ageBand(org.mawid.sbe.AgeBand.ADULT).priority(org.mawid.sbe.Priority.NONE).representative(org.mawid.sbe.BooleanType.NO);
            batch.commit(MessageHeaderEncoder.ENCODED_LENGTH + submit.encodedLength());
        }
        final PackedReplies replies = new PackedReplies();

        batch.send(replies);

        assertThat(replies.size()).isEqualTo(3_000);
        for (int i = 0; i < 3_000; i++) {
            assertThat(replies.isDone(i)).isTrue();
            assertThat(replies.position(i)).isEqualTo(i + 1);
            assertThat(grpc.references.number(ReferenceKind.APPLICATION, replies.number1(i))).isEqualTo(i + 1);
        }
        assertThat(batch.size()).isZero();
    }

    @Test
    void givenAStream_whenTheConnectionIsLost_thenEachCommandIsDoneOnceAndAnsweredOnce() throws Exception {
        final List<CommandReply> replies = Collections.synchronizedList(new ArrayList<>());
        final int port = grpc.server.port();
        GrpcServer second = null;
        try (CommandStream stream = client.stream(replies::add)) {
            for (int i = 0; i < 500; i++) {
                stream.send(submit(i));
            }
            stream.awaitReplies();
            grpc.engine.silent(true);
            for (int i = 500; i < 700; i++) {
                stream.send(submit(i));
            }
            final Thread restart = later(100, () -> {
                grpc.server.close();
                grpc.engine.silent(false);
            });
            restart.join();
            second = GrpcServer.start(GrpcServerConfig.loopback(port), grpc.gateway);
            for (int i = 700; i < 1_000; i++) {
                stream.send(submit(i));
            }
            stream.awaitReplies();
            assertThat(stream.inFlight()).isZero();
        } finally {
            if (second != null) {
                second.close();
            }
        }
        assertThat(replies).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(replies.get(i).getTag()).isEqualTo(i);
            assertThat(grpc.references.number(ReferenceKind.APPLICATION, replies.get(i).getReference())).isEqualTo(i + 1);
        }
    }

    @Test
    void givenAStreamThatLostItsConnection_whenWhatIsSentAgainIsNotAdmitted_thenItIsNotKnownWhetherItWasDone() throws Exception {
        final List<CommandReply> replies = Collections.synchronizedList(new ArrayList<>());
        final int port = grpc.server.port();
        grpc.engine.silent(true);
        GrpcServer second = null;
        try (CommandStream stream = client.stream(replies::add)) {
            stream.send(submit(0));
            stream.send(submit(1));
            await().until(() -> grpc.engine.status().ringDepth() == 2);
            grpc.engine.recordsBehind(true);
            grpc.server.close();
            second = GrpcServer.start(GrpcServerConfig.loopback(port), grpc.gateway);
            stream.awaitReplies();
            assertThat(replies).extracting(CommandReply::getResult).containsExactly(Result.PENDING, Result.PENDING);
            stream.send(submit(2));
            stream.awaitReplies();
            assertThat(replies).extracting(CommandReply::getTag).containsExactly(0L, 1L, 2L);
            assertThat(replies).last().extracting(CommandReply::getResult).as("sent once").isEqualTo(Result.UNAVAILABLE);
        } finally {
            if (second != null) {
                second.close();
            }
        }
    }

    private static NewLine line() {
        return NewLine.newBuilder().setPersonKey(42).setServiceId(FakeReadModel.SERVICE).setQuantity(1).build();
    }

    private Command submit(final long tag) {
        return Command.newBuilder().setTag(tag).setSubmitApplication(grpc.submit().toBuilder().clearRequest()).build();
    }

    private static Thread later(final long ms, final Runnable action) {
        final Thread thread = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(ms);
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
            action.run();
        });
        thread.start();
        return thread;
    }
}
