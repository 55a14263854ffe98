package org.mawid.engine.readmodel;

import org.agrona.DirectBuffer;

/**
 * Everything that happened, in order, for at least seven days: to be followed from a cursor.
 * <p>A cursor is (epoch, position, ordinal). The epoch changes when the log of events was made anew and old cursors mean nothing.
 */
public interface EventLog {
    /**
     * @param epoch    0 = any
     * @param position 0 with ordinal 0 = from now on; else that of the last event that was seen, or passed because it was not for the follower
     * @param ordinal  of that event, or {@link #ALL} when all of the position has been seen
     */
    record Cursor(long epoch, long position, int ordinal) {
        /** Above every ordinal. */
        public static final int ALL = 0xFFFF;
        public static final Cursor NOW = new Cursor(0, 0, 0);

        /** What came after {@code position}: how a watch goes on from a snapshot that reflects it. */
        public static Cursor after(final long epoch, final long position) {
            return new Cursor(epoch, position, ALL);
        }

        /** Whether nothing of that position, or before it, is still to come. */
        public boolean hasPassed(final long that) {
            return position > that || position == that && ordinal == ALL;
        }
    }

    /** One follower. Used by one thread at a time. */
    interface Subscription extends AutoCloseable {
        /**
         * Hands over up to {@code limit} events. Reads a file when far behind, so not for a thread that must never wait for a disk.
         *
         * @return how many; 0 = none for now, or lost, or a stretch without events for this follower was passed: ask
         *         {@link #onAvailable} before waiting
         */
        int poll(EventHandler handler, int limit);

        /** True when the cursor is older than what is kept: START_AGAIN. */
        boolean isLost();

        /** Runs {@code wakeUp} (once, at once or on the projection thread; it must return at once) when there is something to poll. */
        void onAvailable(Runnable wakeUp);

        Cursor cursor();

        @Override
        void close();
    }

    @FunctionalInterface
    interface EventHandler {
        /** @param length of the SBE message with its header, at {@code offset}; valid during the call */
        void onEvent(Cursor cursor, DirectBuffer buffer, int offset, int length);
    }

    long epoch();

    /**
     * Name of the journal that brings these events about: with the same name the same position has the same events, whatever became of cursors.
     * Empty = not known.
     */
    default String journal() {
        return "";
    }

    /** True while older events than those from {@link #keptFrom} on may still come back, from the journal. */
    default boolean isRestoring() {
        return false;
    }

    /** Last log position that the events reflect. Never behind {@link ReadModel#position()}. */
    long position();

    /** Cursors at or before this position (unless it is followed to its end) are lost. */
    long keptFrom();

    /** Log time of the oldest event kept, or of what comes next when none is; ms since 1970-01-01 UTC. */
    long keptFromMs();

    /** Bytes of events in files; 0 when they are kept in memory only. */
    long bytesOnDisk();

    /**
     * @param postId 0 = all posts; an event of post 0 (the network) goes to everybody. So does Rescheduled, which has the post of the new visit: the old one
     *               may have been at any other, whose follower is woken by the RoomChanged that comes with it
     */
    Subscription subscribe(Cursor from, int postId);
}
