package org.mawid.bench.release.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.mawid.bench.process.Usage;

/** Processor time of client and server between two moments, each of which counts once. Only the thread that decides. */
public final class Consumption {
    private final Meter meter;
    private boolean hasBegun;
    private boolean hasEnded;
    private long tookNs;
    private long clientNs;
    private long clientCompilerNs;
    private long serverNs;
    private long compilerNs;

    public Consumption(final Meter meter) {
        this.meter = meter;
    }

    public void begin() {
        if (!hasBegun) {
            hasBegun = true;
            add(-1);
        }
    }

    /** Nothing before it has begun, and the second time. */
    public void end() {
        if (hasBegun && !hasEnded) {
            hasEnded = true;
            add(1);
        }
    }

    private void add(final int sign) {
        try {
            tookNs += sign * System.nanoTime();
            clientNs += sign * Usage.ownCpuNs();
            clientCompilerNs += sign * Usage.ownCompilerNs();
            serverNs += sign * meter.cpuNs();
            compilerNs += sign * meter.compilerNs();
        } catch (final IOException e) {
            throw new UncheckedIOException("the server's processor time cannot be read", e);
        }
    }

    public long tookNs() {
        return tookNs;
    }

    public long clientNs() {
        return clientNs;
    }

    /** Of it, what its compiler took. */
    public long clientCompilerNs() {
        return clientCompilerNs;
    }

    /** 0 = the server is not ours to look at. */
    public long serverNs() {
        return serverNs;
    }

    public long compilerNs() {
        return compilerNs;
    }
}
