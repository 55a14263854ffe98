package org.mawid.engine.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.journal.JournalId;

/** Reads the archive of a data directory, all of it, and says what is wrong with it. Any thread; changes nothing. */
public final class Archive {
    /** @param path file @param offset in it, bytes from the beginning */
    public record Damage(Path path, long offset, String what) {
    }

    /**
     * @param files        archive files
     * @param applications applications in them; one that was being retired when the process died may be there twice
     * @param damages      where what had been durable is no longer what was written
     * @param torn         what is behind the last block and was never durable, as far as the archive can tell by itself: a write that never
     *                     ended. It is damage all the same when somebody who was retired is not in the archive. Null if there is nothing
     */
    public record Contents(int files, long applications, List<Damage> damages, Damage torn) {
    }

    private Archive() {
    }

    /**
     * Judges the headers only, before anything goes on.
     *
     * @throws NewerProgramException when this program does not know what is in one of the files; nothing was changed
     */
    public static void refuseNewer(final Disk disk, final Path folder) throws IOException {
        final ByteBuffer header = ByteBuffer.allocateDirect(Header.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final long ordinal : Layout.ordinals(disk.list(folder))) {
            final Path path = folder.resolve(Layout.name(ordinal));
            try (DiskFile file = disk.open(path, Disk.Access.READ)) {
                ArchiveFile.headerFault(path, file, header);
            }
        }
    }

    /**
     * @param id      of the journal whose archive it is; null = not known, any
     * @param records given each ApplicationRecord, AppointmentRecord, StampRecord and PaymentRecord, in the order in which they were retired
     * @throws NewerProgramException when this program does not know what is in one of the files
     */
    public static Contents read(final Disk disk, final Path folder, final JournalId id, final RecordConsumer records) throws IOException {
        final long[] ordinals = Layout.ordinals(disk.list(folder));
        final List<Damage> damages = new ArrayList<>();
        long applications = 0;
        ArchiveFile before = null;
        for (final long ordinal : ordinals) {
            final ArchiveFile file = ArchiveFile.read(disk, folder.resolve(Layout.name(ordinal)), records);
            applications += file.applications();
            final String misplaced = file.misplaced(ordinal, id);
            if (misplaced != null) {
                damages.add(new Damage(file.path(), 0, misplaced));
            } else if (ordinal != (before == null ? 1 : before.ordinal() + 1)) {
                damages.add(new Damage(folder.resolve(Layout.name(ordinal - 1)), 0, "it is missing"));
            } else if (before != null && !before.damaged() && (file.bytesBefore() != before.validBytes() || file.crcBefore() != before.lastCrc())) {
                damages.add(new Damage(before.path(), before.validBytes(), before.fault() == null ? "it is cut off" : before.fault()));
            }
            if (file.damaged()) {
                damages.add(new Damage(file.path(), file.validBytes(), file.fault()));
            }
            before = file;
        }
        final Damage torn = before == null || before.fault() == null || before.damaged() || before.ordinal() == 0
                ? null : new Damage(before.path(), before.validBytes(), before.fault());
        return new Contents(ordinals.length, applications, damages, torn);
    }
}
