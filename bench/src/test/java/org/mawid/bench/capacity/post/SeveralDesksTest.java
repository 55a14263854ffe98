package org.mawid.bench.capacity.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Group;
import org.mawid.api.network.Network.Service;
import org.mawid.bench.capacity.Tiny;
import org.mawid.bench.capacity.demand.Demand;
import org.mawid.bench.capacity.demand.Lines;
import org.mawid.bench.capacity.demand.Party;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.PostResult;

/** Visits whose services are of several desks: one appointment, from desk to desk. */
class SeveralDesksTest {
    private static final Network REAL = Network.bundled();
    private static final Plan SMALLER = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.POSTS, "MA-CG-SEVILLE").with(PlanKey.WARM_UP, "2").with(PlanKey.WEEKS, "3");

    /** Two desks with a counter each: the first takes ten minutes, the other twenty. */
    private static final List<Service> SERVICES = List.of(Tiny.service(1, "STAMPING", 10), Tiny.service(2, "SIGNING", 20));
    private static final Network TWO_DESKS = Tiny.network(1_000, SERVICES, List.of(new Desk(1, 1, "D1", EnumSet.of(Group.OTHER), 1, List.of(1)), new Desk(2, 1, "D2", EnumSet.of(Group.NOTARY), 1, List.of(2))));

    /** So many people a day, each for both. */
    private record Both(Site site, int aDay) implements Demand {
        @Override
        public List<Party> on(final LocalDate date, final long startMs) {
            final List<Party> parties = new ArrayList<>();
            for (int i = 0; i < aDay; i++) {
                final Lines lines = new Lines(Service::minutes);
                lines.add(0, site.network().service(1));
                lines.add(0, site.network().service(2));
                parties.add(Party.of(date.toEpochDay() * 100 + i, startMs + 12 * 3_600_000L + i * 60_000L, false, Tiny.easy(60), lines, site::deskOf));
            }
            return parties;
        }

        @Override
        public int usualUnits(final int desk) {
            return desk == 0 ? 2 : 4;
        }

        @Override
        public int usualKinds(final int desk) {
            return 0;
        }
    }

    private static PostResult both(final int aDay) {
        final Site site = new Site(TWO_DESKS, Tiny.POST);
        return new PostSimulation(site, Tiny.plan(), new Both(site, aDay)).run((done, of) -> { });
    }

    @Test
    void givenTwoADayForTwoDesks_whenEachTakesTheNextStart_thenBothDesksAreUsedAndNobodyWaits() {
        // 09:00 and 09:20 at the second desk for the ones who start at 09:00 and 09:10: the other waits ten minutes between, and comes at 09:30 to it
        final PostResult result = both(2);

        assertThat(result.desks().get(0).utilisationPercent()).as("two times ten minutes").isCloseTo(100 / 3.0, within(0.001));
        assertThat(result.desks().get(1).utilisationPercent()).as("two times twenty").isCloseTo(200 / 3.0, within(0.001));
        assertThat(result.all().served).isEqualTo(2 * 14);
        assertThat(result.all().servedOverDesks).isEqualTo(2 * 14);
        assertThat(result.desks().get(0).asked).as("counted once, at the first desk").isEqualTo(2 * 14);
        assertThat(result.desks().get(1).asked).isZero();
        assertThat(result.desks().get(1).askedMinutes).as("but its minutes where they are").isEqualTo(2 * 14 * 20);
        assertThat(result.all().queueMinutes.percentile(100)).isZero();
    }

    @Test
    void givenThreeADayForTwoDesks_whenOnlyTwoFitTheSecond_thenTheThirdComesAnotherDayThoughTheFirstDeskHasRoom() {
        // from 09:10 on the second desk has fifty minutes: two visits; the backlog grows by one a day
        final PostResult result = both(3);

        assertThat(result.desks().get(1).takenPercent()).isCloseTo(200 / 3.0, within(0.001));
        assertThat(result.desks().get(0).takenPercent()).as("the first desk is not the reason").isCloseTo(100 / 3.0, within(0.001));
        assertThat(result.all().served).isEqualTo(2 * 14);
        assertThat(DeskFigures.sum(result.all().displaced)).isPositive();
    }

    @Test
    void givenRoomOfADay_whenTheNextDeskIsSearched_thenItIsTheEarliestWithinTheWait() {
        final int[] room = {1, 1, 0, 1, 1, 1, 0, 0, 1, 1};

        assertThat(Ways.first(room, 0, 2, 0)).isZero();
        assertThat(Ways.first(room, 1, 2, 2)).isEqualTo(3);
        assertThat(Ways.first(room, 1, 2, 1)).as("not so long").isEqualTo(-1);
        assertThat(Ways.first(room, 4, 2, 6)).isEqualTo(4);
        assertThat(Ways.first(room, 5, 2, 6)).isEqualTo(8);
        assertThat(Ways.first(room, 9, 2, 6)).as("the day is over").isEqualTo(-1);
    }

    @Test
    void givenTheFilesOfTheNetwork_whenServicesComeAsTheyCome_thenAQuarterOfVisitsSpansDesksAndEachDeskKeepsItsMinutes() {
        final PostResult free = Tiny.run(REAL, SMALLER.with(PlanKey.WALK_IN, "0%")).posts().get(0);
        final PostResult one = Tiny.run(REAL, SMALLER.with(PlanKey.WALK_IN, "0%").with(PlanKey.ACROSS_DESKS, "0%")).posts().get(0);

        assertThat((double) free.all().askedOverDesks / free.all().asked).isCloseTo(chanceOfSeveralDesks(free.site()), within(0.03)).isGreaterThan(0.2);
        assertThat(one.all().askedOverDesks).isZero();
        assertThat(one.all().servedOverDesks).isZero();
        assertThat(free.all().servedOverDesks).isPositive();
        for (int desk = 0; desk < free.desks().size(); desk++) {
            assertThat(free.desks().get(desk).askedMinutes / one.desks().get(desk).askedMinutes).as("desk " + desk).isCloseTo(1, within(0.25));
        }
        assertThat(free.all().askedMinutes / free.all().asked).isCloseTo(one.all().askedMinutes / one.all().asked, within(1.5));
    }

    /** By the files alone: visit sizes, and each service drawn by itself. */
    private static double chanceOfSeveralDesks(final Site site) {
        final double[] ofDesk = new double[site.desks().size()];
        double all = 0;
        for (final Network.Share share : REAL.mix()) {
            final int desk = site.deskOf(share.serviceId());
            if (desk >= 0) {
                ofDesk[desk] += share.percent().doubleValue();
                all += share.percent().doubleValue();
            }
        }
        double several = 0;
        for (final Network.VisitSize size : REAL.visitSizes()) {
            if (size.measure() == Network.Measure.SERVICES) {
                double same = 0;
                for (final double desk : ofDesk) {
                    same += Math.pow(desk / all, size.size());
                }
                several += size.percent().doubleValue() / 100 * (1 - same);
            }
        }
        return several;
    }
}
