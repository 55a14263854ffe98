package org.mawid.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a server is told to do, from a file beside this class. */
final class Script {
    private Script() {
    }

    static String named(final String name) throws IOException {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
