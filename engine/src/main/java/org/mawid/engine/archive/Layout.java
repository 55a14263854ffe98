package org.mawid.engine.archive;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** Names of the archive's files and layout of their blocks; {@code engine/FORMATS.md} has the tables. */
final class Layout {
    static final int BLOCK_HEADER_BYTES = 32;
    static final int BLOCK_MAGIC = 0x4241_574D; // "MWAB"
    static final int BLOCK_CRC = 4;
    static final int BLOCK_PAYLOAD_BYTES = 8;
    static final int BLOCK_CRC_BEFORE = 12;
    static final int BLOCK_POSITION = 16;
    static final int BLOCK_APPLICATIONS = 24;
    static final int MAX_PAYLOAD_BYTES = 4 << 20;

    static final int FRAME_BYTES = 4;
    static final int FRAME_ALIGNMENT = 8;

    private static final String PREFIX = "archive-";
    private static final String SUFFIX = ".arc";
    private static final int DIGITS = 10;

    private Layout() {
    }

    static String name(final long ordinal) {
        final String digits = Long.toString(ordinal);
        return PREFIX + "0".repeat(DIGITS - digits.length()) + digits + SUFFIX;
    }

    /** Ordinals of the archive files among these names, ascending. */
    static long[] ordinals(final List<String> names) {
        return names.stream()
                .filter(name -> name.length() == PREFIX.length() + DIGITS + SUFFIX.length() && name.startsWith(PREFIX) && name.endsWith(SUFFIX))
                .map(name -> name.substring(PREFIX.length(), PREFIX.length() + DIGITS))
                .filter(digits -> digits.chars().allMatch(digit -> digit >= '0' && digit <= '9'))
                .mapToLong(Long::parseLong)
                .sorted()
                .toArray();
    }

    static int crc(final ByteBuffer buffer, final int from, final int to) {
        final CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().clear().position(from).limit(to));
        return (int) crc.getValue();
    }
}
