package org.mawid.bench.peer.work;

/** Those that do the same work, and what is known of each before it is started. */
public enum PeerName {
    postgres(100, 60_000, 3),
    redis(64, 120_000, 2),
    /** Of 16 clients together half of what the ring takes at once. */
    mawid(512, 900_000, 5);

    private static final double MOST_ONE_BY_ONE = 120_000;

    private final int batch;
    private final double mostBatched;
    private final double startSeconds;

    PeerName(final int batch, final double mostBatched, final double startSeconds) {
        this.batch = batch;
        this.mostBatched = mostBatched;
        this.startSeconds = startSeconds;
    }

    /** Commands of one call in a batch: what suits it. */
    public int batch() {
        return batch;
    }

    /** Commands a second that it cannot be expected to exceed: what is prepared lasts for a round. */
    public double most(final boolean isBatched) {
        return isBatched ? mostBatched : Math.min(mostBatched, MOST_ONE_BY_ONE);
    }

    /** Until it is ready with its calendar, on two quiet cores. */
    public double startSeconds() {
        return startSeconds;
    }
}
