package org.mawid.bench.hall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who waits at the desks of a post, kept sorted by nothing but its definition: when they are due, then by who came first. Clear rather than fast. */
final class Waiting {
    /** @param dueMs as the event says it that tells of the ticket */
    record Ticket(long dueMs, long ticketId) implements Comparable<Ticket> {
        @Override
        public int compareTo(final Ticket other) {
            return dueMs != other.dueMs ? Long.compare(dueMs, other.dueMs) : Long.compare(ticketId, other.ticketId);
        }
    }

    private final List<Ticket> sorted = new ArrayList<>();
    private long wrong;

    void came(final Ticket one) {
        sorted.add(-1 - Collections.binarySearch(sorted, one), one);
    }

    /** Looks whether it is the one whose turn it is. @return what is known of it, null = it does not wait */
    Ticket called(final long ticketId) {
        if (!sorted.isEmpty() && sorted.get(0).ticketId == ticketId) {
            return sorted.remove(0);
        }
        wrong++;
        final Ticket found = sorted.stream().filter(one -> one.ticketId == ticketId).findFirst().orElse(null);
        sorted.remove(found);
        return found;
    }

    int count() {
        return sorted.size();
    }

    /** Calls of somebody whose turn it was not. */
    long wrong() {
        return wrong;
    }
}
