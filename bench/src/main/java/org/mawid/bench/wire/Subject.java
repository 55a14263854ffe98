package org.mawid.bench.wire;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.Usage;

/** One of the servers that are measured in turn, and what was measured of it. */
final class Subject implements Closeable {
    private static final int CONNECTIONS = 4;
    private static final long SETTLE_MS = 1_000;

    private final String name;
    private final Server server;
    private final Rounds rate = new Rounds();
    private final Rounds serverUs = new Rounds();
    private final Rounds clientUs = new Rounds();
    private final Rounds p50Us = new Rounds();
    private final Rounds p99Us = new Rounds();
    private final Rounds p999Us = new Rounds();
    private long notAdmitted;

    /** What sends commands over the connections until the tally says to stop. */
    @FunctionalInterface
    interface Load {
        void start(List<ManagedChannel> channels, Tally tally);
    }

    Subject(final String name, final Server server) {
        this.name = name;
        this.server = server;
    }

    int grpcPort() {
        return server.grpcPort();
    }

    /** The same process, measured anew under another load. */
    Subject again() {
        return new Subject(name, server);
    }

    /** Runs the load for so long. @param counts false = only to warm up */
    void run(final Load load, final int seconds, final boolean counts, final Output output, final String what) throws IOException, InterruptedException {
        final Tally tally = new Tally();
        final List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().directExecutor()
                    .maxInboundMessageSize(16 << 20).build());
        }
        load.start(channels, tally);
        Thread.sleep(SETTLE_MS);
        final long serverNs = server.cpuNs();
        final long clientNs = Usage.ownCpuNs();
        final long from = System.nanoTime();
        tally.measure(true);
        while (System.nanoTime() - from < seconds * 1_000_000_000L && !tally.isStopping()) {
            Thread.sleep(100);
            output.progress("%s, %s: %,.0f commands/s", name, what, tally.count() * 1e9 / (System.nanoTime() - from));
        }
        tally.measure(false);
        final long tookNs = System.nanoTime() - from;
        final long done = tally.count();
        if (counts && done > 0) {
            rate.add(done * 1e9 / tookNs);
            serverUs.add((server.cpuNs() - serverNs) / 1e3 / done);
            clientUs.add((Usage.ownCpuNs() - clientNs) / 1e3 / done);
            p50Us.add(tally.latencyUs(50));
            p99Us.add(tally.latencyUs(99));
            p999Us.add(tally.latencyUs(99.9));
            notAdmitted += tally.notAdmitted();
        }
        tally.stop();
        for (final ManagedChannel channel : channels) {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
        try {
            tally.requireNoFailure();
        } catch (final IllegalStateException e) {
            throw new IllegalStateException(name + ": " + e.getMessage() + said(server.said()), e);
        }
    }

    private static String said(final String text) {
        return text.isEmpty() ? "" : "; it said: " + text.substring(Math.max(0, text.length() - 2_000));
    }

    JsonObject figures() {
        return new JsonObject().put("commandsPerSecond", rate.median()).put("rounds", rate.all())
                .put("serverCpuUsPerCommand", serverUs.median()).put("clientCpuUsPerCommand", clientUs.median())
                .put("callLatencyUs", new JsonObject().put("p50", p50Us.median()).put("p99", p99Us.median()).put("p999", p999Us.median()))
                .put("notAdmitted", notAdmitted);
    }

    /** Rates, round by round, against another that was measured in the same rounds. */
    Rounds ratesAgainst(final Subject other) {
        return rate.dividedBy(other.rate);
    }

    /** The other's processor time for a command, of server and client together, divided by this one's. */
    double cpuAgainst(final Subject other) {
        return Output.rounded((other.serverUs.median() + other.clientUs.median()) / (serverUs.median() + clientUs.median()));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
