package org.mawid.engine.readmodel.records;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * What says that a map's file was closed in order and may be used as it is. Written last, taken away before the file is opened: a
 * process that ends otherwise leaves none.
 *
 * @param journal   whose records they are
 * @param position  last log position that they reflect
 * @param entries   most records that the map was made for
 * @param fileBytes of the map's file
 * @param headCrc   CRC-32C of its first {@value #HEAD_BYTES} bytes: what the map believes when it opens it
 */
record CleanMark(String journal, long position, long entries, long fileBytes, long headCrc) {
    static final int HEAD_BYTES = 16 * 1024;
    private static final String FILE = "clean";
    private static final String SEAL = "crc32c ";

    /** Null when there is none that can be believed. */
    static CleanMark read(final Path folder) {
        try {
            final List<String> lines = Files.readAllLines(folder.resolve(FILE));
            final CleanMark mark = new CleanMark(value(lines, 1), Long.parseLong(value(lines, 2)), Long.parseLong(value(lines, 3)), Long.parseLong(value(lines, 4)), Long.parseLong(value(lines, 5)));
            return String.join("\n", lines).concat("\n").equals(mark.text()) ? mark : null;
        } catch (final IOException | RuntimeException e) {
            return null;
        }
    }

    /** Of the file as it is. */
    static long headCrc(final Path file) throws IOException {
        final CRC32C crc = new CRC32C();
        try (InputStream in = Files.newInputStream(file)) {
            crc.update(in.readNBytes(HEAD_BYTES));
        }
        return crc.getValue();
    }

    private static String value(final List<String> lines, final int line) {
        return lines.get(line).substring(lines.get(line).indexOf(' ') + 1);
    }

    /** Durable when it returns. */
    void write(final Path folder) throws IOException {
        final Path temporary = folder.resolve(FILE + RecordMap.TEMPORARY);
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        }
        Files.move(temporary, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /** Durable when it returns. */
    static void remove(final Path folder) throws IOException {
        if (Files.deleteIfExists(folder.resolve(FILE))) {
            sync(folder);
        }
    }

    private static void sync(final Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private String text() {
        final String facts = "mawid-records " + RecordMap.FORMAT + "." + MessageHeaderDecoder.SCHEMA_VERSION + "\njournal " + journal
                + "\nposition " + position + "\nentries " + entries + "\nbytes " + fileBytes + "\nhead " + headCrc + "\n";
        final CRC32C crc = new CRC32C();
        crc.update(facts.getBytes(StandardCharsets.UTF_8));
        return facts + SEAL + String.format("%08x", crc.getValue()) + "\n";
    }
}
