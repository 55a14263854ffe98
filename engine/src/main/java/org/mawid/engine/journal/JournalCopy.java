package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole segments to another folder: moved to an archive, or copied as a journal of their own. */
final class JournalCopy {
    private static final Logger LOG = LoggerFactory.getLogger(JournalCopy.class);
    private static final int CHUNK_BYTES = 1 << 20;

    private final Disk disk;
    private final Path folder;
    private final JournalId id;
    private final ByteBuffer chunk = Format.alignedBuffer(CHUNK_BYTES);
    private final ByteBuffer other = Format.alignedBuffer(CHUNK_BYTES);

    JournalCopy(final Disk disk, final Path folder, final JournalId id) {
        this.disk = disk;
        this.folder = folder;
        this.id = id;
    }

    List<Path> move(final long position, final Path target) throws IOException {
        refuseSameFolder(target);
        disk.createFolders(target);
        final long[] segments = Format.segmentPositions(disk.list(folder));
        final List<Path> moved = new ArrayList<>();
        for (int i = 0; i < segments.length - 1 && segments[i + 1] <= position; i++) {
            final Path from = Format.segmentPath(folder, segments[i]);
            final Path to = Format.segmentPath(target, segments[i]);
            final long bytes = verified(segments[i], segments[i + 1]);
            if (disk.list(target).contains(to.getFileName().toString())) {
                // Copied before, and then something came between. Taken for the archive only if it is the same.
                compare(from, to, bytes);
            } else {
                copyFile(from, bytes, bytes, to);
            }
            remove(from);
            disk.syncFolder(folder);
            LOG.info("{} is archived as {}", from, to);
            moved.add(to);
        }
        return moved;
    }

    long copy(final long lastPosition, final Path target, final Identity identity, final Skips skips, final LongSupplier durable)
            throws IOException {
        refuseSameFolder(target);
        disk.createFolders(target);
        if (!disk.list(target).isEmpty()) {
            throw new JournalRefusedException(target + " is not empty; a copy needs an empty folder");
        }
        final long[] segments = Format.segmentPositions(disk.list(folder));
        // What is to be the last position + 1 may be the first one of a segment: that one need not be copied.
        final long last = Segments.holding(segments, Math.max(lastPosition, segments[0]));
        for (final long segment : segments) {
            if (segment < last) {
                final Path from = Format.segmentPath(folder, segment);
                final long bytes = size(from);
                copyFile(from, bytes, bytes, Format.segmentPath(target, segment));
            }
        }
        final long copied = copyLast(last, lastPosition, target, skips, durable);
        if (skips.positions().length > 0) {
            skips.write(disk, target, id);
        }
        check(segments[0], copied, target, skips);
        identity.write(disk, target);
        LOG.info("journal {} is copied to {} up to position {}", id, target, copied);
        return copied;
    }

    /** Copies the groups up to the one that holds a position, ends them with a seal, and leaves the rest zero. */
    private long copyLast(
            final long segment, final long lastPosition, final Path target, final Skips skips, final LongSupplier durable)
            throws IOException {
        final Path from = Format.segmentPath(folder, segment);
        try (JournalReader reader = new JournalReader(disk, folder, id, skips, durable, segment)) {
            reader.read(lastPosition, (position, nowMs, flags, buffer, offset, length) -> { });
            final Tail end = reader.endOfGroup();
            final ByteBuffer seal = Format.alignedBuffer(Format.BLOCK_BYTES);
            Group.seal(seal, new CRC32C(), 0, 0, end.lastPosition() + 1, end.lastPosition(), end.lastMs(), end.lastMs(),
                    id.high(), end.header().ordinal(), end.offset(), end.chainCrc());
            final Path to = Format.segmentPath(target, segment);
            copyFile(from, end.offset(), end.header().segmentBytes(), to, seal);
            return end.lastPosition();
        }
    }

