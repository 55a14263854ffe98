package org.mawid.engine.readmodel.availability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.engine.readmodel.Availability.DayCount;
import org.mawid.engine.readmodel.Availability.Query;
import org.mawid.engine.readmodel.Availability.Slot;
import org.mawid.engine.readmodel.SearchPlan;

/** The same answers unit by unit, on maps: clear rather than fast. */
public final class NaiveAvailability {
    static final long UNIT_MS = 300_000L;

    public record Key(int poolId, int epochDay) {
    }

    public record Pool(int poolId, int postId, int kind) {
    }

    /** Open, withheld and taken by unit. */
    public record Day(long startMs, long releasedAtMs, int unitCount, int align, int[] open, int[] withheld, int[] taken) {
        public int room(final int unit) {
            return unit < 0 || unit >= unitCount ? 0 : open[unit] - taken[unit];
        }

        /** By unit of the day; nothing at all when the day withholds nothing. */
        public int[] shownWithheld() {
            return Arrays.stream(withheld).anyMatch(places -> places > 0) ? Arrays.copyOf(withheld, unitCount) : new int[0];
        }

        boolean hasTakers() {
            for (final int places : taken) {
                if (places > 0) {
                    return true;
                }
            }
            return false;
        }

        Day replacedBy(final Day newer) {
            final int[] kept = startMs == newer.startMs ? taken.clone() : new int[192];
            return new Day(newer.startMs, newer.releasedAtMs, newer.unitCount, newer.align, newer.open, newer.withheld, kept);
        }
    }

    public final Map<Integer, Pool> pools = new TreeMap<>();
    public final Map<Key, Day> days = new HashMap<>();
    public final Map<Long, Map<Key, Day>> changes = new LinkedHashMap<>();

    void publish(final Key key, final Day day) {
        final Day old = days.get(key);
        days.put(key, old == null ? day : old.replacedBy(day));
    }

    void apply(final long changeId) {
        changes.remove(changeId).forEach(this::publish);
    }

    Day staged(final Key key) {
        for (final Map<Key, Day> staged : changes.values()) {
            final Day day = staged.get(key);
            if (day != null) {
                return day;
            }
        }
        return null;
    }

    /** Room for a taker at an instant: in the live grid and, while one waits, in the staged grid. */
    private int roomAt(final Key key, final long instantMs) {
        final Day day = days.get(key);
        if (day == null) {
            return 0;
        }
        final int unit = (int) Math.floorDiv(instantMs - day.startMs, UNIT_MS);
        final int live = day.room(unit);
        final Day staged = staged(key);
        if (staged == null || live == 0) {
            return live;
        }
        if (staged.startMs != day.startMs || staged.align != day.align) {
            return 0;
        }
        return Math.min(live, Math.max(0, (unit < staged.unitCount ? staged.open[unit] : 0) - day.taken[unit]));
    }

    public List<Slot> starts(final Query query) {
        final List<Slot> slots = new ArrayList<>();
        for (int epochDay = query.fromEpochDay(); epochDay < query.fromEpochDay() + query.days(); epochDay++) {
            for (final int deskId : query.deskIds()) {
                final Day day = days.get(new Key(deskId, epochDay));
                for (int unit = 0; day != null && unit < day.unitCount; unit++) {
                    if (canStart(deskId, epochDay, day, unit, query)) {
                        slots.add(new Slot(deskId, epochDay, unit, day.startMs + unit * UNIT_MS));
                    }
                }
            }
        }
        slots.sort(Comparator.comparingLong(Slot::startMs).thenComparingInt(Slot::deskId));
        return slots;
    }

    public List<DayCount> counts(final Query query, final List<Slot> slots) {
        final int[] starts = new int[query.days()];
        slots.forEach(slot -> starts[slot.epochDay() - query.fromEpochDay()]++);
        final List<DayCount> counts = new ArrayList<>();
        for (int day = 0; day < starts.length; day++) {
            counts.add(new DayCount(query.fromEpochDay() + day, starts[day]));
        }
        return counts;
    }

    private boolean canStart(final int deskId, final int epochDay, final Day day, final int unit, final Query query) {
        final long startMs = day.startMs + unit * UNIT_MS;
        if (startMs <= query.nowMs() || day.releasedAtMs > query.nowMs() || unit % day.align != 0) {
            return false;
        }
        for (int i = 0; i < query.units(); i++) {
            final long instant = startMs + i * UNIT_MS;
            if (roomAt(new Key(deskId, epochDay), instant) < query.persons()) {
                return false;
            }
            for (int kind = 1; kind <= 3; kind++) {
                final Pool resource = resource(pools.get(deskId).postId, kind);
                final int seats = kind == 3 && resource != null ? query.persons() : 0;
                final int needed = Math.max(seats, SearchPlan.placesOf(query.resourcePlaces(), kind));
                if (needed > 0 && (resource == null || roomAt(new Key(resource.poolId, epochDay), instant) < needed)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Pool resource(final int postId, final int kind) {
        for (final Pool pool : pools.values()) {
            if (pool.postId == postId && pool.kind == kind) {
                return pool;
            }
        }
        return null;
    }
}
