package org.mawid.api.terminal.engine;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.terminal.BreakOff;
import org.mawid.api.terminal.Incident;
import org.mawid.api.terminal.TerminalState;
import org.mawid.api.terminal.TerminalTimes;
import org.mawid.api.terminal.TerminalTotals;
import org.mawid.api.terminal.Terminals;
import org.mawid.api.terminal.closing.Closed;
import org.mawid.api.terminal.closing.ClosingOrder;
import org.mawid.api.terminal.closing.Closings;
import org.mawid.api.terminal.closing.Periods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminals of a running engine: the door of this package. Any thread, none of them an event loop. */
public final class EngineTill implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineTill.class);
    private static final int EVENT_LOOPS = 2;
    private static final long STOP_SECONDS = 10;

    private final Vertx vertx;
    private final EnginePort port;
    private final Terminals terminals;
    private final Closings closings;
    private final LogFollower follower;

    private EngineTill(final Gateway gateway, final TerminalPlaces places, final TerminalTimes times, final String saleId, final Path folder) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(EVENT_LOOPS));
        port = new EnginePort(gateway);
        try {
            terminals = new Terminals(vertx, times, saleId, port);
        } catch (final IllegalArgumentException e) {
            vertx.close();
            throw e;
        }
        closings = new Closings(gateway, folder, new Periods() {
            @Override
            public CompletionStage<TerminalTotals> reconcile(final int terminalId, final String lastReconciliationId) {
                return terminals.reconcile(terminalId, lastReconciliationId);
            }

            @Override
            public String poiId(final int terminalId) {
                return terminals.poiId(terminalId);
            }
        });
        port.bookedBy(closings);
        follower = new LogFollower(gateway.engine().readModel(), places, terminals, port);
    }

    /**
     * Connects to the terminals that the core has and whose place is known, and goes on with what the log says is open. To be called before anybody may
     * begin a payment: what begins meanwhile is taken for an earlier life's and not asked of a terminal.
     *
     * @param saleId what this server calls itself to terminals, the same in each life
     * @param folder where it keeps how far the ends of the day are
     * @throws IllegalArgumentException saleId has other letters than it may
     */
    public static EngineTill start(final Gateway gateway, final TerminalPlaces places, final TerminalTimes times, final String saleId,
            final Path folder) throws InterruptedException {
        final EngineTill till = new EngineTill(gateway, places, times, saleId, folder);
        try {
            till.closings.finish();
            till.follower.start();
            return till;
        } catch (final RuntimeException | InterruptedException e) {
            till.close();
            throw e;
        }
    }

    /** How each is, by number. */
    public List<TerminalState> states() {
        return terminals.states();
    }

    /** Terminals that are connected, logged in and ready to be asked. */
    public int ready() {
        return (int) terminals.states().stream().filter(TerminalState::isReady).count();
    }

    /** From now on terminals are where this says; those that are no more in it are left alone when nothing is open on them. */
    public void use(final TerminalPlaces places) {
        follower.use(places);
    }

    /** What should not have happened, by kind, since the start. */
    public Map<Incident.Kind, Long> incidents() {
        return port.incidents();
    }

    /** As {@link Terminals#cancel}. */
    public CompletionStage<BreakOff> cancel(final int terminalId, final long paymentId) {
        return terminals.cancel(terminalId, paymentId);
    }

    /** As {@link Closings#close}. */
    public CompletionStage<Closed> close(final ClosingOrder order) {
        return closings.close(order);
    }

    /** Ends all connections. What is open stays open in the log, and the next life goes on with it. Before gateway and engine are closed. */
    @Override
    public void close() {
        try {
            follower.close();
            closings.close();
            terminals.close();
            port.close();
            vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            LOG.warn("the terminals' event loops did not end within {} s", STOP_SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
