package org.mawid.api.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.closure.Touchable.Part;

/** Who has to go so that no unit has more than what is left, in the order in which they are asked. */
class TakenTest {
    private static final int DESK = 11;
    private static final int STATIONS = 12;
    private static final long UNIT_MS = 300_000;

    @Test
    void givenNothingIsLeft_thenAllGoThatHaveAPlaceInTheSpan() {
        final Touchable before = at(1, DESK, 1, 0, 10);
        final Touchable across = at(2, DESK, 1, 9, 11);
        final Touchable within = at(3, DESK, 1, 12, 13);
        final Touchable after = at(4, DESK, 1, 20, 22);
        assertThat(giveBack(0, 0, before, across, within, after)).containsExactly(across, within);
    }

    @Test
    void givenAPlaceIsLeft_thenTheyGoInTheirOrderUntilItIsEnough() {
        final Touchable first = at(1, DESK, 1, 10, 12);
        final Touchable second = at(2, DESK, 1, 11, 13);
        final Touchable third = at(3, DESK, 1, 12, 14);
        assertThat(giveBack(0, 1, third, second, first)).as("who goes frees the others").containsExactly(third, second);
        assertThat(giveBack(0, 1, second, third, first)).containsExactly(second);
        assertThat(giveBack(0, 2, third, second, first)).isEmpty();
        assertThat(giveBack(0, 1, at(4, DESK, 2, 10, 11))).as("a family of two").hasSize(1);
    }

    @Test
    void givenOnePool_thenOnlyPlacesThereCount() {
        final Touchable desk = at(1, DESK, 1, 10, 11);
        final Touchable both = new Touchable(2, 7, 0, 0, 0, 1, 1, false, List.of(new Part(DESK, 1, 10 * UNIT_MS, 11 * UNIT_MS), new Part(STATIONS, 1, 10 * UNIT_MS, 11 * UNIT_MS)));
        assertThat(giveBack(STATIONS, 0, desk, both)).containsExactly(both);
        assertThat(giveBack(DESK, 1, desk, both)).containsExactly(desk);
        assertThat(giveBack(0, 0, desk, both)).containsExactly(desk, both);
    }

    /** Of a closure from unit 10 to 20. */
    private static List<Touchable> giveBack(final int pool, final int capacity, final Touchable... those) {
        final Taken taken = new Taken(new PlannedClosure(1, pool, new Span(10 * UNIT_MS, 20 * UNIT_MS), capacity));
        List.of(those).forEach(one -> taken.add(one.parts()));
        return taken.giveBack(List.of(those));
    }

    private static Touchable at(final long number, final int pool, final int places, final int from, final int to) {
        return new Touchable(number, 7, from * UNIT_MS, 0, 0, 1, places, false, List.of(new Part(pool, places, from * UNIT_MS, to * UNIT_MS)));
    }
}
