package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.ring.OwnWork;

/** How long somebody waits for the core, by a clock that the test owns. */
@Timeout(30)
class PatienceTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long ALL = TimeUnit.SECONDS.toNanos(Patience.SECONDS);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // such a clock may pass its end
    private final Ring ring = new Ring();
    private final Patience patience = new Patience(ring, nanos::get);
    private long tries;

    /** Only whether it runs is asked. */
    private static final class Ring implements OwnWork {
        private boolean running = true;

        @Override
        public boolean ask(final CoreQuery query) {
            throw new AssertionError();
        }

        @Override
        public boolean offer(final CommandSource source, final Reply reply) {
            throw new AssertionError();
        }

        @Override
        public int ringDepth() {
            throw new AssertionError();
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    /** @param placeAt the try that finds a place @param takesNanos each try, or whoever waits for its answer */
    private boolean asks(final Consumer<String> answer, final String said, final long placeAt, final long takesNanos) {
        nanos.addAndGet(takesNanos);
        if (++tries < placeAt) {
            return false;
        }
        if (said != null) {
            answer.accept(said);
        }
        return true;
    }

    @Test
    void givenNoPlaceAtFirst_whenOneBecomesFree_thenItIsAskedOnceMoreAndAnswered() throws Exception {
        assertThat(patience.<String>answer(answer -> asks(answer, "yes", 4, 1))).isEqualTo("yes");
        assertThat(tries).isEqualTo(4);
    }

    @Test
    void givenAnAnswerFromAnotherThread_whenItComesLater_thenItIsWaitedFor() throws Exception {
        assertThat(patience.<String>answer(answer -> {
            final Thread core = new Thread(() -> asks(answer, "later", 1, 0));
            core.setDaemon(true);
            core.start();
            return true;
        })).isEqualTo("later");
    }

    @Test
    void givenNeverAPlace_whenTheTimeIsOver_thenNoAnswer() throws Exception {
        assertThat(patience.<String>answer(answer -> asks(answer, "yes", NEVER, ALL / 4))).isNull();
        assertThat(tries).as("at the very end too").isEqualTo(5);
    }

    @Test
    void givenNoPlace_whenTheEngineStops_thenNoAnswerIsWaitedFor() throws Exception {
        ring.running = false;
        assertThat(patience.<String>answer(answer -> asks(answer, "yes", 2, 0))).isNull();
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void givenAPlaceAndNoAnswer_whenTheTimeIsOver_thenNull() throws Exception {
        assertThat(patience.<String>answer(answer -> asks(answer, null, 1, ALL))).isNull();
    }

    @Test
    void givenOneForSeveralQuestions_whenTheFirstTakesItAll_thenTheNextIsTriedOnceAndWaitsNoMore() throws Exception {
        assertThat(patience.<String>answer(answer -> asks(answer, "one", 1, ALL + 1))).as("it is there").isEqualTo("one");
        assertThat(patience.<String>answer(answer -> asks(answer, "two", 3, 0))).isNull();
        assertThat(tries).isEqualTo(2);
    }

    @Test
    void givenAStopOfTheOneWhoWaits_thenItIsToldAtOnce() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> patience.answer(answer -> true)).isInstanceOf(InterruptedException.class);
    }
}
