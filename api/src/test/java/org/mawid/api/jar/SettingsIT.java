package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags before the environment before the file, in a process that has all three. */
class SettingsIT {
    private static final String KEY = "mawid.http.request.timeout.ms";
    private static final String VARIABLE = "MAWID_HTTP_REQUEST_TIMEOUT_MS";

    @TempDir(factory = OnDisk.class)
    private Path folder;

    @Test
    void givenFileEnvironmentAndFlag_whenEachSaysOtherwise_thenTheOneThatWinsIsServed() throws Exception {
        final Path file = file("mawid.ring.entries=512", KEY + "=1");
        final Server.Launch launch = Server.on(data()).with("--config", file.toString())
                .environment("MAWID_RING_ENTRIES", "1024").environment(VARIABLE, "2").set(KEY, 30_000);
        try (Server server = launch.start()) {
            assertThat(server.metric("mawid_ring_size")).isEqualTo(1024);
            server.kill();
        }
    }

    /** None of the values is allowed, so that the refusal tells which one counts. */
    @Test
    void givenAValueThatIsNotAllowedInEachPlace_whenStarted_thenTheRefusalTellsTheOneThatWins() throws Exception {
        final Path file = file(KEY + "=1");
        assertRefused(Server.on(data()).with("--config", file.toString()), KEY + " = 1 ");
        assertRefused(Server.on(data()).with("--config", file.toString()).environment(VARIABLE, "2"), KEY + " = 2 ");
        assertRefused(Server.on(data()).with("--config", file.toString()).environment(VARIABLE, "2").set(KEY, 3), KEY + " = 3 ");
    }

    @Test
    void givenAMisspeltNameInTheEnvironmentOrInTheFile_whenStarted_thenItIsRefusedByNameWithItsPlaceAndTheNearestOne() throws Exception {
        assertRefused(Server.on(data()).environment("MAWID_RING_ENTRY", "512"), "MAWID_RING_ENTRY", "in the environment");
        assertRefused(Server.on(data()).environment("MAWID_HTP_PORT", "0"), "MAWID_HTP_PORT", "in the environment", "MAWID_HTTP_PORT");
        final Path file = file("mawid.htp.port=0");
        assertRefused(Server.on(data()).with("--config", file.toString()), "mawid.htp.port", file.toString(), "mawid.http.port");
    }

    private void assertRefused(final Server.Launch launch, final String... words) throws Exception {
        final Server.End end = launch.startInVain();
        assertThat(end.exitCode()).as("%s", end).isEqualTo(2);
        assertThat(end.said()).as("%s", end).hasSize(1);
        assertThat(end.said().get(0)).contains(words);
        assertThat(data()).as("nothing was made").doesNotExist();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path file(final String... lines) throws Exception {
        return Files.writeString(folder.resolve("mawid.properties"), String.join("\n", lines) + '\n');
    }
}
