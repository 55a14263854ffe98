package org.mawid.api.network;

/**
 * One pool on one local date, resolved: nothing in here depends on a time zone any more.
 *
 * @param poolId       as in {@link Network.Pool#id()}
 * @param epochDay     the local date as days since 1970-01-01
 * @param startMs      start of the first unit, ms since 1970-01-01 UTC; a multiple of five minutes
 * @param units        five-minute units from there on, 1 to {@value #MAX_UNITS}; elapsed time, so a day on which the clocks
 *                     change has as many units as it really lasts
 * @param alignUnits   visits start at multiples of so many units from {@code startMs}, 1 to {@value #MAX_UNITS}
 * @param releasedAtMs when the day becomes bookable, ms since 1970-01-01 UTC
 * @param capacity     places in each unit, 1 to 255
 */
public record OpenDay(int poolId, int epochDay, long startMs, int units, int alignUnits, long releasedAtMs, int capacity) {
    /** Length of a unit in minutes, the same in the whole network. */
    public static final int UNIT_MINUTES = 5;
    /** Length of a unit in milliseconds. */
    public static final long UNIT_MS = UNIT_MINUTES * 60_000L;
    /** Longest day: 16 hours. */
    public static final int MAX_UNITS = 192;
}
