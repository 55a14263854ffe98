package org.mawid.api.terminal;

import org.mawid.api.terminal.TillCommand.AskPerson;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.TillCommand.MarkInDoubt;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;
import org.mawid.api.terminal.nexo.Category;
import org.mawid.api.terminal.nexo.PaymentReply;
import org.mawid.api.terminal.nexo.Request;

/**
 * One payment at a terminal, from the request to the last word about it. Inputs are answers, their absence and the time; outputs are requests and
 * commands. No clock, no thread, no I/O.
 *
 * <p>Three rules keep one card charge from two approvals and one payment from two charges. A payment is asked for at most once, and only in the life
 * that was told of it; every other life asks what became of it. A reversal is sent only after the core keeps that the payment is in doubt, so that a
 * later life, which finds it in doubt, asks for the reversal before it believes a charge; and none is sent while an earlier one may have succeeded.
 * What a terminal does not know is believed only when nothing can be under way any more.
 */
final class PaymentTill {
    /** What comes next. */
    enum Stage {
        /** Not asked of the terminal yet. */
        UNSENT,
        /** With the customer. */
        ASKED,
        ASK_PAYMENT,
        REVERSE,
        ASK_REVERSAL,
        DONE
    }

    private final PaymentStarted payment;
    private final TerminalTimes times;
    private final Effects effects;
    private final Questions questions;
    private final Decision decision = new Decision();
    private final PaymentReplies replies = new PaymentReplies(this);
    private Stage stage;
    private boolean isAborted;
    private boolean isReversalSent;
    private long waitUntilMs = Long.MAX_VALUE;
    private long doubtUntilMs = Long.MAX_VALUE;

    private PaymentTill(final PaymentStarted payment, final TerminalTimes times, final Effects effects, final Stage stage) {
        this.payment = payment;
        this.times = times;
        this.effects = effects;
        this.questions = new Questions(times);
        this.stage = stage;
    }

    /** Told in this life: it may be asked for, once. */
    static PaymentTill begun(final PaymentStarted payment, final TerminalTimes times, final Effects effects, final long nowMs) {
        final PaymentTill till = new PaymentTill(payment, times, effects, Stage.UNSENT);
        till.waitUntilMs = nowMs + times.waitMs();
        return till;
    }

    /** Found in the log: nobody knows what an earlier life has asked. */
    static PaymentTill found(final OpenPayments.OpenPayment open, final TerminalTimes times, final Effects effects, final long nowMs) {
        final PaymentTill till = new PaymentTill(open.started(), times, effects, Stage.ASK_REVERSAL);
        till.questions.unsettle(nowMs);
        if (open.inDoubt()) {
            till.decision.doubtIsKept();
            till.replies.reversalIsPossible();
            till.doubtUntilMs = nowMs + times.doubtMs();
        } else {
            till.doubt(nowMs);
        }
        return till;
    }

    /** What is to be sent now, which is then {@link Stage#ASKED} or awaited; null = nothing yet. */
    Request next(final long nowMs) {
        if (nowMs < questions.notBeforeMs()) {
            return null;
        }
        questions.asked(nowMs);
        return switch (stage) {
            case UNSENT -> {
                stage = Stage.ASKED;
                questions.unsettle(nowMs);
                yield Payments.request(payment);
            }
            case ASK_PAYMENT -> new Request.TransactionStatus(Category.PAYMENT, ServiceIds.of(Category.PAYMENT, id()));
            case ASK_REVERSAL -> new Request.TransactionStatus(Category.REVERSAL, ServiceIds.of(Category.REVERSAL, id()));
            case REVERSE -> decision.isDoubtKept() ? reversal(nowMs) : null;
            case ASKED, DONE -> null;
        };
    }

    private Request reversal(final long nowMs) {
        isReversalSent = true;
        replies.reversalIsPossible();
        questions.unsettle(nowMs);
        return Payments.reversal(payment, replies.charge(), nowMs);
    }

    /** Whether the terminal may be told to break it off; from now on it was. */
    boolean abort() {
        final boolean wasAborted = isAborted;
        isAborted = true;
        return !wasAborted;
    }

    /** The officer breaks it off. */
    BreakOff breakOff() {
        if (stage == Stage.UNSENT) {
            fail(Failure.CANCELLED, "broken off before the terminal was asked");
            return BreakOff.NEVER_ASKED;
        }
        return stage == Stage.ASKED ? BreakOff.TOLD : BreakOff.NOT_IN_HAND;
    }

