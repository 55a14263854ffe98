package org.mawid.bench.wire;

import io.vertx.core.buffer.Buffer;

/** What is said on one connection. Only on its event loop. */
interface HttpTalk {
    /** The next request, whole. Not kept and not changed by the caller. */
    Buffer next();

    /** The oldest request that had no answer was done. */
    default void done(final Buffer data, final int body, final int bytes) {
        // nothing follows from it
    }

    /** The oldest request that had no answer was answered 503. */
    default void notAdmitted() {
        // nothing follows from it
    }
}
