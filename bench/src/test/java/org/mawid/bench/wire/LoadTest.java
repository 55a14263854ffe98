package org.mawid.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.api.server.GrpcTransport;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.ModelNetwork;

/** The clients that measure: they get on, with the servers that the real one is taken against, and say so when they do not. */
class LoadTest {
    private static final int ENOUGH = 300;
    private static final long LONGEST_MS = 60_000;

    private final ModelNetwork network = new ModelNetwork(2, 2, 16, 255);
    private final Tally tally = new Tally();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        tally.stop();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private int emptyHandlers() throws Exception {
        final GrpcTransport transport = new GrpcTransport(GrpcServerConfig.loopback(0));
        open.add(transport);
        final List<BindableService> services = EmptyHandlers.all();
        transport.start(services);
        return transport.port();
    }

    private int realEdge() throws Exception {
        final Gateway gateway = new Gateway(new EmptyEngine(), References.of(1, new byte[32]), 30_000, SystemEpochClock.INSTANCE);
        open.add(gateway);
        final GrpcServer server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        open.add(server);
        return server.port();
    }

    private void runOnBoth(final BiConsumer<ManagedChannel, Tally> load) throws Exception {
        for (final int port : new int[] {emptyHandlers(), realEdge()}) {
            final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
            open.add(channel::shutdownNow);
            final Tally own = new Tally();
            own.measure(true);
            load.accept(channel, own);
            awaitEnough(own);
            own.stop();
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static void awaitEnough(final Tally tally) throws InterruptedException {
        for (long waitedMs = 0; tally.count() < ENOUGH && !tally.isStopping() && waitedMs < LONGEST_MS; waitedMs += 5) {
            Thread.sleep(5);
        }
        tally.requireNoFailure();
        assertThat(tally.count()).isGreaterThanOrEqualTo(ENOUGH);
        assertThat(tally.latencyUs(50)).isPositive();
    }

    @Test
    void givenUnaryLives_whenRun_thenEachGoesOnWhenAnswered() throws Exception {
        runOnBoth((channel, own) -> new Unary(channel, own, new Life(network, 0, 1), Client.again(own), GrpcLives.Listener.NOBODY).send(System.nanoTime()));
    }

    @Test
    void givenStreamedLives_whenRun_thenEachGoesOnWhenAnswered() throws Exception {
        runOnBoth((channel, own) -> new Streamed(List.of(new Life(network, 0, 1), new Life(network, 1, 1)), own, Client.again(own)).start(channel)
                .forEach(client -> client.send(System.nanoTime())));
    }

    @Test
    void givenBatchesInBothEncodings_whenRun_thenEachGoesOnWhenAnswered() throws Exception {
        runOnBoth((channel, own) -> new MessageBatches(channel, own, network, 0, 50, 1, Client.again(own)).send(System.nanoTime()));
        runOnBoth((channel, own) -> new FrameBatches(channel, own, network, 0, 50, 1, Client.again(own)).send(System.nanoTime()));
    }

    @Test
    void givenReadsAndCommands_whenDueAtARate_thenAllThatWasDueIsAnsweredAndNothingMore() throws Exception {
        final int port = emptyHandlers();
        for (final boolean isRead : new boolean[] {true, false}) {
            final Tally own = new Tally();
            final Channels channels = new Channels(port, 2);
            final Idle idle = new Idle(8, channels);
            for (int i = 0; i < 8; i++) {
                idle.bring(isRead ? new CountStarts(channels.get(i), own, 2, i, idle::add)
                        : new Unary(channels.get(i), own, new Life(network, network.spread(i), 1), idle::add, GrpcLives.Listener.NOBODY));
            }
            try (idle; OpenLoop loop = OpenLoop.start(1_000, idle, own)) {
                loop.measure(300_000_000L);
                Thread.sleep(300);
                loop.awaitAnswers();
                own.stop();
                assertThat(own.count()).isEqualTo(loop.due()).isBetween(299L, 301L);
            }
            own.requireNoFailure();
            assertThat(own.unanswered()).isZero();
        }
    }

    @Test
    void givenAPage_whenAskedInClosedAndOpenLoop_thenEveryAnswerIsReadWhole() throws Exception {
        final int port = page(200);
        tally.measure(true);
        open.add(HttpLoad.closed(port, 3, connection -> HttpTalk.emptyPage(), tally));
        awaitEnough(tally);
        tally.stop();

        final Tally later = new Tally();
        later.measure(true);
        try (HttpLoad load = HttpLoad.open(port, 3, connection -> HttpTalk.emptyPage(), later); OpenLoop loop = OpenLoop.start(2_000, load, later)) {
            assertThat(loop.due()).isZero();
            awaitEnough(later);
            later.stop();
        }
    }

    @Test
    void givenConnectionsThatAreUsed_whenGarbageIsCollected_thenTheyStay() throws Exception {
        final int port = page(200);
        tally.measure(true);
        try (HttpLoad load = HttpLoad.open(port, 3, connection -> HttpTalk.emptyPage(), tally); OpenLoop loop = OpenLoop.start(200, load, tally)) {
            Forgotten.collect(port);
            awaitEnough(tally);
            tally.stop();
        }
    }

    @Test
    void givenAServerThatFails_whenAsked_thenTheRunFails() throws Exception {
        tally.measure(true);
        open.add(HttpLoad.closed(page(500), 1, connection -> HttpTalk.emptyPage(), tally));
        for (long waitedMs = 0; !tally.isStopping() && waitedMs < LONGEST_MS; waitedMs += 5) {
            Thread.sleep(5);
        }

        assertThatThrownBy(tally::requireNoFailure).hasMessageContaining("500");
    }

    /** Longer than a packet, so that answers come in parts. */
    private int page(final int status) throws Exception {
        final Vertx vertx = Vertx.vertx();
        open.add(() -> vertx.close().await(10, TimeUnit.SECONDS));
        final Buffer body = Buffer.buffer("x\r\n\r\n".repeat(40_000));
        return vertx.createHttpServer().requestHandler(request -> request.response().setStatusCode(status).end(body)).listen(0, "127.0.0.1")
                .await(30, TimeUnit.SECONDS).actualPort();
    }
}
