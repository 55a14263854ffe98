package org.mawid.api.treasury.order;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mawid.api.treasury.port.BreakKey;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.DueRefund;
import org.mawid.api.treasury.port.RefundOrder;
import org.mawid.api.treasury.port.RefundPort;
import org.mawid.api.treasury.port.RefundState;
import org.mawid.api.treasury.port.Treasury;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.port.TreasuryException.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the treasury give back what is to be given back, one refund after the other. The list comes from the log and the reference from the stamp, so that a round after a crash, or after an answer that was lost,
 * asks for the same refund again and not for another. What the treasury refuses, or gives back otherwise than was asked, is a break and a person's work. Rounds do not overlap. Any thread.
 */
public final class RefundRound {
    private static final Logger LOG = LoggerFactory.getLogger(RefundRound.class);
    /** As of payments, see {@link PendingRound}. */
    private static final int GIVE_UP_AFTER = 3;
    private static final int MOST_REMEMBERED = 100_000;

    private final RefundPort port;
    private final Treasury treasury;
    /** Only to spare the log the same break every round: after a restart it is told once more, and is the same request. */
    private final Set<Long> openedHere = new HashSet<>();
    private Future<Done> running;

    /**
     * @param asked    refunds that were looked at
     * @param paid     of them, those that were given back and are in the log now
     * @param troubled of them, those that could not be asked for
     */
    public record Done(long asked, long paid, long troubled) {
    }

    public RefundRound(final RefundPort port, final Treasury treasury) {
        this.port = port;
        this.treasury = treasury;
    }

    /** Begins a round, or gives the one that runs. Never fails. */
    public synchronized Future<Done> run() {
        if (running == null || running.isComplete()) {
            final Tally tally = new Tally();
            running = Future.succeededFuture().compose(begun -> port.due()).compose(due -> all(due, tally)).map(all -> tally.done()).otherwise(notNow -> tally.done());
        }
        return running;
    }

    private Future<Void> all(final List<DueRefund> due, final Tally tally) {
        Future<Void> chain = Future.succeededFuture();
        for (final DueRefund refund : due) {
            chain = chain.compose(before -> one(refund, tally));
        }
        return chain;
    }

    private Future<Void> one(final DueRefund refund, final Tally tally) {
        tally.asked++;
        if (tally.failedInARow >= GIVE_UP_AFTER) {
            tally.troubled++;
            return Future.succeededFuture();
        }
        return treasury.refundOf(refund.reference())
                .compose(found -> found.isPresent() ? Future.succeededFuture(found.get()) : treasury.refund(new RefundOrder(refund.reference(), refund.paymentReference(), refund.amount())))
                .compose(state -> {
                    tally.failedInARow = 0;
                    return told(refund, state, tally);
                }).recover(failure -> failed(refund, failure, tally));
    }

    private Future<Void> failed(final DueRefund refund, final Throwable failure, final Tally tally) {
        tally.troubled++;
        if (!(failure instanceof TreasuryException trouble)) {
            LOG.error("a refund could not be looked after", failure);
            return Future.succeededFuture();
        }
        tally.failedInARow += trouble.trouble().mayPass() ? 1 : 0;
        return trouble.trouble() == Trouble.REFUSED ? refused(refund, "the treasury takes no order for " + refund.reference() + " of " + refund.amount(), "") : Future.succeededFuture();
    }

    private Future<Void> told(final DueRefund refund, final RefundState state, final Tally tally) {
        if (!state.amount().equals(refund.amount())) {
            final boolean isOtherCurrency = !state.amount().currency().equals(refund.amount().currency());
            final BreakType type = isOtherCurrency ? BreakType.CURRENCY_DIFFERS : BreakType.AMOUNT_DIFFERS;
            return differs(type, BreakKey.ofRefund(type, refund.reference(), state.amount()), refund, isOtherCurrency ? 0 : state.amount().minor(), "given back are " + state.amount()
                    + ", to be given back were " + refund.amount());
        }
        return switch (state.status()) {
            case ACCEPTED -> Future.succeededFuture();
            case REFUSED -> refused(refund, "the treasury refuses to give back " + refund.amount() + " for " + refund.reference(), state.refund());
            case PAID -> port.tell(new TreasuryCommand.RecordRefund(refund.stamp(), refund.amount(), state.refund())).map(told -> {
                tally.paid += told.isKept() ? 1 : 0;
                return null;
            });
        };
    }

    /** @param name the treasury's of the refund, empty when it has none */
    private Future<Void> refused(final DueRefund refund, final String details, final String name) {
        return differs(BreakType.OTHER, BreakKey.of(BreakType.OTHER, refund.reference(), name, details), refund, 0, details);
    }

    private Future<Void> differs(final BreakType type, final long key, final DueRefund refund, final long theirMinor, final String details) {
        synchronized (openedHere) {
            if (openedHere.contains(key)) {
                return Future.succeededFuture();
            }
        }
        return port.tell(new TreasuryCommand.OpenBreak(type, key, new TreasuryCommand.About(refund.postId(), refund.amount().currency(), -refund.amount().minor(), -theirMinor, refund.payment(), 0), details)).map(told -> {
            synchronized (openedHere) {
                if (openedHere.size() == MOST_REMEMBERED) {
                    openedHere.clear();
                }
                if (told.isKept()) {
                    openedHere.add(key);
                }
            }
            return null;
        });
    }

    /** Of one round. */
    private static final class Tally {
        private long asked;
        private long paid;
        private long troubled;
        private int failedInARow;

        Done done() {
            return new Done(asked, paid, troubled);
        }
    }
}
