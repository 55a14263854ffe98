package org.mawid.engine.readmodel.events;

import java.nio.file.Path;

/** One file of events. Written by one thread; read by any, up to what it says of itself. */
final class Segment {
    final Path path;
    final long first;
    final long firstMs;
    /** Only grows. What is behind it in the file does not count. */
    private volatile long bytes;
    private volatile long last;
    private volatile long syncedBytes;

    Segment(final Path path, final long first, final long firstMs, final long last, final long bytes, final long syncedBytes) {
        this.path = path;
        this.first = first;
        this.firstMs = firstMs;
        this.last = last;
        this.bytes = bytes;
        this.syncedBytes = syncedBytes;
    }

    /** Last position covered; {@code first} − 1 when there is nothing in it yet. Read it before {@link #bytes()}. */
    long last() {
        return last;
    }

    long bytes() {
        return bytes;
    }

    /** The writer has written a block. */
    void grew(final long toBytes, final long toPosition) {
        bytes = toBytes;
        last = toPosition;
    }

    long syncedBytes() {
        return syncedBytes;
    }

    /** From two threads at times: one that comes late only lets the rest be synced once more. */
    void synced(final long upToBytes) {
        syncedBytes = upToBytes;
    }
}
