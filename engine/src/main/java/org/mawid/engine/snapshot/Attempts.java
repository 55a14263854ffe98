package org.mawid.engine.snapshot;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When the next snapshot is tried. After one that failed, half a minute later, for it costs a second core; after one that found no room, as
 * soon as the file system says that there is. Where the file system said so and there was none, as under a quota, it must say a
 * snapshot more the next time. One thread; time is given.
 */
final class Attempts {
    static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier freeBytes;
    private long notBeforeNanos;
    private boolean lacksRoom;
    private long tooLittleBytes; // free, for the one that found no room
    private long toldBytes = -1; // free, when the last one was tried because of that

    /** @param freeBytes asked only while there is no room */
    Attempts(final long nanos, final LongSupplier freeBytes) {
        this.notBeforeNanos = nanos;
        this.freeBytes = freeBytes;
    }

    /** @param asked by somebody @param due by what was configured */
    boolean isTime(final long nanos, final boolean asked, final boolean due) {
        if (!lacksRoom) {
            return asked || due && nanos - notBeforeNanos >= 0;
        }
        final long free = freeBytes.getAsLong();
        toldBytes = free > tooLittleBytes ? free : -1;
        return roomIsTold() || nanos - notBeforeNanos >= 0;
    }

    /** Whether it is time because there is room again, as far as anybody can tell before trying. */
    boolean roomIsTold() {
        return toldBytes >= 0;
    }

    void made() {
        lacksRoom = false;
        toldBytes = -1;
    }

    void failed(final long nanos) {
        made();
        notBeforeNanos = nanos + RETRY_NANOS;
    }

    /** @param bytes needed */
    void foundNoRoom(final long nanos, final long bytes) {
        tooLittleBytes = roomIsTold() ? (toldBytes > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : toldBytes + bytes) : bytes - 1;
        lacksRoom = true;
        toldBytes = -1;
        notBeforeNanos = nanos + RETRY_NANOS;
    }
}
