package org.mawid.bench.release.books;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mawid.bench.release.Grounds;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.grpc.Result;

/** The books find out a server that gives more than it has. */
class BooksTest {
    private static final long LATER_MS = 1_000_000;

    private final Ground ground = Grounds.of(1);
    private final Books books = new Books(ground);
    private final Applicant one = Grounds.applicant(ground, 1);
    private final Applicant other = Grounds.applicant(ground, 2);

    @Test
    void givenAPlaceThatIsHeld_whenAnotherIsGivenIt_thenItIsOversold() {
        books.held(Grounds.held(one, 4, "A", LATER_MS, 10), 0);
        assertThat(books.wrong()).isEmpty();

        books.held(Grounds.held(other, 5, "B", LATER_MS, 11), 0);

        assertThat(books.wrong()).singleElement().asString().contains("oversold", "unit 5");
    }

    @Test
    void givenAPlaceThatIsConfirmed_whenAnotherIsGivenIt_thenItIsOversold() {
        books.held(Grounds.held(one, 4, "A", 20, 10), 0);
        books.confirmed(Grounds.confirmed(one, "A", "X"));

        books.held(Grounds.held(other, 3, "B", LATER_MS, 5_000), 0);

        assertThat(books.wrong()).singleElement().asString().contains("oversold");
        assertThat(books.confirmed()).isEqualTo(1);
        assertThat(books.stamps()).isEqualTo(1);
    }

    @Test
    void givenAPlaceThatIsBeingGivenBack_whenAnotherIsGivenIt_thenAllIsWell() {
        books.held(Grounds.held(one, 4, "A", LATER_MS, 10), 0);

        books.givingBack("A");
        books.held(Grounds.held(other, 4, "B", LATER_MS, 11), 0);
        books.ended("A");

        assertThat(books.wrong()).isEmpty();
        assertThat(books.live()).isEqualTo(1);
        assertThat(ground.day(1, Grounds.DATE).left(4)).isZero();
    }

    @Test
    void givenAHoldWhoseTimeIsOver_whenAnotherIsGivenItsPlace_thenAllIsWell() {
        books.held(Grounds.held(one, 4, "A", 500, 10), 0);

        books.held(Grounds.held(other, 4, "B", LATER_MS, 500), 0);

        assertThat(books.wrong()).isEmpty();
    }

    @Test
    void givenADayThatIsNotReleased_whenItIsHeld_thenItIsTold() {
        books.held(Grounds.held(one, 4, "A", LATER_MS, 99), 100);

        assertThat(books.wrong()).singleElement().asString().contains("before its release");
    }

    @Test
    void givenASpentBudget_whenItsPersonIsGivenAHoldBeforeTheInstantThatWasNamed_thenItIsTold() {
        final Exchange refused = Grounds.asked(one, 4);
        refused.answer(Result.HOLD_BUDGET_SPENT, 100);
        books.budgetSpent(refused);

        books.held(Grounds.held(other, 4, "A", LATER_MS, 99), 0);
        books.held(Grounds.held(one, 8, "B", LATER_MS, 100), 0);
        assertThat(books.wrong()).as("another person, and then when it comes back").isEmpty();

        books.held(Grounds.held(one, 12, "C", LATER_MS, 99), 0);
        assertThat(books.wrong()).singleElement().asString().contains("1 ms before its person's budget allowed it");
    }

    @Test
    void givenAHold_whenItIsGivenTwiceOrConfirmedTwice_thenItIsTold() {
        books.held(Grounds.held(one, 4, "A", LATER_MS, 10), 0);
        books.held(Grounds.held(other, 8, "A", LATER_MS, 10), 0);
        books.confirmed(Grounds.confirmed(one, "A", "X"));
        books.confirmed(Grounds.confirmed(one, "A", "Y"));

        assertThat(books.wrong()).hasSize(2);
    }
}
