package org.mawid.bench.release.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.grpc.PoolKind;

/** Where the parts of a family's visit come to lie: at a post with two desks and one biometric station. */
class LayoutTest {
    private static final int DATE = 20_000;
    private static final int BIOMETRIC = PoolKind.POOL_KIND_BIOMETRIC_STATION_VALUE;
    private static final int STATION = 9;
    private static final Ground.Service DEED = new Ground.Service(1, "DEED", 10, false, 0, 1);
    private static final Ground.Service PASSPORT = new Ground.Service(2, "PASSPORT", 15, true, 1 << BIOMETRIC, 1);

    private final Ground ground = new Ground();
    private final Ground.Post post = new Ground.Post(1, "POST", 1);
    private final Ground.Desk deeds = new Ground.Desk(1, post, new ArrayList<>(List.of(DEED)));
    private final Ground.Desk passports = new Ground.Desk(2, post, new ArrayList<>(List.of(PASSPORT)));

    private void counters(final int ofDeeds, final int ofPassports, final int align) {
        post.desks().addAll(List.of(deeds, passports));
        post.resource(BIOMETRIC, STATION);
        put(1, ofDeeds, align);
        put(2, ofPassports, align);
        put(STATION, 1, 1);
    }

    private void put(final int pool, final int places, final int align) {
        final int[] open = new int[24];
        Arrays.fill(open, places);
        ground.put(new PoolDay(pool, DATE, DATE * 86_400_000L, 0, align, open, open));
    }

    private List<String> laid(final int startUnit, final Applicant.Line... lines) {
        final Applicant family = new Applicant("family", new long[] {11, 12, 13}, List.of(lines), false);
        final Visit visit = Layout.of(ground, family, new Start(family.parts().get(0).desk().id(), DATE, startUnit));
        return visit == null ? List.of() : visit.legs().stream()
                .map(leg -> leg.person() + " desk " + leg.deskId() + " " + leg.startUnit() + "+" + leg.units() + " lines " + Integer.toBinaryString(leg.lines())).toList();
    }

    @Test
    void givenOnePersonWithServicesOfTwoDesks_whenLaidOut_thenOneLegAfterTheOther() {
        counters(1, 1, 1);

        assertThat(laid(4, new Applicant.Line(0, DEED, deeds), new Applicant.Line(0, PASSPORT, passports))).containsExactly("11 desk 1 4+2 lines 1", "11 desk 2 6+3 lines 10");
    }

    @Test
    void givenCompanions_whenTheDeskHasCountersEnough_thenBesideEachOther_otherwiseOneAfterTheOther() {
        counters(2, 1, 1);

        assertThat(laid(4, new Applicant.Line(0, DEED, deeds), new Applicant.Line(1, DEED, deeds), new Applicant.Line(2, DEED, deeds)))
                .containsExactly("11 desk 1 4+2 lines 1", "12 desk 1 4+2 lines 10", "13 desk 1 6+2 lines 100");
    }

    @Test
    void givenOneStation_whenTwoNeedIt_thenOneAfterTheOther_thoughTheDeskHasCounters() {
        counters(1, 5, 1);

        assertThat(laid(0, new Applicant.Line(0, PASSPORT, passports), new Applicant.Line(1, PASSPORT, passports)))
                .containsExactly("11 desk 2 0+3 lines 1", "12 desk 2 3+3 lines 10");
    }

    @Test
    void givenStartsOnlyEveryQuarter_whenLaidOut_thenEveryLegStartsThen() {
        counters(1, 1, 3);

        assertThat(laid(3, new Applicant.Line(0, DEED, deeds), new Applicant.Line(0, PASSPORT, passports))).containsExactly("11 desk 1 3+2 lines 1", "11 desk 2 6+3 lines 10");
    }

    @Test
    void givenTooLittleOfTheDayIsLeft_whenLaidOut_thenThereIsNoVisit() {
        counters(1, 1, 1);

        assertThat(laid(20, new Applicant.Line(0, DEED, deeds), new Applicant.Line(0, PASSPORT, passports))).isEmpty();
    }
}
