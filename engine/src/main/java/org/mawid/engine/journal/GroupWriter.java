package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Invariant;

/** The writer of one open journal: fills a group, writes it at the tail, begins segments. */
final class GroupWriter implements JournalWriter {
    /** A group with records leaves this much of its segment for a seal. */
    private static final int SEAL_BYTES = Format.BLOCK_BYTES;

    private final JournalConfig config;
    private final JournalId id;
    private final SegmentSupply supply;
    private final GroupBuffer group;
    private final ByteBuffer headerBlock = Format.alignedBuffer(Format.BLOCK_BYTES);

    private DiskFile file;
    private Path path;
    private SegmentHeader header;
    private long offset;
    private int chainCrc;
    private boolean sealed;
    private boolean endSegment; // the schema word changed
    private SegmentSupply.Spare next; // taken for the group under construction

    private long lastMs; // of the last record appended
    private long durableMs;
    private long lastPosition; // of the last record appended
    private volatile long durablePosition;
    private JournalFailedException failure;

    GroupWriter(final JournalConfig config, final JournalId id, final Tail tail, final DiskFile file, final SegmentSupply supply) {
        this.config = config;
        this.id = id;
        this.supply = supply;
        this.file = file;
        group = new GroupBuffer(config.groupBytes());
        path = tail.file();
        header = tail.header();
        offset = tail.offset();
        chainCrc = tail.chainCrc();
        sealed = tail.sealed();
        endSegment = header.schemaWord() != config.schemaWord();
        lastPosition = tail.lastPosition();
        durablePosition = lastPosition;
        lastMs = tail.lastMs();
        durableMs = lastMs;
    }

    @Override
    public boolean hasRoom() {
        throwIfFailed();
        final boolean inNext = next != null;
        final long from = inNext ? Format.BLOCK_BYTES : offset;
        final long bytes = inNext ? config.segmentBytes() : header.segmentBytes();
        final long after = group.isEmpty() ? from : from + group.paddedBytes();
        if (bytes - after >= Format.BLOCK_BYTES + SEAL_BYTES && (inNext || !endSegment)) {
            return true;
        }
        return supply.await();
    }

    @Override
    public boolean append(
            final long position, final long nowMs, final int flags, final DirectBuffer buffer, final int offset, final int length) {
        throwIfFailed();
        Invariant.that(position == lastPosition + 1, "positions follow one another", position, lastPosition);
        Invariant.that(nowMs >= lastMs, "log time does not go back", nowMs, lastMs);
        Invariant.that((flags & ~0xFFFE) == 0, "flags are bits 1 to 15", flags);
        Invariant.that(length >= 1 && length <= MAX_RECORD_BYTES, "a record has 1 to 1024 bytes", length);
        if (group.isEmpty()) {
            group.begin(roomForGroup());
        }
        if (!group.add(nowMs, flags, buffer, offset, length)) {
            return false;
        }
        lastPosition = position;
        lastMs = nowMs;
        return true;
    }

    @Override
    public long flush() {
        throwIfFailed();
        if (!group.isEmpty()) {
            write();
        }
        return durablePosition;
    }

    @Override
    public long seal() {
        flush();
        if (!sealed) {
            group.begin(0);
            write();
        }
        return durablePosition;
    }

    @Override
    public long durablePosition() {
        return durablePosition;
    }

    @Override
    public int pendingBytes() {
        return group.isEmpty() ? 0 : group.payloadBytes();
    }

    /** Log time of the last durable record; 0 if there is none. Writing thread. */
    long durableMs() {
        return durableMs;
    }

    /** Seals unless the writer has failed, and lets go of the files. */
    void close() throws IOException {
        try {
            if (failure == null) {
                seal();
            }
        } finally {
            if (next != null) {
                SegmentSupply.discard(config.disk(), next);
                next = null;
            }
            file.close();
        }
    }

    private int roomForGroup() {
        long room = header.segmentBytes() - offset - SEAL_BYTES;
        if (next == null && (room < Format.BLOCK_BYTES || endSegment)) {
            next = supply.take();
            Invariant.that(next != null, "room was asked for before appending", lastPosition + 1);
        }
        if (next != null) {
            room = config.segmentBytes() - Format.BLOCK_BYTES - SEAL_BYTES;
        }
        return (int) Math.min(group.capacity(), room);
    }

    private void write() {
        try {
            if (next != null) {
                beginSegment();
            }
            final int records = group.records();
            final int crc = group.seal(
                    durablePosition + 1, durablePosition, durableMs, id.high(), header.ordinal(), offset, chainCrc);
            final ByteBuffer bytes = group.padded();
            file.writeFully(bytes, offset);
            file.sync();
            offset += bytes.limit();
            chainCrc = crc;
            sealed = records == 0;
            durableMs = lastMs;
            group.begin(0);
            durablePosition = lastPosition;
        } catch (IOException e) {
            throw fail(e);
        } catch (RuntimeException | Error e) {
            fail(e); // whatever it was, what is on the disk is not known
            throw e;
        }
    }

    /** The new segment's name is what says that all before it is durable: header, then name, then groups. */
    private void beginSegment() throws IOException {
        // A segment without a record has the name that the new one gets. It is replaced, ordinal and all.
        final boolean replaces = header.firstPosition() == durablePosition + 1;
        final SegmentHeader following = new SegmentHeader(
                id, header.simulation(), config.schemaWord(), replaces ? header.chainCrc() : chainCrc,
                replaces ? header.ordinal() : header.ordinal() + 1, durablePosition + 1, config.segmentBytes(), durableMs);
        final int crc = following.encode(headerBlock);
        headerBlock.clear();
        next.blocks().writeFully(headerBlock, 0);
        next.blocks().sync();
        final Path name = Format.segmentPath(config.folder(), following.firstPosition());
        config.disk().rename(next.file(), name);
        config.disk().syncFolder(config.folder());
        final DiskFile done = file;
        file = next.blocks();
        path = name;
        next = null;
        header = following;
        chainCrc = crc;
        offset = Format.BLOCK_BYTES;
        endSegment = false;
        done.close();
    }

    private JournalFailedException fail(final Throwable cause) {
        failure = new JournalFailedException(
                "the journal failed at " + path + " offset " + offset + " after position " + durablePosition + ": " + cause, cause);
        return failure;
    }

    private void throwIfFailed() {
        if (failure != null) {
            throw failure;
        }
    }
}
