package org.mawid.engine.allocation;

import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.Invariant;
import org.mawid.sbe.AppointmentState;

/** The costly promises: what is taken on every unit is what the legs of holds and appointments say, no more and no less. */
final class AllocationCheck {
    private final Allocation allocation;
    private final Catalogue catalogue;
    private final int[][] taken;
    private final int[][] takenOfQuotas;
    private long legCount;

    AllocationCheck(final Allocation allocation, final Catalogue catalogue) {
        this.allocation = allocation;
        this.catalogue = catalogue;
        this.taken = new int[allocation.days().top() + 1][];
        this.takenOfQuotas = new int[allocation.days().top() + 1][];
    }

    void run() {
        final Holds holds = allocation.holds();
        long live = 0;
        for (long hold = holds.next(1, Integer.MAX_VALUE); hold < holds.end(); hold = holds.next(hold + 1, Integer.MAX_VALUE)) {
            live++;
            Invariant.that(holds.placeOf(hold) != 0, "every hold has its deadline in the heap", hold);
            add(holds.firstLeg(hold), holds.legCount(hold), holds.post(hold), Unit.HELD);
        }
        Invariant.that(live == holds.count() && live == holds.deadlines().size(), "holds are counted", live, holds.count());
        final Appointments appointments = allocation.appointments();
        long kept = 0;
        for (long id = appointments.next(1, Integer.MAX_VALUE); id < appointments.end(); id = appointments.next(id + 1, Integer.MAX_VALUE)) {
            kept++;
            final boolean gaveBack = appointments.is(id, AppointmentState.CANCELLED) || appointments.is(id, AppointmentState.NO_SHOW)
                    || appointments.is(id, AppointmentState.DISPLACED);
            add(appointments.firstLeg(id), appointments.legCount(id), appointments.post(id), gaveBack ? 0 : Unit.BOOKED);
        }
        Invariant.that(kept == appointments.count(), "appointments are counted", kept, appointments.count());
        cooling();
        Invariant.that(legCount == allocation.legs().count(), "every leg belongs to a visit", legCount, allocation.legs().count());
        compare();
    }

    private void add(final int firstLeg, final int count, final int postId, final int lane) {
        final Legs legs = allocation.legs();
        final Days days = allocation.days();
        int found = 0;
        for (int leg = firstLeg; leg != 0; leg = legs.next(leg)) {
            found++;
            for (int kind = 0; kind < Visit.KINDS; kind++) {
                final int places = legs.places(leg, kind);
                final int pool = kind == 0 ? legs.desk(leg) : catalogue.posts().resource(postId, kind);
                final int day = places == 0 || lane == 0 ? Days.NONE : days.inCalendar(pool, legs.epochDay(leg));
                if (day != Days.NONE) {
                    final int from = (int) ((legs.startMs(leg) - days.startMs(day)) / Unit.MS);
                    if (taken[day] == null) {
                        taken[day] = new int[Unit.MOST];
                    }
                    for (int unit = from; unit < from + legs.units(leg); unit++) {
                        taken[day][unit] += places * lane;
                    }
                    if (kind == 0 && legs.quota(leg) != Quotas.NONE) {
                        addOfQuota(day, from, legs.units(leg), legs.quota(leg), places);
                    }
                }
            }
        }
        Invariant.that(found == count, "a visit has its legs", found, count);
        legCount += found;
    }

    private void addOfQuota(final int day, final int from, final int units, final int quota, final int places) {
        if (takenOfQuotas[day] == null) {
            takenOfQuotas[day] = new int[Unit.MOST * Quotas.CLASSES];
        }
        for (int unit = from; unit < from + units; unit++) {
            takenOfQuotas[day][Quotas.place(unit, quota)] += places;
        }
    }

    private void compareQuotas(final int day, final int unit) {
        for (int quota = 1; quota <= Quotas.CLASSES; quota++) {
            final int expected = takenOfQuotas[day] == null ? 0 : takenOfQuotas[day][Quotas.place(unit, quota)];
            Invariant.that(allocation.days().quotas().taken(day, unit, quota) >= expected, "what is taken from quotas is what the legs took", day, unit); // more: served and retired
        }
    }

    private void cooling() {
        final CoolingRows coolings = allocation.coolings().rows();
        for (long run = coolings.next(1, Integer.MAX_VALUE); run < coolings.end(); run = coolings.next(run + 1, Integer.MAX_VALUE)) {
            final int day = allocation.days().inCalendar(coolings.pool(run), coolings.epochDay(run));
            if (taken[day] == null) {
                taken[day] = new int[Unit.MOST];
            }
            for (int unit = coolings.startUnit(run); unit < coolings.startUnit(run) + coolings.units(run); unit++) {
                taken[day][unit] += coolings.places(run) * Unit.HELD;
            }
        }
    }

    private void compare() {
        final Days days = allocation.days();
        for (int day = 1; day <= days.top(); day++) {
            for (int unit = 0; unit < days.unitCount(day); unit++) {
                final int expected = taken[day] == null ? 0 : taken[day][unit];
                final int found = days.unit(day, unit);
                compareQuotas(day, unit);
                Invariant.that(Unit.held(found) == Unit.held(expected), "what is held is what the legs took and what cools", day, unit);
                Invariant.that(Unit.booked(found) >= Unit.booked(expected), "what is booked is what the legs took", day, unit); // more: served and retired
            }
        }
    }
}
