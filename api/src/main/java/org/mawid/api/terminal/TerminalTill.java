package org.mawid.api.terminal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.mawid.api.terminal.Incident.Kind;
import org.mawid.api.terminal.ReconciliationFailed.Reason;
import org.mawid.api.terminal.nexo.Category;
import org.mawid.api.terminal.nexo.Incoming;
import org.mawid.api.terminal.nexo.MalformedMessage;
import org.mawid.api.terminal.nexo.Request;

/**
 * One terminal: its connection, what is asked of it, one thing at a time, and its payments, the oldest first. Inputs are what the connection, the
 * port and the clock say; outputs go to {@link Effects}. No clock, no thread, no I/O: the same inputs give the same outputs.
 */
final class TerminalTill {
    private static final int RECENT_PAYMENTS = 256;

    enum Link { DOWN, LOGGING_IN, READY }

    private final TerminalRegistration terminal;
    private final TerminalTimes times;
    private final Effects effects;
    private final Answers answers;
    private final Requests requests;
    private final String version;
    private final ClosingDesk closings;
    /** By number, so that the oldest is served first. */
    private final TreeMap<Long, PaymentTill> inHand = new TreeMap<>();
    private final Recent<Long, PaymentTill> decided = new Recent<>(RECENT_PAYMENTS);
    private final List<PaymentStarted> early = new ArrayList<>();
    private Link link = Link.DOWN;
    private boolean isLogKnown;
    private boolean isHorizonKnown;
    private long highestId;
    private long heardMs;

    TerminalTill(final TerminalRegistration terminal, final String saleId, final TerminalTimes times, final Effects effects, final long lifeSeed, final String version) {
        this.terminal = terminal;
        this.times = times;
        this.effects = effects;
        this.requests = new Requests(lifeSeed);
        this.answers = new Answers(this, requests, terminal, saleId);
        this.version = version;
        this.closings = new ClosingDesk(terminal, times, effects);
    }

    /** The adapter starts: what is in the log was begun before, and is not asked of the terminal again. */
    void start() {
        effects.askOpen();
    }

    /** The core has begun a payment. Repeats are harmless, also of those that an earlier life was told. */
    void started(final PaymentStarted payment, final long nowMs) {
        if (!isHorizonKnown) {
            early.add(payment);
        } else if (payment.paymentId() > highestId) {
            begin(payment, nowMs);
        } else if (payment(payment.paymentId()) == null) {
            effects.askOpen(); // of an earlier life, if it is open at all
        }
        pump(nowMs);
    }

    private void begin(final PaymentStarted payment, final long nowMs) {
        final PaymentTill till = PaymentTill.begun(payment, times, effects, nowMs);
        highestId = payment.paymentId();
        inHand.put(payment.paymentId(), till);
        if (!payment.currency().equals(terminal.currency()) || payment.amountMinor() <= 0 || !ServiceIds.fits(payment.paymentId())) {
            till.refuse("not in the terminal's currency, or no amount");
        }
    }

    /** What the port says is open. What is newer than this life and was not told yet is begun by it; for all else the terminal is asked. */
    void opened(final OpenPayments open, final long nowMs) {
        if (!isHorizonKnown) {
            highestId = open.lastPaymentId();
        }
        open.payments().stream().sorted(Comparator.comparingLong(payment -> payment.started().paymentId())).forEach(payment -> {
            final long id = payment.started().paymentId();
            final PaymentTill known = payment(id);
            if (known == null && id > highestId) {
                begin(payment.started(), nowMs);
            } else if (known == null) {
                inHand.put(id, PaymentTill.found(payment, times, effects, nowMs));
            }
        });
        isLogKnown |= link == Link.READY;
        if (!isHorizonKnown) {
            isHorizonKnown = true;
            final List<PaymentStarted> waiting = List.copyOf(early);
            early.clear();
            waiting.forEach(payment -> started(payment, nowMs));
        }
        pump(nowMs);
    }

    void connected(final long nowMs) {
        link = Link.LOGGING_IN;
        isLogKnown = false;
        heardMs = nowMs;
        ask(new Request.Login(Instant.ofEpochMilli(nowMs), version), null, nowMs);
    }

    /** The connection has ended, by whomever. */
    void disconnected(final long nowMs) {
        if (link == Link.DOWN) {
            return;
        }
        link = Link.DOWN;
        final Exchange awaited = requests.giveUp();
        inHand.values().forEach(till -> till.cut(nowMs, awaited != null && awaited.till() == till));
        if (awaited != null && awaited.request() instanceof Request.Reconciliation) {
            closings.silent();
        }
        pump(nowMs);
    }

    void received(final Incoming message, final long nowMs) {
        heardMs = nowMs;
        if (link != Link.DOWN) {
            answers.received(message, nowMs);
            pump(nowMs);
        }
    }

    /** What came cannot be read. Whose answer it was cannot be told either: the connection is ended, and the terminal asked again. */
    void garbled(final MalformedMessage why, final long nowMs) {
        effects.incident(new Incident(terminal.terminalId(), why.fault() == MalformedMessage.Fault.TOO_LARGE ? Kind.OVERSIZED : Kind.MALFORMED, 0, why.getMessage()));
        effects.disconnect("it talks nonsense");
        disconnected(nowMs);
    }

    /** The terminal has let the till in. */
    void loggedIn() {
        link = Link.READY;
        effects.askOpen();
    }

