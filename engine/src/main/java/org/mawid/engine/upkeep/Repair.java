package org.mawid.engine.upkeep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.SnapshotDamagedException;
import org.mawid.engine.snapshot.Snapshots;

/** What an operator changes by hand in a data directory that nobody serves. */
public final class Repair {
    private Repair() {
    }

    /** As {@link #skip(Disk, DataDirectory, long)}, on the machine's file system. */
    public static void skip(final DataDirectory directory, final long position) {
        skip(FileDisk.plain(), directory, position);
    }

    /**
     * Passes over a position whose command breaks a promise of the core at every replay. Durable, part of the state's hash, for good.
     *
     * @throws UpkeepException when there is no such position, or a snapshot is past it: then it did apply, and skipping it would
     *     make the journal and the snapshot disagree
     */
    public static void skip(final Disk disk, final DataDirectory directory, final long position) {
        try (Journal journal = examine(disk, directory, "mawid repair")) {
            for (final long snapshot : Snapshots.existing(disk, directory.snapshots()).positions()) {
                if (snapshot >= position) {
                    throw new UpkeepException("position " + position + " is part of the snapshot of position " + snapshot
                            + ": it was applied without trouble and cannot be passed over");
                }
            }
            journal.skip(position);
        } catch (final JournalException | IOException e) {
            throw new UpkeepException(FileTrouble.of(e), e);
        }
    }

    /** As {@link #archiveSegments(Disk, DataDirectory, Path)}, on the machine's file system. */
    public static List<Path> archiveSegments(final DataDirectory directory, final Path target) {
        return archiveSegments(FileDisk.plain(), directory, target);
    }

    /**
     * Moves the segments that no kept snapshot needs to another folder. Nothing does this by itself.
     *
     * @return where they are now, oldest first
     * @throws UpkeepException when there are not two whole snapshots to go back to: every byte of the newest two is read before anything is moved
     */
    public static List<Path> archiveSegments(final Disk disk, final DataDirectory directory, final Path target) {
        try (Journal journal = examine(disk, directory, "mawid archive")) {
            return archiveSegments(journal, Pace.full(), Snapshots.existing(disk, directory.snapshots()), target);
        } catch (final JournalException | IOException e) {
            throw new UpkeepException(FileTrouble.of(e), e);
        }
    }

    /**
     * As {@link #archiveSegments(Disk, DataDirectory, Path)}, also while the journal is written.
     *
     * @param pace at which the snapshots are read and the segments copied
     */
    public static List<Path> archiveSegments(final Journal journal, final Pace pace, final Snapshots snapshots, final Path target) {
        try {
            final long[] positions = snapshots.checkNewest(journal.id(), pace);
            if (positions.length < 2) {
                throw new UpkeepException("there are not two snapshots yet: should the only one be damaged, these segments would be all"
                        + " there is; have another made (mawid snapshot)");
            }
            return journal.archiveBefore(positions[positions.length - 1] + 1, target, pace.afterEachStep());
        } catch (final SnapshotDamagedException e) {
            throw new UpkeepException(e.getMessage() + ": there are not two whole snapshots to go back to, nothing was moved. Give it a name that does not"
                    + " end with .snap, have another made (mawid snapshot), then ask again", e);
        } catch (final JournalException | NewerProgramException | IOException e) {
            throw new UpkeepException(FileTrouble.of(e), e);
        }
    }

    /**
     * @throws org.mawid.engine.journal.JournalRefusedException also when it is of a newer program
     * @throws UpkeepException when the directory is not complete
     */
    static Journal examine(final Disk disk, final DataDirectory directory, final String owner) throws IOException {
        Unfinished.refuse(disk, directory.root());
        return Journal.examine(JournalConfig.in(directory.journal(), disk, new JournalId(0, 0)).withOwner(owner)
                .withSchemaWord(SchemaWord.OURS, SchemaWord::fault));
    }
}
