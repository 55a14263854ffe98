package org.mawid.engine.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Block 0 of a segment; {@code engine/FORMATS.md} has the table.
 *
 * @param chainCrc CRC of the last group of the segment before
 * @param beforeMs log time of the last record before this segment
 */
record SegmentHeader(
        JournalId id, boolean simulation, int schemaWord, int chainCrc,
        long ordinal, long firstPosition, long segmentBytes, long beforeMs) {
    private static final long MAGIC = 0x4745_5344_4957_414DL; // "MAWIDSEG"
    private static final int CRC = 8;
    private static final int VERSION = 12;
    private static final int FLAGS = 14;
    private static final int ID_HIGH = 16;
    private static final int ID_LOW = 24;
    private static final int SCHEMA_WORD = 32;
    private static final int CHAIN_CRC = 36;
    private static final int ORDINAL = 40;
    private static final int FIRST_POSITION = 48;
    private static final int SEGMENT_BYTES = 56;
    private static final int BEFORE_MS = 64;
    private static final int SIMULATION = 1;

    /** Fills the first block of the buffer. @return its CRC, with which the segment's first group is chained */
    int encode(final ByteBuffer block) {
        for (int at = 0; at < Format.BLOCK_BYTES; at += Long.BYTES) {
            block.putLong(at, 0);
        }
        block.putLong(0, MAGIC);
        block.putShort(VERSION, (short) Format.VERSION);
        block.putShort(FLAGS, (short) (simulation ? SIMULATION : 0));
        block.putLong(ID_HIGH, id.high());
        block.putLong(ID_LOW, id.low());
        block.putInt(SCHEMA_WORD, schemaWord);
        block.putInt(CHAIN_CRC, chainCrc);
        block.putLong(ORDINAL, ordinal);
        block.putLong(FIRST_POSITION, firstPosition);
        block.putLong(SEGMENT_BYTES, segmentBytes);
        block.putLong(BEFORE_MS, beforeMs);
        final int crc = crcOf(block);
        block.putInt(CRC, crc);
        return crc;
    }

    static SegmentHeader decode(final ByteBuffer block) {
        return new SegmentHeader(
                new JournalId(block.getLong(ID_HIGH), block.getLong(ID_LOW)),
                (block.getShort(FLAGS) & SIMULATION) != 0,
                block.getInt(SCHEMA_WORD),
                block.getInt(CHAIN_CRC),
                block.getLong(ORDINAL),
                block.getLong(FIRST_POSITION),
                block.getLong(SEGMENT_BYTES),
                block.getLong(BEFORE_MS));
    }

    /** What keeps this block from being a segment's header, of this format or a newer one; or null. */
    static String fault(final ByteBuffer block) {
        if (block.getLong(0) != MAGIC) {
            return "it does not begin as a segment";
        }
        if (block.getInt(CRC) != crcOf(block)) {
            return "the segment's header fails its checksum";
        }
        if (format(block) < Format.VERSION) {
            return "the segment is of format " + format(block) + ", this program reads " + Format.VERSION;
        }
        return null;
    }

    /** Of a block without fault: this program's, or a newer one's, of which nothing else may be believed. */
    static int format(final ByteBuffer block) {
        return block.getShort(VERSION) & 0xFFFF;
    }

    static int crc(final ByteBuffer block) {
        return block.getInt(CRC);
    }

    private static int crcOf(final ByteBuffer block) {
        return Format.crc(new CRC32C(), block, VERSION, Format.BLOCK_BYTES);
    }
}
