package org.mawid.api.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a file with keys is written, and read: whole or not at all, for its owner only. One thread a file. */
public final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SecretFile() {
    }

    /**
     * Makes the file, or replaces it, with mode 0600. When it returns, name and content are durable; a crash before leaves what was there.
     *
     * @param text ASCII
     */
    public static void write(final Path file, final String text) throws IOException {
        final boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        final FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        // Under another name first: a crash in between must not leave half a key that the next start would take for damage.
        final Path draft = file.resolveSibling(file.getFileName() + DurableFile.DRAFT);
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            final ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.sync(file.toAbsolutePath().getParent());
    }

    /** @throws IOException in one line: it is not there, or others than its owner can read or run it */
    public static void requireOwnersOnly(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("cannot read " + file + ": it is not there");
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix") && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read or run by others than its owner: set its mode to 0600");
        }
    }

    /** One line in the log when the mode is wider than {@link #write} makes it. @param harm what whoever reads it can do: "guess references" */
    public static void warnIfOthersCanRead(final Path file, final String harm) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            final Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (mode.contains(PosixFilePermission.GROUP_READ) || mode.contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("{} can be read by others: whoever reads it can {}; set its mode to 0600", file, harm);
            }
        }
    }
}
