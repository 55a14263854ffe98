package org.mawid.bench.journal;

import io.vertx.core.json.JsonObject;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.process.CpuUse;
import org.mawid.engine.Engine;
import org.mawid.engine.Reply;
import org.mawid.engine.kernel.Outcome;

/**
 * Feeds an engine with appointments' lives from one thread, as fast as it goes or at a stated rate, and takes the time until each is answered; beside it
 * what that took of the processors, of the feeding thread and of each of the engine's.
 */
public final class Feed {
    /** Commands that are admitted together. */
    public static final int CHUNK = 256;
    private static final long MOST_NS = 60_000_000_000L;
    private static final int MOST_WARM_UPS = 8;
    private static final int MOST_SETTLINGS = 5;
    private static final int WARM_UP_SECONDS = 2;
    /** Longest that {@link #warmUp} and {@link #settle} take. */
    public static final int WARM_UP_MOST_SECONDS = MOST_WARM_UPS * WARM_UP_SECONDS;
    public static final int SETTLE_MOST_SECONDS = MOST_SETTLINGS * WARM_UP_SECONDS;
    /** Of {@value #WARM_UP_SECONDS} seconds on two cores. */
    private static final long QUIET_COMPILER_MS = 200;
    private static final long IDLE_NS = 20_000L;
    /** Before a full ring is asked again: half a millisecond's commands at the highest rates, of the sixteen that it holds. */
    private static final long FULL_NS = 500_000L;
    private static final long TENTH_NS = 100_000_000L;
    private static final long LONGEST_WINDOW_NS = 600_000_000_000L;

    private final Submitter submitter;
    private final Output output;
    private final LongSupplier clock;
    private final Reply reply = (tag, outcome, events, offset, length) -> onOutcome(tag, outcome);
    private final Histogram latency = newHistogram();
    private final long[] worstNs = new long[(int) (LONGEST_WINDOW_NS / TENTH_NS)];
    private final long[] sentNs = new long[1 << 20];
    private volatile long windowFromNs;
    private final AtomicLong answered = new AtomicLong();
    private volatile String refused;
    private long answeredPlain;

    /** What takes commands, such as an engine's ring. */
    @FunctionalInterface
    public interface Submitter {
        /** Admits the first n of so many, with tags {@code tag}, {@code tag + 1}…, each of which is answered once. @return n, 0 when there is no place */
        int submit(int count, Reply reply, long tag);

        /** An engine, fed with lives. */
        static Submitter of(final Engine engine, final Lives lives) {
            return (count, reply, tag) -> {
                final long nowMs = engine.status().nowMs();
                return engine.submit((index, slot, offset) -> lives.next(slot, offset, nowMs), count, reply, tag);
            };
        }
    }

