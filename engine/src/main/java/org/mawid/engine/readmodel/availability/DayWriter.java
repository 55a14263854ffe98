package org.mawid.engine.readmodel.availability;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.readmodel.Availability.Overbooked;

/** Changes days: published, taken, staged, swapped, gone. The only one who writes rows. What is {@code open} is a pattern of {@link Offer}. */
final class DayWriter {
    private static final long DAY_MS = 86_400_000L;
    /** The core sweeps what is older than this when it comes past; nothing can be taken there any more. */
    private static final int PAST_DAYS = 10;
    private static final byte[] CLOSED = new byte[0];
    private static final List<StagedDay> NONE = List.of();
    private static final KeptPlaces NOTHING_KEPT = new KeptPlaces();

    /** A grid that waits for its change. What is left of what it keeps follows the takers of the live day, and what is open follows that. */
    private static final class StagedDay {
        private final PoolDays pool;
        private final int epochDay;
        private final long startMs;
        private final long releasedAtMs;
        private final int unitCount;
        private final int align;
        private final KeptPlaces kept = new KeptPlaces();
        private byte[] open;
        private byte[] left;
        /** Null = none. */
        private Overbooked overbooked;

        private StagedDay(final PoolDays pool, final int epochDay, final long startMs, final long releasedAtMs, final int unitCount, final int align, final byte[] open) {
            this.pool = pool;
            this.epochDay = epochDay;
            this.startMs = startMs;
            this.releasedAtMs = releasedAtMs;
            this.unitCount = unitCount;
            this.align = align;
            this.open = open;
        }
    }

    private final Tables tables;
    private final DayRows rows;
    private final OpenPatterns patterns = new OpenPatterns();
    private final Offer offer = new Offer();
    private final Long2ObjectHashMap<List<StagedDay>> changes = new Long2ObjectHashMap<>();
    /** By place, see {@link DayRows#place}: of the few days that keep anything, and of all that wait. */
    private final Long2ObjectHashMap<KeptPlaces> kept = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<StagedDay> waiting = new Long2ObjectHashMap<>();
    private final byte[] room = new byte[Bits.UNITS];
    private final byte[] takers = new byte[Bits.UNITS];
    private final Moves moves = new Moves();
    private long firstDay = Long.MIN_VALUE;

    DayWriter(final Tables tables) {
        this.tables = tables;
        this.rows = tables.rows;
    }

    /** A day in full: who is in it stays in it. @param open not kept */
    void publish(final long position, final PoolDays pool, final int epochDay, final long startMs, final long releasedAtMs,
                 final int unitCount, final int align, final byte[] open) {
        settle();
        final int old = find(pool, epochDay);
        final boolean sameGrid = old != 0 && rows.startMs(old) == startMs; // another grid only while nobody is in it
        final byte[] oldOpen = sameGrid ? rows.open(old) : CLOSED;
        final int oldUnits = sameGrid ? DayRows.unitsOf(rows.key(old)) : 0;
        for (int unit = 0; unit < Bits.UNITS; unit++) {
            final int taken = unit < oldUnits ? DayRows.at(oldOpen, unit) - rows.room(old, unit) : 0;
            final int left = (open[unit] & 0xFF) - taken;
            Invariant.that(left >= 0, "no less capacity than taken", pool.poolId, epochDay);
            room[unit] = (byte) left;
        }
        put(position, pool, epochDay, startMs, releasedAtMs, unitCount, align, open, old);
        final KeptPlaces places = kept.get(DayRows.place(pool.poolId, epochDay));
        if (places != null) {
            places.keepAs(NOTHING_KEPT);
            showLeft(position, pool, epochDay);
        }
    }

    /** A day as the core has it. @param left room by unit, 192 entries, not kept, as {@code open} */
    void restore(final long position, final PoolDays pool, final int epochDay, final long startMs, final long releasedAtMs,
                 final int unitCount, final int align, final byte[] open, final byte[] left) {
        settle();
        System.arraycopy(left, 0, room, 0, Bits.UNITS);
        put(position, pool, epochDay, startMs, releasedAtMs, unitCount, align, open, find(pool, epochDay));
    }

