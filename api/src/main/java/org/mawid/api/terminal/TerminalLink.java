package org.mawid.api.terminal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.mawid.api.terminal.nexo.Incoming;
import org.mawid.api.terminal.nexo.MalformedMessage;
import org.mawid.api.terminal.nexo.NexoReader;
import org.mawid.api.terminal.nexo.NexoWriter;
import org.mawid.api.terminal.nexo.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One terminal's connection and timers around its {@link TerminalTill}. All on one event loop; other threads ask by {@link #run}. */
final class TerminalLink extends VerticleBase implements Effects {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalLink.class);
    private static final int MOST_DOUBLED = 6;
    private static final long NONE = -1;

    /** What all links share. */
    record Shared(TerminalTimes times, String saleId, TillPort port, String version) {
    }

    private final TerminalRegistration terminal;
    private final Shared shared;
    private final NexoWriter writer;
    private final NexoReader reader;
    private final AtomicLongArray incidents = new AtomicLongArray(Incident.Kind.values().length);
    private final long startedNanos = System.nanoTime();
    private final long startedMs = System.currentTimeMillis();
    private TerminalTill till;
    private Outbox outbox;
    private Wire.Maker maker;
    private Wire wire;
    private int failures;
    private long timer = NONE;
    private boolean isClosed;
    private volatile TerminalState state;

    TerminalLink(final TerminalRegistration terminal, final Shared shared) {
        this.terminal = terminal;
        this.shared = shared;
        this.writer = new NexoWriter(shared.saleId(), terminal.poiId(), terminal.currency(), terminal.minorDigits());
        this.reader = new NexoReader(terminal.currency(), terminal.minorDigits());
        this.state = new TerminalState(terminal.terminalId(), terminal.postId(), false, false, false, TerminalState.Doing.NOTHING, 0, Map.of());
    }

    @Override
    public Future<?> start() {
        maker = terminal.transport() == Transport.TCP ? new TcpWire.Maker(vertx, terminal, shared.times()) : new WebSocketWire.Maker(vertx, terminal, shared.times());
        outbox = new Outbox(vertx, context, shared.port(), terminal.terminalId(),
                (command, answer) -> then(() -> till.recorded(command, answer, nowMs())), open -> then(() -> till.opened(open, nowMs())));
        till = new TerminalTill(terminal, shared.saleId(), shared.times(), this, ThreadLocalRandom.current().nextLong(), shared.version());
        then(till::start);
        connect();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        isClosed = true;
        outbox.close();
        till.closings().end();
        vertx.cancelTimer(timer);
        if (wire != null) {
            wire.close();
        }
        maker.close();
        return Future.succeededFuture();
    }

    /** Any thread. */
    void run(final Consumer<TerminalTill> task) {
        context.runOnContext(nothing -> then(() -> task.accept(till)));
    }

    String poiId() {
        return terminal.poiId();
    }

    CompletableFuture<TerminalTotals> reconcile(final String lastKnown) {
        final CompletableFuture<TerminalTotals> result = new CompletableFuture<>();
        context.runOnContext(nothing -> {
            if (isClosed) {
                result.completeExceptionally(new ReconciliationFailed(terminal.terminalId(), ReconciliationFailed.Reason.UNKNOWN_TERMINAL, ""));
            }
            then(() -> till.reconcile(lastKnown, result, nowMs()));
        });
        return result;
    }

    CompletableFuture<BreakOff> cancel(final long paymentId) {
        final CompletableFuture<BreakOff> result = new CompletableFuture<>();
        context.runOnContext(nothing -> {
            if (isClosed) {
                result.complete(BreakOff.UNKNOWN_TERMINAL);
            }
            then(() -> result.complete(till.cancel(paymentId, nowMs())));
        });
        return result;
    }

    /** Milliseconds since 1970-01-01 UTC at the start and then by a clock that never steps. */
    long nowMs() {
        return startedMs + (System.nanoTime() - startedNanos) / 1_000_000;
    }

    TerminalState state() {
        final Map<Incident.Kind, Long> counted = new EnumMap<>(Incident.Kind.class);
        for (final Incident.Kind kind : Incident.Kind.values()) {
            counted.put(kind, incidents.get(kind.ordinal()));
        }
        final TerminalState now = state;
        return new TerminalState(now.terminalId(), now.postId(), now.isConnected(), now.isLoggedIn(), now.isReady(), now.doing(), now.payments(), counted);
    }

    private void connect() {
        if (isClosed) {
            return;
        }
        final Hearing hearing = new Hearing();
        maker.connect(hearing).onComplete(made -> {
            if (isClosed) {
                if (made.succeeded()) {
                    made.result().close();
                }
            } else if (made.failed()) {
                LOG.debug("terminal {}: not connected: {}", terminal.poiId(), made.cause().getClass().getSimpleName());
                connectLater();
            } else if (!hearing.isOver) {
                wire = made.result();
                hearing.isCurrent = true;
                then(() -> till.connected(nowMs()));
            }
        });
    }

    private void connectLater() {
        final long pauseMs = shared.times().reconnectMs() << Math.min(failures, MOST_DOUBLED);
        failures++;
        vertx.setTimer(pauseMs / 2 + ThreadLocalRandom.current().nextLong(1, pauseMs / 2 + 2), nothing -> connect());
    }

    /** One connection's messages; of none but the one that is used. */
    private final class Hearing implements Wire.Listener {
        private boolean isCurrent;
        private boolean isOver;

        @Override
        public void message(final byte[] message) {
            if (!isHeard()) {
                return;
            }
            try {
                final Incoming incoming = reader.read(message);
                LOG.trace("terminal {} < {}", terminal.poiId(), incoming);
                then(() -> till.received(incoming, nowMs()));
                if (till.isReady()) {
                    failures = 0;
                }
            } catch (final MalformedMessage e) {
                garbled(e);
            }
        }

        @Override
        public void garbled(final MalformedMessage why) {
            if (isHeard()) {
                then(() -> till.garbled(why, nowMs()));
            }
        }

        @Override
        public void closed() {
            final boolean wasHeard = isHeard();
            isOver = true;
            if (wasHeard) {
                wire = null;
                then(() -> till.disconnected(nowMs()));
                connectLater();
            } else if (!isCurrent && !isClosed) { // before it was ever used
                connectLater();
            }
        }

        private boolean isHeard() {
            return isCurrent && !isOver && !isClosed;
        }
    }

    /** Runs an input and sets the timer for the next. */
    private void then(final Runnable input) {
        if (isClosed) {
            return;
        }
        input.run();
        state = new TerminalState(terminal.terminalId(), terminal.postId(), till.link() != TerminalTill.Link.DOWN, till.link() == TerminalTill.Link.READY, till.isReady(), till.doing(), till.payments(), Map.of());
        vertx.cancelTimer(timer);
        final long wakeMs = till.wakeMs();
        timer = wakeMs == Long.MAX_VALUE ? NONE : vertx.setTimer(Math.max(1, wakeMs - nowMs()), nothing -> then(() -> till.tick(nowMs())));
    }

    @Override
    public void send(final String serviceId, final Request request) {
        LOG.trace("terminal {} > {} {}", terminal.poiId(), serviceId, request);
        if (wire != null) {
            wire.send(writer.write(serviceId, request));
        }
    }

    @Override
    public void disconnect(final String why) {
        LOG.debug("terminal {}: connection ended: {}", terminal.poiId(), why);
        if (wire != null) {
            wire.close();
            wire = null;
            connectLater();
        }
    }

    @Override
    public void record(final TillCommand command) {
        LOG.debug("terminal {}: {}", terminal.poiId(), command);
        outbox.record(command);
    }

    @Override
    public void askOpen() {
        outbox.askOpen();
    }

    @Override
    public void incident(final Incident incident) {
        incidents.incrementAndGet(incident.kind().ordinal());
        LOG.debug("terminal {}: {}", terminal.poiId(), incident);
        shared.port().incident(incident);
    }

    @Override
    public void totals(final TerminalTotals totals) {
        shared.port().totals(totals).whenComplete((done, failed) -> run(booked -> {
            booked.closings().booked();
            booked.tick(nowMs());
        }));
    }
}
