package org.mawid.engine.kernel;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Fields of rows outside the Java heap, little-endian, at any alignment. Addresses come from {@link Rows} and its like only, which look
 * whether the row is there; what is read and written here lies within that row.
 * <p>Why not arrays: a check of bounds reads the array's length, which with millions of rows is one more miss of the cache for each row,
 * and a collector would copy the tables while they grow.
 */
public final class Memory {
    static {
        Invariant.that(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "this machine is little-endian");
    }

    private Memory() {
    }

    public static long getLong(final long at) {
        return UnsafeApi.getLong(at);
    }

    public static void putLong(final long at, final long value) {
        UnsafeApi.putLong(at, value);
    }

    public static int getInt(final long at) {
        return UnsafeApi.getInt(at);
    }

    public static void putInt(final long at, final int value) {
        UnsafeApi.putInt(at, value);
    }

    /** Unsigned. */
    public static int getShort(final long at) {
        return UnsafeApi.getShort(at) & 0xFFFF;
    }

    public static void putShort(final long at, final int value) {
        UnsafeApi.putShort(at, (short) value);
    }

    /** Unsigned. */
    public static int getByte(final long at) {
        return UnsafeApi.getByte(at) & 0xFF;
    }

    public static void putByte(final long at, final int value) {
        UnsafeApi.putByte(at, (byte) value);
    }

    /** Makes a row, or a part of one, zeros: without a call for the few words that a row has. */
    public static void zero(final long at, final int length) {
        long to = at;
        final long end = at + length;
        for (; to + Long.BYTES <= end; to += Long.BYTES) {
            UnsafeApi.putLong(to, 0);
        }
        for (; to < end; to++) {
            UnsafeApi.putByte(to, (byte) 0);
        }
    }

    /** Copies from one row to another. */
    public static void copy(final long from, final long to, final int length) {
        UnsafeApi.copyMemory(from, to, length);
    }

    /** Copies from a buffer, whose bounds are checked. */
    public static void put(final long at, final DirectBuffer from, final int offset, final int length) {
        from.boundsCheck(offset, length);
        UnsafeApi.copyMemory(from.byteArray(), from.addressOffset() + offset, null, at, length);
    }

    /** Copies to a buffer, whose bounds are checked. */
    public static void get(final long at, final MutableDirectBuffer to, final int offset, final int length) {
        to.boundsCheck(offset, length);
        UnsafeApi.copyMemory(null, at, to.byteArray(), to.addressOffset() + offset, length);
    }

    /** Whether a row and a buffer have the same bytes there. @param length a multiple of 8 */
    public static boolean equal(final long at, final DirectBuffer with, final int offset, final int length) {
        for (int i = 0; i < length; i += Long.BYTES) {
            if (getLong(at + i) != with.getLong(offset + i, ByteOrder.LITTLE_ENDIAN)) {
                return false;
            }
        }
        return true;
    }
}
