package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state does not depend on where it is computed, in one piece or from a snapshot on: interpreter or compiler, locale, zone, JDK. */
class EnvironmentTest {
    private static final int COMMANDS = 6_000;
    private static final long PATIENCE_SECONDS = 240;

    @TempDir
    private static Path directory;
    private static Path log;
    private static String expected;

    @BeforeAll
    static void recordOneRun() throws IOException {
        log = directory.resolve("log");
        try (DataOutputStream to = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(log)))) {
            Recording.of(Seeds.FIRST + 300, COMMANDS).write(to);
        }
        expected = RecordedRun.fingerprint(log);
        assertThat(expected).endsWith("position " + COMMANDS).matches("hash (\\w+) restored \\1 .*");
    }

    @Test
    void givenTheInterpreter_whenReplayed_thenTheSameHash() throws Exception {
        assertThat(run(thisJava(), "-Xint")).startsWith(expected);
    }

    @Test
    void givenTurkishAndAZoneAcrossTheDateLine_whenReplayed_thenTheSameHash() throws Exception {
        assertThat(run(thisJava(), "-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Apia"))
                .startsWith(expected).contains("tr_TR").contains("Pacific/Apia");
    }

    @Test
    void givenAnotherJdk_whenReplayed_thenTheSameHash() throws Exception {
        final Path other = jdk25();
        assumeTrue(other != null || System.getenv("CI_SKIP_NOTHING") != null, "no JDK 25 in JAVA25_HOME or /usr/lib/jvm: the same hash there is not shown");
        assertThat(other).as("a JDK 25 in JAVA25_HOME or /usr/lib/jvm: nothing may be skipped here").isNotNull();
        assertThat(run(other, "-XX:+UseParallelGC")).startsWith(expected).contains(" on 25");
    }

    @Test
    void givenTheQuickCompilerAlone_whenReplayed_thenTheSameHash() throws Exception {
        assertThat(run(thisJava(), "-XX:TieredStopAtLevel=1")).startsWith(expected);
    }

    private static String run(final Path java, final String... options) throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of(java.toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.contains("unsafe-memory") || argument.contains("IgnoreUnrecognized"))
                .forEach(line::add);
        line.addAll(List.of(options));
        line.addAll(List.of("-Xmx512m", "-ea", "-cp", System.getProperty("java.class.path"), RecordedRun.class.getName(), log.toString()));
        final Path output = Files.createTempFile(directory, "run", ".out");
        final Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("%s is still running", line).isTrue();
        } finally {
            process.destroyForcibly();
        }
        final List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s", lines).isZero();
        return lines.stream().filter(each -> each.startsWith("hash ")).findFirst().orElseThrow(() -> new AssertionError(lines.toString()));
    }

    private static Path thisJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Null when there is none. */
    private static Path jdk25() throws IOException {
        final String named = System.getenv("JAVA25_HOME");
        if (named != null && Files.isExecutable(Path.of(named, "bin", "java"))) {
            return Path.of(named, "bin", "java");
        }
        final Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return null;
        }
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home -> home.getFileName().toString().contains("25")).map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable).findFirst().orElse(null);
        }
    }
}
