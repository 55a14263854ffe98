package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archive and copy: nothing is removed before it is safe elsewhere, and what is copied is a whole journal. */
class JournalCopyTest {
    private static final Path ARCHIVE = Path.of("archive");
    private static final Path COPY = Path.of("copy");

    private final FakeDisk disk = new FakeDisk(1, true);
    private final JournalConfig config = Sample.config(disk);

    @Test
    void givenOldSegments_whenArchived_thenTheyMoveWholeAndTheRestIsStillReadAndWritten() throws IOException {
        try (Journal journal = Journal.open(config)) {
            final List<Sample.Entry> entries = Sample.fill(journal.writer(), 1, 8_000, 100);
            final long[] segments = Format.segmentPositions(disk.list(Sample.FOLDER));
            assertThat(journal.archiveBefore(segments[1] - 1, ARCHIVE, null)).isEmpty();
            assertThat(journal.archiveBefore(segments[3] + 5, ARCHIVE, null)).hasSize(3);
            assertThat(journal.firstPosition()).isEqualTo(segments[3]);
            assertThat(Sample.read(journal, segments[3])).isEqualTo(entries.subList((int) segments[3] - 1, 8_000));
            assertThatThrownBy(() -> journal.reader(segments[3] - 1)).isInstanceOf(JournalRefusedException.class)
                    .hasMessageContaining("archived");
            entries.addAll(Sample.fill(journal.writer(), 1, 500, 100));
            assertThat(journal.archiveBefore(Long.MAX_VALUE, ARCHIVE, null)).isNotEmpty();
            assertThat(Format.segmentPositions(disk.list(Sample.FOLDER))).hasSize(1);
            assertThat(Format.segmentPositions(disk.list(ARCHIVE))).startsWith(Arrays.copyOf(segments, segments.length - 1))
                    .doesNotContain(journal.firstPosition());
        }
        disk.powerLoss();
        for (final long segment : Format.segmentPositions(disk.list(ARCHIVE))) {
            disk.rename(Format.segmentPath(ARCHIVE, segment), Format.segmentPath(Sample.FOLDER, segment));
        }
        try (Journal journal = Journal.open(config)) {
            assertThat(Sample.read(journal, 1)).hasSize(8_500);
        }
    }

    @Test
    void givenACrashOrAFailureAtAnyCallOfArchiving_whenRepeated_thenNoSegmentIsLost() throws IOException {
        givenACrashOrAFailureAtAnyCallOfArchiving(null, 30);
    }

    @Test
    void givenACrashOrAFailureAtAnyCallOfArchivingBesideThePipeline_whenRepeated_thenNoSegmentIsLost() throws IOException {
        final AtomicInteger rests = new AtomicInteger();
        givenACrashOrAFailureAtAnyCallOfArchiving(rests::incrementAndGet, 60);
        assertThat(rests.get()).isPositive();
    }

    private static void givenACrashOrAFailureAtAnyCallOfArchiving(final Runnable rest, final int atLeast) throws IOException {
        final long calls = archive(new FakeDisk(1, true), 0, false, rest);
        assertThat(calls).isGreaterThan(atLeast);
        for (long call = 1; call <= calls; call++) {
            archive(new FakeDisk(call, true), call, true, rest);
            archive(new FakeDisk(call, true), call, false, rest);
        }
    }

    @Test
    void givenADifferentFileInTheArchive_whenArchiving_thenNothingIsRemoved() throws IOException {
        try (Journal journal = Journal.open(config)) {
            Sample.fill(journal.writer(), 1, 4_000, 100);
            disk.createFolders(ARCHIVE);
            try (DiskFile file = disk.open(Format.segmentPath(ARCHIVE, 1), Disk.Access.CREATE)) {
                file.writeFully(ByteBuffer.wrap(new byte[(int) JournalConfig.MIN_SEGMENT_BYTES]), 0);
            }
            assertThatThrownBy(() -> journal.archiveBefore(Long.MAX_VALUE, ARCHIVE, null)).isInstanceOf(JournalFailedException.class)
                    .hasMessageContaining("differs");
            assertThat(journal.firstPosition()).isEqualTo(1);
            assertThatThrownBy(() -> journal.archiveBefore(5, Sample.FOLDER, null)).isInstanceOf(JournalRefusedException.class);
        }
    }

    @Test
    void givenADamagedSegment_whenArchiving_thenItStays() throws IOException {
        try (Journal journal = Journal.open(config)) {
            Sample.fill(journal.writer(), 1, 4_000, 100);
            disk.corrupt(Format.segmentPath(Sample.FOLDER, 1), 9_000, 4);
            assertThatThrownBy(() -> journal.archiveBefore(Long.MAX_VALUE, ARCHIVE, null)).isInstanceOf(JournalDamagedException.class);
            assertThat(journal.firstPosition()).isEqualTo(1);
            disk.corrupt(Format.segmentPath(Sample.FOLDER, 1), 9_000, 4);
        }
    }

