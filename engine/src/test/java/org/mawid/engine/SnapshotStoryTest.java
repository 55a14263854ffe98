package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.sbe.Result;
import org.slf4j.LoggerFactory;

/** Snapshots beside the traffic, and starting from them. */
@Timeout(60)
class SnapshotStoryTest {
    private static final Path SNAPSHOTS = Rig.DATA.resolve("snapshots");

    private static List<String> snapshots(final Rig rig) throws Exception {
        return rig.disk.list(SNAPSHOTS).stream().sorted().toList();
    }

    private static void snapshotAt(final Rig rig, final long position) {
        rig.engine.requestSnapshot();
        await().until(() -> rig.engine.status().snapshotPosition() == position);
    }

    @Test
    void givenTraffic_whenSnapshotsAreMadeBesideIt_thenEachHasTheHashThatTheLiveCoreHadThere() throws Exception {
        try (Rig rig = new Rig().start()) {
            for (int round = 1; round <= 4; round++) {
                rig.askAll(round * 1_000, 300);
                final long hash = rig.onCore(EngineCore::stateHash);
                snapshotAt(rig, round * 300L);
                assertThat(rig.engine.status().stateHash()).isEqualTo(hash);
                assertThat(rig.engine.status().hashPosition()).isEqualTo(round * 300L);
                assertThat(rig.readModel.forced).isGreaterThanOrEqualTo(round * 300L);
            }
            assertThat(snapshots(rig)).containsExactly("snapshot-00000000000000000900.snap", "snapshot-00000000000000001200.snap");
        }
    }

