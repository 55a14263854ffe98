package org.mawid.api.person;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.mawid.api.gateway.DurableFile;

/** Who is found by which keyed hash: an empty file {@code ABC/NAME-PERSON} for each, so that one is added or taken away at once, by whatever process. Any thread that may wait. */
public final class Findings {
    private static final int FAN_OUT_DIGITS = 3;

    private final Path root;

    /** @param root made when it is not there @throws IOException it cannot be used */
    public Findings(final Path root) throws IOException {
        this.root = Files.createDirectories(root);
    }

    /** Durable when it returns. @param name see {@link PersonalData#nameOf(String, String)} */
    public void add(final String name, final long person) throws IOException {
        final Path file = file(name, person);
        if (!has(name, person)) {
            DurableFile.makeFolder(file.getParent());
            DurableFile.write(file, new byte[0]);
        }
    }

    /** Likewise. */
    public void remove(final String name, final long person) throws IOException {
        final Path file = file(name, person);
        if (Files.deleteIfExists(file)) {
            DurableFile.sync(file.getParent());
        }
    }

    /** Whether that person is found by it. */
    public boolean has(final String name, final long person) {
        return Files.exists(file(name, person));
    }

    /** Keys of persons, ascending; empty = nobody is found by it. */
    public List<Long> of(final String name) throws IOException {
        final List<Long> persons = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(name), name + "-*")) {
            files.forEach(file -> persons.add(HexFormat.fromHexDigitsToLong(file.getFileName().toString().substring(name.length() + 1))));
        } catch (final NoSuchFileException nobody) {
            return persons;
        }
        persons.sort(Long::compareUnsigned);
        return persons;
    }

    private Path file(final String name, final long person) {
        return folder(name).resolve(name + '-' + HexFormat.of().toHexDigits(person));
    }

    private Path folder(final String name) {
        return root.resolve(name.substring(0, FAN_OUT_DIGITS));
    }
}
