package org.mawid.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;

/** The bytes of a snapshot, without a core. */
class SnapshotFileTest {
    private static final Path FOLDER = Path.of("snapshots");
    private static final SnapshotHeader HEADER = new SnapshotHeader(3, 5, false, 4_711, 1_767_225_600_123L, 0xCAFE_F00D_1234_5678L, 1);
    private final FakeDisk disk = new FakeDisk(11, false).withShortWrites();
    private final Path file = FOLDER.resolve(Names.file(HEADER.position()));

    private record Run(int tableId, int rowBytes, long firstNumber, int count, byte[] rows) {
        @Override
        public boolean equals(final Object other) {
            return other instanceof Run run && tableId == run.tableId && rowBytes == run.rowBytes && firstNumber == run.firstNumber
                    && count == run.count && Arrays.equals(rows, run.rows);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(rows);
        }
    }

    @BeforeEach
    void makeFolder() throws IOException {
        disk.createFolders(FOLDER);
    }

    private static List<Run> runs(final long seed, final int count) {
        final Random random = new Random(seed);
        final List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final int rowBytes = 1 + random.nextInt(100);
            final int rows = random.nextInt(10) == 0 ? StateWriter.MAX_BYTES / rowBytes : 1 + random.nextInt(50);
            final byte[] bytes = new byte[rowBytes * rows];
            random.nextBytes(bytes);
            runs.add(new Run(1 + random.nextInt(20), rowBytes, random.nextLong() >>> 1, rows, bytes));
        }
        return runs;
    }

    private void write(final List<Run> runs) throws IOException {
        try (SnapshotWriter writer = new SnapshotWriter(disk, FOLDER, HEADER, Pace.full())) {
            for (final Run run : runs) {
                writer.rows(run.tableId, run.rowBytes, run.firstNumber, run.count, new UnsafeBuffer(run.rows), 0);
            }
            writer.finish();
        }
    }

    /** Both ways, which must agree. */
    private List<Run> read() throws IOException {
        final List<Run> beside = new ArrayList<>();
        Exception besideFailed = null;
        try {
            beside.addAll(read(new Pace(100)));
        } catch (final SnapshotDamagedException e) {
            besideFailed = e;
        }
        try {
            final List<Run> alone = read(Pace.full());
            assertThat(besideFailed).isNull();
            assertThat(beside).isEqualTo(alone);
            return alone;
        } catch (final SnapshotDamagedException e) {
            assertThat(besideFailed).isNotNull().hasMessage(e.getMessage());
            throw e;
        }
    }

    private List<Run> read(final Pace pace) throws IOException {
        final List<Run> runs = new ArrayList<>();
        try (SnapshotReader reader = new SnapshotReader(disk, file, pace)) {
            assertThat(reader.header()).isEqualTo(HEADER);
            final StateReader state = reader;
            while (state.next()) {
                final byte[] rows = new byte[state.count() * state.rowBytes()];
                state.buffer().getBytes(state.offset(), rows);
                runs.add(new Run(state.tableId(), state.rowBytes(), state.firstNumber(), state.count(), rows));
            }
            reader.expectEnd();
        }
        return runs;
    }

    @Test
    void givenRunsOfEverySize_whenWrittenAndRead_thenTheyAreTheSameInTheSameOrder() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            final List<Run> runs = runs(seed, seed * 20);
            write(runs);
            assertThat(read()).isEqualTo(runs);
            disk.delete(file);
        }
    }

    @Test
    void givenAWrittenSnapshot_whenThePowerGoes_thenItIsWhole() throws IOException {
        final List<Run> runs = runs(42, 60);
        write(runs);
        disk.powerLoss();
        assertThat(read()).isEqualTo(runs);
    }

    @Test
    void givenAnyByteChanged_whenRead_thenItIsDamagedAndNoWrongRowIsHandedOut() throws IOException {
        final List<Run> runs = runs(7, 40).stream().filter(run -> run.rows.length < 5_000).toList();
        write(runs);
        final int size = disk.content(file).length;
        for (int at = 0; at < size; at += at < 400 ? 1 : 61) {
            disk.corrupt(file, at, 1 << at % 8);
            assertThatThrownBy(this::read).as("byte %d of %d", at, size).isInstanceOf(SnapshotDamagedException.class);
            disk.corrupt(file, at, 1 << at % 8);
        }
        assertThat(read()).isEqualTo(runs);
    }

    @Test
    void givenAFileThatIsCutAnywhere_whenRead_thenItIsDamaged() throws IOException {
        write(runs(8, 20).stream().filter(run -> run.rows.length < 5_000).toList());
        for (int size = disk.content(file).length - 1; size >= 0; size -= 13) {
            disk.truncate(file, size);
            assertThatThrownBy(this::read).as("cut to %d", size).isInstanceOf(SnapshotDamagedException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    /** So that the disk never has much to write at once while the journal waits for it. */
    @Test
    void givenAWriterBesideAPipeline_whenThePowerGoesMidway_thenAllThatItHadWrittenWasDurable() throws IOException {
        final Path temporary = FOLDER.resolve(Names.file(HEADER.position()) + Names.TEMPORARY);
        final UnsafeBuffer rows = new UnsafeBuffer(new byte[StateWriter.MAX_BYTES]);
        rows.setMemory(0, rows.capacity(), (byte) 7);
        try (SnapshotWriter writer = new SnapshotWriter(disk, FOLDER, HEADER, new Pace(100))) {
            disk.syncFolder(FOLDER);
            for (long written = 0; written < 3L * Chunk.MAX_PAYLOAD_BYTES; written += rows.capacity()) {
                writer.rows(1, 1, 1 + written, rows.capacity(), rows, 0);
            }
            final byte[] before = disk.content(temporary);
            disk.powerLoss();

            assertThat(before.length).isGreaterThan(Chunk.MAX_PAYLOAD_BYTES);
            assertThat(disk.content(temporary)).isEqualTo(before);
        }
    }

    @Test
    void givenAWriterThatIsClosedBeforeItsEnd_whenLookedFor_thenNothingIsLeft() throws IOException {
        try (SnapshotWriter writer = new SnapshotWriter(disk, FOLDER, HEADER, Pace.full())) {
            final Run run = runs(1, 1).get(0);
            writer.rows(run.tableId, run.rowBytes, run.firstNumber, run.count, new UnsafeBuffer(run.rows), 0);
        }
        assertThat(disk.list(FOLDER)).isEmpty();
    }

    @Test
    void givenNames_whenSorted_thenNewestFirstAndOthersAreLeftOut() {
        assertThat(Names.positions(List.of(Names.file(5), Names.file(70), Names.file(6) + Names.TEMPORARY, "snapshot-abc.snap", Names.file(9))))
                .containsExactly(70, 9, 5);
    }

    @Test
    void givenASnapshotWhoseStateIsNotThatOfItsHash_whenLoaded_thenDamagedThoughEveryChecksumIsRight() throws IOException {
        final EngineCore core = new EngineCore();
        final SnapshotHeader wrong = new SnapshotHeader(3, 5, false, core.position(), core.nowMs(), core.stateHash() ^ 1, 1);
        try (SnapshotWriter writer = new SnapshotWriter(disk, FOLDER, wrong, Pace.full())) {
            core.save(writer);
            writer.finish();
        }
        final Snapshots snapshots = Snapshots.open(disk, FOLDER);
        assertThatThrownBy(() -> snapshots.load(core.position(), new EngineCore(), null, Pace.full())).isInstanceOf(SnapshotDamagedException.class)
                .hasMessageContaining("the state in it has hash");
    }
}
