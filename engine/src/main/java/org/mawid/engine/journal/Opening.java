package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a folder, already locked, to a journal that can be used. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final long FIRST_POSITION = 1;
    private static final int ZEROS_BYTES = 1 << 20;

    /** What was found; {@code file} is null when nobody is going to write. */
    interface Found {
        Journal journal(Identity identity, Tail tail, Skips skips, DiskFile file);
    }

    private Opening() {
    }

    /** Before it is locked: a folder that is only looked at is not made. */
    static void refuseWithoutJournal(final JournalConfig config) throws IOException {
        if (!config.disk().list(config.folder()).contains(Identity.FILE)) {
            throw new JournalRefusedException("there is no journal in " + config.folder());
        }
    }

    static Journal forReading(final JournalConfig config, final Found found) throws IOException {
        final Identity identity = Identity.read(config.disk(), config.folder());
        final Skips skips = Skips.read(config.disk(), config.folder(), identity.id());
        return found.journal(identity, tail(config, identity, skips), skips, null);
    }

    static Journal forWriting(final JournalConfig config, final Found found) throws IOException {
        final Disk disk = config.disk();
        final Path folder = config.folder();
        if (!disk.list(folder).contains(Identity.FILE)) {
            create(config);
        }
        final Identity identity = Identity.read(disk, folder);
        if (identity.simulation() != config.simulation()) {
            throw new JournalRefusedException(identity.simulation()
                    ? folder + " is a simulation and can never be served live; give an empty folder"
                    : folder + " is a live journal; a simulation needs an empty folder");
        }
        removeLeftovers(disk, folder);
        final Skips skips = Skips.read(disk, folder, identity.id());
        final Tail tail = tail(config, identity, skips);
        if (tail.torn() != null) {
            LOG.warn("{}; nothing of it was acknowledged: cut", Journal.describeTorn(tail));
        }
        makeDurable(disk, folder, tail);
        final DiskFile file = disk.open(tail.file(), Disk.Access.WRITE_BLOCKS);
        try {
            return found.journal(identity, tail, skips, file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Tail tail(final JournalConfig config, final Identity identity, final Skips skips) throws IOException {
        final long[] segments = Segments.check(config.disk(), config.folder(), identity, config.wordFault());
        try (JournalReader reader = new JournalReader(
                config.disk(), config.folder(), identity.id(), skips, null, segments[segments.length - 1])) {
            reader.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, offset, length) -> { });
            return reader.tail();
        }
    }

    /** The segment first, {@code mawid.id} last: a folder without the latter was never handed to anybody. */
    private static void create(final JournalConfig config) throws IOException {
        final Disk disk = config.disk();
        final Path folder = config.folder();
        refuseUnlessUnused(disk, folder);
        removeLeftovers(disk, folder);
        final Identity identity = new Identity(config.newId(), config.simulation());
        final SegmentHeader header = new SegmentHeader(
                identity.id(), identity.simulation(), config.schemaWord(), 0, 1, FIRST_POSITION, config.segmentBytes(), 0);
        final ByteBuffer block = Format.alignedBuffer(Format.BLOCK_BYTES);
        header.encode(block);
        final SegmentSupply.Spare spare = SegmentSupply.make(disk, folder.resolve(Format.spareName(0)), config.segmentBytes());
        try (DiskFile blocks = spare.blocks()) {
            blocks.writeFully(block.clear(), 0);
            blocks.sync();
        }
        disk.rename(spare.file(), Format.segmentPath(folder, FIRST_POSITION));
        disk.syncFolder(folder);
        identity.write(disk, folder);
        LOG.info("journal {} created in {}{}", identity.id(), folder, identity.simulation() ? ", a simulation" : "");
    }

    private static void refuseUnlessUnused(final Disk disk, final Path folder) throws IOException {
        final long[] segments = Format.segmentPositions(disk.list(folder));
        if (segments.length == 0) {
            return;
        }
        final Path path = Format.segmentPath(folder, segments[0]);
        if (segments.length > 1 || segments[0] != FIRST_POSITION || holdsGroups(disk, path)) {
            throw new JournalDamagedException(folder.resolve(Identity.FILE), 0, "it is missing, and there are segments with records");
        }
        disk.delete(path); // left by a process that died while it created the journal
        disk.syncFolder(folder);
    }

    private static boolean holdsGroups(final Disk disk, final Path path) throws IOException {
        final ByteBuffer chunk = Format.alignedBuffer(ZEROS_BYTES);
        try (DiskFile file = disk.open(path, Disk.Access.READ)) {
            for (long at = Format.BLOCK_BYTES; at < file.size(); at += ZEROS_BYTES) {
                chunk.clear();
                final int bytes = file.readFully(chunk, at) & -Long.BYTES;
                chunk.clear();
                if (Format.firstNonZero(chunk, 0, bytes) != bytes) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void removeLeftovers(final Disk disk, final Path folder) throws IOException {
        for (final String name : disk.list(folder)) {
            if (Format.isLeftover(name)) {
                disk.delete(folder.resolve(name));
            }
        }
    }

    /**
     * Zeroes a torn tail, and makes durable what a process that died before its sync had left to chance: of the last group nobody says
     * that it had been durable. It is written again, the same bytes, because after a sync that failed the kernel may show them from
     * memory, call them clean, and never write them however often it is asked to sync.
     */
    private static void makeDurable(final Disk disk, final Path folder, final Tail tail) throws IOException {
        final ByteBuffer lastGroup = Format.alignedBuffer((int) (tail.offset() - tail.lastGroup()));
        try (DiskFile file = disk.open(tail.file(), Disk.Access.READ)) {
            if (file.readFully(lastGroup, tail.lastGroup()) != lastGroup.capacity()) {
                throw new IOException(tail.file() + " ends before offset " + tail.offset());
            }
        }
        try (DiskFile file = disk.open(tail.file(), Disk.Access.REPAIR)) {
            file.writeFully(lastGroup.flip(), tail.lastGroup());
            final ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_BYTES, tail.garbageEnd() - tail.offset()));
            for (long at = tail.offset(); at < tail.garbageEnd(); at += zeros.capacity()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), tail.garbageEnd() - at));
                file.writeFully(zeros, at);
            }
            file.sync();
        }
        disk.syncFolder(folder);
    }
}
