package org.mawid.engine.readmodel.cooling;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.Long2LongHashMap;

/** How many places cool, by day and unit. Written by the one that feeds, read by any. Two numbers a run and a byte a unit of the days that have some: no more than the rules let cool. */
final class CoolingPlaces {
    private static final int MOST_UNITS = 192;
    private static final int[] NOTHING = new int[0];
    /** No run is: each has a unit at least. */
    private static final long NO_RUN = 0;

    /** By number: pool, date, start, units and places in one word. */
    private final Long2LongHashMap runs = new Long2LongHashMap(NO_RUN);
    /** By pool and date; never changed once they are there, and gone when nothing cools. */
    private final Map<Long, byte[]> days = new ConcurrentHashMap<>();

    void begin(final long runId, final int poolId, final int epochDay, final int startUnit, final int units, final int places) {
        final long run = (long) epochDay << 40 | (long) poolId << 24 | (long) startUnit << 16 | (long) units << 8 | places;
        runs.put(runId, run);
        move(run, places);
    }

    void end(final long runId) {
        final long run = runs.remove(runId);
        move(run, -(int) (run & 0xFF));
    }

    private void move(final long run, final int places) {
        days.compute(run >> 24, (day, before) -> {
            final byte[] after = before == null ? new byte[MOST_UNITS] : before.clone();
            final int from = (int) (run >>> 16) & 0xFF;
            for (int unit = from; unit < from + ((int) (run >>> 8) & 0xFF); unit++) {
                after[unit] += (byte) places;
            }
            return isNothing(after) ? null : after;
        });
    }

    private static boolean isNothing(final byte[] day) {
        for (final byte places : day) {
            if (places != 0) {
                return false;
            }
        }
        return true;
    }

    int[] on(final int poolId, final int epochDay) {
        final byte[] day = days.get((long) epochDay << 16 | poolId);
        if (day == null) {
            return NOTHING;
        }
        final int[] places = new int[MOST_UNITS];
        for (int unit = 0; unit < MOST_UNITS; unit++) {
            places[unit] = day[unit] & 0xFF;
        }
        return places;
    }
}
