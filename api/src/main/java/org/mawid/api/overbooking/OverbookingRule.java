package org.mawid.api.overbooking;

/**
 * Up to where a desk may be overbooked. Without a rule it is not.
 *
 * @param maxWaitMinutes that those who come at any start of the day wait on average for a counter, of a day whose every place is taken, 1 to 60
 * @param maxShare       of the counters of a start that may be added to them, rounded down, above 0 to 0.5: at a desk of one counter nothing is ever added
 */
public record OverbookingRule(int maxWaitMinutes, double maxShare) {
    public static final int MOST_WAIT_MINUTES = 60;
    public static final double MOST_SHARE = 0.5;

    public OverbookingRule {
        if (maxWaitMinutes < 1 || maxWaitMinutes > MOST_WAIT_MINUTES || !(maxShare > 0 && maxShare <= MOST_SHARE)) {
            throw new IllegalArgumentException("no rule allows a wait of " + maxWaitMinutes + " minutes and a share of " + maxShare);
        }
    }

    int most(final int counters) {
        return (int) (counters * maxShare);
    }
}
