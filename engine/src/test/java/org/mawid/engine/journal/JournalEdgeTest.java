package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups and segments that fit to the byte, groups larger than what is read at a time, and a reader at the heels of the writer. */
class JournalEdgeTest {
    /** With its framing, a quarter of a block. */
    private static final int QUARTER = Format.BLOCK_BYTES / 4 - Group.RECORD_HEADER_BYTES;
    private static final int SEGMENT_BLOCKS = (int) (JournalConfig.MIN_SEGMENT_BYTES / Format.BLOCK_BYTES);

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[JournalWriter.MAX_RECORD_BYTES]);
    private final List<Integer> lengths = new ArrayList<>(); // of the records appended

    /** What is left of a segment is 0 blocks, or 1, or too little for the next group, with and without seals, and the process ends there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenGroupsThatFillBlocksAndSegmentsToTheByte_whenTheProcessEndsAnywhere_thenAllIsFoundAndGoesOn(final boolean durableWrites) throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            final FakeDisk disk = new FakeDisk(seed, durableWrites);
            final Random random = new Random(FakeDisk.spread(seed));
            lengths.clear();
            for (int run = 0; run < 12; run++) {
                final Journal journal = Journal.open(Sample.config(disk));
                assertThat(journal.recoveredPosition()).as("seed %d, run %d", seed, run).isEqualTo(lengths.size());
                assertThat(lengthsIn(journal)).as("seed %d, run %d", seed, run).isEqualTo(lengths);
                final JournalReader follower = random.nextBoolean() ? journal.reader(lengths.size() + 1) : journal.gentleReader(lengths.size() + 1, () -> { });
                final int before = lengths.size();
                for (int groups = 1 + random.nextInt(24); groups > 0; groups--) {
                    group(journal.writer(), 1 + random.nextInt(8), random.nextInt(4));
                    if (random.nextInt(3) == 0) {
                        journal.writer().seal();
                    }
                    if (random.nextBoolean()) {
                        assertThat(follower.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, at, length) ->
                                assertThat(length).isEqualTo(lengths.get((int) position - 1)))).isEqualTo(lengths.size());
                    }
                }
                assertThat(before).isLessThan(lengths.size());
                switch (random.nextInt(3)) {
                    case 0 -> journal.close();
                    case 1 -> disk.kill();
                    default -> disk.powerLoss();
                }
            }
            assertThat(Format.segmentPositions(disk.list(Sample.FOLDER)).length).isGreaterThan(5);
        }
    }

    @Test
    void givenASegmentOfWhichOnlyTheSealsBlockIsLeft_whenSealedAndOpenedAgain_thenTheNextRecordBeginsTheNextSegment() throws IOException {
        for (int left = 0; left < 3; left++) {
            final FakeDisk disk = new FakeDisk(left, true);
            lengths.clear();
            try (Journal journal = Journal.open(Sample.config(disk))) {
                for (int block = 1; block < SEGMENT_BLOCKS - 1 - left; block++) {
                    group(journal.writer(), 1, 0);
                }
                journal.writer().seal();
                assertThat(lengthsIn(journal)).isEqualTo(lengths);
            }
            assertThat(disk.content(Format.segmentPath(Sample.FOLDER, 1))[(SEGMENT_BLOCKS - 1 - left) * Format.BLOCK_BYTES]).isNotZero();
            try (Journal journal = Journal.open(Sample.config(disk)); JournalReader follower = journal.reader(lengths.size() + 1)) {
                group(journal.writer(), 1, 0);
                assertThat(follower.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, at, length) -> { })).isEqualTo(lengths.size());
                assertThat(lengthsIn(journal)).isEqualTo(lengths);
            }
            assertThat(Format.segmentPositions(disk.list(Sample.FOLDER))).hasSize(left < 2 ? 2 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenGroupsLargerThanWhatIsReadAtATime_whenOneIsTornOrDamaged_thenToldApartAsForSmallOnes(final boolean vouchedFor) {
        final FakeDisk disk = new FakeDisk(3, true);
        final JournalConfig config = Sample.config(disk).withSizes(16 << 20, JournalConfig.MAX_GROUP_BYTES);
        final Journal journal = Journal.open(config);
        final JournalReader follower = journal.gentleReader(1, () -> { });
        for (final int blocks : new int[] {1, JournalConfig.MAX_GROUP_BYTES / Format.BLOCK_BYTES, 2, 257, 1_024, 256}) {
            group(journal.writer(), blocks, 1);
            assertThat(follower.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, at, length) ->
                    assertThat(length).isEqualTo(lengths.get((int) position - 1)))).isEqualTo(lengths.size());
        }
        final int whole = lengths.size();
        final Path file = Format.segmentPath(Sample.FOLDER, 1);
        final int begin = (1 + 1 + 1_024 + 2 + 257 + 1_024 + 256) * Format.BLOCK_BYTES;
        group(journal.writer(), 1_000, 3);
        if (vouchedFor) {
            journal.writer().seal();
        }
        disk.kill();
        disk.corrupt(file, begin + 999 * Format.BLOCK_BYTES + 77, 1);
        if (vouchedFor) {
            assertThat(catchThrowableOfType(JournalDamagedException.class, () -> Journal.open(config)).offset()).isEqualTo(begin);
            return;
        }
        try (Journal cut = Journal.open(config)) {
            assertThat(cut.tornTail()).contains(1_000 * Format.BLOCK_BYTES + " bytes from offset " + begin);
            lengths.subList(whole, lengths.size()).clear();
            assertThat(lengthsIn(cut)).isEqualTo(lengths);
            group(cut.writer(), 900, 0);
            assertThat(lengthsIn(cut)).isEqualTo(lengths);
        }
    }

    @Test
    void givenAFullDiskAndAnotherSchemaWord_whenOpened_thenNoRoomButReadsAndSealsGoOnAndRoomBringsTheNewSegment() throws IOException {
        final FakeDisk disk = new FakeDisk(4, false);
        try (Journal journal = Journal.open(Sample.config(disk))) {
            group(journal.writer(), 2, 0);
        }
        for (int run = 0; run < 3; run++) {
            disk.setFull(true);
            final Journal journal = Journal.open(Sample.config(disk).withSchemaWord(1));
            assertThat(journal.writer().hasRoom()).isFalse();
            assertThat(journal.writer().hasRoom()).isFalse();
            assertThat(journal.writer().seal()).isEqualTo(lengths.size());
            assertThat(lengthsIn(journal)).isEqualTo(lengths);
            if (run == 0) {
                journal.close();
            } else if (run == 1) {
                disk.powerLoss();
            } else {
                disk.setFull(false);
                assertThat(journal.writer().hasRoom()).isTrue();
                group(journal.writer(), 1, 0);
                disk.powerLoss();
            }
        }
        try (Journal journal = Journal.open(Sample.config(disk).withSchemaWord(1))) {
            assertThat(journal.schemaWord()).isEqualTo(1);
            assertThat(lengthsIn(journal)).isEqualTo(lengths);
        }
    }

    /** Zeros that the reader saw before a group was written must not be what it sees afterwards, past the page cache or through it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(60)
    void givenAReaderAtTheHeelsOfTheWriter_whenSegmentsFollowEachOther_thenItSeesEveryRecordOnce(final boolean plain, @TempDir final Path folder)
            throws Exception {
        final FileDisk disk = plain ? FileDisk.plain() : FileDisk.probe(folder);
        final JournalConfig config = JournalConfig.in(folder.resolve("journal"), disk, Sample.ID)
                .withSizes(JournalConfig.MIN_SEGMENT_BYTES, 64 * 1024);
        final int records = 6_000;
        try (Journal journal = Journal.open(config)) {
            final CompletableFuture<Long> read = CompletableFuture.supplyAsync(() -> {
                long sum = 0;
                try (JournalReader reader = journal.reader(1)) {
                    final long[] seen = {0};
                    while (reader.nextPosition() <= records) {
                        reader.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, at, length) -> {
                            assertThat(position).isEqualTo(seen[0] + 1);
                            assertThat(buffer.getInt(at)).isEqualTo((int) position);
                            seen[0] = position;
                        });
                    }
                    sum = seen[0];
                }
                return sum;
            });
            final Random random = new Random(5);
            final JournalWriter writer = journal.writer();
            for (int position = 1; position <= records; position++) {
                record.putInt(0, position);
                final int length = 4 + random.nextInt(JournalWriter.MAX_RECORD_BYTES - 4);
                assertThat(writer.hasRoom()).isTrue();
                if (!writer.append(position, position, 0, record, 0, length)) {
                    writer.flush();
                    assertThat(writer.append(position, position, 0, record, 0, length)).isTrue();
                }
                if (random.nextInt(20) == 0) {
                    writer.flush();
                }
                if (random.nextInt(200) == 0) {
                    writer.seal();
                }
            }
            writer.flush();
            assertThat(read.get(50, TimeUnit.SECONDS)).isEqualTo(records);
        }
    }

    /** One group of so many blocks. @param variant 0 = full to the byte, 1 = 8 bytes less, 2 = 8 bytes more, one block more; 3 = three quarters of a block less */
    private void group(final JournalWriter writer, final int blocks, final int variant) {
        final int quarters = 4 * blocks - 1 - (variant == 3 ? 2 : 0);
        for (int i = 0; i < quarters; i++) {
            append(writer, QUARTER);
        }
        if (variant < 3) {
            append(writer, QUARTER - Group.HEADER_BYTES - (variant == 1 ? 8 : 0));
        }
        if (variant == 2) {
            append(writer, 1);
        }
        assertThat(writer.flush()).isEqualTo(lengths.size());
    }

    private void append(final JournalWriter writer, final int length) {
        final long position = lengths.size() + 1;
        record.putLong(0, position);
        assertThat(writer.hasRoom()).isTrue();
        if (!writer.append(position, position, 0, record, 0, length)) {
            writer.flush();
            assertThat(writer.append(position, position, 0, record, 0, length)).isTrue();
        }
        lengths.add(length);
    }

    private static List<Integer> lengthsIn(final Journal journal) {
        final List<Integer> found = new ArrayList<>();
        try (JournalReader reader = journal.reader(1)) {
            reader.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, at, length) -> {
                assertThat(position).isEqualTo(found.size() + 1);
                assertThat(length == 1 || buffer.getLong(at) == position).isTrue();
                found.add(length);
            });
        }
        return found;
    }
}
