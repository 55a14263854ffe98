package org.mawid.api.sandbox.terminal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A simulated payment terminal: the door of this package. Any thread, but {@link #start} and {@link #close} not on an event loop: they wait for one.
 * What it has charged is lost when it ends.
 */
public final class TerminalSimulator implements AutoCloseable {
    private static final long WAIT_SECONDS = 30;

    private final Vertx vertx;
    private final SimulatorBank bank = new SimulatorBank();
    private final SimulatorPlan plan = new SimulatorPlan();
    private final SimulatorVerticle verticle;
    private final String deploymentId;

    private TerminalSimulator(final Vertx vertx, final SimulatorSettings settings, final Consumer<String> watcher, final PemKeyCertOptions identity) {
        this.vertx = vertx;
        this.verticle = new SimulatorVerticle(settings, bank, plan, watcher, identity);
        try {
            deploymentId = vertx.deployVerticle(verticle).await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            throw new IllegalStateException("the terminal simulator does not start: its event loop does not answer", late);
        }
    }

    /** Listens when it returns. Fails when a port is taken. */
    public static TerminalSimulator start(final Vertx vertx, final SimulatorSettings settings) {
        return new TerminalSimulator(vertx, settings, category -> { }, null);
    }

    /** @param watcher told the category of each request before anything is done, on the event loop */
    static TerminalSimulator watched(final Vertx vertx, final SimulatorSettings settings, final Consumer<String> watcher) {
        return new TerminalSimulator(vertx, settings, watcher, null);
    }

    /** Over TLS on both ports. @param certificate PEM file; @param key PEM file */
    public static TerminalSimulator secured(final Vertx vertx, final SimulatorSettings settings, final Path certificate, final Path key) {
        return new TerminalSimulator(vertx, settings, category -> { }, new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString()));
    }

    public int tcpPort() {
        return verticle.tcpPort();
    }

    public int webSocketPort() {
        return verticle.webSocketPort();
    }

    /** Of the HTTP routes. */
    public int controlPort() {
        return verticle.controlPort();
    }

    /** What it does with the next payment, reversal, status or reconciliation; several orders are taken one after the other. */
    public void next(final SimulatorBehaviour behaviour) {
        plan.next(null, behaviour);
    }

    /** What it does with the next request of that {@code MessageCategory}. */
    public void next(final String category, final SimulatorBehaviour behaviour) {
        plan.next(category, behaviour);
    }

    /** Misbehaves by chance. @param percent of payments, reversals, statuses and reconciliations, 0 to 100 */
    public void misbehave(final long seed, final int percent) {
        plan.byChance(seed, percent);
    }

    /** What was really taken, in order. */
    public List<SimulatorCharge> charges() {
        return bank.charges();
    }

    /** Somebody charges a card at the terminal's own keys: no till has asked for it. */
    public void chargeByHand(final BigDecimal amount, final String currency) {
        bank.charge("", amount, currency);
    }

    /** Somebody gives money back at the terminal's own keys. */
    public void refundByHand(final BigDecimal amount, final String currency) {
        bank.refund(amount, currency);
    }

    /** Somebody ends the period at the terminal's own keys. */
    public void endPeriodByHand() {
        bank.close();
    }

    /** Number of the last period that has ended, by whomever; 0 = none has. */
    public int lastPeriod() {
        return bank.previousPeriod();
    }

    /** Ends all connections of tills. */
    public void cut() {
        verticle.cutAll();
    }

    /** Says something to all tills that none asked for. */
    public void say(final String message) {
        verticle.say(Buffer.buffer(message));
    }

    @Override
    public void close() {
        try {
            vertx.undeploy(deploymentId).await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            throw new IllegalStateException("the terminal simulator does not end", late);
        }
    }
}
