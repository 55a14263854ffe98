package org.mawid.api.closure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;

/** A hold or an appointment that a closure may touch. @param untilMs of a hold, else 0 @param parts places that it takes */
record Touchable(long number, long applicationId, long startMs, int epochDay, long untilMs, int lines, int persons, boolean prioritised, List<Part> parts) {
    /** So many places of a pool from an instant to another, ms. */
    record Part(int poolId, int places, long fromMs, long toMs) {
    }

    /** What one leg takes: at its desk a place for each person, and of each resource of the post one for each person whose services need it. */
    static List<Part> parts(final Records.Application application, final CatalogueView catalogue, final int postId, final int deskId, final int lines, final long fromMs,
                            final long toMs) {
        final List<Part> parts = new ArrayList<>();
        parts.add(new Part(deskId, persons(application, lines), fromMs, toMs));
        for (final CatalogueView.Pool pool : catalogue.pools(postId)) {
            final int kind = pool.kind().value();
            final int places = pool.kind() == PoolKind.DESK ? 0 : pool.kind() == PoolKind.RECEPTION_SEAT ? persons(application, lines)
                    : persons(application, lines, line -> (catalogue.service(line.serviceId()).resourceKinds() >>> kind & 1) != 0);
            if (places > 0) {
                parts.add(new Part(pool.poolId(), places, fromMs, toMs));
            }
        }
        return parts;
    }

    static int persons(final Records.Application application, final int lines) {
        return persons(application, lines, line -> true);
    }

    private static int persons(final Records.Application application, final int lines, final Predicate<Records.Line> counted) {
        return (int) of(application, lines).stream().filter(counted).mapToLong(Records.Line::personKey).distinct().count();
    }

    static boolean isPrioritised(final Records.Application application, final int lines) {
        return of(application, lines).stream().anyMatch(line -> line.priority() != Priority.NONE);
    }

    private static List<Records.Line> of(final Records.Application application, final int lines) {
        final List<Records.Line> found = new ArrayList<>();
        for (int i = 0; i < application.lines().size(); i++) {
            if ((lines >>> i & 1) != 0) {
                found.add(application.lines().get(i));
            }
        }
        return found;
    }
}
