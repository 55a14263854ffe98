package org.mawid.engine.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Layout of a chunk: a header, then runs of rows. One without runs ends the file. {@code engine/FORMATS.md} has the table. */
final class Chunk {
    static final int HEADER_BYTES = 32;
    static final int MAX_PAYLOAD_BYTES = 1 << 20;
    /** Before the rows of each run: table id, row bytes, first number, count, zero. */
    static final int RUN_HEADER_BYTES = 24;
    static final int RUN_ALIGNMENT = 8;
    private static final int MAGIC = 0x4344_574D; // "MWDC"
    private static final int CRC = 4;
    private static final int INDEX = 8;
    private static final int PAYLOAD_BYTES = 12;
    private static final int POSITION = 16;
    private static final int CRC_BEFORE = 24;

    private Chunk() {
    }

    /** Writes the header before a payload that is there already. @return its CRC */
    static int seal(final ByteBuffer buffer, final int index, final int payloadBytes, final long position, final int crcBefore) {
        buffer.putInt(0, MAGIC);
        buffer.putInt(INDEX, index);
        buffer.putInt(PAYLOAD_BYTES, payloadBytes);
        buffer.putLong(POSITION, position);
        buffer.putInt(CRC_BEFORE, crcBefore);
        buffer.putInt(CRC_BEFORE + Integer.BYTES, 0);
        final int crc = crcOf(buffer, payloadBytes);
        buffer.putInt(CRC, crc);
        return crc;
    }

    /** What keeps this header from being that of the expected chunk, or null. The payload is not looked at. */
    static String headerFault(final ByteBuffer buffer, final int index, final long position, final int crcBefore) {
        if (buffer.getInt(0) != MAGIC || buffer.getInt(INDEX) != index || buffer.getLong(POSITION) != position) {
            return "chunk " + index + " does not begin here";
        }
        if (buffer.getInt(CRC_BEFORE) != crcBefore) {
            return "chunk " + index + " does not follow the one before it";
        }
        final int bytes = payloadBytes(buffer);
        return bytes < 0 || bytes > MAX_PAYLOAD_BYTES ? "chunk " + index + " cannot be " + bytes + " bytes long" : null;
    }

    static int payloadBytes(final ByteBuffer buffer) {
        return buffer.getInt(PAYLOAD_BYTES);
    }

    static int crc(final ByteBuffer buffer) {
        return buffer.getInt(CRC);
    }

    static int crcOf(final ByteBuffer buffer, final int payloadBytes) {
        final CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().clear().position(INDEX).limit(HEADER_BYTES + payloadBytes));
        return (int) crc.getValue();
    }
}
