package org.mawid.engine.kernel;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A 64-bit hash over all that a {@link StateWriter} is given. Four lanes of multiply and rotate, plain arithmetic, so that it is
 * the same on any machine and reads several gigabytes a second. Against accidents, not against an attacker.
 */
public final class StateHash implements StateWriter {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;

    private long hash = P3;

    @Override
    public void rows(final int tableId, final int rowBytes, final long firstNumber, final int count, final DirectBuffer buffer, final int offset) {
        hash = mix(mix(mix(hash, tableId), (long) rowBytes << 32 | count), firstNumber);
        hash = mix(hash, of(hash, buffer, offset, count * rowBytes));
    }

    /** The hash of everything so far. */
    public long value() {
        return finish(hash);
    }

    /** Of a range of bytes. */
    public static long of(final long seed, final DirectBuffer buffer, final int offset, final int length) {
        long a = seed + P1;
        long b = seed ^ P2;
        long c = seed;
        long d = seed - P1;
        int at = offset;
        final int end = offset + length;
        for (; at + 32 <= end; at += 32) {
            a = mix(a, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
            b = mix(b, buffer.getLong(at + 8, ByteOrder.LITTLE_ENDIAN));
            c = mix(c, buffer.getLong(at + 16, ByteOrder.LITTLE_ENDIAN));
            d = mix(d, buffer.getLong(at + 24, ByteOrder.LITTLE_ENDIAN));
        }
        long h = mix(mix(mix(mix(length, a), b), c), d);
        for (; at + 8 <= end; at += 8) {
            h = mix(h, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
        }
        for (; at < end; at++) {
            h = mix(h, buffer.getByte(at));
        }
        return finish(h);
    }

    /** One step: every bit of both counts. */
    public static long mix(final long hash, final long value) {
        return Long.rotateLeft(hash + value * P2, 31) * P1;
    }

    private static long finish(final long hash) {
        long h = (hash ^ hash >>> 33) * P2;
        h = (h ^ h >>> 29) * P3;
        return h ^ h >>> 32;
    }
}
