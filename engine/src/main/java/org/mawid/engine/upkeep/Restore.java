package org.mawid.engine.upkeep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FileDisk;

/** Makes a data directory from a back-up. */
public final class Restore {
    private Restore() {
    }

    /** As {@link #into(Disk, Path, Path)}, on the machine's file system. */
    public static long into(final Path backup, final Path target) {
        return into(FileDisk.plain(), backup, target);
    }

    /**
     * Checks the back-up, copies it, and checks the copy. The journal's identity comes last, and a note that this is under way is there before
     * and goes after all else: a directory that was restored in part is refused by the engine.
     *
     * @param target a folder that is empty or missing
     * @return last log position in it
     * @throws UpkeepException when the back-up is not whole or the target is not empty
     */
    public static long into(final Disk disk, final Path backup, final Path target) {
        try {
            final Manifest manifest = Manifest.read(disk, backup);
            manifest.verify(disk, backup);
            disk.createFolders(target);
            if (!disk.list(target).isEmpty()) {
                throw new UpkeepException(target + " is not empty; a restore never writes over anything, give a new folder");
            }
            Unfinished.begin(disk, target);
            final Set<Path> folders = new LinkedHashSet<>();
            for (final Manifest.Item item : manifest.items()) {
                if (!isIdentity(item)) {
                    copy(disk, backup, target, item, folders);
                }
            }
            for (final Manifest.Item item : manifest.items()) {
                if (isIdentity(item)) {
                    copy(disk, backup, target, item, folders);
                }
            }
            manifest.verify(disk, target);
            Unfinished.end(disk, target);
            return manifest.position();
        } catch (final IOException e) {
            throw new UpkeepException("restoring " + backup + " to " + target + " failed: " + FileTrouble.of(e)
                    + "; what is there is not complete, remove it", e);
        }
    }

    private static boolean isIdentity(final Manifest.Item item) {
        return item.name().equals("journal/mawid.id");
    }

    private static void copy(final Disk disk, final Path backup, final Path target, final Manifest.Item item, final Set<Path> folders)
            throws IOException {
        final Path to = target.resolve(item.name());
        if (folders.add(to.getParent())) {
            disk.createFolders(to.getParent());
        }
        Copying.copy(disk, backup.resolve(item.name()), to, item.name());
        disk.syncFolder(to.getParent());
    }
}
