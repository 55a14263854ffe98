package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.testkit.SteadyPort;
import org.mawid.client.Batch;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Event;
import org.mawid.grpc.Hold;
import org.mawid.grpc.RecordedOffline;
import org.mawid.grpc.Result;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/**
 * A post's folder while its server is killed by SIGKILL and started again on the same data: while events come down, while the outbox goes up, while everything
 * is read. Afterwards the folder is as the server, and each record was done once.
 */
class SyncCrashIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    /** While events come, while records are told, while everything is read: each as often. */
    private static final int MOMENTS = 3;
    /** More of them find what these do not: -Dkills=30. */
    private static final int KILLS = Integer.getInteger("kills", 2 * MOMENTS);
    private static final String AGAIN = "again with -Dit.test=SyncCrashIT -Dkills=" + KILLS + " -Dseed=" + SEED;
    private static final int RECORDS_EACH = 24;
    private static final int DAYS = 100;
    private static final int CAPACITY = 250;
    /** A message of a snapshot has so many visits at most, or sixteen days: it is several. */
    private static final int VISITS = 200 + KILLS * RECORDS_EACH / 2;
    private static final long RECORDED_PERSONS = 0x5EC0_0000L;
    /** Most events that may come, or records that may be told, before a kill. */
    private static final int LATEST = 20;
    private static final long LATEST_NANOS = 4_000_000;

    private final Random random = new Random(SEED);
    private final int firstMoment = random.nextInt(MOMENTS);
    private final Visitors visitors = new Visitors(new ShortLife(new Ledger(random.nextLong() | 1), 1, DAYS, random.nextLong()));
    /** Who comes today and has not been recorded. */
    private final Deque<String> expected = new ArrayDeque<>();
    /** Who has been recorded, who came unannounced as "". */
    private final List<String> recorded = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    @Test
    void givenAFolderThatFollowsTellsAndReads_whenTheServerIsKilledAgainAndAgain_thenItIsAsTheServerAndEachRecordIsDoneOnce(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final SyncRig paris = new SyncRig(folder.resolve("paris"), "paris");
        final JsonObject begin;
        final SteadyPort port;
        try (Server server = Server.start(data)) {
            network(server);
            paris.once(server.grpcPort);
            begin = paris.cursor();
            port = new SteadyPort(server.grpcPort);
            assertThat(server.terminate().exitCode()).isZero();
        }
        final List<SyncRig> readers = new ArrayList<>();
        try (port; AutoCloseable following = paris.follow(port.port())) {
            for (int kill = 0; kill < KILLS; kill++) {
                readers.add(new SyncRig(folder.resolve("reader-" + kill), "paris"));
                try (Server server = Server.start(data)) {
                    killed((firstMoment + kill) % MOMENTS, server, port, paris, readers.get(kill));
                }
            }
            try (Server server = Server.start(data)) {
                port.leadTo(server.grpcPort);
                await(() -> paris.answered.get() >= files.size(), server, paris);
                following.close();
                assertAsTheServer(server, paris, readers, begin);
                assertThat(server.terminate().exitCode()).isZero();
            }
        }
        assertThat(Inspected.whole(data).count("appointments.CHECKED_IN")).as(AGAIN).isEqualTo(recorded.size());
    }

    private void assertAsTheServer(final Server server, final SyncRig paris, final List<SyncRig> readers, final JsonObject begin) throws Exception {
        final ManagedChannel channel = server.channel();
        paris.once(server.grpcPort);
        assertThat(paris.kept()).as("%s: %s", AGAIN, paris.notes).isEqualTo(SyncRig.told(channel, OnePost.POST));
        for (final SyncRig reader : readers) {
            reader.once(server.grpcPort);
            assertThat(reader.kept()).as("read anew, %s: %s", AGAIN, reader.notes).isEqualTo(paris.kept());
        }
        assertEachWasDoneOnce(paris, channel, begin);
        assertThat(paris.log()).as("what came, each once and in order: %s", AGAIN).isEqualTo(SyncRig.events(channel, OnePost.POST, begin));
    }

    private void network(final Server server) {
        TodayPost.make(server.client(), CAPACITY);
        for (int day = 0; day < DAYS; day++) {
            OnePost.open(server.client(), day, CAPACITY);
        }
        final Batch batch = server.client().batch();
        OnePost.validated(server.client(), 1_000_000, VISITS).forEach(application -> batch.add(Command.newBuilder().setHold(Hold.newBuilder()
                .setApplication(application).addLegs(TodayPost.leg(random))).build()));
        done(batch).forEach(hold -> batch.add(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)).build()));
        expected.addAll(done(batch));
    }

    private static List<String> done(final Batch batch) {
        final List<CommandReply> replies = batch.send();
        assertThat(replies).allMatch(reply -> reply.getResult() == Result.OK);
        return replies.stream().map(CommandReply::getReference).toList();
    }

    /** Everything goes on at once, until at some moment it does not. */
    private void killed(final int moment, final Server server, final SteadyPort port, final SyncRig paris, final SyncRig reader) throws Exception {
        final AtomicInteger watched = List.of(paris.came, paris.answered, reader.read).get(moment);
        final int until = watched.get() + 1 + random.nextInt(watched == reader.read ? 4 : LATEST);
        final long laterNanos = (long) (random.nextDouble() * LATEST_NANOS);
        record(paris);
        visitors.visit(server);
        port.leadTo(server.grpcPort);
        final Thread reading = new Thread(() -> read(reader, server.grpcPort));
        reading.start();
        await(() -> watched.get() >= until, server, paris);
        LockSupport.parkNanos(laterNanos);
        server.kill();
        visitors.awaitEnd();
        reading.join();
    }

    private static void read(final SyncRig reader, final int port) {
        try {
            reader.once(port);
        } catch (final StatusRuntimeException gone) {
            reader.notes.add("the server was killed");
        } catch (final Exception ours) {
            throw new AssertionError(AGAIN, ours);
        }
    }

    private void record(final SyncRig paris) throws Exception {
        for (int i = 0; i < RECORDS_EACH; i++) {
            final String file = String.format("%04d.json", files.size());
            final String at = "\"at\":\"" + Instant.now() + '"';
            if (i % 2 == 0) {
                recorded.add(expected.remove());
                paris.record(file, "{\"do\":\"check-in\"," + at + ",\"appointment\":\"" + recorded.get(recorded.size() - 1) + "\"}");
            } else {
                recorded.add("");
                paris.record(file, "{\"do\":\"walk-in\"," + at + ",\"lines\":[{\"person\":\"" + String.format("%016x", RECORDED_PERSONS + files.size())
                        + "\",\"serviceId\":" + OnePost.SERVICE + "}]}");
            }
            files.add(file);
        }
    }

    private void assertEachWasDoneOnce(final SyncRig paris, final ManagedChannel channel, final JsonObject begin) throws Exception {
        assertThat(paris.refused()).as("%s: %s", AGAIN, paris.notes).isEmpty();
        assertThat(paris.names("done").stream().map(name -> name.substring(name.indexOf('-') + 1))).as("answers beside records: %s", AGAIN)
                .containsExactlyElementsOf(files);
        final List<RecordedOffline> told = new ArrayList<>();
        WatchServiceGrpc.newBlockingStub(channel).watch(WatchRequest.newBuilder().setPostId(OnePost.POST).setCatchUp(true).setCursor(cursor(begin)).build())
                .forEachRemaining(reply -> reply.getEventsList().stream().filter(Event::hasRecordedOffline).map(Event::getRecordedOffline).forEach(told::add));
        assertThat(told).extracting(RecordedOffline::getAppointment).as("told once each, and in order: %s", AGAIN).containsExactlyElementsOf(recorded);
        assertThat(told).extracting(RecordedOffline::getState).containsOnly(AppointmentState.APPOINTMENT_STATE_CHECKED_IN);
        assertThat(told).extracting(RecordedOffline::getAsAppointment).doesNotContain("").doesNotHaveDuplicates();
    }

    private static Cursor cursor(final JsonObject kept) {
        return Cursor.newBuilder().setEpoch(kept.getLong("epoch")).setPosition(kept.getLong("position")).setOrdinal(kept.getInteger("ordinal")).build();
    }

    private static void await(final BooleanSupplier condition, final Server server, final SyncRig rig) {
        final long dueNanos = System.nanoTime() + Server.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - dueNanos).as("still waiting: %s, %s, %s", AGAIN, rig.notes, server).isNegative();
            LockSupport.parkNanos(50_000);
        }
    }
}
