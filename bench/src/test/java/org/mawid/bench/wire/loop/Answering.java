package org.mawid.bench.wire.loop;

import java.util.ArrayDeque;
import java.util.Deque;

/** Answers what was due so long ago; each call does so many. */
record Answering(Tally tally, int each, long afterNs, Deque<Long> open) implements OpenLoop.Sender {
    Answering(final Tally tally, final int each, final long afterNs) {
        this(tally, each, afterNs, new ArrayDeque<>());
    }

    @Override
    public boolean send(final long dueNs) {
        open.add(dueNs);
        return true;
    }

    @Override
    public void flush() {
        while (!open.isEmpty() && System.nanoTime() - open.peek() >= afterNs) {
            tally.answered(each, open.remove());
        }
    }

    @Override
    public void close() {
        // nothing is open
    }
}
