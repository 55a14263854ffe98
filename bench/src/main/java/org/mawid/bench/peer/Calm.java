package org.mawid.bench.peer;

import java.io.IOException;
import org.mawid.bench.peer.work.Peer;
import org.mawid.bench.process.Usage;

/** Looks, once a second, whether the just-in-time compilers of a peer's server and of its clients here have little left to do. One thread. */
final class Calm {
    /** Share of the processor time below which a compiler counts as through. */
    private static final double LITTLE = 0.1;
    private static final long EVERY_NS = 1_000_000_000L;

    private final Peer peer;
    private long lookedNs;
    private long serverNs;
    private long serverCompilerNs;
    private long hereNs;
    private long hereCompilerNs;
    private boolean reached;

    Calm(final Peer peer) throws IOException {
        this.peer = peer;
        look();
    }

    /** Of the last whole second. */
    boolean isReached() throws IOException {
        if (System.nanoTime() - lookedNs >= EVERY_NS) {
            final long server = serverNs;
            final long serverCompiler = serverCompilerNs;
            final long here = hereNs;
            final long hereCompiler = hereCompilerNs;
            look();
            reached = isLittle(serverCompilerNs - serverCompiler, serverNs - server) && isLittle(hereCompilerNs - hereCompiler, hereNs - here);
        }
        return reached;
    }

    private void look() throws IOException {
        lookedNs = System.nanoTime();
        serverNs = peer.cpuNs();
        serverCompilerNs = peer.compilerNs();
        hereNs = Usage.ownCpuNs();
        hereCompilerNs = Usage.ownCompilerNs();
    }

    private static boolean isLittle(final long compilerNs, final long allNs) {
        return compilerNs <= LITTLE * allNs;
    }
}
