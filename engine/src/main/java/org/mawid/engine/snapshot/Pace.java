package org.mawid.engine.snapshot;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.GentleDisk;

/**
 * Keeps work beside the pipeline to a share of one core, in slices short enough that the pipeline hardly waits for one.
 * Thread priorities mean nothing to the usual scheduler; sleeping does.
 * <p>What counts as work is the thread's own processor time. While the host, or another process, has the processor, nobody waits for this
 * thread, and a rest for that time would only make the work take longer: several times as long in a bad hour.
 * <p>A step on the disk is another matter: it takes little of the processor, and a group of the journal that meets it waits for all of it. So it
 * counts with all its time, but with no more than a step takes on a disk that does well. The rest is there so that what has piled up of the
 * journal goes through before the next step, and all of that goes in one group. How many groups are held up depends on how many steps there
 * are, not on how far apart: where each takes ten times as long, a rest in proportion would spread the same harm over minutes.
 * <p>One that is woken late has rested longer than it was to, for which the next rest is shorter: by no more than half, so that no two slices
 * become one. Thread: whichever works, the same from its first rest on.
 */
public final class Pace {
    static final long SLICE_NANOS = 250_000L;
    /** What work counts with at most: more would be a meter that has leapt, or work that does not say often enough how far it is. */
    static final long MOST_WORK_NANOS = 10 * SLICE_NANOS;
    /** And a step on the disk: 64 KiB written and synced took 0.4 ms at p99. */
    static final long MOST_DISK_NANOS = 2 * SLICE_NANOS;

    private final int sharePercent;
    private final boolean alone;
    private final Meter meter;
    private boolean begun;
    private long beganNanos;
    private long beganProcessorNanos;
    private long lookAgainNanos; // sooner there cannot be a slice's worth of work
    private long oversleptNanos;

    /** What it goes by. */
    interface Meter {
        /** As {@link System#nanoTime}. */
        long nanos();

        /** How long this thread has had a processor, ns. */
        long processorNanos();

        /** For so long, or longer. */
        void sleep(long nanos);
    }

    /** @param sharePercent 1 to 100; 100 = never rests */
    public Pace(final int sharePercent) {
        this(sharePercent, new Machine());
    }

    Pace(final int sharePercent, final Meter meter) {
        this(sharePercent, false, meter);
    }

    private Pace(final int sharePercent, final boolean alone, final Meter meter) {
        this.sharePercent = sharePercent;
        this.alone = alone;
        this.meter = meter;
    }

    /** As fast as it goes: when nobody waits beside it. */
    public static Pace full() {
        return new Pace(100, true, new Machine());
    }

    /** The disk as it is to be used at this pace: itself when nobody waits beside it for its turn on a core or at the disk. */
    public Disk on(final Disk disk) {
        return alone ? disk : new GentleDisk(disk, this::restAfterDisk);
    }

    /** What is called after each step of work on files; null when nobody waits beside it. */
    public Runnable afterEachStep() {
        return alone ? null : this::restAfterDisk;
    }

    /** Called every few dozen microseconds of work: sleeps when a slice of the processor is used up. */
    public void rest() {
        if (sharePercent >= 100 || begins()) {
            return;
        }
        final long nanos = meter.nanos();
        if (nanos - lookAgainNanos < 0) {
            return; // the processor's meter costs twenty times what the clock does
        }
        final long worked = processorNanos();
        if (worked >= SLICE_NANOS) {
            restFrom(nanos, worked);
        } else {
            lookAgainNanos = nanos + SLICE_NANOS - worked;
        }
    }

    /** Called after each step on the disk: sleeps when it, and what was done before it, took a slice or more. */
    public void restAfterDisk() {
        if (sharePercent >= 100 || begins()) {
            return;
        }
        final long nanos = meter.nanos();
        final long took = nanos - beganNanos;
        if (took >= SLICE_NANOS) {
            restFrom(nanos, Math.max(processorNanos(), Math.min(took, MOST_DISK_NANOS)));
        }
    }

    /** Since the slice began. */
    private long processorNanos() {
        return Math.min(meter.processorNanos() - beganProcessorNanos, MOST_WORK_NANOS);
    }

    /** Not when it was made, which another thread may have done. */
    private boolean begins() {
        if (begun) {
            return false;
        }
        begun = true;
        begin(meter.nanos());
        return true;
    }

    private void begin(final long nanos) {
        beganNanos = nanos;
        beganProcessorNanos = meter.processorNanos();
        lookAgainNanos = nanos + SLICE_NANOS;
    }

    private void restFrom(final long nanos, final long workedNanos) {
        final long dueNanos = workedNanos * (100 - sharePercent) / sharePercent;
        final long asked = dueNanos - Math.min(oversleptNanos, dueNanos / 2);
        meter.sleep(asked);
        final long end = meter.nanos();
        oversleptNanos = Math.max(0, end - nanos - asked);
        begin(end);
    }

    /** The thread that asks, on this machine. */
    static final class Machine implements Meter {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long processorNanos() {
            return Processor.KNOWN ? Processor.THREADS.getCurrentThreadCpuTime() : System.nanoTime();
        }

        @Override
        public void sleep(final long nanos) {
            LockSupport.parkNanos(nanos);
        }
    }

    /** Made when it is first asked, for a start of the engine has no use for it. Allocates nothing, and takes 0.7 us. */
    private static final class Processor {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final boolean KNOWN = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
    }
}