    Feed(final Engine engine, final Lives lives, final Output output) {
        this(Submitter.of(engine, lives), output, System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    public Feed(final Submitter submitter, final Output output, final LongSupplier clock) {
        this.submitter = submitter;
        this.output = output;
        this.clock = clock;
    }

    /**
     * What the ring took as fast as it goes.
     *
     * @param perSecond commands answered
     * @param commands  how many in all
     * @param cpu       what they took of the processors
     */
    public record Flood(long perSecond, long commands, CpuUse cpu) {
    }

    /**
     * What a window of an open loop gave.
     *
     * @param ns      latency of every command that came due in it
     * @param worstNs the longest in each tenth of a second, by when the command was due
     * @param cpu     what these commands took of the processors
     */
    public record Window(Histogram ns, long[] worstNs, CpuUse cpu) implements OpenOptions.Run {
        /** What was due was sent: what was late for want of room in the ring is slow. */
        @Override
        public boolean holds(final double mostP99Us) {
            return p99Us() <= mostP99Us;
        }

        @Override
        public double p99Us() {
            return Latency.us(ns, 99);
        }

        @Override
        public JsonObject figures() {
            return new JsonObject().put("latencyUs", Latency.us(ns)).mergeIn(cpu.usEach(ns.getTotalCount()));
        }
    }

    static Histogram newHistogram() {
        return new Histogram(MOST_NS, 3);
    }

    /** Until the compiler is through: its threads take the cores that the pipeline needs, and what it has not reached yet is slow. */
    public void warmUp() throws InterruptedException {
        untilQuiet(MOST_WARM_UPS, () -> flood(WARM_UP_SECONDS, "warming up until the compiler is through, at most " + WARM_UP_MOST_SECONDS + " s"));
    }

    /** The same at a stated rate: smaller batches take other ways through the code, which the compiler then makes anew. */
    public void settle(final long perSecond) throws InterruptedException {
        untilQuiet(MOST_SETTLINGS, () -> openLoop(perSecond, WARM_UP_SECONDS, "settling until the compiler is through, at most " + SETTLE_MOST_SECONDS + " s"));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static void untilQuiet(final int most, final Work work) throws InterruptedException {
        final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        for (int round = 0; round < most; round++) {
            final long before = compiler.getTotalCompilationTime();
            work.run();
            if (round > 1 && compiler.getTotalCompilationTime() - before < QUIET_COMPILER_MS) {
                return;
            }
        }
    }

    /** As {@link #flood(int, String)}. @param rates gets what was reached in each of the seconds */
    public Flood flood(final int seconds, final String what, final Rounds rates) throws InterruptedException {
        final CpuUse usedBefore = CpuUse.now();
        final long[] last = {clock.getAsLong(), answered.get()};
        final long untilNs = last[0] + seconds * 1_000_000_000L;
        return flood(usedBefore, () -> {
            final long nowNs = clock.getAsLong();
            if (nowNs - last[0] >= 1_000_000_000L) {
                rates.add((answered.get() - last[1]) * 1e9 / (nowNs - last[0]));
                last[0] = nowNs;
                last[1] = answered.get();
            }
            return nowNs >= untilNs;
        }, () -> untilNs - clock.getAsLong(), what);
    }

    /** As fast as the ring takes it. */
    Flood flood(final int seconds, final String what) throws InterruptedException {
        final CpuUse usedBefore = CpuUse.now();
        final long untilNs = clock.getAsLong() + seconds * 1_000_000_000L;
        return flood(usedBefore, () -> clock.getAsLong() >= untilNs, () -> untilNs - clock.getAsLong(), what);
    }

    /** As fast as the ring takes it, until so many of the lives that it is fed with have their appointment. */
    public void fill(final Lives lives, final long appointments) throws InterruptedException {
        final long fromNs = System.nanoTime();
        final long had = lives.confirmed();
        flood(CpuUse.now(), () -> lives.confirmed() >= appointments,
                () -> Output.leftNs(fromNs, lives.confirmed() - had, appointments - had), String.format("filling up to %,d appointments", appointments));
    }

    private Flood flood(final CpuUse usedBefore, final BooleanSupplier over, final LongSupplier leftNs, final String what) throws InterruptedException {
        Arrays.fill(sentNs, 0);
        final long before = answered.get();
        final long fromNs = clock.getAsLong();
        long tag = 0;
        while (!over.getAsBoolean()) {
            final int admitted = submitter.submit(CHUNK, reply, tag);
            tag += admitted;
            if (admitted == 0) {
                LockSupport.parkNanos(FULL_NS);
            }
            if (output.isDue()) {
                output.progressPart(fromNs, leftNs.getAsLong(), "%s: %,.0f commands/s", what, (answered.get() - before) * 1e9 / (clock.getAsLong() - fromNs));
            }
        }
        awaitAnswers(before + tag);
        final long perSecond = (long) (tag * 1e9 / (clock.getAsLong() - fromNs));
        return new Flood(perSecond, tag, CpuUse.now().since(usedBefore));
    }

    /** At a stated rate for so long, see {@link #openLoop(long, BooleanSupplier, LongSupplier, String)}. */
    public Window openLoop(final long perSecond, final int seconds, final String what) throws InterruptedException {
        return openLoop(perSecond, seconds * 1_000_000_000L, what);
    }

    /** As {@link #openLoop(long, int, String)}. @param ns how long */
    Window openLoop(final long perSecond, final long ns, final String what) throws InterruptedException {
        final CpuUse usedBefore = CpuUse.now();
        final long untilNs = clock.getAsLong() + ns;
        return openLoop(usedBefore, perSecond, () -> clock.getAsLong() >= untilNs, () -> untilNs - clock.getAsLong(), what);
    }

    /**
     * At a stated rate, whatever the answers do: latency counts from when a command was due, not from when it could be sent.
     *
     * @param over asked between chunks
     */
    Window openLoop(final long perSecond, final BooleanSupplier over, final LongSupplier leftNs, final String what) throws InterruptedException {
        return openLoop(CpuUse.now(), perSecond, over, leftNs, what);
    }

    private Window openLoop(final CpuUse usedBefore, final long perSecond, final BooleanSupplier over, final LongSupplier leftNs, final String what) throws InterruptedException {
        latency.reset();
        Arrays.fill(worstNs, 0);
        final long before = answered.get();
        final long fromNs = clock.getAsLong();
        windowFromNs = fromNs;
        long total = Long.MAX_VALUE;
        long tag = 0;
        while (tag < total) {
            long due = (clock.getAsLong() - fromNs) * perSecond / 1_000_000_000L + 1;
            if (total == Long.MAX_VALUE && over.getAsBoolean()) {
                total = due; // what a stall at the end held up is still sent and counted
            }
            due = Math.min(due, total);
            if (due <= tag) {
                LockSupport.parkNanos(IDLE_NS);
            } else {
                final int count = (int) Math.min(CHUNK, due - tag);
                for (int i = 0; i < count; i++) {
                    sentNs[(int) (tag + i) & (sentNs.length - 1)] = fromNs + (tag + i) * 1_000_000_000L / perSecond;
                }
                tag += submitter.submit(count, reply, tag);
            }
            if (output.isDue()) {
                output.progressPart(fromNs, leftNs.getAsLong(), "%s at %,d/s: %,d answered", what, perSecond, answered.get() - before);
            }
        }
        awaitAnswers(before + tag);
        final long[] tenths = Arrays.copyOf(worstNs, (int) Math.min(worstNs.length, (total - 1) * 1_000_000_000L / perSecond / TENTH_NS + 1));
        return new Window(latency.copy(), tenths, CpuUse.now().since(usedBefore));
    }

    private void onOutcome(final long tag, final Outcome outcome) {
        if (!outcome.isDone() && refused == null) {
            refused = outcome.result() + " at position " + outcome.position();
        }
        final long sent = sentNs[(int) tag & (sentNs.length - 1)];
        if (sent != 0) {
            final long tookNs = Math.max(0, Math.min(MOST_NS, clock.getAsLong() - sent));
            latency.recordValue(tookNs);
            final int tenth = (int) Math.max(0, Math.min(worstNs.length - 1, (sent - windowFromNs) / TENTH_NS));
            worstNs[tenth] = Math.max(worstNs[tenth], tookNs);
        }
        answered.setRelease(++answeredPlain);
    }

    private void awaitAnswers(final long count) throws InterruptedException {
        final long fromNs = System.nanoTime();
        while (answered.get() < count) {
            if (System.nanoTime() - fromNs > MOST_NS) {
                throw new IllegalStateException("answers are missing: " + answered.get() + " of " + count);
            }
            Thread.sleep(1);
        }
        if (refused != null) {
            throw new IllegalStateException("a command of a life that should succeed was answered " + refused);
        }
    }
}
