package org.mawid.bench.capacity.result;

/** What those waited who had an appointment at a desk, by the local time of its start. */
public final class StartWaits {
    /** Of fewer the mean says little: such a start is left out. */
    static final int LEAST = 20;
    private static final int UNIT_MINUTES = 5;

    private final double[] waited = new double[DeskFigures.HOURS * 60 / UNIT_MINUTES];
    private final int[] came = new int[waited.length];

    /** @param startMinute of the local day @param minutes from coming, not before the start, until called */
    public void add(final int startMinute, final double minutes) {
        final int start = Math.max(0, Math.min(waited.length - 1, startMinute / UNIT_MINUTES));
        waited[start] += minutes;
        came[start]++;
    }

    /** Starts that enough came to. */
    int starts() {
        return above(-1);
    }

    /** Starts at which people waited longer, mean over the days. */
    int above(final double minutes) {
        int above = 0;
        for (int start = 0; start < waited.length; start++) {
            above += came[start] >= LEAST && waited[start] / came[start] > minutes ? 1 : 0;
        }
        return above;
    }

    /** The longest mean wait at a start, minutes; 0 when there is none. */
    double longest() {
        double longest = 0;
        for (int start = 0; start < waited.length; start++) {
            longest = came[start] >= LEAST ? Math.max(longest, waited[start] / came[start]) : longest;
        }
        return longest;
    }
}
