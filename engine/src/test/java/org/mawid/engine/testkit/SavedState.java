package org.mawid.engine.testkit;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;

/** A snapshot in memory: what a core has saved, to be loaded any number of times. */
public final class SavedState implements StateWriter {
    private final List<Run> runs = new ArrayList<>();

    private record Run(int tableId, int rowBytes, long firstNumber, int count, byte[] rows) {
    }

    @Override
    public void rows(final int tableId, final int rowBytes, final long firstNumber, final int count, final DirectBuffer buffer,
                     final int offset) {
        final byte[] rows = new byte[count * rowBytes];
        buffer.getBytes(offset, rows);
        runs.add(new Run(tableId, rowBytes, firstNumber, count, rows));
    }

    public int runs() {
        return runs.size();
    }

    public int tableId(final int run) {
        return runs.get(run).tableId;
    }

    /** The same state as a build wrote it that did not know that table. */
    public SavedState without(final int tableId) {
        final SavedState older = new SavedState();
        runs.stream().filter(run -> run.tableId != tableId).forEach(older.runs::add);
        return older;
    }

    /** Flips one bit of one row. */
    public void damage(final int run, final int byteIndex, final int bit) {
        final byte[] rows = runs.get(run).rows;
        rows[Math.floorMod(byteIndex, rows.length)] ^= (byte) (1 << bit);
    }

    /** Hands the runs over again, as the core did. */
    public void writeTo(final StateWriter out) {
        for (final Run run : runs) {
            out.rows(run.tableId, run.rowBytes, run.firstNumber, run.count, new UnsafeBuffer(run.rows), 0);
        }
    }

    public StateReader reader() {
        return new StateReader() {
            private int next;
            private Run run;

            @Override
            public boolean next() {
                if (next == runs.size()) {
                    return false;
                }
                run = runs.get(next++);
                return true;
            }

            @Override
            public int tableId() {
                return run.tableId;
            }

            @Override
            public int rowBytes() {
                return run.rowBytes;
            }

            @Override
            public long firstNumber() {
                return run.firstNumber;
            }

            @Override
            public int count() {
                return run.count;
            }

            @Override
            public DirectBuffer buffer() {
                return new UnsafeBuffer(run.rows);
            }

            @Override
            public int offset() {
                return 0;
            }
        };
    }
}
