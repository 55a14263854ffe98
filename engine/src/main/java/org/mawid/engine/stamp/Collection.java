package org.mawid.engine.stamp;

import org.mawid.engine.catalogue.CoreVersion;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.Account;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;

/**
 * How money comes and goes: payments with the terminal that is busy by them, the batch that they join and the entry in the books of what pays
 * for nothing. What becomes of stamps is the caller's.
 */
public final class Collection {
    private final Payments payments;
    private final Lives lives;
    private final Terminals terminals;
    private final Batches batches;
    private final Movement movement;
    private final Books books;
    private final Returns returns;
    private final CoreVersion coreVersion;
    private final PaymentEvents tell;

    Collection(final Payments payments, final Lives lives, final Terminals terminals, final Batches batches, final Returns returns, final Books books, final Movement movement, final CoreVersion coreVersion,
               final Emitter events) {
        this.books = books;
        this.payments = payments;
        this.lives = lives;
        this.terminals = terminals;
        this.batches = batches;
        this.movement = movement;
        this.returns = returns;
        this.coreVersion = coreVersion;
        this.tell = new PaymentEvents(payments, lives, events);
    }

    /** A payment that is PENDING; its stamps follow by {@link #covers}. */
    public long open(final long application, final int postId, final int means, final int terminal, final int epochDay, final long collector, final int currency, final long nowMs) {
        return payments.open(application, postId, means, terminal, epochDay, collector, currency, nowMs);
    }

    /** It is for this stamp, too. @param before the stamp that was said before, 0 = it is the first */
    public void covers(final long payment, final long stamp, final long before, final long amountMinor, final long amountCentimes) {
        lives.payment(stamp, payment);
        lives.next(stamp, 0);
        if (before == 0) {
            payments.firstStamp(payment, stamp);
        } else {
            lives.next(before, stamp);
        }
        payments.stampCount(payment, payments.stampCount(payment) + 1);
        payments.due(payment, payments.amountMinor(payment) + amountMinor, payments.amountCentimes(payment) + amountCentimes);
    }

    /** Whoever collects is asked now: tells that it was started. @param deadlineMs when it will be in doubt, 0 = nobody is asked */
    public void started(final long payment, final long deadlineMs) {
        if (deadlineMs != 0) {
            payments.await(payment, deadlineMs);
            if (payments.means(payment) == PaymentMeans.TERMINAL.value()) {
                terminals.payment(payments.terminal(payment), payment);
            }
        }
        tell.started(payment, deadlineMs);
    }

    /** Nobody waits for its answer any more. */
    public void answered(final long payment) {
        payments.awaitNoMore(payment);
        final int terminal = payments.terminal(payment);
        if (terminal != 0 && terminals.payment(terminal) == payment) {
            terminals.payment(terminal, 0);
        }
    }

    public void changed(final long payment) {
        tell.changed(payment);
    }

    /** So much was charged, and in this transaction. @param transaction address of its text, as of the others; 0 = there is none @param authorisation 0 = none */
    public void charged(final long payment, final long minor, final int currency, final long transaction, final long authorisation, final long scheme, final int lastFour) {
        payments.receivedMinor(payment, minor);
        payments.receivedCurrency(payment, currency);
        if (transaction != 0) {
            payments.transaction(payment, transaction);
            if (authorisation != 0) {
                Memory.copy(authorisation, payments.authorisationAt(payment), Payments.AUTHORISATION_BYTES);
            }
            Memory.copy(scheme, payments.schemeAt(payment), Payments.SCHEME_BYTES);
            payments.lastFour(payment, lastFour);
        }
        payments.waitsForPerson(payment, false);
        payments.batch(payment, batches.paid(payments.means(payment), payments.terminal(payment), payments.post(payment), currency, minor));
    }

    /** What was charged pays for nothing. */
    public void unallocated(final long payment, final long nowMs) {
        payments.state(payment, PaymentState.UNALLOCATED, nowMs);
        movement.debit(payments.post(payment), payments.receivedCurrency(payment), Postings.receivable(payments.means(payment)), payments.receivedMinor(payment));
        movement.credit(payments.post(payment), payments.receivedCurrency(payment), Account.UNALLOCATED.value(), payments.receivedMinor(payment));
    }

    /** Money that paid for nothing was given back. */
    public void returned(final long payment, final long nowMs) {
        movement.debit(payments.post(payment), payments.receivedCurrency(payment), Account.UNALLOCATED.value(), payments.receivedMinor(payment));
        movement.credit(payments.post(payment), payments.receivedCurrency(payment), Postings.receivable(payments.means(payment)), payments.receivedMinor(payment));
        undone(payment, payments.receivedMinor(payment), 0, nowMs);
    }

