package org.mawid.engine.readmodel.work;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.mawid.engine.kernel.Invariant;

/**
 * Who waits at one post, who waits longest first, then by number. Sorted pages of a fixed size, one sorted list of them: most who come are put behind all others, and whoever comes or
 * leaves moves half a page at most, however many wait. Pages that two of make less than half a one become one, so an entry takes 24 bytes, and 96 at most. One at a time.
 */
final class PostQueue {
    /** Of a page. Source: our estimate: half of them are moved in some tens of nanoseconds. */
    static final int ENTRIES = 128;
    private static final int HALF = ENTRIES / 2;
    // An entry: since when, the number, its row.
    private static final int SINCE = 0;
    private static final int NUMBER = 1;
    private static final int ROW = 2;
    private static final int WORDS = 3;

    /** Entries side by side, with room before them and behind. */
    static final class Page {
        private final long[] words = new long[ENTRIES * WORDS];
        private int from;
        private int count;

        private long word(final int entry, final int word) {
            return words[(from + entry) * WORDS + word];
        }

        /** @return true when the entry is before whoever has waited since then and has this number */
        private boolean isBefore(final int entry, final long sinceMs, final long number) {
            final long itsSinceMs = word(entry, SINCE);
            return itsSinceMs != sinceMs ? itsSinceMs < sinceMs : word(entry, NUMBER) < number;
        }

        /** How many are before. */
        private int before(final long sinceMs, final long number) {
            if (count == 0 || isBefore(count - 1, sinceMs, number)) {
                return count;
            }
            int low = 0;
            int high = count - 1;
            while (low < high) {
                final int middle = low + high >>> 1;
                if (isBefore(middle, sinceMs, number)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private void insert(final int entry, final long sinceMs, final long number, final int row) {
            if (from + count == ENTRIES) {
                move(0, count, -from);
                from = 0;
            }
            move(entry, count - entry, 1);
            final int at = (from + entry) * WORDS;
            words[at + SINCE] = sinceMs;
            words[at + NUMBER] = number;
            words[at + ROW] = row;
            count++;
        }

        private void remove(final int entry) {
            if (entry < count - entry) {
                move(0, entry, 1);
                from++;
            } else {
                move(entry + 1, count - entry - 1, -1);
            }
            count--;
        }

        private void move(final int entry, final int entries, final int by) {
            System.arraycopy(words, (from + entry) * WORDS, words, (from + entry + by) * WORDS, entries * WORDS);
        }

        /** Its upper half becomes that of an empty one. */
        private void divide(final Page upper) {
            System.arraycopy(words, (from + HALF) * WORDS, upper.words, 0, (count - HALF) * WORDS);
            upper.count = count - HALF;
            count = HALF;
        }

        /** All of one that comes behind it. */
        private void append(final Page upper) {
            move(0, count, -from);
            from = 0;
            System.arraycopy(upper.words, upper.from * WORDS, words, count * WORDS, upper.count * WORDS);
            count += upper.count;
        }

        private void clear() {
            from = 0;
            count = 0;
        }
    }

    /** Goes through the queue, which must not change meanwhile. */
    final class Cursor {
        private int page;
        private int entry;

        private Cursor(final int page, final int entry) {
            this.page = page;
            this.entry = entry;
            settle();
        }

        boolean isAtEnd() {
            return page == pageCount;
        }

        long sinceMs() {
            return pages[page].word(entry, SINCE);
        }

        long number() {
            return pages[page].word(entry, NUMBER);
        }

        int row() {
            return (int) pages[page].word(entry, ROW);
        }

        void next() {
            entry++;
            settle();
        }

        private void settle() {
            if (page < pageCount && entry == pages[page].count) {
                page++;
                entry = 0;
            }
        }
    }

    private final ArrayDeque<Page> spares;
    /** None is empty, but for the only one. */
    private Page[] pages = new Page[1];
    private int pageCount;
    private int count;

    /** @param spares pages that nobody needs, of all queues that are written by one thread */
    PostQueue(final ArrayDeque<Page> spares) {
        this.spares = spares;
    }

    int count() {
        return count;
    }

    /** Who is not in it yet. */
    void add(final long sinceMs, final long number, final int row) {
        if (pageCount == 0) {
            insertPage(0);
        }
        final int in = pageOf(sinceMs, number);
        Page page = pages[in];
        int entry = page.before(sinceMs, number);
        if (page.count == ENTRIES) {
            final Page behind = insertPage(in + 1);
            if (entry == ENTRIES) {
                page = behind; // as most do: what is full stays full
                entry = 0;
            } else {
                page.divide(behind);
                page = entry > HALF ? behind : page;
                entry = entry > HALF ? entry - HALF : entry;
            }
        }
        page.insert(entry, sinceMs, number, row);
        count++;
    }

    /** Who is in it. */
    void remove(final long sinceMs, final long number) {
        final int in = pageOf(sinceMs, number);
        final Page page = pages[in];
        final int entry = page.before(sinceMs, number);
        Invariant.that(entry < page.count && page.word(entry, NUMBER) == number, "who leaves a queue was in it", number, sinceMs);
        page.remove(entry);
        count--;
        if (pageCount > 1) {
            join(Math.min(in, pageCount - 2));
            join(Math.max(0, in - 1));
        }
    }

    /** How many have waited since before then. */
    int waitingSinceBefore(final long sinceMs) {
        final int in = pageOf(sinceMs, Long.MIN_VALUE);
        int before = pageCount == 0 ? 0 : pages[in].before(sinceMs, Long.MIN_VALUE);
        for (int page = 0; page < in; page++) {
            before += pages[page].count;
        }
        return before;
    }

    /** From whoever has waited since then and has this number, or comes next. */
    Cursor from(final long sinceMs, final long number) {
        final int in = pageOf(sinceMs, number);
        return new Cursor(in, pageCount == 0 ? 0 : pages[in].before(sinceMs, number));
    }

    /** The last page that does not begin behind; the first when all do. */
    private int pageOf(final long sinceMs, final long number) {
        int low = 0;
        int high = pageCount - 1;
        if (high > 0 && beginsBefore(high, sinceMs, number)) {
            return high;
        }
        while (low < high) {
            final int middle = low + high + 1 >>> 1;
            if (beginsBefore(middle, sinceMs, number)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Or with it. */
    private boolean beginsBefore(final int page, final long sinceMs, final long number) {
        return pages[page].isBefore(0, sinceMs, number) || pages[page].word(0, SINCE) == sinceMs && pages[page].word(0, NUMBER) == number;
    }

    /** A page and the next one, when both are nearly empty, or one is quite. */
    private void join(final int lower) {
        if (lower + 1 >= pageCount) {
            return;
        }
        if (pages[lower].count == 0) {
            removePage(lower);
        } else if (pages[lower + 1].count == 0) {
            removePage(lower + 1);
        } else if (pages[lower].count + pages[lower + 1].count <= HALF) {
            pages[lower].append(pages[lower + 1]);
            removePage(lower + 1);
        }
    }

    private Page insertPage(final int at) {
        final Page spare = spares.poll();
        final Page page = spare == null ? new Page() : spare;
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, 2 * pageCount);
        }
        System.arraycopy(pages, at, pages, at + 1, pageCount - at);
        pages[at] = page;
        pageCount++;
        return page;
    }

    private void removePage(final int at) {
        pages[at].clear();
        spares.push(pages[at]);
        pageCount--;
        System.arraycopy(pages, at + 1, pages, at, pageCount - at);
        pages[pageCount] = null;
    }
}
