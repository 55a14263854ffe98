package org.mawid.engine.kernel;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows of one length, numbered from 0, in pages made when they are first written. Nothing is ever copied when it grows
 * but the list of pages.
 */
public final class Rows {
    private static final int PAGE_BYTES = 64 * 1024;

    private final int tableId;
    private final int rowBytes;
    private final int bits;
    private final int mask;
    private final UnsafeBuffer run = new UnsafeBuffer(new byte[0]);
    private final Slabs slabs;
    private long[] pages = new long[4];

    /** @param tableId one of {@link TableIds} @param rowBytes of each row, 1 to 1 024 */
    public Rows(final CoreMemory memory, final int tableId, final int rowBytes) {
        this.slabs = new Slabs(memory);
        this.tableId = tableId;
        this.rowBytes = rowBytes;
        this.bits = pageBits(rowBytes);
        this.mask = (1 << bits) - 1;
    }

    /** Rows of a page as a power of two: a page is made in a few microseconds and is at most one run of the {@link StateWriter}. */
    static int pageBits(final int rowBytes) {
        return 31 - Integer.numberOfLeadingZeros(PAGE_BYTES / rowBytes);
    }

    /** Address of a row that has been written, see {@link Memory}. */
    public long at(final int row) {
        final long page = pages[row >>> bits];
        Invariant.that(page != 0, "a row is looked at that was never written", tableId, row);
        return page + (row & mask) * rowBytes;
    }

    /** Whether these rows lie one behind the other in memory. */
    boolean isRun(final int row, final int count) {
        return (row & mask) + count - 1 <= mask;
    }

    /** True when the row's page exists; only then may it be read. */
    public boolean has(final int row) {
        return row >= 0 && row >>> bits < pages.length && pages[row >>> bits] != 0;
    }

    /** Address of a row that is about to be written. */
    public long ensure(final int row) {
        final int index = row >>> bits;
        if (index >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(index + 1, pages.length * 2));
        }
        if (pages[index] == 0) {
            pages[index] = slabs.allocate(rowBytes << bits);
        }
        return pages[index] + (row & mask) * rowBytes;
    }

    public int rowBytes() {
        return rowBytes;
    }

    /** Rows {@code from} to {@code end - 1}; those without a page are left out. */
    public void save(final StateWriter out, final int from, final int end) {
        int row = from;
        while (row < end) {
            final int next = Math.min(end, (row | mask) + 1);
            if (has(row)) {
                run.wrap(at(row), (next - row) * rowBytes);
                out.rows(tableId, rowBytes, row, next - row, run, 0);
            }
            row = next;
        }
    }

    /** Rows that are in use, from the first to the last in each page. @param liveField offset of a byte that is not 0 in rows in use */
    public void saveUsed(final StateWriter out, final int liveField) {
        for (int index = 0; index < pages.length; index++) {
            if (pages[index] != 0) {
                run.wrap(pages[index], rowBytes << bits);
                saveUsed(out, tableId, rowBytes, (long) index << bits, run, mask + 1, liveField);
            }
        }
    }

    /** What a page holds beyond its first and last row in use is zeros, and is left out. */
    static void saveUsed(final StateWriter out, final int tableId, final int rowBytes, final long firstNumber, final DirectBuffer page, final int rows, final int liveField) {
        int from = 0;
        while (from < rows && page.getByte(from * rowBytes + liveField) == 0) {
            from++;
        }
        int end = rows;
        while (end > from && page.getByte((end - 1) * rowBytes + liveField) == 0) {
            end--;
        }
        if (end > from) {
            out.rows(tableId, rowBytes, firstNumber + from, end - from, page, from * rowBytes);
        }
    }

    /** Takes over the present run. */
    public void load(final StateReader in) {
        Invariant.that(in.rowBytes() <= rowBytes, "rows of a snapshot are not longer than this build knows", in.rowBytes(), rowBytes);
        for (int i = 0; i < in.count(); i++) {
            final int row = Math.toIntExact(in.firstNumber() + i);
            Memory.put(ensure(row), in.buffer(), in.offset() + i * in.rowBytes(), in.rowBytes());
        }
    }
}
