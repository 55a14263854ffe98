package org.mawid.bench.release.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Visit;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.bench.release.wire.Found;
import org.mawid.bench.release.wire.Search;
import org.mawid.bench.release.wire.Wire;
import org.mawid.grpc.Result;

/** Reads, one a millisecond, of a server that answers, refuses the connection or is silent; and commands whose answers are lost. */
class LoopTest {
    private static final long MS = 1_000_000L;
    private static final long GONE_NS = 50 * MS;
    private static final Ground.Service SERVICE = new Ground.Service(1, "PASSPORT", 10, false, 0, 1);
    private static final long LONGEST_NS = 60 * Loop.SECOND_NS;

    private final Figures figures = new Figures(System.nanoTime(), 1);
    private final Loop loop = new Loop(System.nanoTime(), figures, figures, null, 7, GONE_NS);
    private int sent;

    private void read(final Consumer<Exchange> server) {
        serve(server);
        readAgainAndAgain();
    }

    private void serve(final Consumer<Exchange> server) {
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

    /** The answer was lost, and the server is starting again: the first one may have been done. */
    @ParameterizedTest
    @EnumSource(value = Result.class, names = {"UNAVAILABLE", "STORAGE_FULL", "DEADLINE_EXCEEDED"})
    void givenACommandThatMayHaveBeenDone_whenItsRepetitionIsNotAdmitted_thenItIsStillUnknownAndSentAgain(final Result notAdmitted) throws InterruptedException {
        final Set<Long> ids = new HashSet<>();
        serve(exchange -> {
            ids.add(exchange.idLow());
            if (sent < 3) {
                exchange.answer(sent == 1 ? Result.PENDING : notAdmitted, 0);
            } else {
                exchange.made("hold", 0, 0, 0);
            }
        });
        final List<Result> heard = new ArrayList<>();
        hold(heard);

        assertThat(loop.run(System.nanoTime() + LONGEST_NS, () -> !heard.isEmpty())).isTrue();
        assertThat(heard).containsExactly(Result.OK);
        assertThat(sent).isEqualTo(3);
        assertThat(ids).as("the same request").hasSize(1);
    }

    @Test
    void givenACommandThatWasNotAdmitted_whenItIsTheFirst_thenThatIsItsAnswer() throws InterruptedException {
        serve(exchange -> exchange.answer(Result.UNAVAILABLE, 0));
        final List<Result> heard = new ArrayList<>();
        hold(heard);

        assertThat(loop.run(System.nanoTime() + LONGEST_NS, () -> !heard.isEmpty())).isTrue();
        assertThat(heard).containsExactly(Result.UNAVAILABLE);
        assertThat(sent).isEqualTo(1);
    }

    private void hold(final List<Result> heard) {
        final Ground.Desk desk = new Ground.Desk(1, new Ground.Post(1, "POST", 1), new ArrayList<>());
        final Applicant applicant = new Applicant("applicant", new long[] {7}, List.of(new Applicant.Line(0, SERVICE, desk)), false);
        loop.send(Exchange.hold(applicant, new Visit(20_000, List.of(new Visit.Leg(1, 7, 1, 0, 2, 0))), false, System.nanoTime(), exchange -> heard.add(exchange.result())));
    }
}
