package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.mawid.sbe.Account;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** What must be true of the books between any two commands: they balance, and say the same as stamps, payments and batches do one by one. */
final class LedgerCheck {
    private static final int PARTS = 6;

    private final Model model;
    private final NaiveLedger ledger;
    /** All that there ever was, retired ones too: what they left in the books stays there. */
    private final TreeMap<Long, Model.Stamp> stamps = new TreeMap<>();
    private final TreeMap<Long, MoneyModel.Payment> payments = new TreeMap<>();

    LedgerCheck(final Model model) {
        this.model = model;
        this.ledger = new NaiveLedger(model, new NaiveMoneyEvents(new NaiveEvents()));
    }

    /** @param everyPart also each beneficiary's share by itself */
    void check(final boolean everyPart) {
        stamps.putAll(model.stamps.tailMap(stamps.isEmpty() ? 0 : stamps.lastKey(), false));
        payments.putAll(model.money.payments.tailMap(payments.isEmpty() ? 0 : payments.lastKey(), false));
        for (final MoneyModel.Book book : model.money.books.values()) {
            balances(book);
            if (book.key.currency().equals("MAD")) {
                memorandum(book);
                usedFromElsewhere(book);
            } else {
                liabilities(book, everyPart);
                assets(book);
            }
        }
        model.money.payments.values().forEach(this::payment);
        chains();
        stamps();
        terminals();
    }

    private static void balances(final MoneyModel.Book book) {
        long money = 0;
        long memo = 0;
        for (final int account : book.accounts.keySet()) {
            if (account < NaiveLedger.MEMO) {
                money += book.balance(account);
            } else {
                memo += book.balance(account);
            }
        }
        assertThat(money).as("money of %s", book.key).isZero();
        assertThat(memo).as("memorandum of %s", book.key).isZero();
    }

    private static long of(final MoneyModel.Book book, final Account account) {
        return book.balance(account.value());
    }

    /** Of the accounts that are kept for each beneficiary: what they owe. */
    private static long owed(final MoneyModel.Book book, final Account account) {
        long sum = 0;
        for (int b = 0; b < PARTS; b++) {
            sum -= book.balance(account.value() + b);
        }
        return sum;
    }

    private long sum(final Predicate<Model.Stamp> which, final ToLongFunction<Model.Stamp> what) {
        return stamps.values().stream().filter(which).mapToLong(what).sum();
    }

    private void memorandum(final MoneyModel.Book book) {
        assertThat(-of(book, Account.ISSUED)).as("issued = unpaid + paid + void + lapsed + waived").isEqualTo(of(book, Account.UNPAID)
                + of(book, Account.PAID) + of(book, Account.VOIDED) + of(book, Account.LAPSED) + of(book, Account.WAIVED));
        assertThat(of(book, Account.PAID)).as("paid = held + consumed + forfeited + refunded + charged back").isEqualTo(of(book, Account.PAID_HELD)
                + of(book, Account.PAID_CONSUMED) + of(book, Account.PAID_FORFEITED) + of(book, Account.PAID_REFUNDED)
                + of(book, Account.PAID_CHARGED_BACK));
        final Map<Account, Set<StampState>> kept = Map.of(Account.UNPAID, Set.of(StampState.ISSUED, StampState.PAYMENT_PENDING, StampState.IN_DOUBT),
                Account.LAPSED, Set.of(StampState.LAPSED), Account.WAIVED, Set.of(StampState.WAIVED),
                Account.PAID_HELD, Set.of(StampState.PAID, StampState.REFUND_REQUESTED), Account.PAID_CONSUMED, Set.of(StampState.CONSUMED),
                Account.PAID_FORFEITED, Set.of(StampState.FORFEITED), Account.PAID_REFUNDED, Set.of(StampState.REFUNDED),
                Account.PAID_CHARGED_BACK, Set.of(StampState.CHARGED_BACK), Account.VOIDED, Set.of(StampState.VOID));
        kept.forEach((account, states) -> assertThat(of(book, account)).as("%s of %s beside the stamps", account, book.key)
                .isEqualTo(sum(stamp -> stamp.opened && stamp.post.id == book.key.postId() && states.contains(stamp.state), stamp -> stamp.amountCentimes)));
        assertThat(-of(book, Account.ISSUED)).as("all that was issued")
                .isEqualTo(sum(stamp -> stamp.opened && stamp.post.id == book.key.postId(), stamp -> stamp.amountCentimes));
    }

