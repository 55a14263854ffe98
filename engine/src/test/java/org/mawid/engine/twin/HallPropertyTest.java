package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mawid.engine.testkit.Answered;
import org.mawid.sbe.Result;

/** Whoever has come stands in one place and is called when nobody else is due before: of the rules themselves, as the twin follows them and the events tell. */
class HallPropertyTest {
    private static final int SEEDS = Integer.getInteger("seeds", 12);
    private static final int COMMANDS = 3_000;
    private static final long SWITCH_AT = 200;
    private static final long MONEY_AT = 210;
    private static final long RETURNS_AT = 220;
    private static final long CLOSURES_AT = 230;
    private static final long HALL_AT = 240;
    private static final long WAITLIST_AT = 250;
    private static final long RECORDS_AT = 350;
    private static final long REVIEWS_AT = 450;
    private static final long NEWEST_AT = 550;
    private static final int NO_MONEY = 5;

    private final Map<Result, Integer> answers = new TreeMap<>();
    private final Map<String, Integer> seen = new TreeMap<>();

    @Test
    void givenSeededTraffic_whenCountersCall_thenNobodyWhoIsDueBeforeIsPassedOverAndNobodyIsLost() {
        int called = 0;
        for (long seed = Seeds.FIRST + 900; seed < Seeds.FIRST + 900 + SEEDS; seed++) {
            called += run(seed);
        }
        assertThat(called).as("how many were called").isGreaterThan(15 * SEEDS);
        assertThat(answers).as("answers, and how often").containsKeys(Result.TICKET_UNKNOWN, Result.TICKET_STATE, Result.TICKETS_FULL, Result.QUEUE_EMPTY);
        assertThat(seen).as("what happened, and how often").containsKeys("APPOINTMENT", "LATE", "OVERFLOW", "PICK_UP", "URGENT", "ended SERVED", "ended NO_SHOW", "ended LEFT",
                "ended DAY_OVER");
    }

    private int run(final long seed) {
        final NaiveEngine twin = new NaiveEngine();
        final Answered.Teller teller = new Answered.Teller(twin::apply);
        final CommandGenerator generator = new CommandGenerator(seed, twin, Long.MAX_VALUE / 2, NO_MONEY, SWITCH_AT, MONEY_AT, RETURNS_AT, CLOSURES_AT, HALL_AT, WAITLIST_AT, RECORDS_AT, REVIEWS_AT, NEWEST_AT);
        final HallBook book = new HallBook();
        for (int position = 1; position <= COMMANDS; position++) {
            final Entry entry = generator.next();
            final Answered answer = teller.tell(position, entry.nowMs(), entry.flags(), entry.command());
            answers.merge(answer.result(), 1, Integer::sum);
            try {
                book.read(entry.how().isEmpty() ? entry.said() : null, answer);
                if (answer.events().length > 0) {
                    book.check();
                }
            } catch (final AssertionError broken) {
                throw new AssertionError("seed " + seed + ", position " + position + ": " + entry.words() + "\nanswered " + answer
                        + "\nagain: " + Seeds.again(HallPropertyTest.class, seed - 900, COMMANDS) + " -Dseeds=1", broken);
            }
        }
        twin.model().hall.seen.forEach((what, count) -> seen.merge(what, count, Integer::sum));
        return book.called;
    }
}
