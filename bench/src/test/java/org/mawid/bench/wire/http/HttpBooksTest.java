package org.mawid.bench.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.LifeAudit;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.LosingEngine;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Starts;
import org.mawid.bench.wire.loop.Enough;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.bench.wire.server.RealEdge;
import org.mawid.engine.Engine;

/** What the real engine says over HTTP, held against what it has. */
class HttpBooksTest {
    private static final int CONNECTIONS = 6;

    private final ModelNetwork network = new ModelNetwork(3, Starts.DATES, 16, 255);
    /** Where whatever is taken is missed. */
    private final ModelNetwork ofOne = new ModelNetwork(3, Starts.DATES, 16, 1);
    private final Tally tally = new Tally();

    @TempDir
    private Path folder;

    private void run(final RealEdge server, final Tally own, final IntFunction<HttpTalk> talks, final long cancels) throws Exception {
        own.measure(true);
        try (HttpLoad load = HttpLoad.closed(server.httpPort(), CONNECTIONS, talks, own)) {
            Enough.await(own);
            for (long waitedMs = 0; own.books().done(Lives.CANCEL) < cancels && !own.isStopping() && waitedMs < Enough.LONGEST_MS; waitedMs += 5) {
                Thread.sleep(5);
            }
            own.stop();
            own.books().awaitAnswers(10_000_000_000L);
        }
        own.requireNoFailure();
    }

    /** @return what differs */
    private List<String> lives(final UnaryOperator<Engine> around) throws Exception {
        try (RealEdge server = new RealEdge(folder.resolve("data"), network, around)) {
            run(server, tally, connection -> HttpTalk.life(new Life(network, network.spread(connection), 7), tally.books()), 120);
        }
        assertThat(tally.books().notKnown()).as("what is on its way when a load ends is waited for").isZero();
        return LifeAudit.of(folder.resolve("data"), tally.books(), new Output()).differences();
    }

    @Test
    void givenTheRealEngine_whenLivesEnd_thenItHasWhatWasAnswered() throws Exception {
        assertThat(lives(engine -> engine)).isEmpty();
    }

    @Test
    void givenAnEngineThatLosesSomeCancellations_whenLivesEnd_thenTheBooksSaySo() throws Exception {
        assertThat(lives(LosingEngine::ofCancels)).hasSize(2).anyMatch(difference -> difference.startsWith("appointments.CANCELLED: the books have "));
    }

    @Test
    void givenTheRealEngine_whenAskedForAvailability_thenItTellsWhatTheSearchInProcessFinds() throws Exception {
        try (RealEdge server = new RealEdge(folder.resolve("data"), ofOne)) {
            run(server, tally, connection -> HttpTalk.life(new Life(ofOne, ofOne.spread(connection), 7), tally.books()), 0);
            server.engine().readModel().availability().awaitPosition(server.engine().status().appliedPosition(), 10_000);
            final Starts starts = Starts.in(server.engine(), 3);

            run(server, new Tally(), connection -> HttpTalk.availability(3, connection, starts), 0);
        }
    }

    @Test
    void givenAnAnswerOfOtherStartsThanTheSearchInProcessFinds_whenAsked_thenTheRunFailsWithBoth() throws Exception {
        final int[] others = new int[Starts.DATES];
        Arrays.fill(others, 13);
        others[59] = 14;
        final Starts wrong = new Starts(List.of(others, others, others));
        try (RealEdge server = new RealEdge(folder.resolve("data"), network)) {
            assertThatThrownBy(() -> run(server, tally, connection -> HttpTalk.availability(3, 0, wrong), 0)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("desk 1, date 60 of 60: 13 starts were told, the search in process has 14");
        }
    }
}
