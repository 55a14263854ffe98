package org.mawid.bench.wire.loop;

/** Whoever has one call at a time on its way to a server. */
public interface Client {
    /**
     * Sends its next call.
     *
     * @param sinceNs from when its latency counts, {@link System#nanoTime()}: now in a closed loop, when it was due in an open one
     */
    void send(long sinceNs);

    /** What is done with one whose call was answered. From any thread. */
    @FunctionalInterface
    interface Then {
        void answered(Client client);
    }

    /** A closed loop: the next call at once. */
    static Then again(final Tally tally) {
        return client -> tally.unlessStopping(() -> client.send(System.nanoTime()));
    }
}
