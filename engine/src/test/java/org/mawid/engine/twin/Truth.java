package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.testkit.Answered;

/**
 * What a simulation knows for certain: every position that was answered, as it was answered. The twin never crashes; it applies each
 * position when the engine has, and says what the answer should have been.
 */
final class Truth {
    private static final int DAYS_SURELY_KEPT = 10;
    private static final int LOOK_AT_EVERYTHING = 512;

    private final NaiveEngine twin = new NaiveEngine();
    private final Answered.Teller teller = new Answered.Teller(twin::apply);
    private final EventBook book = new EventBook();
    private final OneAnswer oneAnswer = new OneAnswer();
    private final NaiveSearch search;
    private final List<Position> positions = new ArrayList<>();
    private int looks;

    /** What happened at one position. */
    private record Position(byte[] command, Answered answer) {
    }

    /** @param seed of the questions about room */
    Truth(final long seed) {
        search = new NaiveSearch(twin.model(), seed);
    }

    NaiveEngine twin() {
        return twin;
    }

    int position() {
        return positions.size();
    }

    int repeated() {
        return oneAnswer.repeated();
    }

    /** The engine has answered the next position, or recovery found it behind all that was answered. */
    void happened(final byte[] command, final Answered actual) {
        final Answered expected = teller.tell(positions.size() + 1, actual.nowMs(), 0, command);
        assertThat(actual).as("the engine's answer, by the twin's").isEqualTo(expected);
        positions.add(new Position(command, actual));
        book.forgetBefore(Math.toIntExact(Math.floorDiv(actual.nowMs(), Model.DAY_MS)) - DAYS_SURELY_KEPT);
        book.read(actual.events());
        book.checkBetweenPositions();
        oneAnswer.check(command, actual);
        if (positions.size() % LOOK_AT_EVERYTHING == 0) {
            book.checkCalendar();
        }
    }

    /** A position that was answered is found as it was. */
    void isAsItWas(final int position, final byte[] command, final Answered replayed) {
        final Position known = positions.get(position - 1);
        assertThat(Arrays.equals(known.command, command)).as("the command of position %d", position).isTrue();
        assertThat(replayed).as("the answer of position %d, replayed", position).isEqualTo(known.answer);
    }

    /** A core that recovered stands where the twin stands. */
    void isStateOf(final EngineCore core) {
        core.check();
        book.checkCalendar();
        assertThat(core.position()).isEqualTo(position());
        assertThat(core.nextDueMs()).isEqualTo(twin.nextDueMs());
        assertThat(core.counts().byName()).isEqualTo(NaiveCounts.of(twin));
        assertThat(NaiveRecords.of(core)).isEqualTo(NaiveRecords.of(twin.model()));
    }

    /** Masks that have been told everything say where the twin has room. */
    void hasRoomAsSaidBy(final Availability masks) {
        search.isWhatIsSaidBy(masks);
        looks++;
    }

    /** How often room was looked for. */
    int looks() {
        return looks;
    }

    /** What a client is told who asks what became of its request. */
    void remembers(final EngineCore core, final Entry sent) {
        final long idHigh = sent.said().request().idHigh();
        final long idLow = sent.said().request().idLow();
        final Outcome expected = new Outcome();
        final Outcome actual = new Outcome();
        twin.outcomeOf(idHigh, idLow, expected);
        core.outcomeOf(idHigh, idLow, actual);
        assertThat(List.of(actual.result(), actual.number1(), actual.number2(), actual.number3(), actual.nowMs())).as("outcome of %s", sent.words())
                .isEqualTo(List.of(expected.result(), expected.number1(), expected.number2(), expected.number3(), expected.nowMs()));
    }
}
