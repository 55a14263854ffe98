package org.mawid.api.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.sbe.PoolKind;

/**
 * What somebody wanted.
 *
 * @param startMs   instant of the start, ms since 1970-01-01 UTC
 * @param units     consecutive ones, 1 and more
 * @param wanted    places by pool: the desk first, then resources of its post
 * @param position  of the log: explained is what was so after it; 0 = now, or as {@code atMs} says
 * @param atMs      where no position is said log time, ms since 1970-01-01 UTC: explained is what was so just before it; 0 = not said
 * @param request   that was answered in the millisecond before {@code atMs}: explained is what was so at its very position, where that is still in the log; null = none
 */
public record Question(int postId, int deskId, int epochDay, long startMs, int units, List<Wanted> wanted, long position, long atMs, UUID request) {
    public Question {
        atMs = position == 0 ? atMs : 0;
    }

    /** So many places of a pool on each of the units. */
    public record Wanted(int poolId, int places) {
    }

    /** Where the command of a request is in the log, as {@code Engine.positionOf} tells. */
    @FunctionalInterface
    public interface Log {
        long positionOf(long idHigh, long idLow, long from, long nowMs);
    }

    /** What a visit of one leg takes: places at the desk, and of each resource of its post that its services need; a seat for each person where there are any. */
    public static List<Wanted> wanted(final CatalogueView.Desk desk, final SearchPlan plan) {
        final List<Wanted> wanted = new ArrayList<>();
        wanted.add(new Wanted(desk.pool().poolId(), plan.persons()));
        for (final CatalogueView.Pool resource : desk.resources()) {
            final int places = resource.kind() == PoolKind.RECEPTION_SEAT ? plan.persons() : plan.placesOf(resource.kind());
            if (places > 0) {
                wanted.add(new Wanted(resource.poolId(), places));
            }
        }
        return wanted;
    }
}
