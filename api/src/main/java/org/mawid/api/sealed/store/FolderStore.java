package org.mawid.api.sealed.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.stream.Stream;
import org.mawid.api.gateway.DurableFile;

/**
 * In a folder: {@code AB/NAME} by the first two digits. A file is written under another name, synced, renamed, and its folder synced. What a killed server has left of one is removed a day later; nobody was
 * told of it.
 */
public final class FolderStore implements SealedStore {
    private static final Duration DRAFTS_KEPT = Duration.ofDays(1);
    private static final int FAN_OUT_DIGITS = 2;

    private final Path root;

    /** @param root made when it is not there @throws IOException it cannot be used */
    public FolderStore(final Path root) throws IOException {
        this.root = Files.createDirectories(root);
        removeOldDrafts();
    }

    @Override
    public String put(final byte[] sealed) throws IOException {
        final String name = ContentName.of(sealed);
        final Path file = file(name);
        if (Files.exists(file) && isWhole(name)) {
            return name;
        }
        DurableFile.makeFolder(file.getParent());
        DurableFile.write(file, sealed);
        return name;
    }

    @Override
    public byte[] get(final String name) throws IOException {
        return ContentName.checked(name, Files.readAllBytes(file(name)));
    }

    @Override
    public void delete(final String name) throws IOException {
        final Path file = file(name);
        if (Files.deleteIfExists(file)) {
            DurableFile.sync(file.getParent());
        }
    }

    @Override
    public void list(final int digit, final Found found) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Character.forDigit(digit, 16) + "?")) {
            for (final Path folder : folders) {
                list(folder, found);
            }
        }
    }

    private static void list(final Path folder, final Found found) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> ContentName.isOne(file.getFileName().toString()))) {
            for (final Path file : files) {
                try {
                    found.at(file.getFileName().toString(), Files.getLastModifiedTime(file).toMillis());
                } catch (final NoSuchFileException gone) {
                    // deleted meanwhile
                }
            }
        }
    }

    @Override
    public void close() {
        // nothing is open between two calls
    }

    private boolean isWhole(final String name) throws IOException {
        try {
            get(name);
            return true;
        } catch (final DamagedContentException | NoSuchFileException notSo) {
            return false;
        }
    }

    private Path file(final String name) {
        return root.resolve(ContentName.require(name).substring(0, FAN_OUT_DIGITS)).resolve(name);
    }

    /** Not those of today: another process may be writing them. */
    private void removeOldDrafts() throws IOException {
        final FileTime old = FileTime.fromMillis(System.currentTimeMillis() - DRAFTS_KEPT.toMillis());
        try (Stream<Path> files = Files.walk(root, 2)) {
            for (final Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(DurableFile.DRAFT))::iterator) {
                if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
