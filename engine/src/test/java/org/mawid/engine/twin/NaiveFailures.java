package org.mawid.engine.twin;

import static org.mawid.sbe.Result.AMOUNT_DIFFERS;
import static org.mawid.sbe.Result.CURRENCY_MISMATCH;
import static org.mawid.sbe.Result.PAYMENT_STATE;

import org.mawid.engine.testkit.Command;
import org.mawid.sbe.Account;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** Payments that come to nothing, that nobody knows about, and money that goes again. */
final class NaiveFailures {
    private final Model model;
    private final NaivePayments payments;
    private final NaiveLedger ledger;
    private final NaiveLives lives;
    private final NaiveBatches batches;
    private final NaiveBreaks breaks;
    private final NaiveMoneyEvents events;

    NaiveFailures(final Model model, final NaivePayments payments, final NaiveLedger ledger, final NaiveLives lives, final NaiveBatches batches,
                  final NaiveBreaks breaks, final NaiveMoneyEvents events) {
        this.model = model;
        this.payments = payments;
        this.ledger = ledger;
        this.lives = lives;
        this.batches = batches;
        this.breaks = breaks;
        this.events = events;
    }

    Answer failure(final Command.RecordFailure c) {
        final MoneyModel.Payment payment = payments.payment(c.paymentId());
        final boolean reversed = c.outcome() == PaymentState.REVERSED;
        if (payment.state == c.outcome() || reversed && payment.state == PaymentState.RETURNED) {
            return answer(payment);
        }
        final boolean awaited = payment.state == PaymentState.PENDING || payment.state == PaymentState.IN_DOUBT;
        final boolean hasMoney = payment.state == PaymentState.APPROVED || payment.state == PaymentState.UNALLOCATED;
        Refusal.when(!awaited && !(hasMoney && reversed), PAYMENT_STATE, payment.state.value());

        payment.reasonCode = c.reasonCode();
        payment.waitsForPerson = false;
        if (awaited) {
            payments.leave(payment);
            change(payment, c.outcome());
            payment.stamps.forEach(lives::goBack);
            payment.stamps.clear();
            lives.tell(payment.id);
        } else if (payment.state == PaymentState.UNALLOCATED) {
            giveBack(payment);
        } else {
            takeAll(payment, PaymentState.REVERSED);
        }
        return answer(payment);
    }

    private void giveBack(final MoneyModel.Payment payment) {
        final long amount = payment.receivedMinor;
        payment.receivedMinor = 0;
        batches.undone(payment, amount, 0);
        change(payment, PaymentState.RETURNED);
        ledger.debit(payment.post, payment.receivedCurrency, Account.UNALLOCATED, amount);
        ledger.credit(payment.post, payment.receivedCurrency, NaiveLedger.receivable(payment.means), amount);
    }

    /** All money of an approved payment goes, whatever has become of its stamps; what was refunded had gone before. */
    private void takeAll(final MoneyModel.Payment payment, final PaymentState state) {
        final Account receivable = NaiveLedger.receivable(payment.means);
        final long amount = payment.receivedMinor;
        payment.receivedMinor = 0;
        batches.undone(payment, amount, 0);
        change(payment, state);
        long used = 0;
        for (final Model.Stamp stamp : payment.stamps) {
            final boolean wasUsed = stamp.state == StampState.CONSUMED || stamp.state == StampState.FORFEITED;
            used += wasUsed ? stamp.localMinor : 0;
            if (stamp.state != StampState.REFUNDED) {
                take(stamp, state, receivable);
            }
        }
        payment.stamps.clear();
        lives.tell(payment.id);
        if (used != 0) {
            breaks.ofPayment(BreakType.MONEY_GONE_AFTER_USE, payment, used, 0, payment.receivedCurrency);
        }
    }

    private void take(final Model.Stamp stamp, final PaymentState state, final Account receivable) {
        if (stamp.state == StampState.CONSUMED) {
            lives.chargeBack(stamp, Account.PAID_CONSUMED, Account.CHARGE_BACK_LOSS, receivable);
        } else if (stamp.state == StampState.FORFEITED) {
            lives.chargeBack(stamp, Account.PAID_FORFEITED, Account.FORFEITED, receivable);
        } else if (stamp.refundApproved) {
            lives.refunded(stamp, receivable);
        } else if (state == PaymentState.REVERSED) {
            lives.unpay(stamp, receivable);
        } else {
            lives.chargeBack(stamp, Account.PAID_HELD, Account.HELD, receivable);
        }
    }

    Answer chargeBack(final Command.RecordChargeBack c) {
        final MoneyModel.Payment payment = payments.payment(c.paymentId());
        if (payment.state == PaymentState.CHARGED_BACK) {
            return answer(payment);
        }
        Refusal.when(payment.state != PaymentState.APPROVED, PAYMENT_STATE, payment.state.value());
        Refusal.when(!c.currency().equals(payment.receivedCurrency), CURRENCY_MISMATCH);
        Refusal.when(c.amountMinor() != payment.receivedMinor, AMOUNT_DIFFERS, payment.receivedMinor);

        takeAll(payment, PaymentState.CHARGED_BACK);
        return answer(payment);
    }

    Answer markInDoubt(final Command.MarkInDoubt c) {
        final MoneyModel.Payment payment = payments.payment(c.paymentId());
        if (payment.state != PaymentState.IN_DOUBT) {
            Refusal.when(payment.state != PaymentState.PENDING, PAYMENT_STATE, payment.state.value());
            doubt(payment);
        }
        return answer(payment);
    }

    /** No answer came. */
    void doubt(final MoneyModel.Payment payment) {
        payments.leave(payment);
        change(payment, PaymentState.IN_DOUBT);
        payment.stamps.forEach(stamp -> lives.become(stamp, StampState.IN_DOUBT));
        lives.tell(payment.id);
    }

    Answer askPerson(final Command.AskPerson c) {
        final MoneyModel.Payment payment = payments.payment(c.paymentId());
        final boolean pending = payment.state == PaymentState.PENDING;
        final boolean waits = pending || payment.state == PaymentState.IN_DOUBT || payment.state == PaymentState.UNALLOCATED;
        Refusal.when(!waits, PAYMENT_STATE, payment.state.value());
        if (payment.waitsForPerson) {
            return answer(payment);
        }

        payment.waitsForPerson = true;
        payment.reasonCode = c.reasonCode();
        if (pending) {
            doubt(payment);
        } else {
            change(payment, payment.state);
        }
        if (payment.state == PaymentState.IN_DOUBT) {
            breaks.ofPayment(BreakType.PAYMENT_IN_DOUBT, payment, payment.amountMinor, 0, payment.currency);
        }
        return answer(payment);
    }

    private void change(final MoneyModel.Payment payment, final PaymentState state) {
        payment.state = state;
        payments.touch(payment);
        events.paymentChanged(payment);
    }

    private static Answer answer(final MoneyModel.Payment payment) {
        return Answer.done(payment.id, payment.state.value(), 0);
    }
}
