package org.mawid.bench.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Enough;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.bench.wire.server.EmptyEdge;

/** Clients over gRPC: they get on, with the servers that the real one is taken against. */
class GrpcLoadTest {
    private final ModelNetwork network = new ModelNetwork(2, 2, 16, 255);

    private void runOnBoth(final BiConsumer<ManagedChannel, Tally> load) throws Exception {
        for (final Callable<EmptyEdge> start : List.<Callable<EmptyEdge>>of(EmptyEdge::handlers, EmptyEdge::aroundNothing)) {
            try (EmptyEdge server = start.call()) {
                final ManagedChannel channel = Channels.open(server.port()).build();
                final Tally own = new Tally();
                own.measure(true);
                load.accept(channel, own);
                Enough.await(own);
                own.stop();
                channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            }
        }
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
        for (final boolean isRead : new boolean[] {true, false}) {
            final Tally own = new Tally();
            try (EmptyEdge server = EmptyEdge.handlers();
                 OpenLoop.Sender sender = isRead ? GrpcReads.open(server.port(), own, 2)
                         : GrpcLives.unary(server.port(), own, 8, number -> new Life(network, network.spread(number), 1), GrpcLives.Listener.NOBODY);
                 OpenLoop loop = OpenLoop.start(1_000, sender, own)) {
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
}
