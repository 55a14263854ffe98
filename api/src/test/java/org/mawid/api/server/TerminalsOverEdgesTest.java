package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.SimulatorCharge;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.terminal.TerminalSetting;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.StampState;

/** A whole server and a simulated terminal over a socket: what is begun over HTTP is charged, and what came of it is read over HTTP. */
class TerminalsOverEdgesTest extends LifeFixture {
    private static final int TERMINAL = 12;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path data;
    /** Null = where it was at first. */
    private Path served;
    private final Vertx vertx = Vertx.vertx();
    private final TerminalSimulator simulator = TerminalSimulator.start(vertx, SimulatorSettings.of("SIM-1", "EUR", 2));

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.DATA.key(), served().toString(), EdgeSetting.TERMINALS_FILE.key(), list().toString(),
                // a customer has little time, a terminal that is asked what it knows has plenty
                TerminalSetting.CUSTOMER_MS.key(), "1000", TerminalSetting.ABORT_MS.key(), "100", TerminalSetting.ANSWER_MS.key(), "60000",
                TerminalSetting.SETTLE_MS.key(), "100", TerminalSetting.STATUS_PAUSE_MS.key(), "10", TerminalSetting.RECONNECT_MS.key(), "10");
    }

    private Path served() {
        return served == null ? data.resolve("served") : served;
    }

    private Path list() {
        try {
            return Files.writeString(data.resolve("terminals"), "# where they are\n\n" + TERMINAL + " tcp://127.0.0.1:" + simulator.tcpPort() + " poi=SIM-1\n");
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
        simulator.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void givenATerminal_whenAPaymentIsBegunOverHttp_thenItIsChargedOnceAndTheStampIsPaid() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        final String payment = begun(application, stamp);
        final JsonObject approved = awaitState(payment, "APPROVED");
        assertThat(approved.getString("scheme")).isEqualTo("Mastercard");
        assertThat(approved.getString("lastFour")).isEqualTo("9999");
        assertThat(approved.getString("transaction")).isEqualTo("SIM-1");
        assertThat(simulator.charges()).containsExactly(new SimulatorCharge("SIM-1", "MAWID-1", new BigDecimal("46.50"), "EUR", false));
        assertStamp(stamp, 0, StampState.STAMP_STATE_PAID);
        assertThat(cardReceivable()).isEqualTo(4_650);
    }

    @Test
    void givenACardThatIsDeclined_whenPaid_thenThePaymentHasFailedAndAnotherMayBeBegun() throws Exception {
        simulator.next("Payment", SimulatorBehaviour.DECLINE);
        final String application = validated(1);
        final String stamp = issued(application);
        final String first = begun(application, stamp);
        assertThat(awaitState(first, "DECLINED").getInteger("reasonCode")).isEqualTo(1);
        assertThat(simulator.charges()).isEmpty();
        assertStamp(stamp, 0, StampState.STAMP_STATE_ISSUED);
        awaitState(begun(application, stamp), "APPROVED");
        assertStamp(stamp, 0, StampState.STAMP_STATE_PAID);
        assertThat(simulator.charges()).hasSize(1);
    }

    @Test
    void givenATerminalThatChargesAndFallsSilent_thenThePaymentIsInDoubtUntilItIsAskedAndApprovedOnce() throws Exception {
        simulator.next("Payment", SimulatorBehaviour.SILENT_AFTER_CHARGING);
        simulator.next("TransactionStatus", SimulatorBehaviour.SILENT);
        final String application = validated(1);
        final String stamp = issued(application);
        final String payment = begun(application, stamp);
        awaitState(payment, "IN_DOUBT");
        assertStamp(stamp, 0, StampState.STAMP_STATE_IN_DOUBT);
        assertThat(metrics()).contains("mawid_payments_in_doubt 1.0");
        simulator.cut();
        awaitState(payment, "APPROVED");
        assertStamp(stamp, 0, StampState.STAMP_STATE_PAID);
        assertThat(simulator.charges()).hasSize(1).noneMatch(SimulatorCharge::isReversed);
        assertThat(cardReceivable()).isEqualTo(4_650);
        assertThat(get("/v1/breaks", 200).getJsonArray("breaks")).isEmpty();
    }

    @Test
    void givenAServerThatEndsWhileTheTerminalCharges_whenStartedAgain_thenOneChargeIsOnePayment() throws Exception {
        simulator.next("Payment", SimulatorBehaviour.SILENT_AFTER_CHARGING);
        final String application = validated(1);
        final String stamp = issued(application);
        final String payment = begun(application, stamp);
        await().atMost(LONG).until(() -> simulator.charges().size() == 1);
        startAgain();
        awaitState(payment, "APPROVED");
        assertStamp(stamp, 0, StampState.STAMP_STATE_PAID);
        assertThat(simulator.charges()).hasSize(1).noneMatch(SimulatorCharge::isReversed);
        assertThat(cardReceivable()).isEqualTo(4_650);
        startAgain(); // and nothing is said twice
        awaitReady("1.0");
        assertThat(get("/v1/payments/" + payment, 200).getString("state")).isEqualTo("APPROVED");
        assertThat(simulator.charges()).hasSize(1);
        assertThat(cardReceivable()).isEqualTo(4_650);
    }

    @Test
    void givenAServerThatIsGoneFromOneMomentToTheNext_whenStartedOnWhatItsDiskHas_thenOneChargeIsOnePayment() throws Exception {
        simulator.next("Payment", SimulatorBehaviour.SILENT_AFTER_CHARGING);
        final String application = validated(1);
        final String payment = begun(application, issued(application));
        await().atMost(LONG).until(() -> simulator.charges().size() == 1);
        served = copied(data.resolve("served"), data.resolve("crashed"));
        startAgain();
        awaitState(payment, "APPROVED");
        assertThat(simulator.charges()).hasSize(1).noneMatch(SimulatorCharge::isReversed);
        assertThat(cardReceivable()).isEqualTo(4_650);
    }

    /** The journal's files, as they are at this moment: no seal, no snapshot of an orderly end. */
    private static Path copied(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path one : all.filter(path -> Files.isDirectory(path) || Files.isRegularFile(path)).toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        }
        return to;
    }

    @Test
    void givenATerminalThatIsTakenOutOfUse_thenItIsLeftAloneUntilItIsBack() throws Exception {
        enabled(false);
        awaitReady("0.0");
        enabled(true);
        awaitReady("1.0");
        final String application = validated(1);
        awaitState(begun(application, issued(application)), "APPROVED");
    }

    @Test
    void givenAListWithAMistake_whenTheServerIsStarted_thenItSaysWhereAndNothingIsBegun() throws Exception {
        final Path wrong = Files.writeString(data.resolve("wrong"), "12 tcp://127.0.0.1:4000 poi=SIM-1\n12 tcp://127.0.0.1:4001 poi=SIM-2\n");
        final Map<String, String> settings = Map.of(Setting.DATA.key(), data.resolve("never").toString(), EdgeSetting.TERMINALS_FILE.key(), wrong.toString());
        assertThatThrownBy(() -> Service.start(Settings.of(settings, Map.of(), null))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(wrong + " line 2: terminal 12 is on line 1 already: remove one of the two");
        assertThat(data.resolve("never")).doesNotExist();
    }

    private void startAgain() throws Exception {
        stop();
        final Map<String, String> again = new HashMap<>(settings());
        again.putAll(Map.of(Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0",
                EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000"));
        service = Service.start(Settings.of(again, Map.of(), null));
        service.ready();
        service.keepRecords();
        client = MawidClient.connect("127.0.0.1", service.grpcPort());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        stampCalls = StampServiceGrpc.newBlockingStub(channel);
    }

    private void enabled(final boolean isEnabled) throws Exception {
        send(HttpRequest.newBuilder(edge("/v1/terminals/" + TERMINAL)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(
                new JsonObject().put("postId", OnePost.POST).put("code", "EPT-1").put("enabled", isEnabled).encode())), "terminal", 200);
    }

    private String begun(final String application, final String stamp) throws Exception {
        return post("/v1/applications/" + application + "/payments", 201, new JsonObject().put("stamps", List.of(stamp)).put("postId", OnePost.POST)
                .put("means", "TERMINAL").put("terminalId", TERMINAL).put("date", date)).getString("payment");
    }

    private JsonObject awaitState(final String payment, final String state) {
        return await().atMost(LONG).until(() -> get("/v1/payments/" + payment, 200), told -> state.equals(told.getString("state")));
    }

    private void awaitReady(final String count) {
        await().atMost(LONG).until(() -> metrics().contains("mawid_terminals_ready " + count));
    }

    private String metrics() throws Exception {
        return http.send(HttpRequest.newBuilder(edge("/metrics")).build(), BodyHandlers.ofString()).body();
    }

    private long cardReceivable() throws Exception {
        final JsonArray accounts = get("/v1/books?post=1", 200).getJsonArray("books").getJsonObject(0).getJsonArray("accounts");
        return accounts.stream().map(JsonObject.class::cast).filter(sums -> "CARD_RECEIVABLE".equals(sums.getString("account")))
                .mapToLong(sums -> sums.getLong("debitMinor") - sums.getLong("creditMinor")).sum();
    }
}
