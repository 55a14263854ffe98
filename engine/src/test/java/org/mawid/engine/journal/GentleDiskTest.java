package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk used beside the pipeline is the same disk, in small steps. */
class GentleDiskTest {
    private static final Path FOLDER = Path.of("folder");
    private static final Path FILE = FOLDER.resolve("file");
    private static final Path LEAVING = FOLDER.resolve("leaving");

    private final AtomicInteger rests = new AtomicInteger();
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAFileOfAnyLength_whenReadFromAnyOffsetIntoAnyBuffer_thenItsBytes(final boolean plain) throws IOException {
        final Random random = new Random(11);
        final GentleDisk gentle = new GentleDisk(plain ? FileDisk.plain() : FileDisk.probe(folder), rests::incrementAndGet);
        for (final int length : new int[] {0, 1, 4_095, 4_096, 4_097, GentleFile.MOST_BYTES, 3 * GentleFile.MOST_BYTES + 5}) {
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            final Path path = Files.write(folder.resolve("file-" + length), bytes);
            try (DiskFile file = gentle.open(path, Disk.Access.READ)) {
                assertThat(file.size()).isEqualTo(length);
                for (int round = 0; round < 50; round++) {
                    final int from = random.nextInt(length + 1);
                    final ByteBuffer into = ByteBuffer.allocate(random.nextInt(2 * GentleFile.MOST_BYTES));
                    final int read = file.readFully(into, from);
                    assertThat(read).as("%d bytes from %d", length, from).isEqualTo(Math.min(into.capacity(), length - from));
                    assertThat(Arrays.copyOf(into.array(), read)).isEqualTo(Arrays.copyOfRange(bytes, from, from + read));
                }
            }
        }
        assertThat(rests.get()).isPositive();
    }

    @Test
    void givenAFileThatOthersWriteTo_whenReadAgain_thenNothingOldIsSeen() throws IOException {
        final Path path = Files.write(folder.resolve("grows"), new byte[8_192]);
        try (DiskFile file = new GentleDisk(FileDisk.probe(folder), () -> { }).open(path, Disk.Access.READ)) {
            final ByteBuffer into = ByteBuffer.allocate(16);
            file.readFully(into, 0);
            assertThat(into.get(0)).isZero();
            Files.write(path, new byte[] {5}, StandardOpenOption.WRITE);
            file.readFully(into.clear(), 0);
            assertThat(into.get(0)).isEqualTo((byte) 5);
        }
    }

    @Test
    void givenANewFile_whenThePowerGoesBeforeItIsSynced_thenWhatWasWrittenIsThere() throws IOException {
        final FakeDisk disk = new FakeDisk(3, false).withShortWrites();
        disk.createFolders(FOLDER);
        final byte[] bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        try (DiskFile file = new GentleDisk(disk, rests::incrementAndGet).open(FILE, Disk.Access.CREATE)) {
            disk.syncFolder(FOLDER);
            file.writeFully(ByteBuffer.wrap(bytes), 0);
            disk.powerLoss();
        }
        assertThat(disk.content(FILE)).isEqualTo(bytes);
        assertThat(rests.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void givenACrashAtAnyCallOfRemoving_whenThePowerGoes_thenTheFileIsWholeOrALeftover() throws IOException {
        final byte[] bytes = new byte[5 << 20];
        new Random(4).nextBytes(bytes);
        for (long call = 1;; call++) {
            final FakeDisk disk = new FakeDisk(call, false);
            disk.createFolders(FOLDER);
            try (DiskFile file = disk.open(FILE, Disk.Access.CREATE)) {
                file.writeFully(ByteBuffer.wrap(bytes), 0);
                file.sync();
            }
            disk.syncFolder(FOLDER);
            final long before = disk.calls();
            disk.crashAt(before + call);
            boolean removed = false;
            try {
                new GentleDisk(disk, () -> { }).remove(FILE, LEAVING);
                removed = true;
            } catch (final FakeDisk.Crash e) {
                assertThat(disk.calls() - before).isEqualTo(call);
            }
            disk.powerLoss();
            if (disk.list(FOLDER).contains("file")) {
                assertThat(disk.content(FILE)).as("crash at call %d", call).isEqualTo(bytes);
            }
            if (removed) {
                assertThat(call).isGreaterThan(6);
                return;
            }
        }
    }
}
