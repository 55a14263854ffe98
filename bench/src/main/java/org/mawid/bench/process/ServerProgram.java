package org.mawid.bench.process;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of benchmarks that start the real server: which program that is. */
public final class ServerProgram {
    @Option(names = "--program", paramLabel = "FILE", description = "Launcher or jar of the real server; default: the launcher api/target/mawid.")
    private Path named;

    /** What was named, else the launcher of this build, else its jar. */
    public Path path() {
        return Programs.mawid(named);
    }
}
