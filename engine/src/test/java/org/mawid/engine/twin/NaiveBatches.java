package org.mawid.engine.twin;

import static org.mawid.sbe.Result.ALREADY_SETTLED;
import static org.mawid.sbe.Result.AMOUNT_DIFFERS;
import static org.mawid.sbe.Result.BATCH_STATE;
import static org.mawid.sbe.Result.BATCH_UNKNOWN;
import static org.mawid.sbe.Result.CATALOGUE_CONFLICT;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.CURRENCY_MISMATCH;
import static org.mawid.sbe.Result.OUT_OF_RANGE;
import static org.mawid.sbe.Result.PAYMENT_STATE;
import static org.mawid.sbe.Result.PAYMENT_UNKNOWN;
import static org.mawid.sbe.Result.RATE_UNKNOWN;
import static org.mawid.sbe.Result.RETURN_UNKNOWN;
import static org.mawid.sbe.Result.TERMINAL_UNKNOWN;

import java.math.BigInteger;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.Account;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;

/** Terminals, what was collected day by day, and how it comes to the treasury. */
final class NaiveBatches {
    private static final BigInteger MOST_VALUE = BigInteger.TEN.pow(15);

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveLedger ledger;
    private final NaiveBreaks breaks;
    private final NaiveMoneyEvents events;

    NaiveBatches(final Model model, final NaiveCatalogue catalogue, final NaiveLedger ledger, final NaiveBreaks breaks,
                 final NaiveMoneyEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.breaks = breaks;
        this.events = events;
    }

    Answer defineTerminal(final Command.DefineTerminal c) {
        final Model.Post post = catalogue.post(c.postId());
        final MoneyModel.Terminal known = model.money.terminals.get(c.terminalId());
        Refusal.when(known != null && known.post != post && (known.batch != null || known.paymentId != 0), CATALOGUE_CONFLICT);

        final MoneyModel.Terminal terminal = model.money.terminals.computeIfAbsent(c.terminalId(), MoneyModel.Terminal::new);
        terminal.post = post;
        terminal.code = c.code();
        terminal.enabled = c.enabled();
        events.terminalDefined(terminal);
        return Answer.DONE;
    }

    /** Charged money joins the open batch of its means, if there is one that fits or one can be made. */
    void charged(final MoneyModel.Payment payment, final long amountMinor) {
        final MoneyModel.Batch batch = amountMinor == 0 ? null : openFor(payment);
        payment.batch = batch;
        if (batch == null) {
            loose(payment, amountMinor);
        } else {
            batch.paidMinor += amountMinor;
            batch.paidCount++;
        }
    }

    /** Money that was given back joins what is open now. */
    void undone(final MoneyModel.Payment payment, final long amountMinor, final long stampId) {
        final boolean brought = payment.settled || payment.batch != null && payment.batch.state == BatchState.SETTLED;
        final MoneyModel.Batch batch = amountMinor == 0 ? null : openFor(payment);
        if (batch == null) {
            loose(payment, -amountMinor);
        } else {
            batch.undoneMinor += amountMinor;
            batch.undoneCount++;
            if (model.coreVersion >= 4 && payment.means == PaymentMeans.ONLINE && brought) {
                final MoneyModel.Return one = new MoneyModel.Return(model.money.returns.size() + 1L, payment, stampId, batch, amountMinor, model.nowMs);
                model.money.returns.put(one.id, one);
                events.returnOpened(one);
            }
        }
    }

    private void loose(final MoneyModel.Payment payment, final long amountMinor) {
        model.money.loose.merge(new MoneyModel.Loose(new MoneyModel.BookKey(payment.post.id, payment.receivedCurrency), payment.means), amountMinor,
                Long::sum);
    }

    /** @return null when none fits */
    private MoneyModel.Batch openFor(final MoneyModel.Payment payment) {
        final String currency = payment.receivedCurrency;
        if (payment.means == PaymentMeans.TERMINAL) {
            final MoneyModel.Terminal terminal = model.money.terminals.get(payment.terminalId);
            if (terminal.batch == null && terminal.post == payment.post && payment.post.currency.equals(currency)) {
                terminal.batch = add(payment, currency);
            }
            final boolean fits = terminal.batch != null && terminal.batch.post == payment.post && terminal.batch.currency.equals(currency);
            return fits ? terminal.batch : null;
        }
        final MoneyModel.Book book = ledger.book(payment.post, currency);
        if (payment.means == PaymentMeans.ONLINE) {
            book.onlineBatch = book.onlineBatch == null ? add(payment, currency) : book.onlineBatch;
            return book.onlineBatch;
        }
        if (payment.means == PaymentMeans.EARLIER) {
            book.earlierBatch = book.earlierBatch == null ? add(payment, currency) : book.earlierBatch;
            return book.earlierBatch;
        }
        book.counterBatch = book.counterBatch == null ? add(payment, currency) : book.counterBatch;
        return book.counterBatch;
    }

