package org.mawid.engine.snapshot;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots beside the live core, on a thread of its own: a second core is loaded from the newest snapshot, replays the journal
 * up to what is durable, and is written down. The live core is neither paused nor read. The second core lives only as long as that.
 */
public final class Snapshotter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshotter.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** After one that failed, for lack of room or memory. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Snapshots snapshots;
    private final Journal journal;
    private final long everyRecords;
    private final long everyNanos;
    private final int sharePercent;
    private final LongConsumer beforeSave;
    private final BiConsumer<String, Throwable> halt;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "mawid-snapshot");
    private volatile boolean stopped;
    private volatile boolean storageFull;

    /**
     * @param beforeSave given the position about to be saved: makes durable whatever a snapshot must not outlive
     * @param halt told of what must end the engine: the second core broke a promise that the first one kept
     */
    public Snapshotter(
            final Snapshots snapshots, final Journal journal, final long everyRecords, final long everyMs, final int sharePercent,
            final LongConsumer beforeSave, final BiConsumer<String, Throwable> halt) {
        this.snapshots = snapshots;
        this.journal = journal;
        this.everyRecords = everyRecords;
        this.everyNanos = TimeUnit.MILLISECONDS.toNanos(everyMs);
        this.sharePercent = sharePercent;
        this.beforeSave = beforeSave;
        this.halt = halt;
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    public void start() {
        thread.start();
    }

    /** Soon, if anything changed since the last one. */
    public void request() {
        asked.set(true);
        LockSupport.unpark(thread);
    }

    /** True after a snapshot found no room; until one has. */
    public boolean isStorageFull() {
        return storageFull;
    }

    /** Gives up what it is making and ends its thread. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    private void run() {
        long notBeforeNanos = System.nanoTime();
        long lastNanos = System.nanoTime();
        while (!stopped) {
            final long nanos = System.nanoTime();
            final SnapshotHeader newest = snapshots.newest();
            final long behind = journal.writer().durablePosition() - (newest == null ? 0 : newest.position());
            final boolean due = behind >= everyRecords || nanos - lastNanos >= everyNanos;
            if (behind > 0 && (asked.get() || due && nanos - notBeforeNanos >= 0)) {
                asked.set(false);
                if (make()) {
                    lastNanos = System.nanoTime();
                } else {
                    notBeforeNanos = System.nanoTime() + RETRY_NANOS;
                }
            } else {
                asked.set(false);
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private boolean make() {
        try {
            final Pace pace = new Pace(sharePercent);
            try (EngineCore second = Recovery.begin(snapshots, journal, journal.writer().durablePosition(), pace)) {
                catchUp(second, pace);
                if (!stopped) {
                    beforeSave.accept(second.position());
                    snapshots.save(second, journal.id(), journal.isSimulation(), pace, () -> stopped);
                    storageFull = false;
                }
                second.close(pace::rest);
            }
            return true;
        } catch (final IOException | JournalException e) {
            storageFull = e instanceof IOException;
            LOG.error("no snapshot could be made, it is tried again in 30 s: {}", e.getMessage());
        } catch (final OutOfMemoryError e) {
            LOG.error("no memory for a second core: no snapshot until the next clean stop; give the process more (-XX:MaxDirectMemorySize, or MAWID_STATE of the launcher)");
        } catch (final Throwable e) {
            halt.accept("the second core", e);
            stopped = true;
        }
        return false;
    }

    private void catchUp(final EngineCore second, final Pace pace) {
        final long target = journal.writer().durablePosition();
        try (JournalReader reader = journal.gentleReader(second.position() + 1, pace::rest); Replay replay = new Replay(second, pace, Replay.Listener.NONE)) {
            while (second.position() < target && !stopped) {
                replay.upTo(Math.min(target, second.position() + 10_000), reader);
            }
        }
    }
}
