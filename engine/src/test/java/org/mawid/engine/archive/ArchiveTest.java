package org.mawid.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.sbe.ApplicationRetiredEncoder;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;

/** The bytes of the archive, with messages that are as short as messages can be. */
class ArchiveTest {
    private static final Path FOLDER = Path.of("archive");
    private static final Path FILE = FOLDER.resolve(Layout.name(1));
    private static final JournalId ID = new JournalId(3, 4);
    private static final int SCHEMA = MessageHeaderEncoder.SCHEMA_VERSION;
    private final FakeDisk disk = new FakeDisk(17, false);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);

    private long block(final ArchiveWriter writer, final long... numbers) throws IOException {
        writer.clear();
        final long place = writer.place();
        for (final long number : numbers) {
            final ApplicationRetiredEncoder encoder = new ApplicationRetiredEncoder();
            encoder.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder()).applicationId(number);
            assertThat(writer.add(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength())).isTrue();
        }
        writer.commit(9, numbers.length);
        return place;
    }

    private List<Long> numbers() throws IOException {
        final List<Long> numbers = new ArrayList<>();
        contents(numbers);
        return numbers;
    }

    private Archive.Contents contents(final List<Long> numbers) throws IOException {
        return contents(disk, numbers);
    }

    @Test
    void givenBlocksOfSeveralProcesses_whenRead_thenAllOfThemInOrderAndTheirNumbersAreUnique() throws IOException {
        final Set<Long> ids = new HashSet<>();
        for (int process = 0; process < 4; process++) {
            try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
                for (int i = 0; i < 3; i++) {
                    ids.add(block(writer, process * 100 + i, process * 100 + i + 50));
                }
            }
        }
        assertThat(ids).hasSize(12);
        assertThat(numbers()).hasSize(24).startsWith(0L, 50L, 1L, 51L).endsWith(302L, 352L);
        assertThat(contents(new ArrayList<>())).isEqualTo(new Archive.Contents(4, 24, List.of(), null));
    }

    @Test
    void givenACommittedBlock_whenThePowerGoes_thenItIsThereAndTheNextProcessGoesOn() throws IOException {
        for (int round = 0; round < 20; round++) {
            final ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID);
            block(writer, round);
            disk.powerLoss();
            assertThat(numbers()).hasSize(round + 1).endsWith((long) round);
        }
        assertThat(contents(new ArrayList<>()).damages()).isEmpty();
    }

    @Test
    void givenACrashAnywhere_whenTheNextProcessWrites_thenWhatWasCommittedIsThereAndNothingIsDamaged() throws IOException {
        for (int call = 1; call < 40; call++) {
            final FakeDisk crashing = new FakeDisk(call, false);
            final List<Long> committed = new ArrayList<>();
            crashing.crashAt(call);
            try {
                final ArchiveWriter writer = new ArchiveWriter(crashing, FOLDER, ID);
                for (long number = 1; number < 30; number++) {
                    block(writer, number);
                    committed.add(number);
                }
            } catch (final FakeDisk.Crash e) {
                assertThat(e.getMessage()).startsWith("crash");
            }
            crashing.powerLoss();
            block(new ArchiveWriter(crashing, FOLDER, ID), 1_000);
            final List<Long> found = new ArrayList<>();
            final Archive.Contents contents = contents(crashing, found);
            assertThat(found).as("crash at call %d", call).containsAll(committed).endsWith(1_000L);
            assertThat(contents.damages()).isEmpty();
        }
    }

    private static Archive.Contents contents(final Disk disk, final List<Long> numbers) throws IOException {
        return Archive.read(disk, FOLDER, ID, (template, buffer, offset, length) -> numbers.add(
                new ApplicationRetiredDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder()).applicationId()));
    }

    /** Blocks until the disk has had enough. @return what was committed */
    private List<Long> written(final Disk onto) {
        final List<Long> committed = new ArrayList<>();
        try (ArchiveWriter writer = new ArchiveWriter(onto, FOLDER, ID)) {
            for (long number = 1; number < 4; number++) {
                block(writer, number);
                committed.add(number);
            }
        } catch (final FakeDisk.Crash | IOException e) {
            assertThat(e).hasMessageStartingWith(e instanceof IOException ? "Input" : "crash");
        }
        return committed;
    }

    /** What the first left without a sync is seen by the second, and would be all that its header says had counted. */
    @Test
    void givenAProcessThatWasKilledAnywhere_whenTheNextGoesOnAndThePowerGoes_thenNothingIsDamaged() throws IOException {
        for (int call = 1; call < 16; call++) {
            for (int seed = 0; seed < 4; seed++) {
                final FakeDisk killing = new FakeDisk(call * 4 + seed, false).crashAt(call);
                final List<Long> committed = written(killing);
                killing.kill();
                block(new ArchiveWriter(killing, FOLDER, ID), 1_000);
                killing.powerLoss();
                assertUnharmed(killing, committed, "killed at call %d, seed %d".formatted(call, seed));
            }
        }
    }

    /** After a sync that failed the kernel shows what is not on the disk, and never writes it however often it is asked to. */
    @Test
    void givenACallThatFailed_whenTheSameOrTheNextProcessGoesOnAndThePowerGoes_thenNothingIsDamaged() throws IOException {
        for (int call = 1; call < 36; call++) {
            for (int seed = 0; seed < 3; seed++) {
                final FakeDisk failing = new FakeDisk(call * 3 + seed, false).failAt(call, "Input/output error");
                final List<Long> committed = written(failing);
                if (seed > 0) {
                    failing.kill();
                }
                final ArchiveWriter next = new ArchiveWriter(failing, FOLDER, ID);
                try {
                    block(next, 1_000);
                } catch (final IOException e) {
                    block(next, 1_000); // in the next round
                }
                failing.powerLoss();
                assertUnharmed(failing, committed, "failed at call %d, %s, seed %d".formatted(call, failing.failedCall(), seed));
            }
        }
    }

    private static void assertUnharmed(final Disk disk, final List<Long> committed, final String when) throws IOException {
        final List<Long> found = new ArrayList<>();
        assertThat(contents(disk, found).damages()).as(when).isEmpty();
        assertThat(found).as(when).containsAll(committed).endsWith(1_000L);
    }

    @Test
    void givenAWriteThatFails_whenTriedAgain_thenANewFileBeginsAndTheOldOneIsNotTouched() throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            block(writer, 1);
            disk.setFull(true);
            assertThatThrownBy(() -> block(writer, 2)).isInstanceOf(IOException.class);
            disk.setFull(false);
            block(writer, 3);
        }
        assertThat(numbers()).containsExactly(1L, 3L);
        assertThat(contents(new ArrayList<>()).files()).isEqualTo(2);
    }

    @Test
    void givenDamageInAFileThatAnotherFollows_whenRead_thenItIsNamedAndInTheLastOneItIsATornTail() throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            block(writer, 1);
            block(writer, 2);
        }
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            block(writer, 3);
        }
        final Path first = FOLDER.resolve(Layout.name(1));
        final Path second = FOLDER.resolve(Layout.name(2));
        disk.corrupt(first, disk.content(first).length - 3, 1);
        assertThat(contents(new ArrayList<>()).damages()).singleElement().satisfies(damage -> {
            assertThat(damage.path()).isEqualTo(first);
            assertThat(damage.offset()).isBetween(64L, (long) disk.content(first).length);
        });
        disk.corrupt(first, disk.content(first).length - 3, 1);
        disk.corrupt(second, disk.content(second).length - 3, 1);
        assertThat(contents(new ArrayList<>()).damages()).isEmpty();
        assertThat(contents(new ArrayList<>()).torn().path()).isEqualTo(second);
        disk.corrupt(second, 20, 1);
        assertThat(contents(new ArrayList<>()).damages()).singleElement().satisfies(damage -> assertThat(damage.path()).isEqualTo(second));
        disk.delete(first);
        assertThat(contents(new ArrayList<>()).damages()).isNotEmpty();
    }

    @Test
    void givenABadBlockThatAWholeOneFollowsInTheLastFile_whenReadOrAppendedTo_thenItIsDamageAndNothingBeginsBehindIt() throws IOException {
        final List<Integer> starts = new ArrayList<>();
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            for (int number = 1; number <= 3; number++) {
                block(writer, number);
                starts.add(disk.content(FILE).length);
            }
        }
        final int block = starts.get(1) - starts.get(0);
        final int first = starts.get(0) - block;
        for (int at = first; at < starts.get(1); at++) {
            disk.corrupt(FILE, at, 0x10);
            final int bad = at < starts.get(0) ? first : starts.get(0);
            final Archive.Contents contents = contents(new ArrayList<>());
            assertThat(contents.torn()).as("byte %d", at).isNull();
            assertThat(contents.damages()).as("byte %d", at).singleElement().satisfies(damage -> {
                assertThat(damage.path()).isEqualTo(FILE);
                assertThat(damage.offset()).isEqualTo(bad);
                assertThat(damage.what()).contains("the block at offset " + (bad + block) + " behind it is whole");
            });
            final ArchiveWriter next = new ArchiveWriter(disk, FOLDER, ID);
            assertThatThrownBy(() -> block(next, 4)).as("byte %d", at).isInstanceOf(IOException.class).hasMessageNotContaining("\n")
                    .hasMessageContainingAll(FILE + " is damaged at offset " + bad, "back-up", "mawid restore", "mawid inspect");
            assertThat(disk.list(FOLDER)).as("nothing says that this is how far it counts").containsExactly(FILE.getFileName().toString());
            disk.corrupt(FILE, at, 0x10);
        }
        assertThat(numbers()).as("put back, it is as it was").containsExactly(1L, 2L, 3L);
    }

    @Test
    void givenATornTail_whenTheNextProcessWrites_thenItIsStillOneAndWhatFollowsItCounts() throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            block(writer, 1);
            block(writer, 2);
        }
        final int whole = disk.content(FILE).length;
        block(new ArchiveWriter(disk, FOLDER, ID), 3);
        final Path second = FOLDER.resolve(Layout.name(2));
        disk.truncate(second, disk.content(second).length - 5);
        assertThat(contents(new ArrayList<>())).isEqualTo(new Archive.Contents(2, 2, List.of(), new Archive.Damage(second, 64, "a block is cut off")));
        disk.truncate(FILE, whole - 5); // a write that did not end
        disk.delete(second);
        assertThat(contents(new ArrayList<>()).torn().path()).isEqualTo(FILE);
        block(new ArchiveWriter(disk, FOLDER, ID), 4);
        assertThat(numbers()).containsExactly(1L, 4L);
        assertThat(contents(new ArrayList<>())).isEqualTo(new Archive.Contents(2, 2, List.of(), null));
    }

    @Test
    void givenAFileThatWasTakenForTornBefore_whenRead_thenWhatTheNextOneSaysDoesNotHideTheDamage() throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            block(writer, 1);
        }
        final int whole = disk.content(FILE).length;
        block(new ArchiveWriter(disk, FOLDER, ID), 2); // its header says how far the file before counts
        try (DiskFile behind = disk.open(FILE, Disk.Access.REPAIR)) {
            behind.writeFully(ByteBuffer.wrap(new byte[40]), whole); // a block that has rotted, and one behind it that has not
            behind.writeFully(ByteBuffer.wrap(disk.content(FOLDER.resolve(Layout.name(2))), 64, whole - 64), whole + 40);
        }
        assertThat(contents(new ArrayList<>()).damages()).singleElement().satisfies(damage -> assertThat(damage.offset()).isEqualTo(whole));
    }

    @Test
    void givenRubbishOfManyMegabytesBehindTheLastBlock_whenRead_thenABlockIsFoundWhereverItBegins() throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            block(writer, 1);
        }
        final byte[] file = disk.content(FILE);
        for (final int gap : new int[] {8, 1 << 20, (1 << 20) - file.length, (1 << 20) - file.length - 24, 5 << 20}) {
            disk.truncate(FILE, file.length);
            try (DiskFile behind = disk.open(FILE, Disk.Access.REPAIR)) {
                behind.writeFully(ByteBuffer.wrap(new byte[gap]), file.length);
                assertThat(contents(new ArrayList<>()).damages()).as("%d bytes of nothing", gap).isEmpty();
                behind.writeFully(ByteBuffer.wrap(file, 64, file.length - 64), file.length + gap);
            }
            assertThat(contents(new ArrayList<>()).damages()).as("a block behind %d bytes", gap).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "65534, 0", "0, 1", "0, 65000"})
    void givenAFileOfANewerProgram_whenReadOrToBeFollowed_thenRefusedInOneLineAndNoByteIsOther(
            final int formats, final int schemas) throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            block(writer, 1);
        }
        OtherArchive.say(disk, FILE, Header.FORMAT_VERSION + formats, SCHEMA + schemas);
        final byte[] before = disk.content(FILE);
        final String why = FILE + " was written by a newer program, " + (formats > 0
                ? "format " + (Header.FORMAT_VERSION + formats) + "; this one knows " + Header.FORMAT_VERSION
                : "schema " + (SCHEMA + schemas) + "; this one knows " + SCHEMA) + ": start that one";
        assertThatThrownBy(this::numbers).isInstanceOf(NewerProgramException.class).hasMessage(why);
        assertThatThrownBy(() -> Archive.refuseNewer(disk, FOLDER)).isInstanceOf(NewerProgramException.class).hasMessage(why);
        assertThatThrownBy(() -> block(new ArchiveWriter(disk, FOLDER, ID), 2)).isInstanceOf(NewerProgramException.class).hasMessage(why);
        assertThat(disk.content(FILE)).isEqualTo(before);
        assertThat(disk.list(FOLDER)).containsExactly(FILE.getFileName().toString());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 'it is of format 0, which there never was'", "1, 0, 'its records are of schema 0, which there never was'"})
    void givenAVersionThatNeverWas_whenReadOrToBeFollowed_thenItIsDamage(final int format, final int schema, final String what) throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, ID)) {
            block(writer, 1);
        }
        OtherArchive.say(disk, FILE, format, schema);
        Archive.refuseNewer(disk, FOLDER);
        assertThat(contents(new ArrayList<>()).damages()).containsExactly(new Archive.Damage(FILE, 0, what));
        assertThatThrownBy(() -> block(new ArchiveWriter(disk, FOLDER, ID), 2)).isInstanceOf(IOException.class)
                .hasMessageContainingAll(FILE + " is damaged at offset 0: " + what, "mawid restore");
    }

    @Test
    void givenAFileOfAnotherJournal_whenReadOrToBeFollowed_thenItIsDamage() throws IOException {
        final JournalId other = new JournalId(ID.high(), ID.low() + 1);
        try (ArchiveWriter writer = new ArchiveWriter(disk, FOLDER, other)) {
            block(writer, 1);
        }
        final String what = "it is of journal " + other + ", not of " + ID;
        assertThat(contents(new ArrayList<>()).damages()).containsExactly(new Archive.Damage(FILE, 0, what));
        assertThatThrownBy(() -> block(new ArchiveWriter(disk, FOLDER, ID), 2)).isInstanceOf(IOException.class)
                .hasMessageContainingAll(FILE + " is damaged at offset 0: " + what, "mawid restore");
        assertThat(disk.list(FOLDER)).containsExactly(FILE.getFileName().toString());
    }
}
