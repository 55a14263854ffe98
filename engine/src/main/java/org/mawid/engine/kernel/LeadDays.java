package org.mawid.engine.kernel;

/** How long before its start a visit is agreed. */
public final class LeadDays {
    private static final int MOST = 255;
    private static final long DAY_MS = 86_400_000L;

    private LeadDays() {
    }

    /** Whole days from one instant to the start, 0 to 255, which also stands for more. Both ms since 1970-01-01 UTC. */
    public static int of(final long nowMs, final long startMs) {
        return (int) Math.max(0, Math.min(MOST, (startMs - nowMs) / DAY_MS));
    }
}
