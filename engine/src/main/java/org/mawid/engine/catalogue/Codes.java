package org.mawid.engine.catalogue;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Bytes;

/** Public codes: 32 bytes, padded with zeros. */
final class Codes {
    static final int BYTES = 32;

    private Codes() {
    }

    static boolean equal(final byte[] page, final int at, final DirectBuffer code, final int offset) {
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            if (Bytes.getLong(page, at + i) != code.getLong(offset + i, ByteOrder.LITTLE_ENDIAN)) {
                return false;
            }
        }
        return true;
    }
}
