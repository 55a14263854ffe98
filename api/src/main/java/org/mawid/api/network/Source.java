package org.mawid.api.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.mawid.engine.FileTrouble;

/** Where the files of a network come from: a directory, or the copy inside the jar. */
interface Source {
    /** Largest file that is read; the largest real one has 0.3 MB. Bytes. */
    int MAX_BYTES = 32 << 20;

    /** @return the bytes; {@code null} when there is no such file; {@link #MAX_BYTES} + 1 bytes when it is larger than is read */
    byte[] read(String name) throws IOException;

    /** Names of the files with holidays of host countries, in reading order. Their names carry years, so they cannot be fixed here. */
    List<String> hostHolidays() throws IOException;

    static Source bundled() {
        return new Source() {
            @Override
            public byte[] read(String name) throws IOException {
                try (InputStream in = Network.class.getResourceAsStream("/network/" + name)) {
                    return in == null ? null : in.readNBytes(MAX_BYTES + 1);
                }
            }

            @Override
            public List<String> hostHolidays() {
                return List.of("external/host-holidays-2026-2028.csv");
            }
        };
    }

    static Source directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) throw new NotDirectoryException(directory.toString());
        return new Source() {
            @Override
            public byte[] read(String name) throws IOException {
                try (InputStream in = Files.newInputStream(directory.resolve(name))) {
                    return in.readNBytes(MAX_BYTES + 1);
                } catch (NoSuchFileException absent) {
                    return null;
                } catch (IOException e) {
                    throw FileTrouble.unreadable(directory.resolve(name), e);
                }
            }

            @Override
            public List<String> hostHolidays() throws IOException {
                final TreeSet<String> names = new TreeSet<>(); // sorted: directory order differs between machines
                for (String folder : List.of("", "external/")) {
                    final Path in = directory.resolve(folder);
                    if (!Files.isDirectory(in)) continue;
                    try (DirectoryStream<Path> found = Files.newDirectoryStream(in, "host-holidays*.csv")) {
                        found.forEach(file -> names.add(folder + file.getFileName()));
                    }
                }
                return List.copyOf(names);
            }
        };
    }
}
