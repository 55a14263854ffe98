package org.mawid.engine.ring;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.EngineMetrics;
import org.mawid.engine.Reply;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.sbe.Result;

/**
 * The real intake, ring and stages on the caller's thread, a step at a time, so that a simulation decides which thread would have
 * run next and for how long. What a stage throws reaches the caller; after that nothing may be stepped any more.
 */
public final class SteppedPipeline implements OwnWork {
    private static final int EVENT_BYTES = 8 << 20;
    /** Events of so many positions surely fit beside those that {@link #LAZY_BYTES} allows to wait. */
    private static final int MOST_AT_ONCE = 64;
    private static final int LAZY_BYTES = 1 << 20;
    private static final long NEVER_SEAL_MS = 3_600_000;

    private final Gate gate = new Gate();
    private final Sequence[] passed = {new Sequence(), new Sequence(), new Sequence()};
    private final Stage[] stages;
    private final EventArea area = new EventArea(EVENT_BYTES);
    private final RingBuffer<Entry> ring;
    private final Intake intake;
    private final Ticker ticker;
    private long projectedEnd;

    /** @param core recovered; {@code journal} ends where it stands */
    public SteppedPipeline(final int entries, final HostClock clock, final JournalWriter journal, final EngineCore core,
                           final ReadModelFeed readModel) {
        final WaitStrategy waits = new BlockingWaitStrategy(); // nobody ever waits
        final FailStop failStop = new FailStop();
        final Progress progress = new Progress(core.position(), core.nowMs(), core.nextDueMs());
        ticker = new Ticker(clock, false, NEVER_SEAL_MS, gate, progress, readModel::recordsTooFarBehind); // never started
        final CoreStage second = new CoreStage(1, waits, core, area, failStop, progress, ticker, EngineMetrics.NONE, 32);
        stages = new Stage[] {
            new JournalStage(0, waits, journal, clock, gate, progress, EngineMetrics.NONE, core.position(), core.nowMs()), second,
            new ProjectionStage(2, waits, readModel, area, failStop, progress)};
        final UnsafeBuffer slab = new UnsafeBuffer(ByteBuffer.allocateDirect(Entry.bytes(entries)));
        final int[] made = {0};
        ring = RingBuffer.createMultiProducer(() -> new Entry(slab, made[0]++, entries), entries, waits);
        ring.addGatingSequences(passed[2]);
        second.over(ring);
        for (int stage = 0; stage < stages.length; stage++) {
            stages[stage].setSequenceCallback(passed[stage]);
        }
        intake = new Intake(ring, gate, clock, false, false);
        ticker.begin(intake, failStop, 0);
        gate.set(Gate.CLOSED, false);
    }

    public Result submit(final CommandSource source, final Reply reply, final long tag) {
        return intake.submit(source, reply, tag);
    }

    @Override
    public boolean ask(final CoreQuery query) {
        return intake.ask(query);
    }

    @Override
    public boolean offer(final CommandSource source, final Reply reply) {
        return !gate.has(Gate.JOURNAL_FULL) && intake.offer(source, reply, 0);
    }

    @Override
    public int ringDepth() {
        return (int) (ring.getBufferSize() - ring.remainingCapacity());
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    /** Lets the ticker's thread run once. @param nanos of the monotonic clock, from 0 @return for how long it would sleep, ns */
    public long ticker(final long nanos) {
        return ticker.work(nanos);
    }

    /** What the ticker does when nothing was appended for a while, or the disk was full. */
    public void seal() {
        intake.offerSeal();
    }

    public boolean isStorageFull() {
        return gate.has(Gate.JOURNAL_FULL);
    }

    /** Lets the journal's thread run for at most so many entries: one group or more. */
    public void journal(final int most) {
        step(0, ring.getCursor(), most);
    }

    /** Lets the core's thread run for at most so many entries of what is durable. */
    public void core(final int most) {
        if (area.head() - projectedEnd > LAZY_BYTES) {
            project(Integer.MAX_VALUE); // the core would wait for it
        }
        step(1, passed[0].get(), Math.min(most, MOST_AT_ONCE));
    }

    /** Lets the read side's thread run for at most so many entries of what was answered. */
    public void project(final int most) {
        step(2, passed[1].get(), most);
        projectedEnd = passed[2].get() < 0 ? 0 : ring.get(passed[2].get()).eventsEnd;
    }

    /** Until nothing is on its way. */
    public void drain() {
        while (passed[2].get() < ring.getCursor()) {
            journal(Integer.MAX_VALUE);
            core(MOST_AT_ONCE);
            project(Integer.MAX_VALUE);
        }
    }

    private void step(final int number, final long available, final int most) {
        final long from = passed[number].get() + 1;
        final long to = Math.min(available, from - 1 + Math.min(most, ring.getBufferSize()));
        if (to < from) {
            return;
        }
        final Stage stage = stages[number];
        try {
            stage.onBatchStart(to - from + 1, available - from + 1);
            for (long sequence = from; sequence <= to; sequence++) {
                stage.onEvent(ring.get(sequence), sequence, sequence == to);
            }
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new IllegalStateException("a stage throws no checked exception", e);
        }
    }

    static {
        if (EVENT_BYTES < LAZY_BYTES + (MOST_AT_ONCE + 1) * EventWriter.MAX_BYTES) {
            throw new IllegalStateException("the core must never wait for the read side");
        }
    }
}
