package org.mawid.engine.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.BufferUtil;

/**
 * All that one core has outside the Java heap. It is given back in one go when the core is closed. Left to the collector it would stay for
 * hours: commands allocate nothing that would make it run, and a second core takes as much as the first. Afterwards no address of it may
 * be looked at; the core sees to that.
 * <p>The JVM's limit on direct memory bounds it. Thread: the core's.
 */
public final class CoreMemory implements AutoCloseable {
    private final List<ByteBuffer> taken = new ArrayList<>();
    private final long indexKey;
    private Supplier<ByteBuffer> spares = () -> null;
    private long bytes;
    private boolean closed;

    /** With a key of indexes that everybody knows: for tests and tools. */
    public CoreMemory() {
        this(0);
    }

    /** @param indexKey see {@link Segments}: anything, best something that nobody outside the process knows */
    public CoreMemory(final long indexKey) {
        this.indexKey = indexKey;
    }

    long indexKey() {
        return indexKey;
    }

    /**
     * Where large pieces come from as long as it has some: making them here costs the core's thread a fault of the machine for each page.
     *
     * @param ready gives zeros outside the Java heap that are nobody else's, or null
     */
    public void takeSparesFrom(final Supplier<ByteBuffer> ready) {
        spares = ready;
    }

    /** @return a large piece that was ready, as from {@link #take}; null when there is none */
    ByteBuffer spare() {
        Invariant.that(!closed, "memory is taken for a core that is open");
        final ByteBuffer spare = spares.get();
        if (spare != null) {
            taken.add(spare);
            bytes += spare.capacity();
        }
        return spare;
    }

    /** @return zeros outside the Java heap, there until all of it is given back @throws OutOfMemoryError at the JVM's limit */
    public ByteBuffer take(final int length) {
        Invariant.that(!closed, "memory is taken for a core that is open", length);
        final ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        taken.add(buffer);
        bytes += length;
        return buffer;
    }

    /** All that was taken and not given back. */
    public long bytes() {
        return bytes;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Gives everything back, once: a second call does nothing. */
    @Override
    public void close() {
        close(() -> { });
    }

    /** @param rest called between what goes back: the kernel has work with each page */
    public void close(final Runnable rest) {
        closed = true;
        taken.forEach(buffer -> {
            BufferUtil.free(buffer);
            rest.run();
        });
        taken.clear();
        bytes = 0;
    }
}
