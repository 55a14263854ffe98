package org.mawid.bench.load;

import java.lang.management.ManagementFactory;

/** The Java heap of this process. */
public final class Heap {
    private static final int COLLECTIONS = 3;
    private static final long SETTLE_MS = 100;

    private Heap() {
    }

    /** Bytes in use after a full collection: the least of three, for others may be at work. Takes a third of a second and more. */
    public static long inUse() throws InterruptedException {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(SETTLE_MS);
            used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
