package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.engine.readmodel.availability.NaiveAvailability;
import org.mawid.engine.readmodel.availability.NaiveAvailability.Day;
import org.mawid.engine.readmodel.availability.NaiveAvailability.Key;
import org.mawid.engine.readmodel.availability.NaiveAvailability.Pool;
import org.mawid.sbe.PoolKind;

/** What the masks beside an engine must say: where the twin has room, unit by unit. */
final class NaiveSearch {
    private static final int DAYS = 14;
    private static final int MOST_DESKS = 64;
    private static final int SEARCHES = 6;

    private final Model model;
    private final Dice dice;

    NaiveSearch(final Model model, final long seed) {
        this.model = model;
        this.dice = new Dice(seed);
    }

    /** Days from today on, whose units are looked at one by one, and searches at each post and at all of them. */
    void isWhatIsSaidBy(final Availability masks) {
        assertThat(masks.position()).isEqualTo(model.position);
        final NaiveAvailability naive = naive();
        for (int ahead = 0; ahead < DAYS; ahead++) {
            for (final int pool : model.pools.keySet()) {
                final Key key = new Key(pool, model.today() + ahead);
                assertThat(text(masks.day(pool, key.epochDay()))).as("%s", key).isEqualTo(text(naive.days.get(key)));
            }
        }
        for (int i = 0; i < SEARCHES; i++) {
            final Availability.Query query = query();
            if (query != null) {
                final List<Availability.Slot> starts = starts(naive, query);
                assertThat(masks.countsPerDay(query).days()).as("%s", query).isEqualTo(naive.counts(query, starts));
                assertThat(masks.firstStarts(query).slots()).as("%s", query).isEqualTo(starts.subList(0, Math.min(query.limit(), starts.size())));
            }
        }
    }

    /** Those of everybody, and those among what is kept for the class. */
    private List<Availability.Slot> starts(final NaiveAvailability naive, final Availability.Query query) {
        if (query.quotaClass() == 0) {
            return naive.starts(query);
        }
        final Set<Availability.Slot> starts = new HashSet<>(naive.starts(query));
        starts.addAll(keptFor(query.quotaClass(), naive).starts(query));
        return starts.stream().sorted(Comparator.comparingLong(Availability.Slot::startMs).thenComparingInt(Availability.Slot::deskId)).toList();
    }

    /** As if desks had no other room than what is left for the class; a day that waits may give its own and everybody's for it. */
    private NaiveAvailability keptFor(final int quotaClass, final NaiveAvailability all) {
        final NaiveAvailability naive = new NaiveAvailability();
        naive.pools.putAll(all.pools);
        all.days.forEach((key, day) -> naive.days.put(key, isDesk(key) ? among(day, unit -> day(key).left(day(key).live, unit, quotaClass)) : day));
        all.changes.forEach((id, staged) -> {
            final Map<Key, Day> days = new HashMap<>();
            staged.forEach((key, day) -> days.put(key, isDesk(key) ? among(day, unit -> day.open()[unit] - day.taken()[unit] + day(key).left(day(key).staged, unit, quotaClass)) : day));
            naive.changes.put(id, days);
        });
        return naive;
    }

    private boolean isDesk(final Key key) {
        return model.pools.get(key.poolId()).kind == PoolKind.DESK;
    }

    private Model.Day day(final Key key) {
        return model.days.get(new Model.DayKey(key.poolId(), key.epochDay()));
    }

    private static Day among(final Day day, final IntUnaryOperator room) {
        final int[] open = new int[Model.UNITS];
        Arrays.setAll(open, unit -> day.taken()[unit] + room.applyAsInt(unit));
        return new Day(day.startMs(), day.releasedAtMs(), day.unitCount(), day.align(), open, day.withheld(), day.taken());
    }

    /** Null when there is no desk yet. */
    private Availability.Query query() {
        final int post = dice.percent(20) ? 0 : dice.between(1, WorldCommands.POSTS);
        final int[] desks = model.pools.values().stream().filter(pool -> pool.kind == PoolKind.DESK && (post == 0 || pool.post.id == post))
                .mapToInt(pool -> pool.id).limit(MOST_DESKS).toArray();
        if (desks.length == 0) {
            return null;
        }
        final int persons = dice.percent(70) ? dice.between(1, 2) : dice.between(3, 8);
        final int stations = dice.percent(30) ? dice.between(1, persons) : 0;
        return new Availability.Query(desks, model.today(), dice.between(1, DAYS), persons, dice.between(1, 9),
                SearchPlan.withPlaces(0, PoolKind.BIOMETRIC_STATION.value(), stations), dice.oneOf(1, 20, 10_000), model.nowMs,
                dice.percent(50) ? 0 : dice.between(1, 4));
    }

    private NaiveAvailability naive() {
        final NaiveAvailability naive = new NaiveAvailability();
        model.pools.values().forEach(pool -> naive.pools.put(pool.id, new Pool(pool.id, pool.post.id, pool.kind.value())));
        model.days.forEach((key, day) -> {
            if (day.live != null) {
                naive.days.put(new Key(key.poolId(), key.epochDay()), day(day.live, day));
            }
        });
        model.changes.forEach((id, change) -> {
            final Map<Key, Day> staged = new HashMap<>();
            change.days.forEach(key -> {
                final Model.Day day = model.days.get(key);
                staged.put(new Key(key.poolId(), key.epochDay()), day(day.staged, day));
            });
            naive.changes.put(id, staged);
        });
        return naive;
    }

    private static Day day(final Model.Grid grid, final Model.Day day) {
        final int[] open = new int[Model.UNITS];
        final int[] taken = new int[Model.UNITS];
        final int[] withheld = new int[Model.UNITS];
        Arrays.setAll(open, unit -> day.open(grid, unit));
        Arrays.setAll(withheld, unit -> grid.withheld[unit] + day.left(grid, unit));
        Arrays.setAll(taken, day::taken);
        return new Day(grid.startMs, grid.releasedAtMs, grid.unitCount, grid.alignUnits, open, withheld, taken);
    }

    private static String text(final Availability.DayView day) {
        return day == null ? "none" : text(day.startMs(), day.releasedAtMs(), day.alignUnits(), day.open(), day.withheld(), day.room());
    }

    private static String text(final Day day) {
        if (day == null) {
            return "none";
        }
        final int[] room = new int[day.unitCount()];
        Arrays.setAll(room, day::room);
        return text(day.startMs(), day.releasedAtMs(), day.align(), Arrays.copyOf(day.open(), day.unitCount()), day.shownWithheld(), room);
    }

    private static String text(final long startMs, final long releasedAtMs, final int align, final int[] open, final int[] withheld,
                               final int[] room) {
        return startMs + " " + releasedAtMs + " " + align + " open " + Arrays.toString(open) + " withheld " + Arrays.toString(withheld)
                + " room " + Arrays.toString(room);
    }
}