    private MoneyModel.Batch add(final MoneyModel.Payment payment, final String currency) {
        final MoneyModel.Batch batch = new MoneyModel.Batch(model.money.batches.size() + 1L, payment.post, payment.means, payment.terminalId, currency);
        model.money.batches.put(batch.id, batch);
        return batch;
    }

    Answer close(final Command.CloseBatch c) {
        Refusal.when(c.means() == PaymentMeans.EARLIER && model.coreVersion < 6, CORE_VERSION_UNSUPPORTED);
        final Model.Post post = catalogue.post(c.postId());
        final MoneyModel.Terminal terminal = model.money.terminals.get(c.terminalId());
        if (c.means() == PaymentMeans.TERMINAL) {
            Refusal.when(terminal == null || terminal.post != post, TERMINAL_UNKNOWN);
        }
        final MoneyModel.Book book = model.money.books.get(new MoneyModel.BookKey(post.id, c.currency()));
        final MoneyModel.Batch batch = switch (c.means()) {
            case TERMINAL -> terminal.batch;
            case ONLINE -> book == null ? null : book.onlineBatch;
            case EARLIER -> book == null ? null : book.earlierBatch;
            default -> book == null ? null : book.counterBatch;
        };
        Refusal.when(batch == null || !batch.currency.equals(c.currency()), BATCH_UNKNOWN);

        switch (c.means()) {
            case TERMINAL -> terminal.batch = null;
            case ONLINE -> book.onlineBatch = null;
            case EARLIER -> book.earlierBatch = null;
            default -> book.counterBatch = null;
        }
        final long open = batch.dueMinor();
        batch.state = open == 0 && !model.money.hasDueReturns(batch) ? BatchState.SETTLED : BatchState.CLOSED;
        batch.epochDay = c.epochDay();
        batch.closedMs = model.nowMs;
        events.batchClosed(batch, c);
        ledger.debit(batch.post, batch.currency, Account.SETTLEMENT_UNDER_WAY, open);
        ledger.credit(batch.post, batch.currency, NaiveLedger.receivable(batch.means), open);
        final long ours = batch.paidMinor - batch.undoneMinor;
        final boolean agrees = c.paidMinor() == batch.paidMinor && c.undoneMinor() == batch.undoneMinor && c.paidCount() == batch.paidCount
                && c.undoneCount() == batch.undoneCount;
        if (!agrees) {
            breaks.ofBatch(BreakType.TERMINAL_TOTALS_DIFFER, batch, ours, c.paidMinor() - c.undoneMinor());
        }
        return Answer.done(batch.id, ours, agrees ? 1 : 0);
    }

    Answer settle(final Command.RecordSettlement c) {
        final MoneyModel.Payment payment = c.paymentId() == 0 ? null : singly(c.paymentId());
        final MoneyModel.Batch batch = payment == null ? whole(c.batchId()) : payment.batch;
        if (c.breakId() != 0) {
            breaks.open(c.breakId());
        }
        final Model.Post post = payment == null ? batch.post : payment.post;
        final String currency = payment == null ? batch.currency : payment.receivedCurrency;
        final long due = payment == null ? batch.dueMinor() : payment.receivedMinor;
        Refusal.when(!c.currency().equals(currency), CURRENCY_MISMATCH);
        Refusal.when(c.breakId() == 0 && c.grossMinor() != due, AMOUNT_DIFFERS, due);
        final long net = c.grossMinor() - c.commissionMinor();
        final BigInteger value = c.madNetCentimes() == 0 ? BigInteger.ZERO : value(net, post);
        Refusal.when(value.abs().compareTo(MOST_VALUE) > 0, OUT_OF_RANGE);

        final boolean underWay = batch != null && batch.state == BatchState.CLOSED;
        final Account source = underWay ? Account.SETTLEMENT_UNDER_WAY : NaiveLedger.receivable(payment.means);
        post(c, post, due, value.longValueExact(), source);
        if (payment != null) {
            payment.settled = true;
            payment.settledBy = c.entryHash();
            if (batch != null) {
                batch.settledMinor += due;
            } else {
                loose(payment, -due);
            }
        }
        if (payment == null) {
            batch.settledBy = c.entryHash();
        }
        if (underWay && (payment == null || batch.dueMinor() == 0 && !model.money.hasDueReturns(batch))) {
            batch.state = BatchState.SETTLED;
        }
        events.batchSettled(post.id, c);
        return Answer.DONE;
    }

