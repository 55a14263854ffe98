package org.mawid.bench.kingdom;

import java.util.Arrays;

/**
 * Applications that are not over yet, each in a slot that is used again: who asks for what, where, when they come and what they will do.
 * Arrays, so that hundreds of thousands are cheap. One thread.
 */
final class Cases {
    /** Most lines, and so most legs, of one application. */
    static final int LINES = Realm.MOST_LINES;
    static final int NONE = -1;

    /** Number of the first person; the others follow. */
    long[] personBase;
    /** Number of the application in process, its reference over the wire; as the one below. */
    long[] application;
    /** Of the hold until it is confirmed, then of the appointment. */
    long[] visit;
    /** The slot that goes on at the same step, or the next free one. */
    int[] next;
    /** Date of the visit. */
    int[] epochDay;
    /** Five-minute units of all legs. */
    int[] deskUnits;
    int[] stampCentimes;
    int[] waitedDays;
    short[] post;
    byte[] state;
    byte[] lines;
    byte[] persons;
    byte[] legs;
    /** Stamps issued, −1 = they will be with the first hold. */
    byte[] stamps;
    /** Appointments that this application will still have. */
    byte[] toCome;
    // by line
    byte[] service;
    byte[] person;
    // by leg
    short[] legDesk;
    short[] legStart;
    short[] legUnits;
    byte[] legKinds;
    byte[] legPerson;
    byte[] legLines;
    private int free = NONE;
    private int top;
    private int open;

    Cases() {
        personBase = new long[0];
        grow(1 << 12);
    }

    /** @return a slot whose fields hold what an earlier case left there */
    int open() {
        open++;
        if (free != NONE) {
            final int slot = free;
            free = next[slot];
            return slot;
        }
        if (top == personBase.length) {
            grow(2 * top);
        }
        return top++;
    }

    void close(final int slot) {
        next[slot] = free;
        free = slot;
        open--;
    }

    int openCount() {
        return open;
    }

    /** Where the i-th line or leg of a slot is. */
    static int at(final int slot, final int i) {
        return slot * LINES + i;
    }

    private void grow(final int size) {
        final boolean first = personBase.length == 0;
        personBase = Arrays.copyOf(personBase, size);
        application = first ? new long[size] : Arrays.copyOf(application, size);
        visit = first ? new long[size] : Arrays.copyOf(visit, size);
        next = first ? new int[size] : Arrays.copyOf(next, size);
        epochDay = first ? new int[size] : Arrays.copyOf(epochDay, size);
        deskUnits = first ? new int[size] : Arrays.copyOf(deskUnits, size);
        stampCentimes = first ? new int[size] : Arrays.copyOf(stampCentimes, size);
        waitedDays = first ? new int[size] : Arrays.copyOf(waitedDays, size);
        post = first ? new short[size] : Arrays.copyOf(post, size);
        state = bytes(state, size);
        lines = bytes(lines, size);
        persons = bytes(persons, size);
        legs = bytes(legs, size);
        stamps = bytes(stamps, size);
        toCome = bytes(toCome, size);
        service = bytes(service, size * LINES);
        person = bytes(person, size * LINES);
        legKinds = bytes(legKinds, size * LINES);
        legPerson = bytes(legPerson, size * LINES);
        legLines = bytes(legLines, size * LINES);
        legDesk = shorts(legDesk, size * LINES);
        legStart = shorts(legStart, size * LINES);
        legUnits = shorts(legUnits, size * LINES);
    }

    private static byte[] bytes(final byte[] old, final int size) {
        return old == null ? new byte[size] : Arrays.copyOf(old, size);
    }

    private static short[] shorts(final short[] old, final int size) {
        return old == null ? new short[size] : Arrays.copyOf(old, size);
    }
}
