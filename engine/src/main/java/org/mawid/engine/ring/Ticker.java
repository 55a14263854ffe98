package org.mawid.engine.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.mawid.engine.CommandSource;
import org.mawid.engine.Reply;

/**
 * What the engine does by itself as time passes: sends a Tick when something is due (at most 100 a second, one at a time),
 * seals the journal when it has been idle, asks again for room on a full disk, watches how far the records are behind, and draws
 * the clock towards wall time. Sleeps until the next of these.
 */
final class Ticker implements Runnable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HostClock clock;
    private final boolean timeIsSupplied;
    private final long idleSealNanos;
    private final Gate gate;
    private final Progress progress;
    private final BooleanSupplier recordsTooFarBehind;
    private final CommandSource tickSource = new TickSource();
    private final Reply tickReply = (tag, outcome, events, offset, length) -> tickDone();
    private final Thread thread = new Thread(this, "mawid-ticker");
    private Intake intake;
    private FailStop failStop;

    private volatile boolean stopped;
    private volatile boolean outstanding;
    private volatile long asleepUntilMs = Long.MIN_VALUE;

    // Of this thread alone.
    private long tickedAtNanos;
    private long slewedAtNanos;
    private long seenPosition = -1;
    private long seenAtNanos;
    private long sealedPosition;

    Ticker(
            final HostClock clock, final boolean timeIsSupplied, final long idleSealMs, final Gate gate, final Progress progress,
            final BooleanSupplier recordsTooFarBehind) {
        this.clock = clock;
        this.timeIsSupplied = timeIsSupplied;
        this.idleSealNanos = TimeUnit.MILLISECONDS.toNanos(idleSealMs);
        this.gate = gate;
        this.progress = progress;
        this.recordsTooFarBehind = recordsTooFarBehind;
        thread.setDaemon(true);
    }

    void start(final Intake into, final FailStop stop) {
        begin(into, stop, System.nanoTime());
        thread.start();
    }

    /** As start, for who does the thread's work itself. @param nanos of the clock that {@link #work} is told */
    void begin(final Intake into, final FailStop stop, final long nanos) {
        intake = into;
        failStop = stop;
        tickedAtNanos = nanos - TICK_NANOS;
        slewedAtNanos = nanos;
        seenAtNanos = nanos;
    }

    /** Core thread: from then on a Tick has something to do. Wakes this thread if it meant to sleep longer. */
    void dueAt(final long dueMs) {
        if (dueMs < asleepUntilMs) {
            LockSupport.unpark(thread);
        }
    }

    /** Any thread: time moved, or there is something to look at. */
    void wake() {
        LockSupport.unpark(thread);
    }

    void stop() throws InterruptedException {
        stopped = true;
        wake();
        thread.join();
    }

    @Override
    public void run() {
        try {
            while (!stopped && !failStop.isHalted()) {
                final long restNanos = work(System.nanoTime());
                if (restNanos > TICK_NANOS) {
                    asleepUntilMs = clock.nowMs() + TimeUnit.NANOSECONDS.toMillis(restNanos);
                    if (progress.nextDueMs() >= asleepUntilMs) {
                        LockSupport.parkNanos(restNanos);
                    }
                    asleepUntilMs = Long.MIN_VALUE;
                } else {
                    LockSupport.parkNanos(restNanos); // a short sleep is not worth being woken from
                }
            }
        } catch (final Throwable e) {
            failStop.halt(thread.getName(), e);
        }
    }

    /** @param nanos of the monotonic clock @return how long nothing needs doing, ns */
    long work(final long nanos) {
        long rest = REST_NANOS;
        if (nanos - slewedAtNanos >= REST_NANOS) {
            slewedAtNanos = nanos;
            clock.slew();
        }
        final long position = progress.appliedPosition();
        gate.set(Gate.RECORDS_BEHIND, recordsTooFarBehind.getAsBoolean());
        if (gate.has(Gate.RECORDS_BEHIND)) {
            rest = TICK_NANOS;
        }
        if (gate.has(Gate.JOURNAL_FULL)) {
            intake.offerSeal();
            return Math.min(rest, FULL_NANOS);
        }
        return Math.min(Math.min(rest, tickIfDue(nanos)), sealIfIdle(nanos, position));
    }

    private long tickIfDue(final long nanos) {
        final long dueMs = progress.nextDueMs();
        final long nowMs = clock.nowMs();
        if (nowMs < dueMs) {
            return dueMs - nowMs >= TimeUnit.NANOSECONDS.toMillis(REST_NANOS) ? REST_NANOS : TimeUnit.MILLISECONDS.toNanos(dueMs - nowMs);
        }
        final long sinceLast = nanos - tickedAtNanos;
        if (sinceLast < TICK_NANOS && !timeIsSupplied) {
            return TICK_NANOS - sinceLast;
        }
        if (!outstanding) {
            outstanding = true;
            if (intake.offer(tickSource, tickReply, 0)) {
                tickedAtNanos = nanos;
            } else {
                outstanding = false; // the ring is full: those in it come first
            }
        }
        return TICK_NANOS;
    }

    private long sealIfIdle(final long nanos, final long position) {
        if (position != seenPosition) {
            seenPosition = position;
            seenAtNanos = nanos;
        }
        if (position == sealedPosition) {
            return REST_NANOS;
        }
        final long idleNanos = nanos - seenAtNanos;
        if (idleNanos < idleSealNanos) {
            return idleSealNanos - idleNanos;
        }
        if (intake.offerSeal()) {
            sealedPosition = position;
        }
        return TICK_NANOS;
    }

    private void tickDone() {
        outstanding = false;
        if (timeIsSupplied) {
            wake();
        }
    }
}
