package org.mawid.api.jar;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.gateway.SecretFile;
import org.mawid.api.http.OnlinePayments;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.sandbox.treasury.SandboxSettings;
import org.mawid.api.sandbox.treasury.SandboxTreasury;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.Result;
import org.mawid.grpc.SetRate;

/** Two posts with a terminal each and one treasury, all in the test's process so that they outlive the server; and what time it is there. */
final class DayTown implements AutoCloseable {
    static final int BASIS_POINTS = 120;
    static final int DELAY_DAYS = 1;
    private static final String SECRET = "a secret of sixteen bytes or more";
    private static final int START_SECONDS = 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MORNING = Duration.ofHours(8);

    /** @param terminalId also the post's number */
    record Place(int postId, String code, String currency, int digits, int terminalId, TerminalSimulator simulator) {
    }

    final SandboxTreasury treasury;
    final List<Place> places;
    final Path data;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
    private final WallClock clock;
    private final Path folder;
    private volatile Duration ahead;

    DayTown(final Path folder) throws Exception {
        this.folder = folder;
        data = folder.resolve("data");
        clock = WallClock.in(folder);
        final long tomorrow = Math.floorDiv(System.currentTimeMillis(), DAY.toMillis()) + 1;
        ahead = Duration.ofMillis(tomorrow * DAY.toMillis() + MORNING.toMillis() - System.currentTimeMillis()); // so that no test runs through a midnight
        clock.step(ahead);
        treasury = SandboxTreasury.start(vertx, SandboxSettings.usual("mawid", "swordfish", SECRET.getBytes(StandardCharsets.US_ASCII)).withTimes(300, 1_500, 400).withTerms(BASIS_POINTS, 0, DELAY_DAYS), 0,
                this::nowMs, this::nowMs).await(START_SECONDS, TimeUnit.SECONDS);
        places = List.of(place(OnePost.POST, "paris", "EUR", 2), place(2, "tunis", "TND", 3));
        SecretFile.write(folder.resolve("client"), "swordfish\n");
        SecretFile.write(folder.resolve("call-backs"), SECRET + '\n');
        final StringBuilder terminals = new StringBuilder();
        places.forEach(place -> terminals.append(place.terminalId()).append(" tcp://127.0.0.1:").append(place.simulator().tcpPort()).append(" poi=").append(poi(place.postId())).append('\n'));
        Files.writeString(folder.resolve("terminals"), terminals);
        Files.writeString(folder.resolve("contracts.csv"), "*," + BASIS_POINTS + ",0,2\n");
    }

    private Place place(final int postId, final String code, final String currency, final int digits) {
        return new Place(postId, code, currency, digits, postId, TerminalSimulator.start(vertx, SimulatorSettings.of(poi(postId), currency, digits).withTimes(0, 3_000)));
    }

    private static String poi(final int postId) {
        return "EPT-" + postId;
    }

    long nowMs() {
        return System.currentTimeMillis() + ahead.toMillis();
    }

    /** Of both posts, which go by UTC. */
    LocalDate today() {
        return LocalDate.ofEpochDay(Math.floorDiv(nowMs(), DAY.toMillis()));
    }

    References references() throws IOException {
        return References.open(new DataDirectory(data).edge().resolve("reference.key"));
    }

    /** What a payment is called there. */
    String atTreasury(final String payment) throws IOException {
        final References references = references();
        return EnginePayments.reference(references, references.number(ReferenceKind.PAYMENT, payment));
    }

    /** For everybody, at once; a server is to be started again. */
    void daysLater(final int days) {
        ahead = ahead.plusDays(days);
        clock.step(ahead);
    }

    Server start() throws Exception {
        final Server server = Server.on(data).under(clock.command())
                .set("mawid.terminals.file", folder.resolve("terminals")).set("mawid.terminal.customer.ms", 1_000).set("mawid.terminal.abort.ms", 500)
                .set("mawid.terminal.answer.ms", 1_000).set("mawid.terminal.host.ms", 2_000).set("mawid.terminal.status.attempts", 3).set("mawid.terminal.status.pause.ms", 20)
                .set("mawid.terminal.settle.ms", 200).set("mawid.terminal.reconnect.ms", 20).set("mawid.terminal.connect.ms", 2_000)
                .set("mawid.treasury.url", treasury.base()).set("mawid.treasury.token.url", treasury.base() + "/oauth/token").set("mawid.treasury.client", "mawid")
                .set("mawid.treasury.secret.file", folder.resolve("client")).set("mawid.treasury.callback.secret.file", folder.resolve("call-backs"))
                .set("mawid.statements.contracts", folder.resolve("contracts.csv")).set("mawid.statements.grace.days", 1).set("mawid.treasury.timeout.ms", 1_000).set("mawid.treasury.round.ms", 300).start();
        treasury.callBackTo(URI.create("http://127.0.0.1:" + server.httpPort + OnlinePayments.CALL_BACKS_PATH));
        return server;
    }

    /** The network, once. */
    void define(final MawidClient client) {
        OnePost.define(client);
        done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(2).setCode("tunis").setCurrency("TND").setMinorDigits(3).setRoundToMinor(100)));
        done(client, Command.newBuilder().setSetRate(SetRate.newBuilder().setPostId(2).setMicroMadPerUnit(3_150_000)));
        for (final Place place : places) {
            done(client, Command.newBuilder().setDefineTerminal(DefineTerminal.newBuilder().setTerminalId(place.terminalId()).setPostId(place.postId()).setCode(poi(place.postId())).setEnabled(true)));
        }
    }

    private static void done(final MawidClient client, final Command.Builder command) {
        if (client.execute(command.build()).getResult() != Result.OK) {
            throw new AssertionError(command.getCommandCase() + " was refused");
        }
    }

    @Override
    public void close() throws Exception {
        places.forEach(place -> place.simulator().close());
        treasury.close();
        vertx.close().await(START_SECONDS, TimeUnit.SECONDS);
    }
}
