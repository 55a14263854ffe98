package org.mawid.engine.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.JournalId;

/** A file of the archive as another program would have begun it. */
public final class OtherArchive {
    private static final int CRC = 8;
    private static final int FORMAT = 12;
    private static final int SCHEMA = 14;

    private OtherArchive() {
    }

    /** The next file of the folder, without blocks. @return where it is */
    public static Path begin(final FakeDisk disk, final Path folder, final JournalId id, final int format, final int schema) throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(disk, folder, id)) {
            final Path file = folder.resolve(Layout.name(writer.place() >>> 32));
            say(disk, file, format, schema);
            return file;
        }
    }

    /** Has a whole header say so. */
    static void say(final FakeDisk disk, final Path file, final int format, final int schema) throws IOException {
        final ByteBuffer header = ByteBuffer.wrap(disk.content(file), 0, Header.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(FORMAT, (short) format).putShort(SCHEMA, (short) schema);
        header.putInt(CRC, Layout.crc(header, FORMAT, Header.BYTES));
        try (DiskFile open = disk.open(file, Disk.Access.REPAIR)) {
            open.writeFully(header.clear().limit(Header.BYTES), 0);
            open.sync();
        }
    }
}
