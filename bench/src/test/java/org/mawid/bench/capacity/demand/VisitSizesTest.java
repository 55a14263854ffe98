package org.mawid.bench.capacity.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Group;
import org.mawid.api.network.Network.Scope;
import org.mawid.api.network.Network.Service;
import org.mawid.bench.capacity.Tiny;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Site;

/** How much people ask for, and what is drawn when that was seen. */
class VisitSizesTest {
    /** At one desk, each service as often. */
    private static ModelDemand demand(final VisitSizes sizes, final List<Service> services, final String walkIn) {
        final Desk desk = new Desk(1, 1, "D1", EnumSet.of(Group.OTHER), 1, services.stream().map(Service::id).toList());
        final Observed observed = new Observed(10, sizes, services.stream().collect(Collectors.toMap(Service::code, service -> 1.0)), new double[] {1, 1, 1, 1, 1, 1, 1}, Map.of(), 1, false,
                0, 1, Tiny.FROM, Tiny.FROM, 300, Map.of());
        return new ModelDemand(new Site(Tiny.network(1_000, services, List.of(desk)), Tiny.POST), Tiny.plan().with(PlanKey.WALK_IN, walkIn), observed);
    }

    /** With one service, of which a person has one. */
    private static List<Party> drawn(final VisitSizes sizes, final Service service, final String walkIn) {
        return drawn(demand(sizes, List.of(service), walkIn));
    }

    private static List<Party> drawn(final ModelDemand demand) {
        final List<Party> parties = new ArrayList<>();
        for (int day = 0; day < 10; day++) {
            parties.addAll(demand.on(Tiny.FROM.plusDays(day), 0));
        }
        return parties;
    }

    private static SortedMap<Integer, SortedMap<Integer, Long>> all(final int services, final int persons) {
        return new TreeMap<>(Map.of(services, new TreeMap<>(Map.of(persons, 300L))));
    }

    private static int services(final Party party) {
        return IntStream.of(party.lines().quantities()).sum();
    }

    private static long persons(final Party party) {
        return IntStream.of(party.lines().persons()).distinct().count();
    }

    @Test
    void givenTheFilesOfTheNetwork_whenTaken_thenTheirMeanIsThatOfTheModel() {
        final VisitSizes sizes = VisitSizes.modelled(Network.bundled().visitSizes());

        assertThat(sizes.meanServices()).isCloseTo(1.56, within(1e-9));
        assertThat(sizes.persons(1, 0.99)).as("the others only accompany").isEqualTo(1);
        assertThat(VisitSizes.modelled(List.of()).meanServices()).as("no file: one each").isEqualTo(1);
    }

    @Test
    void givenRequestsThatWereSeen_whenDrawn_thenPersonsGoWithTheirServices() {
        final SortedMap<Integer, SortedMap<Integer, Long>> requests = all(1, 1);
        requests.put(4, new TreeMap<>(Map.of(1, 50L, 4, 50L)));
        final VisitSizes sizes = VisitSizes.seen(requests, 40);

        assertThat(sizes.services(0.749)).isEqualTo(1);
        assertThat(sizes.services(0.751)).isEqualTo(4);
        assertThat(sizes.persons(1, 0.999)).isEqualTo(1);
        assertThat(sizes.persons(4, 0.499)).isEqualTo(1);
        assertThat(sizes.persons(4, 0.501)).isEqualTo(4);
        assertThat(sizes.meanServices()).isCloseTo(1.75, within(1e-9));
        assertThat(sizes.meanPersons()).isCloseTo(550 / 400.0, within(1e-9));
    }

    @Test
    void givenVisitsLongerThanTheModelMakesThem_whenDrawn_thenTheyAreAsLongAsThoseSeen() {
        final Service hour = Tiny.service(1, "MARRIAGE", 60);

        assertThat(drawn(VisitSizes.seen(all(4, 4), 240), hour, "0%")).hasSizeGreaterThan(50).allSatisfy(party -> {
            assertThat(services(party)).isEqualTo(4);
            assertThat(persons(party)).isEqualTo(4);
        });
        assertThat(drawn(null, hour, "0%")).allSatisfy(party -> assertThat(services(party)).isEqualTo(1));
        assertThat(VisitSizes.seen(all(30, 1), 1_800).mostMinutes()).as("but not longer than a day").isEqualTo(600);
    }

    @Test
    void givenMoreServicesThanAPersonCanHave_whenDrawn_thenSomebodyComesAlongForThem() {
        final VisitSizes sizes = VisitSizes.seen(all(3, 1), 30);
        final Service service = Tiny.service(1, "STAMPING", 10);

        assertThat(drawn(sizes, service, "0%")).hasSizeGreaterThan(50).allSatisfy(party -> assertThat(services(party)).isEqualTo(3));
        assertThat(drawn(sizes, service, "100%")).hasSizeGreaterThan(50).allSatisfy(party -> {
            assertThat(party.walkIn()).isTrue();
            assertThat(services(party)).isEqualTo(3);
        });
    }

    @Test
    void givenAServiceThatNeedsNoAppointment_whenSomebodyAskedForIt_thenTheyWalkInAndTheUsualVisitIsWithoutIt() {
        final Service pickup = new Service(2, "PICKUP", Tiny.names("PICKUP"), List.of(), List.of(), 5, 1, false, false, false, Scope.ANY_POST, Group.OTHER, Set.of(), 0, List.of(), null);
        final ModelDemand demand = demand(VisitSizes.seen(all(1, 1), 20), List.of(Tiny.service(1, "SIGNING", 20), pickup), "0%");

        assertThat(drawn(demand)).hasSizeGreaterThan(50).allSatisfy(party -> assertThat(party.walkIn()).isEqualTo(party.lines().services()[0] == 2))
                .anyMatch(Party::walkIn).anyMatch(party -> !party.walkIn());
        assertThat(demand.usualUnits(0)).as("twenty minutes").isEqualTo(4);
    }

    @Test
    void givenWalkInsOfFamilies_whenDrawn_thenTheyAreFamilies() {
        final Service copies = new Service(1, "COPIES", Tiny.names("COPIES"), List.of(), List.of(), 10, 5, false, true, false, Scope.ANY_POST, Group.OTHER, Set.of(), 0, List.of(), null);

        assertThat(drawn(VisitSizes.seen(all(2, 2), 20), copies, "100%")).hasSizeGreaterThan(50).allSatisfy(party -> {
            assertThat(party.walkIn()).isTrue();
            assertThat(persons(party)).isEqualTo(2);
        });
    }
}
