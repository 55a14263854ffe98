package org.mawid.engine.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Layout of a group in a buffer; {@code engine/FORMATS.md} has the table. Offsets are relative to the group's first byte. */
final class Group {
    static final int HEADER_BYTES = 128;
    static final int RECORD_HEADER_BYTES = 8;
    static final int RECORD_ALIGNMENT = 8;

    private static final int MAGIC = 0x4744_574D; // "MWDG"
    private static final int CRC = 4;
    private static final int CHAIN_CRC = 8;
    private static final int BYTES = 12;
    private static final int PAYLOAD_BYTES = 16;
    private static final int RECORDS = 20;
    private static final int FIRST_POSITION = 24;
    private static final int LAST_POSITION = 32;
    private static final int DURABLE_UP_TO = 40;
    private static final int FIRST_MS = 48;
    private static final int LAST_MS = 56;
    private static final int ID_HIGH = 64;
    private static final int ORDINAL = 72;
    private static final int BLOCK_NUMBER = 76;
    private static final int RESERVED = 80;

    private Group() {
    }

    /** Completes a group whose payload is already in place. @return its CRC */
    static int seal(
            final ByteBuffer buffer, final CRC32C crc, final int payloadBytes, final int records, final long firstPosition,
            final long durableUpTo, final long firstMs, final long lastMs,
            final long idHigh, final long ordinal, final long offset, final int chainCrc) {
        final int end = HEADER_BYTES + payloadBytes;
        final int bytes = Format.align(end, Format.BLOCK_BYTES);
        for (int at = end; at < bytes; at += Long.BYTES) {
            buffer.putLong(at, 0);
        }
        buffer.putInt(0, MAGIC);
        buffer.putInt(CHAIN_CRC, chainCrc);
        buffer.putInt(BYTES, bytes);
        buffer.putInt(PAYLOAD_BYTES, payloadBytes);
        buffer.putInt(RECORDS, records);
        buffer.putLong(FIRST_POSITION, firstPosition);
        buffer.putLong(LAST_POSITION, firstPosition + records - 1);
        buffer.putLong(DURABLE_UP_TO, durableUpTo);
        buffer.putLong(FIRST_MS, firstMs);
        buffer.putLong(LAST_MS, lastMs);
        buffer.putLong(ID_HIGH, idHigh);
        buffer.putInt(ORDINAL, (int) ordinal);
        buffer.putInt(BLOCK_NUMBER, (int) (offset / Format.BLOCK_BYTES));
        for (int at = RESERVED; at < HEADER_BYTES; at += Long.BYTES) {
            buffer.putLong(at, 0);
        }
        final int value = Format.crc(crc, buffer, CHAIN_CRC, bytes);
        buffer.putInt(CRC, value);
        return value;
    }

    /** Whether the block at this place could begin a group at all. */
    static boolean begins(final ByteBuffer buffer, final int at) {
        return buffer.getInt(at) == MAGIC;
    }

    static int bytes(final ByteBuffer buffer, final int at) {
        return buffer.getInt(at + BYTES);
    }

    /** Whether {@code bytes} is a size that a group which begins at {@code offset} of its segment may have. */
    static boolean fits(final int bytes, final long offset, final long segmentBytes) {
        return bytes >= Format.BLOCK_BYTES && bytes <= Format.MAX_GROUP_BYTES && bytes % Format.BLOCK_BYTES == 0
                && bytes <= segmentBytes - offset;
    }

    /**
     * What keeps the bytes from being a group of this journal at this place, judged without its neighbours; or null. The caller has
     * seen to it that it begins and fits, and that all of it is in the buffer.
     */
    static String fault(
            final ByteBuffer buffer, final int at, final CRC32C crc, final long idHigh, final long ordinal, final long offset) {
        if (buffer.getInt(at + CRC) != Format.crc(crc, buffer, at + CHAIN_CRC, at + bytes(buffer, at))) {
            return "the group fails its checksum";
        }
        if (buffer.getLong(at + ID_HIGH) != idHigh || buffer.getInt(at + ORDINAL) != (int) ordinal
                || buffer.getInt(at + BLOCK_NUMBER) != (int) (offset / Format.BLOCK_BYTES)) {
            return "the group belongs elsewhere";
        }
        return null;
    }

    /** What keeps a group that is sound by itself from following the one before; or null. */
    static String chainFault(final ByteBuffer buffer, final int at, final int chainCrc, final long nextPosition, final long lastMs) {
        final long records = Integer.toUnsignedLong(buffer.getInt(at + RECORDS));
        if (buffer.getInt(at + CHAIN_CRC) != chainCrc) {
            return "the group does not continue the one before it";
        }
        if (buffer.getLong(at + FIRST_POSITION) != nextPosition
                || buffer.getLong(at + LAST_POSITION) != nextPosition + records - 1) {
            return "the group holds positions from " + buffer.getLong(at + FIRST_POSITION) + ", expected was " + nextPosition;
        }
        if (buffer.getLong(at + DURABLE_UP_TO) != nextPosition - 1) {
            return "the group does not vouch for what is before it";
        }
        if (buffer.getLong(at + FIRST_MS) < lastMs || buffer.getLong(at + LAST_MS) < buffer.getLong(at + FIRST_MS)) {
            return "log time goes back";
        }
        final long end = HEADER_BYTES + Integer.toUnsignedLong(buffer.getInt(at + PAYLOAD_BYTES));
        if (end > bytes(buffer, at)) {
            return "the group's records are longer than the group";
        }
        return null;
    }

    static int crc(final ByteBuffer buffer, final int at) {
        return buffer.getInt(at + CRC);
    }

    static int payloadBytes(final ByteBuffer buffer, final int at) {
        return buffer.getInt(at + PAYLOAD_BYTES);
    }

    static int records(final ByteBuffer buffer, final int at) {
        return buffer.getInt(at + RECORDS);
    }

    static long durableUpTo(final ByteBuffer buffer, final int at) {
        return buffer.getLong(at + DURABLE_UP_TO);
    }

    static long firstMs(final ByteBuffer buffer, final int at) {
        return buffer.getLong(at + FIRST_MS);
    }

    static long lastMs(final ByteBuffer buffer, final int at) {
        return buffer.getLong(at + LAST_MS);
    }
}
