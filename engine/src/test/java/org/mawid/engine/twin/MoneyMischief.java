package org.mawid.engine.twin;

import java.util.List;
import java.util.stream.LongStream;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampMatter;

/** Payments and stamps that never were, and fields that no edge lets through. */
final class MoneyMischief {
    private static final int POST = 1;

    private final Dice dice;
    private final Model model;

    MoneyMischief(final Dice dice, final Model model) {
        this.dice = dice;
        this.model = model;
    }

    Command next(final Request request) {
        return dice.percent(40) ? unknown(request) : outOfRange(request);
    }

    private long number(final long last) {
        return dice.oneOf(0L, last + 1, last + 1 + dice.upTo(1_000_000), Long.MAX_VALUE);
    }

    private Command unknown(final Request request) {
        final long payment = number(model.money.lastPayment);
        final long stamp = number(model.lastStamp);
        final long application = number(model.lastApplication);
        final int today = model.today();
        return switch (dice.below(model.coreVersion >= 4 ? 16 : 15)) {
            case 0 -> new Command.StartPayment(request, application, 10, today, POST, PaymentMeans.TERMINAL, List.of(1L));
            case 1 -> new Command.RecordCounterReceipt(request, application, 5, today, POST, "EUR", List.of(1L));
            case 2 -> new Command.RecordApproval(request, payment, 5, "T", "", "", 1, "EUR");
            case 3 -> new Command.RecordFailure(request, payment, 5, PaymentState.DECLINED);
            case 4 -> new Command.MarkInDoubt(request, payment);
            case 5 -> new Command.AskPerson(request, payment, 5);
            case 6 -> new Command.RecordChargeBack(request, payment, 5, "EUR");
            case 7 -> new Command.AllocatePayment(request, payment, 1, List.of(1L));
            case 8 -> new Command.ConsumeStamp(request, stamp, 1, today, POST, 0);
            case 9 -> new Command.ReuseStamp(request, stamp, 1, 0);
            case 10 -> new Command.Propose(request, stamp, 5, today, 5, StampMatter.REFUND);
            case 11 -> new Command.Decide(request, stamp, 5, today, 5, StampMatter.REFUND, true);
            case 12 -> new Command.RecordRefund(request, stamp, 5, "", "EUR");
            case 13 -> new Command.RecordSettlement(request, number(model.money.batches.size()) | 1L << 40, 0, 0, 5, 0, 0, 0, today, "EUR");
            case 15 -> new Command.RecordReturnSettlement(request, number(model.money.returns.size()), 0, 5, 0, 0, 0, today, "EUR");
            default -> new Command.DefineTerminal(request, 10, dice.oneOf(9, 4_095), "nowhere", true);
        };
    }

    private Command outOfRange(final Request request) {
        final int today = model.today();
        final long most = NaivePayments.MOST_MINOR;
        final List<Long> one = List.of(1L);
        final List<Long> bad = dice.oneOf(List.of(), List.of(2L, 2L), List.of(3L, 1L), List.of(-1L), LongStream.range(1, 18).boxed().toList());
        return switch (dice.below(model.coreVersion >= 4 ? 25 : 24)) {
            case 0 -> new Command.StartPayment(request, 1, 10, today, POST, PaymentMeans.TERMINAL, bad);
            case 1 -> new Command.StartPayment(request, 1, dice.oneOf(0L, 65_536L, 4_000_000_000L), today, POST, PaymentMeans.TERMINAL, one);
            case 2 -> new Command.StartPayment(request, 1, dice.oneOf(1L, 70_000L), today, POST, dice.oneOf(PaymentMeans.ONLINE, PaymentMeans.COUNTER), one);
            case 3 -> new Command.StartPayment(request, -1, 10, today, dice.oneOf(0, 4_096), PaymentMeans.TERMINAL, one);
            case 4 -> new Command.RecordCounterReceipt(request, 1, dice.oneOf(0L, -5L, most + 1), today, POST, "EUR", one);
            case 5 -> new Command.RecordCounterReceipt(request, 1, 5, today, POST, dice.oneOf("eur", "E1R", ""), bad);
            case 6 -> new Command.RecordApproval(request, 1, dice.oneOf(0L, most + 1), "T", "", "", 1, "EUR");
            case 7 -> new Command.RecordApproval(request, 1, 5, dice.oneOf("", "two words", "tab\t"), "", "", 1, "EUR");
            case 8 -> new Command.RecordApproval(request, 1, 5, "T", dice.oneOf("a b", "12345678"), "x y", dice.oneOf(10_001, 1), "EUR");
            case 9 -> new Command.RecordFailure(request, dice.oneOf(1L, -1L), 5, dice.oneOf(PaymentState.APPROVED, PaymentState.PENDING, PaymentState.RETURNED));
            case 10 -> new Command.RecordChargeBack(request, 1, dice.oneOf(0L, most + 1), "EUR");
            case 11 -> new Command.AllocatePayment(request, dice.oneOf(1L, -1L), 1, bad);
            case 12 -> new Command.ConsumeStamp(request, 1, 1, today, dice.oneOf(0, 4_096, 1), 16);
            case 13 -> new Command.ReuseStamp(request, 1, 1, dice.oneOf(16, 255));
            case 14 -> new Command.RecordRefund(request, 1, dice.oneOf(-1L, most + 1), "", "EUR");
            case 15 -> new Command.RecordRefund(request, 1, 5, "a b", "EUR");
            case 16 -> new Command.DefineTerminal(request, dice.oneOf(0L, 65_536L), POST, "t", true);
            case 17 -> new Command.DefineTerminal(request, 10, POST, dice.oneOf("", "a b"), true);
            case 18 -> new Command.CloseBatch(request, dice.oneOf(-1L, 100 * most + 1), 0, 10, 0, 0, today, POST, PaymentMeans.TERMINAL, "EUR");
            case 19 -> new Command.CloseBatch(request, 0, 0, dice.oneOf(0L, 65_536L), 0, 0, today, POST, PaymentMeans.TERMINAL, "EUR");
            case 20 -> new Command.CloseBatch(request, 0, 0, 7, 0, 0, today, POST, dice.oneOf(PaymentMeans.ONLINE, PaymentMeans.COUNTER), "EUR");
            case 21 -> new Command.RecordSettlement(request, dice.below(2), 0, dice.oneOf(0L, -1L), dice.oneOf(5L, 100 * most + 1), dice.oneOf(0L, -1L),
                    dice.oneOf(0L, -100 * most - 1), 0, today, "EUR");
            case 22 -> new Command.OpenBreak(request, dice.below(2), 0, dice.oneOf(0L, -1L), 0, 0, 0, dice.oneOf(1, 4_096), dice.oneOf("EUR", "E"), BreakType.OTHER);
            case 24 -> new Command.RecordReturnSettlement(request, dice.oneOf(1L, -1L), dice.oneOf(0L, -1L), dice.oneOf(5L, -1L, 100 * most + 1), dice.oneOf(0L, -1L),
                    dice.oneOf(0L, -1L, 100 * most + 1), 0, today, dice.oneOf("EUR", "eu"));
            default -> new Command.ResolveBreak(request, 1, 0, 5);
        };
    }
}
