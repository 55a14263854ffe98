package org.mawid.engine.readmodel.events;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.sbe.MessageHeaderEncoder;

/** Offsets, sizes and names of the format that is written down in {@code engine/FORMATS.md}, and its two headers. */
final class Layout {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 64;
    static final int BLOCK_HEADER_BYTES = 64;
    static final int MAX_PAYLOAD_BYTES = 1 << 20;

    static final long MAGIC = ByteBuffer.wrap("MAWIDEVT".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    static final int BLOCK_MAGIC = ByteBuffer.wrap("MWEB".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getInt();

    private static final int CRC = 8;
    private static final int FORMAT = 12;
    private static final int SCHEMA = 14;
    private static final int EPOCH = 16;
    private static final int FIRST = 24;
    private static final int FIRST_MS = 32;

    private static final int BLOCK_CRC = 4;
    private static final int BLOCK_PAYLOAD_CRC = 8;
    private static final int BLOCK_PAYLOAD_BYTES = 12;
    private static final int BLOCK_FIRST = 16;
    private static final int BLOCK_LAST = 24;
    private static final int BLOCK_LAST_MS = 32;
    private static final int BLOCK_EPOCH = 40;
    private static final int BLOCK_AT = 48;

    private static final String PREFIX = "events-";
    private static final String SUFFIX = ".evt";
    private static final int POSITION_DIGITS = 20;

    private Layout() {
    }

    /** @param firstMs log time of the first position */
    record Header(long epoch, long first, long firstMs) {
    }

    /** @param payload bytes behind the header @param first and last: the positions covered, with or without events */
    record Block(int payload, int payloadCrc, long first, long last, long lastMs) {
        int bytes() {
            return BLOCK_HEADER_BYTES + payload;
        }
    }

    static String name(final long first) {
        final String digits = Long.toString(first);
        return PREFIX + "0".repeat(POSITION_DIGITS - digits.length()) + digits + SUFFIX;
    }

    static boolean isSegment(final String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /** First positions in the names of segments, ascending. Names that are none are left out. */
    static long[] firstPositions(final List<String> names) {
        return names.stream().filter(name -> name.matches(PREFIX + "\\d{" + POSITION_DIGITS + "}\\" + SUFFIX))
                .mapToLong(name -> {
                    try {
                        return Long.parseLong(name, PREFIX.length(), PREFIX.length() + POSITION_DIGITS, 10);
                    } catch (final NumberFormatException beyondAnyPosition) {
                        return 0;
                    }
                })
                .filter(first -> first > 0).sorted().toArray();
    }

    static void writeHeader(final ByteBuffer into, final Header header) {
        for (int at = 0; at < HEADER_BYTES; at += Long.BYTES) {
            into.putLong(at, 0);
        }
        into.putLong(0, MAGIC).putShort(FORMAT, (short) VERSION).putShort(SCHEMA, (short) MessageHeaderEncoder.SCHEMA_VERSION)
                .putLong(EPOCH, header.epoch).putLong(FIRST, header.first).putLong(FIRST_MS, header.firstMs);
        into.putInt(CRC, crc(into, FORMAT, HEADER_BYTES));
    }

    /**
     * @param path of the segment whose first bytes these are
     * @return null when it is not what was written there
     * @throws NewerProgramException when this program does not know what is behind it
     */
    static Header readHeader(final Path path, final ByteBuffer from) {
        if (from.getLong(0) != MAGIC || from.getInt(CRC) != crc(from, FORMAT, HEADER_BYTES)) {
            return null;
        }
        final int format = from.getShort(FORMAT) & 0xFFFF;
        final int schema = from.getShort(SCHEMA) & 0xFFFF;
        if (format > VERSION) {
            throw new NewerProgramException(path.toString(), "format", format, VERSION);
        }
        if (schema > MessageHeaderEncoder.SCHEMA_VERSION) {
            throw new NewerProgramException(path.toString(), "schema", schema, MessageHeaderEncoder.SCHEMA_VERSION);
        }
        return format < 1 || schema < 1 ? null : new Header(from.getLong(EPOCH), from.getLong(FIRST), from.getLong(FIRST_MS));
    }

    /** Writes the header of a block whose payload is behind it in the buffer. @param at where in its file it goes */
    static void writeBlock(final ByteBuffer into, final long epoch, final long at, final int payload, final long first, final long last, final long lastMs) {
        into.putInt(0, BLOCK_MAGIC).putInt(BLOCK_PAYLOAD_CRC, crc(into, BLOCK_HEADER_BYTES, BLOCK_HEADER_BYTES + payload))
                .putInt(BLOCK_PAYLOAD_BYTES, payload).putLong(BLOCK_FIRST, first).putLong(BLOCK_LAST, last).putLong(BLOCK_LAST_MS, lastMs)
                .putLong(BLOCK_EPOCH, epoch).putLong(BLOCK_AT, at).putLong(BLOCK_AT + Long.BYTES, 0);
        into.putInt(BLOCK_CRC, crc(into, BLOCK_PAYLOAD_CRC, BLOCK_HEADER_BYTES));
    }

    /**
     * The header of a block. Whether its payload is what was written is for {@link #payloadAgrees}.
     *
     * @param from it begins there @param at where in its file it is
     * @return null when it is not what was written there
     */
    static Block readBlock(final ByteBuffer buffer, final int from, final long epoch, final long at) {
        final int payload = buffer.getInt(from + BLOCK_PAYLOAD_BYTES);
        final long first = buffer.getLong(from + BLOCK_FIRST);
        final long last = buffer.getLong(from + BLOCK_LAST);
        if (buffer.getInt(from) != BLOCK_MAGIC || buffer.getInt(from + BLOCK_CRC) != crc(buffer, from + BLOCK_PAYLOAD_CRC, from + BLOCK_HEADER_BYTES)
                || buffer.getLong(from + BLOCK_EPOCH) != epoch || buffer.getLong(from + BLOCK_AT) != at
                || payload < 0 || payload > MAX_PAYLOAD_BYTES || last < first) {
            return null;
        }
        return new Block(payload, buffer.getInt(from + BLOCK_PAYLOAD_CRC), first, last, buffer.getLong(from + BLOCK_LAST_MS));
    }

    /** @param from where the block begins in the buffer, which holds all of it */
    static boolean payloadAgrees(final ByteBuffer buffer, final int from, final Block block) {
        return crc(buffer, from + BLOCK_HEADER_BYTES, from + block.bytes()) == block.payloadCrc;
    }

    /** Moves the buffer's position and limit meanwhile, for a view of it would be made for every block: the buffer is one thread's. */
    private static int crc(final ByteBuffer buffer, final int from, final int to) {
        final int position = buffer.position();
        final int limit = buffer.limit();
        final CRC32C crc = new CRC32C();
        crc.update(buffer.limit(to).position(from));
        buffer.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
