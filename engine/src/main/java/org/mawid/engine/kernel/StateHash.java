package org.mawid.engine.kernel;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A 64-bit hash over all that a {@link StateWriter} is given, but for what decides nothing ({@link TableIds}). Four lanes of multiply and rotate, plain arithmetic, so that it is
 * the same on any machine and reads several gigabytes a second. Against accidents, not against an attacker.
 */
public final class StateHash implements StateWriter {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;

    private long hash = P3;
    private UnsafeBuffer copy = new UnsafeBuffer(0, 0);

    @Override
    public void rows(final int tableId, final int rowBytes, final long firstNumber, final int count, final DirectBuffer buffer, final int offset) {
        if (!TableIds.isHashed(tableId)) {
            return;
        }
        hash = mix(mix(mix(hash, tableId), (long) rowBytes << 32 | count), firstNumber);
        final int bytes = count * rowBytes;
        if (buffer.byteArray() == null) {
            buffer.boundsCheck(offset, bytes);
            hash = mix(hash, of(hash, buffer.addressOffset() + offset, bytes));
        } else {
            if (copy.capacity() < bytes) {
                copy = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
            }
            copy.putBytes(0, buffer, offset, bytes);
            hash = mix(hash, of(hash, copy.addressOffset(), bytes));
        }
    }

    /** The hash of everything so far. */
    public long value() {
        return finish(hash);
    }

    /** Of a range of bytes outside the Java heap, see {@link Memory}. */
    public static long of(final long seed, final long from, final int length) {
        long a = seed + P1;
        long b = seed ^ P2;
        long c = seed;
        long d = seed - P1;
        long at = from;
        final long end = from + length;
        for (; at + 32 <= end; at += 32) {
            a = mix(a, Memory.getLong(at));
            b = mix(b, Memory.getLong(at + 8));
            c = mix(c, Memory.getLong(at + 16));
            d = mix(d, Memory.getLong(at + 24));
        }
        long h = mix(mix(mix(mix(length, a), b), c), d);
        for (; at + 8 <= end; at += 8) {
            h = mix(h, Memory.getLong(at));
        }
        for (; at < end; at++) {
            h = mix(h, (byte) Memory.getByte(at));
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
