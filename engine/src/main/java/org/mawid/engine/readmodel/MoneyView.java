package org.mawid.engine.readmodel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mawid.sbe.Account;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampMatter;

/**
 * Money as the log has it: the books, and what somebody still has to do something about. Immutable answers, from the oldest on and never more than
 * {@value #MOST}: whoever has cleared those asks again. Reflects {@link ReadModel#position}.
 *
 * <p>Work is found here and not in anybody's memory: who talks to terminals or to the treasury asks at its start, and whenever a connection is
 * back, what is to be asked about; what nobody remembers to have sent is here as well.
 */
public interface MoneyView {
    /** Most elements of an answer. */
    int MOST = 10_000;

    /** Sums since the beginning, minor units of the book's currency; of memorandum accounts centimes. */
    record AccountSums(Account account, long debitMinor, long creditMinor) {
        /** Debits less credits. */
        public long balanceMinor() {
            return debitMinor - creditMinor;
        }
    }

    /** Accounts of a post in one currency that ever moved, by number of the account. */
    record Book(int postId, String currency, List<AccountSums> accounts) {
        /** Whether what was debited was credited, in money and in the memorandum accounts. */
        public boolean balances() {
            return difference(false) == 0 && difference(true) == 0;
        }

        private long difference(final boolean memorandum) {
            return accounts.stream().filter(sums -> isMemorandum(sums.account()) == memorandum).mapToLong(AccountSums::balanceMinor).sum();
        }
    }

    /** Whether an account is no money: stamps at their value in centimes, in the MAD book of their post. */
    static boolean isMemorandum(final Account account) {
        return account.value() >= Account.ISSUED.value();
    }

    /** @param books by post and currency @param position of the log when the last of them was read; each of a post is of one position */
    record TrialBalance(long position, List<Book> books) {
    }

    /** @param paymentId PENDING there, 0 = none */
    record Terminal(int terminalId, int postId, String code, boolean enabled, long paymentId) {
    }

    /**
     * What is settled together and is not settled yet.
     *
     * @param terminalId   of TERMINAL, else 0
     * @param settledMinor of payments that were settled by themselves, less returns that were
     * @param epochDay     local date at which it was closed; it and {@code closedMs} 0 = open
     */
    record Batch(long batchId, int postId, PaymentMeans means, int terminalId, String currency, BatchState state, long paidMinor, int paidCount,
                 long undoneMinor, int undoneCount, long settledMinor, int epochDay, long closedMs) {
        /** What the treasury is still to bring, minor units. */
        public long dueMinor() {
            return paidMinor - undoneMinor - settledMinor;
        }
    }

    /** @param batches OPEN and CLOSED ones, by number @param position of the log when the last of them was read */
    record Batches(long position, List<Batch> batches) {
    }

    /**
     * What settlement is of: a payment without its stamps.
     *
     * @param terminalId    of TERMINAL, else 0
     * @param receivedMinor what was charged and not given back, minor units of {@code currency}
     * @param givenBackMinor what was charged and given back by refunds, likewise
     * @param currency      of what was charged, or is to be
     * @param batchId       in which it is settled, 0 = none
     * @param origin        whose money it is: of a second charge, or of a stamp used again; 0 = its own
     * @param isTakenOver   it is money of {@code origin} that now pays for a stamp used again: no charge of its own
     * @param settledBy     hash of the statement and entry that settled it by itself, 0 = none
     */
    record Collected(long paymentId, int postId, PaymentMeans means, int terminalId, PaymentState state, long receivedMinor, long givenBackMinor, String currency, long batchId, long origin,
                     boolean isTakenOver, long startedMs, long settledBy) {
    }

    /** @param batch as it stands, SETTLED ones too @param settledBy hash of the statement and entry that settled it, 0 = none */
    record SettledBatch(Batch batch, long settledBy) {
    }

    /** @param paymentId that it is about, 0 = none, as {@code batchId} @param theirMinor minor units of {@code currency} */
    record FoundBreak(long breakId, BreakType type, long key, boolean isOpen, long paymentId, long batchId, String currency, long theirMinor) {
    }

    /**
     * Money that has gone back after it was settled, from core version 4 on.
     *
     * @param stampId   that was refunded, 0 = the whole payment went back
     * @param batchId   among whose undone it is
     * @param settledBy hash of the statement and entry that settled it, or its batch; 0 = none
     */
    record Return(long returnId, long paymentId, long applicationId, long stampId, long batchId, int postId, String currency, long amountMinor, long openedMs, boolean isDue,
                  long settledBy) {
    }

    /** Rows of a table. @param position of the log when they were read @param next number to go on with, 0 = that was all */
    record Slice<T>(long position, long next, List<T> rows) {
    }

