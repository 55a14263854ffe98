package org.mawid.engine.readmodel.hall;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.HallView;
import org.mawid.sbe.DeskPaceRecordDecoder;
import org.mawid.sbe.HallRulesSetDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.ServiceTimeRecordDecoder;
import org.mawid.sbe.TicketChangedDecoder;
import org.mawid.sbe.TicketEndedDecoder;
import org.mawid.sbe.TicketQueuedDecoder;
import org.mawid.sbe.TicketRecordDecoder;
import org.mawid.sbe.TicketState;
import org.mawid.sbe.TimesMeasuredDecoder;

/** Halls, fed by one thread and read by any. */
public final class LiveHall implements HallView {
    private static final long MINUTE_MS = 60_000L;
    /** In force before any were set, see SetHallRules in the schema. */
    private static final HallRules DEFAULT_RULES = new HallRules(10 * MINUTE_MS, 20 * MINUTE_MS, 30 * MINUTE_MS, 0, 30 * MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 960 * MINUTE_MS,
            1_000_000, 3);
    private static final int CALLS_KEPT = 16;

    private record Numbered(int postId, int epochDay, int number) {
    }

    /** Everything, so that it can be replaced at once. */
    private static final class Present {
        private final ConcurrentHashMap<Long, Ticket> tickets = new ConcurrentHashMap<>();
        private final ConcurrentHashMap<Long, Long> ofAppointment = new ConcurrentHashMap<>();
        private final ConcurrentHashMap<Numbered, Long> numbered = new ConcurrentHashMap<>();
        /** By post, the last one first. */
        private final ConcurrentHashMap<Integer, List<Called>> calls = new ConcurrentHashMap<>();
        private final ConcurrentSkipListMap<Integer, ServiceTime> times = new ConcurrentSkipListMap<>();
        private final Desks desks = new Desks();
        private volatile HallRules rules = DEFAULT_RULES;
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private Present fed = new Present();
    private volatile Present shown = fed;

    // ---- feed: one thread ----

    /** What follows is all there is; readers see the old until {@link #onBatchEnd}. */
    public void beginRebuild() {
        fed = new Present();
    }

