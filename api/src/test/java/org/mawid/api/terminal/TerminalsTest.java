package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.terminal.Incident.Kind;
import org.mawid.api.terminal.NaivePort.Kept;
import org.mawid.api.terminal.NaivePort.State;
import org.mawid.api.terminal.ReconciliationFailed.Reason;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;
import org.mawid.api.testkit.Certificates;

/** The adapter through its door, against the simulator, over real sockets. */
class TerminalsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final TerminalTimes PATIENT = new TerminalTimes(60_000, 10_000, 10_000, 10_000, 20_000, 30, 3, 10, 60_000, 60_000, 5_000, 10);

    @TempDir
    private Path folder;

    @Test
    void givenADaysPayments_whenReconciled_thenTheTotalsAreWhatWasCharged() throws Exception {
        try (SimulatedPost post = new SimulatedPost(PATIENT)) {
            for (final Transport transport : Transport.values()) {
                final int terminalId = transport.ordinal();
                final TerminalSimulator simulator = post.add(transport, 0);
                post.pay(terminalId, 10_00);
                post.pay(terminalId, 20_50);
                post.awaitDecided();
                final RecordApproval told = (RecordApproval) post.port.commands.get(post.port.commands.size() - 1);
                assertThat(told.transactionRef()).matches("SIM-2@D20[0-9]{6}T[0-9]{6}[.][0-9]{3}");
                assertThat(told).isEqualTo(new RecordApproval(2 + 3 * terminalId, 20_50, "EUR", "Mastercard", "9999", "A2", told.transactionRef()));
                assertThat(post.terminals.states().get(terminalId).incidents().values()).containsOnly(0L);
                simulator.next("Payment", SimulatorBehaviour.WRONG_AMOUNT);
                post.pay(terminalId, 5_00);
                post.awaitDecided();
                final TerminalTotals first = told(post.terminals.reconcile(terminalId, ""));
                assertThat(first).isEqualTo(new TerminalTotals(terminalId, 69, "1001", false, List.of(new OfCurrency("EUR", 3, 35_51, 1, 5_01, 0, 0))));
                assertThat(post.port.totals).contains(first);
                assertThat(told(post.terminals.reconcile(terminalId, "1001")).currencies()).isEmpty();
            }
        }
    }

    @Test
    void givenAReconciliationWhoseAnswerIsLost_thenItsTotalsAreFoundAgainAndNoPeriodIsClosedTwice() throws Exception {
        try (SimulatedPost post = new SimulatedPost(PATIENT)) {
            for (final Transport transport : Transport.values()) {
                final int terminalId = transport.ordinal();
                final TerminalSimulator simulator = post.add(transport, 0);
                post.pay(terminalId, 10_00);
                post.awaitDecided();
                simulator.next("Reconciliation", SimulatorBehaviour.NORMAL);
                simulator.next("Reconciliation", SimulatorBehaviour.CUT_AFTER_CHARGING);
                final TerminalTotals found = told(post.terminals.reconcile(terminalId, ""));
                assertThat(found).isEqualTo(new TerminalTotals(terminalId, 69, "1001", true, List.of(new OfCurrency("EUR", 1, 10_00, 0, 0, 0, 0))));
                // as after a crash: the last that is in the books is older
                assertThat(told(post.terminals.reconcile(terminalId, "1000"))).isEqualTo(found);
                simulator.next("Reconciliation", SimulatorBehaviour.DECLINE);
                simulator.next("Reconciliation", SimulatorBehaviour.DECLINE);
                assertThatThrownBy(() -> told(post.terminals.reconcile(terminalId, "1001"))).hasCauseInstanceOf(ReconciliationFailed.class)
                        .satisfies(failed -> assertThat(((ReconciliationFailed) failed.getCause()).reason()).isEqualTo(Reason.REFUSED));
            }
            assertThatThrownBy(() -> told(post.terminals.reconcile(99, ""))).hasCauseInstanceOf(ReconciliationFailed.class);
        }
    }

    @Test
    void givenACustomerAtTheTerminal_whenTheOfficerBreaksOff_thenItIsCancelledAndNothingCharged() {
        try (SimulatedPost post = new SimulatedPost(PATIENT)) {
            final TerminalSimulator simulator = post.add(Transport.TCP, 60_000);
            post.awaitReady();
            simulator.next(SimulatorBehaviour.SLOW);
            final Kept withCustomer = post.pay(0, 10_00);
            final Kept waiting = post.pay(0, 20_00);
            post.terminals.cancel(0, waiting.started.paymentId());
            await().atMost(LONG).until(() -> waiting.state == State.FAILED);
            assertThat(withCustomer.state).isEqualTo(State.PENDING);
            post.terminals.cancel(0, withCustomer.started.paymentId());
            post.awaitDecided();
            assertThat(List.of(withCustomer, waiting)).allSatisfy(kept -> assertThat(((RecordFailure) kept.decided).failure()).isEqualTo(Failure.CANCELLED));
            assertThat(simulator.charges()).isEmpty();
        }
    }

    @Test
    void givenATerminalThatIsNotThere_thenAPaymentNeverHappenedAndTheNextOneFindsItBack() throws Exception {
        final TerminalTimes impatient = new TerminalTimes(60_000, 10_000, 10_000, 10_000, 50, 30, 3, 10, 60_000, 60_000, 5_000, 10);
        final Vertx vertx = Vertx.vertx();
        final NaivePort core = new NaivePort();
        final int port;
        try (TerminalSimulator gone = TerminalSimulator.start(vertx, SimulatorSettings.of("SIM-1", "EUR", 2))) {
            port = gone.tcpPort();
        }
        try (Terminals terminals = new Terminals(vertx, impatient, "TILL-1", new CountingPort(core))) {
            terminals.register(new TerminalRegistration(1, 69, "127.0.0.1", port, Transport.TCP, "SIM-1", "EUR", 2, null));
            terminals.started(core.start(1, 10_00, "EUR", 1));
            await().atMost(LONG).until(core::isAllDecided);
            assertThat(core.payment(1).decided).isEqualTo(new RecordFailure(1, Failure.NEVER_HAPPENED, "the terminal was not reachable or not free"));
            try (TerminalSimulator back = TerminalSimulator.start(vertx, SimulatorSettings.of("SIM-1", "EUR", 2).withPorts(port, 0, 0))) {
                await().atMost(LONG).until(() -> terminals.states().get(0).isReady());
                terminals.started(core.start(1, 20_00, "EUR", 2));
                await().atMost(LONG).until(core::isAllDecided);
                assertThat(core.payment(2).state).isEqualTo(State.APPROVED);
                assertThat(terminals.started(new PaymentStarted(3, 99, 1, "EUR", 3))).isFalse();
            }
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void givenAnIdleTerminalThatDoesNotAnswer_thenItIsConnectedAnew() {
        final TerminalTimes nervous = new TerminalTimes(60_000, 10_000, 200, 10_000, 20_000, 30, 3, 10, 60_000, 20, 5_000, 10);
        try (SimulatedPost post = new SimulatedPost(nervous)) {
            for (final Transport transport : Transport.values()) {
                final TerminalSimulator simulator = post.add(transport, 0);
                simulator.next("Diagnosis", SimulatorBehaviour.SILENT);
                await().atMost(LONG).until(() -> post.port.heard(transport.ordinal(), Kind.NO_ANSWER));
                await().atMost(LONG).until(() -> post.terminals.states().get(transport.ordinal()).isReady());
            }
        }
    }

    @Test
    void givenTls_thenItIsSpokenWithTheTerminalThatIsTrustedAndWithNoOther() throws Exception {
        final Path trusted = Certificates.make(folder, "trusted");
        final Path other = Certificates.make(folder, "other");
        final Vertx vertx = Vertx.vertx();
        final NaivePort core = new NaivePort();
        try (TerminalSimulator simulator = TerminalSimulator.secured(vertx, SimulatorSettings.of("SIM-1", "EUR", 2), trusted.resolve("server.pem"), trusted.resolve("server.key"));
                Terminals terminals = new Terminals(vertx, PATIENT, "TILL-1", new CountingPort(core))) {
            int terminalId = 0;
            for (final Path believed : Arrays.asList(trusted.resolve("server.pem"), other.resolve("server.pem"), null)) { // null: those that the JDK trusts
                for (final Transport transport : Transport.values()) {
                    final int port = transport == Transport.TCP ? simulator.tcpPort() : simulator.webSocketPort();
                    terminals.register(new TerminalRegistration(terminalId++, 69, "localhost", port, transport, "SIM-1", "EUR", 2,
                            new TerminalTls(believed, null, null)));
                }
            }
            terminals.started(core.start(0, 10_00, "EUR", 1));
            terminals.started(core.start(1, 10_00, "EUR", 1));
            await().atMost(LONG).until(core::isAllDecided);
            assertThat(core.payments()).allMatch(kept -> kept.state == State.APPROVED);
            assertThat(terminals.states()).extracting(TerminalState::isReady).containsExactly(true, true, false, false, false, false);
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void givenSeedsOfTrouble_thenMoneyAndBooksAgree() {
        final TerminalTimes quick = new TerminalTimes(60, 40, 300, 300, 20_000, 20, 3, 5, 60_000, 60_000, 5_000, 5);
        try (SimulatedPost post = new SimulatedPost(quick)) {
            for (int terminalId = 0; terminalId < 20; terminalId++) {
                post.add(Transport.values()[terminalId % 2], 30).misbehave(terminalId, 60);
            }
            post.awaitReady();
            for (int payment = 0; payment < 100; payment++) {
                post.pay(payment % 20, 100 + payment);
            }
            post.awaitDecided();
            for (final Kept kept : post.core.payments()) {
                SimulatedPost.check(kept, post.chargesOf(kept.started.terminalId()), "payment " + kept.started.paymentId());
            }
        }
    }

    @Test
    void givenEachMisbehaviourAtLogin_thenTheTerminalIsPaidAtAllTheSame() {
        try (SimulatedPost post = new SimulatedPost()) {
            for (final Transport transport : Transport.values()) {
                for (final SimulatorBehaviour behaviour : EnumSet.of(SimulatorBehaviour.CUT_BEFORE_CHARGING, SimulatorBehaviour.CUT_AFTER_CHARGING,
                        SimulatorBehaviour.DECLINE, SimulatorBehaviour.MALFORMED_JSON, SimulatorBehaviour.OVERSIZED, SimulatorBehaviour.DUPLICATE_ANSWER)) {
                    final TerminalSimulator simulator = post.add(transport, 0);
                    post.awaitReady();
                    simulator.next("Login", behaviour);
                    simulator.cut();
                }
            }
            await().atMost(LONG).until(() -> post.port.incidents.stream().filter(incident -> incident.kind() == Kind.LOGIN_REFUSED).count() == 2);
            post.awaitReady();
            for (int i = 0; i < post.terminals.states().size(); i++) {
                post.pay(i, 10_50);
            }
            post.awaitDecided();
            assertThat(post.core.payments()).allSatisfy(kept -> SimulatedPost.check(kept, post.chargesOf(kept.started.terminalId()), "payment " + kept.started.paymentId()));
            assertThat(post.core.payments()).allMatch(kept -> kept.state == State.APPROVED);
        }
    }

    @Test
    void givenACoreThatDoesNotAnswer_thenItIsAskedAndToldAgainUntilItDoes() {
        try (SimulatedPost post = new SimulatedPost(PATIENT)) {
            post.port.failing.set(3);
            post.add(Transport.TCP, 0);
            post.awaitReady();
            post.pay(0, 10_50);
            post.awaitDecided();
            post.port.failing.set(3);
            post.pay(0, 20_50);
            post.awaitDecided();
            assertThat(post.core.payments()).allMatch(kept -> kept.state == State.APPROVED);
            assertThat(post.port.failing.get()).isZero();
        }
    }

    private static TerminalTotals told(final CompletionStage<TerminalTotals> totals) throws Exception {
        return totals.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
