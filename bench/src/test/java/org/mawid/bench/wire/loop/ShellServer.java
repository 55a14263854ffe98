package org.mawid.bench.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mawid.bench.process.Server;

/** A process that says that it is ready and does nothing: for loads that need none, whose processor time is asked for all the same. */
public final class ShellServer {
    private static final String PROGRAM = """
            #!/bin/sh
            echo 'ready http=127.0.0.1:1 grpc=127.0.0.1:2'
            exec sleep 600
            """;

    private ShellServer() {
    }

    public static Server start(final Path folder) throws IOException {
        final Path program = Files.writeString(folder.resolve("server"), PROGRAM);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return Server.start(program, List.of());
    }
}