    /** Writes {@code room} and {@code open} as that day, over {@code old} when it is of the same size. */
    private void put(final long position, final PoolDays pool, final int epochDay, final long startMs, final long releasedAtMs,
                     final int unitCount, final int align, final byte[] open, final int old) {
        final byte[] shared = patterns.share(open);
        final long key = DayRows.key(pool.poolId, epochDay, unitCount, align);
        final boolean inPlace = old != 0 && DayRows.unitsOf(rows.key(old)) - 1 >> 6 == unitCount - 1 >> 6;
        final byte[] oldOpen = old == 0 ? null : rows.open(old);
        final int row = inPlace ? old : rows.allocate(unitCount);
        rows.begin(row, position);
        rows.head(row, key, startMs, releasedAtMs);
        rows.setOpen(row, shared);
        rows.setStaged(row, null);
        rows.setLeft(row, null, null);
        rows.setChannels(row, null);
        rows.setOverbooked(row, null);
        rows.fill(row, room, room);
        rows.end(row);
        if (!inPlace) {
            makeWay(pool, epochDay, old);
            pool.setRow(epochDay, row);
            if (old != 0) {
                rows.free(old);
            }
        }
        if (oldOpen != null) {
            patterns.release(oldOpen);
        }
        changed(position, pool, epochDay);
    }

    /** The place of this date may still hold a day 1 024 days older. */
    private void makeWay(final PoolDays pool, final int epochDay, final int known) {
        final int there = pool.row(epochDay);
        if (there != 0 && there != known) {
            remove(pool, DayRows.epochDayOf(rows.key(there)));
        }
    }

    /** Moves room of some units, together with others that come: by {@link #settle} at the latest. */
    void move(final long position, final PoolDays pool, final int epochDay, final int startUnit, final int units, final int delta) {
        if (moves.isFull()) {
            settle();
        }
        moves.add(position, pool, epochDay, startUnit, units, delta);
    }

    /** Whether {@link #settle} has something to do. */
    boolean isUnsettled() {
        return moves.count() > 0;
    }

    /** Whether it has so much that it should. */
    boolean isSettlingDue() {
        return moves.count() >= Moves.MANY;
    }

    /** Shows the moves that wait, in their order. Every other change of a day begins with this. */
    void settle() {
        moves.find(rows);
        for (int i = 0; i < moves.count(); i++) {
            final PoolDays pool = moves.pool(i);
            final int row = moves.row(i);
            if (row == 0) {
                Invariant.that(moves.epochDay(i) < firstDay, "room changes in a day that is there", pool.poolId, moves.epochDay(i));
                continue;
            }
            final long position = moves.position(i);
            rows.begin(row, position);
            final boolean glance = rows.move(row, moves.startUnit(i), moves.units(i), moves.delta(i));
            rows.end(row);
            if (glance) {
                pool.show(moves.epochDay(i), rows);
            }
            tables.versions.setRelease(pool.postId, position);
        }
        moves.clear();
    }

    /** Moves room and open of some units. */
    void change(final long position, final PoolDays pool, final int epochDay, final int startUnit, final int units, final int delta, final int openDelta) {
        settle();
        final int row = find(pool, epochDay);
        if (row == 0) {
            Invariant.that(epochDay < firstDay, "room changes in a day that is there", pool.poolId, epochDay);
            return;
        }
        final byte[] oldOpen = rows.open(row);
        final byte[] open = patterns.share(offer.moved(oldOpen, startUnit, units, openDelta));
        rows.begin(row, position);
        rows.setOpen(row, open);
        rows.move(row, startUnit, units, delta);
        rows.end(row);
        patterns.release(oldOpen);
        changed(position, pool, epochDay);
    }

    /** Says how much is withheld on some units. Room and what is open stay: they have moved already, where they had to. */
    void withhold(final long position, final PoolDays pool, final int epochDay, final int startUnit, final int units, final int withheld) {
        settle();
        final int row = find(pool, epochDay);
        if (row == 0) {
            Invariant.that(epochDay < firstDay, "places are withheld in a day that is there", pool.poolId, epochDay);
            return;
        }
        final byte[] oldOpen = rows.open(row);
        final byte[] left = rows.left(row);
        final byte[] plain = left == null ? oldOpen : offer.keeping(oldOpen, left, null, false).clone();
        final byte[] told = offer.withheld(plain, startUnit, units, withheld);
        final byte[] open = patterns.share(left == null ? told : offer.keeping(told.clone(), null, left, false));
        rows.begin(row, position);
        rows.setOpen(row, open);
        rows.end(row);
        patterns.release(oldOpen);
        changed(position, pool, epochDay);
    }

    /** Keeps a grid aside until its change. Meanwhile a taker of the present day needs room in both. */
    void stage(final long position, final long changeId, final PoolDays pool, final int epochDay, final long startMs, final long releasedAtMs,
               final int unitCount, final int align, final byte[] open) {
        settle();
        final StagedDay day = new StagedDay(pool, epochDay, startMs, releasedAtMs, unitCount, align, open.clone());
        changes.computeIfAbsent(changeId, id -> new ArrayList<>()).add(day);
        waiting.put(DayRows.place(pool.poolId, epochDay), day);
        showStaged(position, day);
    }

    /** Shows again what waits, after the days themselves were restored. */
    void showStaged(final long position) {
        settle();
        changes.values().forEach(days -> days.forEach(day -> showStaged(position, day)));
    }

