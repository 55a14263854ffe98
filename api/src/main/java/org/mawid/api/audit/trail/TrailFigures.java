package org.mawid.api.audit.trail;

/** Where the index of what was done stands. Any thread. */
public final class TrailFigures {
    private volatile long position = Long.MAX_VALUE; // where there is none nobody is behind
    private volatile long bytes;

    void stand(final long newPosition, final long newBytes) {
        position = newPosition;
        bytes = newBytes;
    }

    /** Of the log: all up to it is in; beyond its end where there is no index. */
    public long position() {
        return position;
    }

    /** Of its file. */
    public long bytes() {
        return bytes;
    }
}