    private void check(final long firstPosition, final long lastPosition, final Path target, final Skips skips) throws IOException {
        try (JournalReader reader = new JournalReader(disk, target, id, skips, null, firstPosition)) {
            final long last = reader.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, offset, length) -> { });
            if (last != lastPosition || reader.tornTail() != null) {
                throw new IOException("the copy in " + target + " ends at position " + last + " instead of " + lastPosition);
            }
        }
    }

    /** Reads every group of a completed segment. @return its size */
    private long verified(final long segment, final long following) throws IOException {
        final Skips none = Skips.none();
        try (JournalReader reader = new JournalReader(disk, folder, id, none, null, segment)) {
            final long last = reader.read(following - 1, (position, nowMs, flags, buffer, offset, length) -> { });
            if (last != following - 1) {
                throw new JournalDamagedException(
                        Format.segmentPath(folder, segment), reader.offset(), "it ends at position " + last + ", before the next segment");
            }
        }
        return size(Format.segmentPath(folder, segment));
    }

    private void copyFile(final Path from, final long bytes, final long fullBytes, final Path to) throws IOException {
        copyFile(from, bytes, fullBytes, to, null);
    }

    /** Copies so many bytes, then a block, then zeros up to the full size; compares; gives it its name, durably. */
    private void copyFile(final Path from, final long bytes, final long fullBytes, final Path to, final ByteBuffer block)
            throws IOException {
        final Path temporary = to.resolveSibling(to.getFileName() + Format.TEMPORARY);
        if (disk.list(to.getParent()).contains(temporary.getFileName().toString())) {
            disk.delete(temporary); // left by a process that died
        }
        try (DiskFile in = disk.open(from, Disk.Access.READ); DiskFile out = disk.open(temporary, Disk.Access.CREATE)) {
            for (long at = 0; at < bytes; at += CHUNK_BYTES) {
                read(in, chunk, at, Math.min(CHUNK_BYTES, bytes - at), from);
                out.writeFully(chunk, at);
            }
            long end = bytes;
            if (block != null) {
                out.writeFully(block.clear(), end);
                end += block.capacity();
            }
            final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
            for (long at = end; at < fullBytes; at += CHUNK_BYTES) {
                zeros.clear().limit((int) Math.min(CHUNK_BYTES, fullBytes - at));
                out.writeFully(zeros, at);
            }
            out.sync();
        }
        compare(from, temporary, bytes);
        disk.rename(temporary, to);
        disk.syncFolder(to.getParent());
    }

    private void compare(final Path one, final Path two, final long bytes) throws IOException {
        try (DiskFile first = disk.open(one, Disk.Access.READ); DiskFile second = disk.open(two, Disk.Access.READ)) {
            for (long at = 0; at < bytes; at += CHUNK_BYTES) {
                final long length = Math.min(CHUNK_BYTES, bytes - at);
                read(first, chunk, at, length, one);
                read(second, other, at, length, two);
                final int difference = chunk.mismatch(other);
                if (difference >= 0) {
                    throw new IOException(two + " differs from " + one + " at offset " + (at + difference) + "; nothing was removed");
                }
            }
        }
    }

    private static void read(final DiskFile in, final ByteBuffer into, final long at, final long length, final Path path)
            throws IOException {
        into.clear().limit((int) length);
        if (in.readFully(into, at) != length) {
            throw new IOException(path + " ends before offset " + (at + length));
        }
        into.flip();
    }

    /** Under a name that is taken for a leftover as soon as it is no whole segment any more. */
    private void remove(final Path segment) throws IOException {
        if (disk instanceof GentleDisk gentle) {
            gentle.remove(segment, folder.resolve(Format.leavingName(segment.getFileName().toString())));
        } else {
            disk.delete(segment);
        }
    }

    private long size(final Path path) throws IOException {
        try (DiskFile file = disk.open(path, Disk.Access.READ)) {
            return file.size();
        }
    }

    private void refuseSameFolder(final Path target) {
        if (target.toAbsolutePath().normalize().equals(folder.toAbsolutePath().normalize())) {
            throw new JournalRefusedException(target + " is the journal's own folder");
        }
    }
}