    private void usedFromElsewhere(final MoneyModel.Book book) {
        final long centimes = sum(stamp -> wasUsed(stamp) && stamp.consumedPost == book.key.postId() && stamp.post.id != stamp.consumedPost,
                stamp -> stamp.amountCentimes);
        assertThat(owed(book, Account.EARNED)).as("earned with what others were paid").isEqualTo(centimes);
        assertThat(of(book, Account.INTER_POST)).isEqualTo(centimes);
    }

    private static boolean wasUsed(final Model.Stamp stamp) {
        return stamp.isUsed() && (stamp.state == StampState.CONSUMED || stamp.state == StampState.CHARGED_BACK);
    }

    private static boolean isHeld(final Model.Stamp stamp) {
        return stamp.state == StampState.PAID || stamp.state == StampState.REFUND_REQUESTED && !stamp.refundApproved;
    }

    private void liabilities(final MoneyModel.Book book, final boolean everyPart) {
        final Predicate<Model.Stamp> here = stamp -> stamp.post.id == book.key.postId() && stamp.currency.equals(book.key.currency());
        final ToLongFunction<Model.Stamp> local = stamp -> stamp.localMinor;
        assertThat(owed(book, Account.HELD)).as("held in %s", book.key).isEqualTo(sum(here.and(LedgerCheck::isHeld), local));
        assertThat(owed(book, Account.EARNED)).as("earned in %s", book.key)
                .isEqualTo(sum(here.and(stamp -> wasUsed(stamp) && stamp.consumedPost == stamp.post.id), local));
        assertThat(-of(book, Account.INTER_POST)).as("used elsewhere").isEqualTo(sum(here.and(stamp -> wasUsed(stamp) && stamp.consumedPost != stamp.post.id), local));
        assertThat(owed(book, Account.FORFEITED)).as("forfeited in %s", book.key).isEqualTo(sum(here.and(stamp -> stamp.state == StampState.FORFEITED), local));
        assertThat(-of(book, Account.REFUNDS_PAYABLE)).as("refunds payable").isEqualTo(sum(here.and(stamp -> stamp.refundApproved), local));
        assertThat(of(book, Account.CHARGE_BACK_LOSS)).as("charge back loss")
                .isEqualTo(sum(here.and(stamp -> stamp.state == StampState.CHARGED_BACK && stamp.isUsed()), local));
        assertThat(-of(book, Account.UNALLOCATED)).as("unallocated in %s", book.key).isEqualTo(payments.values().stream()
                .filter(payment -> isOf(payment, book) && payment.state == PaymentState.UNALLOCATED).mapToLong(payment -> payment.receivedMinor).sum());
        if (everyPart) {
            final long[] held = new long[PARTS];
            stamps.values().stream().filter(here.and(LedgerCheck::isHeld)).forEach(stamp -> {
                final long[] parts = ledger.split(stamp);
                for (int b = 0; b < PARTS; b++) {
                    held[b] += parts[b];
                }
            });
            for (int b = 0; b < PARTS; b++) {
                assertThat(-book.balance(Account.HELD.value() + b)).as("held in %s for beneficiary %d", book.key, b).isEqualTo(held[b]);
            }
        }
    }

    private static boolean isOf(final MoneyModel.Payment payment, final MoneyModel.Book book) {
        return payment.post.id == book.key.postId() && payment.receivedCurrency.equals(book.key.currency());
    }

    private void assets(final MoneyModel.Book book) {
        for (final PaymentMeans means : Set.of(PaymentMeans.TERMINAL, PaymentMeans.ONLINE, PaymentMeans.COUNTER, PaymentMeans.EARLIER)) {
            final long open = due(book, batch -> batch.state == BatchState.OPEN && batch.means == means);
            assertThat(of(book, NaiveLedger.receivable(means))).as("%s of %s beside the open batches", NaiveLedger.receivable(means), book.key)
                    .isEqualTo(open + model.money.loose.getOrDefault(new MoneyModel.Loose(book.key, means), 0L));
        }
        assertThat(of(book, Account.SETTLEMENT_UNDER_WAY)).as("closed batches of %s", book.key).isEqualTo(due(book, batch -> batch.state == BatchState.CLOSED));
        final long received = payments.values().stream().filter(payment -> isOf(payment, book)).mapToLong(payment -> payment.receivedMinor).sum();
        assertThat(of(book, Account.CARD_RECEIVABLE) + of(book, Account.ONLINE_RECEIVABLE) + of(book, Account.COUNTER_CASH) + of(book, Account.OPENING_BALANCE)
                + of(book, Account.SETTLEMENT_UNDER_WAY) + of(book, Account.TREASURY) + of(book, Account.ACQUIRER_COMMISSION)
                + of(book, Account.CONVERSION) + of(book, Account.SUSPENSE)).as("where the money of %s is, beside what was received", book.key)
                .isEqualTo(received);
    }

