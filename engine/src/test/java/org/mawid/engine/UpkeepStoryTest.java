package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.upkeep.Backup;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.engine.upkeep.Repair;
import org.mawid.engine.upkeep.Restore;
import org.mawid.engine.upkeep.Retelling;
import org.mawid.engine.upkeep.UpkeepException;
import org.mawid.sbe.Result;

/** What an operator does with a data directory. */
@Timeout(60)
class UpkeepStoryTest {
    private static final Path BACKUP = Path.of("backup");
    private static final Path SEGMENT = Rig.DATA.resolve("journal").resolve("journal-00000000000000000001.seg");

    private static Inspection.Report inspect(final Rig rig, final Path root) {
        return Inspection.of(rig.disk, new DataDirectory(root));
    }

    private static void snapshotAt(final Rig rig, final long position) {
        rig.engine.requestSnapshot();
        await().until(() -> rig.engine.status().snapshotPosition() == position);
    }

    @Test
    void givenAKilledServer_whenInspected_thenTheHashThatItPublishedIsFoundAgainAndEverythingIsWhole() throws Exception {
        final Rig rig = new Rig().start();
        rig.askAll(1, 300);
        snapshotAt(rig, 300);
        final long published = rig.engine.status().stateHash();
        rig.askAll(1_000, 200);
        final long last = rig.onCore(EngineCore::stateHash);
        rig.kill();

        final Inspection.Report report = inspect(rig, Rig.DATA);
        assertThat(report.damages()).isEmpty();
        assertThat(report.isWhole()).isTrue();
        assertThat(report.hashes()).containsExactly(new Inspection.HashAt(300, published, true));
        assertThat(report).extracting(Inspection.Report::position, Inspection.Report::records, Inspection.Report::stateHash,
                Inspection.Report::replayedFrom).containsExactly(500L, 500L, last, 0L);
        assertThat(report.nowMs()).isEqualTo(Rig.START_MS);
    }

    @Test
    void givenAPositionThatAServerPublished_whenAskedForIt_thenItsHashIsFoundThoughNoSnapshotIsThere_andProgressIsTold() throws Exception {
        final Rig rig = new Rig().start();
        rig.askAll(1, 300);
        final long published = rig.onCore(EngineCore::stateHash);
        rig.askAll(1_000, 100);
        rig.kill();

        final List<Long> told = new ArrayList<>();
        final Inspection.Report report = Inspection.of(rig.disk, new DataDirectory(Rig.DATA), 300, (position, last) -> {
            assertThat(last).isEqualTo(400);
            told.add(position);
        });
        assertThat(report.isWhole()).isTrue();
        assertThat(report.hashes()).containsExactly(new Inspection.HashAt(300, published, true));
        assertThat(report.position()).isEqualTo(400);
        assertThat(told).isSorted().endsWith(400L);
        assertThatThrownBy(() -> Inspection.of(rig.disk, new DataDirectory(Rig.DATA), 401, (position, last) -> { }))
                .isInstanceOf(UpkeepException.class).hasMessageContaining("position 401 cannot be replayed");
    }

    @Test
    void givenAServerThatRuns_whenInspected_thenRefused() throws Exception {
        try (Rig rig = new Rig().start()) {
            assertThatThrownBy(() -> inspect(rig, Rig.DATA)).isInstanceOf(UpkeepException.class);
            assertThatThrownBy(() -> inspect(rig, Path.of("elsewhere"))).hasMessageContaining("no journal");
        }
    }

    @Test
    void givenDamage_whenInspected_thenEveryPlaceIsNamedWithFileAndOffset() throws Exception {
        final Rig rig = new Rig().start();
        for (int i = 0; i < 5; i++) {
            rig.askAll(i * 100, 20);
        }
        snapshotAt(rig, 100);
        rig.close();
        final Path snapshot = Rig.DATA.resolve("snapshots").resolve("snapshot-00000000000000000100.snap");
        rig.disk.corrupt(SEGMENT, 8_192 + 200, 1);
        assertThat(inspect(rig, Rig.DATA)).extracting(Inspection.Report::position, Inspection.Report::isWhole).containsExactly(100L, false);
        rig.disk.corrupt(snapshot, 500, 1);

        final Inspection.Report report = inspect(rig, Rig.DATA);
        assertThat(report.isWhole()).isFalse();
        assertThat(report.damages()).extracting(Inspection.Damage::file).contains(SEGMENT.toString(), snapshot.toString());
        assertThat(report.damages()).filteredOn(damage -> damage.file().equals(SEGMENT.toString()))
                .singleElement().satisfies(damage -> assertThat(damage.offset()).isEqualTo(8_192));
        assertThat(report.position()).isZero();
        assertThatThrownBy(rig::start).isInstanceOf(EngineStartException.class);
    }

