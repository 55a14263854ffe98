package org.mawid.engine.readmodel;

import java.util.List;

/** Where there is room. Searches work on bit masks and allocate only their answer. */
public interface Availability {
    /**
     * @param deskIds      desks to look at, 1 to 64, of one or several posts
     * @param fromEpochDay first local date
     * @param days         how many local dates, 1 to 420
     * @param persons      places needed at the desk, 1 to 8
     * @param units        consecutive 5-minute units needed, 1 to 192
     * @param resourcePlaces places needed of each kind of resource at the same post, see {@link SearchPlan}; a reception seat
     *                      for each person is always asked for where the post has seats
     * @param limit        most starts to give, 1 to 10 000
     * @param nowMs        starts not after it and days released after it are left out
     * @param quotaClass   for whom: 0 = everybody; else also what is kept for this class, see {@link org.mawid.sbe.QuotaClass}
     */
    record Query(int[] deskIds, int fromEpochDay, int days, int persons, int units, int resourcePlaces, int limit, long nowMs, int quotaClass) {
        /** For everybody. */
        public Query(final int[] deskIds, final int fromEpochDay, final int days, final int persons, final int units, final int resourcePlaces, final int limit, final long nowMs) {
            this(deskIds, fromEpochDay, days, persons, units, resourcePlaces, limit, nowMs, 0);
        }

        public Query forClass(final int kept) {
            return new Query(deskIds, fromEpochDay, days, persons, units, resourcePlaces, limit, nowMs, kept);
        }
    }

    /** A start that had room. @param startMs instant of the first unit */
    record Slot(int deskId, int epochDay, int startUnit, long startMs) {
    }

    /** @param position log position reflected @param ageMs how long ago that position was reflected, in ms */
    record AsOf(long position, long ageMs) {
    }

    /** Position and age are those of {@link #asOf()} before the search. */
    record Slots(long position, long ageMs, List<Slot> slots) {
    }

    /** @param starts how many starts have room on that date, all desks of the query together */
    record DayCount(int epochDay, int starts) {
    }

    /** Likewise. */
    record DayCounts(long position, long ageMs, List<DayCount> days) {
    }

    /**
     * The units of one day.
     *
     * @param room     by unit
     * @param open     capacity less withheld, by unit
     * @param withheld places kept from the public, by unit, what is left for channels among them; empty when nothing is withheld on the whole day
     * @param channels what is kept for channels
     * @param overbooked which of the places are beyond the desk's counters
     * @param position events of this day up to it are all in it, and none after it: deltas can be added from there on. It may be ahead of
     *                 {@link Availability#position()}, which moves on a batch at a time
     */
    record DayView(int poolId, int epochDay, long startMs, long releasedAtMs, int alignUnits, int[] room, int[] open, int[] withheld,
                   ChannelPlaces channels, Overbooked overbooked, long position) {
        /** Of a day that keeps nothing for channels, and none of whose places are beyond the counters. */
        public DayView(final int poolId, final int epochDay, final long startMs, final long releasedAtMs, final int alignUnits, final int[] room, final int[] open,
                       final int[] withheld, final long position) {
            this(poolId, epochDay, startMs, releasedAtMs, alignUnits, room, open, withheld, ChannelPlaces.NOTHING, Overbooked.NONE, position);
        }
    }

    /**
     * Places of a day beyond the counters of its desk, as published, until what nobody has taken of them is withdrawn. To be read only.
     *
     * @param places  by unit; empty when there are none
     * @param untilMs when they are withdrawn, ms since 1970; 0 = never, or there are none
     */
    record Overbooked(int[] places, long untilMs) {
        public static final Overbooked NONE = new Overbooked(new int[0], 0);
    }

    /** What every later answer reflects at least, also one of {@link CatalogueView}: read it before a search is planned, to be told with what is found. */
    AsOf asOf();

    /** The first starts in order of instant, then desk id. */
    Slots firstStarts(Query query);

    /** Starts per day, for a calendar to be coloured. */
    DayCounts countsPerDay(Query query);

    /** Null when there is no such published day. */
    DayView day(int poolId, int epochDay);

    /** Where visits may start on the published days of a pool: at multiples of so many units. Each once, ascending; empty when there are no days. */
    int[] alignments(int poolId);

    /**
     * Changes whenever an answer about any day of this post may have changed, but for the passing of time: for ETags.
     * The log position of the last such change, or that of the last rebuild; the same after a restart or higher. Read it before the answer that it is to name.
     */
    long versionOf(int postId);

    /** Waits at most {@code timeoutMs} until the masks reflect {@code position}. @return false when they do not yet: READ_MODEL_BEHIND */
    boolean awaitPosition(long position, long timeoutMs);

    /** Last position that the masks reflect. */
    long position();
}
