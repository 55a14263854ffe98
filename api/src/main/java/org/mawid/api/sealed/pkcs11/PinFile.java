package org.mawid.api.sealed.pkcs11;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mawid.api.gateway.SecretFile;
import org.mawid.engine.FileTrouble;

/** A file with a token's PIN, in one line. */
final class PinFile {
    private PinFile() {
    }

    /** @throws IOException in one line: it cannot be read, others can read it, or it has no PIN; nothing of it is told */
    static char[] read(final Path file) throws IOException {
        SecretFile.requireOwnersOnly(file);
        final String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
        if (text.isEmpty() || text.lines().count() != 1) {
            throw new IOException(file + " has no PIN: it must be in one line");
        }
        return text.toCharArray();
    }
}
