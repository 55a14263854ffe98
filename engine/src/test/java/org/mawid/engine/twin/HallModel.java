package org.mawid.engine.twin;

import java.util.Comparator;
import java.util.TreeMap;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketState;

/** The part of the {@link Model} that came with core version 6: who stands in a hall, and how long acts take. */
final class HallModel {
    /** Who of those who wait is called first. */
    static final Comparator<Ticket> BY_TURN = Comparator.<Ticket>comparingLong(ticket -> ticket.dueMs).thenComparingLong(ticket -> ticket.id);

    Command.HallRules rules = Command.HallRules.DEFAULT;
    boolean rulesSet;
    final TreeMap<Long, Ticket> tickets = new TreeMap<>();
    long lastTicket;
    /** By id of the desk. */
    final TreeMap<Integer, Pace> paces = new TreeMap<>();
    /** By id of the service. */
    final TreeMap<Integer, Acts> acts = new TreeMap<>();

    /** What a test has seen, and how often. */
    final TreeMap<String, Integer> seen = new TreeMap<>();

    static final class Ticket {
        final long id;
        /** Null = none. */
        final Model.Appointment appointment;
        final int number;
        final int epochDay;
        final long sinceMs;
        final TicketKind kind;
        final Priority priority;
        Model.Pool desk;
        /** 0 = several. */
        int serviceId;
        int quantity;
        long dueMs;
        TicketState state = TicketState.WAITING;
        long changedMs;
        int counter;
        int recalls;
        /** Since it came to its desk. */
        boolean wasParked;

        Ticket(final long id, final Model.Appointment appointment, final int number, final int epochDay, final long sinceMs, final TicketKind kind, final Priority priority) {
            this.id = id;
            this.appointment = appointment;
            this.number = number;
            this.epochDay = epochDay;
            this.sinceMs = sinceMs;
            this.changedMs = sinceMs;
            this.kind = kind;
            this.priority = priority;
        }
    }

    /** How a date goes at a desk. */
    static final class Pace {
        int epochDay;
        long served;
        long paceMs;
    }

    /** How long acts of a service took, by how many minutes they did not exceed. */
    static final class Acts {
        long measured;
        final TreeMap<Integer, Integer> byMinutes = new TreeMap<>();

        void add(final long wholeMinutes) {
            final long below = wholeMinutes < 32 ? wholeMinutes + 1 : 32 + (wholeMinutes - 32) / 4 * 4 + 4;
            byMinutes.merge((int) Math.min(below, 160), 1, Integer::sum);
            measured++;
            if (kept() >= 4_096) {
                byMinutes.replaceAll((minutes, acts) -> acts / 2);
            }
        }

        private int kept() {
            return byMinutes.values().stream().mapToInt(acts -> acts).sum();
        }

        int minutes(final double share) {
            int counted = 0;
            for (final int minutes : byMinutes.keySet()) {
                counted += byMinutes.get(minutes);
                if (counted >= kept() * share) {
                    return minutes;
                }
            }
            throw new IllegalStateException("nothing was measured");
        }
    }

    long waiting(final int deskId) {
        return tickets.values().stream().filter(ticket -> ticket.desk.id == deskId && ticket.state == TicketState.WAITING).count();
    }

    void saw(final String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