    private void showStaged(final long position, final StagedDay day) {
        final int row = find(day.pool, day.epochDay);
        if (row != 0) {
            final boolean sameGrid = rows.startMs(row) == day.startMs && DayRows.alignOf(rows.key(row)) == day.align;
            setStaged(position, day.pool, row, sameGrid ? day.open : CLOSED, sameGrid ? day.left : null);
        }
    }

    private void setStaged(final long position, final PoolDays pool, final int row, final byte[] staged, final byte[] stagedLeft) {
        final byte[] open = rows.open(row);
        for (int unit = 0; unit < Bits.UNITS; unit++) {
            final boolean inDay = unit < DayRows.unitsOf(rows.key(row));
            room[unit] = inDay ? (byte) rows.room(row, unit) : 0;
            takers[unit] = inDay ? (byte) DayRows.takers(open, staged, unit, room[unit] & 0xFF) : 0;
        }
        rows.begin(row, position);
        rows.setStaged(row, staged);
        rows.setLeft(row, rows.left(row), stagedLeft);
        rows.fill(row, room, takers);
        rows.end(row);
        changed(position, pool, DayRows.epochDayOf(rows.key(row)));
    }

    void apply(final long position, final long changeId) {
        for (final StagedDay day : staged(changeId)) {
            publish(position, day.pool, day.epochDay, day.startMs, day.releasedAtMs, day.unitCount, day.align, day.open);
            if (day.left != null || kept.containsKey(DayRows.place(day.pool.poolId, day.epochDay))) {
                places(day.pool, day.epochDay).keepAs(day.kept);
                showLeft(position, day.pool, day.epochDay);
            }
            if (day.overbooked != null) {
                overbook(position, day.pool, day.epochDay, false, day.overbooked);
            }
        }
    }

    void abandon(final long position, final long changeId) {
        settle();
        for (final StagedDay day : staged(changeId)) {
            final int row = find(day.pool, day.epochDay);
            if (row != 0) {
                setStaged(position, day.pool, row, null, null);
            }
        }
    }

    private List<StagedDay> staged(final long changeId) {
        final List<StagedDay> days = changes.remove(changeId);
        if (days == null) {
            return NONE;
        }
        days.forEach(day -> waiting.remove(DayRows.place(day.pool.poolId, day.epochDay)));
        return days;
    }

    // ---- what is kept for channels

    private KeptPlaces places(final PoolDays pool, final int epochDay) {
        return kept.computeIfAbsent(DayRows.place(pool.poolId, epochDay), place -> new KeptPlaces());
    }

    /** What a day keeps, published or staged just now. @param says keeps it */
    void keep(final long position, final PoolDays pool, final int epochDay, final boolean staged, final Consumer<KeptPlaces> says) {
        settle();
        if (staged) {
            says.accept(waiting.get(DayRows.place(pool.poolId, epochDay)).kept);
            follow(position, pool, epochDay);
            return;
        }
        says.accept(places(pool, epochDay));
        final int row = find(pool, epochDay);
        final byte[] left = places(pool, epochDay).left();
        final byte[] oldOpen = rows.open(row);
        final byte[] open = patterns.share(offer.keeping(oldOpen, rows.left(row), left, true));
        for (int unit = 0; unit < Bits.UNITS; unit++) {
            room[unit] = unit < DayRows.unitsOf(rows.key(row)) ? (byte) (rows.room(row, unit) - KeptPlaces.all(left, unit) + KeptPlaces.all(rows.left(row), unit)) : 0;
        }
        rows.begin(row, position);
        rows.setOpen(row, open);
        rows.setLeft(row, left, null);
        rows.setChannels(row, places(pool, epochDay).shown());
        rows.fill(row, room, room);
        rows.end(row);
        patterns.release(oldOpen);
        changed(position, pool, epochDay);
    }

    /** Less is kept of a live day, or other places of it are taken; room and what is open have moved already. @param says changes it */
    void rekeep(final long position, final PoolDays pool, final int epochDay, final Consumer<KeptPlaces> says) {
        settle();
        if (find(pool, epochDay) == 0) {
            Invariant.that(epochDay < firstDay, "places are kept in a day that is there", pool.poolId, epochDay);
            return;
        }
        final KeptPlaces places = places(pool, epochDay);
        final int row = find(pool, epochDay);
        final byte[] leftBefore = rows.left(row);
        says.accept(places);
        final byte[] oldOpen = rows.open(row);
        final byte[] open = patterns.share(offer.keeping(oldOpen, leftBefore, places.left(), false));
        rows.begin(row, position);
        rows.setOpen(row, open);
        rows.end(row);
        patterns.release(oldOpen);
        showLeft(position, pool, epochDay);
        follow(position, pool, epochDay);
    }

