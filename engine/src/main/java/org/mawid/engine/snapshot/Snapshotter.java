package org.mawid.engine.snapshot;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.SnapshotTrouble;
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
    private static final long RETRY_S = TimeUnit.NANOSECONDS.toSeconds(Attempts.RETRY_NANOS);

    private final Snapshots snapshots;
    private final Journal journal;
    private final long everyRecords;
    private final long everyNanos;
    private final int sharePercent;
    private final LongConsumer beforeSave;
    private final Consumer<Boolean> room;
    private final BiConsumer<String, Throwable> halt;
    private final AtomicLong requests = new AtomicLong();
    private final Thread thread = new Thread(this::run, "mawid-snapshot");
    private final Attempts attempts;
    private volatile boolean stopped;
    private volatile Seen seen = new Seen(0, null);
    private boolean full; // as it was told last
    private SnapshotTrouble trouble; // of the last attempt; null = none

    /** @param request the last one that was looked at @param trouble what stood against it then, null = nothing */
    private record Seen(long request, SnapshotTrouble trouble) {
    }

    /**
     * @param beforeSave given the position about to be saved: makes durable whatever a snapshot must not outlive
     * @param room told when there is none for a snapshot, and when there is again
     * @param halt told of what must end the engine: the second core broke a promise that the first one kept
     */
    public Snapshotter(
            final Snapshots snapshots, final Journal journal, final long everyRecords, final long everyMs, final int sharePercent,
            final LongConsumer beforeSave, final Consumer<Boolean> room, final BiConsumer<String, Throwable> halt) {
        this.snapshots = snapshots;
        this.journal = journal;
        this.everyRecords = everyRecords;
        this.everyNanos = TimeUnit.MILLISECONDS.toNanos(everyMs);
        this.sharePercent = sharePercent;
        this.beforeSave = beforeSave;
        this.room = room;
        this.halt = halt;
        attempts = new Attempts(System.nanoTime(), snapshots::freeBytes);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    public void start() {
        thread.start();
    }

    /** Soon, if anything changed since the last one. @return number of this request */
    public long request() {
        final long request = requests.incrementAndGet();
        LockSupport.unpark(thread);
        return request;
    }

    /** What came of a request, once it has been looked at: why no snapshot was made or what was left behind, null = nothing is known to have failed. */
    public SnapshotTrouble troubleOf(final long request) {
        final Seen last = seen;
        return last.request >= request ? last.trouble : null;
    }

    /** Gives up what it is making and ends its thread. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    private void run() {
        long lastNanos = System.nanoTime();
        while (!stopped) {
            final long request = requests.get(); // before all that is looked at: it is about no less than was durable when it came
            final long nanos = System.nanoTime();
            final SnapshotHeader newest = snapshots.newest();
            final long behind = journal.writer().durablePosition() - (newest == null ? 0 : newest.position());
            final boolean due = behind >= everyRecords || nanos - lastNanos >= everyNanos;
            final boolean wanted = request > seen.request;
            if (behind > 0 && attempts.isTime(nanos, wanted, due)) {
                if (attempts.roomIsTold()) {
                    isFull(false); // a large one takes minutes, and whoever made room waits for it
                }
                if (make()) {
                    lastNanos = System.nanoTime();
                }
                seen = new Seen(request, trouble);
            } else {
                if (wanted) { // nothing to do, or nothing that could be done
                    seen = new Seen(request, behind > 0 ? trouble : null);
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private boolean make() {
        trouble = null;
        try {
            final Pace pace = new Pace(sharePercent);
            try (EngineCore second = Recovery.begin(snapshots, journal, journal.writer().durablePosition(), pace)) {
                catchUp(second, pace);
                if (!stopped) {
                    beforeSave.accept(second.position());
                    if (snapshots.save(second, journal.id(), journal.isSimulation(), pace, () -> stopped) != null && snapshots.leftBehind() != null) {
                        trouble = new SnapshotTrouble(SnapshotTrouble.Kind.OLD_ONE_LEFT, snapshots.leftBehind());
                    }
                }
                second.close(pace::rest);
            }
            attempts.made();
            isFull(false);
            return true;
        } catch (final NoRoomException e) {
            if (!full) {
                LOG.error("{}: commands are answered STORAGE_FULL until there is", e.getMessage());
            }
            attempts.foundNoRoom(System.nanoTime(), e.bytes());
            trouble = new SnapshotTrouble(SnapshotTrouble.Kind.NO_ROOM, e.getMessage());
            isFull(true);
        } catch (final IOException | JournalException e) {
            LOG.error("no snapshot could be made, it is tried again in {} s: {}", RETRY_S, FileTrouble.of(e));
            failed("no snapshot could be made: " + FileTrouble.of(e));
        } catch (final OutOfMemoryError e) {
            LOG.error("no memory for a second core, so no snapshot: it is tried again in {} s, and a clean stop makes one without; give the process more"
                    + " (-XX:MaxDirectMemorySize, or MAWID_STATE of the launcher)", RETRY_S);
            failed("no memory for a second core, so no snapshot: give the process more (-XX:MaxDirectMemorySize, or MAWID_STATE of the launcher)");
        } catch (final Throwable e) {
            halt.accept("the second core", e);
            stopped = true;
        }
        return false;
    }

    private void failed(final String why) {
        attempts.failed(System.nanoTime());
        trouble = new SnapshotTrouble(SnapshotTrouble.Kind.NOT_MADE, why);
        isFull(false);
    }

    private void isFull(final boolean now) {
        if (full && !now) {
            LOG.info("room for a snapshot is no longer what is missing: commands are admitted again");
        }
        full = now;
        room.accept(!now);
    }

    private void catchUp(final EngineCore second, final Pace pace) {
        final long target = journal.writer().durablePosition();
        try (JournalReader reader = journal.gentleReader(second.position() + 1, pace::restAfterDisk); Replay replay = new Replay(second, pace, Replay.Listener.NONE)) {
            while (second.position() < target && !stopped) {
                replay.upTo(Math.min(target, second.position() + 10_000), reader);
            }
        }
    }
}
