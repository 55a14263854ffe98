package org.mawid.bench.process;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has used. */
public final class Usage {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Usage() {
    }

    /** Processor time of all threads of this process, ns; user and system. */
    public static long ownCpuNs() {
        return SYSTEM.getProcessCpuTime();
    }
}
