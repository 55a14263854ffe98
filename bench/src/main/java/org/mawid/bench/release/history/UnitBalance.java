package org.mawid.bench.release.history;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mawid.bench.release.ground.PoolDay;

/** Adds up, unit by unit, who certainly has a place and who may, and compares that with the places there are. As {@link HistoryCheck} says. */
final class UnitBalance {
    /** Of one unit: who certainly has a place when, how many have one at the end, and how many more may. */
    private static final class Takers {
        final List<long[]> certain = new ArrayList<>();
        int atTheEnd;
        int possible;
    }

    private final HistoryCheck.Places places;
    private final long endNs;
    private final Consumer<String> wrong;
    private final Map<Long, Takers> byUnit = new HashMap<>();
    private long possiblyOver;

    /** @param endNs of the history @param wrong is told what cannot be */
    UnitBalance(final HistoryCheck.Places places, final long endNs, final Consumer<String> wrong) {
        this.places = places;
        this.endNs = endNs;
        this.wrong = wrong;
    }

    void given(final KnownHold hold) {
        add(hold, true);
    }

    /** Nobody knows whether it was given. */
    void unknown(final KnownHold hold) {
        add(hold, false);
    }

    /** Once all holds are added. */
    void check() {
        byUnit.forEach((key, takers) -> balance((int) (key >>> 40), (int) (key >>> 8), (int) (key & 0xFF), takers));
    }

    /** Units that would be over their places if all that is unknown was done. */
    long possiblyOver() {
        return possiblyOver;
    }

    private void add(final KnownHold hold, final boolean isGiven) {
        final long untilNs = hold.certainUntilNs();
        for (final HistoryLine.Leg leg : hold.line.legs) {
            for (int unit = leg.startUnit(); unit < leg.startUnit() + leg.units(); unit++) {
                final Takers takers = byUnit.computeIfAbsent(PoolDay.key(leg.deskId(), leg.epochDay()) << 8 | unit, nothing -> new Takers());
                if (isGiven && untilNs > hold.line.completeNs) {
                    takers.certain.add(new long[] {hold.line.completeNs, 1});
                    takers.certain.add(new long[] {untilNs, -1});
                }
                takers.atTheEnd += isGiven && untilNs > endNs ? 1 : 0;
                takers.possible += hold.isPossibleAt(endNs) ? 1 : 0;
            }
        }
    }

    private void balance(final int deskId, final int epochDay, final int unit, final Takers takers) {
        takers.certain.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1])); // what ends makes room first
        long now = 0;
        long most = 0;
        for (final long[] change : takers.certain) {
            now += change[1];
            most = Math.max(most, now);
        }
        final String where = "desk " + deskId + " on " + LocalDate.ofEpochDay(epochDay) + " unit " + unit;
        final int free = places.free(deskId, epochDay, unit);
        if (most > free) {
            wrong.accept(where + " had " + most + " takers at once and " + free + " places: oversold");
        }
        possiblyOver += takers.possible > free ? 1 : 0;
        final int taken = places.taken(deskId, epochDay, unit);
        if (taken >= 0 && (taken < takers.atTheEnd || taken > takers.possible)) {
            wrong.accept(where + " has " + taken + " places taken at the end, and the history allows for " + takers.atTheEnd + " to " + takers.possible);
        }
    }
}
