package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.LiveReadModel;
import org.mawid.engine.testkit.CommandKinds;
import org.mawid.engine.testkit.Lives;
import org.mawid.engine.testkit.RareCommands;
import org.mawid.sbe.Result;

/**
 * Nothing is allocated on the way of a command, thread by thread: submitter, journal, core, projection and ticker. Segments of the
 * journal that begin may allocate, and so may tables that grow: see {@link #SLICES}. Records and the event log on disk are off.
 * <p>Of every kind that comes every day. Staged changes are measured by themselves, without the projection: it keeps the days that
 * wait on the heap, so each of them is a table that grows.
 */
@Timeout(240)
class PipelineAllocationTest {
    private static final long PROJECTION_BYTES_A_COMMAND = 340;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String[] STAGES = {"mawid-journal", "mawid-core", "mawid-projection", "mawid-ticker"};
    private static final int WARM_COMMANDS = 400_000;
    /** The million is measured in parts, each with its own sum: what a command, a group or a batch allocates is in all of them. */
    private static final int SLICES = 20;
    private static final int COMMANDS = 1_000_000 / SLICES;
    /** In so many of them something that is rare by design may happen: a segment begins, a table grows, a compiler does its own. */
    private static final int SELDOM = 6;
    /** Rounds of lives to one turn of what they have no command for: every part has some turns. */
    private static final int ROUNDS_A_TURN = 4;
    private static final int WARM_CHANGES = 1_000;
    /** Instead of a step of the lives. */
    private static final int NO_STEP = -1;
    private static final int RARE_STEP = -2;

    private final Lives lives = new Lives();
    private final RareCommands rare = new RareCommands();
    private final AtomicLong clockMs = new AtomicLong();
    private final AtomicInteger left = new AtomicInteger();
    private final byte[][] commands = new byte[Lives.LANES][1_024];
    private final UnsafeBuffer[] buffers = Stream.of(commands).map(UnsafeBuffer::new).toArray(UnsafeBuffer[]::new);
    private final int[] lengths = new int[Lives.LANES];
    private final int[] laneOf = new int[Lives.LANES];
    private final CommandSource source = this::copy;
    private final Reply reply = this::answered;
    private int step;
    private int firstOfBatch;
    private long sent;
    private int rounds;
    private Thread submitter;
    private EmbeddedEngine engine;

    /** Counts as an edge would. */
    private static final class Counting implements EngineMetrics {
        private final long[] groups = new long[1];
        private final long[] commands = new long[1];
        private final long[] done = new long[256];

        @Override
        public void onGroup(final long nanos, final int records) {
            groups[0] += records;
        }

        @Override
        public void onCommand(final int templateId, final Result result, final long nanos) {
            commands[0]++;
            done[templateId] += result == Result.OK ? 1 : 0;
        }
    }

