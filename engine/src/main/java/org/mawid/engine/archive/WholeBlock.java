package org.mawid.engine.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mawid.engine.journal.DiskFile;

/**
 * A block that is valid by itself, wherever it is found. A block is written only when all before it is durable: behind a bad place it says
 * that what is bad there had been durable too, and is not what a write left that never ended.
 */
final class WholeBlock {
    private static final int CHUNK_BYTES = 1 << 20;

    private WholeBlock() {
    }

    /**
     * The first one from a place on.
     *
     * @param from  where a block could begin, bytes from the file's beginning
     * @param bytes room for one block; written over
     * @return where it begins; −1 if there is none
     */
    static long find(final DiskFile file, final long from, final ByteBuffer bytes) throws IOException {
        final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = from; at < file.size(); at += CHUNK_BYTES) {
            final int read = file.readFully(chunk.clear(), at);
            for (int i = 0; i + Integer.BYTES <= read; i += Layout.FRAME_ALIGNMENT) {
                if (chunk.getInt(i) == Layout.BLOCK_MAGIC && fault(file, bytes, at + i) == null) {
                    return at + i;
                }
            }
        }
        return -1;
    }

    /** What keeps the bytes at this place from being a block, whatever is before it; null = they are one, and in {@code bytes}. */
    static String fault(final DiskFile file, final ByteBuffer bytes, final long at) throws IOException {
        if (read(file, bytes, at, 0, Layout.BLOCK_HEADER_BYTES) < Layout.BLOCK_HEADER_BYTES) {
            return "a block is cut off";
        }
        final int payload = bytes.getInt(Layout.BLOCK_PAYLOAD_BYTES);
        if (bytes.getInt(0) != Layout.BLOCK_MAGIC || payload < 0 || payload > Layout.MAX_PAYLOAD_BYTES) {
            return "no block begins here";
        }
        if (read(file, bytes, at, Layout.BLOCK_HEADER_BYTES, payload) < payload) {
            return "a block is cut off";
        }
        if (bytes.getInt(Layout.BLOCK_CRC) != Layout.crc(bytes, Layout.BLOCK_PAYLOAD_BYTES, Layout.BLOCK_HEADER_BYTES + payload)) {
            return "a block fails its checksum";
        }
        return null;
    }

    /** Reads to {@code offset} in the buffer what the file has from {@code at + offset} on. */
    static int read(final DiskFile file, final ByteBuffer bytes, final long at, final int offset, final int length) throws IOException {
        bytes.clear().position(offset).limit(offset + length);
        final int read = file.readFully(bytes, at + offset);
        bytes.clear();
        return read;
    }
}
