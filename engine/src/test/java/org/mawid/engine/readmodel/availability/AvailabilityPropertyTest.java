package org.mawid.engine.readmodel.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.engine.readmodel.Availability.Query;
import org.mawid.engine.readmodel.Happenings;
import org.mawid.engine.readmodel.Happenings.Run;
import org.mawid.engine.readmodel.PositionGate;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.engine.readmodel.availability.NaiveAvailability.Day;
import org.mawid.engine.readmodel.availability.NaiveAvailability.Key;
import org.mawid.engine.readmodel.availability.NaiveAvailability.Pool;
import org.mawid.sbe.PoolKind;

/** Over seeds: whatever is published, staged, taken and given back, the masks say what the units say. */
class AvailabilityPropertyTest {
    private static final int TODAY = 20_500;
    private static final long DAY_MS = 86_400_000L;
    private static final long NOW = TODAY * DAY_MS + 10 * 3_600_000L;
    private static final int DATES = 60;
    private static final int[] DESKS = {1, 2, 3, 4, 5};

    private final NaiveAvailability naive = new NaiveAvailability();
    private final Happenings happenings = new Happenings(0, NOW);
    private final PositionGate gate = new PositionGate();
    private final LiveAvailability live = new LiveAvailability(gate, System::nanoTime);
    private final Map<Key, List<int[]>> takings = new HashMap<>();
    private Random random;
    private long lastChange;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void givenAnyHistory_whenSearched_thenTheMasksAgreeWithTheUnits(final long seed) {
        random = new Random(seed);
        pool(1, 1, PoolKind.DESK);
        pool(2, 1, PoolKind.DESK);
        pool(3, 1, PoolKind.DESK);
        pool(11, 1, PoolKind.BIOMETRIC_STATION);
        pool(13, 1, PoolKind.RECEPTION_SEAT);
        pool(4, 2, PoolKind.DESK);
        pool(5, 2, PoolKind.DESK);
        pool(22, 2, PoolKind.ADOUL_PAIR);
        for (final int poolId : naive.pools.keySet()) {
            for (int date = TODAY - 1; date < TODAY + DATES; date++) {
                if (random.nextInt(5) > 0) {
                    publish(new Key(poolId, date));
                }
            }
        }
        tell();
        for (int step = 0; step < 1_500; step++) {
            happen();
            if (step % 50 == 0) {
                tell();
                compare("seed " + seed + " step " + step);
            }
        }
    }

