package org.mawid.bench.capacity.post;

import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.mawid.bench.capacity.demand.Temper;
import org.mawid.bench.capacity.result.DeskFigures;

/**
 * The counters of one desk and who waits before them. Whoever has an appointment is called in the order of its start; who has none counts as
 * if theirs were {@value #WALK_IN_LATER_MS} ms after they came [A]. One thread.
 */
final class Room {
    private static final long WALK_IN_LATER_MS = 1_800_000L;

    private final PriorityQueue<Visitor> waiting = new PriorityQueue<>(
            Comparator.comparingLong((final Visitor visitor) -> visitor.walkIn ? visitor.arrivedMs + WALK_IN_LATER_MS : visitor.dueMs()).thenComparingLong(visitor -> visitor.number));
    private final BitSet busy = new BitSet();
    private final DeskFigures figures;
    private int counters;
    private double sinceMinute;
    private boolean isMeasured;

    Room(final DeskFigures figures) {
        this.figures = figures;
    }

    /** @param staffed counters @param minute of the local day @param measured whether the day is one that is looked at */
    void opens(final int staffed, final double minute, final boolean measured) {
        counters = staffed;
        isMeasured = measured && staffed > 0; // where nobody is, nobody stays and waits
        sinceMinute = minute;
    }

    private void passed(final double minute) {
        if (isMeasured) {
            figures.waited(waiting.size(), sinceMinute, minute);
        }
        sinceMinute = Math.max(sinceMinute, minute);
    }

    void comes(final Visitor visitor, final double minute) {
        passed(minute);
        waiting.add(visitor);
    }

    /** @return who is called to a free counter, null when nobody waits or none is free */
    Visitor next(final double minute) {
        if (waiting.isEmpty() || busy.cardinality() >= counters) {
            return null;
        }
        passed(minute);
        final Visitor visitor = waiting.poll();
        visitor.counter = busy.nextClearBit(0);
        busy.set(visitor.counter);
        return visitor;
    }

    void leaves(final Visitor visitor) {
        busy.clear(visitor.counter);
    }

    void closes() {
        passed(Temper.DAY_MINUTES);
        sinceMinute = 0;
        isMeasured = false;
    }
}