    private long due(final MoneyModel.Book book, final Predicate<MoneyModel.Batch> which) {
        return model.money.batches.values().stream().filter(which.and(batch -> batch.post.id == book.key.postId()
                && batch.currency.equals(book.key.currency()))).mapToLong(MoneyModel.Batch::dueMinor).sum();
    }

    private void payment(final MoneyModel.Payment payment) {
        final Set<StampState> states = switch (payment.state) {
            case PENDING -> Set.of(StampState.PAYMENT_PENDING);
            case IN_DOUBT -> Set.of(StampState.IN_DOUBT);
            case APPROVED -> Set.of(StampState.PAID, StampState.CONSUMED, StampState.FORFEITED, StampState.REFUND_REQUESTED, StampState.REFUNDED);
            default -> Set.of();
        };
        assertThat(payment.stamps).as("stamps of payment %d, %s", payment.id, payment.state).allMatch(stamp -> states.contains(stamp.state));
        assertThat(model.money.pendings.contains(new Model.Due(payment.deadlineMs, payment.id))).isEqualTo(payment.state == PaymentState.PENDING);
        if (payment.state == PaymentState.APPROVED) {
            assertThat(payment.receivedMinor).as("received by payment %d", payment.id).isEqualTo(payment.stamps.stream()
                    .filter(stamp -> stamp.state != StampState.REFUNDED).mapToLong(stamp -> stamp.localMinor).sum());
        } else if (payment.state != PaymentState.UNALLOCATED) {
            assertThat(payment.receivedMinor).as("received by payment %d, %s", payment.id, payment.state).isZero();
        }
    }

    /** No stamp is paid by two payments, and no charge pays two. */
    private void chains() {
        final Set<Long> taken = new HashSet<>();
        final Set<MoneyModel.Transaction> transactions = new HashSet<>();
        for (final MoneyModel.Payment payment : model.money.payments.values()) {
            payment.stamps.forEach(stamp -> assertThat(taken.add(stamp.id)).as("stamp %d belongs to one payment", stamp.id).isTrue());
            payment.stamps.forEach(stamp -> assertThat(stamp.paymentId).isEqualTo(payment.id));
            assertThat(payment.transaction.isEmpty() || transactions.add(new MoneyModel.Transaction(payment.means, payment.terminalId, payment.transaction)))
                    .as("transaction %s of payment %d", payment.transaction, payment.id).isTrue();
        }
    }

    private void stamps() {
        for (final Model.Stamp stamp : model.stamps.values()) {
            final boolean gone = switch (stamp.state) {
                case VOID, LAPSED, FORFEITED, REFUNDED, CHARGED_BACK -> true;
                default -> false;
            };
            assertThat(stamp.ofLine().stamp == stamp).as("stamp %d, %s, is the one of its line", stamp.id, stamp.state).isEqualTo(!gone);
            final boolean paid = switch (stamp.state) {
                case PAID, CONSUMED, FORFEITED, REFUND_REQUESTED, REFUNDED -> true;
                default -> false;
            };
            final MoneyModel.Payment payment = model.money.payments.get(stamp.paymentId);
            if (paid && stamp.state != StampState.REFUNDED) {
                assertThat(payment.state).as("the payment of stamp %d, %s", stamp.id, stamp.state).isEqualTo(PaymentState.APPROVED);
                assertThat(payment.stamps).contains(stamp);
            }
            assertThat(stamp.isUsed()).as("use of stamp %d, %s", stamp.id, stamp.state).isIn(stamp.state == StampState.CONSUMED,
                    stamp.state == StampState.WAIVED && stamp.isUsed(), stamp.state == StampState.CHARGED_BACK && stamp.isUsed());
        }
    }

    private void terminals() {
        for (final MoneyModel.Terminal terminal : model.money.terminals.values()) {
            if (terminal.paymentId != 0) {
                final MoneyModel.Payment payment = model.money.payments.get(terminal.paymentId);
                assertThat(payment.state).isEqualTo(PaymentState.PENDING);
                assertThat(payment.terminalId).isEqualTo(terminal.id);
            }
            assertThat(terminal.batch == null || terminal.batch.state == BatchState.OPEN).isTrue();
        }
    }
}
