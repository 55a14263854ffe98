package org.mawid.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.hall.Hall;
import org.mawid.engine.hall.HallRules;
import org.mawid.engine.hall.Tickets;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.CallNextDecoder;
import org.mawid.sbe.EndTicketDecoder;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.HallRulesSetEncoder;
import org.mawid.sbe.ParkDecoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RecallDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SetHallRulesDecoder;
import org.mawid.sbe.TakeTicketDecoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketState;
import org.mawid.sbe.TransferTicketDecoder;
import org.mawid.sbe.UnparkDecoder;

/**
 * The hall of a post: who is called next, set aside, sent to another desk, or gone. Coming in, being served and not having come are with the
 * counters. From core version 6 on. The order of the checks is public contract.
 */
final class HallCommands {
    private static final long DAY_MS = 86_400_000L;
    private static final int COUNT = GroupSizeEncodingDecoder.numInGroupEncodingOffset();

    private final Rooms rooms;
    private final CounterCommands counters;
    private final Hall hall;
    private final Tickets tickets;
    private final Pools pools;
    private final UnsafeBuffer said = new UnsafeBuffer(0, 0);
    private final HallRulesSetEncoder hallRulesSet = new HallRulesSetEncoder();

    HallCommands(final Rooms rooms, final CounterCommands counters) {
        this.rooms = rooms;
        this.counters = counters;
        this.hall = rooms.hall;
        this.tickets = rooms.hall.tickets();
        this.pools = rooms.catalogue.pools();
    }

