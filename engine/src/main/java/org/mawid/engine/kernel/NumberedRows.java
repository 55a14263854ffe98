package org.mawid.engine.kernel;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows found by the number that the core counted for them, without any index: numbers ascend, so a row's page is known. A page is
 * dropped when none of its rows is live, so memory follows what lives and not what was ever counted.
 */
public final class NumberedRows {
    private static final int SPARE_PAGES = 4;

    private final int tableId;
    private final int rowBytes;
    private final int liveField;
    private final int bits;
    private final int mask;
    private final UnsafeBuffer run = new UnsafeBuffer(new byte[0]);
    private byte[][] pages = new byte[4][];
    private int[] live = new int[4];
    private long firstPage;
    private final byte[][] spares = new byte[SPARE_PAGES][];
    private int spareCount;

    /** @param liveField offset of a byte that is not 0 in live rows and 0 in all others */
    public NumberedRows(final int tableId, final int rowBytes, final int liveField) {
        this.tableId = tableId;
        this.rowBytes = rowBytes;
        this.liveField = liveField;
        this.bits = Rows.pageBits(rowBytes);
        this.mask = (1 << bits) - 1;
    }

    /** Whether there is a live row of that number; any number may be asked for. */
    public boolean has(final long number) {
        final long index = (number >>> bits) - firstPage;
        if (index < 0 || index >= pages.length) {
            return false;
        }
        final byte[] page = pages[(int) index];
        return page != null && page[at(number) + liveField] != 0;
    }

    /** The page of a live row. */
    public byte[] page(final long number) {
        return pages[(int) ((number >>> bits) - firstPage)];
    }

    /** Where the row begins in its page. */
    public int at(final long number) {
        return ((int) number & mask) * rowBytes;
    }

    /** Something of the row if there may be one, for prefetching. */
    public long touch(final long number) {
        final long index = (number >>> bits) - firstPage;
        if (index < 0 || index >= pages.length || pages[(int) index] == null) {
            return 0;
        }
        return pages[(int) index][at(number)];
    }

    /** Makes room for a new row; the caller fills it and makes its live byte other than 0. Numbers come in ascending order. */
    public byte[] add(final long number) {
        final byte[] page = ensure(number >>> bits);
        live[(int) ((number >>> bits) - firstPage)]++;
        return page;
    }

    /** Makes the row all zeros again. */
    public void remove(final long number) {
        final int index = (int) ((number >>> bits) - firstPage);
        final byte[] page = pages[index];
        final int at = at(number);
        Invariant.that(page[at + liveField] != 0, "only live rows are removed", tableId, number);
        Arrays.fill(page, at, at + rowBytes, (byte) 0);
        if (--live[index] == 0) {
            pages[index] = null;
            if (spareCount < SPARE_PAGES) {
                spares[spareCount++] = page;
            }
        }
    }

    /** The lowest live number at or above {@code from} and below {@code end}, or {@code end}; looks at no more than {@code max} rows of pages that exist and then gives where it stopped, as a negative number. */
    public long next(final long from, final long end, final int max) {
        long number = Math.max(from, firstPage << bits);
        int looked = 0;
        while (number < end) {
            final int index = (int) ((number >>> bits) - firstPage);
            if (index >= pages.length) {
                return end;
            }
            if (pages[index] == null) {
                number = (number | mask) + 1;
            } else if (has(number)) {
                return number;
            } else if (++looked == max) {
                return -(number + 1);
            } else {
                number++;
            }
        }
        return end;
    }

    /** Live rows, by counting pages. */
    public long count() {
        long count = 0;
        for (final int rows : live) {
            count += rows;
        }
        return count;
    }

    /** All pages with live rows. */
    public void save(final StateWriter out) {
        for (int index = 0; index < pages.length; index++) {
            if (pages[index] != null) {
                run.wrap(pages[index]);
                Rows.saveUsed(out, tableId, rowBytes, firstPage + index << bits, run, mask + 1, liveField);
            }
        }
    }

    /** Takes over the present run. */
    public void load(final StateReader in) {
        Invariant.that(in.rowBytes() <= rowBytes, "rows of a snapshot are not longer than this build knows", in.rowBytes(), rowBytes);
        for (int i = 0; i < in.count(); i++) {
            final long number = in.firstNumber() + i;
            final int from = in.offset() + i * in.rowBytes();
            if (in.buffer().getByte(from + liveField) != 0) {
                in.buffer().getBytes(from, add(number), at(number), in.rowBytes());
            }
        }
    }

    /** Recounts the live rows. */
    public void check() {
        for (int index = 0; index < pages.length; index++) {
            int found = 0;
            for (int row = 0; pages[index] != null && row <= mask; row++) {
                found += pages[index][row * rowBytes + liveField] != 0 ? 1 : 0;
            }
            Invariant.that(found == live[index], "live rows of a page add up", tableId, index);
            Invariant.that(found > 0 == (pages[index] != null), "a page exists for live rows only", tableId, index);
        }
    }

    private byte[] ensure(final long pageNumber) {
        long index = pageNumber - firstPage;
        Invariant.that(index >= 0, "numbers ascend", tableId, pageNumber);
        if (index >= pages.length) {
            makeRoom(pageNumber);
            index = pageNumber - firstPage;
        }
        byte[] page = pages[(int) index];
        if (page == null) {
            page = spareCount > 0 ? spares[--spareCount] : new byte[rowBytes << bits];
            pages[(int) index] = page;
        }
        return page;
    }

    /** Leaves out the pages at the front that are gone; when that is not enough the list doubles. */
    private void makeRoom(final long pageNumber) {
        int gone = 0;
        while (gone < pages.length && pages[gone] == null) {
            gone++;
        }
        if (gone == pages.length) {
            firstPage = pageNumber;
            return;
        }
        if (gone > pages.length / 2) {
            System.arraycopy(pages, gone, pages, 0, pages.length - gone);
            System.arraycopy(live, gone, live, 0, live.length - gone);
            Arrays.fill(pages, pages.length - gone, pages.length, null);
            Arrays.fill(live, live.length - gone, live.length, 0);
            firstPage += gone;
        }
        while (pageNumber - firstPage >= pages.length) {
            pages = Arrays.copyOf(pages, pages.length * 2);
            live = Arrays.copyOf(live, live.length * 2);
        }
    }
}
