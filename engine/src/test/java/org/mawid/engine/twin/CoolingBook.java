package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.mawid.sbe.CoolingBegunDecoder;
import org.mawid.sbe.CoolingEndedDecoder;

/** The part of the {@link EventBook} for given-back room that cools: the RoomChanged behind each of its events says the same. */
final class CoolingBook {
    private final Map<Long, Run> runs = new HashMap<>();
    /** What the next RoomChanged is about. */
    private final Map<Model.DayKey, int[]> meant = new HashMap<>();
    private int sign;

    private record Run(Model.DayKey key, int from, int units, int places) {
    }

    void begun(final CoolingBegunDecoder event) {
        long id = event.coolingId();
        for (final CoolingBegunDecoder.RunsDecoder run : event.runs()) {
            final Run each = new Run(new Model.DayKey(run.poolId(), run.epochDay()), run.startUnit(), run.units(), run.places());
            assertThat(each.places).as("places that cool").isPositive();
            assertThat(runs.put(id++, each)).as("a run begins once").isNull();
            add(each, meant);
        }
        sign = -1;
    }

    void ended(final CoolingEndedDecoder event) {
        for (final CoolingEndedDecoder.RunsDecoder each : event.runs()) {
            final Run run = runs.remove(each.runId());
            assertThat(run).as("a run ends once").isNotNull();
            add(run, meant);
        }
        sign = 1;
    }

    boolean isMeant() {
        return !meant.isEmpty();
    }

    void moved(final Model.DayKey key, final int from, final int units, final int delta) {
        assertThat(meant).as("what RoomChanged says of cooling").containsKey(key);
        for (int unit = from; unit < from + units; unit++) {
            meant.get(key)[unit] -= sign * delta;
        }
    }

    void told() {
        meant.forEach((key, places) -> assertThat(places).as("what RoomChanged leaves out of cooling").containsOnly(0));
        meant.clear();
    }

    void addTo(final Map<Model.DayKey, int[]> expected) {
        runs.values().forEach(run -> add(run, expected));
    }

    private static void add(final Run run, final Map<Model.DayKey, int[]> to) {
        final int[] places = to.computeIfAbsent(run.key, key -> new int[Model.UNITS]);
        for (int unit = run.from; unit < run.from + run.units; unit++) {
            places[unit] += run.places;
        }
    }
}
