package org.mawid.api.terminal;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.mawid.api.terminal.ReconciliationFailed.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terminals of all posts: the door of this package. Any thread, but {@link #register}, {@link #remove} and {@link #close} not on an event loop:
 * they wait for one.
 */
public final class Terminals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Terminals.class);
    private static final Pattern SALE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final long WAIT_SECONDS = 30;

    private final Vertx vertx;
    private final TerminalLink.Shared shared;
    private final Map<Integer, Deployed> links = new ConcurrentHashMap<>();

    private record Deployed(TerminalLink link, String deploymentId) {
    }

    /**
     * @param vertx  whose event loops the connections are on; not closed here
     * @param saleId what this till calls itself to every terminal, 1 to 64 letters, digits and {@code -._}; the same in each life
     * @param port   the core
     */
    public Terminals(final Vertx vertx, final TerminalTimes times, final String saleId, final TillPort port) {
        if (!SALE_ID.matcher(saleId).matches()) {
            throw new IllegalArgumentException("a till's saleId is 1 to 64 letters, digits and -._");
        }
        final String version = Terminals.class.getPackage().getImplementationVersion();
        this.vertx = vertx;
        this.shared = new TerminalLink.Shared(times, saleId, port, version == null ? "0" : version);
    }

    /**
     * Connects to a terminal, now and whenever the connection is lost, and goes on with what the log says is open. One that was registered under the
     * same number is removed first.
     */
    public synchronized void register(final TerminalRegistration terminal) {
        remove(terminal.terminalId());
        final TerminalLink link = new TerminalLink(terminal, shared);
        try {
            links.put(terminal.terminalId(), new Deployed(link, vertx.deployVerticle(link).await(WAIT_SECONDS, TimeUnit.SECONDS)));
        } catch (final TimeoutException late) {
            throw new IllegalStateException("terminal " + terminal.terminalId() + ": the event loops do not answer", late);
        }
    }

    /** Ends its connection; what is open stays open in the log. Nothing when there is none. */
    public synchronized void remove(final int terminalId) {
        final Deployed deployed = links.remove(terminalId);
        if (deployed != null) {
            try {
                vertx.undeploy(deployed.deploymentId()).await(WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (final TimeoutException late) {
                LOG.warn("terminal {} did not end within {} s", terminalId, WAIT_SECONDS);
            }
        }
    }

    /**
     * The core has begun a payment. Call it for each such event after the terminal was registered, in the log's order; one that is told again, or was
     * told to an earlier life, is not asked of the terminal again.
     *
     * @return false = no such terminal: the payment stays open
     */
    public boolean started(final PaymentStarted payment) {
        final Deployed deployed = links.get(payment.terminalId());
        if (deployed != null) {
            deployed.link().run(till -> till.started(payment, deployed.link().nowMs()));
        }
        return deployed != null;
    }

    /** The officer or the customer at the counter breaks a payment off. What comes of it is told as of any other: it may be charged all the same. */
    public CompletionStage<BreakOff> cancel(final int terminalId, final long paymentId) {
        final Deployed deployed = links.get(terminalId);
        return deployed == null ? CompletableFuture.completedFuture(BreakOff.UNKNOWN_TERMINAL) : deployed.link().cancel(paymentId);
    }

    /**
     * Ends the terminal's period, after its payments are done, and gets its totals; they are told to {@link TillPort#totals} too, and no payment is asked
     * of it until that says so. Asking again after a failure or a crash gives the totals that were lost.
     *
     * @param lastReconciliationId of the last totals that are in the books; empty = the terminal has ended no period; null = nothing is ended, only the
     *                             number of its last period is asked, empty when there is none: whoever does not know it keeps it before anything is ended
     * @return fails with {@link ReconciliationFailed}
     */
    public CompletionStage<TerminalTotals> reconcile(final int terminalId, final String lastReconciliationId) {
        final Deployed deployed = links.get(terminalId);
        return deployed == null ? CompletableFuture.failedFuture(new ReconciliationFailed(terminalId, Reason.UNKNOWN_TERMINAL, ""))
                : deployed.link().reconcile(lastReconciliationId);
    }

    /** What the terminal calls itself; null = nobody has registered it. */
    public String poiId(final int terminalId) {
        final Deployed deployed = links.get(terminalId);
        return deployed == null ? null : deployed.link().poiId();
    }

    /** How each is, by number. */
    public List<TerminalState> states() {
        return links.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(entry -> entry.getValue().link().state()).toList();
    }

    /** Ends all connections. What is open stays open in the log, and the next life goes on with it. */
    @Override
    public void close() {
        List.copyOf(links.keySet()).forEach(this::remove);
    }
}
