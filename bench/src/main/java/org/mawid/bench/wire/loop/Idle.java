package org.mawid.bench.wire.loop;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.mawid.bench.load.Life;

/**
 * Clients of an open loop that have nothing on its way, the one that has waited longest first. There are as many places for calls as clients.
 * New ones join little by little: lives that began together would all be at one step of theirs for seconds, and then all at the next.
 */
public final class Idle implements OpenLoop.Sender {
    private static final long LONGEST_END_NS = 5_000_000_000L;
    /** Calls of which one is a new client's first, unless nobody else waits: more often, and first steps would be more than their share. */
    private static final int JOIN_EVERY = 4 * Life.STEPS;

    private final ArrayDeque<Client> fresh = new ArrayDeque<>();
    private final ManyToOneConcurrentArrayQueue<Client> waiting;
    private final int clients;
    private final Closeable connections;
    private long sent;

    /** @param clients how many there will be @param connections closed with this */
    public Idle(final int clients, final Closeable connections) {
        this.waiting = new ManyToOneConcurrentArrayQueue<>(Math.max(2, clients));
        this.clients = clients;
        this.connections = connections;
    }

    /** One that is new. Before the loop begins. */
    public void bring(final Client client) {
        fresh.add(client);
    }

    /** One that was answered. From any thread. */
    public void add(final Client client) {
        if (!waiting.offer(client)) {
            throw new IllegalStateException("there are more clients than places for them");
        }
    }

    @Override
    public boolean send(final long dueNs) {
        Client client = sent % JOIN_EVERY == 0 ? fresh.poll() : null;
        if (client == null) {
            client = waiting.poll();
        }
        if (client == null) {
            client = fresh.poll();
        }
        if (client == null) {
            return false;
        }
        sent++;
        client.send(dueNs);
        return true;
    }

    /** What is on its way is let come home, for some seconds: it was sent, so it is done, and whoever keeps books must hear of it. */
    @Override
    public void close() throws IOException {
        final long fromNs = System.nanoTime();
        try {
            while (waiting.size() + fresh.size() < clients && System.nanoTime() - fromNs < LONGEST_END_NS) {
                Thread.sleep(1);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.close();
    }
}
