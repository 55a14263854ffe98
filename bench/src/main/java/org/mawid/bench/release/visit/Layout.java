package org.mawid.bench.release.visit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.PoolDay;

/**
 * Lays out a visit from a start that was offered for its first part: what one person does comes one after the other, companions beside each
 * other where a desk and its resources have places enough for the family alone. Whether others have taken them, the server will say.
 */
public final class Layout {
    private final Ground ground;
    private final Applicant applicant;
    private final int epochDay;
    private final List<Visit.Leg> legs = new ArrayList<>();

    private Layout(final Ground ground, final Applicant applicant, final int epochDay) {
        this.ground = ground;
        this.applicant = applicant;
        this.epochDay = epochDay;
    }

    /** @return null when the rest of the date is too short for all of it */
    public static Visit of(final Ground ground, final Applicant applicant, final Start start) {
        final Layout layout = new Layout(ground, applicant, start.epochDay());
        return layout.lay(start) ? new Visit(start.epochDay(), layout.legs) : null;
    }

    private boolean lay(final Start start) {
        final PoolDay first = ground.day(start.deskId(), epochDay);
        if (first == null || start.startUnit() + applicant.parts().get(0).units() > first.units()) {
            return false;
        }
        final long[] endOf = new long[applicant.persons()];
        Arrays.fill(endOf, first.gridUnit(start.startUnit()));
        for (final Applicant.Part part : applicant.parts()) {
            final int deskId = legs.isEmpty() ? start.deskId() : part.desk().id(); // another desk may have been offered
            final PoolDay day = ground.day(deskId, epochDay);
            final int begin = legs.isEmpty() ? start.startUnit() : day == null ? -1 : begin(day, part, endOf[part.person()]);
            if (begin < 0) {
                return false;
            }
            legs.add(new Visit.Leg(deskId, applicant.personKey(part.person()), part.lines(), begin, part.units(), part.kinds()));
            endOf[part.person()] = day.gridUnit(begin) + part.units();
        }
        return true;
    }

    /** The first start from an instant on that the family itself leaves free. @return −1 = none */
    private int begin(final PoolDay day, final Applicant.Part part, final long earliest) {
        final int align = day.alignUnits();
        final int from = (int) Math.max(0, earliest - day.gridUnit(0));
        for (int unit = (from + align - 1) / align * align; unit + part.units() <= day.units(); unit += align) {
            if (fits(day, part, unit)) {
                return unit;
            }
        }
        return -1;
    }

    private boolean fits(final PoolDay desk, final Applicant.Part part, final int unit) {
        for (final int pool : applicant.post().pools(desk.poolId(), part.kinds())) {
            final PoolDay day = ground.day(pool, epochDay);
            for (long grid = desk.gridUnit(unit); grid < desk.gridUnit(unit) + part.units(); grid++) {
                if (day == null || ownPlaces(pool, grid) >= day.openAtGrid(grid)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Places of a pool that the legs laid so far take at an instant. */
    private int ownPlaces(final int pool, final long grid) {
        int places = 0;
        for (final Visit.Leg leg : legs) {
            final long begin = ground.day(leg.deskId(), epochDay).gridUnit(leg.startUnit());
            if (grid >= begin && grid < begin + leg.units() && applicant.post().pools(leg.deskId(), leg.kinds()).contains(pool)) {
                places++;
            }
        }
        return places;
    }
}
