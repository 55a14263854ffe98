package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;

/** The part of the {@link Model} that came with core version 3. */
final class MoneyModel {
    static final int MOST_TARIFFS = 100_000;

    Command.StampRules rules = Command.StampRules.DEFAULT;
    boolean rulesSet;
    final TreeMap<Long, Payment> payments = new TreeMap<>();
    long lastPayment;
    final TreeSet<Model.Due> pendings = new TreeSet<>();
    final Map<Transaction, Payment> transactions = new HashMap<>();
    final TreeMap<Long, Terminal> terminals = new TreeMap<>();
    final TreeMap<Long, Batch> batches = new TreeMap<>();
    /** Money that went back after it was settled, since core version 4. */
    final TreeMap<Long, Return> returns = new TreeMap<>();
    final TreeMap<Long, Break> breaks = new TreeMap<>();
    final Map<Long, Break> openBreaks = new HashMap<>();
    final TreeMap<BookKey, Book> books = new TreeMap<>();
    /** Versions that a service no longer keeps, by service. */
    final Map<Integer, List<Model.Tariff>> archived = new TreeMap<>();
    int archivedCount;
    /** Stamps below have been looked at, see the Tick. */
    long lapseAt = 1;
    long forfeitAt = 1;
    /** Stamps that were taken over, by their issue, until they were looked at for their lapse, and for their validity. */
    final TreeSet<Model.Due> earlierLapses = new TreeSet<>();
    final TreeSet<Model.Due> earlierValidities = new TreeSet<>();

    void olderThanItsNumber(final Model.Stamp stamp) {
        earlierLapses.add(new Model.Due(stamp.issuedMs, stamp.id));
        earlierValidities.add(new Model.Due(stamp.issuedMs, stamp.id));
    }
    /** What became of them. */
    final Map<String, Integer> takenOver = new TreeMap<>();
    /** What joined no batch, by book and means: only for those who check sums. */
    final Map<Loose, Long> loose = new HashMap<>();

    record Transaction(PaymentMeans means, long terminalId, String text) {
    }

    record Loose(BookKey book, PaymentMeans means) {
    }

    record BookKey(int postId, String currency) implements Comparable<BookKey> {
        @Override
        public int compareTo(final BookKey other) {
            return postId != other.postId ? Integer.compare(postId, other.postId) : currency.compareTo(other.currency);
        }
    }

    static final class Book {
        final BookKey key;
        /** By account: sum of debits, sum of credits. */
        final TreeMap<Integer, long[]> accounts = new TreeMap<>();
        Batch onlineBatch;
        Batch counterBatch;
        /** Since core version 6. */
        Batch earlierBatch;
        long receipts;

        Book(final BookKey key) {
            this.key = key;
        }

        /** Debits minus credits. */
        long balance(final int account) {
            final long[] sums = accounts.getOrDefault(account, new long[2]);
            return sums[0] - sums[1];
        }
    }

    static final class Payment {
        final long id;
        final Model.Application application;
        final Model.Post post;
        final PaymentMeans means;
        /** Those it pays for, in the order of the command. */
        final List<Model.Stamp> stamps = new ArrayList<>();
        long origin;
        Batch batch;
        long collector;
        long amountMinor;
        long amountCentimes;
        long receivedMinor;
        long startedMs;
        long changedMs;
        /** 0 = not awaited. */
        long deadlineMs;
        long terminalId;
        int epochDay;
        long receipt;
        String transaction = "";
        String scheme = "";
        String authorisationCode = "";
        int lastFour = 10_000;
        int reasonCode;
        PaymentState state = PaymentState.PENDING;
        boolean waitsForPerson;
        boolean settled;
        long settledBy;
        String currency;
        String receivedCurrency;

        Payment(final long id, final Model.Application application, final Model.Post post, final PaymentMeans means) {
            this.id = id;
            this.application = application;
            this.post = post;
            this.means = means;
        }

        long batchId() {
            return batch == null ? 0 : batch.id;
        }
    }

    static final class Terminal {
        final long id;
        Model.Post post;
        String code;
        boolean enabled;
        Batch batch;
        /** Under way there, 0 = none. */
        long paymentId;

        Terminal(final long id) {
            this.id = id;
        }
    }

    static final class Batch {
        final long id;
        final Model.Post post;
        final PaymentMeans means;
        final long terminalId;
        final String currency;
        long paidMinor;
        long undoneMinor;
        long settledMinor;
        long settledBy;
        int paidCount;
        int undoneCount;
        long closedMs;
        int epochDay;
        BatchState state = BatchState.OPEN;

        Batch(final long id, final Model.Post post, final PaymentMeans means, final long terminalId, final String currency) {
            this.id = id;
            this.post = post;
            this.means = means;
            this.terminalId = terminalId;
            this.currency = currency;
        }

        long dueMinor() {
            return paidMinor - undoneMinor - settledMinor;
        }
    }

    static final class Return {
        final long id;
        final Payment payment;
        final long stampId;
        final Batch batch;
        final long amountMinor;
        final long openedMs;
        boolean settledAlone;
        long settledBy;

        Return(final long id, final Payment payment, final long stampId, final Batch batch, final long amountMinor, final long openedMs) {
            this.id = id;
            this.payment = payment;
            this.stampId = stampId;
            this.batch = batch;
            this.amountMinor = amountMinor;
            this.openedMs = openedMs;
        }

        /** The treasury has not taken it yet, by itself or with all that it is in. */
        boolean isDue() {
            return !settledAlone && batch.state != BatchState.SETTLED;
        }
    }

    static final class Break {
        final long id;
        final Command.OpenBreak said;
        long owner;
        long openedMs;
        long resolvedMs;
        long resolvedBy;
        long reasonHash;
        int reasonCode;
        BreakState state = BreakState.OPEN;

        Break(final long id, final Command.OpenBreak said) {
            this.id = id;
            this.said = said;
        }

        BreakType type() {
            return said.breakType();
        }
    }

    /** Whether something that was undone in it waits for the treasury. */
    boolean hasDueReturns(final Batch batch) {
        return returns.values().stream().anyMatch(one -> one.batch == batch && one.isDue());
    }

    /** What an application has, in order of number. */
    List<Payment> of(final Model.Application application) {
        return payments.values().stream().filter(payment -> payment.application == application).toList();
    }
}
