package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What had been durable and no longer is what was written is refused, with its place; what never was durable is cut. */
class JournalDamageTest {
    private final FakeDisk disk = new FakeDisk(1, true);
    private final FakeDisk other = new FakeDisk(2, true);
    private final JournalConfig config = Sample.config(disk);

    @Test
    void givenASealedJournal_whenAnySingleBitFlips_thenItIsNoticedAndNoRecordIsLostUnseen() throws Exception {
        final List<Sample.Entry> entries = write(4_000, 300);
        final long[] segments = Format.segmentPositions(disk.list(Sample.FOLDER));
        assertThat(segments.length).isGreaterThan(2);
        final Random random = new Random(5);
        for (final long segment : segments) {
            final Path file = Format.segmentPath(Sample.FOLDER, segment);
            for (final int offset : places(disk.content(file), random)) {
                final boolean last = segment == segments[segments.length - 1];
                for (int bit = last ? 0 : random.nextInt(8); bit < 8; bit += last ? 1 : 8) {
                    flip(entries, file, offset, 1 << bit, last);
                }
            }
        }
        for (final String name : new String[] {Identity.FILE, Skips.FILE}) {
            final Path file = Sample.FOLDER.resolve(name);
            for (int offset = 0; offset < disk.content(file).length; offset++) {
                flip(entries, file, offset, 1 << random.nextInt(8), false);
            }
        }
        assertThat(check(entries)).isNull();
    }

    @Test
    void givenTheLastGroupTornAndNothingBehindIt_whenOpened_thenItIsCutZeroedAndSynced() throws Exception {
        final List<Sample.Entry> entries = writeAndKill(300, 50);
        final Path file = Format.segmentPath(Sample.FOLDER, 1);
        final int last = groups(disk.content(file)).get(5);
        disk.corrupt(file, last + 700, 0x10);
        try (Journal journal = Journal.examine(config)) {
            assertThat(journal.tornTail()).contains(file.toString()).contains("offset " + last).contains("after position 250");
            assertThat(journal.recoveredPosition()).isEqualTo(250);
        }
        assertThat(disk.content(file)[last]).isNotZero(); // looking changes nothing
        final Journal cut = Journal.open(config);
        assertThat(cut.tornTail()).isNotNull();
        disk.powerLoss();
        final byte[] content = disk.content(file);
        for (int at = last; at < content.length; at++) {
            assertThat(content[at]).isZero();
        }
        try (Journal journal = Journal.open(config)) {
            assertThat(journal.tornTail()).isNull();
            assertThat(Sample.read(journal, 1)).isEqualTo(entries.subList(0, 250));
            Sample.fill(journal.writer(), 99, 50, 10);
        }
        try (Journal journal = Journal.open(config)) {
            assertThat(Sample.read(journal, 1)).hasSize(300);
        }
    }

    @Test
    void givenAGroupThatALaterOneVouchesFor_whenItIsBad_thenRefusedWithFileOffsetAndAdvice() throws Exception {
        writeAndKill(300, 50);
        final Path file = Format.segmentPath(Sample.FOLDER, 1);
        final int third = groups(disk.content(file)).get(2);
        final byte[] before = disk.content(file);
        disk.corrupt(file, third + 4_000, 0x01);
        final JournalDamagedException damage = catchThrowableOfType(JournalDamagedException.class, () -> Journal.open(config));
        assertThat(damage.file()).isEqualTo(file);
        assertThat(damage.offset()).isEqualTo(third);
        assertThat(damage).hasMessageContaining("offset " + third).hasMessageContaining("restore");
        disk.corrupt(file, third + 4_000, 0x01);
        assertThat(disk.content(file)).isEqualTo(before);
    }

    @Test
    void givenASealBetweenTwoGroups_whenItIsBad_thenRefusedAlthoughItHeldNoRecord() throws Exception {
        final Journal journal = Journal.open(config);
        Sample.fill(journal.writer(), 1, 10, 10);
        journal.writer().seal();
        Sample.fill(journal.writer(), 1, 10, 10);
        disk.kill();
        final Path file = Format.segmentPath(Sample.FOLDER, 1);
        final int seal = groups(disk.content(file)).get(1);
        disk.corrupt(file, seal + 90, 0x40);
        assertThatThrownBy(() -> Journal.open(config)).isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("offset " + seal);
    }

