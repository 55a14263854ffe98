package org.mawid.engine.stamp;

import static org.mawid.sbe.Account.CHARGE_BACK_LOSS;
import static org.mawid.sbe.Account.EARNED;
import static org.mawid.sbe.Account.HELD;
import static org.mawid.sbe.Account.INTER_POST;
import static org.mawid.sbe.Account.REFUNDS_PAYABLE;
import static org.mawid.sbe.Account.UNALLOCATED;

import java.util.Arrays;
import org.mawid.engine.catalogue.Services;
import org.mawid.sbe.Account;
import org.mawid.sbe.PaymentMeans;

/**
 * What each step in the life of a stamp moves in the books. {@link #of} says which stamp; then one of the steps. Money in the currency that the
 * stamp is priced in; beside it the stamp at its value in centimes, from one memorandum account to another.
 */
public final class Postings {
    private static final int BENEFICIARIES = 6;
    private static final int MEMO_UNPAID = Account.UNPAID.value();
    private static final int MEMO_PAID = Account.PAID.value();
    private static final int MEMO_SO_FAR = Account.PAID_SO_FAR.value();
    private static final int MEMO_HELD = Account.PAID_HELD.value();
    private static final int MEMO_CONSUMED = Account.PAID_CONSUMED.value();
    private static final int MEMO_FORFEITED = Account.PAID_FORFEITED.value();
    private static final int MEMO_CHARGED_BACK = Account.PAID_CHARGED_BACK.value();

    private final StampLedger stamps;
    private final Movement movement;
    private final Services services;
    private final long[] centimes = new long[BENEFICIARIES];
    private final long[] local = new long[BENEFICIARIES];
    private int post;
    private int currency;
    private long value;
    private long price;

    Postings(final StampLedger stamps, final Movement movement, final Services services) {
        this.stamps = stamps;
        this.movement = movement;
        this.services = services;
    }

    /** The account of money that was collected so and is not closed yet. @param means value of PaymentMeans */
    public static int receivable(final int means) {
        if (means == PaymentMeans.TERMINAL.value()) {
            return Account.CARD_RECEIVABLE.value();
        }
        if (means == PaymentMeans.ONLINE.value()) {
            return Account.ONLINE_RECEIVABLE.value();
        }
        return means == PaymentMeans.COUNTER.value() ? Account.COUNTER_CASH.value() : Account.OPENING_BALANCE.value();
    }

    /** The stamp of the steps that follow, and what it is for. */
    public Postings of(final long stamp, final int serviceId, final int quantity) {
        post = stamps.post(stamp);
        currency = stamps.currency(stamp);
        value = stamps.amountCentimes(stamp);
        price = stamps.localMinor(stamp);
        services.components(serviceId, (int) stamps.tariffVersion(stamp), quantity, centimes);
        long sum = 0;
        for (final long part : centimes) {
            sum += part;
        }
        if (sum != value) {
            Arrays.fill(centimes, 0);
            centimes[0] = value;
        }
        Split.largestRemainder(price, centimes, value, local);
        return this;
    }

    public void pay(final int means) {
        movement.debit(post, currency, receivable(means), price);
        parts(HELD, false);
        memoPaid();
    }

    /** Money that was unallocated pays for it. */
    public void allocate() {
        movement.debit(post, currency, UNALLOCATED.value(), price);
        parts(HELD, false);
        memoPaid();
    }

    /** The charge was undone: it is unpaid again. */
    public void unpay(final int means) {
        parts(HELD, true);
        movement.credit(post, currency, receivable(means), price);
        movement.memorandum(post, MEMO_UNPAID, MEMO_PAID, value);
        movement.memorandum(post, MEMO_SO_FAR, MEMO_HELD, value);
    }

    /** @param servingPost where the act takes place */
    public void consume(final int servingPost) {
        parts(HELD, true);
        if (servingPost == post) {
            parts(EARNED, false);
        } else {
            movement.credit(post, currency, INTER_POST.value(), price);
            movement.debit(servingPost, Books.MAD, INTER_POST.value(), value);
            valueParts(servingPost, false);
        }
        movement.memorandum(post, MEMO_CONSUMED, MEMO_HELD, value);
    }

    /** A consumption by mistake never was. */
    public void unconsume(final int servingPost) {
        if (servingPost == post) {
            parts(EARNED, true);
        } else {
            valueParts(servingPost, true);
            movement.credit(servingPost, Books.MAD, INTER_POST.value(), value);
            movement.debit(post, currency, INTER_POST.value(), price);
        }
        parts(HELD, false);
        movement.memorandum(post, MEMO_HELD, MEMO_CONSUMED, value);
    }

    public void forfeit() {
        parts(HELD, true);
        parts(Account.FORFEITED, false);
        movement.memorandum(post, MEMO_FORFEITED, MEMO_HELD, value);
    }

    public void approveRefund() {
        parts(HELD, true);
        movement.credit(post, currency, REFUNDS_PAYABLE.value(), price);
    }

    /** An approved refund was given back, or taken back by whoever had paid. */
    public void refund(final int means) {
        movement.debit(post, currency, REFUNDS_PAYABLE.value(), price);
        movement.credit(post, currency, receivable(means), price);
        movement.memorandum(post, Account.PAID_REFUNDED.value(), MEMO_HELD, value);
    }

    public void chargeBackHeld(final int means) {
        parts(HELD, true);
        movement.credit(post, currency, receivable(means), price);
        movement.memorandum(post, MEMO_CHARGED_BACK, MEMO_HELD, value);
    }

    public void chargeBackConsumed(final int means) {
        movement.debit(post, currency, CHARGE_BACK_LOSS.value(), price);
        movement.credit(post, currency, receivable(means), price);
        movement.memorandum(post, MEMO_CHARGED_BACK, MEMO_CONSUMED, value);
    }

    public void chargeBackForfeited(final int means) {
        parts(Account.FORFEITED, true);
        movement.credit(post, currency, receivable(means), price);
        movement.memorandum(post, MEMO_CHARGED_BACK, MEMO_FORFEITED, value);
    }

    /** Its money is another stamp's now: this one is void although it was paid. */
    public void giveAway() {
        movement.memorandum(post, Account.VOIDED.value(), MEMO_PAID, value);
        movement.memorandum(post, MEMO_SO_FAR, MEMO_HELD, value);
    }

    /** Another stamp's money is this one's: what is held stays held. */
    public void takeOver() {
        memoPaid();
    }

    private void memoPaid() {
        movement.memorandum(post, MEMO_PAID, MEMO_UNPAID, value);
        movement.memorandum(post, MEMO_HELD, MEMO_SO_FAR, value);
    }

    private void parts(final Account account, final boolean debit) {
        for (int b = 0; b < BENEFICIARIES; b++) {
            movement.debit(post, currency, account.value() + b, debit ? local[b] : -local[b]);
        }
    }

    private void valueParts(final int servingPost, final boolean debit) {
        for (int b = 0; b < BENEFICIARIES; b++) {
            movement.debit(servingPost, Books.MAD, EARNED.value() + b, debit ? centimes[b] : -centimes[b]);
        }
    }
}