    @Test
    void givenTraffic_whenBackedUpMeanwhile_thenTheRestoredDirectoryHasTheStateOfItsPosition() throws Exception {
        final Rig rig = new Rig().start();
        rig.askAll(1, 400);
        snapshotAt(rig, 400);
        final AtomicBoolean stop = new AtomicBoolean();
        final Thread traffic = new Thread(() -> {
            for (long request = 10_000; !stop.get(); request += 50) {
                rig.askAll(request, 50);
            }
        });
        traffic.start();
        await().until(() -> rig.engine.status().appliedPosition() > 1_000);
        final long position = rig.engine.backup(BACKUP);
        stop.set(true);
        traffic.join();
        rig.close();
        assertThat(position).isGreaterThan(1_000);
        assertThat(Backup.verify(rig.disk, BACKUP)).isEqualTo(position);

        final Path restored = Path.of("restored");
        assertThat(Restore.into(rig.disk, BACKUP, restored)).isEqualTo(position);
        final Inspection.Report copy = inspect(rig, restored);
        assertThat(copy.damages()).isEmpty();
        assertThat(copy.position()).isGreaterThanOrEqualTo(position);
        assertThat(copy.hashes()).hasSize(1);
        assertThat(copy.stateHash()).isEqualTo(hashOfOriginalAt(rig, copy.position()));
    }

    /** By replaying the original that far. */
    private static long hashOfOriginalAt(final Rig rig, final long position) {
        final EngineCore core = new EngineCore();
        try (var journal = org.mawid.engine.journal.Journal.examine(org.mawid.engine.journal.JournalConfig.in(
                Rig.DATA.resolve("journal"), rig.disk, new org.mawid.engine.journal.JournalId(0, 0))); var reader = journal.reader(1)) {
            new org.mawid.engine.snapshot.Replay(core, org.mawid.engine.snapshot.Pace.full(), org.mawid.engine.snapshot.Replay.Listener.NONE)
                    .upTo(position, reader);
        }
        return core.stateHash();
    }

    @Test
    void givenAnswersThatNobodyRemembers_whenTheLogIsToldOnceMore_thenEachCommandHasTheOneThatItsSenderGot() throws Exception {
        final Rig rig = new Rig().start();
        final List<Rig.Answer> given = new ArrayList<>(rig.askAll(1, 40));
        given.addAll(rig.askAll(20, 40)); // half of them once more
        for (long request = 1; request <= 3; request++) {
            final long id = request;
            given.add(Rig.get(rig.send((index, slot, offset) -> Samples.withdraw(slot, offset, 1_000 + id, Rig.START_MS, 77)))); // there is no such application
            given.add(Rig.get(rig.send((index, slot, offset) -> Samples.withdraw(slot, offset, id, Rig.START_MS, 77)))); // the id of something else
        }
        snapshotAt(rig, given.size());
        given.addAll(rig.askAll(2_000, 40));
        rig.kill();

        final List<Rig.Answer> told = new ArrayList<>();
        final List<Long> before = new ArrayList<>();
        final Retelling.Told all = Retelling.ofAnswers(rig.disk, new DataDirectory(Rig.DATA), "a test", new Retelling.Answers() {
            private EngineCore core;

            @Override
            public void begin(final EngineCore beginning) {
                core = beginning;
            }

            @Override
            public void onCommand(final long position, final long nowMs, final DirectBuffer command, final int offset, final int length) {
                assertThat(core.position()).as("not applied yet").isEqualTo(position - 1);
                before.add(position);
            }

            @Override
            public void onAnswer(final Outcome outcome) {
                told.add(Rig.answer(outcome, 0));
            }
        }, (position, last) -> assertThat(last).isEqualTo(given.size()));

        assertThat(all).isEqualTo(new Retelling.Told(0, given.size()));
        assertThat(before).isEqualTo(LongStream.rangeClosed(1, given.size()).boxed().toList());
        assertThat(told).usingRecursiveFieldByFieldElementComparatorIgnoringFields("eventBytes", "position", "nowMs").isEqualTo(given);
        assertThat(told).extracting(Rig.Answer::result).contains(Result.OK, Result.APPLICATION_UNKNOWN, Result.REQUEST_ID_REUSED);
        assertThat(told).extracting(Rig.Answer::repeated).contains(true);
    }

