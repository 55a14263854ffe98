package org.mawid.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator asks reaches the server, only from its own user, and every trouble is one line. */
class ControlTest {
    @TempDir
    private Path root;
    private final AtomicReference<Object> asked = new AtomicReference<>();
    private final CountDownLatch watched = new CountDownLatch(1);

    private final Control control = new Control() {
        @Override
        public JsonObject cutOver(final Path from, final boolean dryRun, final boolean accept, final Progress progress) {
            progress.at("take over", 64, 6_400);
            awaitWatched();
            return new JsonObject().put("from", from.toString()).put("dryRun", dryRun).put("accept", accept);
        }

        @Override
        public JsonObject retention(final boolean dryRun, final Progress progress) {
            return new JsonObject().put("dryRun", dryRun);
        }

        @Override
        public JsonObject report(final ReportOf wanted) {
            return new JsonObject().put("post", wanted.post()).put("from", wanted.from()).put("days", wanted.days());
        }

        @Override
        public JsonObject status() {
            return new JsonObject().put("position", 17);
        }

        @Override
        public SnapshotTaken snapshot() {
            return new SnapshotTaken(41, 0x00ABL);
        }

        @Override
        public long backup(final Path to) {
            asked.set(to);
            if (to.endsWith("full")) {
                throw new ControlException(to + " is not empty");
            }
            if (to.endsWith("broken")) {
                throw new IllegalStateException("our fault");
            }
            return 42;
        }

        @Override
        public List<Path> archive(final Path to) {
            return List.of(to.resolve("a"), to.resolve("b"));
        }

        @Override
        public Clocks clocks() {
            return new Clocks(1_767_225_600_000L, 1_767_225_600_000L - 7_200_000, 5, false);
        }

        @Override
        public TakenOver takeOverWallClock() {
            return new TakenOver(7_200_000, 1_767_225_600_000L, 43, 5);
        }

        @Override
        public CoreVersions coreVersions() {
            return new CoreVersions(2, 3);
        }

        @Override
        public long setCoreVersion(final int version) {
            asked.set(version);
            return 44;
        }

        @Override
        public JsonObject traces(final long person, final Progress progress) {
            return new JsonObject().put("person", Long.toHexString(person));
        }

        @Override
        public void tell(final String act, final long person, final int things, final boolean isDone) {
            asked.set(act + ' ' + Long.toHexString(person) + ' ' + things + ' ' + isDone);
        }

        @Override
        public String bring(final Import files) {
            asked.set(files);
            return "brought";
        }
    };

    @Test
    void givenAServer_whenAsked_thenEachOperationComesAndGoesWhole() throws Exception {
        try (ControlServer server = ControlServer.start(folder(), control); ControlClient client = ControlClient.connect(folder()).orElseThrow()) {
            assertThat(client.status().getInteger("position")).isEqualTo(17);
            assertThat(client.snapshot()).isEqualTo(new Control.SnapshotTaken(41, 0xABL));
            assertThat(client.backup(root.resolve("to"))).isEqualTo(42);
            assertThat(asked.get()).isEqualTo(root.resolve("to"));
            assertThat(client.backup(Path.of("here"))).isEqualTo(42);
            assertThat(asked.get()).as("the server's working directory is another").isEqualTo(Path.of("here").toAbsolutePath());
            assertThat(client.archive(root)).containsExactly(root.resolve("a"), root.resolve("b"));
            assertThat(client.clocks()).isEqualTo(control.clocks());
            assertThat(client.takeOverWallClock()).isEqualTo(control.takeOverWallClock());
            assertThat(client.coreVersions()).isEqualTo(control.coreVersions());
            assertThat(client.setCoreVersion(3)).isEqualTo(44);
            assertThat(asked.get()).isEqualTo(3);
            assertThat(client.traces(0xA1L, (what, done, total) -> { })).isEqualTo(control.traces(0xA1L, null));
            client.tell("ERASE", -1, 2, true);
            assertThat(asked.get()).isEqualTo("ERASE ffffffffffffffff 2 true");
            final Control.Import files = new Control.Import(root, LocalDate.of(2026, 3, 1), LocalDate.of(2027, 3, 1), true, true);
            assertThat(client.bring(files)).isEqualTo("brought");
            assertThat(asked.get()).isEqualTo(files);
            client.bring(new Control.Import(root, null, null, false, false));
            assertThat(asked.get()).isEqualTo(new Control.Import(root, null, null, false, false));
        }
    }

    /** It goes on when its operator has seen how far it is. */
    @Test
    void givenACutOverThatTakesLong_whenItRunsThroughAServer_thenWhoeverStartedItSeesHowFarItIs() throws Exception {
        final List<String> seen = new CopyOnWriteArrayList<>();
        try (ControlServer server = ControlServer.start(folder(), control); ControlClient client = ControlClient.connect(folder()).orElseThrow()) {
            final JsonObject told = client.cutOver(root, true, false, (what, done, total) -> {
                seen.add(what + ' ' + done + " of " + total);
                watched.countDown();
            });
            assertThat(told.getBoolean("dryRun")).isTrue();
            assertThat(seen).isNotEmpty().allMatch("take over 64 of 6400"::equals);
            assertThat(raw("GET /progress HTTP/1.1\r\nHost: m\r\nConnection: close\r\n\r\n")).as("nothing runs").endsWith("{}\n");
        }
    }

