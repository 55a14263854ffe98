package org.mawid.api.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.mawid.api.fake.GrpcFixture.errorInfo;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.client.MawidClient;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;
import org.mawid.grpc.Result;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;
import org.mawid.sbe.HeldEncoder;
import org.mawid.sbe.HoldExpiredEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.WithheldSetEncoder;

/** Following what happens, over a real connection. */
class WatchTest {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
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
    void givenAPost_whenWatched_thenItsDaysComeFirstAndThenWhatHappens() {
        final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(grpc.channel).watch(WatchRequest.newBuilder()
                .setPostId(FakeReadModel.POST).setFromEpochDay(FakeReadModel.EPOCH_DAY).setDays(62).build());
        final List<Day> days = new ArrayList<>();
        WatchReply last;
        do {
            last = replies.next();
            days.addAll(last.getDaysList());
        } while (!last.getSnapshotComplete());
        assertThat(days).hasSize(40);
        assertThat(days.get(0).getRoomList()).containsExactly(1, 2);
        assertThat(days.get(0).getWithheldList()).containsExactly(0, 1);

        held(101, 7);
        room(101);
        final List<Event> events = events(replies, 2);
        assertThat(events.get(0).getHeld().getHold()).isEqualTo(grpc.references.text(ReferenceKind.HOLD, 7));
        assertThat(events.get(0).getHeld().getLegs(0).getStartUnit()).isEqualTo(3);
        assertThat(events.get(0).getNowMs()).isEqualTo(1_234);
        assertThat(events.get(1).getRoomChanged().getRooms(0).getDelta()).isEqualTo(-1);
        assertThat(events.get(1).getCursor().getOrdinal()).isEqualTo(1);

        expired(102, 7);
        assertThat(events(replies, 1).get(0).getHoldExpired().getApplication()).isEqualTo(grpc.references.text(ReferenceKind.APPLICATION, 3));
    }

    @Test
    void givenACursor_whenWatchedAgain_thenNothingIsLostAndNothingTwice() {
        held(101, 1);
        room(101);
        held(102, 2);
        final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(grpc.channel).watch(WatchRequest.newBuilder()
                .setCursor(Cursor.newBuilder().setEpoch(9).setPosition(101).setOrdinal(0)).build());
        final List<Event> events = events(replies, 2);
        assertThat(events.get(0).hasRoomChanged()).isTrue();
        assertThat(events.get(1).getHeld().getHold()).isEqualTo(grpc.references.text(ReferenceKind.HOLD, 2));
    }

    @Test
    void givenAnOldCursor_whenWatched_thenStartAgain() {
        grpc.engine.fakeReadModel().keptFrom(90);
        final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(grpc.channel).watch(WatchRequest.newBuilder()
                .setCursor(Cursor.newBuilder().setEpoch(9).setPosition(50)).build());
        assertThat(errorInfo(catchThrowableOfType(StatusRuntimeException.class, replies::next)).getReason()).isEqualTo("START_AGAIN");
    }

    @Test
    void givenWhatCannotBeWatched_whenAsked_thenRefused() {
        assertReason("POST_UNKNOWN", WatchRequest.newBuilder().setPostId(9).build());
        assertReason("OUT_OF_RANGE", WatchRequest.newBuilder().setPostId(1).setDays(501).build());
        assertReason("OUT_OF_RANGE", WatchRequest.newBuilder().setDays(1).build());
        assertReason("OUT_OF_RANGE", WatchRequest.newBuilder().setCursor(Cursor.newBuilder().setPosition(-1)).build());
    }

    @Test
    void givenAReadSideThatIsBehind_whenAPostIsNotKnownThere_thenItMayBeLater() {
        grpc.engine.fakeReadModel().position(0);
        assertThat(CommandServiceGrpc.newBlockingStub(grpc.channel).batch(CommandBatch.newBuilder().addCommands(grpc.submitCommand(1)).build())
                .getReplies(0).getResult()).isEqualTo(Result.OK);
        assertReason("READ_MODEL_BEHIND", WatchRequest.newBuilder().setPostId(9).build());
        grpc.engine.fakeReadModel().position(1);
        assertReason("POST_UNKNOWN", WatchRequest.newBuilder().setPostId(9).build());
    }

