package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.testkit.PackedSubmits;
import org.mawid.client.Batch;
import org.mawid.client.ClientOptions;
import org.mawid.client.CommandStream;
import org.mawid.client.ConfirmReply;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidClient;
import org.mawid.client.MawidException;
import org.mawid.client.PackedBatch;
import org.mawid.client.PackedReplies;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.WalkIn;

/** Commands whose answers are lost at a core that stands still, or whose server is gone: the client tells by which requests they can be asked for. */
@Timeout(120)
class LostAnswersTest extends ServiceFixture {
    private static final Duration SHORT = Duration.ofMillis(900);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final PackedSubmits submits = new PackedSubmits();
    private int grpcPort;

    /** Of 900 ms nothing is left for a repeat after an answer that is PENDING for one second. */
    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.REPLY_TIMEOUT_MS.key(), "100", EdgeSetting.GRPC_PORT.key(), Integer.toString(grpcPort));
    }

    @Test
    void givenAConfirmationWhoseAnswerIsLost_whenItsRequestIsAskedForOrSentAgain_thenItNamesTheOneAppointment() throws Exception {
        OnePost.make(client, 1, 1);
        final HoldReply.Held held = held(1, 0);
        final MawidException noAnswer = lost(hurried -> hurried.confirm(held.hold(), true));

        final CommandReply outcome = outcome(noAnswer.request());
        assertThat(outcome.getResult()).isEqualTo(Result.OK);
        assertThat(outcome.getReference()).isNotEmpty();
        final CommandReply again = client.execute(Command.newBuilder().setConfirm(
                Confirm.newBuilder().setRequest(noAnswer.request()).setHold(held.hold()).setIssueStamps(true)).build());
        assertThat(again.getRepeatedAnswer()).isTrue();
        assertThat(again.getReference()).isEqualTo(outcome.getReference());
        assertThat(again.getStampsList()).hasSize(1).isEqualTo(outcome.getStampsList());
        assertThat(client.confirm(held.hold(), true)).as("another request").isEqualTo(new ConfirmReply.Refused(Result.HOLD_EXPIRED, 0));
    }

    @Test
    void givenAnyCallWhoseAnswerIsLost_whenItsRequestIsAskedFor_thenItIsKnown() throws Exception {
        OnePost.make(client, 1, 4);
        final String application = OnePost.validated(client, 1, 1).get(0);
        final String hold = held(2, 1).hold();
        final Command release = Command.newBuilder().setRelease(Release.newBuilder().setHold(hold)).build();
        final Request own = client.newRequest();
        final List<Request> requests = new ArrayList<>();
        try (MawidClient hurried = hurried()) {
            standStill(goesOn);
            final List<ThrowingCallable> calls = List.of(
                    () -> hurried.submitApplication(0, OnePost.POST, List.of(OnePost.line(3))),
                    () -> hurried.hold(application, List.of(OnePost.leg(0, 0)), false),
                    () -> hurried.walkIn(WalkIn.newBuilder().setDeskId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).addLines(OnePost.line(4)).build()),
                    () -> hurried.issueStamps(application, 1, OnePost.POST),
                    () -> hurried.perform(release),
                    () -> hurried.execute(OnePost.submit(5)),
                    () -> hurried.execute(Command.newBuilder().setRelease(Release.newBuilder().setRequest(own).setHold(hold)).build()));
            for (final ThrowingCallable call : calls) {
                requests.add(catchThrowableOfType(MawidException.class, call).request());
            }
        } finally {
            goesOn.countDown();
        }
        assertThat(requests).doesNotHaveDuplicates().doesNotContainNull().endsWith(own);
        final List<Result> results = new ArrayList<>();
        for (final Request request : requests) {
            results.add(outcome(request).getResult());
        }
        assertThat(results).containsExactly(Result.OK, Result.OK, Result.NOT_TODAY, Result.OK, Result.OK, Result.OK, Result.HOLD_EXPIRED);
    }

    @Test
    void givenAStreamWhoseAnswersAreLost_whenTheTimeIsOver_thenItTellsTheRequestsOfThoseWithoutAnswer() throws Exception {
        OnePost.define(client);
        final List<CommandReply> replies = new CopyOnWriteArrayList<>();
        try (MawidClient hurried = hurried(); CommandStream stream = hurried.stream(replies::add)) {
            stream.send(OnePost.submit(1));
            stream.awaitReplies();
            standStill(goesOn);
            for (int person = 2; person < 5; person++) {
                stream.send(OnePost.submit(person));
            }
            final MawidException noAnswer = catchThrowableOfType(MawidException.class, stream::awaitReplies);
            assertThat(noAnswer.requests()).hasSize(3).doesNotHaveDuplicates();
            assertThat(noAnswer.request()).as("not of one").isNull();
            goesOn.countDown();
            for (final Request request : noAnswer.requests()) {
                assertThat(outcome(request).getResult()).isEqualTo(Result.OK);
            }
        } finally {
            goesOn.countDown();
        }
    }

    @Test
    void givenBatchesToAServerThatIsGone_whenItIsThereAgain_thenTheyAreAsTheyWereAndGoOutWithTheRequestsThatWereTold() throws Exception {
        OnePost.define(client);
        grpcPort = service.grpcPort();
        try (MawidClient patient = MawidClient.connect(ClientOptions.of("127.0.0.1", grpcPort).withTimeout(SHORT))) {
            final Batch batch = patient.batch().add(OnePost.submit(1)).add(OnePost.submit(2));
            final PackedBatch packed = patient.packedBatch(0);
            final PackedReplies answers = new PackedReplies();
            submits.add(packed, OnePost.POST, OnePost.SERVICE, 3);
            submits.add(packed, OnePost.POST, OnePost.SERVICE, 4);
            stop();
            final List<Request> told = new ArrayList<>(catchThrowableOfType(MawidException.class, batch::send).requests());
            told.addAll(catchThrowableOfType(MawidException.class, () -> packed.send(answers)).requests());
            assertThat(told).hasSize(4).doesNotHaveDuplicates().allMatch(request -> request.getCreatedMs() > 0);

            start();
            await().atMost(PATIENCE).ignoreException(MawidException.class)
                    .until(() -> batch.send().stream().allMatch(reply -> reply.getResult() == Result.OK));
            packed.send(answers);
            assertThat(answers.isDone(0) && answers.isDone(1)).isTrue();
            for (final Request request : told) {
                assertThat(client.outcome(request).getResult()).isEqualTo(Result.OK);
            }
        }
    }

    private interface Call {
        void by(MawidClient hurried);
    }

    /** Made while the core stands still, which goes on afterwards. */
    private MawidException lost(final Call call) throws Exception {
        try (MawidClient hurried = hurried()) {
            standStill(goesOn);
            return catchThrowableOfType(MawidException.class, () -> call.by(hurried));
        } finally {
            goesOn.countDown();
        }
    }

    /** As soon as there is one: what was not answered may be done later. */
    private CommandReply outcome(final Request request) {
        await().atMost(PATIENCE).until(() -> client.outcome(request).getResult() != Result.REQUEST_UNKNOWN);
        return client.outcome(request);
    }

    private HoldReply.Held held(final long person, final int start) {
        return (HoldReply.Held) client.hold(OnePost.validated(client, person, 1).get(0), List.of(OnePost.leg(0, start)), false);
    }

    private MawidClient hurried() throws Exception {
        return MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withTimeout(SHORT));
    }
}
