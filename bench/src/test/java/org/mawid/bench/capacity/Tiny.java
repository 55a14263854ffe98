package org.mawid.bench.capacity;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.api.network.Calendars;
import org.mawid.api.network.Calendars.Hours;
import org.mawid.api.network.Calendars.Ramadan;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Group;
import org.mawid.api.network.Network.Load;
import org.mawid.api.network.Network.Measure;
import org.mawid.api.network.Network.Names;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.PostKind;
import org.mawid.api.network.Network.Rate;
import org.mawid.api.network.Network.Scope;
import org.mawid.api.network.Network.Service;
import org.mawid.api.network.Network.Share;
import org.mawid.api.network.Network.VisitSize;
import org.mawid.api.network.Network.Weekend;
import org.mawid.bench.capacity.demand.Temper;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.result.PlanResult;

/**
 * A network small enough to know its answers by hand: one post, open every day from 09:00 to 10:00 UTC, one desk with one service of ten minutes
 * that needs no validation: six visits a day for each counter.
 */
public final class Tiny {
    public static final LocalDate FROM = LocalDate.of(2027, 4, 5); // a Monday
    public static final Post POST = new Post(1, "MA-CG-TINY", PostKind.CONSULATE_GENERAL, "Tiny", "PT", names("Tiny"), ZoneId.of("UTC"), "EUR", Weekend.SAT_SUN);

    private Tiny() {
    }

    public static Names names(final String name) {
        return new Names(name, name, name, name);
    }

    public static Service service(final int id, final String code, final int minutes) {
        return new Service(id, code, names(code), List.of(), List.of(), minutes, 1, false, true, false, Scope.ANY_POST, Group.OTHER, Set.of(), 0, List.of(), null);
    }

    /** One counter, and a year's demand. */
    public static Network network(final int appointmentsPerYear) {
        return network(appointmentsPerYear, List.of(service(1, "STAMPING", 10)), List.of(new Desk(1, 1, "D1", EnumSet.of(Group.OTHER), 1, List.of(1))));
    }

    public static Network network(final int appointmentsPerYear, final List<Service> services, final List<Desk> desks) {
        return network(appointmentsPerYear, services, desks, List.of(new VisitSize(Measure.SERVICES, 1, false, BigDecimal.valueOf(100), BigDecimal.ONE),
                new VisitSize(Measure.PERSONS, 1, false, BigDecimal.valueOf(100), BigDecimal.ONE)));
    }

    public static Network network(final int appointmentsPerYear, final List<Service> services, final List<Desk> desks, final List<VisitSize> sizes) {
        final Map<DayOfWeek, Hours> week = new EnumMap<>(DayOfWeek.class);
        for (final DayOfWeek day : DayOfWeek.values()) {
            week.put(day, new Hours(LocalTime.of(9, 0), LocalTime.of(10, 0), LocalTime.of(9, 0), LocalTime.of(10, 0)));
        }
        final Map<LocalDate, String> holidays = new TreeMap<>();
        final List<Ramadan> ramadans = new ArrayList<>();
        for (int year = 2026; year <= 2028; year++) {
            holidays.put(LocalDate.of(year, 12, 31), "the last day");
            ramadans.add(new Ramadan(LocalDate.of(year, 2, 1), LocalDate.of(year, 3, 2)));
        }
        final List<Share> mix = services.stream().map(service -> new Share(service.id(), BigDecimal.valueOf(100.0 / services.size()))).toList();
        return new Network(List.of(POST), services, List.copyOf(desks), List.of(new Rate("EUR", 10_800_000, 2, FROM)),
                new Calendars(Map.of(1, week), Map.of(), holidays, Map.of(), ramadans, Map.of()), mix, sizes,
                List.of(new Load(1, BigDecimal.valueOf(100), appointmentsPerYear, appointmentsPerYear, 1, 1)), List.of());
    }

    /** Two weeks of it, in which everything goes as it is meant. */
    public static Plan plan() {
        return Plan.usual(FROM).with(PlanKey.POSTS, POST.code()).with(PlanKey.WEEKS, "2").with(PlanKey.WARM_UP, "1");
    }

    /** Takes whatever is first, comes on the minute, is served in the nominal time. @param patience days */
    public static Temper easy(final int patience) {
        return new Temper(0, 0, 0, 0, Temper.DAY_MINUTES, 0x7F, patience, 0, 1, false, Temper.Change.NONE, 0, 0, true, 0, 1, 0, 0, 0, true, false, 0);
    }

    public static PlanResult run(final Network network, final Plan plan) {
        return new Planner(network, null, null).run(plan, "test");
    }
}
