package org.mawid.engine;

import org.agrona.DirectBuffer;

/** Goes through the log and, as it grows, on: what it has passed is not read again. One thread that may wait for a disk. After an exception it is to be closed, and another one begun. */
public interface LogFollower extends AutoCloseable {
    /** Takes what is in the log, command by command and in order. */
    @FunctionalInterface
    interface Taker {
        /**
         * @param nowMs  log time, ms since 1970-01-01 UTC
         * @param buffer has the whole SBE message at {@code offset}, during this call only; anything at all may have been logged
         */
        void onCommand(long position, long nowMs, DirectBuffer buffer, int offset, int length);
    }

    /** Hands over all that is durable and comes next, up to that position. */
    void read(long upTo, Taker taker);

    @Override
    void close();
}
