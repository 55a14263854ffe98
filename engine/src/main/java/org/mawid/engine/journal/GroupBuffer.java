package org.mawid.engine.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The group under construction, in memory that can be written directly. */
final class GroupBuffer {
    private static final long MAX_DELTA_MS = 0xFFFF_FFFFL;

    private final ByteBuffer bytes;
    private final UnsafeBuffer view;
    private final CRC32C crc = new CRC32C();
    private int limit;
    private int end = Group.HEADER_BYTES;
    private int records;
    private long firstMs;
    private long lastMs;

    GroupBuffer(final int capacity) {
        bytes = Format.alignedBuffer(capacity);
        view = new UnsafeBuffer(bytes);
    }

    int capacity() {
        return bytes.capacity();
    }

    /** @param limit most bytes that this group may take, header included */
    void begin(final int limit) {
        bytes.clear();
        this.limit = limit;
        end = Group.HEADER_BYTES;
        records = 0;
    }

    boolean isEmpty() {
        return records == 0;
    }

    /** Bytes on the disk, padding included, if it were written now. */
    int paddedBytes() {
        return Format.align(end, Format.BLOCK_BYTES);
    }

    int payloadBytes() {
        return end - Group.HEADER_BYTES;
    }

    int records() {
        return records;
    }

    long lastMs() {
        return lastMs;
    }

    boolean add(final long nowMs, final int flags, final DirectBuffer buffer, final int offset, final int length) {
        final int next = end + Format.align(Group.RECORD_HEADER_BYTES + length, Group.RECORD_ALIGNMENT);
        if (next > limit) {
            return false;
        }
        if (records == 0) {
            firstMs = nowMs;
        }
        final long deltaMs = nowMs - firstMs;
        if (deltaMs > MAX_DELTA_MS) {
            return false;
        }
        view.putLong(next - Long.BYTES, 0); // what of it is not the record's end is padding
        view.putShort(end, (short) length, ByteOrder.LITTLE_ENDIAN);
        view.putShort(end + 2, (short) flags, ByteOrder.LITTLE_ENDIAN);
        view.putInt(end + 4, (int) deltaMs, ByteOrder.LITTLE_ENDIAN);
        view.putBytes(end + Group.RECORD_HEADER_BYTES, buffer, offset, length);
        end = next;
        records++;
        lastMs = nowMs;
        return true;
    }

    /** Completes the group. @return its CRC */
    int seal(
            final long firstPosition, final long durableUpTo, final long beforeMs,
            final long idHigh, final long ordinal, final long offset, final int chainCrc) {
        return Group.seal(
                bytes, crc, payloadBytes(), records, firstPosition, durableUpTo,
                records == 0 ? beforeMs : firstMs, records == 0 ? beforeMs : lastMs, idHigh, ordinal, offset, chainCrc);
    }

    /** What is to be written after {@link #seal}. */
    ByteBuffer padded() {
        return bytes.limit(paddedBytes()).position(0);
    }
}
