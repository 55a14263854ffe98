package org.mawid.engine.ring;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.EngineMetrics;
import org.mawid.engine.Reply;
import org.mawid.engine.Setting;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.engine.memory.BlankMemory;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.sbe.Result;

/**
 * The whole way of a command. Three threads behind a bounded ring; a Throwable anywhere is the end, see {@link FailStop}.
 * <pre>
 *   Intake ────► ring ────► JournalStage ────────► CoreStage ────────────► ProjectionStage
 *   place or refusal        position, log time,    apply, reply,           read models,
 *                           append, sync           queries, prefetch       gives the place back
 *       ▲                                              │ next due
 *       └────────────────── Ticker ◄───────────────────┘
 * </pre>
 */
public final class Pipeline implements OwnWork {
    static final int STAGES = 3;
    private static final String[] THREAD_NAMES = {"mawid-journal", "mawid-core", "mawid-projection"};

    private final Gate gate = new Gate();
    private final FailStop failStop = new FailStop();
    private final List<Thread> threads = new ArrayList<>();
    private final Progress progress;
    private final Ticker ticker;
    private final PhasedWait phased;
    private final Disruptor<Entry> disruptor;
    private final RingBuffer<Entry> ring;
    private final Intake intake;

    /** @param core recovered; it belongs to the core stage from {@link #start} until {@link #stop} has returned */
    public Pipeline(
            final EngineConfig config, final HostClock clock, final JournalWriter journal, final EngineCore core,
            final ReadModelFeed readModel, final EngineMetrics metrics) {
        final int entries = config.integer(Setting.RING_ENTRIES);
        final boolean timeIsSupplied = config.isOn(Setting.SIMULATION);
        final WaitStrategy waits = Waits.of(config.waiting());
        phased = waits instanceof PhasedWait ? (PhasedWait) waits : null;
        progress = new Progress(core.position(), core.nowMs(), core.nextDueMs());
        ticker = new Ticker(
                clock, timeIsSupplied, config.number(Setting.IDLE_SEAL_MS), gate, progress, readModel::recordsTooFarBehind);

        final EventArea area = new EventArea(config.integer(Setting.EVENT_BUFFER_BYTES));
        final JournalStage first = new JournalStage(0, waits, journal, clock, gate, progress, metrics, core.position(), core.nowMs());
        final CoreStage second = new CoreStage(1, waits, core, area, failStop, progress, ticker, metrics, config.integer(Setting.PREFETCH));
        final ProjectionStage third = new ProjectionStage(2, waits, readModel, area, failStop, progress);

        final UnsafeBuffer slab = BlankMemory.take(Entry.bytes(entries));
        final int[] made = {0};
        disruptor = new Disruptor<>(() -> new Entry(slab, made[0]++, entries), entries, this::thread, ProducerType.MULTI, waits);
        disruptor.setDefaultExceptionHandler(failStop);
        disruptor.handleEventsWith(first).then(second).then(third);
        ring = disruptor.getRingBuffer();
        second.over(ring);
        third.whenTooFarBehind(this::closeAdmission);
        intake = new Intake(ring, gate, clock, timeIsSupplied, metrics != EngineMetrics.NONE);
        failStop.onHalt(line -> haltStages());
    }

    /** Starts the threads and opens the gate. Once. */
    public void start() {
        disruptor.start();
        ticker.start(intake, failStop);
        gate.set(Gate.CLOSED, false);
    }

    /**
     * Admits nothing more, answers all that was admitted, ends the threads. Once.
     *
     * @return false when the pipeline had halted: what was admitted and not yet answered never will be
     */
    public boolean stop() throws InterruptedException {
        gate.set(Gate.CLOSED, true);
        ticker.stop();
        final boolean drained = intake.drain(failStop);
        haltStages();
        for (final Thread thread : threads) {
            thread.join();
        }
        return drained && !failStop.isHalted();
    }

    public Result submit(final CommandSource source, final Reply reply, final long tag) {
        return intake.submit(source, reply, tag);
    }

    public int submit(final CommandSource source, final int count, final Reply reply, final long tag) {
        return intake.submit(source, count, reply, tag);
    }

    public boolean query(final CoreQuery query) {
        return intake.query(query);
    }

    @Override
    public boolean ask(final CoreQuery query) {
        return intake.ask(query);
    }

    @Override
    public boolean offer(final CommandSource source, final Reply reply) {
        return !gate.has(Gate.CLOSED | Gate.JOURNAL_FULL) && intake.offer(source, reply, 0);
    }

    public Result admission() {
        return gate.admission();
    }

    public void onHalt(final Consumer<String> listener) {
        failStop.onHalt(listener);
    }

    /** Any thread of the engine: something broke beside the ring that must end everything. */
    public void halt(final String where, final Throwable cause) {
        failStop.halt(where, cause);
    }

    /** Time was moved on: by the submitter, or by an operator. */
    public void timeMoved() {
        ticker.wake();
    }

    /** Logs what time it is, whether or not something is due. @return as {@link #offer} */
    public boolean tick(final Reply reply) {
        return offer(new TickSource(), reply);
    }

    @Override
    public boolean isRunning() {
        return !gate.has(Gate.CLOSED);
    }

    public boolean waitsForRecords() {
        return gate.has(Gate.RECORDS_BEHIND);
    }

    /** Whether commands are refused because there is no room for what would keep them: the journal, or a snapshot. */
    public boolean isStorageFull() {
        return gate.has(Gate.JOURNAL_FULL | Gate.SNAPSHOT_FULL);
    }

    /** Whether nothing at all can be logged now, not even what the engine does by itself. */
    public boolean isJournalFull() {
        return gate.has(Gate.JOURNAL_FULL);
    }

    /** Any thread of the engine: whether there is room for a snapshot. While there is none, commands from outside are refused. */
    public void roomForSnapshot(final boolean room) {
        gate.set(Gate.SNAPSHOT_FULL, !room);
    }

    public long durablePosition() {
        return progress.durablePosition();
    }

    public long appliedPosition() {
        return progress.appliedPosition();
    }

    public long projectedPosition() {
        return progress.projectedPosition();
    }

    /** Log time of the applied position. */
    public long nowMs() {
        return progress.nowMs();
    }

    @Override
    public int ringDepth() {
        return (int) (ring.getBufferSize() - ring.remainingCapacity());
    }

    public int ringSize() {
        return ring.getBufferSize();
    }

    private void closeAdmission() {
        if (!gate.has(Gate.RECORDS_BEHIND)) {
            gate.set(Gate.RECORDS_BEHIND, true);
            ticker.wake();
        }
    }

    private void haltStages() {
        gate.set(Gate.CLOSED, true);
        disruptor.halt();
        if (phased != null) {
            phased.alert();
        }
    }

    private Thread thread(final Runnable stage) {
        final Thread thread = new Thread(stage, THREAD_NAMES[threads.size()]);
        thread.setDaemon(true);
        // A halted stage ends by throwing, after the one line that says why.
        thread.setUncaughtExceptionHandler((ended, cause) -> failStop.halt(ended.getName(), cause));
        threads.add(thread);
        return thread;
    }
}