    /** The same of a day that waits. */
    void rekeepStaged(final long position, final PoolDays pool, final int epochDay, final Consumer<KeptPlaces> says) {
        says.accept(waiting.get(DayRows.place(pool.poolId, epochDay)).kept);
        follow(position, pool, epochDay);
    }

    /** What a day keeps and what of it is taken, as the core has it: what is open knows of it. @param says both */
    void restoreKept(final long position, final PoolDays pool, final int epochDay, final boolean staged, final Consumer<KeptPlaces> says) {
        settle();
        if (staged) {
            final StagedDay day = waiting.get(DayRows.place(pool.poolId, epochDay));
            says.accept(day.kept);
            day.left = day.kept.beside(kept.get(DayRows.place(pool.poolId, epochDay))).left();
        } else {
            says.accept(places(pool, epochDay));
            showLeft(position, pool, epochDay);
            final StagedDay day = waiting.get(DayRows.place(pool.poolId, epochDay));
            if (day != null) {
                day.left = day.kept.beside(places(pool, epochDay)).left();
            }
        }
    }

    private void showLeft(final long position, final PoolDays pool, final int epochDay) {
        final int row = find(pool, epochDay);
        rows.begin(row, position);
        rows.setLeft(row, places(pool, epochDay).left(), rows.stagedLeft(row));
        rows.setChannels(row, places(pool, epochDay).shown());
        rows.end(row);
        changed(position, pool, epochDay);
    }

    /** What a day that waits keeps, beside those who have taken of the live one. */
    private void follow(final long position, final PoolDays pool, final int epochDay) {
        final StagedDay day = waiting.get(DayRows.place(pool.poolId, epochDay));
        if (day != null) {
            final byte[] left = day.kept.beside(kept.get(DayRows.place(pool.poolId, epochDay))).left();
            day.open = offer.keeping(day.open, day.left, left, true).clone();
            day.left = left;
            showStaged(position, day);
        }
    }

    // ---- what is beyond the counters

    /** Which places of a day are, published, staged or restored just now. */
    void overbook(final long position, final PoolDays pool, final int epochDay, final boolean staged, final Overbooked places) {
        settle();
        if (staged) {
            waiting.get(DayRows.place(pool.poolId, epochDay)).overbooked = places;
            return;
        }
        final int row = find(pool, epochDay);
        rows.begin(row, position);
        rows.setOverbooked(row, places);
        rows.end(row);
        changed(position, pool, epochDay);
    }

    /** None are any more; room, what is open and what is withheld have moved already. */
    void withdraw(final long position, final PoolDays pool, final int epochDay) {
        settle();
        final int row = find(pool, epochDay);
        if (row == 0) {
            Invariant.that(epochDay < firstDay, "places are withdrawn of a day that is there", pool.poolId, epochDay);
            return;
        }
        rows.begin(row, position);
        rows.setOverbooked(row, null);
        rows.end(row);
        changed(position, pool, epochDay);
    }

    /** The same of a day that waits, of which nothing has moved yet. @param withdrawn by unit, 192 of them: withheld now */
    void withdrawStaged(final long position, final PoolDays pool, final int epochDay, final int[] withdrawn) {
        settle();
        final StagedDay day = waiting.get(DayRows.place(pool.poolId, epochDay));
        day.overbooked = null;
        day.open = offer.withholding(day.open, withdrawn).clone();
        showStaged(position, day);
    }

    /** Forgets days long past, once for each date of log time. */
    void sweep(final long position, final long nowMs) {
        final long first = Math.floorDiv(nowMs, DAY_MS) - PAST_DAYS;
        if (first <= firstDay) {
            return;
        }
        settle();
        firstDay = first;
        for (int p = 0; p < tables.all().size(); p++) { // by number: an iterator would be allocated
            final PoolDays pool = tables.all().get(p);
            for (int i = 0; i < PoolDays.SPAN; i++) {
                final int row = pool.row(i);
                final int epochDay = row == 0 ? 0 : DayRows.epochDayOf(rows.key(row));
                if (row != 0 && epochDay < first) {
                    remove(pool, epochDay);
                    changed(position, pool, epochDay);
                }
            }
        }
    }

    private void remove(final PoolDays pool, final int epochDay) {
        final int row = pool.row(epochDay);
        final byte[] open = rows.open(row);
        pool.setRow(epochDay, 0);
        kept.remove(DayRows.place(pool.poolId, epochDay));
        rows.free(row);
        patterns.release(open);
    }

    private int find(final PoolDays pool, final int epochDay) {
        return pool.row(epochDay, rows);
    }

    private void changed(final long position, final PoolDays pool, final int epochDay) {
        pool.show(epochDay, rows);
        tables.versions.setRelease(pool.postId, position);
    }
}
