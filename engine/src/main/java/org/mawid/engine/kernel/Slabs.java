package org.mawid.engine.kernel;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/**
 * Where a table has its pages: zeroed memory outside the Java heap, cut from larger and larger slabs up to a size that is made in some tens
 * of microseconds; a table that has come so far takes larger ones where they are ready. It lives as long as its core, see {@link CoreMemory}.
 */
public final class Slabs {
    private static final int LARGEST = 256 * 1024;
    private static final int LINE = 64;
    private static final int MOST = 1 << 30;

    private final CoreMemory memory;
    private long free;
    private long end;
    private int next;

    public Slabs(final CoreMemory memory) {
        this.memory = memory;
    }

    /** @param bytes of one page; more than 256 KiB come from a slab of their own @return its address, on a cache line */
    public long allocate(final int bytes) {
        Invariant.that(bytes > 0 && bytes <= MOST, "a page has a size", bytes);
        final int whole = bytes + LINE - 1 & -LINE;
        if (end - free < whole) {
            next = Math.min(LARGEST, Math.max(next * 2, whole));
            final ByteBuffer spare = next == LARGEST && whole <= LARGEST ? memory.spare() : null;
            final ByteBuffer slab = spare != null ? spare : memory.take(Math.max(next, whole) / whole * whole + LINE);
            free = BufferUtil.address(slab) + LINE - 1 & -LINE;
            end = free + (slab.capacity() - LINE) / whole * whole;
        }
        final long page = free;
        free += whole;
        return page;
    }
}
