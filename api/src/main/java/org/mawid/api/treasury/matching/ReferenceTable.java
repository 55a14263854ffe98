package org.mawid.api.treasury.matching;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mawid.api.treasury.port.References;

/** References, each with a number from 0 in the order in which they came: their characters one after the other, and a table of those numbers, half full at most. One thread. */
final class ReferenceTable {
    /** What a reference of ours has, and one to spare. */
    private static final int USUAL_CHARACTERS = 17;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private int[] ends;
    private byte[] characters;
    private int[] slots;
    private int size;

    ReferenceTable(final int expected) {
        ends = new int[expected];
        characters = new byte[expected * USUAL_CHARACTERS];
        slots = emptySlots(expected);
    }

    /** @throws IllegalArgumentException when it is there already */
    void add(final CharSequence reference) {
        if ((size + 1) * 2L > slots.length) {
            rehash();
        }
        final int slot = slot(reference);
        if (slots[slot] != 0) {
            throw new IllegalArgumentException("a reference is there twice: " + reference);
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, Math.min(PaymentIndex.MOST, size + (size >> 1) + 16));
        }
        int end = start(size);
        if (end + reference.length() > characters.length) {
            characters = Arrays.copyOf(characters, Math.max(end + reference.length(), (int) Math.min(MOST_BYTES, characters.length * 3L / 2)));
        }
        for (int i = 0; i < reference.length(); i++) {
            characters[end++] = (byte) reference.charAt(i);
        }
        ends[size++] = end;
        slots[slot] = size;
    }

    /** @return its number, or {@link PaymentIndex#NONE} */
    int find(final CharSequence reference) {
        return reference.isEmpty() || reference.length() > References.MOST_CHARACTERS ? PaymentIndex.NONE : slots[slot(reference)] - 1;
    }

    String text(final int number) {
        return new String(characters, start(number), ends[number] - start(number), StandardCharsets.ISO_8859_1);
    }

    long bytes() {
        return (long) Integer.BYTES * (ends.length + slots.length) + characters.length;
    }

    /** Where it is, or where it would be. */
    private int slot(final CharSequence reference) {
        final int mask = slots.length - 1;
        int slot = hash(reference) & mask;
        while (slots[slot] != 0 && !isNamed(slots[slot] - 1, reference)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void rehash() {
        slots = emptySlots(size * 2);
        final int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hash(number) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = number + 1;
        }
    }

    /** A power of two, twice as many as are expected or more. */
    private static int[] emptySlots(final int expected) {
        return new int[Integer.highestOneBit(Math.max(8, expected) - 1) << 2];
    }

    /** FNV-1a, mixed once more so that the low bits are of all characters. Only our own references are in the table: nobody can make them collide. */
    private static int hash(final CharSequence reference) {
        long hash = BASIS;
        for (int i = 0; i < reference.length(); i++) {
            hash = (hash ^ reference.charAt(i)) * PRIME;
        }
        return mixed(hash);
    }

    /** Of one that is there. */
    private int hash(final int number) {
        long hash = BASIS;
        for (int i = start(number); i < ends[number]; i++) {
            hash = (hash ^ characters[i]) * PRIME;
        }
        return mixed(hash);
    }

    private static int mixed(final long sum) {
        final long hash = (sum ^ sum >>> 33) * 0xff51afd7ed558ccdL;
        return (int) (hash ^ hash >>> 33);
    }

    private boolean isNamed(final int number, final CharSequence reference) {
        final int start = start(number);
        if (ends[number] - start != reference.length()) {
            return false;
        }
        for (int i = 0; i < reference.length(); i++) {
            if (characters[start + i] != reference.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int start(final int number) {
        return number == 0 ? 0 : ends[number - 1];
    }
}
