package org.mawid.api.overbooking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A desk's day as it is before anything is added to it.
 *
 * @param counters   by unit of five minutes from the first of the day on, how many are staffed, 0 to 255; 0 = closed
 * @param alignUnits a visit starts at every so many units from the first, 1 and more
 * @param visitUnits of the usual visit, 1 and more
 */
public record DeskDay(int[] counters, int alignUnits, int visitUnits) {
    public static final int UNIT_MINUTES = 5;

    public DeskDay {
        if (alignUnits < 1 || visitUnits < 1 || Arrays.stream(counters).anyMatch(count -> count < 0 || count > 255)) {
            throw new IllegalArgumentException("no day of visits of " + visitUnits + " units, aligned to " + alignUnits);
        }
        counters = counters.clone();
    }

    /** The same counters all day. */
    public static DeskDay of(final int counters, final int units, final int alignUnits, final int visitUnits) {
        final int[] all = new int[units];
        Arrays.fill(all, counters);
        return new DeskDay(all, alignUnits, visitUnits);
    }

    @Override
    public int[] counters() {
        return counters.clone();
    }

    /** Units from one start of a full desk to the next: a visit that ends between two starts leaves its counter idle until the next. */
    int roundUnits() {
        return (visitUnits + alignUnits - 1) / alignUnits * alignUnits;
    }

    /** The same desk as several with a part of its counters each, none with more than so many; at least one. */
    List<DeskDay> parts(final int most) {
        final int parts = (Arrays.stream(counters).max().orElse(0) + most - 1) / most;
        final List<DeskDay> days = new ArrayList<>();
        for (int part = 0; part < Math.max(1, parts); part++) {
            final int later = part;
            days.add(new DeskDay(Arrays.stream(counters).map(all -> parts == 0 ? all : (all + later) / parts).toArray(), alignUnits, visitUnits));
        }
        return days;
    }

    /**
     * The starts of a desk whose every place is taken by the usual visit, all counters together. That they start together is the worst for those who wait: apart they would wait for less [A].
     */
    List<Round> rounds() {
        final List<Round> rounds = new ArrayList<>();
        int unit = 0;
        while (unit + visitUnits <= counters.length) {
            final int least = Arrays.stream(counters, unit, unit + visitUnits).min().orElse(0);
            if (least > 0) {
                rounds.add(new Round(unit, least));
            }
            unit += least > 0 ? roundUnits() : alignUnits;
        }
        return rounds;
    }

    /**
     * One start of all counters.
     *
     * @param unit     of the day, from 0 on
     * @param counters that serve one visit each until the next
     */
    record Round(int unit, int counters) {
    }
}
