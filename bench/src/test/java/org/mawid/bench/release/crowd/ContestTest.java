package org.mawid.bench.release.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.bench.release.Grounds;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.loop.Figures;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.bench.release.wire.Wire;
import org.mawid.grpc.Result;

/** Five who want one slot with two places, of a server that answers as it is told to. */
class ContestTest {
    private static final int TAKERS = 5;
    private static final int PLACES = 2;
    private static final long LONGEST_NS = 30 * Loop.SECOND_NS;

    private final Ground ground = Grounds.of(PLACES);
    private final Books books = new Books(ground);
    private final Figures figures = new Figures(System.nanoTime(), 1);
    private final Loop loop = new Loop(System.nanoTime(), figures, figures, null, 7);
    private final Contest contest = new Contest(new Scene(loop, ground, books, null, 0),
            IntStream.range(0, TAKERS).mapToObj(number -> Grounds.applicant(ground, number)).toList(), new Start(1, Grounds.DATE, 0), PLACES);
    private int holds;

    /** Until it is over, or so many have no answer and all others have theirs. */
    private void run(final int silent, final Consumer<Exchange> server) throws InterruptedException {
        final Wire wire = new Wire() {
            @Override
            public void send(final Exchange exchange) {
                holds += exchange.kind() == Kind.HOLD ? 1 : 0;
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
        loop.at(System.nanoTime(), contest::begin);
        assertThat(loop.run(System.nanoTime() + LONGEST_NS, () -> contest.isOver() || holds == TAKERS && loop.openCount() == silent)).isTrue();
        contest.end();
    }

    /** The first so many win, who confirm are answered when {@code confirms}, and of the others so many are told nothing. */
    private Consumer<Exchange> server(final int winners, final boolean confirms, final int silent) {
        return exchange -> {
            if (exchange.kind() == Kind.CONFIRM) {
                if (confirms) {
                    exchange.made("appointment-" + exchange.hold(), 0, 1, 1);
                }
            } else if (holds <= winners) {
                exchange.made("hold-" + holds, 1_000, 1, 0);
            } else if (holds <= TAKERS - silent) {
                exchange.answer(Result.HELD_BY_OTHER, 0);
            }
        };
    }

    @Test
    void givenAsManyWinnersAsPlaces_whenAllConfirmed_thenItIsOverAndRight() throws InterruptedException {
        run(0, server(PLACES, true, 0));

        assertThat(contest.isOver()).isTrue();
        assertThat(contest.isRight()).isTrue();
        assertThat(contest.inWords()).isEqualTo("2 of 5 won a slot with 2 places, and 2 confirmed it");
        assertThat(contest.json().getJsonObject("refused").getMap()).isEqualTo(Map.of("HELD_BY_OTHER", 3L));
        assertThat(contest.json().getInteger("notAnswered")).isZero();
        assertThat(books.confirmed()).isEqualTo(PLACES);
    }

    @Test
    void givenTakersWithoutAnAnswer_whenLookedAt_thenItIsNeitherOverNorWrong_andSaysHowManyItIs() throws InterruptedException {
        run(2, server(1, true, 2));

        assertThat(contest.isOver()).isFalse();
        assertThat(contest.isRight()).as("what was answered can be").isTrue();
        assertThat(contest.notAnsweredInWords()).isEqualTo("2 of 5 takers of a slot with 2 places had no answer within 20 s");
        assertThat(contest.json().getInteger("notAnswered")).isEqualTo(2);
    }

    @Test
    void givenConfirmationsWithoutAnAnswer_whenLookedAt_thenItIsNotOver() throws InterruptedException {
        run(PLACES, server(PLACES, false, 0));

        assertThat(contest.isOver()).isFalse();
        assertThat(contest.isRight()).isTrue();
        assertThat(contest.notAnsweredInWords()).isEqualTo("0 of 5 takers of a slot with 2 places had no answer within 20 s, nor had 2 who confirmed it");
    }

    @Test
    void givenMoreWinnersThanPlaces_whenLookedAt_thenItIsWrong_alsoBeforeItIsOver() throws InterruptedException {
        run(1, server(PLACES + 1, true, 1));

        assertThat(contest.isOver()).isFalse();
        assertThat(contest.isRight()).isFalse();
        assertThat(contest.inWords()).isEqualTo("3 of 5 won a slot with 2 places, and 3 confirmed it");
        assertThat(books.oversold()).isPositive();
    }

    @Test
    void givenFewerWinnersThanPlaces_whenAllAreAnswered_thenItIsWrong() throws InterruptedException {
        run(0, server(1, true, 0));

        assertThat(contest.isOver()).isTrue();
        assertThat(contest.isRight()).isFalse();
    }

    @Test
    void givenAServerWithoutRoomForACommand_whenAsked_thenItIsAskedAgainAndNobodyHasLost() throws InterruptedException {
        final boolean[] wasFull = new boolean[1];
        final Consumer<Exchange> server = server(PLACES, true, 0);
        run(0, exchange -> {
            if (!wasFull[0]) {
                wasFull[0] = true;
                holds--;
                exchange.answer(Result.UNAVAILABLE, 0);
            } else {
                server.accept(exchange);
            }
        });

        assertThat(contest.isRight()).isTrue();
        assertThat(contest.json().getJsonObject("refused").fieldNames()).containsExactly("HELD_BY_OTHER");
    }
}
