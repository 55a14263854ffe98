package org.mawid.api.treasury.port;

import io.vertx.core.Future;
import java.util.List;

/**
 * The ledger as the adapter sees it. All that the adapter has to do is derived from the log through this port, nothing is remembered in memory only: after a crash, or a
 * day without a treasury, the same questions give the same work. Any thread; answers may come on another.
 */
public interface PaymentPort {
    /** @param reference the payment's public reference @return null when it is none of ours */
    OnlinePayment find(String reference);

    /**
     * Online payments that wait for the treasury: {@code PENDING} and {@code IN_DOUBT}.
     *
     * @param after the number behind which to begin, 0 at first
     * @param limit at most so many, 1 to 10 000
     * @return by number, rising
     */
    List<OnlinePayment> pending(long after, int limit);

    /** Tells the core. Completes when the command is durable and answered; never fails: what stands in the way is {@link Told#UNAVAILABLE}. */
    Future<Told> tell(TreasuryCommand command);

    /** What the core made of a command. */
    enum Told {
        /** Done now. */
        DONE,
        /** Done before: nothing changed. */
        REPEATED,
        /** The state does not allow it; telling it again would be refused again. */
        REFUSED,
        /** Not told, or nobody knows: the same again later. */
        UNAVAILABLE;

        /** Whether the core has it now. */
        public boolean isKept() {
            return this == DONE || this == REPEATED;
        }
    }
}
