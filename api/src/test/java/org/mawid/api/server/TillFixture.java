package org.mawid.api.server;

import static org.awaitility.Awaitility.await;

import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.terminal.TerminalSetting;
import org.mawid.api.testkit.KilledDisk;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.StampServiceGrpc;

/** A whole server and a simulated terminal over a socket. */
abstract class TillFixture extends LifeFixture {
    static final int TERMINAL = 12;
    static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path data;
    /** Null = where it was at first. */
    Path served;
    int crashes;
    final Vertx vertx = Vertx.vertx();
    final TerminalSimulator simulator = TerminalSimulator.start(vertx, simulated());

    SimulatorSettings simulated() {
        return SimulatorSettings.of("SIM-1", "EUR", 2);
    }

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.DATA.key(), served().toString(), EdgeSetting.TERMINALS_FILE.key(), list().toString(),
                // a customer has little time, a terminal that is asked what it knows has plenty
                TerminalSetting.CUSTOMER_MS.key(), "1000", TerminalSetting.ABORT_MS.key(), "100", TerminalSetting.ANSWER_MS.key(), "60000",
                TerminalSetting.SETTLE_MS.key(), "100", TerminalSetting.STATUS_PAUSE_MS.key(), "10", TerminalSetting.RECONNECT_MS.key(), "10",
                EdgeSetting.TERMINALS_RELOAD_MS.key(), "100");
    }

    Path served() {
        return served == null ? data.resolve("served") : served;
    }

    Path list() {
        return list("# where they are\n\n" + TERMINAL + " tcp://127.0.0.1:" + simulator.tcpPort() + " poi=SIM-1\n");
    }

    /** In place of the one before. */
    Path list(final String text) {
        try {
            return Files.writeString(data.resolve("terminals"), text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void define() throws Exception {
        enabled(true);
        awaitReady("1.0");
    }

    @AfterEach
    void end() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    /** Gone from one moment to the next: what is started again has what the disk had. */
    void crash() throws IOException {
        served = KilledDisk.copy(served(), data.resolve("crashed-" + ++crashes));
    }

    void startAgain() throws Exception {
        startWithoutRecords();
        service.keepRecords();
    }

    /** They begin when the service is told so. */
    void startWithoutRecords() throws Exception {
        stop();
        final Map<String, String> again = new HashMap<>(settings());
        again.putAll(Map.of(Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0",
                EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000"));
        service = Service.start(Settings.of(again, Map.of(), null));
        service.ready();
        client = MawidClient.connect("127.0.0.1", service.grpcPort());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        applications = ApplicationServiceGrpc.newBlockingStub(channel);
        stampCalls = StampServiceGrpc.newBlockingStub(channel);
    }

    void enabled(final boolean isEnabled) throws Exception {
        send(HttpRequest.newBuilder(edge("/v1/terminals/" + TERMINAL)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(
                new JsonObject().put("postId", OnePost.POST).put("code", "EPT-1").put("enabled", isEnabled).encode())), "terminal", 200);
    }

    String begun(final String application, final String stamp) throws Exception {
        return post("/v1/applications/" + application + "/payments", 201, new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST)
                .put("means", "TERMINAL").put("terminalId", TERMINAL).put("date", date)).getString("payment");
    }

    JsonObject awaitState(final String payment, final String state) {
        return await().atMost(LONG).until(() -> get("/v1/payments/" + payment, 200), told -> state.equals(told.getString("state")));
    }

    /** How the terminal is; null = nobody speaks to it. */
    JsonObject connection() throws Exception {
        return get("/v1/terminals", 200).getJsonArray("terminals").getJsonObject(0).getJsonObject("connection");
    }

    void awaitReady(final String count) {
        await().atMost(LONG).until(() -> metrics().contains("mawid_terminals_ready " + count));
    }

    String metrics() throws Exception {
        return http.send(HttpRequest.newBuilder(edge("/metrics")).build(), BodyHandlers.ofString()).body();
    }

    long cardReceivable() throws Exception {
        final JsonArray accounts = get("/v1/books?post=1", 200).getJsonArray("books").getJsonObject(0).getJsonArray("accounts");
        return accounts.stream().map(JsonObject.class::cast).filter(sums -> "CARD_RECEIVABLE".equals(sums.getString("account")))
                .mapToLong(sums -> sums.getLong("debitMinor") - sums.getLong("creditMinor")).sum();
    }
}
