package org.mawid.engine.readmodel;

import org.agrona.DirectBuffer;

/**
 * Everything that happened, in order, for at least seven days: to be followed from a cursor.
 * <p>A cursor is (epoch, position, ordinal). The epoch changes when the log of events was made anew and old cursors mean nothing.
 */
public interface EventLog {
    /** @param epoch 0 = any @param position 0 with ordinal 0 = from now on; else the last event that was seen */
    record Cursor(long epoch, long position, int ordinal) {
        public static final Cursor NOW = new Cursor(0, 0, 0);
    }

    /** One follower. Used by one thread at a time. */
    interface Subscription extends AutoCloseable {
        /** Hands over up to {@code limit} events. @return how many; 0 = none for now */
        int poll(EventHandler handler, int limit);

        /** True when the cursor is older than what is kept: START_AGAIN. */
        boolean isLost();

        /** Runs {@code wakeUp} (once, on the projection thread; it must return at once) when there is something to poll. */
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

    /** @param postId 0 = all posts; an event of post 0 (the network) goes to everybody */
    Subscription subscribe(Cursor from, int postId);
}
