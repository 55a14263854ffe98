package org.mawid.engine.readmodel.availability;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.mawid.engine.readmodel.Availability.DayCount;
import org.mawid.engine.readmodel.Availability.Query;
import org.mawid.engine.readmodel.Availability.Slot;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.sbe.PoolKind;

/** One search at a time, with what it needs for it kept from one to the next: one for each thread that asks. */
final class Search {
    static final int UNIT_MS = 300_000;
    private static final int MAX_DESKS = 64;
    private static final int MOST_DAYS = 420;
    private static final int MAX_PLACES = 255;
    private static final int UNITS_A_DAY = 288;
    private static final int RESOURCES = 3;
    private static final int PARTS = 1 + RESOURCES;
    private static final int EVERYBODY = 0;
    private static final int NONE = 0;
    private static final int SOME = 1;
    private static final int LOOK_CLOSER = -1;
    /** A start packs into one word so that sorting is by instant, then desk: instant in units | desk 6 bits | day 9 bits | unit 8 bits. */
    private static final int DESK_SHIFT = 17;
    private static final int DAY_SHIFT = 8;
    private static final int INSTANT_SHIFT = 23;

    private final Bits starts = new Bits();
    private final Bits other = new Bits();
    private final Bits ofEverybody = new Bits();
    private final int[] deskIds = new int[MAX_DESKS];
    private final PoolDays[] desks = new PoolDays[MAX_DESKS];
    /** By desk: itself and the resources of its post that are needed, and how many places of each. */
    private final PoolDays[] parts = new PoolDays[MAX_DESKS * PARTS];
    private final int[] places = new int[MAX_DESKS * PARTS];
    private final int[] partEnd = new int[MAX_DESKS];
    private final long[] stamps = new long[PARTS];
    private final long[][] chunks = new long[RESOURCES][];
    private final int[] simpleCounts = new int[MOST_DAYS];
    /** How far to shift for runs of the units that are needed, one after the other. */
    private final int[] steps = new int[Bits.UNITS];
    private int stepCount;
    /** One place is enough everywhere, and no run is so long that it needs care. */
    private boolean simple;
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
        final int[] counts = new int[query.days()];
        for (int desk = 0; desk < deskCount; desk++) {
            if (!simple || !countSimply(tables.rows, desk, query, counts)) {
                for (int day = 0; day < counts.length; day++) {
                    counts[day] += count(tables.rows, desk, query.fromEpochDay() + day, query);
                }
            }
        }
        return new Counts(query.fromEpochDay(), counts);
    }

    private int count(final DayRows rows, final int desk, final int epochDay, final Query query) {
        return look(rows, desk, epochDay, query) ? starts.count() : 0;
    }

    /**
     * All dates of one desk in the usual case, where one place is enough in every part: the same as {@link #look} on each, but stamps are
     * compared once for all of them and everything is in registers.
     *
     * @return false when somebody wrote there meanwhile: then nothing was added
     */
    private boolean countSimply(final DayRows rows, final int desk, final Query query, final int[] counts) {
        final int first = desk * PARTS;
        final int end = partEnd[desk];
        for (int i = first; i < end; i++) {
            stamps[i - first] = parts[i].stamp();
            if ((stamps[i - first] & 1) != 0) {
                return false;
            }
        }
        final long nowMs = query.nowMs();
        for (int day = 0; day < counts.length; ) {
            final int epochDay = query.fromEpochDay() + day;
            final int until = Math.min(counts.length, day + PoolDays.datesLeft(epochDay));
            final long[] own = parts[first].glances(epochDay);
            boolean isThere = own != null;
            for (int i = first + 1; i < end; i++) {
                chunks[i - first - 1] = parts[i].glances(epochDay);
                isThere &= chunks[i - first - 1] != null;
            }
            if (!isThere) {
                Arrays.fill(simpleCounts, day, until, 0);
                day = until;
                continue;
            }
            for (int at = PoolDays.at(epochDay); day < until; day++, at += PoolDays.WORDS) {
                final long head = PoolDays.head(own, at);
                long a = PoolDays.units(own, at, 0);
                long b = PoolDays.units(own, at, 1);
                long c = PoolDays.units(own, at, 2);
                boolean isUsual = PoolDays.isOf(head, query.fromEpochDay() + day) && PoolDays.startMs(head) > nowMs;
                for (int i = 0; i < end - first - 1; i++) {
                    final long[] other = chunks[i];
                    isUsual &= PoolDays.isSameStart(head, PoolDays.head(other, at));
                    a &= PoolDays.units(other, at, 0);
                    b &= PoolDays.units(other, at, 1);
                    c &= PoolDays.units(other, at, 2);
                }
                int count = 0;
                if (head == 0 || PoolDays.releasedAtMs(own, at) > nowMs) {
                    count = 0;
                } else if (!isUsual) {
                    count = count(rows, desk, query.fromEpochDay() + day, query);
                } else {
                    for (int i = 0; i < stepCount; i++) {
                        final int step = steps[i];
                        a &= a >>> step | b << -step;
                        b &= b >>> step | c << -step;
                        c &= c >>> step;
                    }
                    final int align = PoolDays.align(head);
                    if (align > 1) {
                        a &= Bits.aligned(align, 0);
                        b &= Bits.aligned(align, 1);
                        c &= Bits.aligned(align, 2);
                    }
                    count = Long.bitCount(a) + Long.bitCount(b) + Long.bitCount(c);
                }
                simpleCounts[day] = count;
            }
        }
        for (int i = first; i < end; i++) {
            if (!parts[i].isStill(stamps[i - first])) {
                return false;
            }
        }
        for (int day = 0; day < counts.length; day++) {
            counts[day] += simpleCounts[day];
        }
        return true;
    }

    /** Day after day; what is asked for is made when it is asked for. */
    private static final class Counts extends AbstractList<DayCount> implements RandomAccess {
        private final int fromEpochDay;
        private final int[] counts;

        Counts(final int fromEpochDay, final int[] counts) {
            this.fromEpochDay = fromEpochDay;
            this.counts = counts;
        }

        @Override
        public DayCount get(final int day) {
            return new DayCount(fromEpochDay + day, counts[day]);
        }

        @Override
        public int size() {
            return counts.length;
        }
    }

    private void prepare(final Tables tables, final Query query) {
        require(query.days() >= 1 && query.days() <= MOST_DAYS, "days 1 to 420", query.days());
        require(query.persons() >= 1 && query.persons() <= 8, "persons 1 to 8", query.persons());
        require(query.units() >= 1, "units 1 or more", query.units());
        require(query.limit() >= 1 && query.limit() <= 10_000, "limit 1 to 10 000", query.limit());
        final int asked = query.deskIds().length;
        require(asked <= MAX_DESKS, "at most 64 desks", asked);
        System.arraycopy(query.deskIds(), 0, deskIds, 0, asked);
        Arrays.sort(deskIds, 0, asked);
        deskCount = 0;
        require(query.quotaClass() >= 0 && query.quotaClass() <= KeptPlaces.CLASSES, "class 0 to 4", query.quotaClass());
        simple = query.units() <= Long.SIZE && query.quotaClass() == EVERYBODY;
        stepCount = 0;
        for (int known = 1; simple && known < query.units(); known += steps[stepCount++]) {
            steps[stepCount] = Math.min(known, query.units() - known);
        }
        for (int i = 0; i < asked; i++) {
            final PoolDays desk = tables.pool(deskIds[i]);
            if (desk != null && (i == 0 || deskIds[i] != deskIds[i - 1])) {
                addDesk(tables, desk, query);
            }
        }
    }

    private void addDesk(final Tables tables, final PoolDays desk, final Query query) {
        int end = deskCount * PARTS;
        parts[end] = desk;
        places[end++] = query.persons();
        simple &= query.persons() == 1;
        for (int kind = 1; kind <= RESOURCES; kind++) {
            final PoolDays resource = tables.resource(desk.postId, kind);
            int needed = SearchPlan.placesOf(query.resourcePlaces(), kind);
            if (kind == PoolKind.RECEPTION_SEAT.value() && resource != null) {
                needed = Math.max(needed, query.persons());
            }
            if (needed > 0 && resource == null) {
                return; // the services cannot be done at this post
            }
            if (needed > 0) {
                parts[end] = resource;
                places[end++] = needed;
                simple &= needed == 1;
            }
        }
        partEnd[deskCount] = end;
        desks[deskCount++] = desk;
    }

    /** Leaves the starts of one desk on one date in {@link #starts}. @return false when there are none */
    private boolean look(final DayRows rows, final int desk, final int epochDay, final Query query) {
        final int seen = simple ? glance(rows, desk, epochDay, query) : LOOK_CLOSER;
        if (seen != LOOK_CLOSER) {
            return seen == SOME;
        }
        final boolean some = lookCloser(rows, desk, epochDay, query, EVERYBODY);
        return query.quotaClass() == EVERYBODY ? some : lookAmongKept(rows, desk, epochDay, query, some);
    }

    /** A leg takes from everybody's places or from those that are kept for it, never from both: there are the starts of either. */
    private boolean lookAmongKept(final DayRows rows, final int desk, final int epochDay, final Query query, final boolean some) {
        ofEverybody.clear();
        if (some) {
            ofEverybody.or(starts);
        }
        if (!lookCloser(rows, desk, epochDay, query, query.quotaClass())) {
            starts.clear();
        }
        starts.or(ofEverybody);
        return !starts.isEmpty();
    }

    /**
     * The usual case, in registers: one place is enough in every part, nobody writes there now, and all of them begin together.
     *
     * @return {@link #SOME}, {@link #NONE}, or {@link #LOOK_CLOSER} for any other case
     */
    private int glance(final DayRows rows, final int desk, final int epochDay, final Query query) {
        final int first = desk * PARTS;
        final int end = partEnd[desk];
        final int at = PoolDays.at(epochDay);
        long a = -1;
        long b = -1;
        long c = -1;
        long head = 0;
        for (int i = first; i < end; i++) {
            final PoolDays pool = parts[i];
            final long stamp = pool.stamp();
            final long[] chunk = pool.glances(epochDay);
            if (chunk == null) {
                return NONE;
            }
            final long partHead = PoolDays.head(chunk, at);
            final long released = PoolDays.releasedAtMs(chunk, at);
            a &= PoolDays.units(chunk, at, 0);
            b &= PoolDays.units(chunk, at, 1);
            c &= PoolDays.units(chunk, at, 2);
            if ((stamp & 1) != 0 || !pool.isStill(stamp)) {
                return LOOK_CLOSER;
            }
            if (partHead == 0) {
                return NONE;
            }
            if (i == first) {
                if (!PoolDays.isOf(partHead, epochDay)) {
                    return LOOK_CLOSER;
                }
                if (released > query.nowMs()) {
                    return NONE;
                }
                head = partHead;
            } else if (!PoolDays.isSameStart(partHead, head)) {
                return LOOK_CLOSER;
            }
        }
        starts.set(a, b, c);
        startMs = PoolDays.startMs(head);
        return narrow(startMs, PoolDays.align(head), query) ? SOME : NONE;
    }

    /** @param quotaClass from whose places at the desk */
    private boolean lookCloser(final DayRows rows, final int desk, final int epochDay, final Query query, final int quotaClass) {
        final int first = desk * PARTS;
        if (!read(rows, parts[first], epochDay, places[first], quotaClass, starts) || releasedAtMs > query.nowMs()) {
            return false;
        }
        final long deskStartMs = startMs;
        final int deskAlign = align;
        for (int i = first + 1; i < partEnd[desk]; i++) {
            if (!read(rows, parts[i], epochDay, places[i], EVERYBODY, other)) {
                return false;
            }
            starts.andShifted(other, (deskStartMs - startMs) / UNIT_MS);
        }
        startMs = deskStartMs;
        return narrow(deskStartMs, deskAlign, query);
    }

    /** From units that have room to units from which enough have. @return false when none is left */
    private boolean narrow(final long deskStartMs, final int deskAlign, final Query query) {
        starts.keepRuns(query.units());
        starts.keepAligned(deskAlign);
        final long passed = query.nowMs() - deskStartMs;
        if (passed >= 0) {
            starts.keepFrom((int) Math.min(Bits.UNITS, passed / UNIT_MS + 1));
        }
        return !starts.isEmpty();
    }

    /** Reads the units of one day with so many places. Reads again while the writer is at it. @return false when there are none */
    private boolean read(final DayRows rows, final PoolDays pool, final int epochDay, final int needed, final int quotaClass, final Bits into) {
        for (int tries = 0; ; tries++) {
            final int row = pool.row(epochDay);
            if (row == 0) {
                return false;
            }
            final long[] page = rows.words(row);
            final int at = DayRows.at(row);
            final long stamp = DayRows.stamp(page, at);
            if ((stamp & 1) == 0) {
                final long key = DayRows.key(page, at);
                startMs = DayRows.startMs(page, at);
                releasedAtMs = DayRows.releasedAtMs(page, at);
                align = DayRows.alignOf(key);
                if (quotaClass != EVERYBODY) {
                    scanKept(rows, row, DayRows.unitsOf(key), needed, quotaClass, into);
                } else if (needed <= DayRows.LEVELS) {
                    DayRows.mask(page, at, row, needed, into);
                } else {
                    scan(rows, row, DayRows.unitsOf(key), needed, into);
                }
                if (DayRows.isStill(page, at, stamp)) {
                    if (DayRows.placeOf(key) == DayRows.place(pool.poolId, epochDay)) {
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

    /** While another grid waits, there must be enough left for the class in that one too, or room for everybody. */
    private static void scanKept(final DayRows rows, final int row, final int units, final int needed, final int quotaClass, final Bits into) {
        into.clear();
        final byte[] open = rows.open(row);
        final byte[] staged = rows.staged(row);
        final byte[] left = rows.left(row);
        final byte[] stagedLeft = rows.stagedLeft(row);
        for (int unit = 0; unit < units && open != null && left != null; unit++) {
            int places = KeptPlaces.of(left, quotaClass, unit);
            if (staged != null) {
                final int taken = DayRows.at(open, unit) - rows.room(row, unit);
                places = Math.min(places, KeptPlaces.of(stagedLeft, quotaClass, unit) + DayRows.at(staged, unit) - taken);
            }
            if (places >= needed) {
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
