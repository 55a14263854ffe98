package org.mawid.api.terminal.nexo;

import java.util.List;

/** A message of a terminal, with what the till uses of it. None has a card number in it, so each may be logged. */
public sealed interface Incoming {
    Envelope envelope();

    /** Card numbers that stood where the till reads and were dropped. */
    int droppedCardNumbers();

    record LoginAnswer(Envelope envelope, int droppedCardNumbers, Reply reply) implements Incoming {
    }

    record PaymentAnswer(Envelope envelope, int droppedCardNumbers, PaymentReply payment) implements Incoming {
    }

    record ReversalAnswer(Envelope envelope, int droppedCardNumbers, ReversalReply reversal) implements Incoming {
    }

    /**
     * @param reply    of the question, not of what was asked about
     * @param about    the message that was asked about, null when it was not said
     * @param repeated header of the answer that is given once more, null when there is none
     * @param payment  the answer to a payment, null when it is none
     * @param reversal the answer to a reversal, null when it is none
     */
    record StatusAnswer(Envelope envelope, int droppedCardNumbers, Reply reply, Envelope about, Envelope repeated,
            PaymentReply payment, ReversalReply reversal) implements Incoming {
    }

    /** @param reconciliationId the terminal's number of the period, empty when it gave none */
    record ReconciliationAnswer(Envelope envelope, int droppedCardNumbers, Reply reply, String reconciliationId, List<Totals> totals) implements Incoming {
        public ReconciliationAnswer {
            totals = List.copyOf(totals);
        }
    }

    record DiagnosisAnswer(Envelope envelope, int droppedCardNumbers, Reply reply) implements Incoming {
    }

    /** @param event one of the protocol's words, or {@code Other} */
    record EventNotice(Envelope envelope, int droppedCardNumbers, String event) implements Incoming {
    }

    /** A message that the till has no use for. */
    record OtherMessage(Envelope envelope, int droppedCardNumbers) implements Incoming {
    }
}
