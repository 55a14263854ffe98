package org.mawid.engine.readmodel;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * The events of before the oldest that is kept, when they should still be there: a second core brings them about again from the
 * journal's beginning. Followers see them from the moment that they are all there. One thread.
 */
public interface MissingEvents {
    /** The last position that is missing: 1 or more. */
    long lastPosition();

    /**
     * Each position from the first to the last that is missing, in order.
     *
     * @throws java.io.UncheckedIOException when they cannot be written: {@link #discard} them
     */
    void onReplayed(long position, long nowMs, DirectBuffer events, int offset, int length);

    /** After the last: makes them durable and shows them. @return false when they have become of no use meanwhile */
    boolean finish() throws IOException;

    /** Instead: nothing of them is kept. */
    void discard();
}
