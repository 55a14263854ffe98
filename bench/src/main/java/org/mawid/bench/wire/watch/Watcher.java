package org.mawid.bench.wire.watch;

import org.mawid.bench.wire.loop.Tally;

/**
 * Follows one post, or all of them, over the wire. A slow one takes the first message, which tells where it begins, and then nothing until it
 * is told to read; what was ended meanwhile is taken up again behind the last event that came.
 */
abstract class Watcher {
    /** Ordinal of a cursor that has passed all of its position. */
    private static final int ALL = 0xFFFF;

    private final int postId;
    private final boolean slow;
    private final Tally tally;
    private final Received received = new Received();
    private volatile boolean reading;
    private boolean again;
    private volatile boolean cutOff;

    Watcher(final int postId, final boolean slow, final Tally tally) {
        this.postId = postId;
        this.slow = slow;
        this.tally = tally;
    }

    /** Connects anew, behind that event. */
    abstract void openAt(long position, int ordinal);

    /** A slow one reads from now on. */
    abstract void resume();

    /** 0 = all posts. */
    final int postId() {
        return postId;
    }

    final Received received() {
        return received;
    }

    /** A slow one begins to read, and connects anew from where it was when it has been cut off. Others read all the time. */
    final synchronized void read() {
        reading = true;
        if (cutOff) {
            openAgain();
        } else if (slow) {
            resume();
        }
    }

    /** Whether the server has ended its stream while it did not read. */
    final boolean wasCutOff() {
        return cutOff;
    }

    /** Whether it takes nothing yet beyond where it begins. */
    final boolean isHeldBack() {
        return slow && !reading;
    }

    /** The server has ended the stream: of one that does not read that is its right, once. */
    final synchronized void ended(final Throwable cause) {
        if (tally.isStopping()) {
            return;
        }
        if (!slow || again) {
            failed("was ended: " + cause.getMessage(), cause);
            return;
        }
        cutOff = true;
        if (reading) {
            openAgain();
        }
    }

    final void failed(final String why, final Throwable cause) {
        tally.fail(new IllegalStateException("a watch of post " + postId + " " + why, cause));
    }

    private void openAgain() {
        again = true;
        openAt(received.lastPosition(), received.count() == 0 ? ALL : received.lastOrdinal());
    }
}
