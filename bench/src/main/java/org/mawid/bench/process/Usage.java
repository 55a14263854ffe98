package org.mawid.bench.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What this process has used. */
public final class Usage {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Usage() {
    }

    /** Processor time of the calling thread, ns: what others on the machine take is not in it. */
    public static long threadCpuNs() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** The most memory that this process has had resident so far; Linux only, else 0. */
    public static long ownPeakBytes() throws IOException {
        return Memory.bytes("self", "VmHWM:");
    }

    /** Memory that this process has resident now; Linux only, else 0. */
    public static long ownResidentBytes() throws IOException {
        return Memory.bytes("self", "VmRSS:");
    }

    /** How much of it went to the just-in-time compilers, ns; Linux only, else 0. */
    public static long ownCompilerNs() throws IOException {
        return ThreadTimes.of(ProcessHandle.current().pid(), ThreadTimes.COMPILERS);
    }

    /** How much of it went to the collector, ns; Linux only, else 0. */
    public static long ownCollectorNs() throws IOException {
        return ThreadTimes.of(ProcessHandle.current().pid(), ThreadTimes.COLLECTORS);
    }

    /** Processor time of all threads of this process, ns; user and system. */
    public static long ownCpuNs() {
        return SYSTEM.getProcessCpuTime();
    }
}
