package org.mawid.api.treasury.matching;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.agrona.collections.LongHashSet;

/** What is known of few rows of an index, and of breaks. One thread, as the index. */
public final class IndexNotes {
    /** By row of the payment that was charged: it, and those that have taken over money of it. */
    private final Map<Integer, int[]> families = new HashMap<>();
    private final Map<Integer, Long> waiting = new HashMap<>();
    private final Map<Integer, Long> givenBack = new HashMap<>();
    private final Map<Integer, Integer> returns = new HashMap<>();
    private final Map<Integer, Long> returnedPayments = new HashMap<>();
    private boolean keepsReturns;
    private final LongHashSet breaks = new LongHashSet();
    private final LongHashSet openBreaks = new LongHashSet();
    private ToIntFunction<String> seldom = reference -> PaymentIndex.NONE;

    IndexNotes() {
    }

    /** Money of {@code charged} now pays as {@code takenOver}, both rows of payments: a line for the first is for both. */
    public void takenOver(final int charged, final int takenOver) {
        final int[] before = families.getOrDefault(charged, new int[] {charged});
        final int[] family = Arrays.copyOf(before, before.length + 1);
        family[before.length] = takenOver;
        families.put(charged, family);
    }

    /** What lines are seldom about is added when a line asks for it. @param adding given a reference that is in no row, adds one or answers {@link PaymentIndex#NONE} */
    public void seldom(final ToIntFunction<String> adding) {
        seldom = adding;
    }

    int added(final String reference) {
        return seldom.applyAsInt(reference);
    }

    /** So much of what was charged was given back before it was settled: a line for all of it settles what is left. Minor units. */
    public void givenBack(final int row, final long minor) {
        givenBack.put(row, minor);
    }

    long givenBack(final int row) {
        return givenBack.getOrDefault(row, 0L);
    }

    /** The ledger opens a return for what goes back after it was settled: a line that comes before it waits. */
    public void keepsReturns() {
        keepsReturns = true;
    }

    boolean areReturnsKept() {
        return keepsReturns;
    }

    /**
     * Whose money went back.
     *
     * @param payment row of the payment that went back as a whole: a line that takes it back is for the return; {@link PaymentIndex#NONE} = of a refund, or not here any more
     * @param number  the core's of the payment
     */
    public void returned(final int payment, final int back, final long number) {
        if (payment != PaymentIndex.NONE) {
            returns.put(payment, back);
        }
        returnedPayments.put(back, number);
    }

    /** The row of the return of a payment, {@link PaymentIndex#NONE} = there is none. */
    int returned(final int payment) {
        return returns.getOrDefault(payment, PaymentIndex.NONE);
    }

    /** The core's number of the payment of a return. */
    long returnedPayment(final int back) {
        return returnedPayments.getOrDefault(back, 0L);
    }

    /** Null when nobody has taken over anything. */
    int[] family(final int charged) {
        return families.get(charged);
    }

    /** A line has come that cannot settle the row yet. */
    void waits(final int row, final long line) {
        waiting.put(row, line);
    }

    /** 0 = no line. */
    long waitingFor(final int row) {
        return waiting.getOrDefault(row, 0L);
    }

    /** The log has, or had, this break: a person has resolved it, or will. */
    public void breakKnown(final long key, final boolean isOpen) {
        breaks.add(key);
        if (isOpen) {
            openBreaks.add(key);
        }
    }

    boolean isBreakOpen(final long key) {
        return openBreaks.contains(key);
    }

    public boolean isBreakKnown(final long key) {
        return breaks.contains(key);
    }
}
