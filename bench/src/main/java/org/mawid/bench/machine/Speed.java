package org.mawid.bench.machine;

/** How fast one thread reads memory that is in no cache, each place told by the one before, and how fast it computes. */
final class Speed {
    static final long BYTES = 256L << 20;
    private static final int ENTRIES = (int) (BYTES / Integer.BYTES);
    private static final int MASK = ENTRIES - 1;
    /** Of a full period, so that all places are visited and no prefetcher can guess the next: a − 1 divisible by four, c odd. */
    private static final int A = 1_664_525;
    private static final int C = 1_013_904_223;
    private static final int READS = 2_000_000;
    private static final int STEPS = 100_000_000;
    private static final int ROUNDS = 3;

    private final int[] next = new int[ENTRIES];
    /** Read by nobody; keeps the compiler from leaving the work out. */
    private volatile long seen;

    Speed() {
        for (int i = 0; i < ENTRIES; i++) {
            next[i] = after(i);
        }
    }

    /** The place that is read next. */
    static int after(final int place) {
        return place * A + C & MASK;
    }

    /** The best of three rounds: what others do meanwhile only makes it slower. */
    double farReadNs() {
        double best = Double.MAX_VALUE;
        int at = 1;
        for (int round = 0; round < ROUNDS; round++) {
            final long from = System.nanoTime();
            for (int i = 0; i < READS; i++) {
                at = next[at];
            }
            best = Math.min(best, (System.nanoTime() - from) / (double) READS);
        }
        seen = at;
        return best;
    }

    /** A multiplication, an addition and a shift, each waiting for the one before. The best of three rounds. */
    double stepNs() {
        double best = Double.MAX_VALUE;
        long x = 1;
        for (int round = 0; round < ROUNDS; round++) {
            final long from = System.nanoTime();
            for (int i = 0; i < STEPS; i++) {
                x = x * 6_364_136_223_846_793_005L + 1;
                x ^= x >>> 13;
            }
            best = Math.min(best, (System.nanoTime() - from) / (double) STEPS);
        }
        seen = x;
        return best;
    }
}
