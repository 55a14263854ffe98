package org.mawid.bench.capacity.demand;

import java.time.LocalDate;
import java.util.List;

/** Who asks at one post. */
public interface Demand {
    /**
     * Those who ask on one local date, in the order in which they ask; of those who come without an appointment only the date counts.
     *
     * @param startMs when the date begins, ms since 1970-01-01 UTC
     */
    List<Party> on(LocalDate date, long startMs);

    /** Where it is from, in words; empty = the model. */
    default String basis() {
        return "";
    }

    /** Five-minute units of the usual visit at a desk: what its third next available appointment is asked for. */
    int usualUnits(int desk);

    /** Bit k = most visits at a desk need a place of PoolKind k. */
    int usualKinds(int desk);
}