    private void awaitWatched() {
        try {
            assertThat(watched.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givenAServer_whenItCannotDoIt_thenOneLineAndItGoesOn() throws Exception {
        try (ControlServer server = ControlServer.start(folder(), control); ControlClient client = ControlClient.connect(folder()).orElseThrow()) {
            assertThatThrownBy(() -> client.backup(root.resolve("full"))).isInstanceOf(ControlException.class).hasMessage(root.resolve("full") + " is not empty");
            assertThatThrownBy(() -> client.backup(root.resolve("broken"))).isInstanceOf(ControlException.class).hasMessageContaining("our fault");
            assertThat(client.backup(root.resolve("to"))).isEqualTo(42);
        }
    }

    @Test
    void givenRequestsByHand_whenTheyMakeNoSense_thenTheyAreRefused() throws Exception {
        try (ControlServer server = ControlServer.start(folder(), control)) {
            assertThat(raw("GET /nothing HTTP/1.1\r\nHost: m\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 404").contains("/backup");
            assertThat(raw("GET /backup HTTP/1.1\r\nHost: m\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 404");
            assertThat(raw(post("/backup", "{\"to\":\"relative\"}"))).startsWith("HTTP/1.1 409").contains("absolute");
            assertThat(raw(post("/backup", "{}"))).startsWith("HTTP/1.1 409").contains("absolute");
            assertThat(raw(post("/backup", "{\"to\":7"))).startsWith("HTTP/1.1 409").contains("JSON");
            assertThat(raw(post("/import", "{\"from\":\"/f\",\"last\":\"soon\"}"))).startsWith("HTTP/1.1 409").contains("'last'");
            assertThat(raw(post("/core-version/set", "{\"version\":\"newest\"}"))).startsWith("HTTP/1.1 409").contains("'version' must be a whole number");
            assertThat(raw(post("/core-version/set", "{}"))).startsWith("HTTP/1.1 409");
            assertThat(asked.get()).isNull();
        }
    }

    @Test
    void givenAServer_thenOnlyItsOwnerCanReachTheSocket_andNothingIsLeftWhenItHasStopped() throws Exception {
        final Path socket = folder().resolve("socket");
        try (ControlServer server = ControlServer.start(folder(), control)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder()))).isEqualTo("rwx------");
            assertThat(Files.exists(socket)).isTrue();
        }
        assertThat(Files.exists(socket)).isFalse();
        assertThat(ControlClient.connect(folder())).isEmpty();
        assertThat(ControlClient.connect(root.resolve("never"))).isEmpty();
    }

    @Test
    void givenASocketThatAKilledServerLeft_thenNobodyAnswers_andTheNextServerTakesItsPlace() throws Exception {
        Files.createDirectories(folder());
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(folder().resolve("socket"))).close(); // the file stays
        assertThat(Files.exists(folder().resolve("socket"))).isTrue();
        assertThat(ControlClient.connect(folder())).isEmpty();
        try (ControlServer server = ControlServer.start(folder(), control); ControlClient client = ControlClient.connect(folder()).orElseThrow()) {
            assertThat(client.status().getInteger("position")).isEqualTo(17);
        }
    }

    @Test
    void givenAServerThatStops_whenTheSocketIsGoneBeforeItIsReached_thenNobodyAnswers() {
        assertThat(ControlClient.at(folder().resolve("socket"))).isEmpty();
    }

    @Test
    void givenAServerThatStops_whenItTakesTheSocketAwayInsteadOfAnAnswer_thenNobodyAnswers() throws Exception {
        Files.createDirectories(folder());
        final Path socket = folder().resolve("socket");
        try (ServerSocketChannel stopping = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
            final CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
                try (SocketChannel connection = stopping.accept()) {
                    Files.delete(socket);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(ControlClient.connect(folder())).isEmpty();
            stopped.get();
        }
    }

    @Test
    void givenAServerThatHangsUp_whenTheSocketStays_thenItIsTroubleInOneLine() throws Exception {
        Files.createDirectories(folder());
        try (ServerSocketChannel broken = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(folder().resolve("socket")))) {
            CompletableFuture.runAsync(() -> {
                try {
                    broken.accept().close();
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> ControlClient.connect(folder())).isInstanceOf(ControlException.class).hasMessageContaining("did not answer");
        }
    }

    @Test
    void givenALinkToASocketThatIsNoMore_thenNobodyAnswers_andTheNextServerTakesItsPlace() throws Exception {
        final Path deep = root.resolve("d".repeat(80)).resolve("e".repeat(80));
        Files.createDirectories(deep);
        Files.createSymbolicLink(deep.resolve("socket"), root.resolve("swept").resolve("socket"));
        assertThat(ControlClient.connect(deep)).isEmpty();
        try (ControlServer server = ControlServer.start(deep, control); ControlClient client = ControlClient.connect(deep).orElseThrow()) {
            assertThat(client.status().getInteger("position")).isEqualTo(17);
        }
    }

    @Test
    void givenADirectoryDeeperThanASocketsPathMayBe_thenItWorksAllTheSame() throws Exception {
        final Path deep = root.resolve("d".repeat(80)).resolve("e".repeat(80));
        final Path elsewhere;
        try (ControlServer server = ControlServer.start(deep, control); ControlClient client = ControlClient.connect(deep).orElseThrow()) {
            assertThat(client.status().getInteger("position")).isEqualTo(17);
            elsewhere = Files.readSymbolicLink(deep.resolve("socket"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere.getParent()))).isEqualTo("rwx------");
        }
        assertThat(Files.exists(elsewhere.getParent())).isFalse();
        assertThat(ControlClient.connect(deep)).isEmpty();
    }

    private Path folder() {
        return root.resolve("control");
    }

    private static String post(final String path, final String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: m\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String raw(final String request) throws Exception {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder().resolve("socket")))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            final ByteBuffer answer = ByteBuffer.allocate(16 << 10);
            while (channel.read(answer) >= 0) {
                assertThat(answer.hasRemaining()).isTrue();
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }
}
