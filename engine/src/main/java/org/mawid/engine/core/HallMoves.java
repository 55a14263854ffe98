package org.mawid.engine.core;

import org.mawid.engine.allocation.Appointments;
import org.mawid.engine.allocation.Legs;
import org.mawid.engine.application.Lines;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.hall.Hall;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketKind;

/** What a ticket is to an appointment: where its people wait first, by which kind and priority they are due, and how it ends. From core version 6 on. */
final class HallMoves {
    private static final int MOST_QUANTITY = 255;

    private final Rooms rooms;
    private final Hall hall;
    private final Appointments appointments;
    private final Legs legs;

    HallMoves(final Rooms rooms) {
        this.rooms = rooms;
        this.hall = rooms.hall;
        this.appointments = rooms.allocation.appointments();
        this.legs = rooms.allocation.legs();
    }

    // ---- where

    /** The desk at which an appointment with legs begins. */
    int firstDesk(final long appointment) {
        return legs.desk(firstLeg(appointment));
    }

    /** Which begins first; of those that begin together the first one of the visit. */
    private int firstLeg(final long appointment) {
        int first = appointments.firstLeg(appointment);
        for (int leg = legs.next(first); leg != 0; leg = legs.next(leg)) {
            first = legs.startMs(leg) < legs.startMs(first) ? leg : first;
        }
        return first;
    }

    /** The leg of an appointment at that desk which begins first, 0 = none. */
    int legAt(final long appointment, final int desk) {
        int at = 0;
        for (int leg = appointments.firstLeg(appointment); leg != 0; leg = legs.next(leg)) {
            at = legs.desk(leg) == desk && (at == 0 || legs.startMs(leg) < legs.startMs(at)) ? leg : at;
        }
        return at;
    }

    /** The desk of a post with the lowest number that serves all of these lines, 0 = none. */
    int deskOf(final long application, final int lineSet, final int postId) {
        final Posts posts = rooms.catalogue.posts();
        for (int i = 0; i < posts.poolCount(postId); i++) {
            final int desk = posts.pool(postId, i);
            if (rooms.catalogue.pools().isDesk(desk) && serves(desk, application, lineSet)) {
                return desk;
            }
        }
        return 0;
    }

    private boolean serves(final int desk, final long application, final int lineSet) {
        final long first = rooms.applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            if (!rooms.catalogue.pools().serves(desk, rooms.applications.lines().service(first + Integer.numberOfTrailingZeros(set)))) {
                return false;
            }
        }
        return true;
    }

    /** The desk of a post that serves this and where the fewest wait, the lowest number first, 0 = none. */
    int shortestQueue(final int postId, final int serviceId) {
        final Posts posts = rooms.catalogue.posts();
        final Pools pools = rooms.catalogue.pools();
        int shortest = 0;
        for (int i = 0; i < posts.poolCount(postId); i++) {
            final int desk = posts.pool(postId, i);
            if (pools.isDesk(desk) && pools.serves(desk, serviceId) && (shortest == 0 || hall.desks().waiting(desk) < hall.desks().waiting(shortest))) {
                shortest = desk;
            }
        }
        return shortest;
    }

    // ---- who comes

    /** Whether who came then, and is told of now, still stands there and can have a ticket: what has happened is never refused for lack of one. */
    boolean mayCome(final int desk, final long atMs, final long nowMs) {
        return rooms.catalogue.coreVersion().keepsHall() && atMs > nowMs - hall.rules().keepMs() && hall.hasRoom(desk);
    }

    /** Somebody came with an appointment, in time or late. @return the ticket */
    long comeWithAppointment(final long appointment, final long atMs, final long nowMs) {
        final int leg = firstLeg(appointment);
        final TicketKind kind = hall.rules().isLate(appointments.startMs(appointment), atMs) ? TicketKind.LATE : TicketKind.APPOINTMENT;
        return come(appointment, kind, legs.desk(leg), legs.lines(leg), legs.epochDay(leg), atMs, nowMs);
    }

    /**
     * Somebody came.
     *
     * @param kind     unless it is urgent
     * @param lineSet  what is asked for at this desk
     * @param epochDay of its number
     * @param atMs     when they came
     * @return the ticket
     */
    long come(final long appointment, final TicketKind kind, final int desk, final int lineSet, final int epochDay, final long atMs, final long nowMs) {
        final long application = appointments.application(appointment);
        final int priority = priority(application, appointments.lines(appointment));
        final boolean urgent = priority == Priority.EMERGENCY.value() || isUrgent(application, appointments.lines(appointment));
        final TicketKind as = urgent ? TicketKind.URGENT : kind;
        return hall.enter(appointment, appointments.ticket(appointment), epochDay, desk, service(application, lineSet), quantity(application, lineSet), as.value(),
                priority, hall.rules().dueMs(as, priority, appointments.startMs(appointment), atMs), nowMs);
    }

    /** The highest of those who are served: the old and the small have one by their age. */
    private int priority(final long application, final int lineSet) {
        final Lines lines = rooms.applications.lines();
        final long first = rooms.applications.firstLine(application);
        int highest = Priority.NONE.value();
        for (int set = lineSet; set != 0; set &= set - 1) {
            final long line = first + Integer.numberOfTrailingZeros(set);
            highest = Math.max(highest, Math.max(lines.priority(line), byAge(lines.ageBand(line))));
        }
        return highest;
    }

    private static int byAge(final int ageBand) {
        if (ageBand == AgeBand.SENIOR.value()) {
            return Priority.SENIOR.value();
        }
        return ageBand == AgeBand.INFANT.value() ? Priority.PREGNANT_OR_INFANT.value() : Priority.NONE.value();
    }

    private boolean isUrgent(final long application, final int lineSet) {
        final long first = rooms.applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            if (rooms.catalogue.services().isUrgent(rooms.applications.lines().service(first + Integer.numberOfTrailingZeros(set)))) {
                return true;
            }
        }
        return false;
    }

    /** The one service of these lines, 0 = several. */
    int service(final long application, final int lineSet) {
        final Lines lines = rooms.applications.lines();
        final long first = rooms.applications.firstLine(application);
        int only = 0;
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int service = lines.service(first + Integer.numberOfTrailingZeros(set));
            if (only != 0 && service != only) {
                return 0;
            }
            only = service;
        }
        return only;
    }

    int quantity(final long application, final int lineSet) {
        final long first = rooms.applications.firstLine(application);
        int sum = 0;
        for (int set = lineSet; set != 0; set &= set - 1) {
            sum += rooms.applications.lines().quantity(first + Integer.numberOfTrailingZeros(set));
        }
        return Math.min(MOST_QUANTITY, sum);
    }

    // ---- how it ends

    /** The ticket of an appointment ends with it, if there is one. */
    void end(final long appointment, final TicketEnd how, final long nowMs) {
        final long ticket = hall.tickets().of(appointment);
        if (ticket != 0) {
            hall.end(ticket, how, nowMs);
        }
    }

    /** From when on who has an appointment is not there. @param ticket 0 = never came */
    long notThereMs(final long ticket, final long appointment) {
        final long expectedMs = appointments.startMs(appointment) + rooms.catalogue.rules().noShowGraceMs();
        return ticket == 0 ? expectedMs : Math.max(expectedMs, hall.notThereMs(ticket));
    }

    /** It is in another state than it would have to be. */
    Result refuse(final long ticket, final Outcome outcome) {
        outcome.set(Result.TICKET_STATE, hall.tickets().state(ticket), 0, 0);
        return Result.TICKET_STATE;
    }
}
