package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** The segments of a folder, by their headers. */
final class Segments {
    private Segments() {
    }

    /** Reads and judges the header of one segment into the buffer, which keeps it. */
    static SegmentHeader header(
            final Path path, final DiskFile file, final JournalId id, final long firstPosition, final ByteBuffer buffer)
            throws IOException {
        buffer.clear().limit(Format.BLOCK_BYTES);
        final int read = file.readFully(buffer, 0);
        buffer.clear();
        final String fault = read < Format.BLOCK_BYTES ? "it is shorter than a segment's header" : SegmentHeader.fault(buffer);
        if (fault != null) {
            throw new JournalDamagedException(path, 0, fault);
        }
        final int format = SegmentHeader.format(buffer);
        if (format > Format.VERSION) {
            throw new JournalRefusedException(path + " was written by a newer program, format " + format + "; this one knows " + Format.VERSION + ": start that one");
        }
        final SegmentHeader header = SegmentHeader.decode(buffer);
        if (!header.id().equals(id)) {
            throw new JournalDamagedException(path, 0, "it belongs to journal " + header.id() + ", this one is " + id);
        }
        if (header.firstPosition() != firstPosition) {
            throw new JournalDamagedException(path, 0, "it begins at position " + header.firstPosition() + ", unlike its name");
        }
        final long bytes = file.size();
        if (bytes != header.segmentBytes()) {
            throw new JournalDamagedException(
                    path, Math.min(bytes, header.segmentBytes()), "it has " + bytes + " bytes and should have " + header.segmentBytes());
        }
        return header;
    }

    /** First positions, ascending; each segment's header judged, also by its user, and that none between is missing. */
    static long[] check(final Disk disk, final Path folder, final Identity identity, final IntFunction<String> wordFault) throws IOException {
        final long[] positions = Format.segmentPositions(disk.list(folder));
        if (positions.length == 0) {
            throw new JournalDamagedException(
                    folder.resolve(Format.segmentName(1)), 0, "the folder has a " + Identity.FILE + " and no segment");
        }
        final ByteBuffer block = Format.alignedBuffer(Format.BLOCK_BYTES);
        long ordinal = 0;
        for (final long position : positions) {
            final Path path = Format.segmentPath(folder, position);
            try (DiskFile file = disk.open(path, Disk.Access.READ)) {
                final SegmentHeader header = header(path, file, identity.id(), position, block);
                final String fault = wordFault.apply(header.schemaWord());
                if (fault != null) {
                    throw new JournalRefusedException(path + " " + fault);
                }
                if (header.simulation() != identity.simulation()) {
                    throw new JournalDamagedException(path, 0, "its simulation mark is not that of " + Identity.FILE);
                }
                if (ordinal != 0 && header.ordinal() != ordinal + 1) {
                    throw new JournalDamagedException(
                            path, 0, "it is segment " + header.ordinal() + " and segment " + (ordinal + 1) + " is missing");
                }
                ordinal = header.ordinal();
            }
        }
        return positions;
    }

    /** Of ascending first positions, that of the segment which holds this position or would. @return −1 if it begins earlier */
    static long holding(final long[] segments, final long position) {
        long found = -1;
        for (final long first : segments) {
            if (first <= position) {
                found = first;
            }
        }
        return found;
    }
}
