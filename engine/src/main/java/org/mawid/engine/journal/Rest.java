package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What is left of a segment from a place where no group is: zeros, or what a torn write left, or groups that say it had been durable.
 *
 * @param nonZeroEnd end of the last block that is not all zeros; the place itself if all is zero
 * @param durableUpTo highest position that a group behind the place, valid by itself, says had been durable; −1 if none does
 * @param groupOffset of that group
 */
record Rest(long nonZeroEnd, long durableUpTo, long groupOffset) {
    /** @param chunk to read into; a multiple of the block */
    static Rest of(
            final DiskFile file, final SegmentHeader header, final long from, final long idHigh, final CRC32C crc,
            final ByteBuffer chunk) throws IOException {
        long nonZeroEnd = from;
        long durableUpTo = -1;
        long groupOffset = -1;
        ByteBuffer whole = null;
        for (long at = from; at < header.segmentBytes(); at += chunk.capacity()) {
            final int bytes = (int) Math.min(chunk.capacity(), header.segmentBytes() - at);
            chunk.clear().limit(bytes);
            file.readFully(chunk, at);
            chunk.clear();
            for (int block = 0; block < bytes; block += Format.BLOCK_BYTES) {
                if (Format.firstNonZero(chunk, block, block + Format.BLOCK_BYTES) == block + Format.BLOCK_BYTES) {
                    continue;
                }
                final long offset = at + block;
                nonZeroEnd = offset + Format.BLOCK_BYTES;
                final int size = Group.bytes(chunk, block);
                if (offset == from || !Group.begins(chunk, block) || !Group.fits(size, offset, header.segmentBytes())) {
                    continue;
                }
                whole = whole == null ? Format.alignedBuffer(Format.MAX_GROUP_BYTES) : whole;
                whole.clear().limit(size);
                final int read = file.readFully(whole, offset);
                whole.clear();
                if (read == size && Group.fault(whole, 0, crc, idHigh, header.ordinal(), offset) == null
                        && Group.durableUpTo(whole, 0) > durableUpTo) {
                    durableUpTo = Group.durableUpTo(whole, 0);
                    groupOffset = offset;
                }
            }
        }
        return new Rest(nonZeroEnd, durableUpTo, groupOffset);
    }
}
