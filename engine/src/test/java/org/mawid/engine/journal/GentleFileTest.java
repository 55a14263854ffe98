package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading beside the pipeline, on the real file system, against reading as usual. */
class GentleFileTest {
    private static final int SEGMENT_BYTES = 8 << 20;
    @TempDir
    private Path folder;

    private static FileDisk disk(final boolean plain, final Path folder) throws IOException {
        return plain ? FileDisk.plain() : FileDisk.probe(folder);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAFileOfAnyLength_whenReadFromAnyBlock_thenItsBytesToItsEndAndARestAfterEachRead(final boolean plain) throws IOException {
        final Random random = new Random(5);
        for (final int length : new int[] {0, 1, 4_095, 4_096, 4_097, GentleFile.MOST_BYTES, 3 * GentleFile.MOST_BYTES + 5, 1 << 20}) {
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            final Path path = Files.write(folder.resolve("file-" + length), bytes);
            final AtomicInteger rests = new AtomicInteger();
            try (BlockBuffer memory = new BlockBuffer(1 << 20); GentleFile file = new GentleFile(disk(plain, folder), path, rests::incrementAndGet)) {
                for (int at = 0; at <= length; at += 37 * GentleFile.BLOCK_BYTES) {
                    rests.set(0);
                    final ByteBuffer into = memory.bytes().clear();
                    final int read = file.readFully(into, at);
                    assertThat(read).as("%d bytes from %d", length, at).isEqualTo(length - at);
                    final byte[] seen = new byte[read];
                    into.get(0, seen);
                    assertThat(seen).isEqualTo(Arrays.copyOfRange(bytes, at, length));
                    assertThat(rests.get()).isGreaterThanOrEqualTo((read + GentleFile.MOST_BYTES - 1) / GentleFile.MOST_BYTES);
                }
                assertThat(file.size()).isEqualTo(length);
            }
        }
    }

    /** Groups of one block to more than 3 MiB, over several segments; read as it grows, and by readers that come late. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAJournalThatGrows_whenReadBothWaysAndFromAnywhere_thenTheSameRecords(final boolean plain) throws IOException {
        final Random random = new Random(FakeDisk.spread(7));
        final AtomicInteger rests = new AtomicInteger();
        final List<Sample.Entry> written = new ArrayList<>();
        final List<Sample.Entry> usual = new ArrayList<>();
        final List<Sample.Entry> gentle = new ArrayList<>();
        final JournalConfig config = JournalConfig.in(folder, disk(plain, folder), Sample.ID).withSizes(SEGMENT_BYTES, JournalConfig.MAX_GROUP_BYTES);
        try (Journal journal = Journal.open(config);
                JournalReader one = journal.reader(1); JournalReader two = journal.gentleReader(1, rests::incrementAndGet)) {
            for (int round = 0; round < 40; round++) {
                final int perGroup = round % 16 == 8 ? 1 << 15 : 1 + random.nextInt(1 << random.nextInt(12));
                written.addAll(Sample.fill(journal.writer(), 3, perGroup + random.nextInt(200), perGroup));
                if (random.nextInt(4) == 0) {
                    journal.writer().seal();
                }
                final long upTo = random.nextBoolean() ? Long.MAX_VALUE : written.size() - random.nextInt(perGroup);
                usual.addAll(Sample.read(one, upTo));
                gentle.addAll(Sample.read(two, upTo));
                assertThat(gentle).hasSameSizeAs(usual);
                final long from = 1 + random.nextInt(written.size());
                try (JournalReader late = journal.gentleReader(from, rests::incrementAndGet)) {
                    assertThat(late.nextPosition()).isEqualTo(from);
                    assertThat(Sample.read(late, from)).isEqualTo(written.subList((int) from - 1, (int) from));
                }
            }
            usual.addAll(Sample.read(one, Long.MAX_VALUE));
            gentle.addAll(Sample.read(two, Long.MAX_VALUE));
            assertThat(Format.segmentPositions(config.disk().list(folder)).length).isGreaterThan(1);
        }
        assertThat(usual).isEqualTo(written);
        assertThat(gentle).isEqualTo(written);
        assertThat(rests.get()).isPositive();
    }

    @Test
    void givenAWriterOnAThreadOfItsOwn_whenFollowed_thenEveryRecordOnceAndInOrder() throws Exception {
        final int records = 30_000;
        final JournalConfig config = JournalConfig.in(folder, FileDisk.probe(folder), Sample.ID).withSizes(1 << 20, 64 * 1024);
        try (Journal journal = Journal.open(config); JournalReader follower = journal.gentleReader(1, () -> { })) {
            final Thread writing = new Thread(() -> {
                final Random random = new Random(9);
                for (int done = 0; done < records; done += 100) {
                    Sample.fill(journal.writer(), 11, 100, 1 + random.nextInt(100));
                }
            });
            writing.start();
            final List<Sample.Entry> seen = new ArrayList<>();
            while (writing.isAlive() || follower.nextPosition() <= journal.writer().durablePosition()) {
                seen.addAll(Sample.read(follower, Long.MAX_VALUE));
            }
            writing.join();
            assertThat(seen).hasSize(records).isEqualTo(Sample.read(journal, 1));
        }
    }

    @Test
    void givenASegmentThatIsCutOff_whenReadBothWays_thenTheSameDamageAtTheSamePlace() throws IOException {
        final FileDisk disk = FileDisk.probe(folder);
        final JournalConfig config = JournalConfig.in(folder, disk, Sample.ID).withSizes(JournalConfig.MIN_SEGMENT_BYTES, 64 * 1024);
        try (Journal journal = Journal.open(config)) {
            Sample.fill(journal.writer(), 3, 6_000, 250);
            final Path second = Format.segmentPath(folder, Format.segmentPositions(disk.list(folder))[1]);
            try (DiskFile file = disk.open(second, Disk.Access.REPAIR)) {
                file.truncate(100_001);
            }
            assertThatThrownBy(() -> Sample.read(journal, 1)).isInstanceOf(JournalDamagedException.class)
                    .satisfies(usual -> assertThatThrownBy(() -> {
                        try (JournalReader gentle = journal.gentleReader(1, () -> { })) {
                            Sample.read(gentle, Long.MAX_VALUE);
                        }
                    }).hasSameClassAs(usual).hasMessage(usual.getMessage()));
        }
    }
}
