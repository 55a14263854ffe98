package org.mawid.engine.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** Sizes, names and small helpers of the format; the layouts are in {@link SegmentHeader} and {@link Group}. */
final class Format {
    static final int VERSION = 1;
    static final int BLOCK_BYTES = 4_096;
    static final int MAX_GROUP_BYTES = 4 << 20;
    static final String TEMPORARY = ".tmp";
    /** Begins the name of the file with which {@link FileDisk} tries direct writing. */
    static final String PROBE = "journal-probe-";

    private static final String SEGMENT_PREFIX = "journal-";
    private static final String SPARE_PREFIX = "spare-";
    private static final String SUFFIX = ".seg";
    private static final int POSITION_DIGITS = 20;

    private Format() {
    }

    static String segmentName(final long firstPosition) {
        final String digits = Long.toString(firstPosition);
        return SEGMENT_PREFIX + "0".repeat(POSITION_DIGITS - digits.length()) + digits + SUFFIX;
    }

    static String spareName(final long number) {
        return SPARE_PREFIX + number + SUFFIX;
    }

    /** Of a segment that is being removed, step by step: a leftover. */
    static String leavingName(final String segmentName) {
        return SPARE_PREFIX + "was-" + segmentName;
    }

    /** Whether a process that died may have left this file, and nobody needs it. */
    static boolean isLeftover(final String name) {
        return name.startsWith(SPARE_PREFIX) && name.endsWith(SUFFIX)
                || name.startsWith(PROBE) && name.endsWith(TEMPORARY)
                || name.equals(Identity.FILE + TEMPORARY) || name.equals(Skips.FILE + TEMPORARY);
    }

    /** First positions of the segments among these names, ascending. */
    static long[] segmentPositions(final List<String> names) {
        return names.stream().mapToLong(Format::segmentPosition).filter(position -> position > 0).sorted().toArray();
    }

    static Path segmentPath(final Path folder, final long firstPosition) {
        return folder.resolve(segmentName(firstPosition));
    }

    /** Zeroed, little-endian, at an address that direct writing accepts. */
    static ByteBuffer alignedBuffer(final int bytes) {
        return aligned(ByteBuffer.allocateDirect(bytes + BLOCK_BYTES), bytes);
    }

    /** So many bytes of direct memory that has a block more. */
    static ByteBuffer aligned(final ByteBuffer memory, final int bytes) {
        return memory.alignedSlice(BLOCK_BYTES).limit(bytes).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Leaves the buffer's position and limit anywhere. */
    static int crc(final CRC32C crc, final ByteBuffer buffer, final int from, final int to) {
        buffer.limit(to).position(from);
        crc.reset();
        crc.update(buffer);
        buffer.clear();
        return (int) crc.getValue();
    }

    static int align(final int bytes, final int to) {
        return (bytes + to - 1) & -to;
    }

    /** First offset in [from, to) whose byte is not zero, or {@code to}. Both are multiples of 8. */
    static int firstNonZero(final ByteBuffer buffer, final int from, final int to) {
        for (int at = from; at < to; at += Long.BYTES) {
            if (buffer.getLong(at) != 0) {
                return at;
            }
        }
        return to;
    }

    private static long segmentPosition(final String name) {
        if (name.length() != SEGMENT_PREFIX.length() + POSITION_DIGITS + SUFFIX.length()
                || !name.startsWith(SEGMENT_PREFIX) || !name.endsWith(SUFFIX)) {
            return -1;
        }
        try {
            return Long.parseLong(name, SEGMENT_PREFIX.length(), SEGMENT_PREFIX.length() + POSITION_DIGITS, 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