    @Test
    void givenABackup_whenAnyFileOfItChanges_thenNothingIsRestored() throws Exception {
        final Rig rig = new Rig().start();
        rig.askAll(1, 100);
        snapshotAt(rig, 100);
        rig.engine.backup(BACKUP);
        assertThatThrownBy(() -> rig.engine.backup(BACKUP)).isInstanceOf(UpkeepException.class).hasMessageContaining("not empty");
        rig.close();
        final Path[] files = {
            BACKUP.resolve("mawid.backup"), BACKUP.resolve("journal").resolve("mawid.id"), BACKUP.resolve("journal").resolve(SEGMENT.getFileName()),
            BACKUP.resolve("snapshots").resolve("snapshot-00000000000000000100.snap")
        };
        for (final Path file : files) {
            rig.disk.corrupt(file, 33, 2);
            assertThatThrownBy(() -> Restore.into(rig.disk, BACKUP, Path.of("new"))).as("%s", file).isInstanceOf(UpkeepException.class);
            assertThatThrownBy(() -> Backup.verify(rig.disk, BACKUP)).isInstanceOf(UpkeepException.class);
            rig.disk.corrupt(file, 33, 2);
        }
        assertThatThrownBy(() -> Restore.into(rig.disk, BACKUP, BACKUP)).hasMessageContaining("not empty");
        assertThatThrownBy(() -> Restore.into(rig.disk, Rig.DATA, Path.of("new"))).hasMessageContaining("not a back-up");
        assertThat(Restore.into(rig.disk, BACKUP, Path.of("new"))).isEqualTo(100);
    }

    @Test
    void givenSegmentsThatNoSnapshotNeeds_whenArchived_thenTheEngineStartsWithoutThemAndInspectSaysFromWhere() throws Exception {
        final Rig rig = new Rig(new FakeDisk(2, true));
        rig.start();
        assertThatThrownBy(() -> rig.engine.archiveSegments(Path.of("old"))).hasMessageContaining("two snapshots");
        for (int i = 1; i <= 6; i++) {
            rig.askAll(i * 10_000L, 500);
            snapshotAt(rig, i * 500L);
        }
        final List<Path> moved = rig.engine.archiveSegments(Path.of("old"));
        assertThat(moved).isNotEmpty();
        assertThat(rig.engine.positionOf(Samples.CLIENT, 10_001, 1, rig.engine.status().nowMs())).as("where it was is archived").isZero();
        final long hash = rig.onCore(EngineCore::stateHash);
        rig.kill();
        final Inspection.Report report = inspect(rig, Rig.DATA);
        assertThat(report.damages()).isEmpty();
        assertThat(report.firstPosition()).isBetween(2L, 2_501L);
        assertThat(report.replayedFrom()).isEqualTo(2_500);
        assertThat(report.stateHash()).isEqualTo(hash);
        rig.start();
        assertThat(rig.onCore(EngineCore::stateHash)).isEqualTo(hash);
        rig.close();
    }

