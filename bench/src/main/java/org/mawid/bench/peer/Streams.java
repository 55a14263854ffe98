package org.mawid.bench.peer;

import java.util.SplittableRandom;

/**
 * All that is drawn in a run, from its one seed. What a client asks for follows from the mode and its number alone, so that every peer is asked
 * for the same. Its request ids are others in every bout, or a server would take the later one for a repeat of the earlier. One thread.
 */
final class Streams {
    private final long seed;
    private int bouts;

    Streams(final long seed) {
        this.seed = seed;
    }

    /** A bout begins: its clients send request ids of their own. */
    void begin() {
        bouts++;
    }

    /** Of what a client asks for. @param client its number, from 0 */
    long of(final Mode mode, final int client) {
        return drawn(mode.name().hashCode(), client);
    }

    /** Of what is there before anyone searches. @param client who fills the calendar, from 0 */
    long ofFilling(final int client) {
        return drawn("filling".hashCode(), client);
    }

    /** Upper half of a client's request ids in this bout, never 0. */
    long ids(final int client) {
        return drawn(-1 - bouts, client) | 1;
    }

    private long drawn(final int what, final int number) {
        return new SplittableRandom(new SplittableRandom(seed ^ (long) what << Integer.SIZE).nextLong() ^ number).nextLong();
    }
}
