package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One thread of a server that stands still where it next goes to sleep, from a moment at which it is idle until this is closed. The others
 * go on, a pause of all threads too: who is about to sleep counts as stopped.
 */
final class HeldThread implements AutoCloseable {
    private static final long FOR_EVER_MICROS = 1_000_000_000L;

    private final Process strace;

    private HeldThread(final Process strace) {
        this.strace = strace;
    }

    /** @param name as the system knows it: its first fifteen characters */
    static HeldThread of(final Server server, final String name) throws Exception {
        Needed.tracing();
        final Path task = task(server.pid(), name);
        final Process strace = new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "-p", task.getFileName().toString(), "-e", "trace=futex",
                "-e", "inject=futex:delay_enter=" + FOR_EVER_MICROS).redirectErrorStream(true).start();
        final HeldThread held = new HeldThread(strace);
        try {
            await().atMost(Server.PATIENCE).pollInterval(Duration.ofMillis(20)).during(Duration.ofMillis(100))
                    .until(() -> !strace.isAlive() || isHeld(task));
            if (!strace.isAlive()) {
                final String said = new String(strace.getInputStream().readAllBytes());
                Needed.lacking("a thread cannot be held, for other processes may not be looked into: " + said);
                throw new AssertionError("a thread cannot be held: " + said);
            }
            return held;
        } catch (final Throwable e) {
            held.close();
            throw e;
        }
    }

    private static Path task(final long pid, final String name) throws IOException {
        final List<Path> found = tasks(pid, name);
        assertThat(found).as("threads called %s", name).hasSize(1);
        return found.get(0);
    }

    /** Whether a server has such a thread. @param name as for {@link #of} */
    static boolean isThere(final Server server, final String name) throws IOException {
        return !tasks(server.pid(), name).isEmpty();
    }

    private static List<Path> tasks(final long pid, final String name) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.filter(task -> name.equals(line(task.resolve("comm")))).toList();
        }
    }

    private static boolean isHeld(final Path task) throws IOException {
        return Files.readAllLines(task.resolve("status")).stream().anyMatch(line -> line.startsWith("State:\tt"));
    }

    /** Empty for a thread that has just ended. */
    private static String line(final Path file) {
        try {
            return Files.readString(file).strip();
        } catch (final IOException e) {
            return "";
        }
    }

    /** It goes on. */
    @Override
    public void close() throws InterruptedException {
        strace.destroy();
        assertThat(strace.waitFor(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("lets go").isTrue();
    }
}
