package org.mawid.engine.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;

/** Whole files from one folder to another, with their checksums. */
final class Copying {
    private static final int BUFFER_BYTES = 1 << 20;

    private Copying() {
    }

    /**
     * Copies as much as the file has when it is opened, and syncs; the folder is the caller's to sync. What is appended meanwhile is not followed:
     * of two writes the first could be there in part and the second whole.
     *
     * @return what was copied, under that name
     */
    static Manifest.Item copy(final Disk disk, final Path from, final Path to, final String name) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        final CRC32C crc = new CRC32C();
        long at = 0;
        try (DiskFile source = disk.open(from, Disk.Access.READ); DiskFile target = disk.open(to, Disk.Access.CREATE)) {
            final long size = source.size();
            while (source.readFully(buffer.clear().limit((int) Math.min(BUFFER_BYTES, size - at)), at) > 0) {
                crc.update(buffer.flip());
                target.writeFully(buffer.rewind(), at);
                at += buffer.limit();
            }
            target.sync();
        }
        return new Manifest.Item(name, at, (int) crc.getValue());
    }

    static Manifest.Item checksum(final Disk disk, final Path path, final String name) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        final CRC32C crc = new CRC32C();
        long at = 0;
        try (DiskFile source = disk.open(path, Disk.Access.READ)) {
            while (source.readFully(buffer.clear(), at) > 0) {
                crc.update(buffer.flip());
                at += buffer.limit();
            }
        }
        return new Manifest.Item(name, at, (int) crc.getValue());
    }
}
