package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal on the real file system, both ways of writing. */
class FileDiskTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenEitherWayOfWriting_whenOpenedAgainTheOtherWay_thenEverythingIsThere(final boolean plainFirst) throws IOException {
        final List<Sample.Entry> entries = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            final FileDisk disk = (run % 2 == 0) == plainFirst ? FileDisk.plain() : FileDisk.probe(folder);
            try (Journal journal = Journal.open(config(disk))) {
                assertThat(journal.recoveredPosition()).isEqualTo(entries.size());
                entries.addAll(Sample.fill(journal.writer(), 3, 3_000, 250));
            }
        }
        try (Journal journal = Journal.examine(config(FileDisk.plain()))) {
            assertThat(Sample.read(journal, 1)).isEqualTo(entries);
        }
        try (var names = Files.list(folder)) {
            assertThat(names.map(file -> file.getFileName().toString())).noneMatch(Format::isLeftover);
        }
    }

    @Test
    void givenAFolderThatDoesNotExist_whenProbed_thenItIsMadeAndNothingIsLeftInIt() throws IOException {
        final Path deep = folder.resolve("one").resolve("two");
        FileDisk.probe(deep);
        try (var names = Files.list(deep)) {
            assertThat(names).isEmpty();
        }
    }

    @Test
    void givenAFileWhereTheFolderShouldBe_whenProbed_thenItFails() throws IOException {
        final Path file = Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> FileDisk.probe(file)).isInstanceOf(IOException.class);
    }

    @Test
    void givenTheJournalIsOpen_whenOpenedAgainInThisProcess_thenRefusedWithItsPid() throws IOException {
        final FileDisk disk = FileDisk.probe(folder);
        try (Journal journal = Journal.open(config(disk).withOwner("mawid serve"))) {
            final JournalLockedException locked = catchThrowableOfType(JournalLockedException.class, () -> Journal.open(config(disk)));
            assertThat(locked.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(locked).hasMessageContaining("mawid serve");
            assertThatThrownBy(() -> Journal.examine(config(disk))).isInstanceOf(JournalLockedException.class);
            assertThat(journal.recoveredPosition()).isZero();
        }
        Journal.open(config(disk)).close();
    }

    @Test
    void givenAnotherProcessHasIt_whenOpened_thenRefusedWithThatPidUntilItIsKilled() throws Exception {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Holder.class.getName(), folder.toString()));
        final Process other = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals(Holder.READY)) {
                line = out.readLine();
            }
            assertThat(line).isEqualTo(Holder.READY);
            final JournalLockedException locked =
                    catchThrowableOfType(JournalLockedException.class, () -> Journal.open(config(FileDisk.plain())));
            assertThat(locked.pid()).isEqualTo(other.pid());
            assertThat(locked).hasMessageContaining("process " + other.pid()).hasMessageContaining("holder");
        } finally {
            other.destroyForcibly();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        try (Journal journal = Journal.open(config(FileDisk.plain()))) {
            assertThat(Sample.read(journal, 1)).hasSize(Holder.RECORDS);
        }
    }

    @Test
    void givenThisProcessTriedToOpenItTwice_whenAnotherProcessTries_thenItIsStillRefused() throws Exception {
        try (Journal journal = Journal.open(config(FileDisk.plain()))) {
            assertThatThrownBy(() -> Journal.open(config(FileDisk.plain()))).isInstanceOf(JournalLockedException.class);
            assertThatThrownBy(() -> Journal.examine(config(FileDisk.plain()))).isInstanceOf(JournalLockedException.class);
            final Process other = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                    "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                    Holder.class.getName(), folder.toString()).redirectErrorStream(true).start();
            try (BufferedReader out = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                while (line != null && !line.equals(Holder.READY) && !line.contains(JournalLockedException.class.getSimpleName())) {
                    line = out.readLine();
                }
                assertThat(line).contains(JournalLockedException.class.getSimpleName()).contains("process " + ProcessHandle.current().pid());
            } finally {
                other.destroyForcibly();
            }
            Sample.fill(journal.writer(), 1, 10, 5);
        }
        Journal.open(config(FileDisk.plain())).close();
    }

    private JournalConfig config(final Disk disk) {
        return JournalConfig.in(folder, disk, Sample.ID).withSizes(JournalConfig.MIN_SEGMENT_BYTES, 64 * 1024);
    }

    /** A process that keeps a journal open until it is killed. */
    static final class Holder {
        static final String READY = "held";
        static final int RECORDS = 3_000;

        private Holder() {
        }

        public static void main(final String[] args) throws Exception {
            final Path folder = Path.of(args[0]);
            final Journal journal = Journal.open(JournalConfig.in(folder, FileDisk.probe(folder), Sample.ID)
                    .withSizes(JournalConfig.MIN_SEGMENT_BYTES, 64 * 1024).withOwner("holder"));
            Sample.fill(journal.writer(), 3, RECORDS, 100);
            System.out.println(READY);
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
        }
    }
}
