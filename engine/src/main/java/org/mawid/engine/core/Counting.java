package org.mawid.engine.core;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mawid.engine.allocation.Appointments;
import org.mawid.engine.application.Applications;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.catalogue.Services;
import org.mawid.engine.hall.Tickets;
import org.mawid.engine.stamp.Money;
import org.mawid.engine.stamp.Terminals;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;
import org.mawid.sbe.TicketState;
import org.mawid.sbe.WaiterState;

/** Counts everything by state, for people to read. */
final class Counting {
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Rooms rooms;
    private final Requests requests;
    private final Clients clients;
    private final long position;
    private final long skipped;

    Counting(final Rooms rooms, final Requests requests, final Clients clients, final long position, final long skipped) {
        this.rooms = rooms;
        this.requests = requests;
        this.clients = clients;
        this.position = position;
        this.skipped = skipped;
    }

    Counts count() {
        counts.put("position", position);
        counts.put("skipped", skipped);
        catalogue();
        counts.put("days", rooms.allocation.days().count());
        counts.put("changes.OPEN", rooms.allocation.changes().openCount());
        counts.put("persons", (long) rooms.applications.persons().count());
        applications();
        counts.put("holds", rooms.allocation.holds().count());
        counts.put("legs", (long) rooms.allocation.legs().count());
        appointments();
        stamps();
        displacement();
        hall();
        counts.put("requests", requests.count());
        counts.put("clients", (long) clients.count());
        return new Counts(counts);
    }

    private void catalogue() {
        long posts = 0;
        for (int id = 1; id <= Posts.MOST; id++) {
            posts += rooms.catalogue.posts().has(id) ? 1 : 0;
        }
        long pools = 0;
        for (int id = 1; id <= Pools.MOST; id++) {
            pools += rooms.catalogue.pools().has(id) ? 1 : 0;
        }
        long services = 0;
        for (int id = 1; id <= Services.MOST; id++) {
            services += rooms.catalogue.services().has(id) ? 1 : 0;
        }
        counts.put("posts", posts);
        counts.put("pools", pools);
        counts.put("services", services);
    }

    private void applications() {
        final Applications applications = rooms.applications;
        counts.put("applications", applications.count());
        counts.put("lines", applications.lineTotal());
        final long[] byState = new long[LineState.EXPIRED.value() + 1];
        for (long id = applications.next(1, Integer.MAX_VALUE); id < applications.end(); id = applications.next(id + 1, Integer.MAX_VALUE)) {
            for (int i = 0; i < applications.lineCount(id); i++) {
                byState[applications.lines().state(applications.firstLine(id) + i)]++;
            }
        }
        for (int state = 1; state < byState.length; state++) {
            counts.put("lines." + LineState.get((short) state), byState[state]);
        }
        counts.put("reviews", (long) applications.reviews().count());
        counts.put("reasons", (long) applications.reasons().count());
    }

    private void appointments() {
        final Appointments appointments = rooms.allocation.appointments();
        counts.put("appointments", appointments.count());
        final long[] byState = new long[AppointmentState.DISPLACED.value() + 1];
        long overflow = 0;
        for (long id = appointments.next(1, Integer.MAX_VALUE); id < appointments.end(); id = appointments.next(id + 1, Integer.MAX_VALUE)) {
            byState[appointments.state(id)]++;
            overflow += appointments.isOverflow(id) ? 1 : 0;
        }
        for (int state = 1; state < byState.length; state++) {
            counts.put("appointments." + AppointmentState.get((short) state), byState[state]);
        }
        counts.put("appointments.overflow", overflow);
    }

    private void displacement() {
        counts.put("closures", (long) rooms.allocation.closures().count());
        final long[] byState = new long[WaiterState.RESTING.value() + 1];
        for (long id = rooms.waiters.next(1, Integer.MAX_VALUE); id < rooms.waiters.end(); id = rooms.waiters.next(id + 1, Integer.MAX_VALUE)) {
            byState[rooms.waiters.state(id)]++;
        }
        for (int state = 1; state < byState.length; state++) {
            counts.put("waiters." + WaiterState.get((short) state), byState[state]);
        }
        counts.put("coolings", rooms.allocation.coolings().rows().count());
    }

    private void hall() {
        final Tickets tickets = rooms.hall.tickets();
        final long[] byState = new long[TicketState.PARKED.value() + 1];
        for (long id = tickets.next(1, Integer.MAX_VALUE); id < tickets.end(); id = tickets.next(id + 1, Integer.MAX_VALUE)) {
            byState[tickets.state(id)]++;
        }
        for (int state = 1; state < byState.length; state++) {
            counts.put("tickets." + TicketState.get((short) state), byState[state]);
        }
    }

    private void stamps() {
        counts.put("stamps", rooms.stamps.count());
        final long[] byState = new long[StampState.WAIVED.value() + 1];
        for (long id = rooms.stamps.next(1, Integer.MAX_VALUE); id < rooms.stamps.end(); id = rooms.stamps.next(id + 1, Integer.MAX_VALUE)) {
            byState[rooms.stamps.state(id)]++;
        }
        for (int state = 1; state < byState.length; state++) {
            counts.put("stamps." + StampState.get((short) state), byState[state]);
        }
        money(rooms.stamps.money());
    }

    private void money(final Money money) {
        counts.put("payments", money.payments().count());
        final long[] payments = new long[PaymentState.CHARGED_BACK.value() + 1];
        for (long id = money.payments().next(1, Integer.MAX_VALUE); id < money.payments().end(); id = money.payments().next(id + 1, Integer.MAX_VALUE)) {
            payments[money.payments().state(id)]++;
        }
        for (int state = 1; state < payments.length; state++) {
            counts.put("payments." + PaymentState.get((short) state), payments[state]);
        }
        long terminals = 0;
        for (int id = 1; id <= Terminals.MOST; id++) {
            terminals += money.terminals().has(id) ? 1 : 0;
        }
        counts.put("terminals", terminals);
        final long[] batches = new long[BatchState.SETTLED.value() + 1];
        for (long id = money.batches().next(1, Integer.MAX_VALUE); id < money.batches().end(); id = money.batches().next(id + 1, Integer.MAX_VALUE)) {
            batches[money.batches().state(id)]++;
        }
        for (int state = 1; state < batches.length; state++) {
            counts.put("batches." + BatchState.get((short) state), batches[state]);
        }
        long due = 0;
        long returns = 0;
        for (long id = money.returns().next(1, Integer.MAX_VALUE); id < money.returns().end(); id = money.returns().next(id + 1, Integer.MAX_VALUE)) {
            returns++;
            due += money.returns().isDue(id) ? 1 : 0;
        }
        counts.put("returns.DUE", due);
        counts.put("returns.SETTLED", returns - due);
        counts.put("breaks.OPEN", money.breaks().openCount());
        counts.put("breaks.RESOLVED", money.breaks().count() - money.breaks().openCount());
    }
}
