package org.mawid.engine.allocation;

/**
 * From whose places each leg of a visit takes those at its desk. From what is kept for it if that is enough for all of the leg, and else from everybody's,
 * never from both: it is given back there as a whole. Its own come first, because those who have no other than everybody's are better off so.
 */
final class Choice {
    private final Quotas quotas;

    Choice(final Quotas quotas) {
        this.quotas = quotas;
    }

    /** The legs' days are known. */
    void choose(final Visit visit) {
        for (int leg = 0; leg < visit.count; leg++) {
            visit.quota[leg] = Quotas.NONE;
        }
        for (int leg = 0; leg < visit.count && !quotas.isEmpty(); leg++) {
            visit.quota[leg] = of(visit, leg);
        }
    }

    private int of(final Visit visit, final int leg) {
        for (int choice = 0; choice < Visit.CHOICES && quotas.has(visit.day[leg]); choice++) {
            final int quota = visit.choice(leg, choice);
            if (quota != Quotas.NONE && isEnough(visit, leg, quota)) {
                return quota;
            }
        }
        return Quotas.NONE;
    }

    private boolean isEnough(final Visit visit, final int leg, final int quota) {
        final int day = visit.day[leg];
        for (int unit = visit.startUnit[leg]; unit < visit.startUnit[leg] + visit.units[leg]; unit++) {
            if (quotas.left(day, day, unit, quota) < visit.places[leg * Visit.KINDS] + before(visit, leg, unit, quota)) {
                return false;
            }
        }
        return true;
    }

    /** What the legs before this one take of the same. */
    private static int before(final Visit visit, final int leg, final int unit, final int quota) {
        int places = 0;
        for (int other = 0; other < leg; other++) {
            if (visit.quota[other] == quota && visit.day[other] == visit.day[leg] && unit >= visit.startUnit[other] && unit < visit.startUnit[other] + visit.units[other]) {
                places += visit.places[other * Visit.KINDS];
            }
        }
        return places;
    }
}
