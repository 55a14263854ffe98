package org.mawid.bench.peer.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.bench.wire.loop.Tally;

/** Clients with a thread each: what each is asked does not hang on whose thread comes first. */
class BlockingDriveTest {
    private static final int CLIENTS = 4;
    private static final int SEARCHES = 20;
    private static final int POSTS = 150;
    private static final long SEED = 42;

    private final Calendar calendar = new Calendar(POSTS, 1, 3, 8, 2);
    private final Tally tally = new Tally();
    private final List<List<String>> asked = new ArrayList<>();

    private Questions questions() {
        return new Questions(0, POSTS, new Taken(calendar), SEED);
    }

    /** Answers rightly, as nothing is taken, and ends the run when it has been asked often enough and everybody else too. */
    private final class Asked implements Line {
        private final List<String> own;
        private int failures;

        Asked(final List<String> own) {
            this.own = own;
        }

        @Override
        public void ask(final Steps steps) {
            if (failures-- > 0) {
                throw new IllegalStateException("no connection");
            }
            own.add(Arrays.toString(Arrays.copyOf(steps.idLow, steps.count())));
            Arrays.fill(steps.answer, 0, steps.count(), own.size());
        }

        @Override
        public long datesWith(final int post, final int units) {
            synchronized (asked) {
                own.add(post + "/" + units);
                if (asked.stream().allMatch(each -> each.size() >= SEARCHES)) {
                    tally.stop();
                }
            }
            return new Taken(calendar).datesWith(post, units);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private Asked line() {
        final List<String> own = Collections.synchronizedList(new ArrayList<>());
        asked.add(own);
        return new Asked(own);
    }

    private static List<String> expected(final Questions.Question question, final int count) {
        return IntStream.range(0, count).mapToObj(number -> {
            question.next();
            return question.post() + "/" + question.units();
        }).toList();
    }

    @Test
    void givenSearches_whenClientsStart_thenEachHasItsQuestionsInTheOrderOfTheClients_whoeverRunsFirst() throws Exception {
        try (BlockingDrive drive = new BlockingDrive("peer", IntStream.range(0, CLIENTS).mapToObj(client -> line()).toList())) {
            final Questions questions = questions();
            final Questions.Question next;
            synchronized (questions) { // a client's thread that took its own would wait here, and come after this one
                drive.search(questions, tally);
                next = questions.another();
            }
            drive.await();
            tally.requireNoFailure();

            final Questions same = questions();
            for (final List<String> own : asked) {
                assertThat(own).hasSizeGreaterThanOrEqualTo(SEARCHES).isEqualTo(expected(same.another(), own.size()));
            }
            assertThat(expected(next, SEARCHES)).as("the fifth client's").isEqualTo(expected(same.another(), SEARCHES));
            assertThat(asked).doesNotHaveDuplicates();
        }
    }

    @Test
    void givenACallWithoutAnAnswer_whenAskedAgain_thenTheStepsAreTheSame_andTheThirdFailureEndsIt() throws Exception {
        tally.measure(true);
        final Asked line = line();
        line.failures = 2;
        try (BlockingDrive drive = new BlockingDrive("peer", List.of(line))) {
            drive.start(List.of(books()), Books::nextHold, 2, tally);
            drive.await();
            tally.requireNoFailure();
            assertThat(asked.get(0)).as("none is left out and none comes twice").containsExactly("[1, 2]", "[3, 4]");
            assertThat(tally.lost()).isEqualTo(4);
            assertThat(tally.count()).isEqualTo(4);

            line.failures = 3;
            drive.start(List.of(books()), Books::nextHold, 2, tally);
            drive.await();
            assertThatThrownBy(tally::requireNoFailure).hasMessageContaining("no connection");
        }
    }

    private Books books() {
        return new Books(calendar, Ground.spread(calendar, 2), Share.alone(0, 4), 1, 1);
    }
}
