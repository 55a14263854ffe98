package org.mawid.engine.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.journal.JournalId;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * What one archive file holds, read from front to end.
 *
 * @param id           of the journal that was retired into it; null if it has no header
 * @param ordinal      as its header says; 0 if it has none
 * @param validBytes   up to there everything is as it was written
 * @param lastBlock    where the last valid block begins; {@code validBytes} if there is none
 * @param lastCrc      CRC of the last valid block, of the header if there is none
 * @param applications applications in valid blocks
 * @param damaged      whether what is wrong there had been durable once; if not, a write ended there with its process
 * @param fault        what is wrong behind {@code validBytes}, null if the file ends there
 */
record ArchiveFile(Path path, JournalId id, long ordinal, long bytesBefore, int crcBefore, long validBytes, long lastBlock, int lastCrc, long applications,
                   boolean damaged, String fault) {
    /** What to do about a file that is not what was written: one line, without who says it. */
    private static final String REMEDY = "; take the file out of a back-up that was made after it was written (mawid restore --from BACKUP --data NEW,"
            + " NEW/archive), put it in the place of this one, and look again with mawid inspect";

    /** @param records given each record of each valid block @throws NewerProgramException when this program does not know what is in it */
    static ArchiveFile read(final Disk disk, final Path path, final RecordConsumer records) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(Layout.BLOCK_HEADER_BYTES + Layout.MAX_PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        try (DiskFile file = disk.open(path, Disk.Access.READ)) {
            final String headerFault = headerFault(path, file, bytes);
            if (headerFault != null) {
                return new ArchiveFile(path, null, 0, 0, 0, 0, 0, 0, 0, false, headerFault);
            }
            final Header header = Header.decode(bytes);
            int lastCrc = Header.crc(bytes);
            long at = Header.BYTES;
            long lastBlock = at;
            long applications = 0;
            String fault = null;
            boolean damaged = false;
            while (at < file.size()) {
                fault = blockFault(file, bytes, at, lastCrc);
                if (fault != null) {
                    final long whole = WholeBlock.find(file, at, bytes);
                    damaged = whole >= 0;
                    fault += whole > at ? ", and the block at offset " + whole + " behind it is whole: all before that had been durable" : "";
                    break;
                }
                final int payload = bytes.getInt(Layout.BLOCK_PAYLOAD_BYTES);
                handOut(buffer, payload, records);
                lastCrc = bytes.getInt(Layout.BLOCK_CRC);
                applications += bytes.getInt(Layout.BLOCK_APPLICATIONS);
                lastBlock = at;
                at += Layout.BLOCK_HEADER_BYTES + payload;
            }
            return new ArchiveFile(path, header.id(), header.ordinal(), header.bytesBefore(), header.crcBefore(), at, lastBlock, lastCrc, applications, damaged,
                    fault);
        }
    }

    /** @return null when the header is whole, and in {@code bytes} @throws NewerProgramException when this program does not know what is behind it */
    static String headerFault(final Path path, final DiskFile file, final ByteBuffer bytes) throws IOException {
        final String fault = WholeBlock.read(file, bytes, 0, 0, Header.BYTES) < Header.BYTES ? "it is shorter than its header" : Header.fault(bytes);
        if (fault == null) {
            Header.refuseNewer(path, bytes);
        }
        return fault;
    }

    /** What keeps anything from being appended behind this file, in one line that says what to do; null = nothing does. */
    String refusal(final long expected, final JournalId journal) {
        final String misplaced = misplaced(expected, journal);
        if (misplaced == null && !damaged) {
            return null;
        }
        return path + " is damaged at offset " + (misplaced == null ? validBytes : 0) + ": " + (misplaced == null ? fault : misplaced) + REMEDY;
    }

    /** Why it cannot be the file of that number in that journal's archive, null = it is. @param journal null = any */
    String misplaced(final long expected, final JournalId journal) {
        if (ordinal == expected) {
            return journal == null || journal.equals(id) ? null : "it is of journal " + id + ", not of " + journal;
        }
        return fault == null ? "it is not the file of its name" : fault;
    }

    private static String blockFault(final DiskFile file, final ByteBuffer bytes, final long at, final int crcBefore) throws IOException {
        final String fault = WholeBlock.fault(file, bytes, at);
        return fault == null && bytes.getInt(Layout.BLOCK_CRC_BEFORE) != crcBefore ? "the block here does not follow the one before" : fault;
    }

    private static void handOut(final UnsafeBuffer buffer, final int payload, final RecordConsumer records) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final int end = Layout.BLOCK_HEADER_BYTES + payload;
        int at = Layout.BLOCK_HEADER_BYTES;
        while (at < end) {
            final int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            records.onRecord(header.wrap(buffer, at + Layout.FRAME_BYTES).templateId(), buffer, at + Layout.FRAME_BYTES, length);
            at += BitUtil.align(Layout.FRAME_BYTES + length, Layout.FRAME_ALIGNMENT);
        }
    }
}
