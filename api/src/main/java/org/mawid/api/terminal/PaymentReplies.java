package org.mawid.api.terminal;

import org.mawid.api.terminal.PaymentTill.Stage;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.nexo.Condition;
import org.mawid.api.terminal.nexo.PaymentReply;
import org.mawid.api.terminal.nexo.Reply;
import org.mawid.api.terminal.nexo.ReversalReply;

/** What a terminal's answers about one payment come to: what it is decided as, or what is asked next. No clock, no thread, no I/O. */
final class PaymentReplies {
    private final PaymentTill till;
    /** Whether a reversal, of this life or an earlier one, may have succeeded without our knowing. */
    private boolean isReversalPossible;
    private PaymentReply charge;

    PaymentReplies(final PaymentTill till) {
        this.till = till;
    }

    /** One was sent, or an earlier life may have sent one. */
    void reversalIsPossible() {
        isReversalPossible = true;
    }

    /** @param repeated it is the answer to a status */
    void paid(final PaymentReply reply, final boolean repeated, final long nowMs) {
        if (till.stage() == Stage.DONE) {
            After.paid(reply, till);
        } else if (reply.reply().isFailure()) {
            failed(reply.reply(), repeated, nowMs);
        } else {
            charged(reply, nowMs);
        }
    }

    private void charged(final PaymentReply reply, final long nowMs) {
        charge = reply;
        if (isReversalPossible) {
            return; // what became of the reversal decides
        }
        if (Payments.isExact(reply, till.payment())) {
            till.finish(Payments.approval(reply, till.payment()));
            return;
        }
        till.effects().incident(Payments.incident(till, Incident.Kind.WRONG_AMOUNT, "charged otherwise than was asked: "
                + (reply.amount().isUsable() ? reply.reply().result() : reply.amount().fault())));
        if (till.stage() == Stage.ASKED) {
            till.doubt(nowMs);
        }
        till.reverse(nowMs, "charged another amount, and not reversed");
    }

    private void failed(final Reply reply, final boolean repeated, final long nowMs) {
        if (isReversalPossible) {
            return;
        }
        final Verdict verdict = Verdict.of(reply, repeated);
        if (verdict.failure() != null && charge == null) {
            till.fail(verdict.failure(), "the terminal says " + reply.condition());
        } else if (till.stage() == Stage.ASKED) {
            till.doubt(nowMs);
        } else if (charge != null) {
            till.reverse(nowMs, "the terminal says charged and not charged");
        } else {
            till.again(nowMs);
        }
    }

    /** The status of what was asked about is that the terminal does not know it. */
    void unknown(final long nowMs) {
        if (!till.questions().isSettled()) {
            till.questions().againWhenSettled();
        } else if (till.stage() == Stage.ASK_REVERSAL) {
            notReversed(nowMs);
        } else if (till.stage() == Stage.ASK_PAYMENT && charge == null) {
            till.fail(Failure.NEVER_HAPPENED, "the terminal does not know it");
        } else if (till.stage() == Stage.ASK_PAYMENT) {
            till.reverse(nowMs, "charged, and then not known");
        }
    }

    /** The status is no answer: another transaction, none, or it goes on. */
    void unclear(final long nowMs) {
        if (till.stage() == Stage.ASK_PAYMENT || till.stage() == Stage.ASK_REVERSAL) {
            till.again(nowMs);
        }
    }

    /** @param repeated it is the answer to a status */
    void reversed(final ReversalReply reply, final boolean repeated, final long nowMs) {
        if (till.stage() == Stage.DONE) {
            After.reversed(reply, till);
        } else if (reply.reply().isSuccess() && Payments.isWhole(reply, charge)) {
            till.fail(Failure.REVERSED, "reversed");
        } else if (!reply.reply().isFailure()) {
            till.person("reversed in part, or another amount");
        } else if (repeated || Verdict.of(reply.reply(), false).failure() != null || reply.reply().condition() == Condition.NOT_FOUND) {
            notReversed(nowMs);
        } else {
            till.askReversal(nowMs);
        }
    }

    private void notReversed(final long nowMs) {
        isReversalPossible = false;
        till.askAgain(Stage.ASK_PAYMENT, nowMs);
    }

    /** What the terminal told of it; null = none. */
    PaymentReply charge() {
        return charge;
    }
}
