package org.mawid.engine.readmodel.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments of one folder: positions covered without a gap, the oldest giving way. One thread writes; any reads, forces, or finds
 * damage. Nothing is synced but by {@link #force}: what a power failure takes, the journal brings back.
 */
final class EventFiles {
    private static final Logger LOG = LoggerFactory.getLogger(EventFiles.class);
    /** A segment ends when it spans this share of the time that is kept, full or not: or the oldest could never go. */
    private static final int SHARES_KEPT = 8;

    private final Disk disk;
    private final Path folder;
    private final Label label;
    private final long segmentBytes;
    private final long keepMs;
    private final long maxBytes;
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedDeque<BlockReader> readers = new ConcurrentLinkedDeque<>();
    private final Object forcing = new Object();
    private final ByteBuffer block;
    private final UnsafeBuffer blockBuffer;

    // The writer's.
    private DiskFile file; // null: the next block begins a new segment
    private Segment current;
    private volatile long writtenPosition;

    private EventFiles(final Disk disk, final Path folder, final Label label, final int payloadBytes, final long segmentBytes, final long keepMs,
                       final long maxBytes) {
        this.disk = disk;
        this.folder = folder;
        this.label = label;
        this.segmentBytes = segmentBytes;
        this.keepMs = keepMs;
        this.maxBytes = maxBytes;
        block = ByteBuffer.allocateDirect(Layout.BLOCK_HEADER_BYTES + payloadBytes).order(ByteOrder.LITTLE_ENDIAN);
        blockBuffer = new UnsafeBuffer(block);
    }

    /**
     * Opens a folder and finds out what in it counts. What does not is deleted; when a newer program wrote any of it, all of it: the same
     * commands may have brought about other events there, so that what the journal brings back here is not what older cursors speak of.
     *
     * @param journal  whose events they must be
     * @param newEpoch when they are not, or nothing says whose they are, or they are of a newer program; not 0, and not one used before
     * @param payloadBytes most that one block holds, at most {@link Layout#MAX_PAYLOAD_BYTES}
     */
    static EventFiles open(final Disk disk, final Path folder, final String journal, final long newEpoch, final int payloadBytes,
                           final long segmentBytes, final long keepMs, final long maxBytes) throws IOException {
        disk.createFolders(folder);
        final Label label = Label.open(disk, folder, journal, newEpoch);
        final EventFiles files = new EventFiles(disk, folder, label, payloadBytes, segmentBytes, keepMs, maxBytes);
        final Opening opening = new Opening(disk, folder, label);
        try {
            opening.into(files.segments);
        } catch (final NewerProgramException e) {
            LOG.warn("events begin anew, from the journal, and cursors of before mean nothing here: {}", e.getMessage());
            label.renew(newEpoch);
            opening.throwAway();
        }
        final Map.Entry<Long, Segment> last = files.segments.lastEntry();
        files.writtenPosition = last == null ? -1 : last.getValue().last();
        if (files.writtenPosition < label.durable()) {
            label.durable(Math.max(0, files.writtenPosition)); // what is written from now on is not durable because something once was
        }
        return files;
    }

    long epoch() {
        return label.epoch();
    }

    /** Last position covered; −1 when nothing is. */
    long writtenPosition() {
        return writtenPosition;
    }

    /** First position covered; the next to be written when nothing is. */
    long firstPosition() {
        final Map.Entry<Long, Segment> first = segments.firstEntry();
        return first == null ? writtenPosition + 1 : first.getKey();
    }

    /** Log time of the first position covered; 0 when nothing is. */
    long firstMs() {
        final Map.Entry<Long, Segment> first = segments.firstEntry();
        return first == null ? 0 : first.getValue().firstMs;
    }

    long bytes() {
        long bytes = 0;
        for (final Segment segment : segments.values()) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    // ---- the writer ----

    /** Where the payload of the next block is put, from {@link Layout#BLOCK_HEADER_BYTES} on. */
    UnsafeBuffer block() {
        return blockBuffer;
    }

    /** Begins anew: everything there is goes, and the next block begins with {@code position} + 1. */
    void startAt(final long position) throws IOException {
        dropAll();
        label.durable(position); // as far as that goes: nothing up to there is kept
        writtenPosition = position;
    }

    /** The same, for events of which older cursors say nothing. */
    void startAt(final long position, final long newEpoch) throws IOException {
        label.renew(newEpoch);
        readers.clear();
        startAt(position);
    }

    /** Writes the block put together in {@link #block()}, which covers what follows the one before up to {@code last}. */
    void append(final int payload, final long firstMs, final long last, final long lastMs) throws IOException {
        final long first = writtenPosition + 1;
        if (file != null && (!segments.containsKey(current.first) || current.bytes() + Layout.BLOCK_HEADER_BYTES + payload > segmentBytes
                || lastMs - current.firstMs > keepMs / SHARES_KEPT)) {
            closeFile();
        }
        boolean written = false;
        try {
            if (file == null) {
                begin(first, firstMs);
            }
            final long at = current.bytes();
            Layout.writeBlock(block, label.epoch(), at, payload, first, last, lastMs);
            file.writeFully(block.clear().limit(Layout.BLOCK_HEADER_BYTES + payload), at);
            written = true;
            current.grew(at + Layout.BLOCK_HEADER_BYTES + payload, last);
            writtenPosition = last;
        } finally {
            block.clear();
            if (!written) {
                closeFile(); // nobody knows what of it is there: the next block begins a new segment
            }
        }
        makeWay(lastMs);
    }

    private void begin(final long first, final long firstMs) throws IOException {
        final Path path = folder.resolve(Layout.name(first));
        if (disk.list(folder).contains(path.getFileName().toString())) {
            disk.delete(path); // a block that could not be written was to be its first
        }
        final ByteBuffer header = ByteBuffer.allocateDirect(Layout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Layout.writeHeader(header, new Layout.Header(label.epoch(), first, firstMs));
        file = disk.open(path, Disk.Access.CREATE);
        file.writeFully(header, 0);
        current = new Segment(path, first, firstMs, first - 1, Layout.HEADER_BYTES, 0);
        segments.put(first, current);
    }

    private synchronized void makeWay(final long nowMs) {
        while (segments.size() > 1) {
            final Segment oldest = segments.firstEntry().getValue();
            final Map.Entry<Long, Segment> next = segments.higherEntry(oldest.first);
            final boolean tooOld = next != null && next.getValue().firstMs < nowMs - keepMs;
            if (next == null || !tooOld && bytes() <= maxBytes) {
                return;
            }
            forget(oldest);
        }
    }

    private void forget(final Segment segment) {
        segments.remove(segment.first); // first: a reader that does not find the file looks here
        try {
            disk.delete(segment.path);
        } catch (final IOException e) {
            LOG.warn("{} could not be deleted: {}", segment.path, e.toString()); // when the folder is opened again it is seen for what it is
        }
    }

    private void dropAll() throws IOException {
        closeFile();
        segments.values().forEach(this::forget);
        disk.syncFolder(folder); // or they could come back
    }

    private void closeFile() throws IOException {
        if (file != null) {
            final DiskFile last = file;
            file = null;
            last.close();
        }
    }

    void close() throws IOException {
        closeFile();
    }

    // ---- any thread ----

    /** Makes durable what has been written, and remembers that it is. Takes as long as the disk needs. */
    void force() throws IOException {
        synchronized (forcing) {
            final long position = writtenPosition;
            for (final Segment segment : segments.values()) {
                sync(segment);
            }
            if (position > label.durable()) {
                disk.syncFolder(folder);
                label.durable(position);
            }
        }
    }

    /** Makes durable what the newest file has had since the last time, unless that is more than so much. Not yet remembered: {@link #force}. */
    void syncAtMost(final long mostBytes) throws IOException {
        final Map.Entry<Long, Segment> newest = segments.lastEntry();
        if (newest != null && newest.getValue().bytes() - newest.getValue().syncedBytes() <= mostBytes) {
            sync(newest.getValue());
        }
    }

    private void sync(final Segment segment) throws IOException {
        final long bytes = segment.bytes();
        if (segment.syncedBytes() < bytes) {
            try (DiskFile written = disk.open(segment.path, Disk.Access.REPAIR)) {
                written.sync();
                segment.synced(bytes);
            } catch (final java.nio.file.NoSuchFileException | java.io.FileNotFoundException gone) {
                // It was the oldest.
            }
        }
    }

    /** The segment that covers this position; null when none does. */
    Segment holding(final long position) {
        final Map.Entry<Long, Segment> entry = segments.floorEntry(position);
        return entry == null || entry.getValue().last() < position ? null : entry.getValue();
    }

    boolean isKept(final Segment segment) {
        return segments.get(segment.first) == segment;
    }

    /**
     * What should be there before the oldest that is kept, and is not: neither its time nor the bytes are used up.
     *
     * @param nowMs log time @return null when nothing is missing
     */
    Backfill missing(final long nowMs) {
        final long oldestMs = segments.isEmpty() ? nowMs : firstMs();
        final long present = bytes();
        if (firstPosition() <= 1 || oldestMs <= nowMs - keepMs || present > maxBytes / 2) {
            return null;
        }
        return new Backfill(disk, folder, this, firstPosition() - 1, nowMs - keepMs, segmentBytes, maxBytes / 2 - present);
    }

    /** A whole and durable segment of the past joins what is kept. @return false when that does not begin behind it any more */
    synchronized boolean adopt(final Segment segment, final Path temporary) throws IOException {
        if (segment.last() + 1 != firstPosition()) {
            return false;
        }
        disk.rename(temporary, segment.path);
        segments.put(segment.first, segment);
        return true;
    }

    /** To be given back. */
    BlockReader borrow() {
        final BlockReader reader = readers.pollFirst();
        return reader == null ? new BlockReader(disk, label.epoch()) : reader;
    }

    void giveBack(final BlockReader reader) {
        readers.addFirst(reader);
    }

    /** What cannot be read goes, and with it all that is older: followers find no gap. */
    synchronized void damaged(final DamagedException damage) {
        if (!isKept(damage.segment())) {
            return; // it went while it was being read
        }
        LOG.error("{}; it and the events before it are thrown away", damage.getMessage());
        segments.headMap(damage.segment().first, true).values().forEach(this::forget);
    }
}
