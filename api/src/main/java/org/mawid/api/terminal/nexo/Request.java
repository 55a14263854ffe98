package org.mawid.api.terminal.nexo;

import java.time.Instant;

/** What the till asks a terminal. */
public sealed interface Request {
    Category category();

    /** @param version of this program */
    record Login(Instant now, String version) implements Request {
        @Override
        public Category category() {
            return Category.LOGIN;
        }
    }

    /** @param saleTransaction the till's number of the payment, which comes back with every answer about it */
    record Payment(String saleTransaction, Instant saleTime, long amountMinor) implements Request {
        @Override
        public Category category() {
            return Category.PAYMENT;
        }
    }

    /**
     * @param poiTransaction  the terminal's number of what is reversed; empty when the till was never told, then the till's own must do
     * @param poiTime         the time that goes with it
     * @param saleTransaction the till's number of the payment
     */
    record Reversal(String poiTransaction, String poiTime, String saleTransaction, Instant saleTime, Instant now) implements Request {
        @Override
        public Category category() {
            return Category.REVERSAL;
        }
    }

    /** @param about the message whose answer is asked for again: {@link Category#PAYMENT} or {@link Category#REVERSAL} */
    record TransactionStatus(Category about, String aboutServiceId) implements Request {
        @Override
        public Category category() {
            return Category.TRANSACTION_STATUS;
        }
    }

    /** @param previous ask for the last one once more; false ends the period and begins a new one */
    record Reconciliation(boolean previous) implements Request {
        @Override
        public Category category() {
            return Category.RECONCILIATION;
        }
    }

    /** A terminal does not answer it: the payment that it ends is answered. */
    record Abort(String paymentServiceId) implements Request {
        @Override
        public Category category() {
            return Category.ABORT;
        }
    }

    record Diagnosis() implements Request {
        @Override
        public Category category() {
            return Category.DIAGNOSIS;
        }
    }
}
