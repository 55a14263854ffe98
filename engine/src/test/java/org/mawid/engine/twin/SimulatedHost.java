package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.availability.AvailabilityFeed;
import org.mawid.engine.ring.HostClock;
import org.mawid.engine.ring.SteppedPipeline;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Recovery;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.engine.testkit.Answered;
import org.mawid.sbe.Result;

/**
 * One machine of a simulation: the real journal, snapshots, recovery, ring, stages and core, on a disk that misbehaves and a clock
 * that is wrong. Its processes come and go; what they have answered goes to the {@link Truth}.
 */
final class SimulatedHost implements HostClock {
    private static final int RING_ENTRIES = 256;
    private static final int GROUP_BYTES = 16 * 1024;
    private static final JournalId ID = new JournalId(0x5349_4D55L, 0x4C41_5445L);

    /** Told what became of a command that took no position. */
    @FunctionalInterface
    interface Unlogged {
        void on(long tag, Result refusal);
    }

    final FakeDisk disk;
    private final Truth truth;
    private final Unlogged unlogged;
    private final Map<Long, byte[]> onTheirWay = new HashMap<>();
    private int folder = 1;
    private Journal journal;
    private Snapshots snapshots;
    private EngineCore core;
    private AvailabilityFeed readSide;
    private SteppedPipeline pipeline;
    private long wallMs;
    private long clockErrorMs;

    SimulatedHost(final FakeDisk disk, final Truth truth, final Unlogged unlogged) {
        this.disk = disk;
        this.truth = truth;
        this.unlogged = unlogged;
    }

    @Override
    public long nowMs() {
        return wallMs + clockErrorMs;
    }

    /** It is that late, whatever the host's clock says; it may be told to miss it by so much. */
    void time(final long trueMs, final long errorMs) {
        wallMs = trueMs;
        clockErrorMs = errorMs;
    }

    /** Opens what the last process left, replays it, compares it with the truth, and begins to serve. */
    void start() throws IOException {
        onTheirWay.clear();
        journal = Journal.open(JournalConfig.in(journalFolder(), disk, ID).withSchemaWord(SchemaWord.OURS).withSizes(JournalConfig.MIN_SEGMENT_BYTES, GROUP_BYTES)
                .withBackground(false));
        final int recovered = Math.toIntExact(journal.recoveredPosition());
        assertThat(recovered).as("answered positions are on the disk").isGreaterThanOrEqualTo(truth.position());
        final EngineCore fromScratch = replay(recovered);
        snapshots = Snapshots.open(disk, snapshotFolder());
        core = Recovery.begin(snapshots, journal, recovered, Pace.full());
        Recovery.finish(core, journal, Replay.Listener.NONE);
        assertThat(core.stateHash()).as("state of snapshot and tail, by the state from scratch").isEqualTo(fromScratch.stateHash());
        truth.isStateOf(core);
        readSide = new AvailabilityFeed();
        showCore();
        truth.hasRoomAsSaidBy(readSide.availability());
        pipeline = new SteppedPipeline(RING_ENTRIES, this, journal.writer(), core, readSide);
    }

    /** As the engine does at its start: what is read begins with the core's state. */
    private void showCore() {
        readSide.beginRebuild(core.position(), core.nowMs());
        for (final RecordKind kind : List.of(RecordKind.POSTS, RecordKind.POOLS, RecordKind.SERVICES, RecordKind.CHANGES, RecordKind.DAYS)) {
            long from = 0;
            do {
                from = core.dump(kind, from, 100, (template, buffer, offset, length) -> readSide.rebuild(buffer, offset, length));
            } while (from != 0);
        }
        readSide.endRebuild();
    }

    /** Until nothing is on its way; then who looks for room is told what is so. */
    void drain() {
        pipeline.drain();
        truth.hasRoomAsSaidBy(readSide.availability());
    }

