package org.mawid.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time of a process and of all that it has started, as Linux counts it. */
public final class TreeTimes {
    /** Behind the name, counted from the state: user and system time, and the same of children that have ended and were waited for. */
    private static final int FIRST = 11;
    private static final int LAST = 14;

    private TreeTimes() {
    }

    /** @return ns, to ten milliseconds a process; 0 where there is no /proc */
    public static long ns(final ProcessHandle root) throws IOException {
        long ticks = ticks(root.pid());
        try (Stream<ProcessHandle> all = root.descendants()) {
            for (final ProcessHandle one : all.toList()) {
                ticks += ticks(one.pid());
            }
        }
        return ticks * ThreadTimes.NS_PER_TICK;
    }

    private static long ticks(final long pid) throws IOException {
        final String line;
        try {
            line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (final NoSuchFileException ended) {
            return 0;
        } catch (final IOException e) {
            if (ProcessHandle.of(pid).isEmpty()) {
                return 0; // it ended while it was read
            }
            throw e;
        }
        final String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = FIRST; field <= LAST; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks;
    }
}
