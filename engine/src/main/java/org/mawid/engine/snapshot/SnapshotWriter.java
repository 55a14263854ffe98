package org.mawid.engine.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.StateWriter;

/**
 * Writes one snapshot under a temporary name; it counts only from {@link #finish} on. Closed without it, nothing is left behind.
 * <p>Beside a pipeline it is made durable slice by slice, see {@link Pace#on}.
 */
final class SnapshotWriter implements StateWriter, Closeable {
    private final Disk disk;
    private final Path folder;
    private final Path temporary;
    private final long position;
    private final Pace pace;
    private final DiskFile file;
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private long fileBytes;
    private int index;
    private int crcBefore;
    private int payloadBytes;
    private boolean finished;

    SnapshotWriter(final Disk disk, final Path folder, final SnapshotHeader header, final Pace pace) throws IOException {
        this.disk = pace.on(disk);
        this.folder = folder;
        this.position = header.position();
        this.pace = pace;
        temporary = folder.resolve(Names.file(position) + Names.TEMPORARY);
        if (disk.list(folder).contains(temporary.getFileName().toString())) {
            disk.delete(temporary);
        }
        file = this.disk.open(temporary, Disk.Access.CREATE);
        bytes = ByteBuffer.allocateDirect(Chunk.HEADER_BYTES + Chunk.MAX_PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer = new UnsafeBuffer(bytes);
        crcBefore = header.encode(bytes);
        boolean begun = false;
        try {
            write(SnapshotHeader.BYTES);
            begun = true;
        } finally {
            if (!begun) {
                close(); // nobody else will: on a full disk that would be a file more with each attempt
            }
        }
    }

    @Override
    public void rows(
            final int tableId, final int rowBytes, final long firstNumber, final int count, final DirectBuffer from, final int offset) {
        final int rows = count * rowBytes;
        Invariant.that(count > 0 && rows <= StateWriter.MAX_BYTES, "a run of rows is bounded", tableId, rows);
        final int length = BitUtil.align(Chunk.RUN_HEADER_BYTES + rows, Chunk.RUN_ALIGNMENT);
        if (payloadBytes + length > Chunk.MAX_PAYLOAD_BYTES) {
            endChunk();
        }
        final int at = Chunk.HEADER_BYTES + payloadBytes;
        buffer.putInt(at, tableId, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + 4, rowBytes, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(at + 8, firstNumber, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + 16, count, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + 20, 0, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(at + Chunk.RUN_HEADER_BYTES, from, offset, rows);
        buffer.setMemory(at + Chunk.RUN_HEADER_BYTES + rows, length - Chunk.RUN_HEADER_BYTES - rows, (byte) 0);
        payloadBytes += length;
        pace.rest();
    }

    /** Makes it durable and gives it its name. @return bytes of the file */
    long finish() throws IOException {
        if (payloadBytes > 0) {
            endChunk();
        }
        endChunk(); // without payload: the end
        file.sync();
        file.close();
        disk.rename(temporary, folder.resolve(Names.file(position)));
        disk.syncFolder(folder);
        finished = true;
        return fileBytes;
    }

    @Override
    public void close() throws IOException {
        BufferUtil.free(bytes); // as in SnapshotReader
        if (!finished) {
            file.close();
            if (disk.list(folder).contains(temporary.getFileName().toString())) {
                disk.delete(temporary);
            }
        }
    }

    private void endChunk() {
        crcBefore = Chunk.seal(bytes, index++, payloadBytes, position, crcBefore);
        try {
            write(Chunk.HEADER_BYTES + payloadBytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // the core that hands over its rows knows of no files
        }
        payloadBytes = 0;
    }

    private void write(final int length) throws IOException {
        file.writeFully(bytes.clear().limit(length), fileBytes);
        fileBytes += length;
        bytes.clear();
    }
}
