package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mawid.engine.testkit.Answered;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.Result;

/** Who waits is in a public order, an offer is theirs alone, and given-back room is nobody else's before its time: of the rules themselves, as the twin follows them. */
class WaitingPropertyTest {
    private static final int SEEDS = Integer.getInteger("seeds", 12);
    private static final int COMMANDS = 3_000;
    private static final int NO_MONEY = 5;
    private static final int LOOKED_EVERY = 41;
    private static final int DAYS_SURELY_KEPT = 10;

    private final Map<String, Integer> seen = new TreeMap<>();
    private final Map<Result, Integer> answers = new EnumMap<>(Result.class);

    @Test
    void givenSeededTraffic_whenRoomIsGivenBack_thenItCoolsForThoseWhoWaitInTheirOrder() {
        for (long seed = Seeds.FIRST + 1_200; seed < Seeds.FIRST + 1_200 + SEEDS; seed++) {
            run(seed);
        }
        assertThat(seen).as("what happened, and how often").containsKeys("cooling", "cooling DUE", "cooling OFFERED", "cools on", "cooling REPLACED", "cooling CLOSED", "cooling answered", "cooling over together", "secret abandoned",
                "search beside a look", "came for who was searched for", "came for who was not searched for", "look goes on in the next Tick", "passed over, and due",
                "too soon to cool", "staged and so not cooling", "joined for room", "joined for an earlier time", "offer of room", "earlier offer", "earlier offer taken",
                "earlier offer given back", "not earlier", "rested", "offer taken back by a walk-in", "fewer lines wait", "WaitingEnded LEFT", "WaitingEnded VISIT_OVER",
                "WaitingEnded DATES_OVER", "WaitingEnded ACCEPTED", "WaitingEnded DECLINED", "WaitingEnded NOT_ANSWERED", "WaitingEnded BOOKED_OTHERWISE");
        assertThat(answers).as("answers, and how often").containsKeys(Result.WAITER_UNKNOWN, Result.ALREADY_WAITING, Result.WAITLIST_FULL, Result.DATES_INVALID,
                Result.COOLING_UNKNOWN, Result.ERA_UNKNOWN, Result.ERA_IN_FORCE, Result.SECRET_DOES_NOT_MATCH);
    }

    private void run(final long seed) {
        final NaiveEngine twin = new NaiveEngine();
        final Answered.Teller teller = new Answered.Teller(twin::apply);
        final CommandGenerator generator = new CommandGenerator(seed, twin, Long.MAX_VALUE / 2, NO_MONEY, 200, 210, 220, 230, 240, 250, 260, 2_000, 2_050);
        final EventBook book = new EventBook();
        for (int position = 1; position <= COMMANDS; position++) {
            final Entry entry = generator.next();
            final Answered answer = teller.tell(position, entry.nowMs(), entry.flags(), entry.command());
            answers.merge(answer.result(), 1, Integer::sum);
            try {
                book.forgetBefore(Math.toIntExact(Math.floorDiv(entry.nowMs(), Model.DAY_MS)) - DAYS_SURELY_KEPT);
                book.read(answer.events());
                book.checkBetweenPositions();
                waiters(twin.model());
                assertThat(twin.model().displacement.seen).as("nobody is offered what somebody before them in line could have").doesNotContainKey("OVERTAKEN");
                cooling(twin.model());
                if (position % LOOKED_EVERY == 0) {
                    assertThat(twin.overlooked()).as("who waits although there is room").isEmpty();
                }
            } catch (final AssertionError broken) {
                throw new AssertionError("seed " + seed + ", position " + position + ": " + entry.words() + "\nanswered " + answer
                        + "\nagain: " + Seeds.again(WaitingPropertyTest.class, seed - 1_200, COMMANDS) + " -Dseeds=1", broken);
            }
        }
        book.checkCalendar();
        twin.model().displacement.seen.forEach((what, count) -> seen.merge(what, count, Integer::sum));
    }

    private static void waiters(final Model model) {
        for (final NaiveQueue queue : model.displacement.queues.values()) {
            for (int i = 1; i < queue.waiters.size(); i++) {
                final DisplacementModel.Waiter before = queue.waiters.get(i - 1);
                final DisplacementModel.Waiter after = queue.waiters.get(i);
                assertThat(before.isDisplaced() || !after.isDisplaced()).as("who lost a visit comes before who joined").isTrue();
                assertThat(after.isDisplaced() || before.isDisplaced() || before.id < after.id && before.sinceMs <= after.sinceMs).as("who joined first is first").isTrue();
            }
        }
        for (final DisplacementModel.Waiter waiter : model.displacement.waiters.values()) {
            if (waiter.wantsEarlier()) {
                assertThat(waiter.lost.state).as("an appointment that is to be earlier").isEqualTo(AppointmentState.CONFIRMED);
                assertThat(NaiveApplications.linesOf(waiter.application(), waiter.lines)).as("its lines").allMatch(line -> line.appointmentId == waiter.lost.id);
                assertThat(waiter.offer == null || waiter.offer.visit.startMs() < waiter.lost.visit.startMs()).as("what is offered is earlier").isTrue();
            }
            assertThat(waiter.offer == null || waiter.isDisplaced() || waiter.offer.deadlineMs <= waiter.offer.visit.startMs()).as("no offer lives beyond its start").isTrue();
        }
    }

    private static void cooling(final Model model) {
        for (final CoolingModel.Run run : model.cooling.runs.values()) {
            final Model.Day day = model.days.get(run.key);
            assertThat(day.staged).as("what cools has no staged day").isNull();
            assertThat(run.dueMs).as("no longer than its most").isLessThanOrEqualTo(run.sinceMs + run.maxMs);
            assertThat(run.dueMs).as("nor than its visit would begin").isLessThanOrEqualTo(day.live.startMs + (run.from + run.units) * Model.UNIT_MS);
            for (int unit = run.from; unit < run.from + run.units; unit++) {
                assertThat(day.held[unit]).as("what cools is held").isGreaterThanOrEqualTo(run.places);
                assertThat(day.taken(unit)).as("and never above capacity").isLessThanOrEqualTo(day.open(day.live, unit));
            }
        }
    }
}
