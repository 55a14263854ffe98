package org.mawid.api.overbooking;

import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * Visits by appointment of which it is known whether anybody came.
 *
 * @param kept   somebody came, 0 and more
 * @param missed nobody came, 0 and more
 */
public record Attendance(int kept, int missed) {
    /** Of fewer nothing is concluded, as of a journal's shares. Source: our choice; a share of 12 % is then known to about ± 4 %. */
    public static final int LEAST = 200;
    /** How sure it is that as many miss their visit as is counted on; one side of an interval, so that the interval is twice as far from sure. */
    public static final double CONFIDENCE = 0.95;

    public Attendance {
        if (kept < 0 || missed < 0) {
            throw new IllegalArgumentException("neither kept " + kept + " nor missed " + missed + " is below 0");
        }
    }

    public int measured() {
        return Math.addExact(kept, missed);
    }

    public boolean isEnough() {
        return measured() >= LEAST;
    }

    /** Of all, 0 to 1, as measured; 0 when nothing is. */
    public double missedShare() {
        return measured() == 0 ? 0 : (double) missed / measured();
    }

    /**
     * The share that misses its visit at least, 0 to 1: the lower bound of Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927),
     * which is far below what was seen when little was, and never below 0. 0 when too little was measured.
     */
    public double surelyMissedShare() {
        return isEnough() && missed > 0 ? new WilsonScoreInterval().createInterval(measured(), missed, 2 * CONFIDENCE - 1).getLowerBound() : 0;
    }
}
