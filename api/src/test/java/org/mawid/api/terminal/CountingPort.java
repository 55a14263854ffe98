package org.mawid.api.terminal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** One life's way to the core that {@link NaivePort} is; keeps what it was told. Any thread. */
final class CountingPort implements TillPort {
    final List<Incident> incidents = new CopyOnWriteArrayList<>();
    final List<TillCommand> commands = new CopyOnWriteArrayList<>();
    final List<TerminalTotals> totals = new CopyOnWriteArrayList<>();
    /** So many calls fail first. */
    final AtomicInteger failing = new AtomicInteger();
    private final NaivePort core;
    private final BooleanSupplier isDead;

    CountingPort(final NaivePort core) {
        this(core, () -> false);
    }

    /** @param isDead asked before and after each command is kept: from then on the core hears and answers nothing */
    CountingPort(final NaivePort core, final BooleanSupplier isDead) {
        this.core = core;
        this.isDead = isDead;
    }

    @Override
    public CompletionStage<OpenPayments> open(final int terminalId) {
        if (isFailing()) {
            throw new IllegalStateException("4111111111111111"); // whatever it says must not be logged
        }
        return isDead.getAsBoolean() ? new CompletableFuture<>() : CompletableFuture.completedFuture(core.open(terminalId));
    }

    @Override
    public CompletionStage<Recorded> record(final TillCommand command) {
        if (isDead.getAsBoolean()) {
            return new CompletableFuture<>();
        }
        if (isFailing()) {
            return CompletableFuture.failedFuture(new IllegalStateException("4111111111111111"));
        }
        commands.add(command);
        final Recorded answer = core.record(command);
        return isDead.getAsBoolean() ? new CompletableFuture<>() : CompletableFuture.completedFuture(answer);
    }

    @Override
    public void incident(final Incident incident) {
        incidents.add(incident);
    }

    @Override
    public CompletionStage<Void> totals(final TerminalTotals told) {
        totals.add(told);
        return CompletableFuture.completedFuture(null);
    }

    private boolean isFailing() {
        return failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    boolean heard(final int terminalId, final Incident.Kind kind) {
        return incidents.stream().anyMatch(incident -> incident.terminalId() == terminalId && incident.kind() == kind);
    }
}
