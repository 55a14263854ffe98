package org.mawid.api.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the socket is: in a folder that only the owner may enter, so that there is no moment at which others could connect. The
 * system allows about a hundred bytes for a socket's path; when the data directory is deeper than that, the socket is in the
 * temporary folder and a link leads to it.
 */
final class ControlSocket {
    private static final String NAME = "socket";
    private static final String OWNER_ONLY = "rwx------";
    private static final int PATH_BYTES_MAX = 100;

    private ControlSocket() {
    }

    /** Removes what a process that was killed has left. @return where to listen @throws IOException the folder cannot be made */
    static Path make(final Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
        final Path socket = folder.resolve(NAME).toAbsolutePath();
        remove(folder);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX) {
            return socket;
        }
        final Path elsewhere = Files.createTempDirectory("mawid-").resolve(NAME); // made for the owner only
        Files.createSymbolicLink(socket, elsewhere);
        return elsewhere;
    }

    /** @return null when there is none */
    static Path find(final Path folder) {
        try {
            final Path here = folder.resolve(NAME);
            final Path socket = Files.isSymbolicLink(here) ? Files.readSymbolicLink(here) : here.toAbsolutePath();
            return Files.exists(socket) ? socket : null;
        } catch (final IOException e) {
            return null;
        }
    }

    static void remove(final Path folder) throws IOException {
        final Path socket = folder.resolve(NAME);
        if (Files.isSymbolicLink(socket)) {
            final Path elsewhere = Files.readSymbolicLink(socket);
            Files.deleteIfExists(elsewhere);
            Files.deleteIfExists(elsewhere.getParent());
        }
        if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(socket);
        }
    }
}
