package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Group;
import org.mawid.bench.capacity.demand.Demand;
import org.mawid.bench.capacity.demand.Lines;
import org.mawid.bench.capacity.demand.Party;
import org.mawid.bench.capacity.demand.Temper;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.post.PostSimulation;
import org.mawid.bench.capacity.report.PlanJson;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.PostResult;
import org.mawid.sbe.Result;

/** A post whose answers are known without a computer: six visits of ten minutes a day, and people who come by the clock. */
class ByHandTest {
    private static final long NOON_MS = 12 * 3_600_000L;

    /** So many people ask at noon, each day, for the next free start. */
    private record Clockwork(Site site, int aDay, Temper temper) implements Demand {
        @Override
        public List<Party> on(final LocalDate date, final long startMs) {
            final List<Party> parties = new ArrayList<>();
            for (int i = 0; i < aDay; i++) {
                final Lines lines = new Lines(service -> service.minutes());
                lines.add(0, site.network().service(1));
                parties.add(Party.of(date.toEpochDay() * 100 + i, startMs + NOON_MS + i * 60_000L, false, temper, lines, id -> 0));
            }
            return parties;
        }

        @Override
        public int usualUnits(final int desk) {
            return 2;
        }

        @Override
        public int usualKinds(final int desk) {
            return 0;
        }
    }

    /** One request for each of two services a minute after the other, each day from noon on, for the next free start. */
    private record TwoKinds(Site site) implements Demand {
        @Override
        public List<Party> on(final LocalDate date, final long startMs) {
            final List<Party> parties = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                final Lines lines = new Lines(service -> service.minutes());
                lines.add(0, site.network().service(i + 1));
                parties.add(Party.of(date.toEpochDay() * 100 + i, startMs + NOON_MS + i * 60_000L, false, Tiny.easy(60), lines, id -> 0));
            }
            return parties;
        }

        /** Three units, which is what is left. */
        @Override
        public int usualUnits(final int desk) {
            return 3;
        }

        @Override
        public int usualKinds(final int desk) {
            return 0;
        }
    }

    @Test
    void givenTwentyFiveAndTwentyMinutesOfAnHour_whenRun_thenTheFifteenLeftAreStranded_andEachServiceHasItsOwnWait() {
        final Network network = Tiny.network(1_000, List.of(Tiny.service(1, "LONG", 25), Tiny.service(2, "SHORT", 20)),
                List.of(new Desk(1, 1, "D1", EnumSet.of(Group.OTHER), 1, List.of(1, 2))));
        final Site site = new Site(network, Tiny.POST);
        final PostResult result = new PostSimulation(site, Tiny.plan(), new TwoKinds(site)).run((done, of) -> { });

        final DeskFigures desk = result.desks().get(0);
        assertThat(desk.takenPercent()).isCloseTo(75, within(0.001));
        assertThat(desk.freeMinutes).isEqualTo(14 * 15.0);
        assertThat(desk.strandedMinutes).as("too short for either").isEqualTo(14 * 15.0);
        assertThat(desk.shortMinutes).as("but not for what is usual").isZero();
        assertThat(desk.waitDaysByService).containsOnlyKeys(1, 2);
        assertThat(desk.waitDaysByService.get(1).count()).isEqualTo(14);
        assertThat(desk.waitDaysByService.get(2).count()).isEqualTo(14);
        assertThat(desk.waitDaysByService.get(1).mean()).as("noon to nine").isCloseTo(21 / 24.0, within(0.001));
        assertThat(desk.waitDaysByService.get(2).mean()).as("a minute past noon to 09:25").isCloseTo((21 + 24 / 60.0) / 24, within(0.001));
        final JsonObject told = PlanJson.of(new PlanResult(Tiny.plan(), List.of(result)));
        assertThat(told.getJsonArray("posts").getJsonObject(0).getJsonArray("desks").getJsonObject(0).getDouble("strandedMinutesADay")).isEqualTo(15);
        final JsonObject waits = told.getJsonArray("plots").stream().map(JsonObject.class::cast).filter(plot -> plot.getString("title").endsWith("by service")).findFirst().orElseThrow();
        assertThat(waits.getJsonArray("x")).as("the longest first").containsExactly("SHORT", "LONG");
        assertThat(waits.getJsonArray("series").getJsonObject(0).getJsonArray("values").getDouble(0)).isCloseTo(21.4 / 24, within(0.01));
    }

    private static PostResult run(final int aDay, final Temper temper) {
        final Network network = Tiny.network(1_000);
        final Site site = new Site(network, Tiny.POST);
        return new PostSimulation(site, Tiny.plan(), new Clockwork(site, aDay, temper)).run((done, of) -> { });
    }

    @ParameterizedTest
    @CsvSource({"3, 50, 0", "4, 66.667, 1", "5, 83.333, 1", "6, 100, 1"})
    void givenSoManyADay_whenEachTakesTheNextStart_thenUtilisationAndThirdNextAreExact(final int aDay, final double percent, final int thirdNext) {
        final PostResult result = run(aDay, Tiny.easy(60));

        final DeskFigures desk = result.desks().get(0);
        assertThat(desk.takenPercent()).isCloseTo(percent, within(0.001));
        assertThat(desk.utilisationPercent()).isCloseTo(percent, within(0.001));
        assertThat(desk.thirdNextDays).as("at eight in the morning").containsOnly(thirdNext);
        assertThat(desk.served).isEqualTo(14L * aDay);
        assertThat(desk.waitDays.percentile(1)).as("from noon to nine").isCloseTo(21 / 24.0, within(0.001));
        assertThat(desk.queueMinutes.percentile(100)).as("nobody waits: each comes as the one before goes").isZero();
        assertThat(desk.refused).isEmpty();
        assertThat(desk.freeMinutes).isEqualTo(14 * (60.0 - 10 * aDay));
    }

    @Test
    void givenSevenADay_whenSixFit_thenTheBacklogGrowsByOneADay() {
        final DeskFigures desk = run(7, Tiny.easy(60)).desks().get(0);

        assertThat(desk.takenPercent()).isEqualTo(100);
        // After seven days of warm-up 49 people have the 49 first starts from the second day on: up to the first of the tenth day.
        assertThat(desk.thirdNextDays[0]).as("the eighth morning: two full days, and five left of the third").isEqualTo(2);
        for (int day = 0; day < desk.thirdNextDays.length; day++) {
            final int askedBefore = 7 * (7 + day);
            final int third = askedBefore + 3; // the first six starts are those of the second day
            assertThat(desk.thirdNextDays[day]).as("morning " + day).isEqualTo((third - 1) / 6 + 1 - (7 + day));
        }
    }

    @Test
    void givenNoPatience_whenTheNextDayIsFull_thenTheSeventhIsRefusedForTheCoresReason() {
        final PostResult result = run(7, Tiny.easy(1));

        final DeskFigures desk = result.desks().get(0);
        assertThat(desk.refused).containsOnlyKeys(Result.SOLD_OUT);
        assertThat(DeskFigures.sum(desk.refused)).isEqualTo(14);
        assertThat(desk.refusedPercent()).isCloseTo(100 / 7.0, within(0.001));
        assertThat(result.books()).containsEntry("arrivals", 7L * 21).containsEntry("refused", 21L).containsEntry("served", 6L * 20).containsEntry("stillOpen", 6L);
    }
}
