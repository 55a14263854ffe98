package org.mawid.bench.wire.http;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.lang.ref.Reference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Garbage, as Vert.x sees it: it gives the connections of a client half a minute when the client is collected, and tells them so at once.
 */
public final class Forgotten {
    private static final int ROUNDS = 2;
    private static final long LONGEST_S = 60;

    private Forgotten() {
    }

    /** Collects until all that was forgotten before has been told: a client made here for nothing else was, behind the others. */
    public static void collect(final int port) throws Exception {
        final Vertx vertx = Vertx.vertx();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                final CountDownLatch told = new CountDownLatch(1);
                final NetSocket socket = connected(vertx, port, told);
                final long fromNs = System.nanoTime();
                do {
                    System.gc();
                    if (System.nanoTime() - fromNs > TimeUnit.SECONDS.toNanos(LONGEST_S)) {
                        throw new IllegalStateException("a client that nobody holds was not collected");
                    }
                } while (!told.await(100, TimeUnit.MILLISECONDS));
                socket.close(); // else its half minute would be waited for
            }
        } finally {
            vertx.close().await(LONGEST_S, TimeUnit.SECONDS);
        }
    }

    /** Of a client that is held until its connection listens: it would be told once, and before. */
    private static NetSocket connected(final Vertx vertx, final int port, final CountDownLatch told) throws Exception {
        final NetClient client = vertx.createNetClient();
        final NetSocket socket = client.connect(port, "127.0.0.1").await(LONGEST_S, TimeUnit.SECONDS);
        socket.shutdownHandler(forgotten -> told.countDown());
        Reference.reachabilityFence(client);
        return socket;
    }
}
