package org.mawid.api.treasury.matching;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Int2IntCounterMap;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.References;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;

/**
 * All that a statement's line could be about: payments, batches (one terminal's closing), net days (a post's payments online of one day), refunds and returns, found by reference. Columns of primitives: with references
 * of 16 digits 70 bytes each, so that three million take 200 MiB, and up to half of that more while it grows beyond what was expected. Rows stay in the order in which they were
 * added, which is the order of what is told of them. One thread.
 */
public final class PaymentIndex {
    /** No row. */
    public static final int NONE = -1;
    public static final int NO_DAY = 0;
    /** Rows and the bytes of references are counted in 31 bits. */
    public static final int MOST = 50_000_000;

    private static final PaymentState[] STATES = PaymentState.values();
    private static final Subject[] SUBJECTS = Subject.values();
    private static final int STATE_MASK = 0xf;
    private static final int SUBJECT_SHIFT = 4;
    private static final int SUBJECT_MASK = 0x3;
    private static final int IN_BREAK = 1 << 6;
    private static final int NET = 1 << 7;

    private final Map<String, Byte> currencyNumbers = new HashMap<>();
    private final String[] currencies = new String[128];
    private final Int2IntCounterMap settledMembers = new Int2IntCounterMap(0);
    private final IndexNotes notes = new IndexNotes();
    private final ReferenceTable references;
    private long[] numbers;
    private long[] grossMinor;
    private long[] settledBy;
    private int[] batches;
    /** Of a payment the next one of its net day, of a net day its first; row + 1, 0 = no more. */
    private int[] links;
    private char[] days;
    private char[] posts;
    private byte[] currencyOf;
    private byte[] flags;
    private int size;

    /** @param expected rows, 1 to {@link #MOST}; more than that can be added */
    public PaymentIndex(final int expected) {
        if (expected < 1 || expected > MOST) {
            throw new IllegalArgumentException("an index is of 1 to " + MOST + " rows, not " + expected);
        }
        numbers = new long[expected];
        grossMinor = new long[expected];
        settledBy = new long[expected];
        batches = new int[expected];
        links = new int[expected];
        days = new char[expected];
        posts = new char[expected];
        currencyOf = new byte[expected];
        flags = new byte[expected];
        references = new ReferenceTable(expected);
    }

    /**
     * @param number    the core's, told again with all that is found
     * @param reference ours, which the bank passes on; see {@link References}
     * @param postId    0 to 65 535
     * @param gross     minor units
     * @param day       on which it was paid, days since 1970-01-01, 0 to 65 535
     * @param batch     row of the batch in which it is settled, or {@link #NONE}
     * @param settledBy the line that settled it, as {@link Match#line()} told it; 0 = none yet
     * @return its row
     * @throws IllegalArgumentException for a reference that is there already, or for what is out of range
     */
    public int addPayment(final long number, final CharSequence reference, final int postId, final long gross, final String currency, final int day, final PaymentState state,
                          final int batch, final long settledBy) {
        if (batch != NONE && (batch < 0 || batch >= size || subject(batch) != Subject.BATCH)) {
            throw new IllegalArgumentException("row " + batch + " is no batch");
        }
        final int row = add(Subject.PAYMENT, number, reference, postId, gross, currency, day, state, batch, settledBy);
        if (batch != NONE && isNet(batch)) {
            grossMinor[batch] += gross;
            batches[batch]++;
            links[row] = links[batch];
            links[batch] = row + 1;
        }
        return row;
    }

    /**
     * What may come as one line although each of its payments is settled by itself: a post's payments online of one day. Before its payments, of which it is the sum.
     * A line that names it settles each of them; what does not come is missed payment by payment.
     */
    public int addNetDay(final CharSequence reference, final int postId, final String currency, final int day) {
        final int row = add(Subject.BATCH, 0, reference, postId, 0, currency, day, PaymentState.APPROVED, 0, 0);
        flags[row] |= (byte) NET;
        return row;
    }

    /** A batch, before its payments. @param count how many payments it has, at least 1 @param day on which it was closed */
    public int addBatch(final long number, final CharSequence reference, final int postId, final long gross, final String currency, final int day, final int count, final long settledBy) {
        if (count < 1) {
            throw new IllegalArgumentException("a batch has at least one payment");
        }
        return add(Subject.BATCH, number, reference, postId, gross, currency, day, PaymentState.APPROVED, count, settledBy);
    }

    /** A refund that was ordered: money that is to leave the account. @param day {@link #NO_DAY} = not known: no value date is too early or too late */
    public int addRefund(final long number, final CharSequence reference, final int postId, final long amount, final String currency, final int day, final long settledBy) {
        return add(Subject.REFUND, number, reference, postId, amount, currency, day, PaymentState.APPROVED, NONE, settledBy);
    }

    /** A refund that was ordered and of which the ledger does not know yet that it was given back: a line for it waits. */
    public int addRefundUnderWay(final long number, final CharSequence reference, final int postId, final long amount, final String currency) {
        return add(Subject.REFUND, number, reference, postId, amount, currency, NO_DAY, PaymentState.UNALLOCATED, NONE, 0);
    }

    /**
     * Money that went back after it was settled: it is to leave the account again.
     *
     * @param reference of the refund; where a whole payment went back, one that no bank has, and {@link IndexNotes#returned} says whose
     * @param day       on which it went back
     */
    public int addReturn(final long number, final CharSequence reference, final int postId, final long amount, final String currency, final int day, final long settledBy) {
        return add(Subject.RETURN, number, reference, postId, amount, currency, day, PaymentState.APPROVED, NONE, settledBy);
    }

