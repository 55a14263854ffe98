package org.mawid.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TreeTimesTest {
    private static final String WORK = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";

    @Test
    void givenAProcessThatLetsOthersWork_whenCounted_thenTheWorkOfThoseThatLiveAndOfThoseThatHaveEndedIsInIt() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")) || System.getenv("CI_SKIP_NOTHING") != null, "there is no /proc here");
        // One child works and ends, then another works and lives on; the shell itself only waits.
        final Process shell = new ProcessBuilder("sh", "-c", "sh -c '" + WORK + "'; echo first; sh -c '" + WORK + "; echo second; read wait'").start();
        try (OutputStream in = shell.getOutputStream()) {
            readLine(shell);
            final long ended = TreeTimes.ns(shell.toHandle());
            readLine(shell);
            final long both = TreeTimes.ns(shell.toHandle());

            assertThat(ended).isPositive();
            assertThat(both).isGreaterThan(ended);
            in.write("\n".getBytes(StandardCharsets.US_ASCII));
        } finally {
            shell.destroyForcibly();
        }
    }

    private static void readLine(final Process process) throws IOException {
        for (int c = process.getInputStream().read(); c != '\n' && c >= 0; c = process.getInputStream().read()) {
            assertThat(c).isPositive();
        }
    }
}
