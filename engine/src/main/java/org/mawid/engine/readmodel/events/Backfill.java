package org.mawid.engine.readmodel.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.MissingEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segments of the past, under temporary names until they join what is kept. One thread. */
final class Backfill implements MissingEvents {
    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
    static final String TEMPORARY = ".tmp";
    private static final int BLOCK_BYTES = 128 << 10;

    private final Disk disk;
    private final Path folder;
    private final EventFiles files;
    private final long last;
    private final long fromMs;
    private final long segmentBytes;
    private final long maxBytes;
    private final ByteBuffer block =
            ByteBuffer.allocateDirect(Layout.BLOCK_HEADER_BYTES + BLOCK_BYTES + EventWriter.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer buffer = new UnsafeBuffer(block);
    private final Deque<Segment> made = new ArrayDeque<>();
    private DiskFile file;
    private long bytes;
    private int payload;
    private long blockFirst; // 0 = nothing is young enough yet
    private long blockMs;
    private long lastMs;
    private volatile boolean over;

    /** @param last position that is missing @param fromMs events of before that log time are not wanted @param maxBytes nor are more than that */
    Backfill(final Disk disk, final Path folder, final EventFiles files, final long last, final long fromMs, final long segmentBytes, final long maxBytes) {
        this.disk = disk;
        this.folder = folder;
        this.files = files;
        this.last = last;
        this.fromMs = fromMs;
        this.segmentBytes = segmentBytes;
        this.maxBytes = maxBytes;
    }

    @Override
    public long lastPosition() {
        return last;
    }

    @Override
    public void onReplayed(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        if (nowMs < fromMs || position > last) {
            return;
        }
        try {
            if (blockFirst == 0) {
                blockFirst = position;
                blockMs = nowMs;
            } else if (payload > BLOCK_BYTES) {
                write(position - 1);
                blockFirst = position;
                blockMs = nowMs;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.putBytes(Layout.BLOCK_HEADER_BYTES + payload, events, offset, length);
        payload += length;
        lastMs = nowMs;
    }

    private void write(final long blockLast) throws IOException {
        if (file != null && made.getLast().bytes() + Layout.BLOCK_HEADER_BYTES + payload > segmentBytes) {
            end();
        }
        if (file == null) {
            begin();
        }
        final Segment segment = made.getLast();
        final long at = segment.bytes();
        Layout.writeBlock(block, files.epoch(), at, payload, blockFirst, blockLast, lastMs);
        file.writeFully(block.clear().limit(Layout.BLOCK_HEADER_BYTES + payload), at);
        block.clear();
        file.sync(); // or the journal would wait for the whole file at its end
        segment.grew(at + Layout.BLOCK_HEADER_BYTES + payload, blockLast);
        bytes += Layout.BLOCK_HEADER_BYTES + payload;
        payload = 0;
        while (bytes > maxBytes && made.size() > 1) {
            final Segment oldest = made.removeFirst();
            bytes -= oldest.bytes();
            disk.delete(temporary(oldest));
        }
    }

    private void begin() throws IOException {
        final Segment segment = new Segment(folder.resolve(Layout.name(blockFirst)), blockFirst, blockMs, blockFirst - 1, Layout.HEADER_BYTES, Long.MAX_VALUE);
        final ByteBuffer header = ByteBuffer.allocateDirect(Layout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Layout.writeHeader(header, new Layout.Header(files.epoch(), blockFirst, blockMs));
        file = disk.open(temporary(segment), Disk.Access.CREATE);
        made.addLast(segment);
        bytes += Layout.HEADER_BYTES;
        file.writeFully(header, 0);
    }

    private void end() throws IOException {
        if (file != null) {
            final DiskFile whole = file;
            file = null;
            try (whole) {
                whole.sync();
            }
        }
    }

    /** The newest first, so that what is kept has no gap whenever this is cut off. */
    @Override
    public boolean finish() throws IOException {
        final boolean joined = join();
        over = true;
        return joined;
    }

    private boolean join() throws IOException {
        if (blockFirst == 0) {
            return true; // all of it is too old
        }
        write(last);
        end();
        for (final Iterator<Segment> newest = made.descendingIterator(); newest.hasNext(); ) {
            final Segment segment = newest.next();
            if (!files.adopt(segment, temporary(segment))) {
                discard();
                return false;
            }
            newest.remove();
        }
        disk.syncFolder(folder);
        return true;
    }

    /** Any thread: whether nothing of them is to be awaited any more. */
    boolean isOver() {
        return over;
    }

    @Override
    public void discard() {
        over = true;
        try {
            if (file != null) {
                file.close();
                file = null;
            }
            while (!made.isEmpty()) {
                disk.delete(temporary(made.removeLast()));
            }
        } catch (final IOException e) {
            made.clear(); // when the folder is opened again they go
            LOG.warn("what was brought back of the past could not be deleted: {}", e.toString());
        }
    }

    private static Path temporary(final Segment segment) {
        return segment.path.resolveSibling(segment.path.getFileName() + TEMPORARY);
    }
}
