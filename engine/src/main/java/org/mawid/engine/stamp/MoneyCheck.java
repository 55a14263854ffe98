package org.mawid.engine.stamp;

import org.agrona.collections.Long2LongHashMap;
import org.mawid.engine.kernel.Invariant;
import org.mawid.sbe.Account;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** The costly promises about money: what the books say is what stamps and payments say. */
final class MoneyCheck {
    private static final int BENEFICIARIES = 6;

    private final StampLedger stamps;
    private final Money money;
    private final Long2LongHashMap unpaid = new Long2LongHashMap(0);
    private final Long2LongHashMap paidHeld = new Long2LongHashMap(0);
    private final Long2LongHashMap held = new Long2LongHashMap(0);
    private final Long2LongHashMap payable = new Long2LongHashMap(0);
    private final Long2LongHashMap unallocated = new Long2LongHashMap(0);

    MoneyCheck(final StampLedger stamps, final Money money) {
        this.stamps = stamps;
        this.money = money;
    }

    void run() {
        long known = 0;
        for (long stamp = stamps.next(1, Integer.MAX_VALUE); stamp < stamps.end(); stamp = stamps.next(stamp + 1, Integer.MAX_VALUE)) {
            if (money.lives().has(stamp)) {
                known++;
                add(stamp);
            } else {
                Invariant.that(stamps.is(stamp, StampState.ISSUED) || stamps.is(stamp, StampState.VOID), "a stamp that was never booked is as it was issued, or void", stamp);
            }
        }
        Invariant.that(known == money.lives().rows().count(), "every life is a stamp's", known, money.lives().rows().count());
        payments();
        final Books books = money.books();
        for (int book = 1; book <= books.top(); book++) {
            books(books, book);
        }
    }

    private void add(final long stamp) {
        final long place = place(stamps.post(stamp), stamps.currency(stamp));
        switch (StampState.get((short) stamps.state(stamp))) {
            case ISSUED, PAYMENT_PENDING, IN_DOUBT -> plus(unpaid, stamps.post(stamp), stamps.amountCentimes(stamp));
            case PAID, REFUND_REQUESTED -> {
                plus(paidHeld, stamps.post(stamp), stamps.amountCentimes(stamp));
                plus(money.lives().isApproved(stamp) ? payable : held, place, stamps.localMinor(stamp));
            }
            default -> { }
        }
    }

    private void payments() {
        final Payments payments = money.payments();
        for (long payment = payments.next(1, Integer.MAX_VALUE); payment < payments.end(); payment = payments.next(payment + 1, Integer.MAX_VALUE)) {
            int covered = 0;
            for (long stamp = payments.firstStamp(payment); stamp != 0; stamp = money.lives().next(stamp)) {
                Invariant.that(money.lives().payment(stamp) == payment, "a stamp knows its payment", stamp, payment);
                covered++;
            }
            Invariant.that(covered == payments.stampCount(payment), "the stamps of a payment are counted", payment, covered);
            if (payments.is(payment, PaymentState.UNALLOCATED)) {
                plus(unallocated, place(payments.post(payment), payments.receivedCurrency(payment)), payments.receivedMinor(payment));
            }
            if (payments.is(payment, PaymentState.APPROVED)) {
                approved(payment);
            }
        }
    }

    /** What was received is what its stamps cost that were not refunded. */
    private void approved(final long payment) {
        long due = 0;
        for (long stamp = money.payments().firstStamp(payment); stamp != 0; stamp = money.lives().next(stamp)) {
            due += stamps.is(stamp, StampState.REFUNDED) ? 0 : stamps.localMinor(stamp);
        }
        Invariant.that(due == money.payments().receivedMinor(payment), "a payment pays what its stamps cost", payment, due);
    }

    private void books(final Books books, final int book) {
        final long place = place(books.post(book), books.currency(book));
        long inHand = 0;
        for (int b = 0; b < BENEFICIARIES; b++) {
            inHand += balance(books, book, Account.HELD.value() + b);
        }
        Invariant.that(inHand == held.get(place), "what is held is what paid stamps cost", inHand, held.get(place));
        Invariant.that(balance(books, book, Account.REFUNDS_PAYABLE.value()) == payable.get(place), "refunds payable are those approved", book, payable.get(place));
        Invariant.that(balance(books, book, Account.UNALLOCATED.value()) == unallocated.get(place), "unallocated is what pays for nothing", book, unallocated.get(place));
        if (books.currency(book) == Books.MAD) {
            Invariant.that(-balance(books, book, Account.UNPAID.value()) == unpaid.get(books.post(book)), "unpaid is what unpaid stamps are worth", book, unpaid.get(books.post(book)));
            Invariant.that(-balance(books, book, Account.PAID_HELD.value()) == paidHeld.get(books.post(book)), "held is what held stamps are worth", book,
                    paidHeld.get(books.post(book)));
        }
    }

    /** Credits less debits. */
    private static long balance(final Books books, final int book, final int account) {
        return books.credits(book, account) - books.debits(book, account);
    }

    private static void plus(final Long2LongHashMap sums, final long key, final long amount) {
        sums.put(key, sums.get(key) + amount);
    }

    private static long place(final int postId, final int currency) {
        return (long) postId << 32 | currency;
    }
}