    Result dispatch(final int template, final long nowMs, final long command, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().keepsHall()) return Result.CORE_VERSION_UNSUPPORTED;
        final long block = command + CommandCheck.HEADER;
        return switch (template) {
            case CallNextDecoder.TEMPLATE_ID -> callNext(nowMs, block, outcome);
            case TakeTicketDecoder.TEMPLATE_ID -> takeTicket(nowMs, block, outcome);
            case SetHallRulesDecoder.TEMPLATE_ID -> setRules(command);
            default -> ofTicket(template, nowMs, block, outcome);
        };
    }

    private Result callNext(final long nowMs, final long block, final Outcome outcome) {
        final int counter = Memory.getByte(block + CallNextDecoder.counterEncodingOffset());
        final long group = block + CallNextDecoder.BLOCK_LENGTH;
        final int count = Memory.getShort(group + COUNT);
        final long desks = group + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        for (int i = 0; i < count; i++) {
            final int desk = Memory.getShort(desks + i * Short.BYTES);
            if (!pools.isDesk(desk)) return Result.POOL_UNKNOWN;
            if (pools.post(desk) != pools.post(Memory.getShort(desks))) return Result.WRONG_POST;
        }
        long ticket = 0;
        for (int i = 0; i < count; i++) {
            ticket = hall.earlier(ticket, hall.desks().first(Memory.getShort(desks + i * Short.BYTES)));
        }
        if (ticket == 0) return Result.QUEUE_EMPTY;

        if (tickets.appointment(ticket) != 0) {
            counters.call(tickets.appointment(ticket), counter, nowMs);
        }
        hall.call(ticket, counter, nowMs);
        outcome.set(Result.OK, tickets.appointment(ticket), tickets.number(ticket), ticket);
        return Result.OK;
    }

    private Result takeTicket(final long nowMs, final long block, final Outcome outcome) {
        final int postId = Memory.getShort(block + TakeTicketDecoder.postIdEncodingOffset());
        final int epochDay = Memory.getInt(block + TakeTicketDecoder.epochDayEncodingOffset());
        final int serviceId = Memory.getShort(block + TakeTicketDecoder.serviceIdEncodingOffset());
        final int wanted = Memory.getShort(block + TakeTicketDecoder.deskIdEncodingOffset());
        final int priority = Memory.getByte(block + TakeTicketDecoder.priorityEncodingOffset());
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        if (Math.abs(epochDay - Math.floorDiv(nowMs, DAY_MS)) > 1) return Result.NOT_TODAY;
        if (!rooms.catalogue.services().has(serviceId)) return Result.SERVICE_UNKNOWN;
        if (wanted != 0 && (!pools.isDesk(wanted) || pools.post(wanted) != postId)) return Result.POOL_UNKNOWN;
        final int desk = wanted != 0 ? wanted : rooms.tickets.shortestQueue(postId, serviceId);
        if (desk == 0 || !pools.serves(desk, serviceId)) return Result.DESK_DOES_NOT_SERVE;
        if (!hall.hasRoom(desk)) return Result.TICKETS_FULL;

        final int number = rooms.catalogue.posts().nextTicket(postId, epochDay);
        final TicketKind kind = kind(serviceId, priority);
        final long ticket = hall.enter(0, number, epochDay, desk, serviceId, 1, kind.value(), priority, hall.rules().dueMs(kind, priority, 0, nowMs), nowMs);
        outcome.set(Result.OK, 0, number, ticket);
        return Result.OK;
    }

    /** Of somebody without an appointment. */
    private TicketKind kind(final int serviceId, final int priority) {
        if (priority == Priority.EMERGENCY.value() || rooms.catalogue.services().isUrgent(serviceId)) {
            return TicketKind.URGENT;
        }
        return rooms.catalogue.services().needsAppointment(serviceId) ? TicketKind.OVERFLOW : TicketKind.PICK_UP;
    }

    private Result ofTicket(final int template, final long nowMs, final long block, final Outcome outcome) {
        final long ticket = Memory.getLong(block + RecallDecoder.ticketIdEncodingOffset()); // the first field of all of them
        if (!tickets.has(ticket)) return Result.TICKET_UNKNOWN;
        return switch (template) {
            case RecallDecoder.TEMPLATE_ID -> recall(ticket, nowMs, outcome);
            case ParkDecoder.TEMPLATE_ID -> park(ticket, nowMs, outcome);
            case UnparkDecoder.TEMPLATE_ID -> unpark(ticket, nowMs, outcome);
            case TransferTicketDecoder.TEMPLATE_ID -> transfer(ticket, Memory.getShort(block + TransferTicketDecoder.deskIdEncodingOffset()), nowMs);
            default -> end(ticket, TicketEnd.get((short) Memory.getByte(block + EndTicketDecoder.endEncodingOffset())), nowMs, outcome);
        };
    }

    private Result recall(final long ticket, final long nowMs, final Outcome outcome) {
        if (!tickets.is(ticket, TicketState.CALLED)) return rooms.tickets.refuse(ticket, outcome);
        if (tickets.recalls(ticket) >= hall.rules().recallsMost()) return Result.LIMIT_REACHED;

        hall.recall(ticket, nowMs);
        return Result.OK;
    }

    private Result park(final long ticket, final long nowMs, final Outcome outcome) {
        if (tickets.is(ticket, TicketState.PARKED)) return rooms.tickets.refuse(ticket, outcome);

        hall.park(ticket, nowMs);
        return Result.OK;
    }

    private Result unpark(final long ticket, final long nowMs, final Outcome outcome) {
        if (!tickets.is(ticket, TicketState.PARKED)) return rooms.tickets.refuse(ticket, outcome);
        if (!hall.mayEnter(tickets.desk(ticket))) return Result.TICKETS_FULL;

        hall.unpark(ticket, nowMs);
        return Result.OK;
    }

    private Result transfer(final long ticket, final int desk, final long nowMs) {
        if (!pools.isDesk(desk)) return Result.POOL_UNKNOWN;
        if (pools.post(desk) != pools.post(tickets.desk(ticket))) return Result.WRONG_POST;
        if (!hall.mayEnter(desk)) return Result.TICKETS_FULL;

        final long appointment = tickets.appointment(ticket);
        final int leg = appointment == 0 || desk == tickets.desk(ticket) ? 0 : rooms.tickets.legAt(appointment, desk);
        int service = tickets.service(ticket);
        int quantity = tickets.quantity(ticket);
        long dueMs = tickets.dueMs(ticket);
        if (leg != 0) {
            final long application = rooms.allocation.appointments().application(appointment);
            final int lineSet = rooms.allocation.legs().lines(leg);
            service = rooms.tickets.service(application, lineSet);
            quantity = rooms.tickets.quantity(application, lineSet);
            dueMs = dueMs == 0 ? 0 : Math.max(dueMs, hall.rules().ahead(rooms.allocation.legs().startMs(leg), tickets.priority(ticket)));
        }
        hall.transfer(ticket, desk, service, quantity, dueMs, nowMs);
        return Result.OK;
    }

    private Result end(final long ticket, final TicketEnd how, final long nowMs, final Outcome outcome) {
        final long appointment = tickets.appointment(ticket);
        if (how == TicketEnd.SERVED && (appointment != 0 || !tickets.is(ticket, TicketState.CALLED))) return rooms.tickets.refuse(ticket, outcome);
        if (how == TicketEnd.NO_SHOW) {
            if (tickets.is(ticket, TicketState.WAITING)) return rooms.tickets.refuse(ticket, outcome);
            final long firstMs = appointment == 0 ? hall.notThereMs(ticket) : rooms.tickets.notThereMs(ticket, appointment);
            if (nowMs < firstMs) {
                outcome.set(Result.TOO_EARLY, firstMs, 0, 0);
                return Result.TOO_EARLY;
            }
        }

        hall.end(ticket, how, nowMs);
        if (appointment != 0) {
            rooms.endVisit(appointment, how == TicketEnd.NO_SHOW ? AppointmentState.NO_SHOW : AppointmentState.CANCELLED, nowMs);
        }
        return Result.OK;
    }

    private Result setRules(final long command) {
        final HallRules rules = hall.rules();
        said.wrap(command, CommandCheck.HEADER + SetHallRulesDecoder.BLOCK_LENGTH);
        if (!rules.areInRange(said, CommandCheck.BODY)) return Result.RULES_INVALID;
        if (rules.proposedMaxTickets() < tickets.count()) return Result.RULES_INVALID;

        rules.set(said, CommandCheck.BODY);
        final int block = rooms.events.begin(HallRulesSetEncoder.TEMPLATE_ID, HallRulesSetEncoder.BLOCK_LENGTH, 0);
        rules.tell(hallRulesSet.wrap(rooms.events.buffer(), block));
        rooms.events.end(hallRulesSet.limit());
        return Result.OK;
    }
}
