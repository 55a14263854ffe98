package org.mawid.bench.release.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.bench.release.wire.Found;
import org.mawid.bench.release.wire.Search;
import org.mawid.bench.release.wire.Wire;

/** Reads, one a millisecond, of a server that answers, refuses the connection or is silent. */
class LoopTest {
    private static final long MS = 1_000_000L;
    private static final long GONE_NS = 50 * MS;
    private static final long LONGEST_NS = 60 * Loop.SECOND_NS;

    private final Figures figures = new Figures(System.nanoTime(), 1);
    private final Loop loop = new Loop(System.nanoTime(), figures, figures, null, 7, GONE_NS);
    private int sent;

    private void read(final Consumer<Exchange> server) {
        final Wire wire = new Wire() {
            @Override
            public void send(final Exchange exchange) {
                sent++;
                server.accept(exchange);
                if (exchange.completeNs() != 0) {
                    loop.answered(exchange);
                }
            }

            @Override
            public void pulse(final Runnable answer) {
                answer.run();
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        loop.wires(wire, wire);
        readAgainAndAgain();
    }

    private void readAgainAndAgain() {
        loop.at(System.nanoTime() + MS, dueNs -> {
            loop.send(Exchange.read(Kind.COUNTS, "onlooker", sent, new Search(1, new int[] {1}, 20_000, 1), false, dueNs, Actor.NOBODY));
            readAgainAndAgain();
        });
    }

    private static void fail(final Exchange exchange) {
        exchange.answer(null, 0);
    }

    @Test
    void givenAServerThatIsGone_whenNothingButFailuresCome_thenItEndsAndSaysSo() {
        read(LoopTest::fail);

        assertThatThrownBy(() -> loop.run(System.nanoTime() + LONGEST_NS, () -> false)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the server is gone: for 0.05 s nothing was answered, and ");
    }

    @Test
    void givenAServerThatStandsStill_whenNothingComes_thenItIsWaitedFor() throws InterruptedException {
        read(exchange -> { });
        final long untilNs = System.nanoTime() + 4 * GONE_NS;

        assertThat(loop.run(untilNs, () -> false)).as("until its time was over").isFalse();
        assertThat(loop.openCount()).isEqualTo(sent).isPositive();
    }

    @Test
    void givenFailuresAmongAnswers_whenTheyCome_thenTheServerIsThere() throws InterruptedException {
        read(exchange -> {
            if (sent % 2 == 0) {
                fail(exchange);
            } else {
                exchange.found(Found.NOTHING, false);
            }
        });
        final long fromNs = System.nanoTime();

        assertThat(loop.run(fromNs + LONGEST_NS, () -> sent >= 10 && System.nanoTime() - fromNs > 4 * GONE_NS)).isTrue();
        assertThat(figures.refused(Kind.COUNTS, "NO_ANSWER")).isPositive();
    }
}
