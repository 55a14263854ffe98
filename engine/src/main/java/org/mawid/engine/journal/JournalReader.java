package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.Invariant;

/**
 * Hands out the records of a journal in order, having checked every group against its checksum, its neighbours and its place.
 * Follows a journal that is being written, up to what is durable; or reads one that nobody writes, to its end. Nothing is
 * allocated per record or per group. One thread at a time. From {@link Journal#reader}.
 */
public final class JournalReader implements AutoCloseable {
    private static final int MAX_CHUNK_BYTES = 1 << 20;
    private static final int MAX_GENTLE_CHUNK_BYTES = GentleFile.MOST_BYTES;
    private static final int MIN_CHUNK_BYTES = 64 * 1024;

    private final Disk disk;
    private final Path folder;
    private final JournalId id;
    private final Skips skips;
    private final LongSupplier durable; // null: nobody writes, the end is where the groups end
    private final Runnable rest; // null: nobody waits beside it
    private final int maxChunkBytes;
    private final UnsafeBuffer view = new UnsafeBuffer();
    private final CRC32C crc = new CRC32C();

    private BlockBuffer memory;
    private ByteBuffer buffer;
    private DiskFile file;
    private Path path;
    private SegmentHeader header;
    private long bufferOffset; // of the buffer's first byte in the segment
    private int bufferBytes;
    private int chunkBytes;
    private int chainCrc;
    private long groupOffset; // where the last group read began
    private long offset; // where the next group is expected
    private int recordAt; // in the buffer, of the next record of the present group
    private int payloadEnd;
    private int recordsLeft;
    private long groupMs;
    private long nextPosition;
    private long lastMs;
    private long vouchedPosition;
    private long nextSkip;
    private String torn;
    private long garbageEnd;

    /**
     * Opens at the segment that holds a position, or where it will be.
     *
     * @param segmentPosition first position of the segment
     */
    JournalReader(
            final Disk disk, final Path folder, final JournalId id, final Skips skips, final LongSupplier durable,
            final long segmentPosition) throws IOException {
        this(disk, folder, id, skips, durable, segmentPosition, null);
    }

    /** @param rest called after each read, which is then that of a {@link GentleFile}; null = as fast as it goes */
    JournalReader(
            final Disk disk, final Path folder, final JournalId id, final Skips skips, final LongSupplier durable,
            final long segmentPosition, final Runnable rest) throws IOException {
        this.disk = disk;
        this.folder = folder;
        this.id = id;
        this.skips = skips;
        this.durable = durable;
        this.rest = rest;
        maxChunkBytes = rest == null ? MAX_CHUNK_BYTES : MAX_GENTLE_CHUNK_BYTES;
        chunkBytes = maxChunkBytes / 4;
        allocate(maxChunkBytes);
        openSegment(segmentPosition);
        nextPosition = header.firstPosition();
        vouchedPosition = nextPosition - 1;
        lastMs = header.beforeMs();
        nextSkip = skips.atOrAfter(nextPosition);
    }

    /** Position of the record that comes next. */
    public long nextPosition() {
        return nextPosition;
    }

    /** The caller's word in the segment being read. */
    public int schemaWord() {
        return header.schemaWord();
    }

    /**
     * Hands out the records from {@link #nextPosition()} to this position, or to the end: of what is durable if the journal is
     * being written, else of the journal.
     *
     * @return the last position handed out so far
     * @throws JournalDamagedException where the bytes are not what was written
     * @throws JournalFailedException when storage refuses
     */
    public long read(final long upToPosition, final RecordHandler handler) {
        Invariant.that(buffer != null, "a journal is read by a reader that is open", nextPosition);
        final long last = durable == null ? upToPosition : Math.min(upToPosition, durable.getAsLong());
        try {
            while (nextPosition <= last && (recordsLeft > 0 || nextGroup())) {
                handOut(last, handler);
            }
        } catch (IOException e) {
            throw new JournalFailedException("reading " + path + " at offset " + offset + " failed: " + e, e);
        }
        return nextPosition - 1;
    }

    /** What is wrong with the end of a journal that nobody writes, after it was read to its end; null if it ends cleanly. */
    public String tornTail() {
        return torn == null ? null : path + " has a torn tail from offset " + offset + " to " + garbageEnd + ", after position "
                + (nextPosition - 1) + ": " + torn;
    }

