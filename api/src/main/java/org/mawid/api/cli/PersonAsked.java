package org.mawid.api.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mawid.api.server.Settings;
import org.mawid.engine.Setting;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** About whom a command is, and how the server that keeps things of them is set up. */
final class PersonAsked {
    @Parameters(paramLabel = "PERSON", description = "The person's key: 16 hexadecimal digits, as the log and the edges have it.")
    private String person;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory; it may be served meanwhile.")
    private Path data;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings of the server, as for 'mawid serve'.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; may be repeated.")
    private Map<String, String> more = new LinkedHashMap<>();

    /** @throws IllegalArgumentException it is no such key */
    long key() {
        return key(person, "person's key");
    }

    /** @param what it should be, as it is called in what is said @throws IllegalArgumentException it is none */
    static long key(final String text, final String what) {
        if (!text.matches("[0-9A-Fa-f]{16}") || text.matches("0+")) {
            throw new IllegalArgumentException(text + " is no " + what + ": give its 16 hexadecimal digits");
        }
        return HexFormat.fromHexDigitsToLong(text);
    }

    String text() {
        return person;
    }

    Path data() {
        return data;
    }

    /** @throws IllegalArgumentException a setting is wrong @throws IOException the file cannot be read */
    Settings settings() throws IOException {
        final Map<String, String> flags = new LinkedHashMap<>(more);
        flags.put(Setting.DATA.key(), data.toString());
        return Settings.of(flags, System.getenv(), config);
    }
}