    Answer settleReturn(final Command.RecordReturnSettlement c) {
        Refusal.when(model.coreVersion < 4, CORE_VERSION_UNSUPPORTED);
        final MoneyModel.Return one = model.money.returns.get(c.returnId());
        Refusal.when(one == null, RETURN_UNKNOWN);
        Refusal.when(!one.isDue(), ALREADY_SETTLED);
        if (c.breakId() != 0) {
            breaks.open(c.breakId());
        }
        final MoneyModel.Batch batch = one.batch;
        Refusal.when(!c.currency().equals(batch.currency), CURRENCY_MISMATCH);
        Refusal.when(c.breakId() == 0 && c.grossMinor() != one.amountMinor, AMOUNT_DIFFERS, one.amountMinor);
        final long left = c.grossMinor() + c.commissionMinor();
        final BigInteger value = c.madNetCentimes() == 0 ? BigInteger.ZERO : value(left, batch.post);
        Refusal.when(value.compareTo(MOST_VALUE) > 0, OUT_OF_RANGE);

        events.returnSettled(one, c);
        final boolean underWay = batch.state == BatchState.CLOSED;
        ledger.credit(batch.post, batch.currency, c.madNetCentimes() == 0 ? Account.TREASURY : Account.CONVERSION, left);
        ledger.debit(batch.post, batch.currency, Account.ACQUIRER_COMMISSION, c.commissionMinor());
        ledger.debit(batch.post, batch.currency, Account.SUSPENSE, c.grossMinor() - one.amountMinor);
        ledger.debit(batch.post, batch.currency, underWay ? Account.SETTLEMENT_UNDER_WAY : Account.ONLINE_RECEIVABLE, one.amountMinor);
        if (c.madNetCentimes() != 0) {
            ledger.credit(batch.post, "MAD", Account.TREASURY, c.madNetCentimes());
            ledger.credit(batch.post, "MAD", Account.FX_DIFFERENCE, value.longValueExact() - c.madNetCentimes());
            ledger.debit(batch.post, "MAD", Account.CONVERSION, value.longValueExact());
        }
        one.settledAlone = true;
        one.settledBy = c.entryHash();
        batch.settledMinor -= one.amountMinor;
        if (underWay && batch.dueMinor() == 0 && !model.money.hasDueReturns(batch)) {
            batch.state = BatchState.SETTLED;
        }
        return Answer.DONE;
    }

    private MoneyModel.Batch whole(final long id) {
        final MoneyModel.Batch batch = model.money.batches.get(id);
        Refusal.when(batch == null, BATCH_UNKNOWN);
        Refusal.when(batch.state == BatchState.OPEN, BATCH_STATE);
        Refusal.when(batch.state == BatchState.SETTLED, ALREADY_SETTLED);
        return batch;
    }

    private MoneyModel.Payment singly(final long id) {
        final MoneyModel.Payment payment = model.money.payments.get(id);
        Refusal.when(payment == null, PAYMENT_UNKNOWN);
        final boolean alone = payment.means == PaymentMeans.ONLINE || payment.batch == null;
        Refusal.when(!alone || payment.state != PaymentState.APPROVED, PAYMENT_STATE, payment.state.value());
        Refusal.when(payment.settled, ALREADY_SETTLED);
        Refusal.when(payment.batch != null && payment.batch.state == BatchState.SETTLED, ALREADY_SETTLED);
        return payment;
    }

    private void post(final Command.RecordSettlement c, final Model.Post post, final long due, final long value, final Account source) {
        final String currency = c.currency();
        final long net = c.grossMinor() - c.commissionMinor();
        final long difference = c.grossMinor() - due;
        ledger.debit(post, currency, c.madNetCentimes() == 0 ? Account.TREASURY : Account.CONVERSION, net);
        ledger.debit(post, currency, Account.ACQUIRER_COMMISSION, c.commissionMinor());
        ledger.credit(post, currency, Account.SUSPENSE, difference);
        ledger.credit(post, currency, source, due);
        if (c.madNetCentimes() != 0) {
            ledger.debit(post, "MAD", Account.TREASURY, c.madNetCentimes());
            ledger.debit(post, "MAD", Account.FX_DIFFERENCE, value - c.madNetCentimes());
            ledger.credit(post, "MAD", Account.CONVERSION, value);
        }
    }

    /** Centimes at the post's present rate, half up, away from zero. */
    private static BigInteger value(final long minor, final Model.Post post) {
        Refusal.when(post.microMadPerUnit == 0, RATE_UNKNOWN);
        final BigInteger step = BigInteger.TEN.pow(post.minorDigits + 4);
        final BigInteger twice = BigInteger.valueOf(Math.abs(minor)).multiply(BigInteger.valueOf(post.microMadPerUnit)).shiftLeft(1).add(step);
        final BigInteger value = twice.divide(step.shiftLeft(1));
        return minor < 0 ? value.negate() : value;
    }
}
