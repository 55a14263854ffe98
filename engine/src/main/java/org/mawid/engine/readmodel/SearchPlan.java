package org.mawid.engine.readmodel;

import java.util.List;
import org.mawid.sbe.PoolKind;

/**
 * What one leg needs for a set of services: computed by {@link CatalogueView#plan}, as the core computes it for a hold.
 *
 * @param persons        distinct persons, each takes one place at the desk, 1 to 8
 * @param units          consecutive 5-minute units: those of the person with most to do. More than 192 fits in no day
 * @param resourcePlaces places of each kind of resource, packed, see {@link #placesOf}. Reception seats are only in it when a service
 *                       asks for them: each person takes one anyway where the post has them, and the search knows where
 */
public record SearchPlan(int persons, int units, int resourcePlaces) {
    private static final int BITS = 8;

    /** One service for one person. @param person any number that tells the persons of the visit apart */
    public record Need(long person, int serviceId, int quantity) {
    }

    /** Places needed of that kind, 0 to 8. */
    public int placesOf(final PoolKind kind) {
        return placesOf(resourcePlaces, kind.value());
    }

    /** Bit k = PoolKind k is needed. */
    public int resourceKinds() {
        int kinds = 0;
        for (int kind = 1; kind <= 3; kind++) {
            kinds |= placesOf(resourcePlaces, kind) == 0 ? 0 : 1 << kind;
        }
        return kinds;
    }

    /** The search for this plan. See {@link Availability.Query}. */
    public Availability.Query query(final List<CatalogueView.Pool> desks, final int fromEpochDay, final int days, final int limit, final long nowMs) {
        final int[] deskIds = desks.stream().mapToInt(CatalogueView.Pool::poolId).toArray();
        return new Availability.Query(deskIds, fromEpochDay, days, persons, units, resourcePlaces, limit, nowMs);
    }

    /** @param kind value of a PoolKind, 1 to 3 */
    public static int placesOf(final int resourcePlaces, final int kind) {
        return resourcePlaces >>> (kind * BITS) & 0xFF;
    }

    /** @param kind value of a PoolKind, 1 to 3 @param places 0 to 255 */
    public static int withPlaces(final int resourcePlaces, final int kind, final int places) {
        return resourcePlaces & ~(0xFF << (kind * BITS)) | places << (kind * BITS);
    }

    /** As many places of each kind as there are persons. @param kinds bit k = PoolKind k */
    public static int forEach(final int persons, final int kinds) {
        int places = 0;
        for (int kind = 1; kind <= 3; kind++) {
            places = withPlaces(places, kind, (kinds >>> kind & 1) * persons);
        }
        return places;
    }
}