    @Test
    void givenAnyPosition_whenCopiedUpToIt_thenTheCopyIsAJournalThatEndsWithItsGroup() throws IOException {
        try (Journal journal = Journal.open(config)) {
            final List<Sample.Entry> entries = Sample.fill(journal.writer(), 1, 4_000, 100);
            journal.skip(50);
            entries.set(49, new Sample.Entry(50, entries.get(49).nowMs(), entries.get(49).flags() | RecordHandler.SKIPPED,
                    entries.get(49).bytes()));
            final long[] segments = Format.segmentPositions(disk.list(Sample.FOLDER));
            int number = 0;
            for (final long upTo : new long[] {0, 1, 100, 101, 1_050, segments[1] - 1, segments[1], 3_999, 4_000, Long.MAX_VALUE}) {
                final Path target = Path.of("copy-" + number++);
                final long last = journal.copyTo(target, upTo, null);
                assertThat(last).isBetween(Math.min(upTo, 4_000), Math.min(4_000, Math.min(upTo, 4_000) + 99));
                try (Journal copy = Journal.open(inFolder(target))) {
                    assertThat(copy.id()).isEqualTo(journal.id());
                    assertThat(copy.tornTail()).isNull();
                    assertThat(Sample.read(copy, 1)).isEqualTo(entries.subList(0, (int) last));
                    Sample.fill(copy.writer(), 8, 10, 10);
                }
            }
            assertThatThrownBy(() -> journal.copyTo(Path.of("copy-0"), 1, null)).isInstanceOf(JournalRefusedException.class)
                    .hasMessageContaining("not empty");
        }
    }

    @Test
    void givenACopyThatWasBrokenOff_whenOpened_thenRefused() throws IOException {
        try (Journal journal = Journal.open(config)) {
            Sample.fill(journal.writer(), 1, 4_000, 100);
            disk.failAt(disk.calls() + 30, FakeDisk.NO_SPACE);
            assertThatThrownBy(() -> journal.copyTo(COPY, 4_000, null)).isInstanceOf(JournalFailedException.class);
        }
        assertThatThrownBy(() -> Journal.open(inFolder(COPY))).isInstanceOf(JournalDamagedException.class);
    }

    @Test
    void givenAWriterAtWork_whenCopiedMeanwhile_thenEachCopyIsWhole(@TempDir final Path folder) throws Exception {
        final JournalConfig real = JournalConfig.in(folder.resolve("journal"), FileDisk.probe(folder.resolve("journal")), Sample.ID)
                .withSizes(JournalConfig.MIN_SEGMENT_BYTES, 64 * 1024);
        try (Journal journal = Journal.open(real)) {
            final AtomicBoolean stop = new AtomicBoolean();
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final Thread writing = new Thread(() -> {
                while (!stop.get()) {
                    Sample.fill(journal.writer(), 1, 60, 20);
                }
            });
            writing.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
            writing.start();
            final List<Long> sizes = new ArrayList<>();
            for (int round = 0; round < 8; round++) {
                final long before = journal.writer().durablePosition();
                final Path target = folder.resolve("copy-" + round);
                final long last = journal.copyTo(target, Long.MAX_VALUE, round % 2 == 0 ? null : Thread::yield);
                assertThat(last).isGreaterThanOrEqualTo(before);
                sizes.add(last);
            }
            stop.set(true);
            writing.join();
            assertThat(failure.get()).isNull();
            final List<Sample.Entry> all = Sample.read(journal, 1);
            for (int round = 0; round < sizes.size(); round++) {
                try (Journal copy = Journal.examine(JournalConfig.in(folder.resolve("copy-" + round), FileDisk.plain(), Sample.ID))) {
                    assertThat(Sample.read(copy, 1)).isEqualTo(all.subList(0, sizes.get(round).intValue()));
                }
            }
        }
    }

    private static long archive(final FakeDisk disk, final long call, final boolean crash, final Runnable rest) throws IOException {
        final JournalConfig config = Sample.config(disk);
        final Journal journal = Journal.open(config);
        final List<Sample.Entry> entries = Sample.fill(journal.writer(), 1, 4_000, 100);
        final long before = disk.calls();
        if (call > 0 && crash) {
            disk.crashAt(before + call);
        } else if (call > 0) {
            disk.failAt(before + call, "Input/output error");
        }
        try {
            journal.archiveBefore(Long.MAX_VALUE, ARCHIVE, rest);
            assertThat(call).isZero();
        } catch (FakeDisk.Crash | JournalFailedException e) {
            assertThat(call).isPositive();
        }
        final long calls = disk.calls() - before;
        disk.powerLoss();
        try (Journal again = Journal.open(config)) {
            again.archiveBefore(Long.MAX_VALUE, ARCHIVE, rest);
        }
        disk.powerLoss();
        for (final long segment : Format.segmentPositions(disk.list(ARCHIVE))) {
            disk.rename(Format.segmentPath(ARCHIVE, segment), Format.segmentPath(Sample.FOLDER, segment));
        }
        try (Journal whole = Journal.open(config)) {
            assertThat(Sample.read(whole, 1)).isEqualTo(entries);
        }
        return calls;
    }

    private JournalConfig inFolder(final Path folder) {
        return JournalConfig.in(folder, disk, Sample.ID).withSizes(JournalConfig.MIN_SEGMENT_BYTES, 32 * 1024).withBackground(false);
    }
}