    @Test
    void givenManyEvents_whenTheReaderIsSlow_thenAllArriveInOrder() {
        final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(grpc.channel).watch(WatchRequest.getDefaultInstance());
        assertThat(replies.next().getSnapshotComplete()).isTrue();
        final int count = 20_000;
        for (int i = 0; i < count; i++) {
            held(200 + i, 1 + i);
        }
        final List<Event> events = events(replies, count);
        for (int i = 0; i < count; i++) {
            assertThat(events.get(i).getCursor().getPosition()).isEqualTo(200 + i);
        }
    }

    @Test
    void givenAReaderThatStops_whenMuchHappens_thenItStaysInTheLogAndNoEventLoopReadsIt() throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final AtomicLong received = new AtomicLong();
        final AtomicReference<ClientCallStreamObserver<WatchRequest>> call = new AtomicReference<>();
        WatchServiceGrpc.newStub(grpc.channel).watch(WatchRequest.getDefaultInstance(), new ClientResponseObserver<WatchRequest, WatchReply>() {
            @Override
            public void beforeStart(final ClientCallStreamObserver<WatchRequest> requests) {
                requests.disableAutoRequestWithInitial(1); // the snapshot, and then nothing more
                call.set(requests);
            }

            @Override
            public void onNext(final WatchReply reply) {
                received.addAndGet(reply.getEventsCount());
                begun.countDown();
            }

            @Override
            public void onError(final Throwable failure) {
                begun.countDown();
            }

            @Override
            public void onCompleted() {
                begun.countDown();
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        final FakeReadModel model = grpc.engine.fakeReadModel();
        final int count = 50_000;
        for (int i = 0; i < count; i++) {
            held(200 + i, 1 + i);
        }
        final int[] polled = {-1};
        await().during(300, TimeUnit.MILLISECONDS).until(() -> polled[0] == (polled[0] = model.polled()));
        assertThat(model.polled()).as("what the transport holds, about a megabyte, no more").isLessThan(count / 2);
        assertThat(model.pollThreads()).containsExactly("mawid-watch");
        call.get().request(Integer.MAX_VALUE);
        await().atMost(20, TimeUnit.SECONDS).until(() -> received.get() == count);
        call.get().cancel("seen enough", null);
    }

    @Test
    void givenAClient_whenItMissedTooMuch_thenItBeginsWithANewSnapshot() throws Exception {
        final Heard heard = new Heard();
        try (MawidClient client = MawidClient.connect("127.0.0.1", grpc.server.port());
                Watch watch = client.watch(FakeReadModel.POST, FakeReadModel.EPOCH_DAY, 2, heard)) {
            await().until(() -> heard.said.contains("complete"));
            held(101, 7);
            await().until(() -> heard.said.contains("event 101"));
            assertThat(watch.cursor().getPosition()).isEqualTo(101);
            assertThat(heard.said).containsExactly("snapshot", "days 2", "complete", "event 101");

            grpc.engine.fakeReadModel().keptFrom(150);
            held(160, 8);
            await().until(() -> heard.said.lastIndexOf("complete") > 3);
            grpc.engine.fakeReadModel().position(200);
        }
        assertThat(heard.said.subList(4, 7)).contains("snapshot", "days 2", "complete");
    }

    @Test
    void givenAnAccident_whenAWatchMeetsIt_thenItIsToldToComeAgainAndTheClientGoesOnWhereItStood() throws Exception {
        final Heard heard = new Heard();
        try (MawidClient client = MawidClient.connect("127.0.0.1", grpc.server.port());
                Watch watch = client.watch(FakeReadModel.POST, FakeReadModel.EPOCH_DAY, 2, heard)) {
            await().until(() -> heard.said.contains("complete"));
            held(101, 7);
            await().until(() -> heard.said.contains("event 101"));
            final UnsafeBuffer event = new UnsafeBuffer(new byte[0]); // nothing can be read in it
            grpc.engine.fakeReadModel().append(102, 0, event);

            final Iterator<WatchReply> again = WatchServiceGrpc.newBlockingStub(grpc.channel)
                    .watch(WatchRequest.newBuilder().setPostId(FakeReadModel.POST).setCursor(watch.cursor()).build());
            final StatusRuntimeException ended = catchThrowableOfType(StatusRuntimeException.class, again::next);
            assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(errorInfo(ended).getReason()).isEqualTo("UNAVAILABLE");
            assertThat(errorInfo(ended).getMetadataMap()).containsEntry("cause", "WATCH_ENDED");
            assertThat(GrpcFixture.retryInfo(ended).getRetryDelay().getSeconds()).isEqualTo(1);

            event.wrap(heldEvent(102, 8)); // the accident is over
            await().until(() -> heard.said.contains("event 102"));
            assertThat(watch.cursor().getPosition()).isEqualTo(102);
        }
        assertThat(heard.said).as("without a new snapshot").containsExactly("snapshot", "days 2", "complete", "event 101", "event 102");
    }

    private void assertReason(final String reason, final WatchRequest request) {
        final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(grpc.channel).watch(request);
        assertThat(errorInfo(catchThrowableOfType(StatusRuntimeException.class, replies::next)).getReason()).isEqualTo(reason);
    }

    private static List<Event> events(final Iterator<WatchReply> replies, final int count) {
        final List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            events.addAll(replies.next().getEventsList());
        }
        assertThat(events).hasSize(count);
        return events;
    }

    private void held(final long position, final long hold) {
        grpc.engine.fakeReadModel().append(position, 0, heldEvent(position, hold));
    }

    private UnsafeBuffer heldEvent(final long position, final long hold) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final HeldEncoder held = new HeldEncoder().wrapAndApplyHeader(buffer, 0, header);
        held.head().position(position).nowMs(1_234).ordinal(0).postId(FakeReadModel.POST);
        held.holdId(hold).applicationId(3).deadlineMs(5).startMs(6).legsCount(1).next()
                .deskId(FakeReadModel.DESK).lines(1).epochDay(FakeReadModel.EPOCH_DAY).startUnit((short) 3).units((short) 3);
        return buffer;
    }

