package org.mawid.bench.process;

import java.io.IOException;

/**
 * Processor time of one side of a load, that of its just-in-time compilers apart: what they take depends on how long the side has run.
 *
 * @param ns         of the whole process
 * @param compilerNs of its compilers, part of it; Linux only, else 0
 * @param writerNs   of the thread that applies commands, part of it; 0 where there is none, and elsewhere than on Linux
 */
public record Used(long ns, long compilerNs, long writerNs) {
    /** By this process so far. */
    public static Used here() throws IOException {
        return new Used(Usage.ownCpuNs(), Usage.ownCompilerNs(), 0);
    }

    /** By that server so far. */
    public static Used of(final Server server) throws IOException {
        return new Used(server.cpuNs(), server.compilerNs(), server.writerNs());
    }

    /** What came since then. Of the compilers never below 0: what a thread of theirs took is not known any more when it has ended. */
    public Used since(final Used before) {
        return new Used(ns - before.ns, Math.max(0, compilerNs - before.compilerNs), writerNs - before.writerNs);
    }

    /** Without the compilers. Never below 0, for these are not counted equally well. */
    public long workNs() {
        return Math.max(0, ns - compilerNs);
    }

    /** Without the compilers, microseconds for each of so many. */
    public double us(final double done) {
        return workNs() / 1e3 / done;
    }

    /** Of the thread that applies commands, microseconds for each of so many. */
    public double writerUs(final double done) {
        return writerNs / 1e3 / done;
    }

    /** Of the compilers, microseconds for each of so many. */
    public double compilerUs(final double done) {
        return compilerNs / 1e3 / done;
    }
}
