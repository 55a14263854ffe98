package org.mawid.engine.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;

/**
 * Where tables have their pages: zeroed memory outside the Java heap, cut from larger and larger slabs up to a size that is made in some tens
 * of microseconds. It lives as long as its table: the collector frees it, and the JVM's limit on direct memory bounds it.
 */
public final class Slabs {
    private static final int LARGEST = 256 * 1024;
    private static final int LINE = 64;

    private final List<ByteBuffer> slabs = new ArrayList<>();
    private long free;
    private long end;
    private int next;

    /** @param bytes of one page; more than 256 KiB come from a slab of their own @return its address, on a cache line */
    public long allocate(final int bytes) {
        final int whole = bytes + LINE - 1 & -LINE;
        if (end - free < whole) {
            next = Math.min(LARGEST, Math.max(next * 2, whole));
            final int size = Math.max(next, whole) / whole * whole;
            final ByteBuffer slab = ByteBuffer.allocateDirect(size + LINE);
            slabs.add(slab);
            free = BufferUtil.address(slab) + LINE - 1 & -LINE;
            end = free + size;
        }
        final long page = free;
        free += whole;
        return page;
    }
}
