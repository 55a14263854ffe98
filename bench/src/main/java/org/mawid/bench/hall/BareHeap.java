package org.mawid.bench.hall;

import java.util.Arrays;

/** A binary heap of (dueMs, ticketId) and nothing else: no ticket, no event, no request that is remembered. */
final class BareHeap {
    private long[] due = new long[1_024];
    private long[] tickets = new long[1_024];
    private int size;

    void push(final long dueMs, final long ticketId) {
        if (size == due.length) {
            due = Arrays.copyOf(due, 2 * size);
            tickets = Arrays.copyOf(tickets, 2 * size);
        }
        int at = size++;
        for (int parent = (at - 1) / 2; at > 0 && isBefore(dueMs, ticketId, parent); at = parent, parent = (at - 1) / 2) {
            move(parent, at);
        }
        due[at] = dueMs;
        tickets[at] = ticketId;
    }

    /** The ticket that is due first; there must be one. */
    long poll() {
        final long first = tickets[0];
        final long dueMs = due[--size];
        final long ticketId = tickets[size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            final int lesser = child + 1 < size && isBefore(due[child + 1], tickets[child + 1], child) ? child + 1 : child;
            if (isBefore(dueMs, ticketId, lesser)) {
                break;
            }
            move(lesser, at);
            at = lesser;
        }
        due[at] = dueMs;
        tickets[at] = ticketId;
        return first;
    }

    private boolean isBefore(final long dueMs, final long ticketId, final int at) {
        return dueMs < due[at] || dueMs == due[at] && ticketId < tickets[at];
    }

    private void move(final int from, final int to) {
        due[to] = due[from];
        tickets[to] = tickets[from];
    }
}
