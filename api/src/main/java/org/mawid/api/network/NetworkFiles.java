package org.mawid.api.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A network together with the files that it was read from, to be kept beside the log: the log has codes only, names and calendars
 * are in the files. Kept as one archive, so that it is there whole or not at all. Immutable, any thread.
 */
public final class NetworkFiles {
    /** All files of the real network together have less than 1 MB. */
    private static final long MAX_KEPT_BYTES = 64L << 20;
    /** The same files make the same archive, whenever and wherever. */
    private static final LocalDateTime SAME_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final Network network;
    private final Map<String, byte[]> files;

    private NetworkFiles(final Network network, final Map<String, byte[]> files) {
        this.network = network;
        this.files = files;
    }

    /**
     * @throws NetworkRefusedException with every error found
     * @throws IOException             the directory or a file cannot be read
     */
    public static NetworkFiles directory(final Path directory) throws IOException {
        return read(Source.directory(directory));
    }

    /** Those that come with the program. */
    public static NetworkFiles bundled() {
        try {
            return read(Source.bundled());
        } catch (final IOException e) {
            throw new UncheckedIOException("the jar is damaged", e);
        }
    }

    /**
     * What {@link #keep} wrote.
     *
     * @return null when there is none
     * @throws NetworkRefusedException with every error found
     * @throws IOException             it cannot be read
     */
    public static NetworkFiles kept(final Path archive) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        long bytes = 0;
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                final byte[] content = zip.readNBytes(Source.MAX_BYTES + 1);
                bytes += content.length;
                if (bytes > MAX_KEPT_BYTES) {
                    throw new IOException(archive + " unpacks to more than " + MAX_KEPT_BYTES + " bytes");
                }
                files.put(entry.getName(), content);
            }
        } catch (final NoSuchFileException absent) {
            return null;
        }
        return read(new Source() {
            @Override
            public byte[] read(final String name) {
                return files.get(name);
            }

            @Override
            public List<String> hostHolidays() {
                return files.keySet().stream().filter(name -> name.matches("(external/)?host-holidays[^/]*\\.csv")).toList();
            }
        });
    }

    /** What is kept is what was checked: the bytes are taken while they are read. */
    private static NetworkFiles read(final Source source) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        final Network network = new NetworkReader(new Source() {
            @Override
            public byte[] read(final String name) throws IOException {
                final byte[] bytes = source.read(name);
                if (bytes != null) {
                    files.put(name, bytes);
                }
                return bytes;
            }

            @Override
            public List<String> hostHolidays() throws IOException {
                return source.hostHolidays();
            }
        }).read();
        return new NetworkFiles(network, files);
    }

    public Network network() {
        return network;
    }

    /** Writes the archive under another name, syncs it and puts it in its place. Nothing is written when it is there already. */
    public void keep(final Path archive) throws IOException {
        final byte[] bytes = zip();
        if (Files.exists(archive) && Arrays.equals(Files.readAllBytes(archive), bytes)) {
            return;
        }
        Kept.write(archive, bytes);
    }

    private byte[] zip() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (final Map.Entry<String, byte[]> file : files.entrySet()) {
                final ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(SAME_TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