    @Test
    void givenAHundredSnapshots_whenEachTakesASecondCore_thenItsMemoryIsGivenBackAtOnce() throws Exception {
        final BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).findFirst().orElseThrow();
        try (Rig rig = new Rig().start()) {
            rig.askAll(1, 10);
            snapshotAt(rig, 10);
            final long before = direct.getMemoryUsed();
            for (int snapshot = 1; snapshot <= 100; snapshot++) {
                rig.ask(10 + snapshot);
                snapshotAt(rig, 10 + snapshot);
            }
            assertThat(direct.getMemoryUsed() - before).isLessThan(4 << 20); // one of them takes more
        }
    }

    @Test
    void givenTrafficThatNeverPauses_whenASnapshotIsMade_thenNothingStopsAndItIsOfADurablePosition() throws Exception {
        try (Rig rig = new Rig().with(Setting.SNAPSHOT_RECORDS, 1_000).start()) {
            long request = 0;
            while (rig.engine.status().snapshotPosition() == 0) {
                rig.askAll(request, 200);
                request += 200;
            }
            final EngineStatus status = rig.engine.status();
            assertThat(status.snapshotPosition()).isBetween(1_000L, status.durablePosition());
            rig.kill();
            rig.start();
            assertThat(rig.onCore(EngineCore::position)).isEqualTo(request);
        }
    }

    @Test
    void givenTheNewestSnapshotIsDamaged_whenStarted_thenTheOlderOneAndTheJournalGiveTheSameState() throws Exception {
        final Rig rig = new Rig();
        try (rig) {
            rig.start().askAll(1, 200);
            snapshotAt(rig, 200);
            rig.askAll(1_000, 200);
            snapshotAt(rig, 400);
            rig.askAll(2_000, 50);
            final long hash = rig.onCore(EngineCore::stateHash);
            for (final long damagedAt : new long[] {9, 60, 130, 200, 2_000}) {
                rig.kill();
                rig.disk.corrupt(SNAPSHOTS.resolve("snapshot-00000000000000000400.snap"), damagedAt, 4);
                rig.start();
                assertThat(rig.onCore(EngineCore::stateHash)).isEqualTo(hash);
                assertThat(rig.engine.status().snapshotPosition()).isEqualTo(200);
                rig.kill();
                rig.disk.corrupt(SNAPSHOTS.resolve("snapshot-00000000000000000400.snap"), damagedAt, 4);
                rig.start();
                assertThat(rig.engine.status().snapshotPosition()).isEqualTo(400);
            }
        }
    }

    @Test
    void givenEverySnapshotIsDamagedOrCut_whenStarted_thenTheWholeJournalIsReplayed() throws Exception {
        final Rig rig = new Rig();
        try (rig) {
            rig.start().askAll(1, 300);
            snapshotAt(rig, 300);
            final long hash = rig.onCore(EngineCore::stateHash);
            rig.kill();
            final Path file = SNAPSHOTS.resolve("snapshot-00000000000000000300.snap");
            rig.disk.truncate(file, rig.disk.content(file).length - 1);
            rig.start();
            assertThat(rig.onCore(EngineCore::stateHash)).isEqualTo(hash);
            assertThat(rig.engine.status().snapshotPosition()).isZero();
        }
    }

    @Test
    void givenASnapshotAheadOfTheJournal_whenStarted_thenRefusedBecauseDurableRecordsAreGone() throws Exception {
        final Rig rig = new Rig();
        rig.start().askAll(1, 100);
        rig.close();
        final Rig other = new Rig();
        other.start().askAll(1, 10);
        other.kill();
        final byte[] snapshot = rig.disk.content(SNAPSHOTS.resolve("snapshot-00000000000000000100.snap"));
        final Path folder = SNAPSHOTS;
        try (var file = other.disk.open(folder.resolve("snapshot-00000000000000000100.snap"), org.mawid.engine.journal.Disk.Access.CREATE)) {
            file.writeFully(java.nio.ByteBuffer.wrap(snapshot), 0);
        }
        assertThatThrownBy(other::start).isInstanceOf(EngineStartException.class).hasMessageContaining("ahead of the journal");
    }

    @Test
    void givenAProcessThatDiesWhileASnapshotIsWritten_whenStarted_thenNothingOfItCounts() throws Exception {
        for (int call = 1; call < 60; call += 3) {
            final Rig rig = new Rig(new FakeDisk(call, false));
            try (rig) {
                rig.start().askAll(1, 120);
                final long hash = rig.onCore(EngineCore::stateHash);
                rig.disk.crashAt(rig.disk.calls() + call);
                rig.engine.requestSnapshot();
                final EmbeddedEngine engine = rig.engine;
                await().until(() -> engine.status().snapshotPosition() == 120 || !rig.halts.isEmpty());
                rig.powerLoss();
                rig.start();
                assertThat(rig.onCore(EngineCore::stateHash)).as("crash at call %d", call).isEqualTo(hash);
                assertThat(snapshots(rig)).allMatch(name -> name.endsWith(".snap"));
            }
        }
    }

    @Test
    void givenAnIdleEngine_whenTimePasses_thenTheJournalSealsItsLastAcknowledgement() throws Exception {
        try (Rig rig = new Rig().with(Setting.IDLE_SEAL_MS, 20).start()) {
            rig.ask(1);
            final Path segment = Rig.DATA.resolve("journal").resolve("journal-00000000000000000001.seg");
            await().until(() -> rig.disk.content(segment)[8_192] == 'M');
            assertThat(rig.engine.status().durablePosition()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, none is wanted at a stop", "true, no room for a snapshot"})
    void givenACleanStopThatKeepsNoSnapshot_whenItEnds_thenTheHashIsPublishedAllTheSame(final boolean wanted, final String why) throws Exception {
        final Rig rig = new Rig().with(Setting.SNAPSHOT_AT_STOP, wanted);
        rig.files = new FakeDisk(3, true);
        rig.start().askAll(1, 50);
        final long hash = rig.onCore(EngineCore::stateHash);
        rig.files.setFull(true);
        assertThat(saidAtStop(rig)).singleElement().asString().contains(why).doesNotContain("\n")
                .matches(".*snapshot of position 50: .* state hash " + HexFormat.of().toHexDigits(hash)); // as all that is published
        assertThat(rig.files.list(SNAPSHOTS)).isEmpty();
    }

    private static List<String> saidAtStop(final Rig rig) {
        final Logger logger = (Logger) LoggerFactory.getLogger(EmbeddedEngine.class);
        final ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
        try {
            rig.close();
        } finally {
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(log);
        }
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
