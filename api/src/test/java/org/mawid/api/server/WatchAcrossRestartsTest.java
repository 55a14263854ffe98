package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.mawid.api.fake.GrpcFixture.errorInfo;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.SseReader;
import org.mawid.api.fake.SseReader.Sse;
import org.mawid.api.testkit.KilledDisk;
import org.mawid.client.MawidClient;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Day;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Event;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** The whole server, started again on what it left or on what a killed one left: who has a cursor misses nothing and gets nothing twice. */
@Timeout(180)
class WatchAcrossRestartsTest {
    private static final int PARIS = 1;
    private static final int LYON = 2;
    private static final int SERVICE = 21;

    @TempDir
    Path folder;

    private long persons;

    /** A server on a data directory, with the means to ask it. */
    private static final class Running implements AutoCloseable {
        final Service service;
        final ManagedChannel channel;
        final MawidClient client;

        Running(final Path data, final String... settings) throws Exception {
            final Map<String, String> flags = new HashMap<>(Map.of(
                    Setting.DATA.key(), data.toString(), Setting.RECORDS.key(), "false", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0",
                    Setting.SEGMENT_BYTES.key(), "1048576"));
            for (int i = 0; i < settings.length; i += 2) {
                flags.put(settings[i], settings[i + 1]);
            }
            service = Service.start(Settings.of(flags, Map.of(), null));
            service.ready();
            channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
            client = MawidClient.connect("127.0.0.1", service.grpcPort());
        }

        EventLog events() {
            return service.engine().readModel().events();
        }

        /** What a watch from there gets, until it has all of it. */
        List<String> grpc(final Cursor cursor, final int post, final int count) throws Exception {
            final List<String> seen = new ArrayList<>();
            try (Context.CancellableContext context = Context.current().withCancellation()) {
                context.run(() -> {
                    final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(channel)
                            .watch(WatchRequest.newBuilder().setCursor(cursor).setPostId(post).build());
                    while (seen.size() < count) {
                        replies.next().getEventsList().forEach(event -> seen.add(name(event)));
                    }
                });
            }
            return seen;
        }

        String refusal(final Cursor cursor) {
            final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(channel).watch(WatchRequest.newBuilder().setCursor(cursor).build());
            return errorInfo(catchThrowableOfType(StatusRuntimeException.class, replies::next)).getReason();
        }

        SseReader sse(final int post, final String lastId) {
            return SseReader.open(URI.create("http://127.0.0.1:" + service.httpPort() + "/v1/posts/" + post + "/events"), lastId);
        }

        @Override
        public void close() {
            client.close();
            channel.shutdownNow();
            service.close();
        }
    }

    @Test
    void givenWatchersThatWereCutOff_whenTheServerIsStartedAgain_thenTheyGetWhatTheyMissedOnceAndInOrder() throws Exception {
        final Path data = folder.resolve("data");
        final List<String> all;
        final Cursor begin;
        try (Running first = new Running(data)) {
            begin = cursor(first, define(first));
            submit(first, 200);
            all = first.grpc(begin, 0, 200);
            assertThat(all).hasSize(200).doesNotHaveDuplicates();
        }
        try (Running second = new Running(data)) {
            assertThat(second.events().epoch()).isEqualTo(begin.getEpoch());
            assertThat(second.events().bytesOnDisk()).as("a snapshot at the stop: nothing is replayed").isPositive();
            submit(second, 50);
            all.addAll(second.grpc(cursor(second, at(all.get(199))), 0, 50));
            assertResumes(second, begin, all);
        }
    }

    @Test
    void givenAKilledServer_whenStartedOnWhatItLeft_thenCursorsOfBeforeGoOn() throws Exception {
        final Path killed = folder.resolve("killed");
        final List<String> all;
        final Cursor begin;
        try (Running first = new Running(folder.resolve("data"))) {
            begin = cursor(first, define(first));
            submit(first, 100);
            first.service.engine().requestSnapshot();
            await().until(() -> first.service.engine().status().snapshotPosition() > 0);
            submit(first, 100);
            all = first.grpc(begin, 0, 200);
            KilledDisk.copy(folder.resolve("data"), killed); // as a SIGKILL leaves it: nothing is on its way
        }
        try (Running second = new Running(killed)) {
            assertThat(second.events().epoch()).isEqualTo(begin.getEpoch());
            submit(second, 30);
            all.addAll(second.grpc(cursor(second, at(all.get(199))), 0, 30));
            assertResumes(second, begin, all);
        }
    }

    @Test
    void givenTheEventsWereLost_whenTheJournalIsWhole_thenCursorsGoOnUnlessNothingSaysWhoseTheyWere() throws Exception {
        final Path data = folder.resolve("data");
        final List<String> all;
        final Cursor begin;
        try (Running first = new Running(data, Setting.SNAPSHOT_AT_STOP.key(), "false")) {
            begin = cursor(first, define(first));
            submit(first, 100);
            all = first.grpc(begin, 0, 100);
        }
        final Path events = data.resolve("readmodel").resolve("events");
        delete(events, ".evt");
        try (Running second = new Running(data, Setting.SNAPSHOT_AT_STOP.key(), "false")) {
            assertResumes(second, begin, all);
        }
        delete(events, "");
        try (Running third = new Running(data, Setting.SNAPSHOT_AT_STOP.key(), "false")) {
            assertThat(third.events().epoch()).isNotEqualTo(begin.getEpoch());
            assertThat(third.refusal(begin)).isEqualTo("START_AGAIN");
            try (SseReader reader = third.sse(PARIS, id(begin))) {
                await().until(reader::isEnded);
                assertThat(reader.await(1)).extracting(Sse::event).containsExactly("START_AGAIN");
            }
            final Cursor now = begin.toBuilder().setEpoch(third.events().epoch()).build();
            assertThat(third.grpc(now, 0, 100)).as("the journal brought the same events about").isEqualTo(all);
        }
    }

