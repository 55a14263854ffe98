package org.mawid.engine.readmodel.hall;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.mawid.engine.readmodel.HallView.Desk;
import org.mawid.engine.readmodel.HallView.Ticket;
import org.mawid.sbe.TicketState;

/** The queue of each desk, who is called there, by which counters, and how long it takes. Written by one thread, read by any. */
final class Desks {
    private static final Comparator<Ticket> BY_TURN = Comparator.comparingLong(Ticket::dueMs).thenComparingLong(Ticket::ticketId);
    /** A counter that has called nobody for so long is closed. */
    private static final long AT_WORK_MS = 30 * 60_000L;

    /** One desk. */
    private static final class Hall {
        private final ConcurrentSkipListSet<Ticket> waiting = new ConcurrentSkipListSet<>(BY_TURN);
        private final ConcurrentHashMap<Long, Ticket> others = new ConcurrentHashMap<>();
        /** When each counter called here last. */
        private final ConcurrentHashMap<Integer, Long> counters = new ConcurrentHashMap<>();
        private volatile long paceMs;
    }

    private final ConcurrentHashMap<Integer, Hall> halls = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, ConcurrentSkipListMap<Integer, Hall>> ofPost = new ConcurrentHashMap<>();

    // ---- one thread

    void add(final Ticket ticket) {
        final Hall hall = hall(ticket.deskId(), ticket.postId());
        if (ticket.state() == TicketState.WAITING) {
            hall.waiting.add(ticket);
        } else {
            hall.others.put(ticket.ticketId(), ticket);
        }
        if (ticket.state() == TicketState.CALLED) {
            hall.counters.put(ticket.counter(), ticket.changedMs());
        }
    }

    void remove(final Ticket ticket) {
        final Hall hall = halls.get(ticket.deskId());
        hall.waiting.remove(ticket);
        hall.others.remove(ticket.ticketId());
    }

    void pace(final int deskId, final int postId, final long paceMs) {
        hall(deskId, postId).paceMs = paceMs;
    }

    private Hall hall(final int deskId, final int postId) {
        return halls.computeIfAbsent(deskId, id -> {
            final Hall hall = new Hall();
            ofPost.computeIfAbsent(postId, post -> new ConcurrentSkipListMap<>()).put(deskId, hall);
            return hall;
        });
    }

    // ---- any thread

    List<Ticket> queue(final int deskId, final int max) {
        final Hall hall = halls.get(deskId);
        return hall == null ? List.of() : hall.waiting.stream().limit(max).toList();
    }

    int before(final Ticket ticket) {
        return halls.get(ticket.deskId()).waiting.headSet(ticket).size();
    }

    List<Desk> desks(final int postId, final long nowMs) {
        return ofPost.getOrDefault(postId, new ConcurrentSkipListMap<>()).entrySet().stream().map(each -> desk(each.getKey(), each.getValue(), nowMs)).toList();
    }

    Desk desk(final int deskId, final long nowMs) {
        return desk(deskId, halls.get(deskId), nowMs);
    }

    private static Desk desk(final int deskId, final Hall hall, final long nowMs) {
        int called = 0;
        int others = 0;
        for (final Ticket ticket : hall.others.values()) {
            called += ticket.state() == TicketState.CALLED ? 1 : 0;
            others++;
        }
        int counters = 0;
        for (final Map.Entry<Integer, Long> each : hall.counters.entrySet()) {
            counters += each.getValue() > nowMs - AT_WORK_MS || isBusy(hall, each.getKey()) ? 1 : 0;
        }
        return new Desk(deskId, hall.waiting.size(), others - called, called, hall.paceMs, counters);
    }

    /** Whether a counter has somebody for longer than that. */
    private static boolean isBusy(final Hall hall, final int counter) {
        return hall.others.values().stream().anyMatch(ticket -> ticket.state() == TicketState.CALLED && ticket.counter() == counter);
    }
}
