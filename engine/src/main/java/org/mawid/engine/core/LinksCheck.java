package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Appointments;
import org.mawid.engine.allocation.Holds;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.hall.Tickets;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.engine.waiting.Waiters;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.StampState;
import org.mawid.sbe.TicketState;

/** The costly promises between rooms: what one says of another is what the other says of itself. */
final class LinksCheck {
    private final Applications applications;
    private final Allocation allocation;
    private final StampLedger stamps;
    private final Waiters waiters;
    private final Tickets tickets;
    private final Pools pools;

    LinksCheck(final Rooms rooms) {
        this.applications = rooms.applications;
        this.allocation = rooms.allocation;
        this.stamps = rooms.stamps;
        this.waiters = rooms.waiters;
        this.tickets = rooms.hall.tickets();
        this.pools = rooms.catalogue.pools();
    }

    void run() {
        final int[] holdsOf = new int[applications.persons().count() == 0 ? 1 : applications.persons().top() + 1];
        long linked = 0;
        long chained = 0;
        long appointed = 0;
        for (long id = applications.next(1, Integer.MAX_VALUE); id < applications.end(); id = applications.next(id + 1, Integer.MAX_VALUE)) {
            linked += lines(id);
            chained += stamps(id);
            for (long a = applications.lastAppointment(id); a != 0; a = allocation.appointments().previous(a)) {
                Invariant.that(allocation.appointments().has(a) && allocation.appointments().application(a) == id, "an appointment belongs to its application", a, id);
                appointed++;
            }
        }
        Invariant.that(chained == stamps.count(), "every stamp belongs to an application", chained, stamps.count());
        Invariant.that(appointed == allocation.appointments().count(), "every appointment belongs to an application", appointed, allocation.appointments().count());
        Invariant.that(liveStamps() == linked, "every live stamp has its line", liveStamps(), linked);
        holds(holdsOf);
        for (int slot = 1; slot < holdsOf.length; slot++) {
            Invariant.that(applications.persons().holds(slot) == holdsOf[slot], "live holds of a person add up", slot, holdsOf[slot]);
        }
        appointments();
        waiters();
        tickets();
    }

    private void tickets() {
        final Appointments appointments = allocation.appointments();
        for (long id = tickets.next(1, Integer.MAX_VALUE); id < tickets.end(); id = tickets.next(id + 1, Integer.MAX_VALUE)) {
            final long appointment = tickets.appointment(id);
            final boolean called = appointment != 0 && appointments.has(appointment) && appointments.is(appointment, AppointmentState.CALLED);
            Invariant.that(appointment == 0 || called || !tickets.is(id, TicketState.CALLED) && appointments.has(appointment)
                    && appointments.is(appointment, AppointmentState.CHECKED_IN), "who stands in the hall has come, and who is called is called", id, appointment);
            Invariant.that(appointment == 0 || appointments.post(appointment) == pools.post(tickets.desk(id)), "they stand at the post of their appointment", id, appointment);
        }
    }

    private void waiters() {
        for (long id = waiters.next(1, Integer.MAX_VALUE); id < waiters.end(); id = waiters.next(id + 1, Integer.MAX_VALUE)) {
            final long application = waiters.application(id);
            final long lost = waiters.appointment(id);
            final boolean earlier = waiters.wantsEarlier(id);
            Invariant.that(applications.has(application) && (lost == 0 && !waiters.isDisplaced(id) || allocation.appointments().has(lost)
                    && allocation.appointments().application(lost) == application
                    && allocation.appointments().is(lost, earlier ? AppointmentState.CONFIRMED : AppointmentState.DISPLACED)),
                    "a waiter has lost an appointment, or wants an earlier one", id, lost);
            Invariant.that(!earlier || waiters.lines(id) == allocation.appointments().lines(lost), "an appointment is moved with all of its lines", id, lost);
            final long hold = waiters.hold(id);
            Invariant.that(hold == 0 || allocation.holds().has(hold) && allocation.holds().application(hold) == application
                    && allocation.holds().lines(hold) == waiters.lines(id), "an offer is a hold of the waiter's lines", id, hold);
            for (int set = waiters.lines(id); set != 0; set &= set - 1) {
                final long line = applications.firstLine(application) + Integer.numberOfTrailingZeros(set);
                final long visit = applications.lines().visit(line);
                Invariant.that(applications.lines().isValidated(line) && (earlier ? visit == -lost : visit >= 0), "what waits is validated and not booked, or is to be earlier", id, line);
            }
        }
    }

