package org.mawid.engine.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Fields of rows in pages, little-endian, at any alignment, bounds always checked. A page is a bare array rather than a buffer object:
 * with millions of rows the objects between would miss the cache once more for each row.
 */
public final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {
    }

    public static long getLong(final byte[] page, final int at) {
        return (long) LONG.get(page, at);
    }

    public static void putLong(final byte[] page, final int at, final long value) {
        LONG.set(page, at, value);
    }

    public static int getInt(final byte[] page, final int at) {
        return (int) INT.get(page, at);
    }

    public static void putInt(final byte[] page, final int at, final int value) {
        INT.set(page, at, value);
    }

    /** Unsigned. */
    public static int getShort(final byte[] page, final int at) {
        return (short) SHORT.get(page, at) & 0xFFFF;
    }

    public static void putShort(final byte[] page, final int at, final int value) {
        SHORT.set(page, at, (short) value);
    }

    /** Unsigned. */
    public static int getByte(final byte[] page, final int at) {
        return page[at] & 0xFF;
    }

    public static void putByte(final byte[] page, final int at, final int value) {
        page[at] = (byte) value;
    }
}
