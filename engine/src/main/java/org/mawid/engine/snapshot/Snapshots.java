package org.mawid.engine.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.GentleDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.kernel.StateHash;
import org.mawid.sbe.MessageHeaderEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of one data directory. A snapshot exists only under its final name, complete and synced; the newest two are kept.
 * <p>Thread: any; one saves at a time, and while a snapshot is being copied none is removed.
 */
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final int KEPT = 2;
    private static final List<String> SAID_OF_NO_ROOM = List.of("No space left on device", "Disk quota exceeded");

    private final Disk disk;
    private final Path folder;
    private volatile SnapshotHeader newest;
    private volatile String leftBehind;

    /** What is done with a snapshot's file. */
    @FunctionalInterface
    public interface FileUse {
        void on(Path file) throws IOException;
    }

    private Snapshots(final Disk disk, final Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /** To write and to read: makes the folder if it is missing and removes what a process that died was writing. */
    public static Snapshots open(final Disk disk, final Path folder) throws IOException {
        disk.createFolders(folder);
        for (final String name : disk.list(folder)) {
            if (name.endsWith(Names.TEMPORARY)) {
                disk.delete(folder.resolve(name));
            }
        }
        return new Snapshots(disk, folder);
    }

    /** To read: changes nothing. */
    public static Snapshots existing(final Disk disk, final Path folder) {
        return new Snapshots(disk, folder);
    }

    /** Newest first. */
    public long[] positions() throws IOException {
        return Names.positions(disk.list(folder));
    }

    /** Where the snapshot of a position is, if there is one. */
    public Path file(final long position) {
        return folder.resolve(Names.file(position));
    }

    /** Header of the newest snapshot that was loaded or saved here; null if there is none. */
    public SnapshotHeader newest() {
        return newest;
    }

    /** Null when its header is damaged. */
    public SnapshotHeader headerOf(final long position) throws IOException {
        try (SnapshotReader reader = new SnapshotReader(disk, file(position), Pace.full())) {
            return reader.header();
        } catch (final SnapshotDamagedException e) {
            return null;
        }
    }

    /**
     * Loads one into a core that has applied nothing.
     *
     * @param id the journal that it must belong to, null = any
     * @throws SnapshotDamagedException when a byte is not what was written, or the state does not have the hash that was published with
     *     it; the core is then of no use
     * @throws NewerProgramException when it is of a program that knows more than this one; the core is then of no use
     */
    public SnapshotHeader load(final long position, final EngineCore core, final JournalId id, final Pace pace) throws IOException {
        try (SnapshotReader reader = new SnapshotReader(disk, file(position), pace)) {
            final SnapshotHeader header = expectHeader(reader, position, id);
            try {
                core.load(reader);
            } catch (final UncheckedIOException e) {
                throw e.getCause();
            }
            reader.expectEnd();
            if (core.coreVersion() > core.newestCoreVersion()) {
                throw new NewerProgramException(reader.path().toString(), "core version", core.coreVersion(), core.newestCoreVersion());
            }
            final long hash = hashOf(core, pace, new long[1]);
            if (core.position() != position || core.nowMs() != header.nowMs() || hash != header.stateHash()) {
                throw reader.damaged("the state in it has hash " + HexFormat.of().toHexDigits(hash) + " at position " + core.position()
                        + ", not the published " + HexFormat.of().toHexDigits(header.stateHash()) + " at " + position);
            }
            if (newest == null || newest.position() <= position) {
                newest = header;
            }
            return header;
        }
    }

    /**
     * Reads the newest two from front to end, as {@link #load} would, but without a core: header, every chunk and the end of each. None is
     * removed meanwhile.
     *
     * @param id the journal that they must belong to
     * @return positions of all snapshots, newest first
     * @throws SnapshotDamagedException when a byte of the two is not what was written
     */
    public synchronized long[] checkNewest(final JournalId id, final Pace pace) throws IOException {
        final long[] positions = positions();
        for (int i = 0; i < Math.min(KEPT, positions.length); i++) {
            check(disk, positions[i], id, pace);
        }
        return positions;
    }

    private void check(final Disk storage, final long position, final JournalId id, final Pace pace) throws IOException {
        try (SnapshotReader reader = new SnapshotReader(storage, file(position), pace)) {
            expectHeader(reader, position, id);
            boolean more = true;
            while (more) {
                more = reader.next();
            }
            reader.expectEnd();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static SnapshotHeader expectHeader(final SnapshotReader reader, final long position, final JournalId id) {
        final SnapshotHeader header = reader.header();
        if (header.position() != position) {
            throw reader.damaged("it is of position " + header.position() + ", not of that in its name");
        }
        if (id != null && (header.journalIdHigh() != id.high() || header.journalIdLow() != id.low())) {
            throw reader.damaged("it belongs to another journal");
        }
        return header;
    }

    /**
     * Writes the core's state, then removes all but the newest two; what cannot be removed takes nothing from it, see {@link #leftBehind}.
     *
     * @param givenUp asked now and then; once true, nothing is kept of what was written
     * @return what was written, or null when given up
     * @throws NoRoomException when there is no room for it
     */
    public SnapshotHeader save(
            final EngineCore core, final JournalId id, final boolean simulation, final Pace pace, final BooleanSupplier givenUp)
            throws IOException {
        final long[] stateBytes = {SnapshotHeader.BYTES};
        final SnapshotHeader header = new SnapshotHeader(
                id.high(), id.low(), simulation, core.position(), core.nowMs(), hashOf(core, pace, stateBytes), MessageHeaderEncoder.SCHEMA_VERSION);
        final long startNanos = System.nanoTime();
        final long bytes;
        try (SnapshotWriter writer = new SnapshotWriter(disk, folder, header, pace)) {
            core.save((tableId, rowBytes, firstNumber, count, buffer, offset) -> {
                if (!givenUp.getAsBoolean()) {
                    writer.rows(tableId, rowBytes, firstNumber, count, buffer, offset);
                }
            });
            if (givenUp.getAsBoolean()) {
                return null;
            }
            bytes = writer.finish();
        } catch (final UncheckedIOException e) {
            throw asWhatItIs(e.getCause(), stateBytes[0]);
        } catch (final IOException e) {
            throw asWhatItIs(e, stateBytes[0]);
        }
        newest = header;
        LOG.info("snapshot of position {}: {} bytes in {} ms, state hash {}", header.position(), bytes,
                (System.nanoTime() - startNanos) / 1_000_000, HexFormat.of().toHexDigits(header.stateHash()));
        leftBehind = removeOld(pace);
        return header;
    }

    /**
     * Hands over the file of the newest snapshot at or before a position that is whole, if there is one. It stays where it is meanwhile.
     *
     * @param id      the journal that it must belong to
     * @param storage by which it is read beforehand
     * @return its position, 0 = there is none
     */
    public synchronized long withNewestAtMost(final long position, final JournalId id, final Disk storage, final FileUse use) throws IOException {
        for (final long candidate : positions()) {
            if (candidate <= position && isWhole(storage, candidate, id)) {
                use.on(file(candidate));
                return candidate;
            }
        }
        return 0;
    }

    private boolean isWhole(final Disk storage, final long position, final JournalId id) throws IOException {
        try {
            check(storage, position, id, Pace.full());
            return true;
        } catch (final SnapshotDamagedException e) {
            LOG.error("{}; an older snapshot or the journal's beginning is used instead", e.getMessage());
            return false;
        }
    }

    /** Bytes that the file system still has for a snapshot, see {@link Disk#freeBytes}. */
    long freeBytes() {
        return disk.freeBytes(folder);
    }

    /** What the system says of a full disk depends on the language of whoever started the process; what is free does not. */
    private IOException asWhatItIs(final IOException e, final long bytes) {
        final String said = String.valueOf(e.getMessage());
        final long free = freeBytes();
        return SAID_OF_NO_ROOM.stream().anyMatch(said::contains) || free >= 0 && free < bytes ? new NoRoomException(folder, bytes, e) : e;
    }

    /** As {@link EngineCore#stateHash}. @param bytes to the first of it is added what the state takes in a file, roughly */
    private static long hashOf(final EngineCore core, final Pace pace, final long[] bytes) {
        final StateHash hash = new StateHash();
        core.save((tableId, rowBytes, firstNumber, count, buffer, offset) -> {
            hash.rows(tableId, rowBytes, firstNumber, count, buffer, offset);
            bytes[0] += Chunk.RUN_HEADER_BYTES + (long) count * rowBytes;
            pace.rest();
        });
        return hash.value();
    }

    /** Which older file was not removed after the last {@link #save}, why, and what to do, in one line; null = none. */
    String leftBehind() {
        return leftBehind;
    }

    /** One that cannot be removed keeps no other from it. @return see {@link #leftBehind} */
    private synchronized String removeOld(final Pace pace) {
        String left = null;
        try {
            for (final Path file : old()) {
                left = firstOf(left, remove(file, pace));
            }
            disk.syncFolder(folder);
        } catch (final IOException e) {
            left = firstOf(left, folder + ": " + e.getMessage());
        }
        if (left != null) {
            left = "the snapshot of position " + newest.position() + " was made, but what is older could not be removed, " + left
                    + "; it is tried again after the next one. If that does not help, look after the disk and remove all but the newest two by hand";
            LOG.error(left);
        }
        return left;
    }

    private static String firstOf(final String first, final String second) {
        return first == null ? second : first;
    }

    /** What an earlier removal did not get to the end of, then all snapshots but the newest two. */
    private List<Path> old() throws IOException {
        final List<Path> old = new ArrayList<>();
        for (final String name : disk.list(folder)) {
            if (name.endsWith(Names.TEMPORARY)) {
                old.add(folder.resolve(name));
            }
        }
        final long[] positions = positions();
        for (int i = KEPT; i < positions.length; i++) {
            old.add(file(positions[i]));
        }
        return old;
    }

    /** Under a temporary name as soon as it is no whole snapshot any more. @return why not, null = it is removed */
    private String remove(final Path file, final Pace pace) {
        try {
            if (!(pace.on(disk) instanceof GentleDisk gentle)) {
                disk.delete(file);
            } else if (file.toString().endsWith(Names.TEMPORARY)) {
                gentle.remove(file);
            } else {
                gentle.remove(file, folder.resolve(file.getFileName() + Names.TEMPORARY));
            }
            return null;
        } catch (final IOException e) {
            return file + ": " + e.getMessage();
        }
    }
}
