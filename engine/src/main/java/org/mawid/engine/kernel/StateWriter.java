package org.mawid.engine.kernel;

import org.agrona.DirectBuffer;

/**
 * Where the state goes: a snapshot file, a hash. The core hands over all its tables in a fixed order, each as runs of rows in
 * ascending order, so that equal states give equal calls.
 */
@FunctionalInterface
public interface StateWriter {
    /** Most bytes of one run. */
    int MAX_BYTES = 256 * 1024;

    /**
     * One run of rows.
     *
     * @param tableId     which table: the numbers are fixed for ever, see {@link TableIds}
     * @param rowBytes    length of each row; it may grow with a newer schema, never shrink
     * @param firstNumber number of the first row of the run
     * @param count       rows in the run, at least 1
     * @param buffer      {@code count * rowBytes} bytes from {@code offset} on, valid during the call
     */
    void rows(int tableId, int rowBytes, long firstNumber, int count, DirectBuffer buffer, int offset);
}
