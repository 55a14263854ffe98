package org.mawid.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a shell makes of a line that is pasted into it. */
public final class Shell {
    private Shell() {
    }

    /** The words that the program {@code bench} would be given. @param folder where the shell is */
    public static List<String> words(final String line, final Path folder) throws IOException, InterruptedException {
        final Process shell = new ProcessBuilder("sh", "-c", "bench() { printf '%s\\0' \"$@\"; }\n" + line).directory(folder.toFile()).redirectErrorStream(true).start();
        final String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return List.of(said.split("\0"));
    }
}
