package org.mawid.bench.kingdom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.api.network.OpenDay;

/** The generator's calendar, against the obvious way to look for room. */
class PlacesTest {
    private static final int DATE = 20_500;
    private static final int UNITS = 150;
    private static final long START_MS = DATE * 86_400_000L;

    private final Realm realm = new Realm(Network.bundled(), 1);
    private final Places places = new Places(realm);
    private final int post = realm.posts()[0];
    private final int desk = realm.desk(post, anyService());
    private final int[][] taken = new int[Realm.KINDS][UNITS];

    private int anyService() {
        int service = 1;
        while (realm.desk(post, service) == 0) {
            service++;
        }
        return service;
    }

    private int pool(final int kind) {
        return kind == 0 ? desk : realm.resource(post, kind);
    }

    private boolean hasRoom(final int kinds, final int start, final int count) {
        for (int kind = 0; kind < Realm.KINDS; kind++) {
            final boolean counts = kind == 0 || pool(kind) != 0 && (kind == Realm.SEATS || (kinds >>> kind & 1) != 0);
            for (int unit = start; counts && unit < start + count; unit++) {
                if (taken[kind][unit] >= realm.capacity(pool(kind))) {
                    return false;
                }
            }
        }
        return true;
    }

    private int naive(final int kinds, final int from, final int count) {
        for (int start = from; start + count <= UNITS; start++) {
            if (hasRoom(kinds, start, count)) {
                return start;
            }
        }
        return -1;
    }

    @Test
    void givenPlacesTakenAndGivenBackAtRandom_whenRoomIsLookedFor_thenItIsWhereTheObviousSearchFindsIt() {
        for (int kind = 0; kind < Realm.KINDS; kind++) {
            if (pool(kind) != 0) {
                places.publish(new OpenDay(pool(kind), DATE, START_MS, UNITS, 1, 0, realm.capacity(pool(kind))));
            }
        }
        final SplittableRandom random = new SplittableRandom(7);
        final int[][] visits = new int[400][];
        int found = 0;
        int full = 0;
        for (int i = 0; i < 4_000; i++) {
            final int at = random.nextInt(visits.length);
            if (visits[at] != null) {
                add(visits[at], -1);
                visits[at] = null;
            }
            final int kinds = random.nextInt(2) << 1 | random.nextInt(2) << 2;
            final int from = random.nextInt(UNITS);
            final int count = 1 + random.nextInt(12);
            final int start = places.find(desk, kinds, DATE, from, count);
            assertThat(start).isEqualTo(naive(kinds, from, count));
            if (start >= 0) {
                visits[at] = new int[] {kinds, start, count};
                add(visits[at], 1);
                found++;
            } else {
                full++;
            }
        }
        assertThat(found).isGreaterThan(500);
        assertThat(full).isGreaterThan(100);
        for (int unit = 0; unit < UNITS; unit++) {
            assertThat(places.taken(desk, DATE, unit)).isEqualTo(taken[0][unit]);
        }
    }

    private void add(final int[] visit, final int change) {
        places.add(desk, visit[0], DATE, visit[1], visit[2], change);
        for (int kind = 0; kind < Realm.KINDS; kind++) {
            final boolean counts = kind == 0 || kind == Realm.SEATS || (visit[0] >>> kind & 1) != 0;
            for (int unit = visit[1]; counts && unit < visit[1] + visit[2]; unit++) {
                taken[kind][unit] += change;
            }
        }
    }

    @Test
    void givenADayOfTheWindowBefore_whenANewOneTakesItsPlace_thenNothingOfItIsLeft() {
        places.publish(new OpenDay(desk, DATE, START_MS, 10, 1, 0, realm.capacity(desk)));
        places.add(desk, 0, DATE, 0, 5, 1);

        places.publish(new OpenDay(desk, DATE + Places.WINDOW, START_MS, 10, 1, 0, realm.capacity(desk)));

        assertThat(places.knows(desk, DATE)).isFalse();
        assertThat(places.taken(desk, DATE + Places.WINDOW, 0)).isZero();
        assertThat(places.left(desk, DATE + Places.WINDOW)).isEqualTo(10 * realm.capacity(desk));
    }
}
