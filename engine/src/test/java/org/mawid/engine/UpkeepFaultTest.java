package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.engine.archive.OtherArchive;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.engine.upkeep.Backup;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.engine.upkeep.Repair;
import org.mawid.engine.upkeep.Restore;
import org.mawid.engine.upkeep.UpkeepException;
import org.mawid.sbe.MessageHeaderDecoder;

/** A back-up, a restore or a repair in which any one call of the disk fails, or the process or the machine dies at it. */
@Timeout(120)
class UpkeepFaultTest {
    private static final DataDirectory DATA = new DataDirectory(Rig.DATA);
    private static final Path BACKUP = Path.of("backup");
    private static final Path OTHER = Path.of("other");
    private static final Path TARGET = Path.of("target");
    private static final JournalId ID = new JournalId(7, 301);
    private static final long SNAPSHOT = 60;
    private static final long LAST = 90;
    private static final long SKIPPED = 75;
    private static final List<String> FOLDERS = List.of("", "journal", "snapshots", "archive", "edge");

    /** How it ends. */
    enum End {
        FAILED, KILLED, POWER_LOST;

        void at(final FakeDisk disk, final long call) {
            if (this == FAILED) {
                disk.failAt(call, "Input/output error");
            } else {
                disk.crashAt(call);
            }
        }

        void then(final FakeDisk disk) {
            if (this == POWER_LOST) {
                disk.powerLoss();
            } else {
                disk.kill();
            }
        }
    }

    /** What an operator does. */
    private interface Deed {
        void on(FakeDisk disk) throws IOException;
    }

    /** A data directory with something in each of its folders, and two segments. */
    private static FakeDisk served(final long seed) throws IOException {
        final FakeDisk disk = new FakeDisk(seed, true);
        final UnsafeBuffer command = new UnsafeBuffer(new byte[1024]);
        final EventWriter events = new EventWriter();
        try (EngineCore core = new EngineCore(); Journal journal = Journal.open(journal(disk, DATA))) {
            final JournalWriter writer = journal.writer();
            for (long position = 1; position <= LAST; position++) {
                final int length = Samples.definePost(command, 0, position, Rig.START_MS, 0);
                assertThat(writer.hasRoom() && writer.append(position, Rig.START_MS, 0, command, 0, length)).isTrue();
                writer.flush();
                events.reset();
                core.apply(position, Rig.START_MS, 0, command, 0, length, events, new Outcome());
                if (position == SNAPSHOT) {
                    Snapshots.open(disk, DATA.snapshots()).save(core, ID, false, Pace.full(), () -> false);
                }
            }
        }
        OtherArchive.begin(disk, DATA.archive(), ID, 1, MessageHeaderDecoder.SCHEMA_VERSION);
        disk.createFolders(DATA.edge());
        try (DiskFile file = disk.open(DATA.edge().resolve("references.key"), Disk.Access.CREATE)) {
            file.writeFully(ByteBuffer.wrap("secret".getBytes(StandardCharsets.UTF_8)), 0);
            file.sync();
        }
        disk.syncFolder(DATA.edge());
        return disk;
    }

    private static FakeDisk backedUp(final long seed) throws IOException {
        final FakeDisk disk = served(seed);
        assertThat(Backup.take(disk, DATA, BACKUP)).isEqualTo(LAST);
        return disk;
    }

    private static JournalConfig journal(final FakeDisk disk, final DataDirectory directory) {
        return JournalConfig.in(directory.journal(), disk, ID).withSizes(JournalConfig.MIN_SEGMENT_BYTES, 8192).withBackground(false).withSchemaWord(SchemaWord.OURS);
    }

    private static Map<Path, Long> files(final FakeDisk disk, final Path root) throws IOException {
        final Map<Path, Long> files = new HashMap<>();
        for (final String folder : FOLDERS) {
            for (final String name : disk.list(root.resolve(folder))) {
                final Path path = root.resolve(folder).resolve(name);
                files.put(path, checksum(disk.content(path)));
            }
        }
        return files;
    }