    private void happen() {
        final List<Key> keys = new ArrayList<>(naive.days.keySet());
        keys.sort((a, b) -> a.poolId() != b.poolId() ? a.poolId() - b.poolId() : a.epochDay() - b.epochDay());
        final Key key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(12)) {
            case 0 -> publish(new Key(key.poolId(), TODAY + random.nextInt(DATES)));
            case 1, 2 -> stage(new Key(key.poolId(), TODAY + random.nextInt(DATES)));
            case 3 -> endChange(true);
            case 4 -> endChange(random.nextBoolean());
            case 5 -> capacity(key);
            case 6, 7 -> giveBack(key);
            default -> take(key);
        }
    }

    private void publish(final Key key) {
        if (naive.staged(key) == null) {
            final List<Run> runs = new ArrayList<>();
            final Day day = randomDay(key, runs);
            naive.publish(key, day);
            happenings.publish(key.poolId(), key.epochDay(), day.startMs(), day.releasedAtMs(), day.unitCount(), day.align(), runs.toArray(new Run[0]));
        }
    }

    private void stage(final Key key) {
        if (naive.staged(key) != null) {
            return;
        }
        if (naive.changes.isEmpty() || random.nextInt(4) == 0) {
            naive.changes.put(++lastChange, new HashMap<>());
        }
        final List<Run> runs = new ArrayList<>();
        final Day day = randomDay(key, runs);
        naive.changes.get(lastChange()).put(key, day);
        happenings.stage(lastChange(), key.poolId(), key.epochDay(), day.startMs(), day.releasedAtMs(), day.unitCount(), day.align(), runs.toArray(new Run[0]));
    }

    private long lastChange() {
        return naive.changes.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private void endChange(final boolean apply) {
        if (naive.changes.isEmpty()) {
            return;
        }
        final long change = naive.changes.keySet().iterator().next();
        if (apply) {
            naive.apply(change);
            happenings.applied(change);
        } else {
            naive.changes.remove(change);
            happenings.abandoned(change);
        }
    }

    /** A grid that the core would accept: the old instants and alignment while somebody is in it, never less than what is taken. */
    private Day randomDay(final Key key, final List<Run> runs) {
        final Day old = naive.days.get(key);
        final boolean bound = old != null && old.hasTakers();
        final int unitCount = 1 + random.nextInt(192);
        final int needed = bound ? lastTaken(old) + 1 : 1;
        final long startMs = bound ? old.startMs() : startMs(key);
        final int align = bound ? old.align() : new int[] {1, 2, 3, 6, 12}[random.nextInt(5)];
        final int[] open = new int[192];
        final int[] withheld = new int[192];
        final boolean withholds = random.nextInt(3) == 0;
        final int units = Math.max(needed, unitCount);
        int unit = random.nextInt(3);
        while (unit < units) {
            final int length = Math.min(units - unit, 1 + random.nextInt(40));
            final int places = random.nextInt(9);
            final int kept = withholds ? random.nextInt(3) : 0;
            for (int i = unit; i < unit + length; i++) {
                open[i] = Math.max(places, bound ? old.taken()[i] : 0);
                withheld[i] = kept;
            }
            unit += length;
            if (!bound && random.nextBoolean()) {
                unit += random.nextInt(4);
            }
        }
        for (int i = 0; i < units && bound; i++) {
            open[i] = Math.max(open[i], old.taken()[i]);
        }
        for (int i = 0; i < units; ) {
            int end = i;
            while (end < units && open[end] == open[i] && withheld[end] == withheld[i]) {
                end++;
            }
            if (open[i] + withheld[i] > 0) {
                runs.add(new Run(i, end - i, open[i] + withheld[i], withheld[i]));
            }
            i = end;
        }
        final long releasedAtMs = random.nextInt(10) == 0 ? NOW + 1 + random.nextInt(1_000_000) : NOW - random.nextInt(2);
        return new Day(startMs, releasedAtMs, units, align, open, withheld, new int[192]);
    }

    private static int lastTaken(final Day day) {
        int last = 0;
        for (int unit = 0; unit < 192; unit++) {
            last = day.taken()[unit] > 0 ? unit : last;
        }
        return last;
    }

    /** Post 2 is nine hours ahead; each pool opens at its own time. */
    private long startMs(final Key key) {
        final long localMidnight = key.epochDay() * DAY_MS - (naive.pools.get(key.poolId()).postId() == 2 ? 9 * 3_600_000L : 0);
        return localMidnight + (96 + random.nextInt(24)) * NaiveAvailability.UNIT_MS;
    }

    private void take(final Key key) {
        final Day day = naive.days.get(key);
        final Day staged = naive.staged(key);
        if (staged != null && (staged.startMs() != day.startMs() || staged.align() != day.align())) {
            return;
        }
        final int start = random.nextInt(day.unitCount());
        final int units = Math.min(day.unitCount() - start, 1 + random.nextInt(8));
        int most = 255;
        for (int unit = start; unit < start + units; unit++) {
            most = Math.min(most, day.room(unit));
            most = staged == null ? most : Math.min(most, (unit < staged.unitCount() ? staged.open()[unit] : 0) - day.taken()[unit]);
        }
        if (most > 0) {
            final int places = 1 + random.nextInt(most);
            move(key, start, units, places);
            takings.computeIfAbsent(key, k -> new ArrayList<>()).add(new int[] {start, units, places});
        }
    }

    private void giveBack(final Key key) {
        final List<int[]> there = takings.getOrDefault(key, List.of());
        if (!there.isEmpty()) {
            final int[] taking = there.remove(random.nextInt(there.size()));
            move(key, taking[0], taking[1], -taking[2]);
        }
    }

    private void move(final Key key, final int start, final int units, final int places) {
        for (int unit = start; unit < start + units; unit++) {
            naive.days.get(key).taken()[unit] += places;
        }
        happenings.room(key.poolId(), key.epochDay(), start, units, -places, 0);
    }

    private void capacity(final Key key) {
        final Day day = naive.days.get(key);
        final int start = random.nextInt(day.unitCount());
        final int units = Math.min(day.unitCount() - start, 1 + random.nextInt(20));
        final int delta = random.nextInt(7) - 3;
        for (int unit = start; unit < start + units; unit++) {
            if (day.open()[unit] + delta < day.taken()[unit] || day.open()[unit] + delta > 200) {
                return;
            }
        }
        for (int unit = start; unit < start + units; unit++) {
            day.open()[unit] += delta;
        }
        happenings.room(key.poolId(), key.epochDay(), start, units, delta, delta);
        if (random.nextBoolean()) {
            final int kept = random.nextInt(3);
            Arrays.fill(day.withheld(), start, start + units, kept);
            happenings.withheld(key.poolId(), key.epochDay(), start, units, kept);
        }
    }

    private void compare(final String when) {
        for (int i = 0; i < 12; i++) {
            final int persons = 1 + random.nextInt(i < 8 ? 3 : 8);
            final int resources = SearchPlan.withPlaces(SearchPlan.withPlaces(0, 1, random.nextInt(2) * random.nextInt(persons + 1)), 2, random.nextInt(8) == 0 ? 1 : 0);
            final int units = 1 + random.nextInt(i < 10 ? 12 : 80);
            final int limit = i % 2 == 0 ? 10_000 : 1 + random.nextInt(40);
            final Query query = new Query(i % 3 == 0 ? DESKS : new int[] {DESKS[random.nextInt(5)]}, TODAY - 1 + random.nextInt(5), 1 + random.nextInt(DATES),
                    persons, units, resources, limit, NOW + random.nextInt(3) * 3_600_000L);
            final List<Availability.Slot> expected = naive.starts(query);
            assertThat(live.firstStarts(query).slots()).as("%s %s", when, query).isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
            assertThat(live.countsPerDay(query).days()).as("%s %s", when, query).isEqualTo(naive.counts(query, expected));
        }
        naive.days.forEach((key, day) -> {
            final DayView view = live.day(key.poolId(), key.epochDay());
            final int[] room = new int[day.unitCount()];
            Arrays.setAll(room, day::room);
            assertThat(view.startMs()).as("%s %s", when, key).isEqualTo(day.startMs());
            assertThat(view.room()).as("%s %s room", when, key).isEqualTo(room);
            assertThat(view.open()).as("%s %s open", when, key).isEqualTo(Arrays.copyOf(day.open(), day.unitCount()));
            assertThat(view.withheld()).as("%s %s withheld", when, key).isEqualTo(day.shownWithheld());
        });
        naive.changes.values().forEach(days -> days.keySet().stream().filter(key -> !naive.days.containsKey(key))
                .forEach(key -> assertThat(live.day(key.poolId(), key.epochDay())).as("%s %s is not there before its change", when, key).isNull()));
    }

    private void pool(final int poolId, final int postId, final PoolKind kind) {
        naive.pools.put(poolId, new Pool(poolId, postId, kind.value()));
        happenings.pool(poolId, postId, kind);
        tell();
    }

    private void tell() {
        happenings.tell((position, nowMs, events, offset, length) -> {
            int at = offset;
            while (at < offset + length) {
                final int bytes = events.getInt(at);
                live.onMessage(position, events, at + 4);
                at += 4 + bytes + 7 & ~7;
            }
            live.onBatchEnd(position, nowMs);
            gate.moveTo(position);
        });
    }
}
