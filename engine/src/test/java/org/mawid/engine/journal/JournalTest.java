package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.kernel.InvariantBroken;

/** What a journal promises while nothing goes wrong. */
class JournalTest {
    private final FakeDisk disk = new FakeDisk(42, true);

    @Test
    void givenAnEmptyFolder_whenOpened_thenItIsAnEmptyJournalWithTheGivenId() {
        try (Journal journal = Journal.open(Sample.config(disk))) {
            assertThat(journal.id()).isEqualTo(Sample.ID);
            assertThat(journal.recoveredPosition()).isZero();
            assertThat(journal.recoveredMs()).isZero();
            assertThat(journal.firstPosition()).isEqualTo(1);
            assertThat(Sample.read(journal, 1)).isEmpty();
        }
    }

    @Test
    void givenRecordsOverManySegments_whenOpenedAgain_thenTheyAreReadAsTheyWereAppended() {
        final List<Sample.Entry> entries = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            try (Journal journal = Journal.open(Sample.config(disk))) {
                assertThat(journal.recoveredPosition()).isEqualTo(entries.size());
                entries.addAll(Sample.fill(journal.writer(), 5, 4_000, 50));
            }
        }
        assertThat(segments()).hasSizeGreaterThan(8);
        try (Journal journal = Journal.open(Sample.config(disk))) {
            assertThat(journal.recoveredMs()).isEqualTo(entries.get(entries.size() - 1).nowMs());
            assertThat(journal.tornTail()).isNull();
            assertThat(Sample.read(journal, 1)).isEqualTo(entries);
            for (int from = 1; from <= entries.size() + 1; from += 1_777) {
                assertThat(Sample.read(journal, from)).isEqualTo(entries.subList(from - 1, entries.size()));
            }
        }
    }

    @Test
    void givenTheSameRecords_whenWrittenTwice_thenTheFilesAreTheSameByteForByte() {
        final FakeDisk other = new FakeDisk(7, false);
        for (final FakeDisk one : List.of(disk, other)) {
            try (Journal journal = Journal.open(Sample.config(one))) {
                Sample.fill(journal.writer(), 5, 5_000, 33);
            }
        }
        for (final Path segment : segments()) {
            assertThat(other.content(segment)).isEqualTo(disk.content(segment));
        }
    }

    @Test
    void givenAFullGroup_whenAppending_thenNothingIsTakenUntilFlushed() {
        try (Journal journal = Journal.open(Sample.config(disk))) {
            final JournalWriter writer = journal.writer();
            final UnsafeBuffer record = new UnsafeBuffer(new byte[JournalWriter.MAX_RECORD_BYTES]);
            long position = 1;
            while (writer.append(position, 0, 0, record, 0, record.capacity())) {
                position++;
            }
            assertThat(writer.pendingBytes()).isBetween(30 * 1024, 32 * 1024);
            assertThat(writer.durablePosition()).isZero();
            assertThat(writer.flush()).isEqualTo(position - 1);
            assertThat(writer.pendingBytes()).isZero();
            assertThat(writer.append(position, 0, 0, record, 0, record.capacity())).isTrue();
            assertThat(writer.flush()).isEqualTo(position);
        }
    }

    @Test
    void givenLogTimeThatLeaps_whenItDoesNotFitTheGroup_thenItGoesIntoTheNext() {
        final long leapMs = 1L << 32;
        try (Journal journal = Journal.open(Sample.config(disk))) {
            final JournalWriter writer = journal.writer();
            final UnsafeBuffer record = new UnsafeBuffer(new byte[1]);
            assertThat(writer.append(1, 5, 0, record, 0, 1)).isTrue();
            assertThat(writer.append(2, 5 + leapMs - 1, 0, record, 0, 1)).isTrue();
            assertThat(writer.append(3, 5 + leapMs, 0, record, 0, 1)).isFalse();
            writer.flush();
            assertThat(writer.append(3, 5 + leapMs, 0, record, 0, 1)).isTrue();
            writer.flush();
            assertThat(Sample.read(journal, 1)).extracting(Sample.Entry::nowMs).containsExactly(5L, 5 + leapMs - 1, 5 + leapMs);
        }
    }

    @Test
    void givenABrokenPromise_whenAppending_thenItIsRefusedAndNothingIsTaken() {
        try (Journal journal = Journal.open(Sample.config(disk))) {
            final JournalWriter writer = journal.writer();
            final UnsafeBuffer record = new UnsafeBuffer(new byte[2_000]);
            assertThat(writer.append(1, 100, 0, record, 0, 10)).isTrue();
            assertThatThrownBy(() -> writer.append(3, 100, 0, record, 0, 10)).isInstanceOf(InvariantBroken.class);
            assertThatThrownBy(() -> writer.append(1, 100, 0, record, 0, 10)).isInstanceOf(InvariantBroken.class);
            assertThatThrownBy(() -> writer.append(2, 99, 0, record, 0, 10)).isInstanceOf(InvariantBroken.class);
            assertThatThrownBy(() -> writer.append(2, 100, 1, record, 0, 10)).isInstanceOf(InvariantBroken.class);
            assertThatThrownBy(() -> writer.append(2, 100, 0, record, 0, 0)).isInstanceOf(InvariantBroken.class);
            assertThatThrownBy(() -> writer.append(2, 100, 0, record, 0, 1_025)).isInstanceOf(InvariantBroken.class);
            assertThat(writer.append(2, 100, 0, record, 0, 10)).isTrue();
            assertThat(writer.flush()).isEqualTo(2);
        }
    }

    @Test
    void givenNothingAppended_whenFlushedSealedAndReopenedOften_thenTheJournalDoesNotGrow() {
        try (Journal journal = Journal.open(Sample.config(disk))) {
            Sample.fill(journal.writer(), 1, 3, 3);
        }
        final byte[] once = disk.content(segments().get(0));
        for (int run = 0; run < 100; run++) {
            try (Journal journal = Journal.open(Sample.config(disk))) {
                journal.writer().flush();
                assertThat(journal.writer().seal()).isEqualTo(3);
            }
        }
        assertThat(disk.content(segments().get(0))).isEqualTo(once);
        assertThat(segments()).hasSize(1);
    }

    @Test
    void givenAnotherSchemaWord_whenAppending_thenANewSegmentBeginsWithIt() {
        final JournalConfig config = Sample.config(disk);
        try (Journal journal = Journal.open(config.withSchemaWord(1))) {
            assertThat(journal.schemaWord()).isEqualTo(1);
        }
        try (Journal journal = Journal.open(config.withSchemaWord(2))) {
            Sample.fill(journal.writer(), 1, 10, 3); // the segment without a record gives way
        }
        assertThat(segments()).hasSize(1);
        try (Journal journal = Journal.open(config.withSchemaWord(3))) {
            assertThat(journal.schemaWord()).isEqualTo(2);
            Sample.fill(journal.writer(), 1, 10, 3);
        }
        assertThat(segments()).hasSize(2);
        try (Journal journal = Journal.open(config.withSchemaWord(3)); JournalReader reader = journal.reader(1)) {
            assertThat(journal.schemaWord()).isEqualTo(3);
            assertThat(Sample.read(reader, 10)).hasSize(10);
            assertThat(reader.schemaWord()).isEqualTo(2);
            assertThat(Sample.read(reader, Long.MAX_VALUE)).hasSize(10);
            assertThat(reader.schemaWord()).isEqualTo(3);
        }
    }

    @Test
    void givenAReader_whenTheJournalGrows_thenItFollowsUpToWhatIsDurable() {
        try (Journal journal = Journal.open(Sample.config(disk)); JournalReader reader = journal.reader(1)) {
            final List<Sample.Entry> written = new ArrayList<>();
            final List<Sample.Entry> read = new ArrayList<>();
            for (int round = 0; round < 200; round++) {
                written.addAll(Sample.fill(journal.writer(), 3, 1 + round, 20));
                Sample.append(journal.writer(), Sample.entry(3, written.size() + 1, 0)); // not durable: not to be seen
                final long upTo = round % 3 == 0 ? written.size() - round / 2 : Long.MAX_VALUE;
                read.addAll(Sample.read(reader, upTo));
                assertThat(read).isEqualTo(written.subList(0, (int) Math.min(upTo, written.size())));
                journal.writer().flush();
                written.add(Sample.entry(3, written.size() + 1, 0));
                if (round % 10 == 0) {
                    journal.writer().seal();
                }
            }
            assertThat(segments()).hasSizeGreaterThan(5);
        }
    }

    @Test
    void givenASimulation_whenOpenedLiveOrTheOtherWayRound_thenRefused() {
        final JournalConfig config = Sample.config(disk);
        try (Journal journal = Journal.open(config.withSimulation(true))) {
            assertThat(journal.isSimulation()).isTrue();
            Sample.fill(journal.writer(), 1, 10, 3);
        }
        assertThatThrownBy(() -> Journal.open(config)).isInstanceOf(JournalRefusedException.class).hasMessageContaining("simulation");
        try (Journal journal = Journal.open(config.withSimulation(true))) {
            assertThat(journal.recoveredPosition()).isEqualTo(10);
        }
        final FakeDisk other = new FakeDisk(1, true);
        Journal.open(Sample.config(other)).close();
        assertThatThrownBy(() -> Journal.open(Sample.config(other).withSimulation(true))).isInstanceOf(JournalRefusedException.class);
    }

    @Test
    void givenNoJournal_whenExamined_thenRefusedAndNothingIsMade() {
        assertThatThrownBy(() -> Journal.examine(Sample.config(disk))).isInstanceOf(JournalRefusedException.class);
        assertThat(segments()).isEmpty();
    }

    @Test
    void givenPositionsSkipped_whenRead_thenTheyAreMarkedAfterARestartToo() {
        try (Journal journal = Journal.open(Sample.config(disk))) {
            Sample.fill(journal.writer(), 1, 100, 7);
            journal.skip(40);
            journal.skip(7);
            journal.skip(40);
            assertThatThrownBy(() -> journal.skip(101)).isInstanceOf(JournalRefusedException.class);
            assertThatThrownBy(() -> journal.skip(0)).isInstanceOf(JournalRefusedException.class);
        }
        disk.powerLoss();
        try (Journal journal = Journal.examine(Sample.config(disk))) {
            assertThat(journal.skips()).containsExactly(7, 40);
            for (final int from : new int[] {1, 7, 8, 40, 41}) {
                final List<Long> marked = Sample.read(journal, from).stream()
                        .filter(entry -> (entry.flags() & RecordHandler.SKIPPED) != 0).map(Sample.Entry::position).toList();
                assertThat(marked).isEqualTo(List.of(7L, 40L).stream().filter(position -> position >= from).toList());
            }
        }
    }

    @Test
    void givenAPositionThatIsNotThere_whenAReaderIsAsked_thenRefused() {
        try (Journal journal = Journal.open(Sample.config(disk))) {
            Sample.fill(journal.writer(), 1, 5, 5);
            assertThat(Sample.read(journal, 6)).isEmpty();
            assertThatThrownBy(() -> journal.reader(7)).isInstanceOf(JournalRefusedException.class);
        }
    }

    private List<Path> segments() {
        final List<Path> paths = new ArrayList<>();
        try {
            for (final long position : Format.segmentPositions(disk.list(Sample.FOLDER))) {
                paths.add(Format.segmentPath(Sample.FOLDER, position));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }
}
