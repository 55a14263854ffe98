package org.mawid.engine.readmodel.work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.mawid.engine.readmodel.WorkView.Work;

/**
 * Applications with a line that is SUBMITTED or DOCUMENTS_NEEDED: a row of eight words each, as long as a line of the cache, in pages that are used again. Hundreds of thousands a second come
 * and go at the peak, and few are ever looked at: what officers see is made of a row when they ask. One at a time.
 */
final class WorkRows {
    /** Of a row. */
    static final int WORDS = 8;
    static final int NONE = -1;
    static final int APPLICATION = 0;
    static final int SINCE = 1;
    static final int OFFICER = 2;
    static final int UNTIL = 3;
    /** Of lines 0 to 7, a byte each, the first lowest. */
    static final int SERVICES = 4;
    /** Of lines 8 to 15. */
    static final int FURTHER = 5;
    /** Three posts, 0 = none: the chosen one lowest, then where its first line is registered, then the first one that it accepts beside. */
    static final int POSTS = 6;
    /** Which are SUBMITTED, bit i = line i; from {@link #NEEDED_AT} on which are DOCUMENTS_NEEDED; from {@link #COUNT_AT} on how many there are. */
    static final int LINES = 7;
    static final int REGISTERED_AT = 16;
    static final int ACCEPTED_AT = 32;
    static final int NEEDED_AT = 16;
    static final int COUNT_AT = 32;
    static final long SET = 0xFFFF;

    private static final int PAGE_BITS = 9;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;

    private final Long2LongHashMap rows = new Long2LongHashMap(NONE);
    private long[][] pages = {};
    private int[] free = {};
    private int freeCount;

    /** {@link #NONE} = nothing of it is to be decided. */
    int find(final long applicationId) {
        return (int) rows.get(applicationId);
    }

    /** One that is not there yet. */
    int open(final long applicationId) {
        if (freeCount == 0) {
            makeRoom();
        }
        final int row = free[--freeCount];
        rows.put(applicationId, row);
        return row;
    }

    void close(final int row) {
        rows.remove(word(row, APPLICATION));
        free[freeCount++] = row;
    }

    long word(final int row, final int word) {
        return pages[row >>> PAGE_BITS][at(row) + word];
    }

    void put(final int row, final int word, final long value) {
        pages[row >>> PAGE_BITS][at(row) + word] = value;
    }

    void copy(final int row, final long[] into, final int at) {
        System.arraycopy(pages[row >>> PAGE_BITS], at(row), into, at, WORDS);
    }

    private void makeRoom() {
        final int first = pages.length << PAGE_BITS;
        pages = Arrays.copyOf(pages, pages.length + 1);
        pages[pages.length - 1] = new long[PAGE_ROWS * WORDS];
        free = Arrays.copyOf(free, first + PAGE_ROWS);
        for (int row = first + PAGE_ROWS - 1; row >= first; row--) {
            free[freeCount++] = row;
        }
    }

    private static int at(final int row) {
        return (row & PAGE_ROWS - 1) * WORDS;
    }

    // ---- what is in words of a row

    /** Whose queue it is in, 0 = every post's. */
    static int postId(final long posts) {
        final long chosen = posts & SET;
        final long registered = posts >>> REGISTERED_AT & SET;
        return (int) (chosen != 0 ? chosen : registered != 0 ? registered : posts >>> ACCEPTED_AT & SET);
    }

    /** @param words a copied row from {@code at} on */
    static Work work(final long[] words, final int at) {
        final long lines = words[at + LINES];
        final int count = (int) (lines >>> COUNT_AT);
        final List<Integer> services = new ArrayList<>(count);
        for (int line = 0; line < count; line++) {
            services.add((int) (words[at + (line < Long.BYTES ? SERVICES : FURTHER)] >>> Byte.SIZE * (line % Long.BYTES)) & 0xFF);
        }
        return new Work(words[at + APPLICATION], postId(words[at + POSTS]), words[at + SINCE], List.copyOf(services), (int) (lines & SET), (int) (lines >>> NEEDED_AT & SET),
                words[at + OFFICER], words[at + UNTIL]);
    }
}