    /** No answer in time to what {@link #next} gave; a payment has been broken off by then. */
    void silent(final long nowMs) {
        switch (stage) {
            case ASKED -> doubt(nowMs);
            case REVERSE -> askReversal(nowMs);
            case ASK_PAYMENT, ASK_REVERSAL -> again(nowMs);
            case UNSENT, DONE -> { }
        }
    }

    /** The connection ended. @param awaited whether an answer was awaited */
    void cut(final long nowMs, final boolean awaited) {
        questions.unsettle(nowMs);
        if (awaited) {
            silent(nowMs);
        }
    }

    /** What time it is. */
    void tick(final long nowMs) {
        if (stage == Stage.UNSENT && nowMs >= waitUntilMs) {
            fail(Failure.NEVER_HAPPENED, "the terminal was not reachable or not free");
        } else if (stage != Stage.DONE && nowMs >= doubtUntilMs) {
            person("no clear answer of the terminal in time");
        }
    }

    void doubt(final long nowMs) {
        doubtUntilMs = nowMs + times.doubtMs();
        effects.record(new MarkInDoubt(id()));
        askAgain(Stage.ASK_PAYMENT, nowMs);
    }

    /** @param whyNot what a person is told when it was tried before */
    void reverse(final long nowMs, final String whyNot) {
        if (isReversalSent) {
            person(whyNot);
        } else {
            askAgain(Stage.REVERSE, nowMs);
        }
    }

    void askReversal(final long nowMs) {
        askAgain(Stage.ASK_REVERSAL, nowMs);
    }

    void askAgain(final Stage next, final long nowMs) {
        stage = next;
        questions.restart(nowMs);
    }

    void again(final long nowMs) {
        if (questions.again(nowMs)) {
            return;
        }
        if (stage == Stage.ASK_REVERSAL) { // a second one would be refused after a first that succeeded, and be taken for a charge that stands
            person("reversed or not: no clear answer");
        } else {
            reverse(nowMs, "not reversed, and no clear answer");
        }
    }

    void fail(final Failure failure, final String reason) {
        finish(new RecordFailure(id(), failure, reason));
    }

    /** The terminal cannot be asked for it at all. */
    void refuse(final String reason) {
        fail(Failure.NEVER_HAPPENED, reason);
    }

    void person(final String why) {
        finish(new AskPerson(id(), why));
    }

    void finish(final TillCommand command) {
        stage = Stage.DONE;
        decision.tell(command);
        effects.record(command);
    }

    /** The core has taken, or refused, what was told. */
    void recorded(final TillCommand command, final TillPort.Recorded answer) {
        if (answer == TillPort.Recorded.REFUSED) {
            effects.incident(Payments.incident(this, Incident.Kind.COMMAND_REFUSED, command.getClass().getSimpleName()));
        }
        decision.recorded(command, answer);
        if (answer == TillPort.Recorded.REFUSED && command instanceof RecordApproval) {
            person("charged, and the approval was refused");
        } else if (answer == TillPort.Recorded.REFUSED && !command.isLast() && stage != Stage.DONE) { // decided already: nothing of it is ours any more
            stage = Stage.DONE;
            decision.isElsewhere();
        }
    }

    /** Nothing more to do, and the core has it: another payment may be asked for. */
    boolean isDone() {
        return stage == Stage.DONE && decision.isLastKept();
    }

    /** When it must be told the time, whatever happens. */
    long deadlineMs() {
        return switch (stage) {
            case UNSENT -> waitUntilMs;
            case DONE -> Long.MAX_VALUE;
            default -> doubtUntilMs;
        };
    }

    /** When {@link #next} will give something, if nothing else happens; {@link Long#MAX_VALUE} = it will not. */
    long nextMs() {
        return switch (stage) {
            case UNSENT, ASK_PAYMENT, ASK_REVERSAL -> questions.notBeforeMs();
            case REVERSE -> decision.isDoubtKept() ? questions.notBeforeMs() : Long.MAX_VALUE;
            case ASKED, DONE -> Long.MAX_VALUE;
        };
    }

    long id() {
        return payment.paymentId();
    }

    PaymentStarted payment() {
        return payment;
    }

    Stage stage() {
        return stage;
    }

    Effects effects() {
        return effects;
    }

    /** What was told last; null when the core had decided by itself. */
    TillCommand last() {
        return decision.last();
    }

    /** What its terminal says of it goes there. */
    PaymentReplies replies() {
        return replies;
    }

    Questions questions() {
        return questions;
    }

    /** The charge that the terminal told; null = none. */
    PaymentReply charge() {
        return replies.charge();
    }
}
