package org.mawid.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One open file of a {@link Disk}. One thread at a time. */
public interface DiskFile extends Closeable {
    /** Reads into what remains of the buffer; may read less. @return bytes read, −1 at or beyond the end */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes what remains of the buffer; may write less. @return bytes written */
    int write(ByteBuffer from, long position) throws IOException;

    /** When it returns, everything written before is durable. When it fails, nobody knows what is: never call it again. */
    void sync() throws IOException;

    long size() throws IOException;

    /** Cuts off its end. Durable after {@link #sync}. @param size bytes that stay, at most those that there are */
    void truncate(long size) throws IOException;

    /** Writes all of it, in as many calls as the disk wants. @throws IOException also when the disk takes nothing any more */
    default void writeFully(final ByteBuffer from, final long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            final int written = write(from, at);
            if (written <= 0) {
                throw new IOException("write of " + from.remaining() + " bytes at offset " + at + " wrote nothing");
            }
            at += written;
        }
    }

    /** Reads until the buffer is full or the file ends. @return bytes read, 0 at or beyond the end */
    default int readFully(final ByteBuffer into, final long position) throws IOException {
        final int start = into.position();
        while (into.hasRemaining()) {
            if (read(into, position + into.position() - start) < 0) {
                break;
            }
        }
        return into.position() - start;
    }
}
