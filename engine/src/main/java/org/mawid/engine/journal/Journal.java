package org.mawid.engine.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One journal in one folder, held by one process. {@link #open} to append, {@link #examine} to look without changing anything.
 * <p>Thread: any for opening, readers, archive, copy and skips; the writer's for the writer; close when the writing thread has ended.
 * <p>Errors: {@link JournalLockedException}, {@link JournalRefusedException}, {@link JournalDamagedException},
 * {@link JournalFailedException} when storage refuses.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final JournalConfig config;
    private final Identity identity;
    private final Closeable lock;
    private final Tail tail;
    private final SegmentSupply supply; // null when only looked at, like the writer
    private final GroupWriter writer;
    /** Held while segments are copied or moved, which may take long: readers are opened meanwhile. */
    private final Object moving = new Object();
    private volatile Skips skips;
    private boolean closed;

    private Journal(
            final JournalConfig config, final Identity identity, final Closeable lock, final Tail tail, final Skips skips,
            final DiskFile file) {
        this.config = config;
        this.identity = identity;
        this.lock = lock;
        this.tail = tail;
        this.skips = skips;
        supply = file == null ? null : new SegmentSupply(config);
        writer = file == null ? null : new GroupWriter(config, identity.id(), tail, file, supply);
    }

    /** Opens for appending: creates a journal in an empty folder, cuts a torn tail, makes durable what was recovered. */
    public static Journal open(final JournalConfig config) {
        return locked(config, () -> config.disk().createFolders(config.folder()), lock -> Opening.forWriting(config, (identity, tail, skips, file) ->
                new Journal(config, identity, lock, tail, skips, file)));
    }

    /**
     * Opens an existing journal to look at it. Nothing is changed unless asked for ({@link #skip}, {@link #archiveBefore}); a torn tail is
     * told by {@link #tornTail()}.
     */
    public static Journal examine(final JournalConfig config) {
        return locked(config, () -> Opening.refuseWithoutJournal(config), lock -> Opening.forReading(config, (identity, tail, skips, file) ->
                new Journal(config, identity, lock, tail, skips, file)));
    }

    public JournalId id() {
        return identity.id();
    }

    /** Whether log time in it was supplied by a bench. */
    public boolean isSimulation() {
        return identity.simulation();
    }

    /** The caller's word in the last segment when the journal was opened. */
    public int schemaWord() {
        return tail.header().schemaWord();
    }

    /** Last position when the journal was opened, 0 if it was empty. */
    public long recoveredPosition() {
        return tail.lastPosition();
    }

    /** Last position that is durable now. */
    public long durablePosition() {
        return writer == null ? tail.lastPosition() : writer.durablePosition();
    }

    /** Log time of the last record when the journal was opened, ms; 0 if it was empty. */
    public long recoveredMs() {
        return tail.lastMs();
    }

    /** First position that is still in the folder; one more than the last if none is. */
    public long firstPosition() {
        return io("listing", () -> Format.segmentPositions(config.disk().list(config.folder()))[0]);
    }

    /** What was wrong with the end when the journal was opened, null if nothing: of bytes that were never acknowledged. */
    public String tornTail() {
        return tail.torn() == null ? null : describeTorn(tail);
    }

    /** @throws IllegalStateException when the journal is only looked at */
    public JournalWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("the journal was opened to be examined");
        }
        return writer;
    }

    /**
     * A reader that begins with this position. Positions skipped later than now are not marked in it. The caller closes it.
     *
     * @param fromPosition from {@link #firstPosition()} to the last + 1
     */
    public JournalReader reader(final long fromPosition) {
        return reader(fromPosition, null);
    }

    /**
     * As {@link #reader(long)}, for who reads while others wait for what is appended: with {@link GentleFile}s.
     *
     * @param rest called after each read, also while this position is looked for
     */
    public JournalReader gentleReader(final long fromPosition, final Runnable rest) {
        return reader(fromPosition, rest);
    }

    private JournalReader reader(final long fromPosition, final Runnable rest) {
        return io("reading", () -> {
            final long[] segments = Format.segmentPositions(config.disk().list(config.folder()));
            final long segment = Segments.holding(segments, fromPosition);
            if (segment < 0) {
                throw new JournalRefusedException("position " + fromPosition + " is not in " + config.folder()
                        + ", which begins at " + segments[0] + "; bring the archived segments back");
            }
            final JournalReader reader = openReader(segment, rest);
            try {
                final long last = reader.read(fromPosition - 1, (position, nowMs, flags, buffer, offset, length) -> { });
                if (last != fromPosition - 1) {
                    throw new JournalRefusedException(
                            "position " + fromPosition + " is beyond the end of " + config.folder() + ", which is " + last);
                }
                return reader;
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        });
    }

    /** First position of a segment before which no record is as late as that; of the first one if none is. @param ms log time */
    public long segmentReaching(final long ms) {
        return io("reading", () -> {
            final long[] segments = Format.segmentPositions(config.disk().list(config.folder()));
            final ByteBuffer block = Format.alignedBuffer(Format.BLOCK_BYTES);
            int last = segments.length - 1;
            while (last > 0 && beforeMs(segments[last], block) >= ms) {
                last--;
            }
            return segments[last];
        });
    }

    private long beforeMs(final long segment, final ByteBuffer block) throws IOException {
        final Path path = Format.segmentPath(config.folder(), segment);
        try (DiskFile file = config.disk().open(path, Disk.Access.READ)) {
            return Segments.header(path, file, id(), segment, block).beforeMs();
        }
    }

    /** Positions passed over, ascending. */
    public long[] skips() {
        return skips.positions();
    }

    /**
     * Passes a position over, durably and for good: readers opened from now on mark it. For a command that breaks an invariant at
     * every replay; the server is stopped while this is done.
     */
    public synchronized void skip(final long position) {
        final long last = durablePosition();
        if (position < 1 || position > last) {
            throw new JournalRefusedException("position " + position + " is not in the journal, which ends at " + last);
        }
        io("skipping", () -> {
            final Skips more = skips.with(position);
            more.write(config.disk(), config.folder(), identity.id());
            skips = more;
            return null;
        });
        LOG.warn("position {} of journal {} is passed over from now on", position, identity.id());
    }

    /**
     * Moves whole segments of which every position is below this one: copied, synced, compared, and only then removed here. The last
     * segment stays. Also while the journal is written.
     *
     * @param position the oldest one that must stay replayable; normally the oldest kept snapshot's + 1
     * @param target a folder, made if missing
     * @param rest called after each step when others wait for what is appended meanwhile, see {@link GentleDisk}; null = as fast as it goes
     * @return the moved files in their new place
     */
    public List<Path> archiveBefore(final long position, final Path target, final Runnable rest) {
        synchronized (moving) {
            return io("archiving", () -> new JournalCopy(disk(rest), config.folder(), identity.id()).move(position, target));
        }
    }

    /**
     * Copies all segments, skips and identity to an empty folder, up to the group that holds this position, and checks the copy.
     * It is a whole journal that can be opened. Also while the journal is written.
     *
     * @param upToPosition at most what is durable; more means that
     * @param rest as for {@link #archiveBefore}
     * @return the last position in the copy
     */
    public long copyTo(final Path target, final long upToPosition, final Runnable rest) {
        synchronized (moving) {
            return io("copying", () -> {
                final long last = Math.min(upToPosition, durablePosition());
                return new JournalCopy(disk(rest), config.folder(), identity.id()).copy(last, target, identity, skips, durable());
            });
        }
    }

    private Disk disk(final Runnable rest) {
        return rest == null ? config.disk() : new GentleDisk(config.disk(), rest);
    }

    /** Seals unless the writer failed, stops making segments, lets the folder go. A second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        io("closing", () -> {
            try {
                if (writer != null) {
                    writer.close();
                }
            } finally {
                if (supply != null) {
                    supply.close();
                }
                lock.close();
            }
            return null;
        });
    }

    static String describeTorn(final Tail tail) {
        return tail.file() + " has a torn tail, " + (tail.garbageEnd() - tail.offset()) + " bytes from offset " + tail.offset()
                + ", after position " + tail.lastPosition() + ": " + tail.torn();
    }

    private JournalReader openReader(final long segment, final Runnable rest) throws IOException {
        return new JournalReader(config.disk(), config.folder(), identity.id(), skips, durable(), segment, rest);
    }

    private LongSupplier durable() {
        return writer == null ? null : writer::durablePosition;
    }

    private interface Io<T> {
        T run() throws IOException;
    }

    private interface Preparation {
        void run() throws IOException;
    }

    private interface Opener {
        Journal open(Closeable lock) throws IOException;
    }

    private <T> T io(final String doing, final Io<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new JournalFailedException(doing + " the journal in " + config.folder() + " failed: " + e, e);
        }
    }

    /** @param before done when nobody has locked it yet */
    private static Journal locked(final JournalConfig config, final Preparation before, final Opener opener) {
        Closeable lock = null;
        Journal journal = null;
        try {
            before.run();
            lock = config.disk().lock(config.folder(), config.owner());
            journal = opener.open(lock);
            return journal;
        } catch (IOException e) {
            throw new JournalFailedException("opening the journal in " + config.folder() + " failed: " + e, e);
        } finally {
            if (journal == null && lock != null) {
                release(lock);
            }
        }
    }

    private static void release(final Closeable lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock could not be let go: {}", e.toString());
        }
    }
}
