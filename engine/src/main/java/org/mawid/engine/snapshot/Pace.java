package org.mawid.engine.snapshot;

import java.util.concurrent.locks.LockSupport;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.GentleDisk;

/**
 * Keeps work beside the pipeline to a share of one core, in slices short enough that the pipeline hardly waits for one.
 * Thread priorities mean nothing to the usual scheduler; sleeping does.
 */
public final class Pace {
    private static final long SLICE_NANOS = 250_000L;

    private final int sharePercent;
    private final boolean alone;
    private long sliceStart = System.nanoTime();

    /** @param sharePercent 1 to 100; 100 = never rests */
    public Pace(final int sharePercent) {
        this(sharePercent, false);
    }

    private Pace(final int sharePercent, final boolean alone) {
        this.sharePercent = sharePercent;
        this.alone = alone;
    }

    /** As fast as it goes: when nobody waits beside it. */
    public static Pace full() {
        return new Pace(100, true);
    }

    /** The disk as it is to be used at this pace: itself when nobody waits beside it for its turn on a core or at the disk. */
    public Disk on(final Disk disk) {
        return alone ? disk : new GentleDisk(disk, this::rest);
    }

    /** What is called after each step of work on files; null when nobody waits beside it. */
    public Runnable afterEachStep() {
        return alone ? null : this::rest;
    }

    /** Called every few dozen microseconds of work: sleeps when a slice is used up. */
    public void rest() {
        if (sharePercent >= 100) {
            return;
        }
        final long worked = System.nanoTime() - sliceStart;
        if (worked >= SLICE_NANOS) {
            LockSupport.parkNanos(worked * (100 - sharePercent) / sharePercent);
            sliceStart = System.nanoTime();
        }
    }
}
