package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.SseReader;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Batch;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Event;
import org.mawid.grpc.LineState;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** Who follows a post over both edges and is cut off by SIGKILL under load goes on where it was: each event once, in order, none missing. */
class WatchCrashIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String AGAIN = "again with -Dit.test=WatchCrashIT -Dseed=" + SEED;
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int DAYS = 4;
    private static final int CAPACITY = 60;
    private static final int LIVES = 64;
    private static final int STREAMS = 2;
    private static final int SNAPSHOT_RECORDS = 1_000;

    private final Random random = new Random(SEED);
    private final Ledger ledger = new Ledger(random.nextLong() | 1);
    private final List<Life> lives = new ArrayList<>();
    private final Follower follower = new Follower();
    /** Ids of what came as server-sent events, in the order of their coming. */
    private final List<String> sent = new ArrayList<>();
    private String lastId;

    @Test
    void givenWatchersUnderLoad_whenTheServerIsKilledAndStartedAgain_thenFromTheirCursorsTheyGetEachEventOnceAndInOrder(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        for (int i = 0; i < LIVES; i++) {
            lives.add(new ShortLife(ledger, 1 + i * 1_000_000L, DAYS, random.nextLong()));
        }
        Cursor begin = null;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = start(data)) {
                if (kill == 0) {
                    OnePost.make(server.client(), DAYS, CAPACITY);
                    begin = now(server);
                    lastId = id(begin);
                    follower.cursor = begin;
                }
                final int before = follower.count();
                follower.follow(server);
                try (SseReader sse = sse(server)) {
                    lives.forEach(Life::resume);
                    final Traffic traffic = new Traffic(server, lives, STREAMS);
                    traffic.awaitAnswers(200 + random.nextInt(3_000));
                    await(() -> follower.count() > before && !sse.await(1).isEmpty(), server);
                    server.kill();
                    traffic.awaitEnd();
                    await(() -> sse.isEnded() && follower.hasEnded(), server);
                    take(sse);
                }
            }
        }
        assertThat(follower.count()).as("events of killed servers").isGreaterThan(KILLS);
        try (Server server = start(data)) {
            follower.follow(server);
            try (SseReader sse = sse(server)) {
                final Cursor last = answerAll(server);
                await(() -> follower.hasSeen(last), server);
                await(() -> id(last).equals(sse.lastId()), server);
                take(sse);
                assertEachOnceAndInOrder(again(server, begin, last));
            }
        }
    }

    private static Server start(final Path data) throws Exception {
        return Server.on(data).set("mawid.snapshot.records", SNAPSHOT_RECORDS).start();
    }

    /** Whoever has no answer asks again; at last somebody comes whose event is the last one. @return where it is */
    private Cursor answerAll(final Server server) throws Exception {
        final Batch batch = server.client().batch();
        final List<Ledger.Entry> open = ledger.since(0, entry -> entry.reply() == null);
        open.forEach(entry -> batch.add(entry.command));
        final List<CommandReply> replies = batch.send();
        for (int i = 0; i < open.size(); i++) {
            open.get(i).answered(replies.get(i));
        }
        final Ledger.Entry last = ledger.asked(OnePost.submit(LIVES * 1_000_000L + 2));
        last.answered(server.client().execute(last.command));
        assertThat(last.isDone()).as("%s", last).isTrue();
        await(() -> follower.positionOf(key(last)) > 0, server);
        return follower.seen().get(follower.count() - 1).getCursor();
    }

    private void assertEachOnceAndInOrder(final List<Event> all) {
        final List<Event> seen = follower.seen();
        for (int i = 1; i < seen.size(); i++) {
            final Cursor before = seen.get(i - 1).getCursor();
            final Cursor after = seen.get(i).getCursor();
            assertThat(after.getEpoch()).as(AGAIN).isEqualTo(before.getEpoch());
            assertThat(after.getPosition() > before.getPosition()
                    || after.getPosition() == before.getPosition() && after.getOrdinal() > before.getOrdinal()).as("%s after %s: %s", after, before, AGAIN).isTrue();
        }
        assertThat(seen).as("what is told now of all lives is what was told while they lasted: %s", AGAIN).isEqualTo(all);
        assertThat(sent).as("over HTTP: %s", AGAIN).isEqualTo(all.stream().map(event -> id(event.getCursor())).toList());
        final List<String> told = all.stream().map(WatchCrashIT::key).filter(key -> !key.isEmpty()).toList();
        final List<Ledger.Entry> done = ledger.since(0, Ledger.Entry::isDone);
        assertThat(told).as("one event for each command that was done, acknowledged before or after a kill: %s", AGAIN)
                .containsExactlyInAnyOrderElementsOf(done.stream().map(WatchCrashIT::key).toList());
        for (final Ledger.Entry entry : done) {
            if (!entry.reply().getRepeatedAnswer()) {
                assertThat(follower.positionOf(key(entry))).as("%s: %s", AGAIN, entry).isEqualTo(entry.reply().getPosition());
            }
        }
    }

    /** All from there to there, in one go. */
    private static List<Event> again(final Server server, final Cursor from, final Cursor last) throws Exception {
        final List<Event> all = new ArrayList<>();
        try (Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> {
                final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(server.channel())
                        .watch(WatchRequest.newBuilder().setCursor(from).setPostId(OnePost.POST).build());
                while (all.isEmpty() || !all.get(all.size() - 1).getCursor().equals(last)) {
                    all.addAll(replies.next().getEventsList());
                }
            });
        }
        return all;
    }

    /** Behind all that has happened: nothing is on its way. */
    private static Cursor now(final Server server) throws Exception {
        final Cursor[] now = new Cursor[1];
        try (Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> now[0] = WatchServiceGrpc.newBlockingStub(server.channel())
                    .watch(WatchRequest.newBuilder().setPostId(OnePost.POST).build()).next().getCursor());
        }
        return now[0];
    }

    private SseReader sse(final Server server) {
        return SseReader.open(URI.create("http://127.0.0.1:" + server.httpPort + "/v1/posts/" + OnePost.POST + "/events"), lastId);
    }

    private void take(final SseReader sse) {
        sse.await(0).forEach(event -> sent.add(event.id()));
        lastId = sse.lastId().isEmpty() ? lastId : sse.lastId();
    }

    private static String id(final Cursor cursor) {
        return cursor.getEpoch() + "-" + cursor.getPosition() + "-" + cursor.getOrdinal();
    }

    private static void await(final BooleanSupplier condition, final Server server) throws Exception {
        final long dueNanos = System.nanoTime() + Server.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - dueNanos).as("still waiting: %s, %s", AGAIN, server).isNegative();
            Thread.sleep(5);
        }
    }

    // ---- what a command that was done is told as, and by which reference

    private static String key(final Ledger.Entry entry) {
        final Command command = entry.command;
        final String reference = entry.reply().getReference();
        return switch (command.getCommandCase()) {
            case SUBMIT_APPLICATION -> "submitted " + reference;
            case VALIDATE_LINES -> "validated " + command.getValidateLines().getApplication();
            case HOLD -> "held " + reference;
            case CONFIRM -> "confirmed " + reference;
            case RELEASE -> "released " + command.getRelease().getHold();
            case CANCEL -> "cancelled " + command.getCancel().getAppointment();
            default -> throw new AssertionError(command);
        };
    }

    /** Empty for what goes along with another event of the same command. */
    private static String key(final Event event) {
        return switch (event.getEventCase()) {
            case APPLICATION_SUBMITTED -> "submitted " + event.getApplicationSubmitted().getApplication();
            case LINES_DECIDED -> {
                assertThat(event.getLinesDecided().getState()).isEqualTo(LineState.LINE_STATE_VALIDATED);
                yield "validated " + event.getLinesDecided().getApplication();
            }
            case HELD -> "held " + event.getHeld().getHold();
            case CONFIRMED -> "confirmed " + event.getConfirmed().getAppointment();
            case HOLD_RELEASED -> "released " + event.getHoldReleased().getHold();
            case APPOINTMENT_CHANGED -> {
                assertThat(event.getAppointmentChanged().getState()).isEqualTo(AppointmentState.APPOINTMENT_STATE_CANCELLED);
                yield "cancelled " + event.getAppointmentChanged().getAppointment();
            }
            case ROOM_CHANGED, STAMPS_ISSUED -> "";
            default -> throw new AssertionError(event);
        };
    }

    /** Follows over gRPC, from one server to the next. */
    private static final class Follower implements StreamObserver<WatchReply> {
        private final List<Event> seen = new ArrayList<>();
        private final Map<String, Long> positions = new HashMap<>();
        private Cursor cursor;
        private boolean ended;

        /** From where it has come to. */
        synchronized void follow(final Server server) {
            ended = false;
            WatchServiceGrpc.newStub(server.channel()).watch(WatchRequest.newBuilder().setCursor(cursor).setPostId(OnePost.POST).build(), this);
        }

        @Override
        public synchronized void onNext(final WatchReply reply) {
            for (final Event event : reply.getEventsList()) {
                seen.add(event);
                positions.put(key(event), event.getCursor().getPosition());
            }
            cursor = reply.getCursor();
        }

        @Override
        public synchronized void onError(final Throwable gone) {
            ended = true;
        }

        @Override
        public synchronized void onCompleted() {
            ended = true;
        }

        synchronized boolean hasEnded() {
            return ended;
        }

        synchronized int count() {
            return seen.size();
        }

        synchronized List<Event> seen() {
            return List.copyOf(seen);
        }

        synchronized boolean hasSeen(final Cursor last) {
            return !seen.isEmpty() && seen.get(seen.size() - 1).getCursor().equals(last);
        }

        /** 0 = not told. */
        synchronized long positionOf(final String key) {
            return positions.getOrDefault(key, 0L);
        }
    }
}
