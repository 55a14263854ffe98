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
import org.mawid.engine.kernel.StateReader;

/**
 * Reads one snapshot from front to end and believes no byte that has not passed its chunk's checksum. Beside a pipeline a little at a
 * time, see {@link Pace#on}.
 */
final class SnapshotReader implements StateReader, Closeable {
    private final Path path;
    private final Pace pace;
    private final DiskFile file;
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(Chunk.HEADER_BYTES + Chunk.MAX_PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final SnapshotHeader header;
    private long at;
    private int index;
    private int crcBefore;
    private int taken;
    private int payloadBytes;
    private boolean ended;
    private int runAt;

    /**
     * @throws SnapshotDamagedException when its header is not one
     * @throws org.mawid.engine.core.NewerProgramException when this program does not know what is in it
     */
    SnapshotReader(final Disk disk, final Path path, final Pace pace) throws IOException {
        this.path = path;
        this.pace = pace;
        file = pace.on(disk).open(path, Disk.Access.READ);
        try {
            if (read(0, SnapshotHeader.BYTES) < SnapshotHeader.BYTES) {
                throw damaged("it is cut off in its header");
            }
            final String fault = SnapshotHeader.fault(bytes);
            if (fault != null) {
                throw damaged(fault);
            }
            SnapshotHeader.refuseNewer(path, bytes);
            header = SnapshotHeader.decode(bytes);
            crcBefore = SnapshotHeader.crc(bytes);
            at = SnapshotHeader.BYTES;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    SnapshotHeader header() {
        return header;
    }

    @Override
    public void rest() {
        pace.rest();
    }

    @Override
    public boolean next() {
        pace.rest();
        try {
            if (taken == payloadBytes) {
                nextChunk();
                if (ended) {
                    expectEnd();
                    return false;
                }
            }
            runAt = Chunk.HEADER_BYTES + taken;
            final int left = payloadBytes - taken;
            if (left < Chunk.RUN_HEADER_BYTES) {
                throw damaged("a run of rows is cut off");
            }
            final long rows = (long) count() * rowBytes();
            if (count() < 1 || rowBytes() < 1 || rows > left - Chunk.RUN_HEADER_BYTES) {
                throw damaged("a run of rows cannot have " + count() + " of " + rowBytes() + " bytes");
            }
            taken += BitUtil.align(Chunk.RUN_HEADER_BYTES + (int) rows, Chunk.RUN_ALIGNMENT);
            return true;
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // the core that takes the rows knows of no files
        }
    }

    @Override
    public int tableId() {
        return buffer.getInt(runAt, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int rowBytes() {
        return buffer.getInt(runAt + 4, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long firstNumber() {
        return buffer.getLong(runAt + 8, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int count() {
        return buffer.getInt(runAt + 16, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return runAt + Chunk.RUN_HEADER_BYTES;
    }

    /** @throws SnapshotDamagedException unless every run has been taken and nothing follows */
    void expectEnd() throws IOException {
        if (!ended) {
            throw damaged("it has more rows than were taken");
        }
        if (file.size() != at) {
            throw damaged("something follows its end");
        }
    }

    /** What is not right at the place that was reached. */
    SnapshotDamagedException damaged(final String what) {
        return new SnapshotDamagedException(path, at, what);
    }

    @Override
    public void close() throws IOException {
        BufferUtil.free(bytes); // each would wait for the collector, which has little to do here
        file.close();
    }

    private void nextChunk() throws IOException {
        if (read(0, Chunk.HEADER_BYTES) < Chunk.HEADER_BYTES) {
            throw damaged("chunk " + index + " is cut off");
        }
        final String fault = Chunk.headerFault(bytes, index, header.position(), crcBefore);
        if (fault != null) {
            throw damaged(fault);
        }
        final int length = Chunk.payloadBytes(bytes);
        if (read(Chunk.HEADER_BYTES, length) < length) {
            throw damaged("chunk " + index + " is cut off");
        }
        if (Chunk.crc(bytes) != Chunk.crcOf(bytes, length)) {
            throw damaged("chunk " + index + " fails its checksum");
        }
        crcBefore = Chunk.crc(bytes);
        at += Chunk.HEADER_BYTES + length;
        index++;
        taken = 0;
        payloadBytes = length;
        ended = length == 0;
    }

    /** Reads to {@code bufferOffset} what the file has from {@code at + bufferOffset} on. */
    private int read(final int bufferOffset, final int length) throws IOException {
        bytes.clear().position(bufferOffset).limit(bufferOffset + length);
        final int read = file.readFully(bytes, at + bufferOffset);
        bytes.clear();
        return read;
    }
}
