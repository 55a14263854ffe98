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
     * @param resourceKinds bit k = a place of PoolKind k at the same post is needed for each person
     * @param limit        most starts to give, 1 to 10 000
     * @param nowMs        starts before it and days released after it are left out
     */
    record Query(int[] deskIds, int fromEpochDay, int days, int persons, int units, int resourceKinds, int limit, long nowMs) {
    }

    /** A start that had room. @param startMs instant of the first unit */
    record Slot(int deskId, int epochDay, int startUnit, long startMs) {
    }

    /** @param position log position reflected @param ageMs how long ago that position was applied, at most, in ms */
    record Slots(long position, long ageMs, List<Slot> slots) {
    }

    /** @param starts how many starts have room on that date, all desks of the query together */
    record DayCount(int epochDay, int starts) {
    }

    record DayCounts(long position, long ageMs, List<DayCount> days) {
    }

    /** The units of one day. @param room by unit @param open capacity less withheld, by unit */
    record DayView(int poolId, int epochDay, long startMs, long releasedAtMs, int alignUnits, int[] room, int[] open, long position) {
    }

    /** The first starts in order of instant, then desk id. */
    Slots firstStarts(Query query);

    /** Starts per day, for a calendar to be coloured. */
    DayCounts countsPerDay(Query query);

    /** Null when there is no such published day. */
    DayView day(int poolId, int epochDay);

    /** Changes whenever an answer about any day of this post may have changed: for ETags. */
    long versionOf(int postId);

    /** Waits at most {@code timeoutMs} until the masks reflect {@code position}. @return false when they do not yet: READ_MODEL_BEHIND */
    boolean awaitPosition(long position, long timeoutMs);

    /** Last position that the masks reflect. */
    long position();
}
