package org.mawid.engine.readmodel.cooling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.Long2LongHashMap;

/** How many places cool, by day and unit. Written by the one that feeds, read by any. Two numbers a run and a byte a unit of the days that have some: no more than the rules let cool. */
final class CoolingPlaces {
    private static final int MOST_UNITS = 192;
    private static final VarHandle UNITS = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final int[] NOTHING = new int[0];
    /** No run is: each has a unit at least. */
    private static final long NO_RUN = 0;

    /** By number: pool, date, start, units and places in one word. */
    private final Long2LongHashMap runs = new Long2LongHashMap(NO_RUN);
    /** By pool and date; gone when nothing cools. */
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

    /** In place, unit by unit: for a moment a reader may see a part of a run. */
    private void move(final long run, final int places) {
        final Long key = run >> 24;
        byte[] day = days.get(key);
        if (day == null) {
            day = new byte[MOST_UNITS];
            days.put(key, day);
        }
        final int from = (int) (run >>> 16) & 0xFF;
        for (int unit = from; unit < from + ((int) (run >>> 8) & 0xFF); unit++) {
            UNITS.setOpaque(day, unit, (byte) (day[unit] + places));
        }
        if (places < 0 && isNothing(day)) {
            days.remove(key);
        }
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
            places[unit] = (byte) UNITS.getOpaque(day, unit) & 0xFF;
        }
        return places;
    }
}
