package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mawid.api.sandbox.terminal.SimulatorCharge;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.terminal.NaivePort.Kept;
import org.mawid.api.terminal.NaivePort.State;

/** Terminals that are simulated, each with its till, over real sockets, and a core on maps. */
final class SimulatedPost implements AutoCloseable {
    /** A customer has little time; terminals have plenty, however busy this machine is. */
    static final TerminalTimes TIMES = new TerminalTimes(1_000, 500, 10_000, 10_000, 20_000, 30, 3, 10, 60_000, 60_000, 5_000, 10);
    private static final Duration LONG = Duration.ofSeconds(40);

    final Vertx vertx = Vertx.vertx();
    final NaivePort core = new NaivePort();
    final CountingPort port;
    final Terminals terminals;
    private final List<TerminalSimulator> simulators = new ArrayList<>();

    SimulatedPost() {
        this(TIMES);
    }

    SimulatedPost(final TerminalTimes times) {
        port = new CountingPort(core);
        terminals = new Terminals(vertx, times, "TILL-1", port);
    }

    /** @return the simulator of a terminal that is numbered by its place, from 0 */
    TerminalSimulator add(final Transport transport, final long slowMs) {
        final int terminalId = simulators.size();
        final TerminalSimulator simulator = TerminalSimulator.start(vertx, SimulatorSettings.of("SIM-" + terminalId, "EUR", 2).withTimes(0, slowMs));
        simulators.add(simulator);
        terminals.register(registration(terminalId, transport, simulator));
        return simulator;
    }

    static TerminalRegistration registration(final int terminalId, final Transport transport, final TerminalSimulator simulator) {
        final int port = transport == Transport.TCP ? simulator.tcpPort() : simulator.webSocketPort();
        return new TerminalRegistration(terminalId, 69, "localhost", port, transport, "SIM-" + terminalId, "EUR", 2, null);
    }

    Kept pay(final int terminalId, final long amountMinor) {
        final PaymentStarted started = core.start(terminalId, amountMinor, "EUR", System.currentTimeMillis());
        terminals.started(started);
        return core.payment(started.paymentId());
    }

    List<SimulatorCharge> chargesOf(final int terminalId) {
        return simulators.get(terminalId).charges();
    }

    void awaitReady() {
        await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> terminals.states().stream().allMatch(TerminalState::isReady));
    }

    void awaitDecided() {
        await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(core::isAllDecided);
        await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> terminals.states().stream().allMatch(state -> state.payments() == 0));
    }

    /** What is true of every payment, whatever its terminal did. */
    static void check(final Kept kept, final List<SimulatorCharge> all, final String of) {
        final List<SimulatorCharge> charges = all.stream().filter(charge -> charge.saleTransaction().equals("MAWID-" + kept.started.paymentId())).toList();
        final List<SimulatorCharge> standing = charges.stream().filter(charge -> !charge.isReversed()).toList();
        assertThat(charges.size()).as("%s: charged at most once", of).isLessThanOrEqualTo(1);
        if (kept.state == State.APPROVED) {
            assertThat(standing).as("%s: approved", of).hasSize(1);
            assertThat(standing.get(0).amount()).as(of).isEqualByComparingTo(BigDecimal.valueOf(kept.started.amountMinor(), 2));
            assertThat(standing.get(0).currency()).as(of).isEqualTo("EUR");
        } else if (!kept.isPersonAsked) {
            assertThat(standing).as("%s: %s", of, kept.decided).isEmpty();
        }
    }

    @Override
    public void close() {
        terminals.close();
        simulators.forEach(TerminalSimulator::close);
        try {
            vertx.close().await(30, TimeUnit.SECONDS);
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }
}
