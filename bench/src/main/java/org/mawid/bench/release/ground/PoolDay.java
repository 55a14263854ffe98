package org.mawid.bench.release.ground;

import java.util.List;
import org.mawid.grpc.Day;

/** One pool on one local date: what was open, free and withheld before, and what the books say that was taken since. */
public final class PoolDay {
    private final int poolId;
    private final int epochDay;
    private final long startMs;
    private final long releasedAtMs;
    private final int alignUnits;
    private final int[] open;
    private final int[] withheld;
    private final int[] room;
    private final int[] held;
    private final int[] booked;

    /** As the server tells it before anything is taken. */
    public PoolDay(final Day day) {
        this(day.getPoolId(), day.getEpochDay(), day.getStartMs(), day.getReleasedAtMs(), day.getAlignUnits(), places(day.getOpenList()), places(day.getRoomList()),
                places(day.getWithheldList()));
    }

    /**
     * @param startMs      of unit 0, ms since 1970-01-01 UTC
     * @param releasedAtMs when it became or will become bookable, likewise
     * @param open         by unit: places
     * @param room         by unit: those of them that were free before
     */
    public PoolDay(final int poolId, final int epochDay, final long startMs, final long releasedAtMs, final int alignUnits, final int[] open, final int[] room) {
        this(poolId, epochDay, startMs, releasedAtMs, alignUnits, open, room, new int[0]);
    }

    private PoolDay(final int poolId, final int epochDay, final long startMs, final long releasedAtMs, final int alignUnits, final int[] open, final int[] room,
                    final int[] withheld) {
        this.poolId = poolId;
        this.epochDay = epochDay;
        this.startMs = startMs;
        this.releasedAtMs = releasedAtMs;
        this.alignUnits = alignUnits;
        this.open = open.clone();
        this.withheld = withheld.length == 0 ? new int[open.length] : withheld.clone();
        this.room = room.clone();
        this.held = new int[open.length];
        this.booked = new int[open.length];
    }

    private static int[] places(final List<Integer> byUnit) {
        return byUnit.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Of a pool and a date, for maps. */
    public static long key(final int poolId, final int epochDay) {
        return (long) poolId << 32 | epochDay & 0xFFFF_FFFFL;
    }

    public long key() {
               return key(poolId, epochDay);
    }

    public int poolId() {
        return poolId;
    }

    public int epochDay() {
        return epochDay;
    }

    public long startMs() {
        return startMs;
    }

    public long releasedAtMs() {
        return releasedAtMs;
    }

    /** A unit's place on the grid that all pools share: five-minute units since 1970-01-01 UTC. */
    public long gridUnit(final int unit) {
        return startMs / Ground.UNIT_MS + unit;
    }

    /** Places at a place of that grid: 0 before and after the day. */
    public int openAtGrid(final long grid) {
        final long unit = grid - gridUnit(0);
        return unit < 0 || unit >= open.length ? 0 : open[(int) unit];
    }

    public int alignUnits() {
        return alignUnits;
    }

    public int units() {
        return open.length;
    }

    public int open(final int unit) {
        return open[unit];
    }

    /** Kept from the public: in none of the others. */
    public int withheld(final int unit) {
        return withheld[unit];
    }

    public int held(final int unit) {
        return held[unit];
    }

    public int booked(final int unit) {
        return booked[unit];
    }

    /** Free before anything of this run was taken. */
    public int free(final int unit) {
        return room[unit];
    }

    /** Free before, less what the books say is taken; below zero it is oversold. */
    public int left(final int unit) {
        return room[unit] - held[unit] - booked[unit];
    }

    /** @param change 1 or −1 */
    public void addHeld(final int unit, final int change) {
        held[unit] += change;
    }

    /** @param change 1 or −1 */
    public void addBooked(final int unit, final int change) {
        booked[unit] += change;
    }

    /** All places of a date that were open, units added up. */
    long places() {
        long places = 0;
        for (final int each : open) {
            places += each;
        }
        return places;
    }
}
