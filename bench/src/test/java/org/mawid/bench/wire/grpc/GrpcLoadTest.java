package org.mawid.bench.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.LifeAudit;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.LosingEngine;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Starts;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Enough;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.bench.wire.server.EmptyEdge;
import org.mawid.bench.wire.server.RealEdge;
import org.mawid.engine.Engine;

/** Clients over gRPC: they get on, with the real engine and with the servers that it is taken against. */
class GrpcLoadTest {
    private final ModelNetwork network = new ModelNetwork(2, 2, 16, 255);
    private final ModelNetwork sixtyDays = new ModelNetwork(2, Starts.DATES, 16, 1);

    @TempDir
    private Path folder;
    private int runs;

    private void run(final int port, final Tally own, final BiConsumer<ManagedChannel, Tally> load) throws Exception {
        final ManagedChannel channel = Channels.open(port).build();
        own.measure(true);
        load.accept(channel, own);
        Enough.await(own);
        own.stop();
        own.books().awaitAnswers(10_000_000_000L);
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        own.requireNoFailure();
    }

    /** On the real engine; what that has on its disk is held against the books. @return what differs */
    private List<String> runOnReal(final UnaryOperator<Engine> around, final BiConsumer<ManagedChannel, Tally> load) throws Exception {
        final Tally own = new Tally();
        final Path data = folder.resolve("data" + runs++);
        try (RealEdge server = new RealEdge(data, network, around)) {
            run(server.grpcPort(), own, load);
        }
        assertThat(own.books().notKnown()).isZero();
        assertThat(own.books().done()).isGreaterThanOrEqualTo(own.count());
        return LifeAudit.of(data, own.books(), new Output()).differences();
    }

    private void runOnAll(final BiConsumer<ManagedChannel, Tally> load) throws Exception {
        assertThat(runOnReal(engine -> engine, load)).isEmpty();
        for (final Callable<EmptyEdge> start : List.<Callable<EmptyEdge>>of(EmptyEdge::handlers, EmptyEdge::aroundNothing)) {
            try (EmptyEdge server = start.call()) {
                run(server.port(), new Tally(), load);
            }
        }
    }

    @Test
    void givenUnaryLives_whenRun_thenEachGoesOnWhenAnswered() throws Exception {
        runOnAll((channel, own) -> new Unary(channel, own, new Life(network, 0, 1), Client.again(own), GrpcLives.Listener.NOBODY).send(System.nanoTime()));
    }

    @Test
    void givenStreamedLives_whenRun_thenEachGoesOnWhenAnswered() throws Exception {
        runOnAll((channel, own) -> new Streamed(List.of(new Life(network, 0, 1), new Life(network, 1, 1)), own, Client.again(own)).start(channel)
                .forEach(client -> client.send(System.nanoTime())));
    }

    @Test
    void givenBatchesInBothEncodings_whenRun_thenEachGoesOnWhenAnswered() throws Exception {
        runOnAll((channel, own) -> new MessageBatches(channel, own, 0, 50, number -> new Life(network, number, 1), Client.again(own)).send(System.nanoTime()));
        runOnAll((channel, own) -> new FrameBatches(channel, own, network, 0, 50, 1, false, Client.again(own)).send(System.nanoTime()));
    }

    @Test
    void givenReadsAndCommands_whenDueAtARate_thenAllThatWasDueIsAnsweredAndNothingMore() throws Exception {
        for (final boolean isRead : new boolean[] {true, false}) {
            final Tally own = new Tally();
            try (EmptyEdge server = EmptyEdge.handlers();
                 OpenLoop.Sender sender = isRead ? GrpcReads.open(server.port(), own, 2, null)
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

    @Test
    void givenAnEngineThatLosesSomeCancellations_whenRun_thenTheBooksOfEachWidthSaySo() throws Exception {
        for (final BiConsumer<ManagedChannel, Tally> load : List.<BiConsumer<ManagedChannel, Tally>>of(
                (channel, own) -> new Streamed(lives(30), own, Client.again(own)).start(channel).forEach(client -> client.send(System.nanoTime())),
                (channel, own) -> new MessageBatches(channel, own, 0, 60, number -> new Life(network, number, 1), Client.again(own)).send(System.nanoTime()),
                (channel, own) -> new FrameBatches(channel, own, network, 0, 60, 1, false, Client.again(own)).send(System.nanoTime()))) {
            assertThat(runOnReal(LosingEngine::ofCancels, (channel, own) -> {
                load.accept(channel, own);
                awaitCancels(own);
            })).hasSize(2).anyMatch(difference -> difference.startsWith("appointments.CANCELLED: the books have ")).anyMatch(difference -> difference.startsWith("appointments.CONFIRMED: "));
        }
    }

    private List<Life> lives(final int many) {
        return IntStream.range(0, many).mapToObj(number -> new Life(network, number, 1)).toList();
    }

    /** Enough of them that one is lost. */
    private static void awaitCancels(final Tally own) {
        for (long waitedMs = 0; own.books().done(Lives.CANCEL) < 200 && !own.isStopping() && waitedMs < Enough.LONGEST_MS; waitedMs += 5) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void givenTheRealEngine_whenAskedForAvailability_thenItTellsWhatTheSearchInProcessFinds() throws Exception {
        try (RealEdge server = new RealEdge(folder.resolve("data"), sixtyDays)) {
            final Tally lives = new Tally();
            run(server.grpcPort(), lives, (channel, own) -> new MessageBatches(channel, own, 0, 50, number -> new Life(sixtyDays, number, 1), Client.again(own)).send(System.nanoTime()));
            final Starts told = GrpcReads.counted(server.grpcPort(), 2, server.engine().status().appliedPosition());
            final Starts starts = Starts.in(server.engine(), 2);

            assertThat(starts.differencesOf(told)).isEmpty();
            assertThat(starts.at(0)).hasSize(Starts.DATES);
            run(server.grpcPort(), new Tally(), (channel, own) -> new CountStarts(channel, own, 2, 0, starts, Client.again(own)).send(System.nanoTime()));
        }
    }

    @Test
    void givenAnAnswerOfOtherStartsThanTheSearchInProcessFinds_whenAsked_thenTheRunFailsWithBoth() throws Exception {
        final int[] others = new int[Starts.DATES];
        Arrays.fill(others, 13);
        others[7] = 12;
        try (RealEdge server = new RealEdge(folder.resolve("data"), sixtyDays)) {
            final Starts wrong = new Starts(List.of(others, others));
            final Tally own = new Tally();
            assertThatThrownBy(() -> run(server.grpcPort(), own, (channel, tally) -> new CountStarts(channel, tally, 2, 0, wrong, Client.again(tally)).send(System.nanoTime())))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("desk 1, date 8 of 60: 13 starts were told, the search in process has 12");
        }
    }
}
