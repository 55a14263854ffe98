package org.mawid.engine.memory;

import java.lang.ref.Cleaner;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory outside the Java heap of which nothing is known until it is written. The machine provides it page by page as that happens, while
 * memory that is made zeros is all there from the first moment: a server at rest would hold what only the peak needs. Not counted by
 * the JVM's limit on direct memory.
 */
public final class BlankMemory {
    private static final Cleaner CLEANER = Cleaner.create();

    private BlankMemory() {
    }

    /**
     * @param bytes 1 or more
     * @return bounds-checked; the memory goes when the buffer is collected, so whoever keeps a part of it must keep the buffer
     * @throws OutOfMemoryError when the machine has none
     */
    public static UnsafeBuffer take(final int bytes) {
        final long address = UnsafeApi.allocateMemory(bytes);
        final UnsafeBuffer buffer = new UnsafeBuffer(address, bytes);
        CLEANER.register(buffer, () -> UnsafeApi.freeMemory(address));
        return buffer;
    }
}
