package org.mawid.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that end without having been asked to: the one that measures them says how, in one line. */
class ServerTest {
    /** The first word is what it says on its error output when it is ready. */
    private static final String PROGRAM = """
            #!/bin/sh
            echo 'ready http=127.0.0.1:1 grpc=127.0.0.1:2'
            echo "$1" >&2
            kill -9 $$
            """;

    @TempDir
    private Path folder;

    private Server killed(final String lastWords) throws IOException, InterruptedException {
        final Path program = Files.writeString(folder.resolve("server"), PROGRAM);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        final Server server = Server.start(program, List.of(lastWords));
        for (int look = 0; look < 1_000 && !server.hasEnded(); look++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(server.hasEnded()).isTrue();
        return server;
    }

    @Test
    void givenAServerThatWasKilled_whenItsProcessorTimeIsAskedFor_thenItSaysSo() throws Exception {
        try (Server server = killed("ERROR the disk is full")) {
            assertThatThrownBy(server::cpuNs).isInstanceOf(IllegalStateException.class).hasMessage("the server has ended by itself: exit code 137: ERROR the disk is full");
        }
    }

    @Test
    void givenAServerThatLastSaidWhatItUsuallySays_whenItWasKilled_thenThatIsNoReason() throws Exception {
        try (Server server = killed("2026-03-02T08:00:00Z INFO  [main] ready")) {
            assertThat(server.ending()).isEqualTo("the server has ended by itself: exit code 137");
        }
    }
}