    private void room(final long position) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final RoomChangedEncoder room = new RoomChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        room.head().position(position).nowMs(1_234).ordinal(1).postId(FakeReadModel.POST);
        room.roomsCount(1).next().poolId(FakeReadModel.DESK).epochDay(FakeReadModel.EPOCH_DAY).startUnit((short) 3).units((short) 3)
                .delta((short) -1).openDelta((short) 0);
        grpc.engine.fakeReadModel().append(position, 1, buffer);
    }

    private void expired(final long position, final long hold) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final HoldExpiredEncoder expired = new HoldExpiredEncoder().wrapAndApplyHeader(buffer, 0, header);
        expired.head().position(position).nowMs(1_234).ordinal(0).postId(FakeReadModel.POST);
        expired.holdId(hold).applicationId(3);
        grpc.engine.fakeReadModel().append(position, 0, buffer);
    }

    private static final class Heard implements WatchListener {
        private final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void onSnapshot() {
            said.add("snapshot");
        }

        @Override
        public void onDays(final List<Day> days) {
            said.add("days " + days.size());
        }

        @Override
        public void onSnapshotComplete() {
            said.add("complete");
        }

        @Override
        public void onEvents(final List<Event> events) {
            events.forEach(event -> said.add("event " + event.getCursor().getPosition()));
        }
    }
}
