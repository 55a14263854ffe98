package org.mawid.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Processor time of some threads of any process, as Linux counts it. */
final class ThreadTimes {
    /** Ticks of the kernel's counters: 100 a second on every Linux that Java runs on. */
    static final long NS_PER_TICK = 10_000_000L;
    /** The just-in-time compilers of a JVM. */
    static final Pattern COMPILERS = Pattern.compile("C[12] Compiler.*");
    /** The collectors of a JVM, whichever was chosen. The serial one has no thread but that of the virtual machine. */
    static final Pattern COLLECTORS = Pattern.compile("GC Thread.*|G1 .*|VM Thread|Z(Worker|Driver|Director|Stat|Unmapper|Uncommitter).*|Shenandoah.*");
    /** What applies commands in an engine. */
    static final Pattern WRITER = Pattern.compile("mawid-core");
    /** Behind the name, counted from the state: user and system time. */
    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private ThreadTimes() {
    }

    /** @param names as the kernel has them, cut after 15 characters @return ns, 0 where there is no /proc */
    static long of(final long pid, final Pattern names) throws IOException {
        final Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        long ticks = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (final Path task : all) {
                ticks += ticks(task.resolve("stat"), names);
            }
        } catch (final UncheckedIOException | java.nio.file.DirectoryIteratorException ended) {
            return 0; // the process has just ended
        }
        return ticks * NS_PER_TICK;
    }

    /** As {@link #of}, counted by the scheduler and not in ticks: for a thread whose work is little. @return 0 where the kernel does not tell it */
    static long exactly(final long pid, final Pattern names) throws IOException {
        final Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        long ns = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (final Path task : all) {
                if (names.matcher(Files.readString(task.resolve("comm")).strip()).matches()) {
                    ns += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
                }
            }
        } catch (final NoSuchFileException | java.nio.file.DirectoryIteratorException ended) {
            return 0; // the process has just ended, or nothing is told of threads here
        }
        return ns;
    }

    private static long ticks(final Path stat, final Pattern names) throws IOException {
        final String line;
        try {
            line = Files.readString(stat);
        } catch (final IOException e) {
            if (Files.notExists(stat)) {
                return 0; // it ended, perhaps while it was read: then this is not a missing file
            }
            throw e;
        }
        final int from = line.indexOf('(');
        final int to = line.lastIndexOf(')');
        if (!names.matcher(line.substring(from + 1, to)).matches()) {
            return 0;
        }
        final String[] fields = line.substring(to + 2).split(" ");
        return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    }
}
