package org.mawid.engine.readmodel.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;

/**
 * Reads blocks of segments, a stretch of the file at a time, which it keeps: to read on costs no call. No file stays open between
 * calls, so that a follower that rests holds nothing. One thread at a time.
 */
final class BlockReader {
    /** Two blocks of the usual size, which is at least 128 KiB and the events of one position more: with less the second would be read twice. */
    private static final int STRETCH_BYTES = 272 << 10;

    private final Disk disk;
    private final long epoch;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private Segment segment;
    private long stretchAt;
    private int stretchBytes;
    private long checkedAt = -1;

    BlockReader(final Disk disk, final long epoch) {
        this.disk = disk;
        this.epoch = epoch;
    }

    /** The header of the block that begins there. @param end bytes of the segment that count */
    Layout.Block header(final Segment of, final long at, final long end) throws IOException {
        have(of, at, Layout.BLOCK_HEADER_BYTES, end);
        final Layout.Block block = Layout.readBlock(bytes, (int) (at - stretchAt), epoch, at);
        if (block == null) {
            throw new DamagedException(of, at, "no block begins there");
        }
        return block;
    }

    /** The payload of a block whose header was just read. @return where it begins in {@link #buffer()} */
    int payload(final Segment of, final long at, final Layout.Block block, final long end) throws IOException {
        have(of, at, block.bytes(), end);
        final int from = (int) (at - stretchAt);
        if (checkedAt != at) {
            if (!Layout.payloadAgrees(bytes, from, block)) {
                throw new DamagedException(of, at, "a block fails its checksum");
            }
            checkedAt = at;
        }
        return from + Layout.BLOCK_HEADER_BYTES;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    private void have(final Segment of, final long at, final int length, final long end) throws IOException {
        if (at + length > end) {
            throw new DamagedException(of, at, "a block goes beyond what was written");
        }
        if (segment == of && at >= stretchAt && at + length <= stretchAt + stretchBytes) {
            return;
        }
        segment = null; // until it has been read
        checkedAt = -1;
        final int wanted = (int) Math.min(Math.max(STRETCH_BYTES, length), end - at);
        if (wanted > bytes.capacity()) {
            bytes = ByteBuffer.allocateDirect(wanted).order(ByteOrder.LITTLE_ENDIAN);
            buffer.wrap(bytes);
        }
        try (DiskFile file = disk.open(of.path, Disk.Access.READ)) {
            final int read = file.readFully(bytes.clear().limit(wanted), at);
            if (read < length) {
                throw new DamagedException(of, at, "the file is too short");
            }
            stretchBytes = read;
        } finally {
            bytes.clear();
        }
        segment = of;
        stretchAt = at;
    }
}
