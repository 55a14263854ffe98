package org.mawid.engine.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.journal.JournalId;

/**
 * Appends blocks of records, each durable before the call returns. A file that an earlier process wrote, or in which a write failed,
 * is never appended to: the next file begins, and says how far the one before counted, which is made durable before it is said. One thread.
 */
final class ArchiveWriter implements Closeable {
    /** A file that has grown to this is followed by the next. */
    private static final long FILE_BYTES = 256L << 20;

    private final Disk disk;
    private final Path folder;
    private final JournalId id;
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(Layout.BLOCK_HEADER_BYTES + Layout.MAX_PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int payloadBytes;
    private DiskFile file; // null: the next block begins a new one
    private long ordinal;
    private long fileBytes;
    private int lastCrc;

    ArchiveWriter(final Disk disk, final Path folder, final JournalId id) {
        this.disk = disk;
        this.folder = folder;
        this.id = id;
    }

    /** Adds a record to the block being collected. @return false when it does not fit: nothing was taken */
    boolean add(final DirectBuffer record, final int offset, final int length) {
        final int framed = BitUtil.align(Layout.FRAME_BYTES + length, Layout.FRAME_ALIGNMENT);
        if (payloadBytes + framed > Layout.MAX_PAYLOAD_BYTES) {
            return false;
        }
        final int at = Layout.BLOCK_HEADER_BYTES + payloadBytes;
        buffer.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(at + Layout.FRAME_BYTES, record, offset, length);
        buffer.setMemory(at + Layout.FRAME_BYTES + length, framed - Layout.FRAME_BYTES - length, (byte) 0);
        payloadBytes += framed;
        return true;
    }

    /** Forgets what was collected. */
    void clear() {
        payloadBytes = 0;
    }

    /** A number for the next record, which no other one of this archive has. */
    long place() throws IOException {
        if (file == null) {
            begin();
        }
        return ordinal << 32 | (fileBytes + Layout.BLOCK_HEADER_BYTES + payloadBytes) / Layout.FRAME_ALIGNMENT;
    }

    /**
     * Writes the block that was collected and makes it durable.
     *
     * @param position     log position at which the first of the records were read
     * @param applications applications among them
     */
    void commit(final long position, final int applications) throws IOException {
        if (file == null) {
            begin();
        }
        final long blockAt = fileBytes;
        final int length = Layout.BLOCK_HEADER_BYTES + payloadBytes;
        bytes.putInt(0, Layout.BLOCK_MAGIC);
        bytes.putInt(Layout.BLOCK_PAYLOAD_BYTES, payloadBytes);
        bytes.putInt(Layout.BLOCK_CRC_BEFORE, lastCrc);
        bytes.putLong(Layout.BLOCK_POSITION, position);
        bytes.putInt(Layout.BLOCK_APPLICATIONS, applications);
        bytes.putInt(Layout.BLOCK_APPLICATIONS + Integer.BYTES, 0);
        final int crc = Layout.crc(bytes, Layout.BLOCK_PAYLOAD_BYTES, length);
        bytes.putInt(Layout.BLOCK_CRC, crc);
        try {
            file.writeFully(bytes.clear().limit(length), blockAt);
            file.sync();
        } catch (final IOException e) {
            close(); // nobody knows what of it is on the disk: it is not written to again
            throw e;
        } finally {
            bytes.clear();
            payloadBytes = 0;
        }
        lastCrc = crc;
        fileBytes += length;
        if (fileBytes >= FILE_BYTES) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            final DiskFile last = file;
            file = null;
            last.close();
        }
    }

    /** The header is durable under the file's name before any block is written. */
    private void begin() throws IOException {
        disk.createFolders(folder);
        final long[] ordinals = Layout.ordinals(disk.list(folder));
        long bytesBefore = 0;
        int crcBefore = 0;
        ordinal = 1;
        if (ordinals.length > 0) {
            final long last = ordinals[ordinals.length - 1];
            final ArchiveFile before = ArchiveFile.read(disk, folder.resolve(Layout.name(last)), (template, from, offset, length) -> { });
            final String refusal = before.refusal(last, id);
            if (refusal != null) {
                throw new IOException(refusal); // the header below would say for ever that no more than this had counted
            }
            makeDurable(before);
            ordinal = last + 1;
            bytesBefore = before.validBytes();
            crcBefore = before.lastCrc();
        }
        final ByteBuffer header = ByteBuffer.allocateDirect(Header.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        lastCrc = new Header(id, ordinal, bytesBefore, crcBefore).encode(header);

        final String name = Layout.name(ordinal);
        final Path temporary = folder.resolve(name + ".tmp");
        if (disk.list(folder).contains(name + ".tmp")) {
            disk.delete(temporary);
        }
        final DiskFile made = disk.open(temporary, Disk.Access.CREATE);
        try {
            made.writeFully(header, 0);
            made.sync();
            disk.rename(temporary, folder.resolve(name));
            disk.syncFolder(folder);
        } catch (final IOException e) {
            made.close();
            throw e;
        }
        file = made;
        fileBytes = Header.BYTES;
    }

    /**
     * What a process that died before its sync, or whose sync failed, had left to chance: of the last block nobody says that it had been
     * durable. It is written again, the same bytes, because after a sync that failed the kernel may show them from memory, call them clean,
     * and never write them however often it is asked to sync. All before it was durable when it was written.
     */
    private void makeDurable(final ArchiveFile before) throws IOException {
        final int length = (int) (before.validBytes() - before.lastBlock());
        if (length > 0) {
            final ByteBuffer block = ByteBuffer.allocateDirect(length);
            try (DiskFile written = disk.open(before.path(), Disk.Access.READ)) {
                if (written.readFully(block, before.lastBlock()) < length) {
                    throw new IOException(before.path() + " ends before offset " + before.validBytes());
                }
            }
            try (DiskFile again = disk.open(before.path(), Disk.Access.REPAIR)) {
                again.writeFully(block.flip(), before.lastBlock());
                again.sync();
            }
        }
        disk.syncFolder(folder); // nor does anybody say it of the file's name
    }
}
