package org.mawid.api.command;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/** What batches of one event loop are read into: one as a rule, and another one for each that waits until it is known whose what it names is. On that loop only. */
final class FramesPool {
    /** Kept for the next batches; what more had waited is let go. */
    private static final int MOST_FREE = 4;

    private final Supplier<Frames> made;
    private final ArrayDeque<Frames> free = new ArrayDeque<>();

    FramesPool(final Supplier<Frames> made) {
        this.made = made;
    }

    Frames take() {
        final Frames one = free.poll();
        return one == null ? made.get() : one;
    }

    void giveBack(final Frames one) {
        if (free.size() < MOST_FREE) {
            free.push(one);
        }
    }
}
