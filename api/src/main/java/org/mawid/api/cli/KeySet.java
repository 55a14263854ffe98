package org.mawid.api.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.mawid.engine.FileTrouble;

/** Public keys that somebody verifies with, from the file that {@code mawid stamp-keys} made. */
final class KeySet {
    private KeySet() {
    }

    /** @param verifier made of the set; it says by an IllegalArgumentException what is wrong with it @throws IOException in one line: what is wrong, and where the file comes from */
    static <T> T read(final Path keys, final Function<String, T> verifier) throws IOException {
        final String set;
        try {
            set = Files.readString(keys, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw FileTrouble.unreadable(keys, e);
        }
        try {
            return verifier.apply(set);
        } catch (final IllegalArgumentException notOne) {
            throw new IOException("cannot use " + keys + ": " + notOne.getMessage() + "; make it where the server is, with mawid stamp-keys --data DIR");
        }
    }
}
