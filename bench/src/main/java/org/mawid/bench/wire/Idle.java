package org.mawid.bench.wire;

import java.io.Closeable;
import java.io.IOException;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/** Clients of an open loop that have nothing on its way, the one that has waited longest first. There are as many places for calls as clients. */
final class Idle implements OpenLoop.Sender {
    private static final long LONGEST_END_NS = 5_000_000_000L;

    private final ManyToOneConcurrentArrayQueue<Client> waiting;
    private final int clients;
    private final Closeable connections;

    /** @param clients how many there will be @param connections closed with this */
    Idle(final int clients, final Closeable connections) {
        this.waiting = new ManyToOneConcurrentArrayQueue<>(Math.max(2, clients));
        this.clients = clients;
        this.connections = connections;
    }

    /** One that is new, or was answered. From any thread. */
    void add(final Client client) {
        if (!waiting.offer(client)) {
            throw new IllegalStateException("there are more clients than places for them");
        }
    }

    @Override
    public boolean send(final long dueNs) {
        final Client client = waiting.poll();
        if (client == null) {
            return false;
        }
        client.send(dueNs);
        return true;
    }

    /** What is on its way is let come home, for some seconds: it was sent, so it is done, and whoever keeps books must hear of it. */
    @Override
    public void close() throws IOException {
        final long fromNs = System.nanoTime();
        try {
            while (waiting.size() < clients && System.nanoTime() - fromNs < LONGEST_END_NS) {
                Thread.sleep(1);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.close();
    }
}
