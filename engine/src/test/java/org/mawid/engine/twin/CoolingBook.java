package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.sbe.CoolingBegunDecoder;

/** The part of the {@link EventBook} for given-back room that cools: the RoomChanged behind each of its events says the same. */
final class CoolingBook {
    private final Map<Long, Run> runs = new HashMap<>();
    /** What the next RoomChanged is about. */
    private final List<Run> meant = new ArrayList<>();
    private int sign;

    private record Run(Model.DayKey key, int from, int units, int places) {
    }

    void begun(final CoolingBegunDecoder event) {
        long id = event.coolingId();
        for (final CoolingBegunDecoder.RunsDecoder run : event.runs()) {
            final Run each = new Run(new Model.DayKey(run.poolId(), run.epochDay()), run.startUnit(), run.units(), run.places());
            assertThat(each.places).as("places that cool").isPositive();
            assertThat(runs.put(id++, each)).as("a run begins once").isNull();
            meant.add(each);
        }
        sign = -1;
    }

    void ended(final long runId) {
        final Run run = runs.remove(runId);
        assertThat(run).as("a run ends once").isNotNull();
        meant.add(run);
        sign = 1;
    }

    boolean isMeant() {
        return !meant.isEmpty();
    }

    void moved(final Model.DayKey key, final int from, final int units, final int delta) {
        assertThat(meant).as("what RoomChanged says of cooling").contains(new Run(key, from, units, sign * delta));
    }

    void told() {
        meant.clear();
    }

    void addTo(final Map<Model.DayKey, int[]> expected) {
        for (final Run run : runs.values()) {
            final int[] places = expected.computeIfAbsent(run.key, key -> new int[Model.UNITS]);
            for (int unit = run.from; unit < run.from + run.units; unit++) {
                places[unit] += run.places;
            }
        }
    }
}
