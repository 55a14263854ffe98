package org.mawid.bench.peer.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mawid.bench.wire.loop.Tally;

/** What a client writes down, without any server. */
class BooksTest {
    private final Calendar calendar = new Calendar(2, 1, 3, 8, 2);
    private final Tally tally = new Tally();
    private final Steps steps = new Steps(10);

    private Books books(final int applications) {
        tally.measure(true);
        return new Books(calendar, Ground.spread(calendar, 2), Share.alone(0, applications), 1, 1);
    }

    private long sum(final Books books) {
        final Taken taken = new Taken(calendar);
        books.addTo(taken);
        return taken.sum();
    }

    @Test
    void givenHoldsThatAreDoneOrRefused_whenWrittenDown_thenOnlyWhatWasDoneIsTaken() {
        final Books books = books(40);
        assertThat(books.next(steps, 10)).isEqualTo(10);
        assertThat(steps.kind).containsOnly(Steps.HOLD);
        long places = 0;
        for (int i = 0; i < 10; i++) {
            steps.answer[i] = i < 6 ? 100 + i : i < 8 ? Steps.NO_ROOM : Steps.NOT_ADMITTED;
            places += i < 6 ? steps.units[i] : 0;
        }

        assertThat(books.take(steps, tally)).isEqualTo(6);

        assertThat(tally.refused()).isEqualTo(2);
        assertThat(tally.notAdmitted()).isEqualTo(2);
        assertThat(sum(books)).isEqualTo(places);
    }

    @Test
    void givenHoldsOfItsOwn_whenItGoesOn_thenTheOldestIsConfirmedFirst_andWhatIsGivenBackIsTakenNoMore() {
        final Books books = books(400);
        boolean confirmed = false;
        for (int call = 0; call < 30; call++) {
            books.next(steps, 10);
            for (int i = 0; i < steps.count(); i++) {
                if (!confirmed && steps.kind[i] == Steps.CONFIRM) {
                    confirmed = true;
                    assertThat(steps.visit[i]).isEqualTo(1);
                }
                steps.answer[i] = 1 + 10L * call + i;
            }
            books.take(steps, tally);
        }
        assertThat(confirmed).isTrue();
        assertThat(sum(books)).isPositive();

        while (books.nextBack(steps, 10) > 0) {
            Arrays.fill(steps.answer, 1);
            books.take(steps, tally);
        }
        assertThat(sum(books)).isZero();
    }

    @Test
    void givenAnAnswerThatThisWorkCannotGet_whenWrittenDown_thenItIsNamed() {
        final Books books = books(40);
        books.next(steps, 1);
        steps.answer[0] = Steps.ENDED;

        assertThatThrownBy(() -> books.take(steps, tally)).hasMessageContaining("ENDED");
    }

    @Test
    void givenAServerThatSaysOtherwise_whenHeldAgainstTheBooks_thenTheFirstDifferenceIsNamed() {
        final Taken books = new Taken(calendar);
        final Taken server = new Taken(calendar);
        books.add(4, 2, 3);
        server.add(4, 2, 2);
        assertThatThrownBy(() -> server.requireSameAs(books, "some server")).hasMessageContaining("some server").hasMessageContaining("0 of 2 places")
                .hasMessageContaining("post 1, date 1, slot 4");

        server.add(4, 4, 1);
        server.requireSameAs(books, "some server");
    }

    @Test
    void givenMoreTakersThanPlaces_whenBothSaySo_thenItIsRefusedAllTheSame() {
        final Taken both = new Taken(calendar);
        for (int i = 0; i < 3; i++) {
            both.add(0, 0, 1);
        }
        assertThatThrownBy(() -> both.requireSameAs(both, "some server")).hasMessageContaining("3 of 2 places");
    }

    @Test
    void givenHalfOfTheHotDayIsGivenAway_whenMoreIsWanted_thenEveryoneIsOnTheNextDay() {
        final Ground hot = Ground.hot(calendar);
        final SplittableRandom random = new SplittableRandom(1);
        assertThat(hot.day(random)).isEqualTo(6);
        hot.took(8 * 255 / 2);
        assertThat(hot.day(random)).isEqualTo(7);
        hot.took(8 * 255);
        assertThat(hot.isUsedUp()).isTrue();
        hot.clear();
        assertThat(hot.isUsedUp()).isFalse();
        assertThat(hot.day(random)).isEqualTo(6);
    }

    @Test
    void givenSlotsWithoutRoomBetween_whenARunIsSearched_thenOnlyDatesThatHaveItAreFound() {
        final Taken taken = new Taken(calendar);
        for (int twice = 0; twice < 2; twice++) {
            taken.add(0, 2, 1);
            taken.add(0, 5, 1);
        }
        assertThat(taken.datesWith(0, 2)).isEqualTo(0b111);
        assertThat(taken.datesWith(0, 3)).isEqualTo(0b110);
    }

    @Test
    void givenManyApplications_whenTheirSizesAreCounted_thenTheyAreOfTheMixThatIsAskedFor() {
        final int[] of = new int[5];
        double units = 0;
        for (int application = 0; application < 100_000; application++) {
            of[Applications.units(application)]++;
            units += Applications.units(application);
        }
        assertThat(of[1]).isBetween(49_000, 51_000);
        assertThat(of[2]).isBetween(29_000, 31_000);
        assertThat(of[3]).isBetween(14_500, 15_500);
        assertThat(of[4]).isBetween(4_500, 5_500);
        assertThat(units / 100_000).isBetween(Applications.meanUnits() - 0.02, Applications.meanUnits() + 0.02);
    }
}
