package org.mawid.api.terminal.engine;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Lane;
import org.mawid.api.terminal.Incident;
import org.mawid.api.terminal.OpenPayments;
import org.mawid.api.terminal.OpenPayments.OpenPayment;
import org.mawid.api.terminal.PaymentStarted;
import org.mawid.api.terminal.TerminalTotals;
import org.mawid.api.terminal.TillCommand;
import org.mawid.api.terminal.TillCommand.AskPerson;
import org.mawid.api.terminal.TillPort;
import org.mawid.api.terminal.closing.Closings;
import org.mawid.api.terminal.engine.TillWriter.KnownPayment;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core behind the till's port. A question is put into the ring behind every command that was given before it, for it waits until these are
 * answered, and what is read is not older than the core was then.
 */
final class EnginePort implements TillPort, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnginePort.class);
    private static final int MOST_KNOWN = 4_096;
    /** How often the read side is looked at while it follows, and how long at most. */
    private static final long LOOK_MS = 2;
    private static final long MOST_LOOKS = 5_000;
    private static final long STOP_SECONDS = 5;
    private final Gateway gateway;
    private final ReadModel readModel;
    private final ScheduledExecutorService thread;
    private final Lane lane;
    private final TillWriter writer;
    private final AtomicLongArray incidents = new AtomicLongArray(Incident.Kind.values().length);
    private volatile Closings closings;
    /** Commands that were given and not answered: they take more than one step. */
    private final Set<CompletableFuture<Recorded>> underWay = ConcurrentHashMap.newKeySet();
    /** For breaks; those of this life. */
    private final Map<Long, KnownPayment> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, KnownPayment> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    /** Why a stage failed: the core is asked again. */
    private static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(final String why) {
            super(why, null, false, false);
        }
    }

    EnginePort(final Gateway gateway) {
        this.gateway = gateway;
        this.readModel = gateway.engine().readModel();
        this.writer = new TillWriter(gateway.references());
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread made = new Thread(task, "mawid-till");
            made.setDaemon(true);
            return made;
        });
        this.lane = gateway.lane(thread);
    }

    @Override
    public CompletionStage<OpenPayments> open(final int terminalId) {
        final CompletableFuture<Void> given = CompletableFuture.allOf(underWay.toArray(CompletableFuture<?>[]::new));
        return given.handle((nothing, failed) -> terminalId).thenCompose(this::ask); // a failed one is in the log already, or was never to be
    }

    private CompletionStage<OpenPayments> ask(final int terminalId) {
        return onThread(result -> gateway.lastPayment(lane, last -> {
            if (last == null) {
                result.completeExceptionally(new NoAnswer("the core did not say which payment was the last"));
            } else {
                whenReflected(last.position(), result, () -> result.complete(read(terminalId, last.paymentId())));
            }
        }));
    }

    private OpenPayments read(final int terminalId, final long lastPaymentId) {
        final List<Payment> pending = readModel.money().pending(terminalId);
        pending.forEach(this::know);
        return new OpenPayments(lastPaymentId, pending.stream().filter(payment -> !payment.waitsForPerson())
                .map(payment -> new OpenPayment(started(payment), payment.state() == PaymentState.IN_DOUBT)).toList());
    }

    static PaymentStarted started(final Payment payment) {
        return new PaymentStarted(payment.paymentId(), payment.terminalId(), payment.amountMinor(), payment.currency(), payment.startedMs());
    }

    private void know(final Payment payment) {
        know(payment.paymentId(), payment.postId(), payment.amountMinor(), payment.currency());
    }

    /** Any thread. */
    void know(final long paymentId, final int postId, final long amountMinor, final String currency) {
        known.put(paymentId, new KnownPayment(postId, amountMinor, currency));
    }

    @Override
    public CompletionStage<Recorded> record(final TillCommand command) {
        final CompletableFuture<Recorded> stage = onThread(result -> said(command, result, answer -> {
            if (command instanceof AskPerson asked && (answer == Result.PAYMENT_STATE || answer == Result.PAYMENT_UNKNOWN)) {
                openBreak(asked, answer, result);
            } else {
                complete(command, answer, result);
            }
        }));
        underWay.add(stage);
        stage.whenComplete((answer, failed) -> underWay.remove(stage));
        return stage;
    }

    /** @param then told what the core answers, now or when it was said first */
    private void said(final TillCommand command, final CompletableFuture<Recorded> result, final Consumer<Result> then) {
        remembered(command.requestId(), result, then, () -> {
            final Result problem = writer.write(command, gateway.nowMs());
            submit(problem, TillWriter.template(command), result, then);
        });
    }

    /** A person has decided, or nothing is known of the payment: what the terminal says is another matter, and a person's as well. */
    private void openBreak(final AskPerson command, final Result why, final CompletableFuture<Recorded> result) {
        final BreakType type = why == Result.PAYMENT_STATE ? BreakType.CONTRADICTED : BreakType.FOREIGN_ANSWER;
        remembered(TillWriter.breakRequest(command.paymentId()), result, answer -> complete(command, answer, result), () -> {
            final Result problem = writer.writeBreak(command, type, known.get(command.paymentId()), gateway.nowMs());
            submit(problem, CommandTemplate.OPEN_BREAK, result, answer -> complete(command, answer, result));
        });
    }

    /** What was said in an earlier life, or without our hearing the answer, is not said again: its answer is asked for. */
    private void remembered(final UUID id, final CompletableFuture<Recorded> result, final Consumer<Result> then, final Runnable otherwise) {
        gateway.outcomeOf(lane, id.getMostSignificantBits(), id.getLeastSignificantBits(), before -> guarded(result, () -> {
            if (before.result() == Result.REQUEST_UNKNOWN) {
                otherwise.run();
            } else if (before.isWorthRepeating()) {
                result.completeExceptionally(new NoAnswer(before.result().name()));
            } else {
                gateway.lastPayment(lane, last -> { // the answer is the core's; that it is durable is told by the read side
                    if (last == null) {
                        result.completeExceptionally(new NoAnswer("not known to be durable yet"));
                    } else {
                        whenReflected(last.position(), result, () -> then.accept(before.result()));
                    }
                });
            }
        }));
    }

    private void submit(final Result problem, final CommandTemplate template, final CompletableFuture<Recorded> result, final Consumer<Result> then) {
        if (problem != Result.OK) {
            LOG.error("{} cannot be written: {}", template, problem);
            then.accept(problem);
            return;
        }
        gateway.submit(lane, template, writer.buffer(), 0, writer.length(), answer -> guarded(result, () -> answered(answer, result, then)));
    }

    private static void answered(final Answer answer, final CompletableFuture<Recorded> result, final Consumer<Result> then) {
        if (answer.isWorthRepeating()) {
            result.completeExceptionally(new NoAnswer(answer.result().name()));
        } else {
            then.accept(answer.result());
        }
    }

    private static void complete(final TillCommand command, final Result answer, final CompletableFuture<Recorded> result) {
        final boolean isTaken = answer == Result.OK;
        if (!isTaken) {
            LOG.warn("payment {}: {} was refused: {}", command.paymentId(), TillWriter.template(command), answer);
        }
        result.complete(isTaken ? Recorded.ACCEPTED : Recorded.REFUSED);
    }

    /** Runs on the thread when the read side shows the log's position. */
    private void whenReflected(final long position, final CompletableFuture<?> result, final Runnable then) {
        look(position, MOST_LOOKS, result, then);
    }

    private void look(final long position, final long looks, final CompletableFuture<?> result, final Runnable then) {
        if (readModel.position() >= position) {
            guarded(result, then);
        } else if (looks == 0) {
            result.completeExceptionally(new NoAnswer("the read side does not follow"));
        } else {
            try {
                thread.schedule(() -> look(position, looks - 1, result, then), LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (final RejectedExecutionException stopped) {
                result.completeExceptionally(stopped);
            }
        }
    }

    private <T> CompletableFuture<T> onThread(final Consumer<CompletableFuture<T>> task) {
        final CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> guarded(result, () -> task.accept(result)));
        } catch (final RejectedExecutionException stopped) {
            result.completeExceptionally(stopped);
        }
        return result;
    }

    /** What goes wrong with us is no answer: the till would wait for one for ever. */
    private static void guarded(final CompletableFuture<?> result, final Runnable task) {
        try {
            task.run();
        } catch (final RuntimeException ours) {
            LOG.error("the till could not speak to the core", ours);
            result.completeExceptionally(ours);
        }
    }

    @Override
    public void incident(final Incident incident) {
        incidents.incrementAndGet(incident.kind().ordinal());
        LOG.warn("terminal {}: {}, payment {}: {}", incident.terminalId(), incident.kind(), incident.paymentId(), incident.detail());
    }

    /** How many of each kind, of all terminals. */
    Map<Incident.Kind, Long> incidents() {
        final Map<Incident.Kind, Long> counted = new EnumMap<>(Incident.Kind.class);
        for (final Incident.Kind kind : Incident.Kind.values()) {
            counted.put(kind, incidents.get(kind.ordinal()));
        }
        return counted;
    }

    @Override
    public CompletionStage<Void> totals(final TerminalTotals totals) {
        LOG.info("terminal {}: period {} ended: {}", totals.terminalId(), totals.reconciliationId(), totals.currencies());
        return closings == null ? CompletableFuture.completedFuture(null) : closings.over(totals.terminalId());
    }

    /** Who puts totals into the books. */
    void bookedBy(final Closings bookkeepers) {
        closings = bookkeepers;
    }

    /** After the terminals: what is still to be said is said by the next life. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("the till's thread did not end within {} s", STOP_SECONDS);
        }
    }
}
