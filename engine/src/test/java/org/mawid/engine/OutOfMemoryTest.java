package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.sbe.Result;

/** The tables need another page and there is none: a process of its own, with little memory outside the heap. */
@Timeout(120)
class OutOfMemoryTest {
    private static final int HALTED = 3;

    @Test
    void givenNoMemoryForAnotherPage_whenATableGrows_thenOneLineSaysSoAndNothingAcknowledgedIsLost(@TempDir final Path folder) throws Exception {
        final Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:MaxDirectMemorySize=64m",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), Starved.class.getName(), folder.toString()).redirectErrorStream(true).start();
        final List<String> lines;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines = out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(HALTED);
        assertThat(lines.stream().filter(line -> line.startsWith("halted: "))).singleElement().asString().contains("out of memory").contains("MAWID_STATE");
        final long answered = Long.parseLong(lines.stream().filter(line -> line.startsWith("answered ")).findFirst().orElseThrow().substring(9));
        assertThat(answered).isGreaterThan(10_000);
        try (EmbeddedEngine engine = Starved.start(folder)) {
            final AtomicLong position = new AtomicLong();
            engine.query(core -> {
                core.check();
                position.set(core.position());
            });
            while (position.get() == 0) {
                assertThat(engine.status().running()).isTrue();
                Thread.onSpinWait();
            }
            assertThat(position.get()).isGreaterThanOrEqualTo(answered);
        }
    }

    /** Takes all memory but a little, then sends commands until the engine halts. */
    static final class Starved {
        private static final long LEFT_BYTES = 6 << 20;

        private Starved() {
        }

        static EmbeddedEngine start(final Path folder) throws Exception {
            final FileDisk disk = FileDisk.plain();
            return EmbeddedEngine.start(EngineConfig.at(folder)
                    .with(Setting.RING_ENTRIES, 4_096).with(Setting.SEGMENT_BYTES, 4 << 20).with(Setting.GROUP_BYTES, 256 << 10)
                    .with(Setting.EVENT_BUFFER_BYTES, 1 << 20).with(Setting.RETIRE_EVERY_MS, 0).with(Setting.RECORDS, false)
                    .with(Setting.SNAPSHOT_AT_STOP, false), EngineMetrics.NONE,
                    new Host(disk, disk, () -> Rig.START_MS, () -> new JournalId(7, 302), read -> new FakeReadModel(), true));
        }

        public static void main(final String[] args) throws Exception {
            final EmbeddedEngine engine = start(Path.of(args[0]));
            final AtomicLong answered = new AtomicLong();
            engine.onHalt(line -> {
                System.out.println(line);
                System.out.println("answered " + answered.get());
                Runtime.getRuntime().halt(HALTED);
            });
            final BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct")).findFirst().orElseThrow();
            final ByteBuffer ballast = ByteBuffer.allocateDirect((int) ((64 << 20) - direct.getMemoryUsed() - LEFT_BYTES));
            final long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            for (long request = 1; System.nanoTime() < endNanos; request++) {
                while (engine.submit(Rig.definePost(request, 0), (tag, outcome, events, offset, length) -> answered.incrementAndGet(), 0) != Result.OK) {
                    Thread.onSpinWait();
                }
            }
            System.out.println("it never ran out of memory, " + ballast.capacity());
        }
    }
}
