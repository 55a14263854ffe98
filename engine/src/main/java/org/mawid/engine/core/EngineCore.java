package org.mawid.engine.core;

/** Decides and remembers. Deterministic: the same commands at the same positions and times give the same bytes on any machine. */
public final class EngineCore {
    private long position;
    private long nowMs;

    /** Position of the last command applied, 0 before the first. */
    public long position() {
        return position;
    }

    /** Log time of the last command applied, ms since 1970-01-01 UTC. */
    public long nowMs() {
        return nowMs;
    }
}