    /** From the first position on: what was answered is as it was, and what was not is now certain. */
    private EngineCore replay(final int upTo) {
        final EngineCore fresh = new EngineCore();
        final Answered.Teller teller = new Answered.Teller(fresh::apply);
        try (JournalReader reader = journal.reader(1)) {
            reader.read(upTo, (position, nowMs, flags, buffer, offset, length) -> {
                final byte[] command = new byte[length];
                buffer.getBytes(offset, command);
                final Answered answer = teller.tell(position, nowMs, flags, command);
                if (position <= truth.position()) {
                    truth.isAsItWas(Math.toIntExact(position), command, answer);
                } else {
                    truth.happened(command, answer);
                }
            });
        }
        return fresh;
    }

    /** @return OK when admitted, else why not */
    Result submit(final long tag, final byte[] command) {
        final Result admitted = pipeline.submit((index, slot, offset) -> {
            slot.putBytes(offset, command);
            return command.length;
        }, this::onOutcome, tag);
        if (admitted == Result.OK) {
            onTheirWay.put(tag, command);
        }
        return admitted;
    }

    private void onOutcome(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        final byte[] command = onTheirWay.remove(tag);
        assertThat(command).as("each command is answered once").isNotNull();
        if (outcome.position() == 0) {
            assertThat(outcome.result()).isIn(Result.DEADLINE_EXCEEDED, Result.STORAGE_FULL);
            unlogged.on(tag, outcome.result());
            return;
        }
        assertThat(journal.writer().durablePosition()).as("nothing is answered before it is durable").isGreaterThanOrEqualTo(outcome.position());
        final byte[] said = new byte[length];
        events.getBytes(offset, said);
        truth.happened(command, new Answered(outcome.position(), outcome.nowMs(), outcome.result(), outcome.number1(), outcome.number2(),
                outcome.number3(), outcome.repeated(), said));
        unlogged.on(tag, null);
    }

    SteppedPipeline pipeline() {
        return pipeline;
    }

    EngineCore core() {
        return core;
    }

    /** As the snapshot thread does it: a second core from the files, beside the first. @return whether one was made */
    boolean snapshot() throws IOException {
        final long target = journal.writer().durablePosition();
        final EngineCore second = Recovery.begin(snapshots, journal, target, Pace.full());
        if (second.position() == target) {
            return false;
        }
        try (JournalReader reader = journal.gentleReader(second.position() + 1, () -> { })) {
            new Replay(second, Pace.full(), Replay.Listener.NONE).upTo(target, reader);
        }
        return snapshots.save(second, ID, false, Pace.full(), () -> false).stateHash() == second.stateHash();
    }

    /** A byte of the newest snapshot rots. @return false when there is none */
    boolean spoilSnapshot(final Dice dice) throws IOException {
        final long[] positions = snapshots.positions();
        if (positions.length == 0) {
            return false;
        }
        final Path file = snapshotFolder().resolve(String.format("snapshot-%020d.snap", positions[0]));
        disk.corrupt(file, dice.below(disk.content(file).length), 1 << dice.below(8));
        return true;
    }

    /** Another machine takes over with a copy of the journal and nothing else. Only between processes. */
    void handOver() {
        try (Journal left = Journal.open(JournalConfig.in(journalFolder(), disk, ID).withSchemaWord(SchemaWord.OURS).withSizes(JournalConfig.MIN_SEGMENT_BYTES, GROUP_BYTES)
                .withBackground(false))) {
            left.copyTo(Path.of("machine" + (folder + 1), "journal"), Long.MAX_VALUE, null);
        }
        folder++;
    }

    /** Answers what is on its way and stops. */
    void stop() {
        drain();
        assertThat(onTheirWay).as("an admitted command is always answered").isEmpty();
        journal.close();
    }

    private Path journalFolder() {
        return Path.of("machine" + folder, "journal");
    }

    private Path snapshotFolder() {
        return Path.of("machine" + folder, "snapshots");
    }
}
