package org.mawid.engine.twin;

import static org.mawid.sbe.Result.ALREADY_PROPOSED;
import static org.mawid.sbe.Result.AMOUNT_DIFFERS;
import static org.mawid.sbe.Result.APPLICATION_UNKNOWN;
import static org.mawid.sbe.Result.CURRENCY_MISMATCH;
import static org.mawid.sbe.Result.FORBIDDEN;
import static org.mawid.sbe.Result.LINE_STATE;
import static org.mawid.sbe.Result.LINE_UNKNOWN;
import static org.mawid.sbe.Result.NOT_PROPOSED;
import static org.mawid.sbe.Result.NOT_TODAY;
import static org.mawid.sbe.Result.NOT_VALIDATED;
import static org.mawid.sbe.Result.SECOND_PERSON_NEEDED;
import static org.mawid.sbe.Result.STAMP_ALREADY_CONSUMED;
import static org.mawid.sbe.Result.STAMP_ALREADY_ISSUED;
import static org.mawid.sbe.Result.STAMP_DOES_NOT_FIT;
import static org.mawid.sbe.Result.STAMP_STATE;
import static org.mawid.sbe.Result.STAMP_UNKNOWN;

import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.Account;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.StampState;

/** Stamps that were paid: used, used again for another line, given back, and what takes two persons. */
final class NaiveStampUse {
    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaivePayments payments;
    private final NaiveStamps stamps;
    private final NaiveLedger ledger;
    private final NaiveLives lives;
    private final NaiveBatches batches;
    private final NaiveMoneyEvents events;

    NaiveStampUse(final Model model, final NaiveCatalogue catalogue, final NaivePayments payments, final NaiveStamps stamps, final NaiveLedger ledger,
                  final NaiveLives lives, final NaiveBatches batches, final NaiveMoneyEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.payments = payments;
        this.stamps = stamps;
        this.ledger = ledger;
        this.lives = lives;
        this.batches = batches;
        this.events = events;
    }

    Answer consume(final Command.ConsumeStamp c) {
        final Model.Stamp stamp = stamp(c.stampId());
        Refusal.when(stamp.application.id != c.applicationId(), STAMP_UNKNOWN);
        final Model.Post at = catalogue.post(c.postId());
        Refusal.when(isFar(c.epochDay()), NOT_TODAY);
        Refusal.when(stamp.line != c.line(), LINE_UNKNOWN);
        Refusal.when(stamp.isUsed(), STAMP_ALREADY_CONSUMED, stamp.consumedMs, stamp.consumedPost);
        Refusal.when(!isWorth(stamp), STAMP_STATE);
        Refusal.when(!isForAct(stamp), LINE_STATE);

        return use(stamp, at, c.epochDay());
    }

    static boolean isWorth(final Model.Stamp stamp) {
        return stamp.state == StampState.PAID || stamp.state == StampState.WAIVED;
    }

    static boolean isForAct(final Model.Stamp stamp) {
        return stamp.ofLine().state == LineState.VALIDATED || stamp.ofLine().state == LineState.FULFILLED;
    }

    Answer use(final Model.Stamp stamp, final Model.Post at, final int epochDay) {
        stamp.consumedMs = model.nowMs;
        stamp.consumedPost = at.id;
        stamp.consumedDay = epochDay;
        touch(stamp);
        if (stamp.state == StampState.WAIVED) {
            lives.become(stamp, StampState.WAIVED);
        } else {
            lives.become(stamp, StampState.CONSUMED);
            ledger.memo(stamp, Account.PAID_CONSUMED, Account.PAID_HELD);
            if (at == stamp.post) {
                ledger.move(stamp, Account.HELD, Account.EARNED);
            } else {
                ledger.consumeAt(stamp, at);
            }
        }
        lives.tell(0, epochDay, at.id);
        return Answer.done(stamp.amountCentimes, 0, 0);
    }

    private void unconsume(final Model.Stamp stamp) {
        final Model.Post at = model.posts.get(stamp.consumedPost);
        stamp.consumedMs = 0;
        stamp.consumedPost = 0;
        stamp.consumedDay = 0;
        if (stamp.state == StampState.WAIVED) {
            lives.become(stamp, StampState.WAIVED);
            return;
        }
        lives.become(stamp, StampState.PAID);
        ledger.memo(stamp, Account.PAID_HELD, Account.PAID_CONSUMED);
        if (at == stamp.post) {
            ledger.move(stamp, Account.EARNED, Account.HELD);
        } else {
            ledger.unconsumeAt(stamp, at);
        }
    }