    /** The core has taken, or refused, a command. */
    void recorded(final TillCommand command, final TillPort.Recorded answer, final long nowMs) {
        final PaymentTill till = payment(command.paymentId());
        if (till != null) {
            till.recorded(command, answer);
        }
        pump(nowMs);
    }

    /** The officer breaks a payment off. */
    BreakOff cancel(final long paymentId, final long nowMs) {
        final PaymentTill till = inHand.get(paymentId);
        final BreakOff comesTo = till == null ? BreakOff.NOT_IN_HAND : till.breakOff();
        if (comesTo == BreakOff.TOLD && till.abort()) {
            abort(till, nowMs);
        }
        pump(nowMs);
        return comesTo;
    }

    /** @param lastKnown number of the last period that is in the books, empty = it has ended none; null = only asked which it was */
    void reconcile(final String lastKnown, final CompletableFuture<TerminalTotals> result, final long nowMs) {
        closings.begin(lastKnown, result, requests.underWay(), nowMs);
        pump(nowMs);
    }

    void tick(final long nowMs) {
        inHand.values().forEach(till -> till.tick(nowMs));
        closings.tick(nowMs);
        if (requests.underWay() != null && nowMs >= requests.underWay().untilMs()) {
            silent(nowMs);
        } else if (isIdle() && nowMs >= heardMs + times.heartbeatMs()) {
            ask(new Request.Diagnosis(), null, nowMs);
        }
        pump(nowMs);
    }

    private void silent(final long nowMs) {
        final Exchange awaited = requests.underWay();
        if (awaited.request() instanceof Request.Payment && awaited.till().stage() == PaymentTill.Stage.ASKED && awaited.till().abort()) {
            abort(awaited.till(), nowMs);
            return;
        }
        requests.giveUp();
        final long paymentId = awaited.till() == null ? 0 : awaited.till().id();
        effects.incident(new Incident(terminal.terminalId(), Kind.NO_ANSWER, paymentId, awaited.request().category().name()));
        if (awaited.till() != null) {
            awaited.till().silent(nowMs);
        } else if (awaited.request() instanceof Request.Reconciliation) {
            closings.silent();
        }
        if (!(awaited.request() instanceof Request.Payment)) { // a terminal that does not tell what it knows is asked over another connection
            effects.disconnect("no answer to " + awaited.request().category());
            disconnected(nowMs);
        }
    }

    private void abort(final PaymentTill till, final long nowMs) {
        effects.send(requests.nextId(), new Request.Abort(ServiceIds.of(Category.PAYMENT, till.id())));
        if (requests.underWay() != null && requests.underWay().till() == till) {
            requests.waitUntil(nowMs + times.abortMs());
        }
    }

    /** A payment that nobody waits for any more goes on at the terminal. */
    void breakOff(final PaymentTill till, final long nowMs) {
        if (till.abort()) {
            abort(till, nowMs);
        }
    }

    private boolean isIdle() {
        return link == Link.READY && isLogKnown && requests.underWay() == null && inHand.isEmpty() && !closings.isUnderWay();
    }

    /** Sends what can be sent now. */
    private void pump(final long nowMs) {
        for (final Iterator<Map.Entry<Long, PaymentTill>> all = inHand.entrySet().iterator(); all.hasNext();) {
            final PaymentTill till = all.next().getValue();
            if (till.isDone()) {
                all.remove();
                decided.put(till.id(), till);
            }
        }
        if (link != Link.READY || !isLogKnown || requests.underWay() != null) {
            return;
        }
        if (!inHand.isEmpty() && !closings.isHeld()) {
            final PaymentTill till = inHand.firstEntry().getValue();
            final Request request = till.next(nowMs);
            if (request != null) {
                ask(request, till, nowMs);
            }
        } else if (closings.isUnderWay()) {
            ask(closings.next(), null, nowMs);
        }
    }

    private void ask(final Request request, final PaymentTill till, final long nowMs) {
        final long patienceMs = switch (request.category()) {
            case PAYMENT -> times.customerMs();
            case REVERSAL, RECONCILIATION -> times.hostMs();
            default -> times.answerMs();
        };
        effects.send(requests.begin(request, till, nowMs + patienceMs).serviceId(), request);
    }

    /** In hand or decided lately; null = neither. */
    PaymentTill payment(final long paymentId) {
        final PaymentTill till = inHand.get(paymentId);
        return till == null ? decided.get(paymentId) : till;
    }

    ClosingDesk closings() {
        return closings;
    }

    Effects effects() {
        return effects;
    }

    /** Logged in, and what is open is known: a payment that begins now is asked of the terminal. */
    boolean isReady() {
        return link == Link.READY && isLogKnown;
    }

    int payments() {
        return inHand.size();
    }

    Link link() {
        return link;
    }

    TerminalState.Doing doing() {
        return TerminalState.Doing.of(requests.underWay(), closings.isUnderWay() || closings.isHeld());
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} = not before something else happens. */
    long wakeMs() {
        long wake = requests.underWay() == null ? Long.MAX_VALUE : requests.underWay().untilMs();
        for (final PaymentTill till : inHand.values()) {
            wake = Math.min(wake, till.deadlineMs());
        }
        if (link == Link.READY && isLogKnown && requests.underWay() == null && !inHand.isEmpty() && !closings.isHeld()) {
            wake = Math.min(wake, inHand.firstEntry().getValue().nextMs());
        }
        wake = Math.min(wake, closings.wakeMs());
        return isIdle() ? Math.min(wake, heardMs + times.heartbeatMs()) : wake;
    }
}
