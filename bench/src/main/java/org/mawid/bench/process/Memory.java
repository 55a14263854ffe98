package org.mawid.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process, as Linux counts it. */
final class Memory {
    private Memory() {
    }

    /**
     * One line of its status.
     *
     * @param process its number, or {@code self}
     * @param what    as the line begins: {@code VmRSS:} now, {@code VmHWM:} the most so far
     * @return 0 where there is no /proc
     */
    static long bytes(final String process, final String what) throws IOException {
        final Path status = Path.of("/proc", process, "status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (final String line : Files.readAllLines(status)) {
            if (line.startsWith(what)) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        return 0;
    }
}
