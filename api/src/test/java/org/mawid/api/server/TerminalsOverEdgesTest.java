package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.SimulatorCharge;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.engine.Setting;
import org.mawid.grpc.LedgerServiceGrpc;
import org.mawid.grpc.ListTerminalsRequest;
import org.mawid.grpc.StampState;
import org.mawid.grpc.Terminal;
import org.mawid.grpc.TerminalConnection;

/** A whole server and a simulated terminal over a socket: what is begun over HTTP is charged, and what came of it is read over HTTP. */
class TerminalsOverEdgesTest extends TillFixture {
    @Test
    void givenATerminal_whenAPaymentIsBegunOverHttp_thenItIsChargedOnceAndTheStampIsPaid() throws Exception {
        final String application = validated(1);
        final String stamp = issued(application);
        final String payment = begun(application, stamp);
        final JsonObject approved = awaitState(payment, "APPROVED");
        assertThat(approved.getString("scheme")).isEqualTo("Mastercard");
        assertThat(approved.getString("lastFour")).isEqualTo("9999");
        assertThat(approved.getString("transaction")).matches("SIM-1@D20[0-9]{6}T[0-9]{6}[.][0-9]{3}"); // which number, and when
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
        crash();
        startAgain();
        awaitState(payment, "APPROVED");
        assertThat(simulator.charges()).hasSize(1).noneMatch(SimulatorCharge::isReversed);
        assertThat(cardReceivable()).isEqualTo(4_650);
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
    void givenAListThatChanges_thenTheNewOneIsInForceAndOneWithAMistakeIsNot() throws Exception {
        awaitState(begun(validated(1)), "APPROVED");
        list("12 tcp://127.0.0.1 poi=SIM-1\n");
        try (TerminalSimulator another = TerminalSimulator.start(vertx, simulated())) {
            awaitState(begun(validated(2)), "APPROVED");
            assertThat(simulator.charges()).hasSize(2);
            list(TERMINAL + " tcp://127.0.0.1:" + another.tcpPort() + " poi=SIM-1\n13 tcp://127.0.0.1:" + another.tcpPort() + " poi=SIM-2\n");
            await().atMost(LONG).until(() -> metrics().contains("mawid_terminals_configured 2.0"));
            awaitReady("1.0");
            await().atMost(LONG).until(() -> connection() != null && connection().getBoolean("ready"));
            // It counts from one again; no number of it is taken for one that was told.
            final JsonObject approved = awaitState(begun(validated(3)), "APPROVED");
            assertThat(approved.getString("transaction")).startsWith("SIM-1@");
            assertThat(another.charges()).hasSize(1);
            assertThat(get("/v1/breaks", 200).getJsonArray("breaks")).isEmpty();
            assertThat(metrics()).contains("mawid_terminal_incidents_total{kind=\"COMMAND_REFUSED\"} 0.0", "mawid_terminal_incidents_total{kind=\"WRONG_AMOUNT\"} 0.0");

            final Terminal told = LedgerServiceGrpc.newBlockingStub(channel).listTerminals(ListTerminalsRequest.getDefaultInstance()).getTerminals(0);
            assertThat(told.getConnection()).isEqualTo(TerminalConnection.newBuilder().setConnected(true).setLoggedIn(true).setReady(true).setDoing("NOTHING").build());
            assertThat(connection()).isEqualTo(new JsonObject("{\"connected\":true,\"loggedIn\":true,\"ready\":true,\"doing\":\"NOTHING\",\"payments\":0}"));
            list("# none\n");
            await().atMost(LONG).until(() -> connection() == null);
            assertThat(LedgerServiceGrpc.newBlockingStub(channel).listTerminals(ListTerminalsRequest.getDefaultInstance()).getTerminals(0).hasConnection()).isFalse();
        }
    }

    private String begun(final String application) throws Exception {
        return begun(application, issued(application));
    }

    @Test
    void givenAListWithAMistake_whenTheServerIsStarted_thenItSaysWhereAndNothingIsBegun() throws Exception {
        final Path wrong = Files.writeString(data.resolve("wrong"), "12 tcp://127.0.0.1:4000 poi=SIM-1\n12 tcp://127.0.0.1:4001 poi=SIM-2\n");
        final Map<String, String> settings = Map.of(Setting.DATA.key(), data.resolve("never").toString(), EdgeSetting.TERMINALS_FILE.key(), wrong.toString());
        assertThatThrownBy(() -> Service.start(Settings.of(settings, Map.of(), null))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(wrong + " line 2: terminal 12 is on line 1 already: remove one of the two");
        assertThat(data.resolve("never")).doesNotExist();
    }
}
