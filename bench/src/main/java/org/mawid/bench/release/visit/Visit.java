package org.mawid.bench.release.visit;

import java.util.List;

/**
 * One coming of one or several persons: its legs, all of them on one date, all or none.
 *
 * @param epochDay local date, days since 1970-01-01
 * @param legs     1 to 16
 */
public record Visit(int epochDay, List<Leg> legs) {
    /**
     * What one person does at one desk.
     *
     * @param person    key of who is served
     * @param lines     of the application, bit i = line i
     * @param startUnit 0 to 191, in the desk's day
     * @param units     five-minute units, 1 to 192
     * @param kinds     bit k = a place of PoolKind k is taken too, seats apart
     */
    public record Leg(int deskId, long person, int lines, int startUnit, int units, int kinds) {
    }

    public Visit {
        legs = List.copyOf(legs);
    }

    /** The leg that a start was looked for. */
    public Leg first() {
        return legs.get(0);
    }
}
