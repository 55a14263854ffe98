package org.mawid.bench.load;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.mawid.engine.memory.Spares;

/**
 * Memory for a core's tables, all of it made before the clock starts. In the engine another thread makes it while the core works; where the
 * objects of a whole process are counted, as JMH does, those of that thread would count as the core's. One thread.
 */
public final class ReadySlabs implements Supplier<ByteBuffer> {
    private final ArrayDeque<ByteBuffer> ready = new ArrayDeque<>();

    /** @param bytes at least so many */
    public void add(final long bytes) {
        for (long made = 0; made < bytes; made += Spares.BYTES) {
            ready.add(ByteBuffer.allocateDirect(Spares.BYTES));
        }
    }

    /** @return null when all are taken: the core then makes its own, and that is counted */
    @Override
    public ByteBuffer get() {
        return ready.poll();
    }

    /** How many are left. */
    public int left() {
        return ready.size();
    }
}