    @Test
    void givenABlockThatWasLost_whenABlockOfZerosIsInItsPlace_thenRefused() throws Exception {
        writeAndKill(300, 50);
        final Path file = Format.segmentPath(Sample.FOLDER, 1);
        final int second = groups(disk.content(file)).get(1);
        final byte[] content = disk.content(file);
        for (int at = second; at < second + Format.BLOCK_BYTES; at++) {
            disk.corrupt(file, at, content[at]);
        }
        assertThatThrownBy(() -> Journal.open(config)).isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("offset " + second);
    }

    @Test
    void givenAGroupOfAnotherHistory_whenItTakesThePlaceOfOne_thenTheNextOneTellsIt() throws Exception {
        final Path file = twoHistories(Sample.ID);
        final List<Integer> groups = groups(disk.content(file));
        paste(file, groups.get(0), groups.get(0));
        assertThatThrownBy(() -> Journal.open(config)).isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("does not continue").hasMessageContaining("offset " + groups.get(1));
    }

    @Test
    void givenSoundGroupsOfElsewhereBehindATornOne_whenOpened_thenTheyAreNoProofOfAnything() throws Exception {
        final Path file = twoHistories(new JournalId(5, 5));
        final List<Integer> groups = groups(disk.content(file));
        final int last = groups.get(5);
        disk.corrupt(file, last + 200, 1);
        paste(file, groups.get(2), 55 * Format.BLOCK_BYTES); // of another journal, and not in its place
        final byte[] own = disk.content(file);
        final int at = 40 * Format.BLOCK_BYTES;
        for (int i = 0; i < Group.bytes(wrap(own), groups.get(1)); i++) {
            disk.corrupt(file, at + i, own[groups.get(1) + i]); // of this one, and not in its place
        }
        try (Journal journal = Journal.open(config)) {
            assertThat(journal.tornTail()).contains("offset " + last);
            assertThat(journal.recoveredPosition()).isEqualTo(250);
        }
    }

    @Test
    void givenASegmentMissingShortenedOrOfAnotherJournal_whenOpened_thenRefused() throws Exception {
        write(4_000, 300);
        final long[] segments = Format.segmentPositions(disk.list(Sample.FOLDER));
        final Path last = Format.segmentPath(Sample.FOLDER, segments[segments.length - 1]);
        final int size = disk.content(last).length;
        disk.truncate(last, size - 4_096);
        assertThatThrownBy(() -> Journal.open(config)).isInstanceOf(JournalDamagedException.class).hasMessageContaining("should have");
        disk.truncate(last, size);

        disk.delete(Format.segmentPath(Sample.FOLDER, segments[1]));
        assertThatThrownBy(() -> Journal.open(config)).isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("segment 2 is missing");

        disk.delete(Sample.FOLDER.resolve(Identity.FILE));
        assertThatThrownBy(() -> Journal.open(config)).isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining(Identity.FILE);
    }

    @Test
    void givenALiveReader_whenWhatIsDurableIsNotThere_thenRefusedAndNotTakenForTheEnd() throws Exception {
        try (Journal journal = Journal.open(config); JournalReader reader = journal.reader(1)) {
            Sample.fill(journal.writer(), 1, 300, 50);
            final Path file = Format.segmentPath(Sample.FOLDER, 1);
            final int last = groups(disk.content(file)).get(5);
            disk.corrupt(file, last + 200, 0x08);
            final JournalDamagedException damage =
                    catchThrowableOfType(JournalDamagedException.class, () -> Sample.read(reader, Long.MAX_VALUE));
            assertThat(damage.offset()).isEqualTo(last);
            assertThat(reader.nextPosition()).isEqualTo(251);
        }
    }

