package org.mawid.engine.twin;

import java.util.List;
import java.util.function.Predicate;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;

/** The accountant's day: terminals, batches, statements, breaks, and the rules of it all. */
final class SettlementTraffic {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private final Dice dice;
    private final Model model;

    SettlementTraffic(final Dice dice, final Model model) {
        this.dice = dice;
        this.model = model;
    }

    Command next(final Request request) {
        final int choice = dice.below(100);
        if (choice < 22) {
            return closeBatch(request);
        } else if (choice < 58) {
            return model.coreVersion >= 4 && dice.percent(25) ? settleReturn(request) : settle(request);
        } else if (choice < 72) {
            return openBreak(request);
        } else if (choice < 80) {
            return new Command.AssignBreak(request, aBreak(), dice.below(4));
        } else if (choice < 92) {
            return new Command.ResolveBreak(request, aBreak(), 1 + dice.below(9), dice.below(100));
        }
        return rules(request);
    }

    Command defineTerminal(final Request request) {
        final int post = dice.between(1, WorldCommands.POSTS);
        final long id = post * 10L + dice.below(MoneyTraffic.TERMINALS_OF_A_POST);
        return new Command.DefineTerminal(request, id, dice.percent(94) ? post : dice.between(1, WorldCommands.POSTS), "ept-" + id, dice.percent(92));
    }

    private Command closeBatch(final Request request) {
        final MoneyModel.Batch batch = batch(each -> each.state == BatchState.OPEN);
        if (batch == null) {
            return new Command.CloseBatch(request, 0, 0, 0, 0, 0, model.today(), dice.between(1, WorldCommands.POSTS), PaymentMeans.COUNTER,
                    "EUR");
        }
        final boolean agrees = dice.percent(80);
        return new Command.CloseBatch(request, most(batch.paidMinor + (agrees ? 0 : dice.below(2))), most(batch.undoneMinor), batch.terminalId,
                batch.paidCount, batch.undoneCount + (agrees ? 0 : dice.below(2)), model.today(),
                dice.percent(96) ? batch.post.id : dice.between(1, WorldCommands.POSTS), batch.means,
                dice.percent(97) ? batch.currency : "EUR");
    }

    private Command settle(final Request request) {
        final boolean alone = dice.percent(35);
        final MoneyModel.Payment payment = alone ? payment() : null;
        final MoneyModel.Batch batch = alone ? null : batch(each -> each.state == BatchState.CLOSED);
        if (alone ? payment == null : batch == null) {
            return closeBatch(request);
        }
        final long due = alone ? payment.receivedMinor : batch.dueMinor();
        final String currency = alone ? payment.receivedCurrency : batch.currency;
        final boolean differs = dice.percent(25);
        final long gross = most(due + (differs ? dice.oneOf(-7L, 5L, 1_000L) : 0));
        final long breakId = differs && dice.percent(75) || dice.percent(4) ? aBreak() : 0;
        final long commission = dice.percent(50) ? 0 : dice.below(30);
        final long mad = dice.percent(60) ? 0 : dice.oneOf(gross * 10, gross * 11 - 3, -5L, 12_345L);
        return new Command.RecordSettlement(request, alone ? 0 : batch.id, alone ? payment.id : 0, breakId, gross, commission, most(mad), dice.any(),
                model.today() + 1, dice.percent(96) ? currency : "CHF");
    }

    private Command settleReturn(final Request request) {
        final List<MoneyModel.Return> due = model.money.returns.values().stream().filter(MoneyModel.Return::isDue).toList();
        final MoneyModel.Return one = due.isEmpty() || dice.percent(8) ? dice.of(model.money.returns.values()) : dice.of(due);
        if (one == null) {
            return settle(request);
        }
        final boolean differs = dice.percent(25);
        final long gross = Math.max(0, most(one.amountMinor + (differs ? dice.oneOf(-7L, 5L, 1_000L) : 0)));
        final long mad = dice.percent(60) ? 0 : dice.oneOf(gross * 10, gross * 11 + 3, 12_345L);
        return new Command.RecordReturnSettlement(request, one.id, differs && dice.percent(75) || dice.percent(4) ? aBreak() : 0, gross,
                dice.percent(50) ? 0 : dice.below(30), Math.max(0, most(mad)), dice.any(), model.today() + 1, dice.percent(96) ? one.batch.currency : "CHF");
    }

    private static long most(final long amount) {
        return Math.max(-100 * NaivePayments.MOST_MINOR, Math.min(100 * NaivePayments.MOST_MINOR, amount));
    }

    private Command openBreak(final Request request) {
        final long key = dice.percent(70) ? 1 + dice.below(12) : dice.any() | 1;
        return new Command.OpenBreak(request, key, dice.below(3), dice.below(3), dice.below(1_000), dice.below(1_000), dice.any(),
                dice.percent(95) ? dice.between(0, WorldCommands.POSTS) : 77, dice.oneOf("EUR", "MAD"),
                BreakType.get((short) dice.between(1, 15)));
    }

    private long aBreak() {
        final List<MoneyModel.Break> open = model.money.breaks.values().stream().filter(each -> each.state == BreakState.OPEN).toList();
        if (open.isEmpty() || dice.percent(14)) {
            return dice.upTo(model.money.breaks.size() + 1L);
        }
        return dice.of(open).id;
    }

    /** What lapses, is forfeited or full within hours, and back again. */
    private Command rules(final Request request) {
        final long pendingMs = dice.oneOf(10_000L, 60_000L, 600_000L, HOUR);
        final long lapseMs = dice.oneOf(HOUR, 8 * HOUR, 2 * DAY, 8 * DAY, 180 * DAY);
        final long validityMs = dice.oneOf(DAY, DAY + HOUR, 3 * DAY, 30 * DAY);
        final long payments = model.money.payments.size();
        final long breaks = model.money.breaks.size();
        final long maxPayments = dice.percent(20) ? payments + dice.below(4) : 1_000_000;
        final long maxBreaks = dice.percent(30) ? breaks + dice.below(3) : 100_000;
        return new Command.SetStampRules(request, dice.percent(90) ? new Command.StampRules(pendingMs, lapseMs, validityMs, maxPayments, maxBreaks)
                : dice.oneOf(new Command.StampRules(9_999, lapseMs, validityMs, 9_999, 9_999), new Command.StampRules(pendingMs, HOUR - 1, validityMs, 9_999, 9_999),
                new Command.StampRules(pendingMs, lapseMs, DAY - 1, 9_999, 9_999), new Command.StampRules(pendingMs, lapseMs, validityMs, payments - 1 & 0xFFFF_FFFFL, 9_999),
                new Command.StampRules(pendingMs, lapseMs, validityMs, 9_999, breaks - 1 & 0xFFFF_FFFFL)));
    }

    private MoneyModel.Payment payment() {
        final List<MoneyModel.Payment> fitting = model.money.payments.values().stream().filter(each -> each.means == PaymentMeans.ONLINE
                && each.state == PaymentState.APPROVED && (!each.settled || dice.percent(10))).toList();
        return fitting.isEmpty() || dice.percent(8) ? dice.of(model.money.payments.values()) : dice.of(fitting);
    }

    private MoneyModel.Batch batch(final Predicate<MoneyModel.Batch> wanted) {
        final List<MoneyModel.Batch> fitting = model.money.batches.values().stream().filter(wanted).toList();
        return fitting.isEmpty() || dice.percent(8) ? dice.of(model.money.batches.values()) : dice.of(fitting);
    }
}
