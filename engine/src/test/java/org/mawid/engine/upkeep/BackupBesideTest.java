package org.mawid.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Samples;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Snapshots;

/** While a back-up is made others write in the directory: between its listing of a folder and its copy of a file there, anything may happen. */
class BackupBesideTest {
    private static final Path TARGET = Path.of("backup");
    private static final long NOW_MS = 1_767_225_600_000L;
    private final FakeDisk disk = new FakeDisk(5, true);
    private final DataDirectory data = new DataDirectory(Path.of("data"));
    private Journal journal;

    /** What somebody else does. */
    private interface Deed {
        void run() throws IOException;
    }

    @BeforeEach
    void givenAJournalInUse() throws IOException {
        journal = Journal.open(JournalConfig.in(data.journal(), disk, new JournalId(1, 2)).withSizes(256 << 10, 8 << 10).withSchemaWord(SchemaWord.OURS));
        write(data.archive().resolve("archive-0000000001.arc"), "one");
        write(data.edge().resolve("reference.key"), "secret");
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void write(final Path path, final String text) throws IOException {
        disk.createFolders(path.getParent());
        try (DiskFile file = disk.open(path, Disk.Access.CREATE)) {
            file.writeFully(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        }
    }

    /** The disk, on which somebody does something as soon as a folder has been listed. */
    private Disk afterListing(final Path folder, final Deed deed) {
        return after("list", folder, deed);
    }

    private Disk after(final String call, final Path folder, final Deed deed) {
        final boolean[] done = new boolean[1];
        return (Disk) Proxy.newProxyInstance(Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
            final Object answer;
            try {
                answer = method.invoke(disk, arguments);
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
            if (method.getName().equals(call) && arguments[0].equals(folder) && !done[0]) {
                done[0] = true;
                deed.run();
            }
            return answer;
        });
    }

    private List<String> backedUp(final Disk used, final Path folder) throws IOException {
        Backup.take(used, () -> { }, data, journal, Snapshots.existing(disk, data.snapshots()), TARGET);
        assertThat(Backup.verify(disk, TARGET)).isZero();
        return disk.list(folder);
    }

    @Test
    void givenAnArchiveFileThatIsBegunMeanwhile_whenBackedUp_thenItsTemporaryNameIsNoneOfTheBackup() throws IOException {
        final Path begun = data.archive().resolve("archive-0000000002.arc");
        final Path temporary = data.archive().resolve("archive-0000000002.arc.tmp");
        write(temporary, "two");
        final Disk changing = afterListing(data.archive(), () -> disk.rename(temporary, begun));
        assertThat(backedUp(changing, new DataDirectory(TARGET).archive())).containsExactly("archive-0000000001.arc");
    }

    @Test
    void givenATemporaryFileThatStays_whenBackedUp_thenItIsLeftOut() throws IOException {
        write(data.archive().resolve("archive-0000000002.arc.tmp"), "half of it");
        write(data.edge().resolve("network.zip.new"), "half of it");
        assertThat(backedUp(disk, new DataDirectory(TARGET).archive())).containsExactly("archive-0000000001.arc");
        assertThat(disk.list(new DataDirectory(TARGET).edge())).containsExactly("reference.key");
    }

    @Test
    void givenAnImportThatEndsMeanwhile_whenBackedUp_thenItsNoteMayBeGone() throws IOException {
        final Path note = data.edge().resolve("import.unfinished");
        write(note, "change 12");
        assertThat(backedUp(afterListing(data.edge(), () -> disk.delete(note)), new DataDirectory(TARGET).edge())).containsExactly("reference.key");
    }

    @Test
    void givenAnImportThatGoesOn_whenBackedUp_thenItsNoteIsInTheBackup() throws IOException {
        write(data.edge().resolve("import.unfinished"), "change 12");
        assertThat(backedUp(disk, new DataDirectory(TARGET).edge())).containsExactlyInAnyOrder("import.unfinished", "reference.key");
    }

    @Test
    void givenAFileThatMustNotGo_whenItIsGoneAllTheSame_thenThereIsNoBackup() throws IOException {
        for (final Path path : List.of(data.edge().resolve("reference.key"), data.archive().resolve("archive-0000000001.arc"))) {
            final Disk changing = afterListing(path.getParent(), () -> disk.delete(path));
            assertThatThrownBy(() -> backedUp(changing, TARGET)).isInstanceOf(UpkeepException.class).hasMessageContaining(path.getFileName().toString());
            assertThatThrownBy(() -> Backup.verify(disk, TARGET)).hasMessageContaining("is not complete");
            for (final Path folder : List.of(TARGET, TARGET.resolve("journal"), TARGET.resolve("archive"), TARGET.resolve("edge"))) {
                for (final String name : disk.list(folder)) {
                    disk.delete(folder.resolve(name));
                }
            }
        }
    }

    @Test
    void givenABlockThatIsAppendedToTheArchiveMeanwhile_whenBackedUp_thenTheCopyEndsWhereTheFileEndedWhenItWasOpened() throws IOException {
        final Path growing = data.archive().resolve("archive-0000000001.arc");
        final int[] steps = new int[1];
        try (DiskFile file = disk.open(growing, Disk.Access.REPAIR)) {
            Backup.take(disk, () -> append(file, steps), data, journal, Snapshots.existing(disk, data.snapshots()), TARGET);
        }
        final byte[] copy = disk.content(new DataDirectory(TARGET).archive().resolve("archive-0000000001.arc"));
        assertThat(steps[0]).isPositive();
        assertThat(copy.length).isLessThan(disk.content(growing).length);
        assertThat(Backup.verify(disk, TARGET)).isZero();
    }

    @Test
    void givenAJournalWhoseBeginningIsArchived_whenTwoSnapshotsComeWhileItIsCopied_thenTheBackupHasOneToBeginWithAllTheSame() throws IOException {
        disk.delete(data.archive().resolve("archive-0000000001.arc")); // it is none
        final Snapshots snapshots = Snapshots.open(disk, data.snapshots());
        try (EngineCore core = new EngineCore()) {
            logAndSave(core, snapshots, 90);
            logAndSave(core, snapshots, 10);
            assertThat(Repair.archiveSegments(journal, Pace.full(), snapshots, Path.of("old"))).isNotEmpty();
            final Disk changing = afterListing(TARGET.resolve("journal"), () -> {
                logAndSave(core, snapshots, 1);
                logAndSave(core, snapshots, 1);
            });
            assertThat(Backup.take(changing, () -> { }, data, journal, snapshots, TARGET)).isEqualTo(100);
            assertThat(snapshots.positions()).containsExactly(102, 101);
        }
        Restore.into(disk, TARGET, Path.of("restored"));
        final Inspection.Report report = Inspection.of(disk, new DataDirectory(Path.of("restored")));
        assertThat(report.damages()).isEmpty();
        assertThat(report).extracting(Inspection.Report::position, Inspection.Report::replayedFrom).containsExactly(100L, 100L);
    }

    @Test
    void givenASnapshotThatIsCopied_whenNewerOnesComeAndTheJournalsBeginningIsArchived_thenThereIsNoBackupAndTheWordsSayWhatToDo() throws IOException {
        final Snapshots snapshots = Snapshots.open(disk, data.snapshots());
        try (EngineCore core = new EngineCore()) {
            logAndSave(core, snapshots, 10);
            final Deed deed = () -> {
                logAndSave(core, snapshots, 90);
                logAndSave(core, snapshots, 1);
                assertThat(Repair.archiveSegments(journal, Pace.full(), snapshots, Path.of("old"))).isNotEmpty();
            };
            final Disk changing = after("syncFolder", new DataDirectory(TARGET).snapshots(), deed);
            assertThatThrownBy(() -> Backup.take(changing, () -> { }, data, journal, snapshots, TARGET)).isInstanceOf(UpkeepException.class)
                    .hasMessageContaining("archived while the back-up").hasMessageContaining("take another");
            assertThat(journal.firstPosition()).isGreaterThan(11);
        }
        assertThatThrownBy(() -> Restore.into(disk, TARGET, Path.of("restored"))).hasMessageContaining("is not complete");
    }

    /** A group for each, so that segments end. */
    private void logAndSave(final EngineCore core, final Snapshots snapshots, final int commands) throws IOException {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[1024]);
        final EventWriter events = new EventWriter();
        for (int i = 0; i < commands; i++) {
            final long position = core.position() + 1;
            final int length = Samples.definePost(command, 0, position, NOW_MS, 0);
            assertThat(journal.writer().hasRoom() && journal.writer().append(position, NOW_MS, 0, command, 0, length)).isTrue();
            journal.writer().flush();
            events.reset();
            core.apply(position, NOW_MS, 0, command, 0, length, events, new Outcome());
        }
        snapshots.save(core, journal.id(), false, Pace.full(), () -> false);
    }

    /** A megabyte each time the back-up rests. */
    private static void append(final DiskFile file, final int[] steps) {
        try {
            if (steps[0] < 50) {
                file.writeFully(ByteBuffer.wrap(new byte[1 << 20]), file.size());
                steps[0]++;
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
