package org.mawid.engine.readmodel.records;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.mawid.engine.readmodel.PositionGate;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.engine.readmodel.RecordsSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps the records: opens the file, fills it when it is new, follows the events, begins anew when something went
 * wrong, and never dies of it. Asleep while nothing happens.
 */
final class Keeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private static final int EVENTS_AT_ONCE = 512;
    /** Between two looks while there is traffic: what changes twice in between is written once. */
    private static final long NAP_NANOS = 500_000L;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 600_000;

    private final Path folder;
    private final ReadModelConfig config;
    private final EventQueue queue;
    private final PositionGate gate;
    private final PositionGate opened;
    private final RecordsSource source;
    private CleanMark mark;
    private Staging staging;
    private Rebuild rebuild;
    private Projection projection;
    private final MessageHandler onEvent = this::onEvent;
    private long pauseMs = FIRST_PAUSE_MS;
    private boolean complete;

    private volatile RecordMap shown;
    private volatile boolean stopped;
    private volatile boolean following;
    private volatile boolean damaged;
    private volatile boolean full;
    private volatile long drainedPosition;

    /** @param mark of a file that can be used as it is, or null @param opened moved to 1 when it is no use to wait for the first opening any more */
    Keeper(final Path folder, final ReadModelConfig config, final CleanMark mark, final EventQueue queue, final PositionGate gate,
            final PositionGate opened, final RecordsSource source) {
        this.folder = folder;
        this.config = config;
        this.mark = mark;
        this.queue = queue;
        this.gate = gate;
        this.opened = opened;
        this.source = source;
    }

    // ---- any thread

    /** What can be read; null = nothing yet, or nothing any more. */
    RecordMap shown() {
        return shown;
    }

    /** True while the events that are waiting for this thread should not become more. */
    boolean isFollowing() {
        return following;
    }

    /** All events up to here have been processed, or will never be. */
    long drainedPosition() {
        return drainedPosition;
    }

    /** A reader met something that cannot be. */
    void distrust() {
        damaged = true;
        queue.wake();
    }

    /** There were more records than there may be: none are kept until the next start. */
    boolean isFull() {
        return full;
    }

    void stop() {
        stopped = true;
        queue.wake();
    }

    // ---- the thread

    @Override
    public void run() {
        while (!stopped) {
            try {
                keep();
            } catch (final EventsLostException e) {
                LOG.warn("{}: they are made anew from the core's state", e.getMessage());
            } catch (final RecordsFullException e) {
                full = true;
                opened.moveTo(1);
                LOG.error("the records are full, {}, and are not kept any more: reads by reference answer READ_MODEL_BEHIND. Raise mawid.records.entries and start again", e.getMessage());
                rest();
            } catch (final Throwable e) {
                opened.moveTo(1);
                afterTrouble(e);
            }
        }
        opened.moveTo(1);
        discardIfUseless();
    }

    /** From an opened file to the end, or to trouble. */
    private void keep() throws IOException {
        final CleanMark left = mark;
        mark = null;
        final boolean isNew = left == null || queue.isLosing();
        final RecordMap map = isNew ? RecordMap.create(folder, config.recordsEntries()) : reopened(left);
        if (map == null) {
            return;
        }
        boolean closed = false;
        try {
            staging = new Staging(map);
            rebuild = new Rebuild(source, staging, () -> stopped);
            projection = new Projection(staging, rebuild::reload);
            damaged = false;
            if (isNew) {
                fill(map);
            } else {
                following = true;
                show(map, left.position());
                LOG.info("records: {} as they were left at position {}", map.size(), left.position());
            }
            follow();
            if (stopped && complete && !queue.isLosing()) {
                shown = null;
                map.closeClean(config.journal(), drainedPosition);
                closed = true;
            }
        } finally {
            following = false;
            complete = false;
            shown = null;
            queue.lose();
            if (!stopped) {
                gate.moveTo(0);
            }
            if (!closed) {
                map.close();
            }
        }
    }

    private RecordMap reopened(final CleanMark left) throws IOException {
        try {
            return RecordMap.reopen(folder, left);
        } catch (final IOException | RuntimeException | AssertionError e) {
            LOG.warn("the records' file cannot be used ({}): it is thrown away", e.toString());
            queue.lose();
            RecordMap.discard(folder);
            return null;
        }
    }

    private void fill(final RecordMap map) {
        final long beganNanos = System.nanoTime();
        queue.begin();
        following = true;
        projection.incomplete(true);
        final long completeFrom = rebuild.run(this::drain);
        while (completeFrom >= 0 && !stopped && drainedPosition < completeFrom) {
            if (!drain()) {
                queue.sleep(drainedPosition, REST_NANOS);
            }
        }
        if (completeFrom < 0 || stopped) {
            return;
        }
        projection.incomplete(false);
        show(map, drainedPosition);
        LOG.info("records: {} made from the core's state in {} ms, up to position {}", map.size(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos), drainedPosition);
    }

    private void show(final RecordMap map, final long position) {
        complete = true;
        shown = map;
        drainedPosition = position;
        gate.moveTo(position);
        opened.moveTo(1);
        pauseMs = FIRST_PAUSE_MS;
    }

    private void follow() {
        while (!stopped) {
            if (drain()) {
                LockSupport.parkNanos(NAP_NANOS);
            } else {
                queue.sleep(drainedPosition, REST_NANOS);
            }
        }
        if (complete) {
            drain();
        }
    }

    /** Processes what is there. @return whether anything was */
    private boolean drain() {
        if (queue.isLosing()) {
            throw new EventsLostException();
        }
        if (damaged) {
            throw new RecordsDamagedException("a reader found a damaged record");
        }
        final long fed = queue.fedPosition();
        final long end = queue.end();
        if (fed == drainedPosition && queue.isReadUpTo(end)) {
            return false;
        }
        while (!queue.isReadUpTo(end)) {
            queue.read(onEvent, EVENTS_AT_ONCE);
            if (staging.isLarge()) {
                staging.flush();
                reached(projection.position() - 1); // more events of the last position may be on their way
            }
        }
        staging.flush();
        if (queue.isLosing()) {
            throw new EventsLostException();
        }
        reached(fed);
        return true;
    }

    private void reached(final long position) {
        if (position > drainedPosition) {
            drainedPosition = position;
            if (complete) {
                gate.moveTo(position);
            }
        }
    }

    private void onEvent(final int type, final DirectBuffer buffer, final int offset, final int length) {
        projection.onEvent(buffer, offset);
    }

    private void afterTrouble(final Throwable trouble) {
        final Room room = new Room(folder, Room.taken(folder));
        discardIfUseless(); // what it took is wanted by the journal
        if (!Room.mayBeWhy(trouble) || room.isThere()) {
            LOG.error("the records cannot be kept ({}): they are made anew in {} ms", reason(trouble), pauseMs);
            pause();
            return;
        }
        LOG.error("no room on the disk for the records ({}): reads by reference answer READ_MODEL_BEHIND. Make {} MiB of room; they are made anew then",
                reason(trouble), (room.neededBytes() >> 20) + 1);
        while (!stopped && !room.isThere()) {
            LockSupport.parkNanos(REST_NANOS);
        }
        if (!stopped) {
            LOG.info("there is room again for the records");
        }
    }

    /** The library tells the map's name, and what happened only as its cause. */
    private static String reason(final Throwable trouble) {
        Throwable cause = trouble;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private void pause() {
        final long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        while (!stopped && System.nanoTime() - untilNanos < 0) {
            LockSupport.parkNanos(Math.min(REST_NANOS, untilNanos - System.nanoTime()));
        }
    }

    private void rest() {
        discardIfUseless();
        while (!stopped) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    /** A file without a mark only takes room. */
    private void discardIfUseless() {
        if (CleanMark.read(folder) == null) {
            try {
                RecordMap.discard(folder);
            } catch (final IOException e) {
                LOG.warn("the records' file could not be deleted: {}", e.getMessage());
            }
        }
    }
}