    @Override
    public void close() {
        if (buffer != null) {
            memory.close(); // each would wait for the collector, which has little to do here
            buffer = null;
        }
        try {
            file.close();
        } catch (IOException e) {
            throw new JournalFailedException("closing " + path + " failed: " + e, e);
        }
    }

    /** After the journal was read to its end. */
    Tail tail() {
        final boolean sealed = vouchedPosition >= nextPosition - 1;
        return new Tail(path, header, groupOffset, offset, chainCrc, nextPosition - 1, lastMs, sealed, torn, garbageEnd);
    }

    /** Reads the present group to its end, if it is not there yet. @return the end, as if the journal ended there */
    Tail endOfGroup() {
        handOut(Long.MAX_VALUE, (position, nowMs, flags, record, at, length) -> { });
        return new Tail(path, header, groupOffset, offset, chainCrc, nextPosition - 1, lastMs, false, null, offset);
    }

    /** Where the next group is expected in the present segment. */
    long offset() {
        return offset;
    }

    private void handOut(final long last, final RecordHandler handler) {
        long position = nextPosition;
        while (recordsLeft > 0 && position <= last) {
            final int at = recordAt;
            final int length = view.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            final int next = at + Format.align(Group.RECORD_HEADER_BYTES + length, Group.RECORD_ALIGNMENT);
            if (length == 0 || length > JournalWriter.MAX_RECORD_BYTES || next > payloadEnd) {
                throw malformed(at, "a record of " + length + " bytes does not lie in its group");
            }
            final long nowMs = groupMs + (view.getInt(at + 4, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL);
            if (nowMs < lastMs) {
                throw malformed(at, "log time goes back from " + lastMs + " to " + nowMs);
            }
            int flags = view.getShort(at + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFE;
            if (position == nextSkip) {
                flags |= RecordHandler.SKIPPED;
                nextSkip = skips.atOrAfter(position + 1);
            }
            recordAt = next;
            recordsLeft--;
            lastMs = nowMs;
            nextPosition = position + 1;
            handler.onRecord(position, nowMs, flags, view, at + Group.RECORD_HEADER_BYTES, length);
            position++;
        }
        if (recordsLeft == 0 && recordAt != payloadEnd) {
            throw malformed(recordAt, "its group is longer than its records");
        }
    }

    /** Moves to the next group, over seals and segments. @return false at the end */
    private boolean nextGroup() throws IOException {
        while (true) {
            final int at = load();
            if (at < 0) {
                if (!nextSegment()) {
                    return false;
                }
                continue;
            }
            final String chainFault = Group.chainFault(buffer, at, chainCrc, nextPosition, lastMs);
            if (chainFault != null) {
                throw new JournalDamagedException(path, offset, chainFault);
            }
            chainCrc = Group.crc(buffer, at);
            recordsLeft = Group.records(buffer, at);
            recordAt = at + Group.HEADER_BYTES;
            payloadEnd = recordAt + Group.payloadBytes(buffer, at);
            groupMs = Group.firstMs(buffer, at);
            vouchedPosition = Group.durableUpTo(buffer, at);
            groupOffset = offset;
            offset += Group.bytes(buffer, at);
            if (recordsLeft != 0) {
                return true;
            }
            if (payloadEnd != recordAt || Group.lastMs(buffer, at) != lastMs) {
                throw new JournalDamagedException(path, offset - Group.bytes(buffer, at), "a seal says something of its own");
            }
        }
    }

    /** Brings the group at {@code offset} into the buffer and checks it by itself. @return where it is, −1 if there is none */
    private int load() throws IOException {
        if (offset == header.segmentBytes()) {
            garbageEnd = offset;
            return -1;
        }
        final long at = offset - bufferOffset;
        if (at < bufferBytes && fault((int) at) == null) {
            return (int) at;
        }
        // Not there, or cut off at the buffer's end, or read before it was written.
        fill();
        final String fault = fault(0);
        return fault == null ? 0 : bad(fault);
    }

    /** Judges what is at {@code offset} and is no group. @return −1 if the journal or the segment may end here */
    private int bad(final String what) throws IOException {
        final boolean followed = isFollowed();
        if (!followed && isDurable(nextPosition)) {
            throw new JournalDamagedException(path, offset, what + ", where position " + nextPosition + " had been durable");
        }
        final Rest behind = Rest.of(file, header, offset, id.high(), crc, buffer);
        bufferBytes = 0; // it was read over
        garbageEnd = behind.nonZeroEnd();
        if (garbageEnd == offset) {
            return -1;
        }
        if (followed) {
            throw new JournalDamagedException(path, offset, what + ", in a segment that had been completed");
        }
        if (behind.groupOffset() >= 0) {
            throw new JournalDamagedException(path, offset, what + ", and the group at offset " + behind.groupOffset()
                    + " says that all before it had been durable, up to position " + behind.durableUpTo());
        }
        torn = what;
        return -1;
    }

    /** What keeps the buffer from holding at {@code at} the group that belongs at {@code offset}; or null. */
    private String fault(final int at) {
        if (at + Format.BLOCK_BYTES > bufferBytes) {
            return "the file ends";
        }
        if (!Group.begins(buffer, at)) {
            return "no group begins";
        }
        final int bytes = Group.bytes(buffer, at);
        if (!Group.fits(bytes, offset, header.segmentBytes())) {
            return "the group's size is impossible";
        }
        return at + bytes > bufferBytes ? "the file ends in the group" : Group.fault(buffer, at, crc, id.high(), header.ordinal(), offset);
    }

    /** Reads on from {@code offset}: more when the last reading was used up, less when it went beyond what was written. */
    private void fill() throws IOException {
        final boolean usedUp = offset - bufferOffset > bufferBytes / 2;
        chunkBytes = Math.max(MIN_CHUNK_BYTES, Math.min(maxChunkBytes, usedUp ? chunkBytes * 2 : chunkBytes / 2));
        readChunk(chunkBytes);
        if (bufferBytes >= Format.BLOCK_BYTES && Group.begins(buffer, 0)) {
            final int bytes = Group.bytes(buffer, 0);
            if (bytes > bufferBytes && Group.fits(bytes, offset, header.segmentBytes())) {
                if (bytes > buffer.capacity()) {
                    allocate(Format.MAX_GROUP_BYTES);
                }
                readChunk(bytes);
            }
        }
    }

    private void readChunk(final int bytes) throws IOException {
        buffer.clear().limit((int) Math.min(bytes, header.segmentBytes() - offset));
        bufferBytes = file.readFully(buffer, offset);
        buffer.clear();
        bufferOffset = offset;
    }

    private void allocate(final int bytes) {
        if (memory != null) {
            memory.close();
        }
        memory = new BlockBuffer(bytes);
        buffer = memory.bytes();
        view.wrap(buffer);
    }

    private boolean isDurable(final long position) {
        return durable != null && position <= durable.getAsLong();
    }

    /** Whether the folder holds a segment after this one. */
    private boolean isFollowed() throws IOException {
        final long[] segments = Format.segmentPositions(disk.list(folder));
        return segments.length > 0 && segments[segments.length - 1] > header.firstPosition();
    }

    private boolean nextSegment() throws IOException {
        if (torn != null || nextPosition == header.firstPosition() || !isFollowed()) {
            if (isDurable(nextPosition)) {
                throw new JournalDamagedException(path, offset, "it ends before position " + nextPosition + ", which had been durable");
            }
            return false;
        }
        final Path name = Format.segmentPath(folder, nextPosition);
        if (!disk.list(folder).contains(name.getFileName().toString())) {
            throw new JournalDamagedException(path, offset, "it ends before position " + nextPosition + " and " + name.getFileName()
                    + ", which would continue it, is missing, while later segments are there");
        }
        final SegmentHeader before = header;
        final int lastCrc = chainCrc;
        file.close();
        openSegment(nextPosition);
        if (header.ordinal() != before.ordinal() + 1 || header.chainCrc() != lastCrc || header.beforeMs() != lastMs) {
            throw new JournalDamagedException(path, 0, "it does not continue " + Format.segmentName(before.firstPosition()));
        }
        vouchedPosition = nextPosition - 1;
        return true;
    }

    private void openSegment(final long firstPosition) throws IOException {
        path = Format.segmentPath(folder, firstPosition);
        file = rest == null ? disk.open(path, Disk.Access.READ) : new GentleFile(disk, path, rest);
        try {
            header = Segments.header(path, file, id, firstPosition, buffer);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        chainCrc = SegmentHeader.crc(buffer);
        bufferBytes = 0;
        bufferOffset = 0; // the first reading counts as following on
        groupOffset = Format.BLOCK_BYTES;
        offset = Format.BLOCK_BYTES;
    }

    private JournalDamagedException malformed(final int at, final String what) {
        return new JournalDamagedException(path, bufferOffset + at, what);
    }
}