    @Test
    void givenAWarmPipeline_whenAMillionCommandsGoThroughIt_thenNoThreadOnTheirWayAllocates(@TempDir final Path data) throws Exception {
        submitter = Thread.currentThread();
        clockMs.set(lives.nowMs());
        final Counting counting = new Counting();
        final EngineConfig config = EngineConfig.at(data).with(Setting.RETIRE_EVERY_MS, 0).with(Setting.RECORDS, false)
                .with(Setting.EVENTS_MAX_BYTES, 0).with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.SNAPSHOT_EVERY_MS, 86_400_000)
                .with(Setting.SNAPSHOT_RECORDS, 1_000_000_000);
        final FileDisk disk = FileDisk.plain();
        engine = EmbeddedEngine.start(config, counting, new Host(disk, disk, clockMs::get, () -> new JournalId(1, 2), LiveReadModel::open, true));
        try {
            for (int index = 0; one(lives.writeOpening(index, buffers[0], 0), NO_STEP); index++) {
                await();
            }
            for (int index = 0; one(rare.writeOpening(index, lives.nowMs(), buffers[0], 0), RARE_STEP); index++) {
                await();
            }
            run(WARM_COMMANDS);
            final long[] doneBefore = counting.done.clone();
            final Map<String, long[]> allocated = allocatedBy(() -> run(COMMANDS));
            for (int turn = 0; turn < WARM_CHANGES; turn++) {
                changes();
            }
            final Map<String, long[]> allocatedByChanges = allocatedBy(this::changes);
            allocatedByChanges.remove("mawid-projection");
            assertThat(lives.wrong()).as("answers other than OK; the first: %s", lives.firstWrong()).isZero();
            assertThat(counting.commands[0]).isGreaterThanOrEqualTo(WARM_COMMANDS + 1_000_000L);
            assertThat(rare.wrong()).as("answers other than expected; the first: %s", rare.firstWrong()).isZero();
            for (final int template : CommandKinds.THAT_DO_SOMETHING) {
                assertThat(counting.done[template] - doneBefore[template]).as("commands of template %d that were done", template).isGreaterThanOrEqualTo(2 * SLICES);
            }
            // It keeps tickets of the hall, books and what waits for a second person as objects. Nobody waits for it, and those who come are few beside reads and holds.
            assertThat(Arrays.stream(allocated.remove("mawid-projection")).max().orElseThrow()).as("bytes of the projection for %d commands of which some pay", COMMANDS)
                    .isLessThan(COMMANDS * PROJECTION_BYTES_A_COMMAND);
            assertNothing(allocated, COMMANDS + " commands");
            assertNothing(allocatedByChanges, "two staged changes");
        } finally {
            engine.close();
        }
    }

    /** By thread, bytes in each part. */
    private Map<String, long[]> allocatedBy(final Runnable part) {
        final long[] threads = threads();
        final Map<String, long[]> allocated = new TreeMap<>();
        for (int slice = 0; slice < SLICES; slice++) {
            final long[] before = THREADS.getThreadAllocatedBytes(threads);
            final long ownBefore = THREADS.getCurrentThreadAllocatedBytes();
            part.run();
            final long own = THREADS.getCurrentThreadAllocatedBytes() - ownBefore;
            final long[] after = THREADS.getThreadAllocatedBytes(threads);
            allocated.computeIfAbsent("submitter", name -> new long[SLICES])[slice] = own;
            for (int i = 0; i < STAGES.length; i++) {
                allocated.computeIfAbsent(STAGES[i], name -> new long[SLICES])[slice] = after[i] - before[i];
            }
        }
        return allocated;
    }

    private static void assertNothing(final Map<String, long[]> allocated, final String part) {
        allocated.forEach((thread, slices) -> assertThat(Arrays.stream(slices).filter(bytes -> bytes != 0).count())
                .as("parts of %s in which %s allocates; bytes in each: %s", part, thread, Arrays.toString(slices)).isLessThanOrEqualTo(SELDOM));
    }

    private static long[] threads() {
        final long[] ids = new long[STAGES.length];
        for (final Thread thread : Thread.getAllStackTraces().keySet()) {
            final int stage = Arrays.asList(STAGES).indexOf(thread.getName());
            if (stage >= 0 && thread.isAlive()) {
                ids[stage] = thread.getId();
            }
        }
        assertThat(ids).doesNotContain(0);
        return ids;
    }

    private void run(final int atLeast) {
        final long end = sent + atLeast;
        while (sent < end) {
            lives.beginRound();
            clockMs.set(lives.nowMs());
            round();
            if (++rounds % ROUNDS_A_TURN == 0) {
                rareTurn();
            }
        }
    }

    private void rareTurn() {
        rare.beginTurn(lives.nowMs());
        rest();
    }

    private void changes() {
        rare.beginChanges(lives.nowMs());
        rest();
    }

    private void rest() {
        while (one(rare.write(buffers[0], 0), RARE_STEP)) {
            await();
        }
    }

    private void round() {
        one(lives.writeUpkeep(0, buffers[0], 0), NO_STEP);
        await();
        int count = 0;
        for (int lane = 0; lane < Lives.LANES; lane++) {
            count = add(count, lane, lives.writeLate(lane, buffers[count], 0));
        }
        all(count, NO_STEP);
        for (int index = 1; one(lives.writeUpkeep(index, buffers[0], 0), NO_STEP); index++) {
            await();
        }
        for (int of = 0; of < Lives.STEPS; of++) {
            count = 0;
            for (int lane = 0; lane < Lives.LANES; lane++) {
                count = add(count, lane, lives.write(of, lane, buffers[count], 0));
            }
            all(count, of);
        }
    }

    private int add(final int count, final int lane, final int length) {
        if (length == 0) {
            return count;
        }
        lengths[count] = length;
        laneOf[count] = lane;
        return count + 1;
    }

    /** Half of them as one batch, the others one by one. */
    private void all(final int count, final int of) {
        step = of;
        left.set(count);
        sent += count;
        final int batch = count / 2;
        int admitted = 0;
        while (admitted < batch) {
            firstOfBatch = admitted;
            admitted += engine.submit(source, batch - admitted, reply, admitted);
        }
        for (int i = batch; i < count; i++) {
            firstOfBatch = i;
            while (engine.submit(source, reply, i) != Result.OK) {
                Thread.onSpinWait();
            }
        }
        await();
    }

    private boolean one(final int length, final int of) {
        if (length == 0) {
            return false;
        }
        lengths[0] = length;
        laneOf[0] = 0;
        all(1, of);
        return true;
    }

    private int copy(final int index, final MutableDirectBuffer slot, final int offset) {
        final int at = firstOfBatch + index;
        slot.putBytes(offset, commands[at], 0, lengths[at]);
        return lengths[at];
    }

    /** Core thread; {@code await} orders it before what the submitter reads. */
    private void answered(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        final int lane = laneOf[(int) tag];
        if (step == RARE_STEP) {
            rare.answered(outcome);
        } else if (step == NO_STEP) {
            lives.check(outcome);
        } else {
            lives.answered(step, lane, outcome);
            if (step == 0 && Lives.isWalkIn(lane)) {
                lives.applicationOf(lane, Lives.applicationIn(events, offset));
            }
        }
        if (left.decrementAndGet() == 0) {
            LockSupport.unpark(submitter);
        }
    }

    private void await() {
        while (left.get() > 0) {
            LockSupport.parkNanos(100_000L);
        }
    }
}
