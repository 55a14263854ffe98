package org.mawid.bench.wire.watch;

import org.agrona.collections.LongArrayList;

/**
 * The events that one watcher got, in the order in which they came. A gap within a position, or an event that comes again, is noticed at
 * once; whether all positions came is for {@link DoneCommands} to say.
 * <p>Written by the thread that reads the watcher's connection. Others may look at {@link #lastPosition} and {@link #count} meanwhile, and
 * at the rest once everything has come.
 */
final class Received {
    private final LongArrayList positions = new LongArrayList();
    private final LongArrayList atNs = new LongArrayList();
    private int ordinal;
    private String fault = "";
    private long began = -1;
    private volatile long lastPosition = -1;
    private volatile int count;

    /** What is after this position is to come. */
    void begin(final long position) {
        began = position;
        lastPosition = position;
    }

    /** What is after this position was to come; −1 as long as nobody knows. */
    long began() {
        return began;
    }

    /** Whether it is known from where on events are to come. */
    boolean isBegun() {
        return lastPosition >= 0;
    }

    /** @param nowNs when it came, {@link System#nanoTime()} */
    void event(final long position, final int ordinalOfPosition, final long nowNs) {
        if (fault.isEmpty()) {
            fault = faultOf(position, ordinalOfPosition);
        }
        positions.addLong(position);
        atNs.addLong(nowNs);
        ordinal = ordinalOfPosition;
        lastPosition = position;
        count = positions.size();
    }

    private String faultOf(final long position, final int ordinalOfPosition) {
        final boolean isSame = position == lastPosition && count > 0;
        if (position < lastPosition || position == lastPosition && (count == 0 || ordinalOfPosition <= ordinal)) {
            return "event " + ordinalOfPosition + " of position " + position + " came again, behind " + (isSame ? "event " + ordinal + " of it" : "position " + lastPosition);
        }
        final int expected = isSame ? ordinal + 1 : 0;
        return ordinalOfPosition == expected ? "" : "event " + expected + " of position " + position + " is missing: event " + ordinalOfPosition + " came";
    }

    /** The first thing that was not right in itself, empty when all was. */
    String fault() {
        return fault;
    }

    long lastPosition() {
        return lastPosition;
    }

    /** Ordinal of the last event. */
    int lastOrdinal() {
        return ordinal;
    }

    /** Events. */
    int count() {
        return count;
    }

    long position(final int event) {
        return positions.getLong(event);
    }

    long atNs(final int event) {
        return atNs.getLong(event);
    }
}
