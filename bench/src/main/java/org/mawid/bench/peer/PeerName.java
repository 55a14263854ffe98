package org.mawid.bench.peer;

/** Those that do the same work, and what is known of each before it is started. */
enum PeerName {
    postgres(100, 60_000, 3, Installed.INSTALL_POSTGRES),
    redis(64, 120_000, 2, Installed.INSTALL_REDIS),
    /** Of 16 clients together a quarter of what the ring takes at once. */
    mawid(256, 900_000, 5, null);

    private static final double MOST_ONE_BY_ONE = 120_000;

    private final int batch;
    private final double mostBatched;
    private final double startSeconds;
    private final String install;

    PeerName(final int batch, final double mostBatched, final double startSeconds, final String install) {
        this.batch = batch;
        this.mostBatched = mostBatched;
        this.startSeconds = startSeconds;
        this.install = install;
    }

    /** Commands of one call in a batch: what suits it. */
    int batch() {
        return batch;
    }

    /** Commands a second that it cannot be expected to exceed: what is prepared lasts for a round. */
    double most(final boolean isBatched) {
        return isBatched ? mostBatched : Math.min(mostBatched, MOST_ONE_BY_ONE);
    }

    /** Until it is ready with its calendar, on two quiet cores. */
    double startSeconds() {
        return startSeconds;
    }

    /** How it gets here, null = it is here. */
    String install() {
        return install;
    }
}
