package org.mawid.engine.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** The bytes of one file of a {@link FakeDisk}, whatever its name: what is seen, and what is durable. Guarded by its disk. */
final class FakeContent {
    private static final int SECTOR_BYTES = FakeDisk.SECTOR_BYTES;
    private static final int SECTORS_PER_BLOCK = Format.BLOCK_BYTES / SECTOR_BYTES;

    private byte[] seen = new byte[0];
    private int size;
    private byte[] durable = new byte[0];
    private int durableSize;
    private final BitSet dirtySectors = new BitSet();

    int size() {
        return size;
    }

    byte[] bytes() {
        return Arrays.copyOf(seen, size);
    }

    int read(final ByteBuffer into, final long position) {
        if (position >= size) {
            return -1;
        }
        final int length = (int) Math.min(into.remaining(), size - position);
        into.put(seen, (int) position, length);
        return length;
    }

    void corrupt(final int offset, final byte xor) {
        seen[offset] ^= xor;
        durable[offset] ^= xor;
    }

    void truncate(final int bytes) {
        size = bytes;
        durableSize = bytes;
    }

    void write(final ByteBuffer from, final int position, final int length) {
        final int end = position + length;
        if (end > seen.length) {
            seen = Arrays.copyOf(seen, Math.max(end, seen.length * 2));
        }
        from.get(seen, position, length);
        size = Math.max(size, end);
        dirtySectors.set(position / SECTOR_BYTES, (end + SECTOR_BYTES - 1) / SECTOR_BYTES);
    }

    void sync() {
        persist(0, size);
        durableSize = size;
    }

    /** What else was written, and that the file has grown, may still be lost. */
    void persist(final int from, final int to) {
        grow();
        final int end = (to + SECTOR_BYTES - 1) / SECTOR_BYTES;
        for (int sector = dirtySectors.nextSetBit(from / SECTOR_BYTES); sector >= 0 && sector < end;
                sector = dirtySectors.nextSetBit(sector + 1)) {
            persist(sector);
            dirtySectors.clear(sector);
        }
    }

    /** After a failed sync the kernel calls pages clean that never reached the disk. */
    void syncInPart(final Random random) {
        final BitSet forgotten = new BitSet();
        dirtySectors.stream().filter(sector -> random.nextBoolean()).forEach(forgotten::set);
        dirtySectors.andNot(forgotten);
    }

    void losePart(final Random random) {
        grow();
        final int manner = random.nextInt(5);
        final int prefix = dirtySectors.isEmpty() ? 0 : random.nextInt(dirtySectors.length() + 1);
        final long blocks = random.nextLong();
        dirtySectors.stream().filter(sector -> switch (manner) {
            case 0 -> false;
            case 1 -> true;
            case 2 -> sector < prefix;
            case 3 -> (blocks >>> sector / SECTORS_PER_BLOCK % 64 & 1) != 0;
            default -> random.nextBoolean();
        }).forEach(this::persist);
        if (manner > 0 && size > durableSize) {
            durableSize += random.nextInt(size - durableSize + 1);
        }
        dirtySectors.clear();
        seen = durable.clone();
        size = durableSize;
        Arrays.fill(seen, size, seen.length, (byte) 0);
        Arrays.fill(durable, size, durable.length, (byte) 0);
    }

    private void grow() {
        if (durable.length < seen.length) {
            durable = Arrays.copyOf(durable, seen.length);
        }
    }

    private void persist(final int sector) {
        final int from = sector * SECTOR_BYTES;
        System.arraycopy(seen, from, durable, from, Math.min(SECTOR_BYTES, seen.length - from));
    }
}
