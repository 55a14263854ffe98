package org.mawid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first minute, in a process of its own: what it prints is pasted into a shell, and works. */
class DemoProcessTest {
    private static final Pattern READY = Pattern.compile("ready http=127\\.0\\.0\\.1:(\\d+) grpc=127\\.0\\.0\\.1:(\\d+)");
    private static final int PARIS = 69;

    @TempDir
    private Path folder;

    @Test
    void givenTheDemo_whenItsLinesArePasted_thenOneAppointmentIsConfirmedAndItsStampPaid_andTheJavaOfTheReadmeMakesAnother() throws Exception {
        assumeTrue(has("curl") && has("sh") || System.getenv("CI_SKIP_NOTHING") != null, "needs curl and sh");
        final Process server = mawid("serve", "--demo", "--data", folder.resolve("data").toString(), "--http-port", "0", "--grpc-port", "0");
        try {
            await().atMost(120, TimeUnit.SECONDS).until(() -> !server.isAlive() || out().contains("ready "));
            assertThat(out().lines()).as("%s", err()).hasSize(1);
            final Matcher ready = READY.matcher(out().strip());
            assertThat(ready.matches()).as(out()).isTrue();

            final List<String> paste = err().lines().filter(line -> line.matches("(curl|CAPABILITY=|HOLD=|APPOINTMENT=|STAMP=|PAYMENT=).*")).toList();
            assertThat(paste).as("%s", err()).hasSize(11);
            final Process shell = new ProcessBuilder("sh", "-c", String.join("\n", paste)).directory(folder.toFile()).redirectErrorStream(true).start();
            final String said = new String(shell.getInputStream().readAllBytes());
            assertThat(said).containsPattern("\"slots\":\\[\\{").containsPattern("hold \\S+").containsPattern("appointment \\S+")
                    .containsPattern("\"appointment\":\"[^\"]+\",\"start\"").containsPattern("stamp \\d{16}").contains("\"state\":\"APPROVED\"").contains("VALID")
                    .doesNotContain("curl:").doesNotContain("MALFORMED");

            assertThat(Files.readString(folder.resolve("stamp.pdf"), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");

            final String booked = FirstHold.book(Integer.parseInt(ready.group(2)), PARIS, 1, 0x5EEDL);
            assertThat(booked).matches("\\S+ at \\S+Z, stamp \\d{16}");
            server.destroy(); // SIGTERM
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).as("%s", err()).isZero();
            assertThat(out().lines()).hasSize(1);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private Process mawid(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(flag -> flag.startsWith("--add-")).forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "org.mawid.api.Main")); // it lives for seconds
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile()).start();
    }

    private String out() throws Exception {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws Exception {
        return Files.readString(folder.resolve("err"));
    }

    private static boolean has(final String program) {
        for (final String path : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(path, program))) {
                return true;
            }
        }
        return false;
    }
}
