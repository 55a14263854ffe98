package org.mawid.engine.twin;

import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.RULES_INVALID;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** The door to what came with core version 3: which command goes where, what a Tick does, what may be retired. */
final class NaiveMoney {
    private static final int LOOKED_AT = 64;
    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final Set<StampState> ENDED = EnumSet.of(StampState.VOID, StampState.LAPSED, StampState.CONSUMED, StampState.FORFEITED,
            StampState.REFUNDED, StampState.CHARGED_BACK, StampState.WAIVED);
    private static final Set<PaymentState> OVER = EnumSet.of(PaymentState.DECLINED, PaymentState.CANCELLED, PaymentState.NOT_MADE,
            PaymentState.REVERSED, PaymentState.RETURNED, PaymentState.CHARGED_BACK);

    private final Model model;
    private final NaiveLedger ledger;
    private final NaiveLives lives;
    private final NaiveBreaks breaks;
    private final NaiveBatches batches;
    private final NaivePayments payments;
    private final NaiveFailures failures;
    private final NaiveStampUse use;
    private final NaiveOfflineStamps offline;
    private final NaiveTakingOver takingOver;
    private final NaiveMoneyEvents events;

    NaiveMoney(final Model model, final NaiveCatalogue catalogue, final NaiveStamps stamps, final NaiveLedger ledger, final NaiveLives lives,
               final NaiveMoneyEvents events) {
        this.model = model;
        this.ledger = ledger;
        this.lives = lives;
        this.events = events;
        this.breaks = new NaiveBreaks(model, catalogue, events);
        this.batches = new NaiveBatches(model, catalogue, ledger, breaks, events);
        this.payments = new NaivePayments(model, catalogue, ledger, lives, batches, breaks, events);
        this.failures = new NaiveFailures(model, payments, ledger, lives, batches, breaks, events);
        this.use = new NaiveStampUse(model, catalogue, payments, stamps, ledger, lives, batches, events);
        this.takingOver = new NaiveTakingOver(model, catalogue, payments, stamps, events);
        this.offline = new NaiveOfflineStamps(model, catalogue, use, breaks);
    }

    Answer recordConsumption(final Command.RecordConsumption c) {
        return offline.consume(c);
    }

    Answer dispatch(final Command.Money command) {
        Refusal.when(model.coreVersion < 3, CORE_VERSION_UNSUPPORTED);
        if (command instanceof Command.StartPayment c) {
            return payments.start(c);
        } else if (command instanceof Command.RecordCounterReceipt c) {
            return payments.counterReceipt(c);
        } else if (command instanceof Command.RecordApproval c) {
            return payments.approval(c);
        } else if (command instanceof Command.AllocatePayment c) {
            return payments.allocate(c);
        } else if (command instanceof Command.RecordFailure c) {
            return failures.failure(c);
        } else if (command instanceof Command.MarkInDoubt c) {
            return failures.markInDoubt(c);
        } else if (command instanceof Command.AskPerson c) {
            return failures.askPerson(c);
        } else if (command instanceof Command.RecordChargeBack c) {
            return failures.chargeBack(c);
        } else if (command instanceof Command.ConsumeStamp c) {
            return use.consume(c);
        } else if (command instanceof Command.ReuseStamp c) {
            return use.reuse(c);
        } else if (command instanceof Command.Propose c) {
            return use.propose(c);
        } else if (command instanceof Command.Decide c) {
            return use.decide(c);
        } else if (command instanceof Command.RecordRefund c) {
            return use.refund(c);
        }
        return settlement(command);
    }

    private Answer settlement(final Command.Money command) {
        if (command instanceof Command.DefineTerminal c) {
            return batches.defineTerminal(c);
        } else if (command instanceof Command.CloseBatch c) {
            return batches.close(c);
        } else if (command instanceof Command.RecordSettlement c) {
            return batches.settle(c);
        } else if (command instanceof Command.RecordReturnSettlement c) {
            return batches.settleReturn(c);
        } else if (command instanceof Command.OpenBreak c) {
            return breaks.openBreak(c);
        } else if (command instanceof Command.AssignBreak c) {
            return breaks.assign(c);
        } else if (command instanceof Command.ResolveBreak c) {
            return breaks.resolve(c);
        } else if (command instanceof Command.ImportStamps c) {
            return takingOver.stamps(c);
        } else if (command instanceof Command.SetStampRules c) {
            return setRules(c);
        }
        throw new IllegalArgumentException(command.toString());
    }

    private Answer setRules(final Command.SetStampRules c) {
        final Command.StampRules r = c.rules();
        rule(r.pendingMs(), 10 * SECOND, DAY);
        rule(r.lapseMs(), HOUR, 1_826 * DAY);
        rule(r.validityMs(), DAY, 7_305 * DAY);
        rule(r.maxPayments(), Math.max(1, model.money.payments.size()), 100_000_000);
        rule(r.maxBreaks(), Math.max(1, model.money.breaks.size()), 10_000_000);

        model.money.rules = r;
        model.money.rulesSet = true;
        events.stampRulesSet(r);
        return Answer.DONE;
    }

