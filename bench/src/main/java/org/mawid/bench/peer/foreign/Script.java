package org.mawid.bench.peer.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a server is told to do, from a file beside the class that tells it. */
public final class Script {
    private Script() {
    }

    public static String beside(final Class<?> teller, final String name) throws IOException {
        try (InputStream in = teller.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