    /** @param owner key, 0 = nobody @param actor who said so @param atMs when; actor and time 0 = before this process began */
    record Assignment(long owner, long actor, long atMs) {
    }

    /**
     * What does not agree and nobody has resolved.
     *
     * @param postId      0 = not known
     * @param assignments the last {@value #MOST_ASSIGNMENTS}, the newest last
     */
    record OpenBreak(long breakId, BreakType type, long key, int postId, String currency, long ourMinor, long theirMinor, long paymentId, long batchId,
                     long detailHash, long openedMs, List<Assignment> assignments) {
        public static final int MOST_ASSIGNMENTS = 16;

        /** Key of who looks after it, 0 = nobody. */
        public long owner() {
            return assignments.isEmpty() ? 0 : assignments.get(assignments.size() - 1).owner();
        }

        /** For how long it has been open, ms. */
        public long ageMs(final long nowMs) {
            return Math.max(0, nowMs - openedMs);
        }
    }

    /**
     * What waits for a second person.
     *
     * @param reasonHash and {@code reasonCode}: of who proposed; 0 = not known any more, proposed before this process began
     * @param paymentId  of a refund, else 0
     */
    record Proposal(long stampId, long applicationId, int postId, StampMatter matter, long actor, long reasonHash, int reasonCode, long proposedMs,
                    long paymentId) {
    }

    /** Approved and not given back. @param amountMinor what the stamp had cost @param currency empty where that is nothing */
    record Refund(long stampId, long applicationId, long paymentId, int postId, long amountMinor, String currency) {
    }

    /** In force. Times in ms; meanings and ranges: SetStampRules in the schema. */
    record StampRules(long pendingMs, long lapseMs, long validityMs, long maxPayments, long maxBreaks) {
    }

    /** Books of money, without memorandum accounts; each balances. @param postId 0 = all */
    List<Book> books(int postId);

    /**
     * All accounts, memorandum accounts too, as the core has them between two commands.
     *
     * @param postId 0 = all
     * @return completed on a thread of the common pool; with {@link ReadModelBehindException} when the core does not answer now: ask again
     */
    CompletableFuture<TrialBalance> trialBalance(int postId);

    /** Batches that are not settled, as the core has them between two commands. As {@link #trialBalance}. */
    CompletableFuture<Batches> batches(int postId);

    /** Most rows that a slice is asked for: some hundred microseconds of the core's time. */
    int MOST_OF_A_SLICE = 1_000;

    /**
     * Payments as the core has them between two commands, settled ones too, by number.
     *
     * @param from number to begin with, 1 at first
     * @param max  1 to {@link #MOST_OF_A_SLICE} numbers are looked at
     * @return as {@link #trialBalance}
     */
    CompletableFuture<Slice<Collected>> payments(long from, int max);

    /** As {@link #payments}, batches, settled ones too. */
    CompletableFuture<Slice<SettledBatch>> allBatches(long from, int max);

    /** As {@link #payments}, breaks, resolved ones too. */
    CompletableFuture<Slice<FoundBreak>> allBreaks(long from, int max);

    /** As {@link #payments}, returns, settled ones too. */
    CompletableFuture<Slice<Return>> allReturns(long from, int max);

    /** By id. @param postId 0 = all */
    List<Terminal> terminals(int postId);

    /** Null when unknown. */
    Terminal terminal(int terminalId);

    /** Payments of a terminal whose answer is awaited: PENDING or IN_DOUBT. */
    List<Records.Payment> pending(int terminalId);

    /** Payments online whose answer is awaited: PENDING or IN_DOUBT. */
    List<Records.Payment> pendingOnline();

    /** IN_DOUBT. @param postId 0 = all, as in what follows */
    List<Records.Payment> inDoubt(int postId);

    /** IN_DOUBT or UNALLOCATED ones that no question could clear. */
    List<Records.Payment> waitingForPerson(int postId);

    /** Money that pays for nothing. */
    List<Records.Payment> unallocated();

    List<Records.Payment> unallocated(int postId);

    /** All that is under way: PENDING, IN_DOUBT, UNALLOCATED. */
    List<Records.Payment> underWay(int postId);

    /** Refunds to be given back by the means by which was paid. */
    List<Refund> payableRefunds();

    List<Proposal> proposals(int postId);

    List<OpenBreak> openBreaks(int postId);

    /** Money that has gone back and is in no statement yet, by number. */
    List<Return> dueReturns(int postId);

    /** Null when it is not open. */
    OpenBreak openBreak(long breakId);

    /** The defaults until some were set. */
    StampRules stampRules();
}
