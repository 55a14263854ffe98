package org.mawid.engine.readmodel.events;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is in the tail into files, a block at a time, on a thread of its own: feeding never makes a call to the disk. It is waited
 * for only when it is behind by the whole tail, for that is what a bounded queue is for; nothing here waits for a sync but
 * {@link #force}, whose caller does.
 *
 * <p>Trouble with the disk ends nothing: feeding is not held up any more and files are tried again later. If the tail has run
 * away by then, the files begin anew and older cursors are lost.
 */
final class Filler {
    private static final Logger LOG = LoggerFactory.getLogger(Filler.class);
    /**
     * Synced beside the pipeline in small parts while there is little to write, so that a snapshot, before which all must be durable, has
     * no tens of megabytes to sync for which the journal would wait. What is more than this comes too fast for that, and is left to
     * {@link #force}.
     */
    private static final long SYNC_BYTES = 512 * 1024;
    private static final long SYNC_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long WAIT_NANOS = 20_000L;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Tail tail;
    private final EventFiles files;
    private final Thread thread; // null: whoever calls does the work
    // Guarded by this, but for reading.
    private volatile long writtenOffset;
    private volatile boolean off;
    private long writtenPosition;
    private long nextMs;
    private long askedPosition = -1;
    private long retryNanos;
    private long syncedNanos; // of the thread alone
    private volatile boolean begun;
    private volatile boolean stopped;

    /** @param background false: no thread, the work is done by whoever calls */
    Filler(final Tail tail, final EventFiles files, final boolean background) {
        this.tail = tail;
        this.files = files;
        thread = background ? new Thread(this::run, "mawid-events") : null;
        if (background) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The feeding thread: from now on the tail begins behind this position. Files that do not end there are thrown away. */
    synchronized void startAt(final long position, final long nowMs) {
        tail.startAt(position, nowMs);
        writtenOffset = tail.end();
        writtenPosition = position;
        nextMs = nowMs;
        begun = true;
        if (files.writtenPosition() != position && files.writtenPosition() >= 0) {
            LOG.warn("events up to position {} are thrown away: what follows them is missing, the next is {}", files.writtenPosition(), position + 1);
        }
        joinFiles(-1);
    }

    /** The same, for events of which older cursors say nothing. */
    synchronized void startAt(final long position, final long nowMs, final long newEpoch) {
        tail.startAt(position, nowMs);
        writtenOffset = tail.end();
        writtenPosition = position;
        nextMs = nowMs;
        begun = true;
        joinFiles(newEpoch);
    }

    private void joinFiles(final long newEpoch) {
        try {
            if (newEpoch >= 0) {
                files.startAt(writtenPosition, newEpoch);
            } else if (files.writtenPosition() != writtenPosition) {
                files.startAt(writtenPosition);
            }
        } catch (final IOException e) {
            turnOff(e);
        }
    }

    /** The feeding thread, before so many bytes are appended: returns when they write over nothing that is not in a file yet. */
    void makeRoom(final int length) {
        while (tail.end() + length - tail.capacity() > writtenOffset && !off) {
            if (thread == null) {
                step();
            } else {
                LockSupport.unpark(thread);
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }

    /** A block is complete. */
    void wake() {
        if (thread != null) {
            LockSupport.unpark(thread);
        } else {
            work();
        }
    }

    /** Makes durable what followers may see. Any thread; takes as long as the disk needs. Trouble is logged, and costs old cursors at worst. */
    void force() {
        if (!begun) {
            return;
        }
        final long position = tail.shownPosition();
        synchronized (this) {
            askedPosition = Math.max(askedPosition, position);
        }
        wake();
        while (files.writtenPosition() < position && !off && !stopped) {
            LockSupport.parkNanos(WAIT_NANOS);
        }
        try {
            if (!off) {
                files.force();
            }
        } catch (final IOException e) {
            LOG.warn("events could not be made durable, they may be lost with the next power failure: {}", e.toString());
        }
    }

    /** The feeding thread has ended. */
    void close() {
        force();
        stopped = true;
        if (thread != null) {
            LockSupport.unpark(thread);
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            files.close();
        } catch (final IOException e) {
            LOG.warn("the last file of events could not be closed: {}", e.toString());
        }
    }

    private void run() {
        try {
            while (!stopped) {
                work();
                syncLittle();
                if (off) {
                    LockSupport.parkNanos(RETRY_NANOS);
                } else {
                    LockSupport.park();
                }
            }
        } catch (final Throwable e) {
            LOG.error("events are kept in memory only from now on", e);
        } finally {
            off = true; // nobody waits for it
        }
    }

    /** Outside the lock: who forces or begins anew does not wait for it. */
    private void syncLittle() {
        if (off || System.nanoTime() - syncedNanos < SYNC_EVERY_NANOS) {
            return;
        }
        try {
            files.syncAtMost(SYNC_BYTES);
        } catch (final IOException e) {
            synchronized (this) {
                turnOff(e);
            }
        }
        syncedNanos = System.nanoTime();
    }

    private void work() {
        while (!stopped && step()) {
            Thread.onSpinWait();
        }
    }

    /** Writes one block, if there is one. */
    private synchronized boolean step() {
        if (off && !turnOn()) {
            return false;
        }
        Tail.Place end = tail.markAfter(writtenOffset);
        if (end == null) {
            if (askedPosition <= writtenPosition) {
                return false;
            }
            final Tail.Place shown = tail.shown();
            if (shown.position() <= writtenPosition) {
                return false;
            }
            end = new Tail.Place(shown.offset(), shown.position() + 1, shown.nowMs());
        }
        final int length = (int) (end.offset() - writtenOffset);
        if (!tail.read(writtenOffset, files.block(), Layout.BLOCK_HEADER_BYTES, length)) {
            skipWhatIsLost();
            return !off;
        }
        try {
            files.append(length, nextMs, end.position() - 1, end.nowMs());
        } catch (final IOException e) {
            turnOff(e);
            return false;
        }
        writtenPosition = end.position() - 1;
        nextMs = end.nowMs();
        writtenOffset = end.offset();
        return true;
    }

    private void turnOff(final IOException trouble) {
        LOG.error("events are kept in memory only, for want of their disk; it is tried again in {} s: {}",
                TimeUnit.NANOSECONDS.toSeconds(RETRY_NANOS), trouble.toString());
        retryNanos = System.nanoTime() + RETRY_NANOS;
        off = true;
    }

    private boolean turnOn() {
        if (thread != null && System.nanoTime() - retryNanos < 0) {
            return false;
        }
        off = false; // feeding waits again, so that what is in the tail now stays
        joinFiles(-1);
        return !off;
    }

    /** While the disk was away the tail has gone on over what was not in a file. */
    private void skipWhatIsLost() {
        final Tail.Place mark = tail.newestMark();
        LOG.warn("events up to position {} are lost to followers: they could not be written in time", mark.position() - 1);
        writtenPosition = mark.position() - 1;
        nextMs = mark.nowMs();
        writtenOffset = mark.offset();
        joinFiles(-1);
    }
}
