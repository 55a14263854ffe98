package org.mawid.api.terminal;

import java.util.UUID;

/**
 * What a terminal's answer comes to, as a command to the core. The same step of the same payment has the same request id in every life of the
 * adapter, so that it may be said again after a crash. No field has anything of a card but scheme and last four digits.
 */
public sealed interface TillCommand {
    /** High half of every request id: the adapter's. */
    long REQUEST_SPACE = 0x4d61_7769_6445_5054L;

    long paymentId();

    /** 1 to 15: never given to anything else, since request ids are kept in the log. */
    int step();

    /** By (payment, step) alone. */
    default UUID requestId() {
        return new UUID(REQUEST_SPACE, paymentId() << 4 | step());
    }

    /** Whether the adapter has nothing more to do about the payment. */
    default boolean isLast() {
        return true;
    }

    /**
     * Charged exactly what was asked.
     *
     * @param scheme            brand of the card, at most 24 characters; may be empty
     * @param lastFour          of the card's number; may be empty
     * @param authorisationCode at most 12 characters; may be empty
     * @param transactionRef    the terminal's number of the transaction, at most 64 characters; the till's own when it could not be kept
     */
    record RecordApproval(long paymentId, long amountMinor, String currency, String scheme, String lastFour, String authorisationCode,
            String transactionRef) implements TillCommand {
        @Override
        public int step() {
            return 1;
        }
    }

    /** @param reason words of ours, at most 64 characters */
    record RecordFailure(long paymentId, Failure failure, String reason) implements TillCommand {
        @Override
        public int step() {
            return failure.step;
        }
    }

    /** Nobody knows yet whether the card was charged. */
    record MarkInDoubt(long paymentId) implements TillCommand {
        @Override
        public int step() {
            return 6;
        }

        @Override
        public boolean isLast() {
            return false;
        }
    }

    /** The terminal cannot tell, or contradicts itself. @param why words of ours, at most 64 characters */
    record AskPerson(long paymentId, String why) implements TillCommand {
        @Override
        public int step() {
            return 7;
        }
    }

    /** No money was taken, or it was given back. */
    enum Failure {
        /** Bank or terminal refused. */
        DECLINED(2),
        /** Customer or officer broke it off. */
        CANCELLED(3),
        /** Charged, and given back. */
        REVERSED(4),
        /** The terminal was not asked, or knows nothing of it. */
        NEVER_HAPPENED(5);

        private final int step;

        Failure(final int step) {
            this.step = step;
        }
    }
}
