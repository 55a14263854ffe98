package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Small files of text lines whose last line is a checksum; replaced whole or not at all. Any thread, one at a time for a file. */
public final class SealedText {
    private static final String CRC = "crc32c ";
    private static final int CRC_LINE_BYTES = CRC.length() + 8 + 1;
    private static final long MAX_BYTES = 16 << 20;

    private SealedText() {
    }

    /** Durable when it returns. */
    public static void write(final Disk disk, final Path file, final List<String> lines) throws IOException {
        final String body = String.join("\n", lines) + "\n";
        final byte[] bytes = (body + CRC + hex(body.getBytes(StandardCharsets.UTF_8)) + "\n").getBytes(StandardCharsets.UTF_8);
        final Path folder = file.getParent();
        final Path temporary = folder.resolve(file.getFileName() + Format.TEMPORARY);
        if (disk.list(folder).contains(temporary.getFileName().toString())) {
            disk.delete(temporary); // left by a process that died
        }
        try (DiskFile out = disk.open(temporary, Disk.Access.CREATE)) {
            out.writeFully(ByteBuffer.wrap(bytes), 0);
            out.sync();
        }
        disk.rename(temporary, file);
        disk.syncFolder(folder);
    }

    /** The lines without the checksum. @throws JournalDamagedException if it does not agree */
    public static List<String> read(final Disk disk, final Path file) throws IOException {
        final byte[] bytes;
        try (DiskFile in = disk.open(file, Disk.Access.READ)) {
            final long size = in.size();
            if (size < CRC_LINE_BYTES || size > MAX_BYTES) {
                throw new JournalDamagedException(file, 0, "its size of " + size + " bytes is impossible");
            }
            final ByteBuffer content = ByteBuffer.allocate((int) size);
            in.readFully(content, 0);
            bytes = content.array();
        }
        final int end = bytes.length - CRC_LINE_BYTES;
        final byte[] body = Arrays.copyOf(bytes, end);
        final String seal = new String(bytes, end, CRC_LINE_BYTES, StandardCharsets.UTF_8);
        if (!seal.equals(CRC + hex(body) + "\n")) {
            throw new JournalDamagedException(file, 0, "its checksum does not agree");
        }
        return new String(body, StandardCharsets.UTF_8).lines().toList();
    }

    private static String hex(final byte[] body) {
        final CRC32C crc = new CRC32C();
        crc.update(body);
        final String digits = Long.toHexString(crc.getValue());
        return "0".repeat(8 - digits.length()) + digits;
    }
}
