package org.mawid.api.terminal;

import org.mawid.api.terminal.Incident.Kind;
import org.mawid.api.terminal.nexo.Category;
import org.mawid.api.terminal.nexo.Condition;
import org.mawid.api.terminal.nexo.Envelope;
import org.mawid.api.terminal.nexo.Incoming;
import org.mawid.api.terminal.nexo.Incoming.DiagnosisAnswer;
import org.mawid.api.terminal.nexo.Incoming.EventNotice;
import org.mawid.api.terminal.nexo.Incoming.LoginAnswer;
import org.mawid.api.terminal.nexo.Incoming.OtherMessage;
import org.mawid.api.terminal.nexo.Incoming.PaymentAnswer;
import org.mawid.api.terminal.nexo.Incoming.ReconciliationAnswer;
import org.mawid.api.terminal.nexo.Incoming.ReversalAnswer;
import org.mawid.api.terminal.nexo.Incoming.StatusAnswer;
import org.mawid.api.terminal.nexo.Request;

/** Finds what a message answers. Only what answers a request of this till to this terminal, about the very payment, is taken for its answer. */
final class Answers {
    private final TerminalTill till;
    private final Requests requests;
    private final TerminalRegistration terminal;
    private final String saleId;

    Answers(final TerminalTill till, final Requests requests, final TerminalRegistration terminal, final String saleId) {
        this.till = till;
        this.requests = requests;
        this.terminal = terminal;
        this.saleId = saleId;
    }

    void received(final Incoming message, final long nowMs) {
        if (message.droppedCardNumbers() > 0) {
            tell(Kind.CARD_NUMBER_DROPPED, 0, message.envelope().category() + ", " + message.droppedCardNumbers() + " times");
        }
        if (message instanceof EventNotice notice) {
            tell(Kind.TERMINAL_EVENT, 0, notice.event());
        } else if (message instanceof OtherMessage) {
            tell(Kind.OTHER_MESSAGE, 0, "not for a till without display");
        } else if (!isOurs(message.envelope())) {
            tell(Kind.FOREIGN_ANSWER, 0, "for another till or of another terminal");
        } else {
            answer(message, nowMs);
        }
    }

    private boolean isOurs(final Envelope envelope) {
        return envelope.saleId().equals(saleId) && envelope.poiId().equals(terminal.poiId());
    }

    private void answer(final Incoming message, final long nowMs) {
        final Exchange exchange = requests.take(message.envelope().serviceId(), message.envelope().category());
        if (exchange == null) {
            unasked(message, nowMs);
        } else if (message instanceof PaymentAnswer answer) {
            if (Payments.isOther(answer.payment(), exchange.till().payment())) {
                requests.putBack(exchange);
                tell(Kind.OTHER_TRANSACTION, exchange.till().id(), "answer to the payment");
            } else {
                exchange.till().replies().paid(answer.payment(), false, nowMs);
            }
        } else if (message instanceof ReversalAnswer answer) {
            exchange.till().replies().reversed(answer.reversal(), false, nowMs);
        } else if (message instanceof StatusAnswer answer) {
            status(answer, exchange, nowMs);
        } else if (message instanceof ReconciliationAnswer answer) {
            till.closings().answered(answer);
        } else if (message instanceof LoginAnswer answer) {
            login(answer, nowMs);
        } else {
            assert message instanceof DiagnosisAnswer; // whatever it says, the terminal is there
        }
    }

    private void login(final LoginAnswer answer, final long nowMs) {
        if (answer.reply().isSuccess()) {
            till.loggedIn();
        } else {
            tell(Kind.LOGIN_REFUSED, 0, answer.reply().condition().name());
            till.effects().disconnect("login refused");
            till.disconnected(nowMs);
        }
    }

    private void status(final StatusAnswer answer, final Exchange exchange, final long nowMs) {
        final PaymentTill payment = exchange.till();
        final Request.TransactionStatus question = (Request.TransactionStatus) exchange.request();
        if (isAboutAnother(answer, question) || answer.payment() != null && Payments.isOther(answer.payment(), payment.payment())) {
            tell(Kind.OTHER_TRANSACTION, payment.id(), "answer to the status");
            payment.replies().unclear(nowMs);
        } else if (answer.reply().isFailure() && answer.reply().condition() == Condition.NOT_FOUND) {
            payment.replies().unknown(nowMs);
        } else if (answer.reply().isFailure() && answer.reply().condition() == Condition.IN_PROGRESS) {
            if (question.about() == Category.PAYMENT) {
                till.breakOff(payment, nowMs);
            }
            payment.replies().unclear(nowMs);
        } else if (answer.reply().isSuccess() && question.about() == Category.PAYMENT && answer.payment() != null) {
            payment.replies().paid(answer.payment(), true, nowMs);
        } else if (answer.reply().isSuccess() && question.about() == Category.REVERSAL && answer.reversal() != null) {
            payment.replies().reversed(answer.reversal(), true, nowMs);
        } else {
            payment.replies().unclear(nowMs);
        }
    }

    private boolean isAboutAnother(final StatusAnswer answer, final Request.TransactionStatus question) {
        return isAnother(answer.about(), question) || isAnother(answer.repeated(), question);
    }

    /** What the terminal leaves out is as in the question. */
    private boolean isAnother(final Envelope said, final Request.TransactionStatus question) {
        return said != null && (said.category() != question.about() && said.category() != Category.OTHER
                || !said.serviceId().isEmpty() && !said.serviceId().equals(question.aboutServiceId())
                || !said.saleId().isEmpty() && !said.saleId().equals(saleId)
                || !said.poiId().isEmpty() && !said.poiId().equals(terminal.poiId()));
    }

    /** Nobody waits for it now. What it says of a payment may matter all the same. */
    private void unasked(final Incoming message, final long nowMs) {
        final String serviceId = message.envelope().serviceId();
        final PaymentTill payment = till.payment(ServiceIds.paymentId(serviceId));
        final Boolean wasAnswered = requests.wasAnswered(serviceId);
        if (payment != null && payment.stage() == PaymentTill.Stage.UNSENT) {
            tell(Kind.FOREIGN_ANSWER, payment.id(), "to a payment that was not asked for");
        } else if (payment != null && message instanceof PaymentAnswer answer && serviceId.charAt(0) == 'P') {
            if (Payments.isOther(answer.payment(), payment.payment())) {
                tell(Kind.OTHER_TRANSACTION, payment.id(), "late answer to the payment");
            } else {
                late(payment);
                payment.replies().paid(answer.payment(), false, nowMs);
            }
        } else if (payment != null && message instanceof ReversalAnswer answer && serviceId.charAt(0) == 'R') {
            late(payment);
            payment.replies().reversed(answer.reversal(), false, nowMs);
        } else if (wasAnswered == null) {
            tell(Kind.FOREIGN_ANSWER, 0, "to a request that was not made: " + message.envelope().category());
        } else {
            tell(wasAnswered ? Kind.DUPLICATE_ANSWER : Kind.LATE_ANSWER, 0, message.envelope().category().name());
        }
    }

    /** One that is decided says by itself what it makes of it. */
    private void late(final PaymentTill payment) {
        if (payment.stage() != PaymentTill.Stage.DONE) {
            tell(Kind.LATE_ANSWER, payment.id(), "while its status is asked for");
        }
    }

    private void tell(final Kind kind, final long paymentId, final String detail) {
        till.effects().incident(new Incident(terminal.terminalId(), kind, paymentId, detail));
    }
}