    @Test
    void givenASnapshotThatIsNotWhole_whenSegmentsAreToBeArchived_thenRefusedInOneLineAndNothingIsMoved() throws Exception {
        final Rig rig = new Rig(new FakeDisk(2, true)).with(Setting.SNAPSHOT_AT_STOP, false);
        rig.start();
        for (int i = 1; i <= 5; i++) {
            rig.askAll(i * 10_000L, 500);
            snapshotAt(rig, i * 500L);
        }
        final Path folder = Rig.DATA.resolve("snapshots");
        final List<String> segments = segments(rig);
        for (final String name : List.of("snapshot-00000000000000002000.snap", "snapshot-00000000000000002500.snap")) {
            final Path file = folder.resolve(name);
            for (final int at : new int[] {40, rig.disk.content(file).length / 2, rig.disk.content(file).length - 1}) { // header, rows, end
                rig.disk.corrupt(file, at, 4);
                assertRefused(rig, file, () -> rig.engine.archiveSegments(Path.of("old")));
                rig.disk.corrupt(file, at, 4);
            }
        }
        rig.kill();
        final Path older = folder.resolve("snapshot-00000000000000002000.snap");
        rig.disk.corrupt(older, 200, 1);
        assertRefused(rig, older, () -> Repair.archiveSegments(rig.disk, new DataDirectory(Rig.DATA), Path.of("old")));
        rig.disk.corrupt(older, 200, 1);
        assertThat(segments(rig)).isEqualTo(segments);
        assertThat(Repair.archiveSegments(rig.disk, new DataDirectory(Rig.DATA), Path.of("old"))).isNotEmpty();
    }

    private static void assertRefused(final Rig rig, final Path file, final org.assertj.core.api.ThrowableAssert.ThrowingCallable archiving) throws Exception {
        assertThatThrownBy(archiving).isInstanceOf(UpkeepException.class).hasMessageNotContaining("\n")
                .hasMessageContainingAll(file + " is damaged at offset ", "two whole snapshots", "nothing was moved", "mawid snapshot");
        assertThat(rig.disk.list(Path.of("old"))).isEmpty();
    }

    private static List<String> segments(final Rig rig) throws Exception {
        return rig.disk.list(Rig.DATA.resolve("journal")).stream().filter(name -> name.startsWith("journal-")).sorted().toList();
    }

    @Test
    void givenANewestSnapshotThatIsNotWhole_whenBackedUp_thenTheOlderOneIsInTheCopy() throws Exception {
        final Rig rig = new Rig().start();
        rig.askAll(1, 100);
        snapshotAt(rig, 100);
        rig.askAll(1_000, 100);
        snapshotAt(rig, 200);
        final Path newest = Rig.DATA.resolve("snapshots").resolve("snapshot-00000000000000000200.snap");
        rig.disk.corrupt(newest, rig.disk.content(newest).length - 1, 1);
        assertThat(rig.engine.backup(BACKUP)).isEqualTo(200);
        assertThat(rig.disk.list(BACKUP.resolve("snapshots"))).containsExactly("snapshot-00000000000000000100.snap");
        rig.kill();
        Restore.into(rig.disk, BACKUP, Path.of("restored"));
        assertThat(inspect(rig, Path.of("restored")).damages()).isEmpty();
    }

    @Test
    void givenAPositionThatASnapshotHasPassed_whenSkipped_thenRefusedAndOtherwiseItIsPartOfTheState() throws Exception {
        final Rig rig = new Rig().start();
        rig.askAll(1, 100);
        snapshotAt(rig, 100);
        rig.askAll(1_000, 10);
        final long hash = rig.onCore(EngineCore::stateHash);
        rig.kill();
        final DataDirectory directory = new DataDirectory(Rig.DATA);
        assertThatThrownBy(() -> Repair.skip(rig.disk, directory, 50)).isInstanceOf(UpkeepException.class).hasMessageContaining("snapshot");
        assertThatThrownBy(() -> Repair.skip(rig.disk, directory, 111)).isInstanceOf(UpkeepException.class);
        Repair.skip(rig.disk, directory, 105);

        final Inspection.Report report = inspect(rig, Rig.DATA);
        assertThat(report.skips()).containsExactly(105);
        assertThat(report.damages()).isEmpty();
        assertThat(report.position()).isEqualTo(110);
        assertThat(report.stateHash()).isNotEqualTo(hash);
        rig.start();
        assertThat(rig.onCore(EngineCore::stateHash)).isEqualTo(report.stateHash());
        rig.close();
    }
}