    /** One event or record with its header; what says nothing about halls is passed over. */
    public void onMessage(final DirectBuffer buffer, final int offset) {
        final int templateId = buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (templateId < TicketQueuedDecoder.TEMPLATE_ID) {
            return; // nearly all: a million a second at the peak
        }
        switch (templateId) {
            case TicketQueuedDecoder.TEMPLATE_ID -> {
                final TicketQueuedDecoder event = new TicketQueuedDecoder().wrapAndApplyHeader(buffer, offset, header);
                put(new Ticket(event.ticketId(), event.appointmentId(), event.head().postId(), event.deskId(), event.number(), event.epochDay(), event.serviceId(), event.kind(),
                        event.priority(), event.state(), event.dueMs(), event.head().nowMs(), event.changedMs(), event.counter(), event.recalls()));
            }
            case TicketChangedDecoder.TEMPLATE_ID -> changed(new TicketChangedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case TicketEndedDecoder.TEMPLATE_ID -> ended(new TicketEndedDecoder().wrapAndApplyHeader(buffer, offset, header).ticketId());
            case TimesMeasuredDecoder.TEMPLATE_ID -> {
                final TimesMeasuredDecoder event = new TimesMeasuredDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.desks.pace(event.deskId(), event.head().postId(), event.paceMs());
                if (event.serviceId() != 0) {
                    fed.times.put(event.serviceId(), new ServiceTime(event.serviceId(), event.measured(), event.p50Minutes(), event.p90Minutes()));
                }
            }
            case HallRulesSetDecoder.TEMPLATE_ID -> {
                final HallRulesSetDecoder event = new HallRulesSetDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.rules = new HallRules(event.lateAfterMs(), event.latePenaltyMs(), event.overflowDelayMs(), event.pickUpDelayMs(), event.priorityAheadMs(),
                        event.callGraceMs(), event.parkMs(), event.keepMs(), event.maxTickets(), event.recallsMost());
            }
            case TicketRecordDecoder.TEMPLATE_ID -> {
                final TicketRecordDecoder record = new TicketRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                put(new Ticket(record.ticketId(), record.appointmentId(), record.postId(), record.deskId(), record.number(), record.epochDay(), record.serviceId(), record.kind(),
                        record.priority(), record.state(), record.dueMs(), record.sinceMs(), record.changedMs(), record.counter(), record.recalls()));
            }
            case DeskPaceRecordDecoder.TEMPLATE_ID -> {
                final DeskPaceRecordDecoder record = new DeskPaceRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.desks.pace(record.deskId(), record.postId(), record.paceMs());
            }
            case ServiceTimeRecordDecoder.TEMPLATE_ID -> {
                final ServiceTimeRecordDecoder record = new ServiceTimeRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.times.put(record.serviceId(), new ServiceTime(record.serviceId(), record.measured(), record.p50Minutes(), record.p90Minutes()));
            }
            default -> { }
        }
    }

    private void put(final Ticket ticket) {
        fed.tickets.put(ticket.ticketId(), ticket);
        fed.numbered.put(numbered(ticket), ticket.ticketId());
        if (ticket.appointmentId() != 0) {
            fed.ofAppointment.put(ticket.appointmentId(), ticket.ticketId());
        }
        fed.desks.add(ticket);
        if (ticket.state() == TicketState.CALLED) {
            call(ticket);
        }
    }

    private void changed(final TicketChangedDecoder event) {
        final Ticket before = fed.tickets.get(event.ticketId());
        if (before != null) {
            fed.desks.remove(before);
            put(new Ticket(before.ticketId(), before.appointmentId(), before.postId(), event.deskId(), before.number(), before.epochDay(), event.serviceId(), before.kind(),
                    before.priority(), event.state(), event.dueMs(), before.sinceMs(), event.changedMs(), event.counter(), event.recalls()));
        }
    }

    private void ended(final long ticketId) {
        final Ticket ticket = fed.tickets.remove(ticketId);
        if (ticket != null) {
            fed.numbered.remove(numbered(ticket), ticketId);
            fed.ofAppointment.remove(ticket.appointmentId());
            fed.desks.remove(ticket);
        }
    }

    private static Numbered numbered(final Ticket ticket) {
        return new Numbered(ticket.postId(), ticket.epochDay(), ticket.number());
    }

    /** Puts a number on the display: one that is there already comes to the front. Records come in the order of the tickets, not of the calls. */
    private void call(final Ticket ticket) {
        final Called called = new Called(ticket.number(), ticket.counter(), ticket.deskId(), ticket.changedMs());
        final List<Called> calls = new ArrayList<>(fed.calls.getOrDefault(ticket.postId(), List.of()));
        calls.removeIf(one -> one.number() == called.number());
        int at = 0;
        while (at < calls.size() && calls.get(at).calledMs() > called.calledMs()) {
            at++;
        }
        calls.add(at, called);
        fed.calls.put(ticket.postId(), List.copyOf(calls.subList(0, Math.min(CALLS_KEPT, calls.size()))));
    }

    /** Shows what was fed. */
    public void onBatchEnd() {
        if (shown != fed) {
            shown = fed;
        }
    }

    // ---- readers: any thread ----

    @Override
    public Ticket ticket(final long ticketId) {
        return shown.tickets.get(ticketId);
    }

    @Override
    public Ticket ofAppointment(final long appointmentId) {
        final Present now = shown;
        final Long ticket = now.ofAppointment.get(appointmentId);
        return ticket == null ? null : now.tickets.get(ticket);
    }

    @Override
    public Ticket withNumber(final int postId, final int epochDay, final int number) {
        final Present now = shown;
        final Long ticket = now.numbered.get(new Numbered(postId, epochDay, number));
        return ticket == null ? null : now.tickets.get(ticket);
    }

    @Override
    public List<Ticket> queue(final int deskId, final int max) {
        return shown.desks.queue(deskId, max);
    }

    @Override
    public Display display(final int postId, final int most, final long nowMs) {
        final Present now = shown;
        final List<Called> calls = now.calls.getOrDefault(postId, List.of());
        return new Display(postId, calls.subList(0, Math.min(most, calls.size())), now.desks.desks(postId, nowMs));
    }

    @Override
    public Estimate estimate(final long ticketId, final long nowMs) {
        final Present now = shown;
        final Ticket ticket = now.tickets.get(ticketId);
        if (ticket == null) {
            return null;
        }
        final Desk desk = now.desks.desk(ticket.deskId(), nowMs);
        final int counters = Math.max(1, desk.counters());
        final long paceMs = desk.paceMs() != 0 ? desk.paceMs() : usualMs(now, ticket);
        if (ticket.state() != TicketState.WAITING) {
            return new Estimate(ticket, 0, counters, paceMs, ticket.state() == TicketState.CALLED ? 0 : -1);
        }
        final int before = now.desks.before(ticket);
        final long toServe = Math.max(0, before + 1 - Math.max(0, counters - desk.called()));
        return new Estimate(ticket, before, counters, paceMs, paceMs == 0 && toServe != 0 ? -1 : toServe * paceMs / counters);
    }

    /** What an act of its service takes anywhere, where nobody was served yet. */
    private static long usualMs(final Present now, final Ticket ticket) {
        final ServiceTime time = now.times.get(ticket.serviceId());
        return time == null ? 0 : time.p50Minutes() * MINUTE_MS;
    }

    @Override
    public List<ServiceTime> serviceTimes() {
        return List.copyOf(shown.times.values());
    }

    @Override
    public HallRules rules() {
        return shown.rules;
    }

    @Override
    public Load load(final long nowMs) {
        final int[] counts = new int[TicketState.PARKED.value() + 1];
        long firstMs = nowMs;
        for (final Ticket ticket : shown.tickets.values()) {
            counts[ticket.state().value()]++;
            firstMs = ticket.state() == TicketState.WAITING ? Math.min(firstMs, ticket.sinceMs()) : firstMs;
        }
        return new Load(counts[TicketState.WAITING.value()], counts[TicketState.CALLED.value()], counts[TicketState.PARKED.value()], nowMs - firstMs);
    }
}
