package org.mawid.api.closure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.engine.readmodel.Agenda;

/** Places that are taken on the units that a closure covers. One thread. */
final class Taken {
    private static final int POOL_SHIFT = 40; // a unit since 1970 has fewer bits

    private final PlannedClosure planned;
    /** By pool and unit, counted from 1970. */
    private final Map<Long, Integer> places = new HashMap<>();

    Taken(final PlannedClosure planned) {
        this.planned = planned;
    }

    void add(final List<Touchable.Part> parts) {
        parts.forEach(part -> move(part, part.places()));
    }

    /** Takes from those, in their order, who still have a place on a unit on which there are too many. @return them */
    List<Touchable> giveBack(final List<Touchable> those) {
        final List<Touchable> touched = new ArrayList<>();
        for (final Touchable one : those) {
            if (one.parts().stream().anyMatch(this::isTooMuch)) {
                one.parts().forEach(part -> move(part, -part.places()));
                touched.add(one);
            }
        }
        return touched;
    }

    private void move(final Touchable.Part part, final int by) {
        for (long unit = first(part); unit < end(part); unit++) {
            places.merge((long) part.poolId() << POOL_SHIFT | unit, by, Integer::sum);
        }
    }

    private boolean isTooMuch(final Touchable.Part part) {
        for (long unit = first(part); unit < end(part); unit++) {
            if (places.getOrDefault((long) part.poolId() << POOL_SHIFT | unit, 0) > planned.capacity()) {
                return true;
            }
        }
        return false;
    }

    /** Of the units that are covered, of a pool that is not: none. */
    private long first(final Touchable.Part part) {
        return Math.max(part.fromMs(), planned.span().fromMs()) / Agenda.Leg.UNIT_MS;
    }

    private long end(final Touchable.Part part) {
        return planned.poolId() == 0 || planned.poolId() == part.poolId() ? Math.min(part.toMs(), planned.span().toMs()) / Agenda.Leg.UNIT_MS : 0;
    }
}