    private static void rule(final long value, final long least, final long most) {
        Refusal.when(value < least || value > most, RULES_INVALID);
    }

    /** The last of a command: what moved, then what does not agree. */
    void tell() {
        ledger.tell();
        breaks.tell();
    }

    /** @param most that a Tick may still do */
    void tick(final int most) {
        if (model.coreVersion < 3) {
            return;
        }
        int left = most;
        while (left > 0 && !model.money.pendings.isEmpty() && model.money.pendings.first().atMs() <= model.nowMs) {
            failures.doubt(model.money.payments.get(model.money.pendings.first().number()));
            left--;
        }
        for (int looked = 0; left > 0 && looked < LOOKED_AT && lapseDueMs() <= model.nowMs; looked++) {
            final Model.Stamp stamp = lapseNext();
            left -= stamp != null && stamp.state == StampState.ISSUED && age(stamp) ? 1 : 0;
        }
        for (int looked = 0; left > 0 && looked < LOOKED_AT && forfeitDueMs() <= model.nowMs; looked++) {
            final Model.Stamp stamp = forfeitNext();
            left -= stamp != null && stamp.state == StampState.PAID && age(stamp) ? 1 : 0;
        }
    }

    private boolean age(final Model.Stamp stamp) {
        final boolean aged = lives.age(stamp);
        if (aged && model.stamps.headMap(stamp.id).values().stream().anyMatch(other -> other.issuedMs > stamp.issuedMs)) {
            model.money.takenOver.merge(stamp.state + " before older numbers", 1, Integer::sum);
        }
        lives.tell(0);
        ledger.tell();
        return aged;
    }

    long nextDueMs() {
        if (model.coreVersion < 3) {
            return Long.MAX_VALUE;
        }
        final long pending = model.money.pendings.isEmpty() ? Long.MAX_VALUE : model.money.pendings.first().atMs();
        return Math.min(pending, Math.min(lapseDueMs(), forfeitDueMs()));
    }

    /** The next one to be looked at, null when it is gone; it is looked at now. */
    private Model.Stamp lapseNext() {
        if (isEarlierFirst(model.money.earlierLapses, model.money.lapseAt)) {
            return model.stamps.get(model.money.earlierLapses.pollFirst().number());
        }
        final Model.Stamp stamp = model.stamps.ceilingEntry(model.money.lapseAt).getValue();
        model.money.lapseAt = stamp.id + 1;
        return stamp;
    }

    private Model.Stamp forfeitNext() {
        if (isEarlierFirst(model.money.earlierValidities, model.money.forfeitAt)) {
            return model.stamps.get(model.money.earlierValidities.pollFirst().number());
        }
        final Model.Stamp stamp = model.stamps.ceilingEntry(model.money.forfeitAt).getValue();
        model.money.forfeitAt = stamp.id + 1;
        return stamp;
    }

    /** Stamps that were taken over are older than those of lower numbers: they have an order of their own. */
    private boolean isEarlierFirst(final TreeSet<Model.Due> earlier, final long at) {
        final Map.Entry<Long, Model.Stamp> first = model.stamps.ceilingEntry(at);
        return !earlier.isEmpty() && (first == null || earlier.first().atMs() <= first.getValue().issuedMs);
    }

    private long lapseDueMs() {
        return oldestMs(model.money.earlierLapses, model.money.lapseAt, model.money.rules.lapseMs());
    }

    private long forfeitDueMs() {
        return oldestMs(model.money.earlierValidities, model.money.forfeitAt, model.money.rules.validityMs());
    }

    private long oldestMs(final TreeSet<Model.Due> earlier, final long at, final long age) {
        final Map.Entry<Long, Model.Stamp> first = model.stamps.ceilingEntry(at);
        final long oldest = Math.min(first == null ? Long.MAX_VALUE : first.getValue().issuedMs, earlier.isEmpty() ? Long.MAX_VALUE : earlier.first().atMs());
        return oldest == Long.MAX_VALUE ? oldest : oldest + age;
    }

    static boolean mayRetire(final Model model, final Model.Application application) {
        return model.coreVersion < 3 || application.lines.stream().allMatch(line -> line.stamps.stream().allMatch(stamp -> ENDED.contains(stamp.state)))
                && model.money.of(application).stream().allMatch(NaiveMoney::isOver)
                && model.money.returns.values().stream().noneMatch(one -> one.payment.application == application && one.isDue());
    }

    private static boolean isOver(final MoneyModel.Payment payment) {
        final boolean arrived = payment.settled
                || payment.batch != null && (payment.means != PaymentMeans.ONLINE || payment.batch.state == BatchState.SETTLED);
        return OVER.contains(payment.state) || payment.state == PaymentState.APPROVED && arrived;
    }

    static void retire(final Model model, final Model.Application application) {
        for (final MoneyModel.Payment payment : model.money.of(application)) {
            model.money.payments.remove(payment.id);
            model.money.transactions.values().remove(payment);
        }
    }
}
