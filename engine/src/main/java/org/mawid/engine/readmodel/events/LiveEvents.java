package org.mawid.engine.readmodel.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.MissingEvents;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of events beside a running core. Feed: {@link #append} for each position in order, beginning with those that recovery
 * replayed; {@link #settle} when recovery is through; then {@link #reflects} and {@link #show} after each batch.
 * <p>The same journal brings about the same events, so a log that was lost and is filled again from it keeps its epoch, and cursors
 * go on from where they were as far as it reaches. Trouble with its disk never ends the engine: see {@link Filler}.
 */
public final class LiveEvents implements EventLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);
    private static final String FOLDER = "events";
    /** A block of a file has about so many bytes, with a large enough tail. */
    private static final int BLOCK_BYTES = 128 << 10;
    private static final int BLOCKS_IN_TAIL = 16;
    private static final long SMALLEST_SEGMENT_BYTES = 1 << 20;
    private static final int SEGMENTS_AT_LEAST = 4;
    /** More threads than that do not read at one time, so a chunk is not made twice; and the queue needs no node for each that is given back. */
    private static final int MOST_CHUNKS = 64;

    private final Tail tail;
    private final EventFiles files; // null, like the filler: only in memory
    private final Filler filler;
    private final LongSupplier newEpochs;
    private final String journal;
    /** To copy out of the tail into. Whoever finds none makes one. */
    private final Queue<UnsafeBuffer> chunks = new ManyToManyConcurrentArrayQueue<>(MOST_CHUNKS);
    private long memoryEpoch;
    private long lastPosition;
    private boolean begun;
    private volatile long reflected;
    private volatile Backfill missing; // null = nothing was

    private LiveEvents(final String journal, final Tail tail, final EventFiles files, final boolean background, final LongSupplier newEpochs) {
        this.journal = journal;
        this.tail = tail;
        this.files = files;
        this.filler = files == null ? null : new Filler(tail, files, background);
        this.newEpochs = newEpochs;
        this.memoryEpoch = newEpochs.getAsLong();
        this.lastPosition = files == null ? -1 : files.writtenPosition();
    }

    /** Opens the events of a data directory, or begins to keep them. Files that cannot be used at all: in memory only, with a line in the log. */
    public static LiveEvents open(final ReadModelConfig config, final Disk disk) {
        return open(config, disk, true, System::currentTimeMillis);
    }

    /** @param background false: no thread, files are written by whoever feeds @param newEpochs gives a new one at each call, above 0 */
    static LiveEvents open(final ReadModelConfig config, final Disk disk, final boolean background, final LongSupplier newEpochs) {
        final int bytes = config.eventTailBytes();
        final int blockBytes = Math.min(BLOCK_BYTES, bytes / BLOCKS_IN_TAIL);
        final Tail tail = new Tail(bytes, blockBytes);
        EventFiles files = null;
        if (config.eventMaxBytes() > 0) {
            final Path folder = config.folder().resolve(FOLDER);
            try {
                files = EventFiles.open(disk, folder, config.journal(), newEpochs.getAsLong(), blockBytes + EventWriter.MAX_BYTES,
                        segmentBytes(config), config.eventKeepMs(), config.eventMaxBytes());
            } catch (final IOException e) {
                LOG.error("events are kept in memory only, {} cannot be used: {}", folder, e.toString());
            }
        }
        return new LiveEvents(config.journal(), tail, files, background, newEpochs);
    }

    /** Whole segments go, so a small log has small ones. */
    private static long segmentBytes(final ReadModelConfig config) {
        return Math.min(config.eventSegmentBytes(), Math.max(SMALLEST_SEGMENT_BYTES, config.eventMaxBytes() / SEGMENTS_AT_LEAST));
    }

    // ---- feed: one thread ----

    /** All events of one position, as frames of {@link EventWriter}; what is there already is passed over. */
    public void append(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        if (position <= lastPosition) {
            return;
        }
        if (!begun || position != lastPosition + 1) {
            begin(position - 1, nowMs);
        }
        if (length > 0) {
            if (filler != null) {
                filler.makeRoom(length);
            }
            if (tail.append(position, nowMs, events, offset, length) && filler != null) {
                filler.wake();
            }
        }
        lastPosition = position;
    }

    /** Recovery is through, and the core is at this position: what is not there by now is not coming. */
    public void settle(final long position, final long nowMs) {
        if (lastPosition > position) {
            LOG.error("events reach position {} and the journal ends at {}: they are of commands that are gone, and are thrown away", lastPosition, position);
            memoryEpoch = newEpochs.getAsLong();
            filler.startAt(position, nowMs, memoryEpoch);
            begun = true;
        } else if (!begun || lastPosition < position) {
            begin(position, nowMs);
        }
        lastPosition = position;
        reflected = position;
        tail.show(position, nowMs);
    }

    private void begin(final long position, final long nowMs) {
        if (filler == null) {
            tail.startAt(position, nowMs);
        } else {
            filler.startAt(position, nowMs);
        }
        begun = true;
    }

    /** What was appended up to here is all there is of it. */
    public void reflects(final long position) {
        reflected = position;
    }

    /** Lets followers see what was appended, and wakes whom it concerns. */
    public void show(final long nowMs) {
        tail.show(lastPosition, nowMs);
    }

    /** After {@link #settle}: what of the past should be there and is not. @return null when nothing is missing, or nothing is kept in files */
    public MissingEvents missing() {
        missing = files == null ? null : files.missing(tail.shown().nowMs());
        return missing;
    }

    // ---- any thread ----

    /** Makes durable what followers may see. Waits for the disk. */
    public void force() {
        if (filler != null) {
            filler.force();
        }
    }

    @Override
    public long epoch() {
        return files == null ? memoryEpoch : files.epoch();
    }

    @Override
    public String journal() {
        return journal;
    }

    @Override
    public boolean isRestoring() {
        final Backfill awaited = missing;
        return awaited != null && !awaited.isOver();
    }

    @Override
    public long position() {
        return reflected;
    }

    @Override
    public long keptFrom() {
        final long inTail = tail.oldest().position() - 1;
        return files == null ? inTail : Math.min(inTail, files.firstPosition() - 1);
    }

    @Override
    public long keptFromMs() {
        final long inFiles = files == null ? 0 : files.firstMs();
        return inFiles == 0 ? tail.oldest().nowMs() : inFiles;
    }

    @Override
    public long bytesOnDisk() {
        return files == null ? 0 : files.bytes();
    }

    @Override
    public Subscription subscribe(final Cursor from, final int postId) {
        if (from.position() == 0 && from.ordinal() == 0) {
            return new Follower(this, tail, files, Cursor.after(epoch(), tail.shownPosition()), postId, false);
        }
        // One from the future is of another history.
        final boolean isOurs = (from.epoch() == 0 || from.epoch() == epoch()) && from.position() <= reflected;
        final int ordinal = from.position() == 0 ? Cursor.ALL : from.ordinal(); // nothing ever happens in position 0
        return new Follower(this, tail, files, isOurs ? new Cursor(epoch(), from.position(), ordinal) : from, postId, !isOurs);
    }

    UnsafeBuffer borrow() {
        final UnsafeBuffer chunk = chunks.poll();
        return chunk == null ? new UnsafeBuffer(new byte[Math.max(Follower.CHUNK_BYTES, EventWriter.MAX_BYTES)]) : chunk;
    }

    void giveBack(final UnsafeBuffer chunk) {
        chunks.offer(chunk); // one more than there is room for goes
    }

    /** After the feeding thread has ended. What is kept is durable then. */
    @Override
    public void close() {
        if (filler != null) {
            filler.close();
        }
    }
}
