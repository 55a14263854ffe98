package org.mawid.bench.wire;

/** Follows one post, or all of them, over the wire. */
interface Watcher {
    /** 0 = all posts. */
    int postId();

    Received received();

    /** A slow one begins to read, and connects anew from where it was when it has been cut off. Others read all the time. */
    void read();

    /** Whether the server has ended its stream while it did not read. */
    boolean wasCutOff();
}
