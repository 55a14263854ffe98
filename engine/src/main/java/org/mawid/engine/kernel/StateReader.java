package org.mawid.engine.kernel;

import org.agrona.DirectBuffer;

/** Where the state comes from: the runs of rows that a {@link StateWriter} was given, in the same order. */
public interface StateReader {
    /** Rows made anew between two calls of {@link #rest()}: a few dozen microseconds. */
    int REST_EVERY = 128;

    /** Goes to the next run. @return false after the last one */
    boolean next();

    int tableId();

    /** Length of each row as written; shorter than today's when the snapshot is older. */
    int rowBytes();

    long firstNumber();

    int count();

    /** {@code count * rowBytes} bytes from {@link #offset()} on, valid until the next call of {@link #next()}. */
    DirectBuffer buffer();

    int offset();

    /** Called by whoever makes something anew from rows that have been taken, for others may wait for the processor. */
    default void rest() {
    }
}
