package org.mawid.api.terminal.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.mawid.api.terminal.PaymentStarted;
import org.mawid.api.terminal.TerminalRegistration;
import org.mawid.api.terminal.Terminals;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PostDefinedDecoder;
import org.mawid.sbe.TerminalDefinedDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log from now on: payments that begin are told to their terminals, and which terminals are in use. What had begun before is no news;
 * a terminal that is registered asks for it. On a thread of its own, which may wait.
 */
final class LogFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
    private static final int EVENTS_PER_TURN = 256;
    private static final long LOOK_NANOS = 1_000_000;
    private static final long STOP_SECONDS = 35;

    private final ReadModel readModel;
    /** Only on the thread, once it has started. */
    private TerminalPlaces places;
    private final Terminals terminals;
    private final EnginePort port;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        final Thread made = new Thread(task, "mawid-till-log");
        made.setDaemon(true);
        return made;
    });
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentStartedDecoder started = new PaymentStartedDecoder();
    private final Map<Integer, TerminalRegistration> registered = new TreeMap<>();
    /** In the core and not in the operator's list: told once. */
    private final Set<Integer> missing = new HashSet<>();
    private volatile boolean isClosed;
    private boolean isLeaving;
    private EventLog.Subscription subscription;

    LogFollower(final ReadModel readModel, final TerminalPlaces places, final Terminals terminals, final EnginePort port) {
        this.readModel = readModel;
        this.places = places;
        this.terminals = terminals;
        this.port = port;
    }

    /** Terminals are registered when it returns, as far as the core has them. */
    void start() throws InterruptedException {
        try {
            thread.submit(() -> {
                subscription = readModel.events().subscribe(EventLog.Cursor.NOW, 0);
                register();
                turn();
            }).get();
        } catch (final ExecutionException e) {
            throw new IllegalStateException("the terminals' log cannot be followed", e.getCause());
        }
    }

    /** From now on terminals are where this says. One that is in it no more stays as long as something is open on it. */
    void use(final TerminalPlaces newer) {
        onThread(() -> {
            places = newer;
            missing.removeAll(newer.all().keySet());
            register();
        });
    }

    private void turn() {
        try {
            while (!isClosed && subscription.poll((cursor, buffer, offset, length) -> event(cursor.position(), buffer, offset), EVENTS_PER_TURN) > 0) {
                continue;
            }
            if (subscription.isLost()) {
                begunAnew();
            }
        } catch (final RuntimeException ours) {
            LOG.error("the terminals could not be told what the log says; what is open is found when they are connected anew", ours);
        }
        if (!isClosed) {
            subscription.onAvailable(this::wake);
        }
    }

    private void wake() {
        onThread(this::turn);
    }

    private void onThread(final Runnable task) {
        try {
            thread.execute(task);
        } catch (final RejectedExecutionException stopped) {
            LOG.debug("the log goes on without us");
        }
    }

    /** More has happened than is kept: what is open is told instead, each terminal's in order. */
    private void begunAnew() {
        subscription.close();
        subscription = readModel.events().subscribe(EventLog.Cursor.NOW, 0);
        awaitReflected(readModel.events().position());
        register();
        registered.keySet().forEach(terminalId -> readModel.money().pending(terminalId).stream()
                .filter(payment -> payment.state() == PaymentState.PENDING).forEach(this::begun));
    }

    private void event(final long position, final DirectBuffer buffer, final int offset) {
        switch (header.wrap(buffer, offset).templateId()) {
            case PaymentStartedDecoder.TEMPLATE_ID -> {
                started.wrapAndApplyHeader(buffer, offset, header);
                if (started.means() == PaymentMeans.TERMINAL && started.deadlineMs() != 0) {
                    begun(started.head().postId(), new PaymentStarted(started.paymentId(), (int) started.terminalId(), started.amountMinor(),
                            started.currency(), started.head().nowMs()));
                }
            }
            case TerminalDefinedDecoder.TEMPLATE_ID, PostDefinedDecoder.TEMPLATE_ID -> {
                awaitReflected(position);
                register();
            }
            case PaymentChangedDecoder.TEMPLATE_ID -> {
                if (isLeaving) {
                    awaitReflected(position);
                    register();
                }
            }
            default -> { }
        }
    }

    private void begun(final Payment payment) {
        begun(payment.postId(), EnginePort.started(payment));
    }

    private void begun(final int postId, final PaymentStarted payment) {
        port.know(payment.paymentId(), postId, payment.amountMinor(), payment.currency());
        if (!terminals.started(payment)) {
            LOG.warn("payment {} waits for terminal {}, whose address is not known: add a line for it to the list of terminals",
                    payment.paymentId(), payment.terminalId());
        }
    }

    /** As the core has terminals now. One that is not in use any more stays as long as something is open on it. */
    private void register() {
        isLeaving = false;
        final Set<Integer> concerned = new TreeSet<>(places.all().keySet());
        concerned.addAll(registered.keySet());
        concerned.forEach(terminalId -> {
            final TerminalRegistration present = registered.get(terminalId);
            final TerminalRegistration wanted = wanted(terminalId, places.all().get(terminalId), present);
            if (wanted == null && present != null) {
                registered.remove(terminalId);
                terminals.remove(terminalId);
            } else if (wanted != null && !wanted.equals(present)) {
                registered.put(terminalId, wanted);
                terminals.register(wanted);
            }
        });
        for (final MoneyView.Terminal terminal : readModel.money().terminals(0)) {
            if (terminal.enabled() && !places.all().containsKey(terminal.terminalId()) && missing.add(terminal.terminalId())) {
                LOG.warn("terminal {} of post {} has no address: add a line for it to the list of terminals", terminal.terminalId(), terminal.postId());
            }
        }
    }

    /** @param place null = the list has none for it @param present null = it is not spoken to */
    private TerminalRegistration wanted(final int terminalId, final TerminalPlaces.Place place, final TerminalRegistration present) {
        final MoneyView.Terminal terminal = readModel.money().terminal(terminalId);
        final CatalogueView.Post post = terminal == null ? null : readModel.catalogue().post(terminal.postId());
        if (post == null) {
            return null;
        }
        if (!terminal.enabled() || place == null) {
            if (readModel.money().pending(terminalId).stream().allMatch(Payment::waitsForPerson)) {
                return null;
            }
            isLeaving = true;
        }
        return place == null ? present : place.at(terminalId, terminal.postId(), post.currency(), post.minorDigits());
    }

    /** Events are told before the rest of the read side shows them. */
    private void awaitReflected(final long position) {
        while (readModel.position() < position && !isClosed) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Before the terminals. */
    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.shutdown();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the log's follower did not end within {} s", STOP_SECONDS);
        } else if (subscription != null) {
            subscription.close();
        }
    }
}
