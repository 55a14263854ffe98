package org.mawid.engine.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;

/**
 * A note at the top of a folder as long as something is copied into it: the first file there, and gone when all the others are whole. Without it
 * a folder that has its first file in part would be taken for one in which a journal was being created, and served as if nothing had ever happened.
 */
public final class Unfinished {
    static final String FILE = "mawid.unfinished";
    private static final byte[] TEXT = "mawid backup or mawid restore has not ended here: what there is, is not complete.\n".getBytes(StandardCharsets.UTF_8);

    private Unfinished() {
    }

    /** Durable when it returns. */
    static void begin(final Disk disk, final Path root) throws IOException {
        try (DiskFile file = disk.open(root.resolve(FILE), Disk.Access.CREATE)) {
            file.writeFully(ByteBuffer.wrap(TEXT), 0);
            file.sync();
        }
        disk.syncFolder(root);
    }

    /** Durable when it returns. */
    static void end(final Disk disk, final Path root) throws IOException {
        disk.delete(root.resolve(FILE));
        disk.syncFolder(root);
    }

    /** @throws UpkeepException in one line, when the folder is not to be used */
    public static void refuse(final Disk disk, final Path root) throws IOException {
        if (disk.list(root).contains(FILE)) {
            throw new UpkeepException(root + " is not complete, a back-up or a restore into it did not end (" + FILE
                    + "): remove it, and do that again with a new folder");
        }
    }
}
