package org.mawid.bench.capacity.post;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is still to happen at one post, in the order of time; for the same instant in the order in which it was put down. One thread. */
final class Agenda {
    static final long NEVER = Long.MAX_VALUE;

    enum Kind { DAY, SAMPLE, MORNING, OPEN, ASK, DECIDED, LOOK, CONFIRM, CHANGE, ARRIVE, MISSED, DONE, WALK_IN }

    /**
     * @param atMs    log time
     * @param visitor whom it is about, null = the post
     * @param version of the visitor when it was put down: an older one means nothing any more where it is about an appointment
     */
    record Event(long atMs, long number, Kind kind, Visitor visitor, int version) {
        /** Whether it is about the appointment that its visitor still has. */
        boolean isStillMeant() {
            return version == visitor.version && visitor.end == Visitor.End.OPEN;
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::number));
    private long number;

    void at(final long atMs, final Kind kind, final Visitor visitor) {
        events.add(new Event(atMs, ++number, kind, visitor, visitor == null ? 0 : visitor.version));
    }

    /** When the next is. @return {@link #NEVER} when there is none before an instant */
    long nextMs(final long endMs) {
        return events.isEmpty() || events.peek().atMs >= endMs ? NEVER : events.peek().atMs;
    }

    Event take() {
        return events.poll();
    }
}
