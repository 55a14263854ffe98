package org.mawid.bench.peer.work;

/** What is asked for, the same for every peer: how many slots an application needs follows from its number. */
public final class Applications {
    static final int MOST_UNITS = 4;
    /** Of twenty: 50 % need one slot, 30 % two, 15 % three, 5 % four. */
    private static final byte[] UNITS = {1, 2, 1, 3, 1, 2, 1, 1, 2, 1, 3, 1, 2, 1, 4, 1, 2, 1, 3, 2};
    private static final double MEAN_UNITS = 1.75;

    private Applications() {
    }

    /** Consecutive slots, 1 to {@value #MOST_UNITS}. @param application its number, from 0 */
    public static int units(final int application) {
        // Multiplied, or neighbours in one client's share would follow each other in the order above.
        return UNITS[(int) ((application * 0x9E3779B97F4A7C15L >>> 33) % UNITS.length)];
    }

    public static double meanUnits() {
        return MEAN_UNITS;
    }
}
