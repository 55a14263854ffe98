package org.mawid.engine.kernel;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows found by the number that the core counted for them, without any index: numbers ascend, so a row's page is known. A page
 * without live rows is used again for new numbers, so memory follows what lived at most at once and not what was ever counted.
 */
public final class NumberedRows {
    private final int tableId;
    private final int rowBytes;
    private final int liveField;
    private final int bits;
    private final int mask;
    private final UnsafeBuffer run = new UnsafeBuffer(new byte[0]);
    private final Slabs slabs;
    private long[] pages = new long[4];
    private int[] live = new int[4];
    private long firstPage;
    private long[] spares = new long[4];
    private int spareCount;

    /** @param liveField offset of a byte that is not 0 in live rows and 0 in all others */
    public NumberedRows(final CoreMemory memory, final int tableId, final int rowBytes, final int liveField) {
        this.slabs = new Slabs(memory);
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
        final long page = pages[(int) index];
        return page != 0 && Memory.getByte(page + ((int) number & mask) * rowBytes + liveField) != 0;
    }

    /** Address of a live row, see {@link Memory}. */
    public long at(final long number) {
        final long page = pages[(int) ((number >>> bits) - firstPage)];
        Invariant.that(page != 0, "a row is looked at that is not live", tableId, number);
        return page + ((int) number & mask) * rowBytes;
    }

    /** Address of the row if there may be one, else 0: for {@link Ahead}. Any number may be asked for. */
    public long ahead(final long number) {
        final long index = (number >>> bits) - firstPage;
        if (index < 0 || index >= pages.length || pages[(int) index] == 0) {
            return 0;
        }
        return pages[(int) index] + ((int) number & mask) * rowBytes;
    }

    /** Makes room for a new row; the caller fills it and makes its live byte other than 0. Numbers come in ascending order, but for a few. @return address of the row */
    public long add(final long number) {
        final long page = ensure(number >>> bits);
        live[(int) ((number >>> bits) - firstPage)]++;
        return page + ((int) number & mask) * rowBytes;
    }

    /** Makes the row all zeros again. */
    public void remove(final long number) {
        final int index = (int) ((number >>> bits) - firstPage);
        final long at = at(number);
        Invariant.that(Memory.getByte(at + liveField) != 0, "only live rows are removed", tableId, number);
        Memory.zero(at, rowBytes);
        if (--live[index] == 0) {
            if (spareCount == spares.length) {
                spares = Arrays.copyOf(spares, 2 * spareCount);
            }
            spares[spareCount++] = pages[index];
            pages[index] = 0;
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
            if (pages[index] == 0) {
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
            if (pages[index] != 0) {
                run.wrap(pages[index], rowBytes << bits);
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
                Memory.put(add(number), in.buffer(), from, in.rowBytes());
            }
        }
    }

    /** Recounts the live rows. */
    public void check() {
        for (int index = 0; index < pages.length; index++) {
            int found = 0;
            for (int row = 0; pages[index] != 0 && row <= mask; row++) {
                found += Memory.getByte(pages[index] + row * rowBytes + liveField) != 0 ? 1 : 0;
            }
            Invariant.that(found == live[index], "live rows of a page add up", tableId, index);
            Invariant.that(found > 0 == (pages[index] != 0), "a page exists for live rows only", tableId, index);
        }
    }

    private long ensure(final long pageNumber) {
        if (pageNumber < firstPage) {
            makeRoomBelow(pageNumber);
        }
        long index = pageNumber - firstPage;
        if (index >= pages.length) {
            makeRoom(pageNumber);
            index = pageNumber - firstPage;
        }
        long page = pages[(int) index];
        if (page == 0) {
            page = spareCount > 0 ? spares[--spareCount] : slabs.allocate(rowBytes << bits);
            pages[(int) index] = page;
        }
        return page;
    }

    /** A row of something older comes after rows of newer ones: rare, and it moves the whole list. */
    private void makeRoomBelow(final long pageNumber) {
        final int below = Math.toIntExact(firstPage - pageNumber);
        final long[] morePages = new long[Math.addExact(pages.length, below)];
        final int[] moreLive = new int[morePages.length];
        System.arraycopy(pages, 0, morePages, below, pages.length);
        System.arraycopy(live, 0, moreLive, below, live.length);
        pages = morePages;
        live = moreLive;
        firstPage = pageNumber;
    }

    /** Leaves out the pages at the front that are gone; when that is not enough the list doubles. */
    private void makeRoom(final long pageNumber) {
        int gone = 0;
        while (gone < pages.length && pages[gone] == 0) {
            gone++;
        }
        if (gone == pages.length) {
            firstPage = pageNumber;
            return;
        }
        if (gone > pages.length / 2) {
            System.arraycopy(pages, gone, pages, 0, pages.length - gone);
            System.arraycopy(live, gone, live, 0, live.length - gone);
            Arrays.fill(pages, pages.length - gone, pages.length, 0);
            Arrays.fill(live, live.length - gone, live.length, 0);
            firstPage += gone;
        }
        while (pageNumber - firstPage >= pages.length) {
            pages = Arrays.copyOf(pages, pages.length * 2);
            live = Arrays.copyOf(live, live.length * 2);
        }
    }
}
