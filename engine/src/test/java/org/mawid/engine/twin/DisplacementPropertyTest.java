package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mawid.engine.testkit.Answered;
import org.mawid.sbe.Result;
import org.mawid.sbe.WaiterState;

/** Who loses a visit by a closure waits until there is another one or there is nothing to wait for: of the rules themselves, as the twin follows them. */
class DisplacementPropertyTest {
    private static final int SEEDS = Integer.getInteger("seeds", 12);
    private static final int COMMANDS = 3_000;
    private static final long SWITCH_AT = 200;
    private static final long MONEY_AT = 210;
    private static final long RETURNS_AT = 220;
    private static final long CLOSURES_AT = 230;
    private static final long HALL_AT = 630;
    private static final long WAITLIST_AT = 640;
    private static final long RECORDS_AT = 740;
    private static final long REVIEWS_AT = 840;
    private static final long NEWEST_AT = 940;
    private static final int NO_MONEY = 5;
    private static final int DAYS_SURELY_KEPT = 10;

    private final Map<String, Integer> seen = new TreeMap<>();
    private final Map<Result, Integer> answers = new TreeMap<>();

    @Test
    void givenSeededTraffic_whenDaysCloseAndReopen_thenNobodyStaysOnAClosedUnitAndEverybodyIsOfferedAnotherOrWaitsInOrder() {
        for (long seed = Seeds.FIRST + 800; seed < Seeds.FIRST + 800 + SEEDS; seed++) {
            run(seed);
        }
        assertThat(seen).as("what happened, and how often").containsKeys("WaitingEnded ACCEPTED", "WaitingEnded DECLINED", "WaitingEnded NOT_ANSWERED",
                "WaitingEnded BOOKED_OTHERWISE", "WaitingEnded LINES_ENDED", "abandoned change", "another offer", "closed units", "displaced enough",
                "displaced in pass 1", "displaced in pass 2", "fewer lines wait", "hold released", "offer", "offer at another post",
                "offer displaced", "priority goes first", "search goes on in the next Tick");
        assertThat(answers).as("answers, and how often").containsKeys(Result.CLOSURE_UNKNOWN, Result.CLOSED_BY_CLOSURE, Result.NOT_AN_OFFER);
    }

    private void run(final long seed) {
        final NaiveEngine twin = new NaiveEngine();
        final Answered.Teller teller = new Answered.Teller(twin::apply);
        final CommandGenerator generator = new CommandGenerator(seed, twin, Long.MAX_VALUE / 2, NO_MONEY, SWITCH_AT, MONEY_AT, RETURNS_AT, CLOSURES_AT, HALL_AT, WAITLIST_AT, RECORDS_AT, REVIEWS_AT, NEWEST_AT);
        final EventBook book = new EventBook();
        for (int position = 1; position <= COMMANDS; position++) {
            final Entry entry = generator.next();
            final Answered answer = teller.tell(position, entry.nowMs(), entry.flags(), entry.command());
            answers.merge(answer.result(), 1, Integer::sum);
            try {
                book.forgetBefore(Math.toIntExact(Math.floorDiv(entry.nowMs(), Model.DAY_MS)) - DAYS_SURELY_KEPT);
                book.read(answer.events());
                book.checkBetweenPositions();
                check(twin.model());
            } catch (final AssertionError broken) {
                throw new AssertionError("seed " + seed + ", position " + position + ": " + entry.words() + "\nanswered " + answer
                        + "\nagain: " + Seeds.again(DisplacementPropertyTest.class, seed - 800, COMMANDS) + " -Dseeds=1", broken);
            }
        }
        book.checkCalendar();
        twin.model().displacement.seen.forEach((what, count) -> seen.merge(what, count, Integer::sum));
    }

    private static void check(final Model model) {
        for (final DisplacementModel.Waiter waiter : model.displacement.waiters.values()) {
            assertThat(waiter.lines).as("lines of waiter %d", waiter.id).isNotZero();
            assertThat(waiter.state == WaiterState.OFFERED).as("offer of waiter %d", waiter.id).isEqualTo(waiter.offer != null);
            if (waiter.offer != null) {
                assertThat(model.holds.get(waiter.offer.id)).as("the offer of waiter %d lives", waiter.id).isSameAs(waiter.offer);
                assertThat(waiter.offer.visit.lines()).as("lines of the offer").isEqualTo(waiter.lines);
            }
            for (final Model.Line line : NaiveApplications.linesOf(waiter.application(), waiter.lines)) {
                assertThat(line.isOpen()).as("waiter %d waits with lines that are open", waiter.id).isTrue();
                assertThat(line.appointmentId).as("waiter %d has no appointment but the one that is to be earlier", waiter.id)
                        .isEqualTo(waiter.wantsEarlier() ? waiter.lost.id : 0);
            }
            assertThat(model.displacement.queues.get(waiter.post.id).waiters).contains(waiter);
        }
        int queued = 0;
        for (final NaiveQueue queue : model.displacement.queues.values()) {
            for (int i = 1; i < queue.waiters.size(); i++) {
                assertThat(queue.waiters.get(i - 1).isBefore(queue.waiters.get(i))).as("priority first, then who booked first").isTrue();
            }
            assertThat(queue.looking == null || queue.waiters.contains(queue.looking)).isTrue();
            queued += queue.waiters.size();
        }
        assertThat(queued).isEqualTo(model.displacement.waiters.size());
    }
}
