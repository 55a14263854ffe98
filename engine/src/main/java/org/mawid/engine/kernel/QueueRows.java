package org.mawid.engine.kernel;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows that come and go in order: the newest is added behind the others, only the oldest leaves. A row that left is not looked at again,
 * so nothing is spent on making it zeros; its page is used again when all rows of it have left.
 */
public final class QueueRows {
    private final int tableId;
    private final int rowBytes;
    private final int bits;
    private final int mask;
    private final UnsafeBuffer run = new UnsafeBuffer(0, 0);
    private final Slabs slabs;
    private long[] pages = new long[4];
    private long[] spares = new long[4];
    private int spareCount;
    private long firstPage;
    private long first = 1;
    private long next = 1;

    public QueueRows(final CoreMemory memory, final int tableId, final int rowBytes) {
        this.slabs = new Slabs(memory);
        this.tableId = tableId;
        this.rowBytes = rowBytes;
        this.bits = Rows.pageBits(rowBytes);
        this.mask = (1 << bits) - 1;
    }

    /** Number of the oldest row; of the next one to come when there is none. */
    public long first() {
        return first;
    }

    /** Number of the next row to come. */
    public long next() {
        return next;
    }

    public long count() {
        return next - first;
    }

    /** Address of a row from {@link #first()} to before {@link #next()}, see {@link Memory}. */
    public long at(final long number) {
        Invariant.that(number >= first && number < next, "a row is looked at that is not in the queue", tableId, number);
        return pages[(int) ((number >>> bits) - firstPage)] + ((int) number & mask) * rowBytes;
    }

    /** Makes a row with the number {@link #next()}. What is in it is of no meaning: the caller fills all of it. @return its address */
    public long add() {
        final long number = next++;
        int index = (int) ((number >>> bits) - firstPage);
        if (index >= pages.length) {
            index = makeRoom(number);
        }
        if (pages[index] == 0) {
            pages[index] = spareCount > 0 ? spares[--spareCount] : slabs.allocate(rowBytes << bits);
        }
        return pages[index] + ((int) number & mask) * rowBytes;
    }

    /** The oldest row leaves. */
    public void removeFirst() {
        Invariant.that(first < next, "a queue with rows", tableId, first);
        final int index = (int) ((first >>> bits) - firstPage);
        first++;
        if (((int) first & mask) == 0) {
            if (spareCount == spares.length) {
                spares = Arrays.copyOf(spares, 2 * spareCount);
            }
            spares[spareCount++] = pages[index];
            pages[index] = 0;
        }
    }

    public void save(final StateWriter out) {
        long from = first;
        while (from < next) {
            final long end = Math.min(next, (from | mask) + 1);
            run.wrap(at(from), (int) (end - from) * rowBytes);
            out.rows(tableId, rowBytes, from, (int) (end - from), run, 0);
            from = end;
        }
    }

    /** Takes over the present run, which goes on where the one before ended. */
    public void load(final StateReader in) {
        Invariant.that(in.rowBytes() <= rowBytes, "rows of a snapshot are not longer than this build knows", in.rowBytes(), rowBytes);
        if (first == next) {
            startAt(in.firstNumber());
        }
        Invariant.that(in.firstNumber() == next, "rows of a queue follow each other", in.firstNumber(), next);
        for (int i = 0; i < in.count(); i++) {
            final long at = add();
            Memory.zero(at, rowBytes);
            Memory.put(at, in.buffer(), in.offset() + i * in.rowBytes(), in.rowBytes());
        }
    }

    /** An empty queue goes on with this number. */
    public void startAt(final long number) {
        Invariant.that(first == next, "an empty queue", first, next);
        Arrays.fill(pages, 0); // what was begun there goes back with the core
        first = number;
        next = number;
        firstPage = number >>> bits;
    }

    /** Leaves out the pages at the front that are gone; when that is not enough the list doubles. @return where the number's page goes */
    private int makeRoom(final long number) {
        final int gone = (int) Math.min(pages.length, (first >>> bits) - firstPage);
        System.arraycopy(pages, gone, pages, 0, pages.length - gone);
        Arrays.fill(pages, pages.length - gone, pages.length, 0);
        firstPage += gone;
        if (gone < pages.length / 2) {
            pages = Arrays.copyOf(pages, pages.length * 2);
        }
        return (int) ((number >>> bits) - firstPage);
    }
}
