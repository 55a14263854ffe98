package org.mawid.engine.readmodel.availability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mawid.engine.readmodel.Availability.DayCount;
import org.mawid.engine.readmodel.Availability.Query;
import org.mawid.engine.readmodel.Availability.Slot;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.sbe.PoolKind;

/** One search at a time, with what it needs for it kept from one to the next: one for each thread that asks. */
final class Search {
    static final int UNIT_MS = 300_000;
    private static final int MAX_DESKS = 64;
    private static final int MAX_PLACES = 255;
    private static final int UNITS_A_DAY = 288;
    private static final int RESOURCES = 3;
    /** A start packs into one word so that sorting is by instant, then desk: instant in units | desk 6 bits | day 9 bits | unit 8 bits. */
    private static final int DESK_SHIFT = 17;
    private static final int DAY_SHIFT = 8;
    private static final int INSTANT_SHIFT = 23;

    private final Bits starts = new Bits();
    private final Bits other = new Bits();
    private final int[] deskIds = new int[MAX_DESKS];
    private final PoolDays[] desks = new PoolDays[MAX_DESKS];
    /** By desk and kind less 1: the resource of its post and how many places of it are needed. */
    private final PoolDays[] resources = new PoolDays[MAX_DESKS * RESOURCES];
    private final int[] places = new int[MAX_DESKS * RESOURCES];
    private long[] found = new long[256];
    private int deskCount;
    private long startMs;
    private long releasedAtMs;
    private int align;

    List<Slot> firstStarts(final Tables tables, final Query query) {
        prepare(tables, query);
        int count = 0;
        boolean sorted = true;
        for (int day = 0; day < query.days(); day++) {
            final int epochDay = query.fromEpochDay() + day;
            for (int desk = 0; desk < deskCount; desk++) {
                if (!look(tables.rows, desk, epochDay, query)) {
                    continue;
                }
                count = collect(count, desk, day);
                sorted = false;
            }
            // No later date begins before this one less a day, in any zone: what is earlier than that is final.
            if (count >= query.limit() && finalOnes(count, (long) epochDay * UNITS_A_DAY) >= query.limit()) {
                break;
            }
        }
        if (!sorted) {
            Arrays.sort(found, 0, count);
        }
        return slots(query, Math.min(count, query.limit()));
    }

    List<DayCount> countsPerDay(final Tables tables, final Query query) {
        prepare(tables, query);
        final List<DayCount> counts = new ArrayList<>(query.days());
        for (int day = 0; day < query.days(); day++) {
            final int epochDay = query.fromEpochDay() + day;
            int count = 0;
            for (int desk = 0; desk < deskCount; desk++) {
                if (look(tables.rows, desk, epochDay, query)) {
                    count += starts.count();
                }
            }
            counts.add(new DayCount(epochDay, count));
        }
        return counts;
    }

    private void prepare(final Tables tables, final Query query) {
        require(query.days() >= 1 && query.days() <= 420, "days 1 to 420", query.days());
        require(query.persons() >= 1 && query.persons() <= 8, "persons 1 to 8", query.persons());
        require(query.units() >= 1, "units 1 or more", query.units());
        require(query.limit() >= 1 && query.limit() <= 10_000, "limit 1 to 10 000", query.limit());
        final int asked = query.deskIds().length;
        require(asked <= MAX_DESKS, "at most 64 desks", asked);
        System.arraycopy(query.deskIds(), 0, deskIds, 0, asked);
        Arrays.sort(deskIds, 0, asked);
        deskCount = 0;
        for (int i = 0; i < asked; i++) {
            final PoolDays desk = tables.pool(deskIds[i]);
            if (desk != null && (i == 0 || deskIds[i] != deskIds[i - 1])) {
                addDesk(tables, desk, query);
            }
        }
    }

    private void addDesk(final Tables tables, final PoolDays desk, final Query query) {
        for (int kind = 1; kind <= RESOURCES; kind++) {
            final PoolDays resource = tables.resource(desk.postId, kind);
            int needed = SearchPlan.placesOf(query.resourcePlaces(), kind);
            if (kind == PoolKind.RECEPTION_SEAT.value() && resource != null) {
                needed = Math.max(needed, query.persons());
            }
            if (needed > 0 && resource == null) {
                return; // the services cannot be done at this post
            }
            resources[deskCount * RESOURCES + kind - 1] = resource;
            places[deskCount * RESOURCES + kind - 1] = needed;
        }
        desks[deskCount++] = desk;
    }