    Answer reuse(final Command.ReuseStamp c) {
        final Model.Stamp old = stamp(c.stampId());
        Refusal.when(old.state != StampState.PAID, STAMP_STATE);
        final Model.Line oldLine = old.ofLine();
        Refusal.when(oldLine.isOpen() || oldLine.state == LineState.FULFILLED, LINE_STATE);
        final Model.Application application = model.applications.get(c.applicationId());
        Refusal.when(application == null, APPLICATION_UNKNOWN);
        Refusal.when(c.line() >= application.lines.size(), LINE_UNKNOWN);
        final Model.Line line = application.lines.get(c.line());
        Refusal.when(line.state != LineState.VALIDATED, NOT_VALIDATED);
        Refusal.when(line.hasLiveStamp(), STAMP_ALREADY_ISSUED);
        Refusal.when(line.personKey != oldLine.personKey || line.serviceId != oldLine.serviceId || line.quantity != oldLine.quantity,
                STAMP_DOES_NOT_FIT);
        stamps.mayBeSoMany(application, 1);
        payments.mayBeOneMore(application);

        final MoneyModel.Payment from = model.money.payments.get(old.paymentId);
        final Model.Stamp stamp = new Model.Stamp(++model.lastStamp, application, c.line(), old);
        stamps.add(stamp);
        if (model.coreVersion >= 7) {
            model.money.olderThanItsNumber(stamp);
        }
        final MoneyModel.Payment payment = payments.add(application, old.post, from.means);
        payments.takeOver(payment, from, old, stamp);
        payments.touch(from);
        stamps.tell(List.of(stamp));
        events.paymentChanged(from);
        events.paymentStarted(payment);
        payment.state = PaymentState.APPROVED;
        events.paymentChanged(payment);
        lives.giveUpForReuse(old);
        lives.paidMemo(stamp);
        lives.tell(payment.id);
        return Answer.done(stamp.id, 0, 0);
    }

    Answer propose(final Command.Propose c) {
        Refusal.when(c.request().actor() == 0, FORBIDDEN);
        final Model.Stamp stamp = stamp(c.stampId());
        Refusal.when(stamp.matter != null, ALREADY_PROPOSED);
        final boolean used = stamp.state == StampState.CONSUMED || stamp.state == StampState.WAIVED && stamp.isUsed();
        final boolean fits = switch (c.matter()) {
            case REFUND -> stamp.state == StampState.PAID;
            case WAIVER -> stamp.state == StampState.ISSUED;
            default -> used;
        };
        Refusal.when(!fits, STAMP_STATE);
        Refusal.when(c.matter() == StampMatter.CONSUMPTION_REVERSAL && isLate(stamp, c.epochDay()), NOT_TODAY);

        lives.open(stamp);
        stamp.matter = c.matter();
        stamp.proposer = c.request().actor();
        touch(stamp);
        events.stampProposed(stamp, c);
        if (c.matter() == StampMatter.REFUND) {
            lives.become(stamp, StampState.REFUND_REQUESTED);
        }
        lives.tell(paymentOf(stamp, c.matter()));
        return Answer.DONE;
    }

    Answer decide(final Command.Decide c) {
        final long actor = c.request().actor();
        Refusal.when(actor == 0, FORBIDDEN);
        final Model.Stamp stamp = stamp(c.stampId());
        Refusal.when(stamp.matter != c.matter() || stamp.refundApproved, NOT_PROPOSED);
        Refusal.when(actor == stamp.proposer, SECOND_PERSON_NEEDED);
        Refusal.when(c.matter() == StampMatter.REFUND && actor == model.money.payments.get(stamp.paymentId).collector, SECOND_PERSON_NEEDED);
        Refusal.when(c.approved() && c.matter() == StampMatter.CONSUMPTION_REVERSAL && isLate(stamp, c.epochDay()), NOT_TODAY);

        touch(stamp);
        events.stampDecided(stamp, c);
        if (c.matter() == StampMatter.REFUND && c.approved()) {
            stamp.refundApproved = true;
            stamp.proposer = 0;
            ledger.move(stamp, Account.HELD, Account.REFUNDS_PAYABLE);
            return Answer.DONE;
        }
        lives.dropProposal(stamp);
        if (c.matter() == StampMatter.REFUND) {
            lives.become(stamp, StampState.PAID);
        } else if (c.approved() && c.matter() == StampMatter.WAIVER) {
            lives.become(stamp, StampState.WAIVED);
            ledger.memo(stamp, Account.WAIVED, Account.UNPAID);
        } else if (c.approved()) {
            unconsume(stamp);
        }
        lives.age(stamp);
        lives.tell(paymentOf(stamp, c.matter()));
        return Answer.DONE;
    }

    Answer refund(final Command.RecordRefund c) {
        final Model.Stamp stamp = stamp(c.stampId());
        if (stamp.state == StampState.REFUNDED) {
            return Answer.DONE;
        }
        Refusal.when(!stamp.refundApproved, STAMP_STATE);
        Refusal.when(!c.currency().equals(stamp.currency), CURRENCY_MISMATCH);
        Refusal.when(c.amountMinor() != stamp.localMinor, AMOUNT_DIFFERS, stamp.localMinor);

        final MoneyModel.Payment payment = model.money.payments.get(stamp.paymentId);
        payment.receivedMinor -= stamp.localMinor;
        payments.touch(payment);
        batches.undone(payment, stamp.localMinor, stamp.id);
        events.paymentChanged(payment);
        lives.refunded(stamp, NaiveLedger.receivable(payment.means));
        lives.tell(payment.id);
        return Answer.DONE;
    }

    private Model.Stamp stamp(final long id) {
        final Model.Stamp stamp = model.stamps.get(id);
        Refusal.when(stamp == null, STAMP_UNKNOWN);
        return stamp;
    }

    private void touch(final Model.Stamp stamp) {
        stamp.application.lastChangeMs = model.nowMs;
    }

    private static long paymentOf(final Model.Stamp stamp, final StampMatter matter) {
        return matter == StampMatter.REFUND ? stamp.paymentId : 0;
    }

    private boolean isLate(final Model.Stamp stamp, final int epochDay) {
        return stamp.consumedDay != epochDay || isFar(epochDay);
    }

    private boolean isFar(final int epochDay) {
        return Math.abs((long) epochDay - model.today()) > 1;
    }
}
