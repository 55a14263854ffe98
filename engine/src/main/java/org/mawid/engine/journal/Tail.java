package org.mawid.engine.journal;

import java.nio.file.Path;

/**
 * Where a journal ends.
 *
 * @param file the last segment
 * @param header of it
 * @param lastGroup offset of the segment's last group, {@code offset} if it has none
 * @param offset where the next group goes
 * @param chainCrc with which the next group is chained
 * @param lastPosition of the last record, 0 if there is none
 * @param lastMs its log time, 0 if there is none
 * @param sealed whether something after the last record vouches for it
 * @param torn what is wrong with the bytes at {@code offset}, null when the journal ends cleanly
 * @param garbageEnd behind the last byte that is to be zeroed; {@code offset} when the journal ends cleanly
 */
record Tail(
        Path file, SegmentHeader header, long lastGroup, long offset, int chainCrc,
        long lastPosition, long lastMs, boolean sealed, String torn, long garbageEnd) {
}