    private static long checksum(final byte[] content) {
        final CRC32C crc = new CRC32C();
        crc.update(content);
        return crc.getValue() << 32 | content.length;
    }

    private static void assertWhole(final FakeDisk disk, final Path root, final long stateHash, final String as) {
        final Inspection.Report report = Inspection.of(disk, new DataDirectory(root));
        assertThat(report.damages()).as(as).isEmpty();
        assertThat(report).as(as).extracting(Inspection.Report::position, Inspection.Report::stateHash).containsExactly(LAST, stateHash);
        assertThat(report.hashes()).as(as).hasSize(1);
        assertThat(disk.content(root.resolve("edge").resolve("references.key"))).as(as).asString(StandardCharsets.UTF_8).isEqualTo("secret");
    }

    /** By whoever could use it. */
    private static void assertRefused(final FakeDisk disk, final Path root, final String as) throws IOException {
        final Map<Path, Long> before = files(disk, root);
        final Rig rig = new Rig(disk);
        rig.data = root;
        final ThrowingCallable[] uses = {
            rig::start, () -> Inspection.of(disk, new DataDirectory(root)), () -> Backup.take(disk, new DataDirectory(root), Path.of("none")),
            () -> Restore.into(disk, root, Path.of("none")), () -> Repair.skip(disk, new DataDirectory(root), SKIPPED)};
        for (final ThrowingCallable use : uses) {
            assertThatThrownBy(use).as(as).isInstanceOfAny(EngineStartException.class, UpkeepException.class).message()
                    .contains(root + " is not complete", "remove it", "new folder").hasLineCount(1);
        }
        assertThat(files(disk, root)).as(as).isEqualTo(before);
    }

    /** @return null when it was done, else how it ended */
    private static String ended(final Deed deed, final FakeDisk disk, final End end, final long call) throws IOException {
        end.at(disk, disk.calls() + call);
        String how = null;
        try {
            deed.on(disk);
        } catch (final UpkeepException e) {
            assertThat(end).as("%s", e).isEqualTo(End.FAILED);
            assertThat(e).as("one line, with what the disk said").message().hasLineCount(1).contains("Input/output error");
            how = end + " at call " + call + ", " + disk.failedCall();
        } catch (final FakeDisk.Crash e) {
            how = end + " at " + e.getMessage();
        }
        end.then(disk);
        return how;
    }

