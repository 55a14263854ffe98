package org.mawid.bench.release;

/** A way to the server. */
interface Wire extends AutoCloseable {
    /** Sends it; on the thread that decides. The answer comes on any thread; that none will, too. */
    void send(Exchange exchange);

    @Override
    void close();
}
