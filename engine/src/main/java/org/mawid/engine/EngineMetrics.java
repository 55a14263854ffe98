package org.mawid.engine;

import org.mawid.sbe.Result;

/**
 * Told how the pipeline is doing, while it runs: for counters and histograms. Each method is called on one thread of the pipeline, which it
 * delays: return at once, never block, never throw, allocate nothing.
 */
public interface EngineMetrics {
    /** Nobody listens. */
    EngineMetrics NONE = new EngineMetrics() {
        @Override
        public void onGroup(final long nanos, final int records) {
            // nobody listens
        }

        @Override
        public void onCommand(final int templateId, final Result result, final long nanos) {
            // nobody listens
        }
    };

    /**
     * The journal made a group durable. Journal thread.
     *
     * @param nanos   duration of its write and sync
     * @param records commands in it, 1 or more
     */
    void onGroup(long nanos, int records);

    /**
     * A command was answered, also when it was refused before it took a position. Core thread.
     *
     * @param templateId of the command as it came in: any value when it is malformed
     * @param nanos      from admission to the answer
     */
    void onCommand(int templateId, Result result, long nanos);
}