    private long stamps(final long application) {
        long count = 0;
        for (long stamp = applications.lastStamp(application); stamp != 0; stamp = stamps.previous(stamp)) {
            Invariant.that(stamps.has(stamp) && stamps.application(stamp) == application, "a stamp belongs to its application", stamp, application);
            count++;
        }
        long ordinal = count;
        for (long stamp = applications.lastStamp(application); stamp != 0; stamp = stamps.previous(stamp), ordinal--) {
            Invariant.that(stamps.ordinal(stamp) == 0 || stamps.ordinal(stamp) == ordinal, "a numbered stamp comes after those before it", stamp, ordinal);
        }
        return count;
    }

    private long lines(final long application) {
        final Lines lines = applications.lines();
        final long first = applications.firstLine(application);
        long linked = 0;
        for (int i = 0; i < applications.lineCount(application); i++) {
            final long line = first + i;
            final long stamp = lines.stamp(line);
            if (stamp != 0) {
                linked++;
                Invariant.that(stamps.has(stamp) && stamps.application(stamp) == application && stamps.line(stamp) == i, "a line's stamp is its stamp", line, stamp);
            }
            final long visit = lines.visit(line);
            if (visit > 0) {
                final Holds holds = allocation.holds();
                Invariant.that(holds.has(visit) && holds.application(visit) == application && (holds.lines(visit) >>> i & 1) != 0, "a held line has its hold", line, visit);
            } else if (visit < 0) {
                final Appointments appointments = allocation.appointments();
                Invariant.that(appointments.has(-visit) && appointments.application(-visit) == application
                        && (appointments.lines(-visit) >>> i & 1) != 0 && isLive(-visit), "a booked line has its appointment", line, visit);
            }
        }
        return linked;
    }

    private boolean isLive(final long appointment) {
        return allocation.appointments().state(appointment) <= AppointmentState.CALLED.value();
    }

    private long liveStamps() {
        long live = 0;
        for (long stamp = stamps.next(1, Integer.MAX_VALUE); stamp < stamps.end(); stamp = stamps.next(stamp + 1, Integer.MAX_VALUE)) {
            live += isLive(StampState.get((short) stamps.state(stamp))) ? 1 : 0;
        }
        return live;
    }

    private static boolean isLive(final StampState state) {
        return switch (state) {
            case VOID, LAPSED, FORFEITED, REFUNDED, CHARGED_BACK -> false;
            default -> true;
        };
    }

    private void holds(final int[] holdsOf) {
        final Holds holds = allocation.holds();
        final int[] counted = new int[Applications.MOST_LINES];
        for (long hold = holds.next(1, Integer.MAX_VALUE); hold < holds.end(); hold = holds.next(hold + 1, Integer.MAX_VALUE)) {
            final long application = holds.application(hold);
            Invariant.that(applications.has(application), "a hold has its application", hold, application);
            int persons = 0;
            for (int set = holds.lines(hold); set != 0; set &= set - 1) {
                final long line = applications.firstLine(application) + Integer.numberOfTrailingZeros(set);
                final long visit = applications.lines().visit(line);
                final long waiter = visit == hold ? 0 : waiters.ofHold(application, hold);
                Invariant.that(visit == hold || waiter != 0 && waiters.wantsEarlier(waiter) && visit == -waiters.appointment(waiter),
                        "a hold has its lines, or is an earlier time for their appointment", hold, line);
                final int person = applications.lines().person(line);
                boolean known = false;
                for (int i = 0; i < persons; i++) {
                    known |= counted[i] == person;
                }
                if (!known) {
                    counted[persons++] = person;
                    holdsOf[person]++;
                }
            }
        }
    }

    private void appointments() {
        final Appointments appointments = allocation.appointments();
        for (long id = appointments.next(1, Integer.MAX_VALUE); id < appointments.end(); id = appointments.next(id + 1, Integer.MAX_VALUE)) {
            for (int set = isLive(id) ? appointments.lines(id) : 0; set != 0; set &= set - 1) {
                final long line = applications.firstLine(appointments.application(id)) + Integer.numberOfTrailingZeros(set);
                Invariant.that(applications.lines().visit(line) == -id, "an appointment has its lines", id, line);
            }
        }
    }
}