    /** So much of it went back: of what the treasury has brought online it will be taken again. @param stamp that was refunded, 0 = the whole payment */
    public void undone(final long payment, final long minor, final long stamp, final long nowMs) {
        payments.receivedMinor(payment, payments.receivedMinor(payment) - minor);
        final long batch = batches.undone(payments.means(payment), payments.terminal(payment), payments.post(payment), payments.receivedCurrency(payment), minor);
        if (batch != 0 && coreVersion.keepsReturns() && payments.means(payment) == PaymentMeans.ONLINE.value() && isBrought(payment)) {
            returns.open(payment, payments.application(payment), stamp, batch, payments.post(payment), payments.receivedCurrency(payment), minor, nowMs);
        }
    }

    private boolean isBrought(final long payment) {
        return payments.isSettled(payment) || payments.batch(payment) != 0 && batches.isSettled(payments.batch(payment));
    }

    /** A second charge for a payment that has its money: a payment of its own, for nothing. */
    public long surplus(final long of, final long minor, final int currency, final long collector, final long nowMs) {
        final long payment = payments.open(payments.application(of), payments.post(of), payments.means(of), payments.terminal(of), payments.epochDay(of), collector, currency, nowMs);
        payments.origin(payment, of);
        payments.due(payment, minor, 0);
        tell.started(payment, 0);
        return payment;
    }

    /** Money that paid for nothing is for the stamps that it {@link #covers} now. */
    public void allocated(final long payment, final long nowMs) {
        payments.waitsForPerson(payment, false);
        payments.state(payment, PaymentState.APPROVED, nowMs);
    }

    /** It is for nothing, in the currency that came; what it covers is said next. */
    public void dueForNothing(final long payment) {
        payments.due(payment, 0, 0);
        payments.currency(payment, payments.receivedCurrency(payment));
    }

    public void state(final long payment, final PaymentState state, final long nowMs) {
        payments.state(payment, state, nowMs);
    }

    /** No question could clear it. */
    public void askPerson(final long payment, final int reasonCode, final long nowMs) {
        payments.waitsForPerson(payment, true);
        payments.reason(payment, reasonCode);
        payments.changedMs(payment, nowMs);
    }

    /** Why it did not come about. */
    public void failed(final long payment, final int reasonCode) {
        payments.reason(payment, reasonCode);
        payments.waitsForPerson(payment, false);
    }

    /** The next number of a receipt of its post. */
    public int receipt(final long payment) {
        payments.receipt(payment, books.nextReceipt(payments.post(payment)));
        return payments.receipt(payment);
    }

    /** The stamps of a payment are its own no more. */
    public void forgetStamps(final long payment) {
        long stamp = payments.firstStamp(payment);
        while (stamp != 0) {
            final long next = lives.next(stamp);
            lives.next(stamp, 0);
            stamp = next;
        }
        payments.firstStamp(payment, 0);
        payments.stampCount(payment, 0);
    }

    /** One stamp's money is another's now: it leaves the payment with its part. */
    public void leaves(final long payment, final long stamp, final long amountMinor, final long amountCentimes, final long nowMs) {
        long before = 0;
        for (long at = payments.firstStamp(payment); at != stamp; at = lives.next(at)) {
            before = at;
        }
        if (before == 0) {
            payments.firstStamp(payment, lives.next(stamp));
        } else {
            lives.next(before, lives.next(stamp));
        }
        lives.next(stamp, 0);
        payments.stampCount(payment, payments.stampCount(payment) - 1);
        payments.due(payment, payments.amountMinor(payment) - amountMinor, payments.amountCentimes(payment) - amountCentimes);
        payments.receivedMinor(payment, payments.receivedMinor(payment) - amountMinor);
        payments.changedMs(payment, nowMs);
        tell.changed(payment);
    }

    /** A part of it was given back: what this stamp had cost. */
    public void refunded(final long payment, final long stamp, final long minor, final long nowMs) {
        undone(payment, minor, stamp, nowMs);
        payments.changedMs(payment, nowMs);
        tell.changed(payment);
    }

    /** The payment of a stamp that has taken over another's money: by the same means, and in the batch that the money is in. */
    public long takenOver(final long from, final long application, final long stamp, final long amountMinor, final long amountCentimes, final long nowMs) {
        final long payment = payments.open(application, payments.post(from), payments.means(from), payments.terminal(from), payments.epochDay(from), payments.collector(from),
                payments.currency(from), nowMs);
        payments.origin(payment, payments.origin(from) != 0 ? payments.origin(from) : from);
        covers(payment, stamp, 0, amountMinor, amountCentimes);
        started(payment, 0);
        payments.receivedMinor(payment, amountMinor);
        payments.receivedCurrency(payment, payments.receivedCurrency(from));
        payments.receipt(payment, payments.receipt(from));
        payments.lastFour(payment, payments.lastFour(from));
        payments.settled(payment, payments.isSettled(from), payments.settledBy(from));
        payments.batch(payment, payments.batch(from));
        Memory.copy(payments.authorisationAt(from), payments.authorisationAt(payment), Payments.AUTHORISATION_BYTES);
        Memory.copy(payments.schemeAt(from), payments.schemeAt(payment), Payments.SCHEME_BYTES);
        payments.state(payment, PaymentState.APPROVED, nowMs);
        tell.changed(payment);
        return payment;
    }
}
