package org.mawid.api.sealed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.mawid.api.gateway.SecretFile;
import org.mawid.engine.FileTrouble;

/** A file with one key of 32 bytes: 64 hexadecimal digits in a line. */
final class KeyFile {
    static final int KEY_BYTES = 32;

    private KeyFile() {
    }

    static String text(final byte[] key) {
        return HexFormat.of().formatHex(key) + '\n';
    }

    /** @throws IOException in one line: it cannot be read, others can read it, or it is none; nothing of it is told */
    static byte[] read(final Path file) throws IOException {
        SecretFile.requireOwnersOnly(file);
        final String text;
        try {
            text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
        if (!text.matches("[0-9a-f]{" + 2 * KEY_BYTES + '}')) {
            throw new IOException(file + " is no key: it must be " + 2 * KEY_BYTES + " hexadecimal digits in one line; restore it from its copy, another key opens nothing");
        }
        return HexFormat.of().parseHex(text);
    }
}
