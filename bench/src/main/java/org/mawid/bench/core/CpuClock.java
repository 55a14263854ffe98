package org.mawid.bench.core;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Time that the calling thread has had a core: what others take of a shared machine is not in it. What they do to its caches is. */
final class CpuClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {
    }

    /** Nanoseconds; a call takes a microsecond or less. */
    static long nanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