    private static long calls(final Deed deed, final FakeDisk disk) throws IOException {
        final long before = disk.calls();
        deed.on(disk);
        return disk.calls() - before;
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void givenABackup_whenItEndsAtAnyCall_thenItIsWholeOrRefusedAndTheSourceIsUntouchedAndTheNextOneSucceeds(final End end) throws IOException {
        final Deed backup = disk -> Backup.take(disk, DATA, BACKUP);
        final FakeDisk well = served(1);
        final long hash = Inspection.of(well, DATA).stateHash();
        final long calls = calls(backup, well);
        int partly = 0;
        for (long call = 1; call <= calls; call++) {
            final FakeDisk disk = served(call);
            final Map<Path, Long> source = files(disk, DATA.root());
            final String how = ended(backup, disk, end, call);
            assertThat(how).as("call %d of %d", call, calls).isNotNull();
            assertThat(files(disk, DATA.root())).as(how).isEqualTo(source);
            if (disk.list(BACKUP).contains("mawid.backup")) {
                assertThat(Backup.verify(disk, BACKUP)).as(how).isEqualTo(LAST);
                Restore.into(disk, BACKUP, TARGET);
                assertWhole(disk, TARGET, hash, how);
            } else if (!files(disk, BACKUP).isEmpty()) {
                partly++;
                assertRefused(disk, BACKUP, how);
                assertThatThrownBy(() -> Backup.take(disk, DATA, BACKUP)).as(how).hasMessageContainingAll("not empty", "new folder");
            }
            assertThat(Backup.take(disk, DATA, OTHER)).as(how).isEqualTo(LAST);
            assertThat(Backup.verify(disk, OTHER)).as(how).isEqualTo(LAST);
        }
        assertThat(partly).isGreaterThan(60);
    }

    @Test
    void givenABackupBesideTheServer_whenAnyCallFails_thenOneLineSaysSoAndTheServerGoesOn() throws IOException {
        boolean failed = true;
        long call = 0;
        while (failed) {
            final FakeDisk disk = served(++call);
            try (Journal journal = Journal.open(journal(disk, DATA))) {
                disk.failAt(disk.calls() + call, "Input/output error");
                Backup.take(disk, () -> { }, DATA, journal, Snapshots.existing(disk, DATA.snapshots()), BACKUP);
                failed = false;
                assertThat(disk.failedCall()).isNull();
            } catch (final UpkeepException e) {
                assertThat(e).message().hasLineCount(1).contains("Input/output error", "it is not complete, remove it");
                assertThat(Inspection.of(disk, DATA).isWhole()).isTrue();
            }
        }
        assertThat(call).isGreaterThan(60);
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void givenARestore_whenItEndsAtAnyCall_thenTheDirectoryIsWholeOrRefusedAndTheBackupIsUntouchedAndTheNextOneSucceeds(final End end) throws IOException {
        final Deed restore = disk -> Restore.into(disk, BACKUP, TARGET);
        final FakeDisk well = backedUp(1);
        final long hash = Inspection.of(well, DATA).stateHash();
        final long calls = calls(restore, well);
        int partly = 0;
        for (long call = 1; call <= calls; call++) {
            final FakeDisk disk = backedUp(call);
            final Map<Path, Long> source = files(disk, BACKUP);
            final String how = ended(restore, disk, end, call);
            assertThat(how).as("call %d of %d", call, calls).isNotNull();
            assertThat(files(disk, BACKUP)).as(how).isEqualTo(source);
            if (disk.list(TARGET).contains("mawid.unfinished")) {
                partly++;
                assertRefused(disk, TARGET, how);
                assertThatThrownBy(() -> Restore.into(disk, BACKUP, TARGET)).as(how).hasMessageContainingAll("not empty", "new folder");
            } else if (!files(disk, TARGET).isEmpty()) {
                assertWhole(disk, TARGET, hash, how);
            }
            assertThat(Restore.into(disk, BACKUP, OTHER)).as(how).isEqualTo(LAST);
            assertWhole(disk, OTHER, hash, how);
        }
        assertThat(partly).isGreaterThan(40);
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void givenASkip_whenItEndsAtAnyCall_thenTheJournalIsAsBeforeOrAsAfterAndTheNextOneSucceeds(final End end) throws IOException {
        final Deed skip = disk -> Repair.skip(disk, DATA, SKIPPED);
        final FakeDisk well = served(1);
        final long before = Inspection.of(well, DATA).stateHash();
        final long calls = calls(skip, well);
        final long after = Inspection.of(well, DATA).stateHash();
        assertThat(after).isNotEqualTo(before);
        int skipped = 0;
        for (long call = 1; call <= calls; call++) {
            final FakeDisk disk = served(call);
            final String how = ended(skip, disk, end, call);
            assertThat(how).as("call %d of %d", call, calls).isNotNull();
            final boolean done = Inspection.of(disk, DATA).skips().length > 0;
            skipped += done ? 1 : 0;
            assertWhole(disk, DATA.root(), done ? after : before, how);
            try (Journal served = Journal.open(journal(disk, DATA))) {
                assertThat(served.skips()).as(how).isEqualTo(done ? new long[] {SKIPPED} : new long[0]);
            }
            Repair.skip(disk, DATA, SKIPPED);
            assertWhole(disk, DATA.root(), after, how);
        }
        assertThat(calls - skipped).isGreaterThan(10);
    }
}