    private int add(final Subject subject, final long number, final CharSequence reference, final int postId, final long gross, final String currency, final int day,
                    final PaymentState state, final int batch, final long settled) {
        if (postId < 0 || postId > Character.MAX_VALUE || day < 0 || day > Character.MAX_VALUE || gross < 0 || gross > Amount.MOST_MINOR) {
            throw new IllegalArgumentException("post " + postId + ", day " + day + " or amount " + gross + " is out of range");
        }
        if (!References.isGood(reference.toString())) {
            throw new IllegalArgumentException("a reference is 1 to " + References.MOST_CHARACTERS + " letters, digits and hyphens");
        }
        final byte inCurrency = currencyNumber(currency); // all that can be refused comes before the first change
        room();
        references.add(reference);
        final int row = size++;
        numbers[row] = number;
        grossMinor[row] = gross;
        settledBy[row] = settled;
        batches[row] = batch;
        days[row] = (char) day;
        posts[row] = (char) postId;
        currencyOf[row] = inCurrency;
        flags[row] = (byte) (state.ordinal() | subject.ordinal() << SUBJECT_SHIFT);
        if (settled != 0 && subject == Subject.PAYMENT && batch(row) != NONE) {
            settledMembers.incrementAndGet(batch);
        }
        return row;
    }

    private void room() {
        if (size == MOST) {
            throw new IllegalArgumentException("more than " + MOST + " rows: begin with those that are not settled");
        }
        if (size == numbers.length) {
            final int more = Math.min(MOST, size + (size >> 1) + 16);
            numbers = Arrays.copyOf(numbers, more);
            grossMinor = Arrays.copyOf(grossMinor, more);
            settledBy = Arrays.copyOf(settledBy, more);
            batches = Arrays.copyOf(batches, more);
            links = Arrays.copyOf(links, more);
            days = Arrays.copyOf(days, more);
            posts = Arrays.copyOf(posts, more);
            currencyOf = Arrays.copyOf(currencyOf, more);
            flags = Arrays.copyOf(flags, more);
        }
    }

    /** @return its row, or {@link #NONE} */
    public int find(final CharSequence reference) {
        return references.find(reference);
    }

    private byte currencyNumber(final String currency) {
        final Byte known = currencyNumbers.get(currency);
        if (known != null) {
            return known;
        }
        Amount.digits(currency);
        if (currencyNumbers.size() == currencies.length) {
            throw new IllegalArgumentException("more than " + currencies.length + " currencies");
        }
        final byte number = (byte) currencyNumbers.size();
        currencies[number] = currency;
        currencyNumbers.put(currency, number);
        return number;
    }

    /** The ledger has come to another state. */
    public void state(final int row, final PaymentState state) {
        flags[row] = (byte) (flags[row] & ~STATE_MASK | state.ordinal());
    }

    /** A break is open about it: it is not missing as well, nor is what belongs to a net day. */
    public void breakOpen(final int row) {
        flags[row] |= IN_BREAK;
        for (int link = isNet(row) ? links[row] : 0; link != 0; link = links[link - 1]) {
            flags[link - 1] |= IN_BREAK;
        }
    }

    /** What is known of few of its rows. */
    public IndexNotes notes() {
        return notes;
    }

    public int size() {
        return size;
    }

    /** Memory of its arrays, bytes. */
    public long bytes() {
        return (Long.BYTES * 3L + Integer.BYTES * 2L + Character.BYTES * 2L + 2) * numbers.length + references.bytes();
    }

    String reference(final int row) {
        return references.text(row);
    }

    long number(final int row) {
        return numbers[row];
    }

    long gross(final int row) {
        return grossMinor[row];
    }

    /** Of what was charged. */
    public String currency(final int row) {
        return currencies[currencyOf[row]];
    }

    /** Days since 1970-01-01. */
    public int day(final int row) {
        return days[row];
    }

    int post(final int row) {
        return posts[row];
    }

    PaymentState state(final int row) {
        return STATES[flags[row] & STATE_MASK];
    }

    Subject subject(final int row) {
        return SUBJECTS[flags[row] >> SUBJECT_SHIFT & SUBJECT_MASK];
    }

    boolean isInBreak(final int row) {
        return (flags[row] & IN_BREAK) != 0;
    }

    /** Row of the batch with which it is settled, or {@link #NONE}. */
    int batch(final int row) {
        return subject(row) == Subject.BATCH || batches[row] != NONE && isNet(batches[row]) ? NONE : batches[row];
    }

    boolean isNet(final int row) {
        return (flags[row] & NET) != 0;
    }

    /** Whether a line for it is one for several payments, each of which is settled by itself. */
    boolean isTogether(final int row) {
        return isNet(row) || notes.family(row) != null;
    }

    /** Payments that one line settles, by row. */
    int[] together(final int row) {
        return isNet(row) ? members(row) : notes.family(row);
    }

    private int[] members(final int net) {
        final int[] members = new int[batches[net]];
        int at = members.length;
        for (int link = links[net]; link != 0; link = links[link - 1]) {
            members[--at] = link - 1;
        }
        return members;
    }

    /** Payments that a batch has; 1 for all else. */
    int count(final int row) {
        return subject(row) == Subject.BATCH ? batches[row] : 1;
    }

    long settledBy(final int row) {
        return settledBy[row];
    }

    void settled(final int row, final long line) {
        settledBy[row] = line;
        if (batch(row) != NONE) {
            settledMembers.incrementAndGet(batches[row]);
        }
    }

    /** Payments of a batch that were settled one by one. */
    int settledMembers(final int batch) {
        return settledMembers.get(batch);
    }
}
