package org.mawid.bench.process;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.bench.load.Output;

/**
 * Processor time of a process that feeds an engine of its own, told apart by who used it. The thread that asks is the client; what the engine
 * calls its own is the server. Compilers and collectors serve both; they and the whole process are counted to ten milliseconds, they only on
 * Linux: elsewhere they are among the others.
 *
 * @param clientNs    of the asking thread, ns
 * @param serverNs    of each of the engine's threads, by its name without {@value #ENGINE}
 * @param compilerNs  of the just-in-time compilers
 * @param collectorNs of the collector, and of the thread that brings the others to a stop for it
 * @param allNs       of the whole process
 */
public record CpuUse(long clientNs, Map<String, Long> serverNs, long compilerNs, long collectorNs, long allNs) {
    /** How the engine's threads are called. */
    private static final String ENGINE = "mawid-";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Since the process began. Takes some milliseconds of the asking thread: not while something is measured. */
    public static CpuUse now() {
        final Map<String, Long> server = new TreeMap<>();
        for (final ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(ENGINE)) {
                // −1 when it has ended meanwhile
                server.merge(thread.getThreadName().substring(ENGINE.length()), Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())), Long::sum);
            }
        }
        try {
            final long compilerNs = Usage.ownCompilerNs();
            final long collectorNs = Usage.ownCollectorNs();
            return new CpuUse(Usage.threadCpuNs(), server, compilerNs, collectorNs, Usage.ownCpuNs()); // the asking thread last: asking is its work
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came since then; asked for by the same thread. */
    public CpuUse since(final CpuUse before) {
        final Map<String, Long> server = new TreeMap<>();
        serverNs.forEach((thread, ns) -> server.put(thread, Math.max(0, ns - before.serverNs.getOrDefault(thread, 0L))));
        return new CpuUse(clientNs - before.clientNs, server, Math.max(0, compilerNs - before.compilerNs), Math.max(0, collectorNs - before.collectorNs), allNs - before.allNs);
    }

    /** Both together. */
    public CpuUse and(final CpuUse other) {
        final Map<String, Long> server = new TreeMap<>(serverNs);
        other.serverNs.forEach((thread, ns) -> server.merge(thread, ns, Long::sum));
        return new CpuUse(clientNs + other.clientNs, server, compilerNs + other.compilerNs, collectorNs + other.collectorNs, allNs + other.allNs);
    }

    /** Of all of the engine's threads. */
    public long allServerNs() {
        return serverNs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of the process, but for all that is told apart. Never below 0, for what is told apart is not counted equally well. */
    public long otherNs() {
        return Math.max(0, allNs - clientNs - allServerNs() - compilerNs - collectorNs);
    }

    /** As it stands in a result: microseconds for each of so many commands, the engine's threads by what they used. */
    public JsonObject usEach(final long commands) {
        final JsonObject threads = new JsonObject();
        serverNs.entrySet().stream().filter(thread -> thread.getValue() > 0).sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(thread -> threads.put(thread.getKey(), us(thread.getValue(), commands)));
        return new JsonObject().put("clientCpuUsEach", us(clientNs, commands)).put("serverCpuUsEach", us(allServerNs(), commands)).put("serverThreadsCpuUsEach", threads)
                .put("compilerCpuUsEach", us(compilerNs, commands)).put("collectorCpuUsEach", us(collectorNs, commands)).put("otherCpuUsEach", us(otherNs(), commands));
    }

    private static double us(final long ns, final long commands) {
        return Output.rounded(ns / 1e3 / Math.max(1, commands));
    }
}
