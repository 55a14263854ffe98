package org.mawid.bench.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.release.history.HistoryCheck;
import picocli.CommandLine;

/** The whole benchmark with the real server in a process of its own, which is killed while the surge goes on: ten minutes of it are never waited for. */
@Timeout(180)
class GoneServerTest {
    private static final int LINES = 20;
    private static final long LOOK_MS = 20;

    private static final StringWriter SAID = new StringWriter();
    private static Path history;
    private static int exitCode;

    @BeforeAll
    static void run(@TempDir final Path folder) throws Exception {
        history = folder.resolve("history.jsonl");
        final Path pid = folder.resolve("pid");
        final Thread killer = new Thread(() -> killOnceHalfWay(pid), "test-killer");
        killer.setDaemon(true);
        killer.start();
        exitCode = new CommandLine(new ReleaseBench()).setErr(new PrintWriter(SAID)).execute("--program", server(folder, pid).toString(), "--scale", "0.01", "--seconds", "600",
                "--users", "100", "--from", LocalDate.now(ZoneOffset.UTC).plusDays(11).toString(), "--days", "2", "--warm-up", "1", "--takers", "10", "--winners", "1", "--history", history.toString());
        killer.interrupt();
    }

    /** {@code mawid} from the class files of this build, that writes down its number. */
    private static Path server(final Path folder, final Path pid) throws IOException {
        final String options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(each -> each.startsWith("--add-")).collect(Collectors.joining(" "));
        final Path program = Files.writeString(folder.resolve("mawid"), String.format("#!/bin/sh%necho $$ >'%s'%nexec '%s' -XX:TieredStopAtLevel=1 %s -cp '%s' org.mawid.api.Main \"$@\"%n",
                pid, Path.of(System.getProperty("java.home"), "bin", "java"), options, System.getProperty("java.class.path")));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    /** As kill -9 does, when so much has been sent that some of it was answered. */
    private static void killOnceHalfWay(final Path pid) {
        try {
            while (!Files.exists(history) || lines().count() < LINES) {
                Thread.sleep(LOOK_MS);
            }
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow().destroyForcibly();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Stream<String> lines() throws IOException {
        return new String(Files.readAllBytes(history), StandardCharsets.UTF_8).lines();
    }

    @Test
    void givenAServerThatIsKilled_whenTheSurgeGoesOn_thenItEndsWithOneLineThatSaysSo() {
        assertThat(exitCode).isEqualTo(1);
        assertThat(SAID.toString().lines()).singleElement().asString().startsWith("release: the server has ended by itself: exit code 137");
    }

    @Test
    void givenAServerThatIsKilled_whenItsHistoryIsRead_thenItIsWhole_andWhatHadNoAnswerIsUnknown() throws Exception {
        final HistoryCheck.Findings found = HistoryCheck.of(history, HistoryCheck.Places.NOT_KNOWN);

        assertThat(found.wrong()).isEmpty();
        assertThat(found.isTorn()).isFalse();
        assertThat(found.operations()).isGreaterThan(LINES / 2);
        final List<String> all = lines().toList();
        assertThat(all.stream().filter(line -> line.contains("\"result\":\"ok\""))).as("what was answered before").isNotEmpty();
        assertThat(all.stream().filter(line -> line.contains("\"reason\":\"NO_ANSWER\""))).as("reads whose connection was refused").isNotEmpty();
        assertThat(found.unknown()).isEqualTo(all.stream().filter(line -> line.contains("\"result\":\"unknown\"")).count()
                - all.stream().filter(line -> !line.contains("\"result\":\"unknown\"")).count());
    }
}
