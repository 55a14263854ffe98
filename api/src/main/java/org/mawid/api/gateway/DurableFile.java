package org.mawid.api.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** How files and folders outlive the power. Any thread. */
public final class DurableFile {
    /** How names of files end that are not complete yet. */
    public static final String DRAFT = ".new";

    private DurableFile() {
    }

    /** Makes the file, or replaces it, whole or not at all; name and content are durable when it returns. Several may write the same at once. */
    public static void write(final Path file, final byte[] content) throws IOException {
        final Path draft = Files.createTempFile(file.getParent(), "put", DRAFT);
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                final ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        sync(file.getParent());
    }

    /** Makes the folder when it is not there; its name is durable when it returns. @param folder in one that is there */
    public static void makeFolder(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            sync(folder.getParent());
        }
    }

    /** Which names are in the folder is durable when it returns. */
    public static void sync(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
