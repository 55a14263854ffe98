package org.mawid.engine.allocation;

import org.mawid.engine.catalogue.Catalogue;

/** Which units of which pools a visit takes: those of its desks, and of the resources of the post that its lines need. */
final class Places {
    private final Catalogue catalogue;
    private final Days days;
    private final Legs legs;

    Places(final Catalogue catalogue, final Days days, final Legs legs) {
        this.catalogue = catalogue;
        this.days = days;
        this.legs = legs;
    }

    /** Adds what a leg would take; the visit knows when it starts. */
    void collect(final Room into, final Visit visit, final int leg, final int postId) {
        for (int kind = 0; kind < Visit.KINDS; kind++) {
            final int places = visit.places[leg * Visit.KINDS + kind];
            if (places != 0) {
                final int pool = pool(visit, leg, kind, postId);
                final int day = kind == 0 ? visit.day[leg] : days.find(pool, visit.epochDay[leg]);
                final long from = day == Days.NONE ? -1 : Math.floorDiv(visit.startMs[leg] - days.startMs(day), Unit.MS);
                if (from < 0 || from + visit.units[leg] > days.unitCount(day)) {
                    into.addOutside();
                } else {
                    into.add(pool, visit.epochDay[leg], day, (int) from, visit.units[leg], places, kind == 0 ? visit.quota[leg] : Quotas.NONE);
                }
            }
        }
    }

    /** All that a visit has taken, in the place of what was there. A day that is out of memory gets nothing back. */
    void collect(final Room into, final int firstLeg, final int postId) {
        into.clear();
        for (int leg = firstLeg; leg != 0; leg = legs.next(leg)) {
            for (int kind = 0; kind < Visit.KINDS; kind++) {
                final int places = legs.places(leg, kind);
                if (places != 0) {
                    final int pool = kind == 0 ? legs.desk(leg) : catalogue.posts().resource(postId, kind);
                    final int day = days.find(pool, legs.epochDay(leg));
                    if (day != Days.NONE) {
                        into.add(pool, legs.epochDay(leg), day, (int) ((legs.startMs(leg) - days.startMs(day)) / Unit.MS), legs.units(leg), places, kind == 0 ? legs.quota(leg) : Quotas.NONE);
                    }
                }
            }
        }
    }

    /** @param kind 0 = the desk, else of a resource @return 0 = the post has none of that kind */
    int pool(final Visit visit, final int leg, final int kind, final int postId) {
        return kind == 0 ? visit.desk[leg] : catalogue.posts().resource(postId, kind);
    }
}