    /** Leaves the starts of one desk on one date in {@link #starts}. @return false when there are none */
    private boolean look(final DayRows rows, final int desk, final int epochDay, final Query query) {
        if (!read(rows, desks[desk], epochDay, query.persons(), starts) || releasedAtMs > query.nowMs()) {
            return false;
        }
        final long deskStartMs = startMs;
        final int deskAlign = align;
        for (int i = desk * RESOURCES; i < desk * RESOURCES + RESOURCES; i++) {
            if (places[i] > 0) {
                if (!read(rows, resources[i], epochDay, places[i], other)) {
                    return false;
                }
                starts.andShifted(other, (deskStartMs - startMs) / UNIT_MS);
            }
        }
        starts.keepRuns(query.units());
        starts.keepAligned(deskAlign);
        final long passed = query.nowMs() - deskStartMs;
        if (passed >= 0) {
            starts.keepFrom((int) Math.min(Bits.UNITS, passed / UNIT_MS + 1));
        }
        startMs = deskStartMs;
        return !starts.isEmpty();
    }

    /** Reads the units of one day with so many places. Reads again while the writer is at it. @return false when there are none */
    private boolean read(final DayRows rows, final PoolDays pool, final int epochDay, final int needed, final Bits into) {
        for (int tries = 0; ; tries++) {
            final int row = pool.row(epochDay);
            if (row == 0) {
                return false;
            }
            final long stamp = rows.stamp(row);
            if ((stamp & 1) == 0) {
                final long key = rows.key(row);
                startMs = rows.startMs(row);
                releasedAtMs = rows.releasedAtMs(row);
                align = DayRows.alignOf(key);
                if (needed <= DayRows.LEVELS) {
                    rows.mask(row, needed, into);
                } else {
                    scan(rows, row, DayRows.unitsOf(key), needed, into);
                }
                if (rows.isStill(row, stamp)) {
                    if (DayRows.epochDayOf(key) == epochDay && DayRows.poolOf(key) == pool.poolId) {
                        return !into.isEmpty();
                    }
                    if (DayRows.poolOf(key) == pool.poolId) {
                        return false; // the place is taken by a date 1 024 days off
                    }
                    // Otherwise the row was freed after it was looked up; it is not there any more.
                }
            }
            relax(tries);
        }
    }

    static void relax(final int tries) {
        if (tries < 64) {
            Thread.onSpinWait();
        } else {
            Thread.yield(); // the writer has been put aside in the middle of a row
        }
    }

    private static void scan(final DayRows rows, final int row, final int units, final int needed, final Bits into) {
        into.clear();
        final byte[] open = rows.open(row);
        final byte[] staged = rows.staged(row);
        if (open == null || needed > MAX_PLACES) {
            return; // freed meanwhile: the stamp will tell
        }
        for (int unit = 0; unit < units; unit++) {
            if (DayRows.takers(open, staged, unit, rows.room(row, unit)) >= needed) {
                into.set(unit);
            }
        }
    }

    private int collect(final int count, final int desk, final int day) {
        int next = count;
        if (found.length < next + Bits.UNITS) {
            found = Arrays.copyOf(found, found.length * 2);
        }
        final long base = startMs / UNIT_MS;
        for (int index = 0; index < 3; index++) {
            for (long word = starts.word(index); word != 0; word &= word - 1) {
                final int unit = (index << 6) + Long.numberOfTrailingZeros(word);
                found[next++] = base + unit << INSTANT_SHIFT | (long) desk << DESK_SHIFT | (long) day << DAY_SHIFT | unit;
            }
        }
        return next;
    }

    private int finalOnes(final int count, final long beforeInstant) {
        int before = 0;
        for (int i = 0; i < count; i++) {
            before += found[i] >>> INSTANT_SHIFT < beforeInstant ? 1 : 0;
        }
        return before;
    }

    private List<Slot> slots(final Query query, final int count) {
        final List<Slot> slots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final long start = found[i];
            final PoolDays desk = desks[(int) (start >>> DESK_SHIFT) & 63];
            slots.add(new Slot(desk.poolId, query.fromEpochDay() + ((int) (start >>> DAY_SHIFT) & 511), (int) start & 255,
                    (start >>> INSTANT_SHIFT) * UNIT_MS));
        }
        return slots;
    }

    private static void require(final boolean holds, final String range, final int value) {
        if (!holds) {
            throw new IllegalArgumentException(range + ", not " + value);
        }
    }
}