    /** Two journals whose groups are of the same sizes at the same places and hold other bytes. */
    private Path twoHistories(final JournalId otherId) {
        final JournalConfig second = JournalConfig.in(Sample.FOLDER, other, otherId)
                .withSizes(JournalConfig.MIN_SEGMENT_BYTES, 32 * 1024).withBackground(false);
        for (final JournalConfig one : List.of(config, second)) {
            final JournalWriter writer = Journal.open(one).writer();
            for (int position = 1; position <= 300; position++) {
                final UnsafeBuffer record = new UnsafeBuffer(new byte[100]);
                record.putInt(0, one == config ? position : -position);
                assertThat(writer.append(position, position, 0, record, 0, record.capacity())).isTrue();
                if (position % 50 == 0) {
                    writer.flush();
                }
            }
        }
        disk.kill();
        return Format.segmentPath(Sample.FOLDER, 1);
    }

    private void paste(final Path file, final int from, final int to) {
        final byte[] theirs = other.content(file);
        final byte[] ours = disk.content(file);
        for (int i = 0; i < Group.bytes(wrap(theirs), from); i++) {
            disk.corrupt(file, to + i, theirs[from + i] ^ ours[to + i]);
        }
    }

    private static ByteBuffer wrap(final byte[] content) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void flip(final List<Sample.Entry> entries, final Path file, final int offset, final int mask, final boolean last) {
        disk.corrupt(file, offset, mask);
        final RuntimeException found = check(entries);
        final String where = file + " offset " + offset + " mask " + mask;
        if (found instanceof JournalDamagedException damage) {
            assertThat(damage.file()).as(where).isEqualTo(file);
            assertThat(damage.offset()).as(where).isBetween(0L, (long) offset);
        } else if (found instanceof JournalRefusedException) {
            assertThat(file.getFileName().toString()).as(where).isIn(Identity.FILE, Skips.FILE);
        } else {
            assertThat(found).as(where).isInstanceOf(Torn.class);
            assertThat(last).as(where).isTrue();
        }
        disk.corrupt(file, offset, mask);
    }

    /** Whole, but for what was never acknowledged. */
    private static final class Torn extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** @return what is found to be wrong; null if nothing */
    private RuntimeException check(final List<Sample.Entry> entries) {
        try (Journal journal = Journal.examine(config); JournalReader reader = journal.reader(1)) {
            final long[] records = new long[2];
            reader.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, offset, length) -> {
                final Sample.Entry entry = entries.get((int) position - 1);
                records[0]++;
                records[1] += entry.nowMs() == nowMs && entry.bytes().capacity() == length
                        && entry.bytes().get(length - 1) == buffer.getByte(offset + length - 1) ? 1 : 0;
            });
            assertThat(records).containsOnly(entries.size());
            return reader.tornTail() == null ? null : new Torn();
        } catch (JournalDamagedException | JournalRefusedException e) {
            return e;
        }
    }

    /** Headers whole, and some of everything else. */
    private static List<Integer> places(final byte[] content, final Random random) {
        final List<Integer> places = new ArrayList<>();
        final List<Integer> groups = groups(content);
        for (int at = 0; at < 80; at++) {
            places.add(at);
        }
        for (final int group : List.of(groups.get(0), groups.get(groups.size() - 1))) {
            for (int at = 0; at < Group.HEADER_BYTES; at++) {
                places.add(group + at);
            }
        }
        for (int i = 0; i < 80; i++) {
            places.add(random.nextInt(content.length));
        }
        return places;
    }

    private static List<Integer> groups(final byte[] content) {
        final ByteBuffer buffer = wrap(content);
        final List<Integer> groups = new ArrayList<>();
        int at = Format.BLOCK_BYTES;
        while (at < content.length && Group.begins(buffer, at)) {
            groups.add(at);
            at += Group.bytes(buffer, at);
        }
        return groups;
    }

    private List<Sample.Entry> write(final int records, final int perGroup) {
        try (Journal journal = Journal.open(config)) {
            final List<Sample.Entry> entries = Sample.fill(journal.writer(), 1, records, perGroup);
            journal.skip(2);
            return entries;
        }
    }

    private List<Sample.Entry> writeAndKill(final int records, final int perGroup) {
        final List<Sample.Entry> entries = Sample.fill(Journal.open(config).writer(), 1, records, perGroup);
        disk.kill();
        return entries;
    }
}
