package org.mawid.engine.readmodel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.mawid.engine.readmodel.RecordsSource.Table;

/** Asks the core for rows of a table, slice by slice, each answered between two commands. Any thread. */
public final class CoreSlices {
    private static final long PATIENCE_S = 10;

    private volatile RecordsSource source;

    /** Reads one record with its header, on a thread of the common pool. */
    @FunctionalInterface
    public interface Reader {
        void read(DirectBuffer message, int offset);
    }

    /** @param position of the core when it answered @param next number to go on with, 0 = that was all */
    public record Told(long position, long next) {
    }

    public void askFrom(final RecordsSource from) {
        source = from;
    }

    /** As {@link #one}, from {@code from} on to the end. @return completed with the position of the last slice */
    public CompletableFuture<Long> all(final Table table, final long from, final int max, final Reader reader) {
        return one(table, from, max, reader)
                .thenCompose(told -> told.next == 0 ? CompletableFuture.completedFuture(told.position) : all(table, told.next, max, reader));
    }

    /** @return completed after all records were read; with {@link ReadModelBehindException} when the core does not answer now: ask again */
    public CompletableFuture<Told> one(final Table table, final long from, final int max, final Reader reader) {
        final Answer answer = new Answer();
        final RecordsSource asked = source;
        if (asked == null || !asked.request(table, from, max, answer)) {
            return CompletableFuture.failedFuture(new ReadModelBehindException("the core is not to be asked now: ask again"));
        }
        return answer.complete.orTimeout(PATIENCE_S, TimeUnit.SECONDS).handleAsync((told, late) -> {
            if (late != null) {
                throw new ReadModelBehindException("the core did not answer: ask again");
            }
            answer.read(reader);
            return told;
        });
    }

    /** Filled in on the core's thread, which only copies. */
    private static final class Answer implements RecordsSource.Slice {
        private final CompletableFuture<Told> complete = new CompletableFuture<>();
        private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(4_096);
        private int length;

        @Override
        public void onRecord(final DirectBuffer message, final int offset, final int messageLength) {
            bytes.putInt(length, messageLength);
            bytes.putBytes(length + Integer.BYTES, message, offset, messageLength);
            length += Integer.BYTES + messageLength;
        }

        @Override
        public void onEnd(final long position, final long next) {
            complete.complete(new Told(position, next));
        }

        private void read(final Reader reader) {
            for (int at = 0; at < length; at += Integer.BYTES + bytes.getInt(at)) {
                reader.read(bytes, at + Integer.BYTES);
            }
        }
    }
}
