package org.mawid.api.document;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Whether programs for ZIP, JAR or office files would open it: they read a file from its end. Names: APPNOTE.TXT of PKWARE, 4.3.16. */
final class ZipTail {
    private static final int END_OF_DIRECTORY = 0x0605_4B50;
    private static final int DIRECTORY_ENTRY = 0x0201_4B50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ENTRIES_AT = 10;
    private static final int SIZE_AT = 12;

    private ZipTail() {
    }

    static boolean isThere(final byte[] content) {
        final ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = content.length - END_BYTES; at >= Math.max(0, content.length - END_BYTES - LONGEST_COMMENT); at--) {
            if (bytes.getInt(at) == END_OF_DIRECTORY && isDirectoryBefore(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    /** Four bytes can be there by chance, in what is compressed; a directory in front of them cannot. */
    private static boolean isDirectoryBefore(final ByteBuffer bytes, final int at) {
        final long start = at - Integer.toUnsignedLong(bytes.getInt(at + SIZE_AT));
        return bytes.getShort(at + ENTRIES_AT) == 0 || start >= 0 && start + Integer.BYTES <= at && bytes.getInt((int) start) == DIRECTORY_ENTRY;
    }
}
