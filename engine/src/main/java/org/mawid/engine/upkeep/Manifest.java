package org.mawid.engine.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;

/**
 * What a back-up holds: one line for each file with its bytes and checksum, and the position it reaches. Written last, so that a
 * folder without it is not a back-up.
 *
 * @param position last log position in the back-up's journal
 */
record Manifest(long position, List<Item> items) {
    static final String FILE = "mawid.backup";
    private static final String TITLE = "mawid-backup 1";

    /** @param name relative to the back-up, with slashes @param crc CRC-32C of all its bytes */
    record Item(String name, long bytes, int crc) {
    }

    void write(final Disk disk, final Path root) throws IOException {
        final StringBuilder text = new StringBuilder(TITLE).append("\nposition ").append(position).append('\n');
        for (final Item item : items) {
            text.append(String.format(Locale.ROOT, "file %08x %d %s%n", item.crc, item.bytes, item.name).replace("\r", ""));
        }
        text.append(seal(text.toString())).append('\n');
        final Path temporary = root.resolve(FILE + ".tmp");
        try (DiskFile file = disk.open(temporary, Disk.Access.CREATE)) {
            file.writeFully(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), 0);
            file.sync();
        }
        disk.rename(temporary, root.resolve(FILE));
        disk.syncFolder(root);
    }

    /** @throws UpkeepException when it is not there or not what was written */
    static Manifest read(final Disk disk, final Path root) throws IOException {
        if (!disk.list(root).contains(FILE)) {
            Unfinished.refuse(disk, root);
            throw new UpkeepException(root + " is not a back-up: it has no " + FILE);
        }
        final String text;
        try (DiskFile file = disk.open(root.resolve(FILE), Disk.Access.READ)) {
            final ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.readFully(bytes, 0);
            text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
        final int sealAt = text.lastIndexOf("crc32c ");
        if (!text.startsWith(TITLE + "\n") || sealAt < 0 || !text.substring(sealAt).equals(seal(text.substring(0, sealAt)) + "\n")) {
            throw new UpkeepException(root.resolve(FILE) + " is not what was written: this back-up cannot be trusted");
        }
        final String[] lines = text.substring(0, sealAt).split("\n");
        final List<Item> items = new ArrayList<>();
        for (int i = 2; i < lines.length; i++) {
            final String[] words = lines[i].split(" ", 4);
            items.add(new Item(words[3], Long.parseLong(words[2]), Integer.parseUnsignedInt(words[1], 16)));
        }
        return new Manifest(Long.parseLong(lines[1].substring("position ".length())), items);
    }

    /** Reads every file again. @throws UpkeepException naming the first that is missing or different */
    void verify(final Disk disk, final Path root) throws IOException {
        for (final Item item : items) {
            final Path path = root.resolve(item.name);
            if (!disk.list(path.getParent()).contains(path.getFileName().toString())) {
                throw new UpkeepException(path + " is missing from the back-up");
            }
            final Item found = Copying.checksum(disk, path, item.name);
            if (!found.equals(item)) {
                throw new UpkeepException(path + " is not what was backed up: " + found.bytes + " bytes with checksum "
                        + Integer.toHexString(found.crc) + ", expected " + item.bytes + " with " + Integer.toHexString(item.crc));
            }
        }
    }

    private static String seal(final String text) {
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "crc32c %08x", (int) crc.getValue());
    }
}
