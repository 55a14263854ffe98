package org.mawid.api.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a server that is killed now leaves on its disk: no seal, no snapshot of an orderly end. The server goes on while its files are copied, so one that is gone before its turn, as an upload or a draft that
 * was given its name, was gone at the kill. The operator's socket is no file; what is left of it is tested with the real jar.
 */
public final class KilledDisk {
    private KilledDisk() {
    }

    /** @return {@code to}, where everything is now */
    public static Path copy(final Path from, final Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes is) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes is) throws IOException {
                if (is.isRegularFile()) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file).toString()));
                    } catch (final NoSuchFileException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }
        });
        return to;
    }
}
