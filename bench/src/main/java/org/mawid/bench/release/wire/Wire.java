package org.mawid.bench.release.wire;

/** A way to the server. */
public interface Wire extends AutoCloseable {
    /** Sends it; on the thread that decides. The answer comes on any thread; that none will, too. */
    void send(Exchange exchange);

    /** Asks the transport's own thread to run this when its turn comes: how long that takes is how far behind the transport is. */
    void pulse(Runnable answer);

    @Override
    void close();
}