    @Test
    void givenEventsInMemoryOnly_whenStartedAgain_thenOldCursorsAreToldToStartAgain() throws Exception {
        final Path data = folder.resolve("data");
        final Cursor begin;
        try (Running first = new Running(data, Setting.EVENTS_MAX_BYTES.key(), "0")) {
            begin = cursor(first, define(first));
            submit(first, 10);
            assertThat(first.grpc(begin, 0, 10)).hasSize(10);
        }
        assertThat(data.resolve("readmodel").resolve("events")).doesNotExist();
        try (Running second = new Running(data, Setting.EVENTS_MAX_BYTES.key(), "0")) {
            assertThat(second.refusal(begin)).isEqualTo("START_AGAIN");
        }
    }

    @Test
    void givenTheJavaClientsWatch_whenTheServerIsStartedAgainOnItsPort_thenItGoesOnWithoutASnapshot() throws Exception {
        final Path data = folder.resolve("data");
        final List<String> said = new CopyOnWriteArrayList<>();
        final int port;
        Running running = new Running(data);
        port = running.service.grpcPort();
        define(running);
        try (MawidClient client = MawidClient.connect("127.0.0.1", port); Watch watch = client.watch(PARIS, 0, 0, new WatchListener() {
            @Override
            public void onSnapshot() {
                said.add("snapshot");
            }

            @Override
            public void onDays(final List<Day> days) {
                said.add("days");
            }

            @Override
            public void onSnapshotComplete() {
                said.add("complete");
            }

            @Override
            public void onEvents(final List<Event> events) {
                events.forEach(event -> said.add(name(event)));
            }
        })) {
            await().until(() -> watch.cursor() != null);
            submit(running, 20);
            await().until(() -> said.size() == 12);
            running.close();
            running = new Running(data, EdgeSetting.GRPC_PORT.key(), Integer.toString(port));
            submit(running, 20);
            await().until(() -> said.size() == 22);
            assertThat(said).doesNotHaveDuplicates();
            assertThat(said.subList(0, 2)).containsExactly("snapshot", "complete");
            assertThat(said.stream().skip(2).mapToLong(WatchAcrossRestartsTest::at)).isSorted();
        } finally {
            running.close();
        }
    }

    /** From many places in it, of both posts, over gRPC and as server-sent events. */
    private static void assertResumes(final Running server, final Cursor begin, final List<String> all) throws Exception {
        assertThat(server.grpc(begin, 0, all.size())).isEqualTo(all);
        for (int seen = 1; seen < all.size(); seen += 37) {
            final String last = all.get(seen - 1);
            final Cursor cursor = cursor(server, at(last)).toBuilder().setOrdinal(Integer.parseInt(last.split("[. ]")[1])).build();
            assertThat(server.grpc(cursor, 0, all.size() - seen)).isEqualTo(all.subList(seen, all.size()));
            final List<String> ofParis = all.subList(seen, all.size()).stream().filter(event -> event.endsWith(" " + PARIS)).toList();
            assertThat(server.grpc(cursor, PARIS, ofParis.size())).isEqualTo(ofParis);
            try (SseReader reader = server.sse(PARIS, id(cursor))) {
                assertThat(reader.await(ofParis.size())).extracting(Sse::id)
                        .containsExactlyElementsOf(ofParis.stream().map(event -> cursor.getEpoch() + "-" + event.split(" ")[0].replace('.', '-')).toList());
            }
        }
    }

    private static String name(final Event event) {
        return event.getCursor().getPosition() + "." + event.getCursor().getOrdinal() + " " + event.getEventCase() + " " + event.getPostId();
    }

    private static long at(final String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    private static Cursor cursor(final Running server, final long afterPosition) {
        return Cursor.newBuilder().setEpoch(server.events().epoch()).setPosition(afterPosition).setOrdinal(EventLog.Cursor.ALL).build();
    }

    private static String id(final Cursor cursor) {
        return cursor.getEpoch() + "-" + cursor.getPosition() + "-" + cursor.getOrdinal();
    }

    /** @return its last position; events reflect it */
    private static long define(final Running server) {
        for (final int post : new int[] {PARIS, LYON}) {
            done(server, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(post).setCode("post-" + post).setCurrency("EUR")
                    .setMinorDigits(2).setRoundToMinor(50)));
        }
        final long last = done(server, Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(SERVICE).setCode("passport")
                .setDurationMinutes(15).setValidationRequired(true).setAppointmentRequired(true).setQuantityMax(4)));
        await().until(() -> server.events().position() >= last);
        return last;
    }

    /** One event each, at one post and the other in turn. */
    private void submit(final Running server, final int count) {
        for (int i = 0; i < count; i++) {
            done(server, Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(i % 2 == 0 ? PARIS : LYON)
                    .addLines(NewLine.newBuilder().setPersonKey(++persons).setServiceId(SERVICE).setQuantity(1))));
        }
    }

    private static long done(final Running server, final Command.Builder command) {
        final CommandReply reply = server.client.execute(command.build());
        assertThat(reply.getResult()).as("%s", command).isEqualTo(Result.OK);
        return reply.getPosition();
    }

    private static void delete(final Path folder, final String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.filter(path -> path.toString().endsWith(suffix)).toList()) {
                Files.delete(file);
            }
        }
    }
}
