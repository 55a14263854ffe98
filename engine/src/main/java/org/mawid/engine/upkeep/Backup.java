package org.mawid.engine.upkeep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.GentleDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.snapshot.Snapshots;

/**
 * A copy of a data directory that is whole by itself: the journal up to a durable position, the newest whole snapshot at or before it, the
 * archive, the edges' files, and a manifest with every file's checksum, read back. Read models are left out: they can be made again.
 */
public final class Backup {
    /** Files that are being written under another name: {@code .new} by the edges, {@code .tmp} by the engine. */
    private static final List<String> DRAFTS = List.of(".new", ".tmp");
    /** A note of something that is under way; gone when that has ended. */
    private static final String NOTE = ".unfinished";
    private static final String EDGE = "edge";
    /** In it, and the only folder there. */
    private static final String CLOSINGS = "closings";

    private Backup() {
    }

    /**
     * Also while the journal is written, then gently. The snapshot is copied before the journal: while that takes its time newer ones are made, and of
     * those that the copy could begin with none may be left. The archive is copied after the journal: what a Retire in the journal took out of memory
     * is then surely in the copy.
     *
     * @param rest   called after each step when others wait for the disk, see {@link GentleDisk}; null = as fast as it goes
     * @param target a folder that is empty or missing
     * @return last log position in the back-up
     * @throws UpkeepException when the target is not empty or a copy is not equal to its original
     */
    public static long take(
            final Disk storage, final Runnable rest, final DataDirectory from, final Journal journal, final Snapshots snapshots, final Path target) {
        final Disk disk = rest == null ? storage : new GentleDisk(storage, rest);
        try {
            disk.createFolders(target);
            if (!disk.list(target).isEmpty()) {
                throw new UpkeepException(target + " is not empty; give a new folder");
            }
            Unfinished.begin(disk, target);
            final DataDirectory to = new DataDirectory(target);
            final List<Manifest.Item> items = new ArrayList<>();
            final long begun = snapshots.withNewestAtMost(journal.durablePosition(), journal.id(), disk,
                    path -> items.addAll(copyOne(disk, path, to.snapshots(), "snapshots")));
            items.addAll(copyClosings(disk, from, to)); // before the journal, which then has all that they have
            final long position = journal.copyTo(to.journal(), Long.MAX_VALUE, rest);
            if (journal.firstPosition() > begun + 1) {
                throw new UpkeepException("segments of the journal were archived while the back-up to " + target + " was made; it is not complete, remove it and take another");
            }
            items.addAll(checksums(disk, to.journal(), "journal"));
            items.addAll(copyAll(disk, from.archive(), to.archive(), "archive"));
            items.addAll(copyAll(disk, from.edge(), to.edge(), EDGE));
            final Manifest manifest = new Manifest(position, items);
            manifest.verify(disk, target);
            manifest.write(disk, target);
            Unfinished.end(disk, target);
            return position;
        } catch (final IOException | NewerProgramException | JournalException e) {
            throw new UpkeepException("the back-up to " + target + " failed: " + FileTrouble.of(e) + "; it is not complete, remove it", e);
        }
    }

    /** As {@link #take(Disk, DataDirectory, Path)}, on the machine's file system. */
    public static long take(final DataDirectory from, final Path target) {
        return take(FileDisk.plain(), from, target);
    }

    /**
     * As {@link #take(Disk, Runnable, DataDirectory, Journal, Snapshots, Path)}, of a directory that nobody serves.
     *
     * @throws UpkeepException also when another process has it
     */
    public static long take(final Disk disk, final DataDirectory from, final Path target) {
        try (Journal journal = Repair.examine(disk, from, "mawid backup")) {
            return take(disk, null, from, journal, Snapshots.existing(disk, from.snapshots()), target);
        } catch (final JournalException | IOException e) {
            throw new UpkeepException(FileTrouble.of(e), e);
        }
    }

    /** @return last log position in the back-up @throws UpkeepException when a file is missing or not what was written */
    public static long verify(final Disk disk, final Path backup) {
        try {
            final Manifest manifest = Manifest.read(disk, backup);
            manifest.verify(disk, backup);
            return manifest.position();
        } catch (final IOException e) {
            throw new UpkeepException("reading the back-up " + backup + " failed: " + FileTrouble.of(e), e);
        }
    }

    private static List<Manifest.Item> checksums(final Disk disk, final Path folder, final String name) throws IOException {
        final List<Manifest.Item> items = new ArrayList<>();
        for (final String file : sorted(disk.list(folder))) {
            if (!file.equals("lock")) {
                items.add(Copying.checksum(disk, folder.resolve(file), name + '/' + file));
            }
        }
        return items;
    }

    private static List<Manifest.Item> copyOne(final Disk disk, final Path path, final Path to, final String name) throws IOException {
        disk.createFolders(to);
        final String file = path.getFileName().toString();
        final Manifest.Item item = Copying.copy(disk, path, to.resolve(file), name + '/' + file);
        disk.syncFolder(to);
        return List.of(item);
    }

    private static List<Manifest.Item> copyClosings(final Disk disk, final DataDirectory from, final DataDirectory to) throws IOException {
        final List<Manifest.Item> items = new ArrayList<>();
        for (final String post : sorted(disk.list(from.closings()))) {
            items.addAll(copyAll(disk, from.closings().resolve(post), to.closings().resolve(post), EDGE + '/' + CLOSINGS + '/' + post));
        }
        return items;
    }

    private static List<Manifest.Item> copyAll(final Disk disk, final Path from, final Path to, final String name) throws IOException {
        final List<Manifest.Item> items = new ArrayList<>();
        for (final String file : sorted(disk.list(from))) {
            if (DRAFTS.stream().anyMatch(file::endsWith) || name.equals(EDGE) && file.equals(CLOSINGS)) {
                continue;
            }
            try {
                items.addAll(copyOne(disk, from.resolve(file), to, name));
            } catch (final IOException e) {
                if (!file.endsWith(NOTE) || disk.list(from).contains(file)) {
                    throw e;
                }
            }
        }
        return items;
    }

    private static List<String> sorted(final List<String> names) {
        return names.stream().sorted().toList();
    }
}
