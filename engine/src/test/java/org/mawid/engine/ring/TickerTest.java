package org.mawid.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.FakeReadModel;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;

/** Ticks come when something is due, and at most 100 of them a second, whatever the clocks do. Real ring, journal and core; no time passes but by the test. */
class TickerTest {
    private static final long START_MS = 1_767_225_600_000L;
    private static final int EPOCH_DAY = (int) (START_MS / 86_400_000L) + 1;
    private static final long HOLD_TTL_MS = 600_000;
    private static final int HOLDS = 240;
    private static final int DESK = 11;
    private static final int MOST_A_SECOND = 100;

    private final AtomicLong clockMs = new AtomicLong(START_MS);
    private final List<Long> tickedAtNanos = new ArrayList<>();
    private final CommandWriter writer = new CommandWriter();
    private final EngineCore core = new EngineCore();
    private Journal journal;
    private SteppedPipeline pipeline;
    private long requests;
    private long nanos;
    private long restNanos;

    /** So many holds that end by Ticks of one hold each. */
    @BeforeEach
    void givenHolds() {
        journal = Journal.open(JournalConfig.in(Path.of("journal"), new FakeDisk(1, true), new JournalId(1, 2)).withSizes(1 << 20, 64 << 10).withBackground(false));
        final FakeReadModel readModel = new FakeReadModel();
        readModel.beginRebuild(0, 0);
        readModel.endRebuild();
        pipeline = new SteppedPipeline(256, clockMs::get, journal.writer(), core, readModel);
        final Command.Rules d = Command.Rules.DEFAULT;
        ask(new Command.SetRules(request(), new Command.Rules(HOLD_TTL_MS, d.holdBudgetRefillMs(), d.validationTtlMs(), d.rememberMs(), d.createdSkewMs(),
                d.checkInEarlyMs(), d.noShowGraceMs(), d.retainMs(), d.maxApplications(), d.maxLines(), d.maxPersons(), d.maxAppointments(), d.maxHolds(), d.maxLegs(),
                d.maxStamps(), d.maxDays(), d.maxRequests(), d.maxClients(), d.maxChanges(), d.horizonDays(), 1, d.holdsPerPerson(), d.holdBudget(),
                d.openLinesPerPerson(), d.reschedulesPerAppointment())));
        ask(new Command.DefinePost(request(), 1, "PARIS", "EUR", 2, 1));
        ask(new Command.DefinePool(request(), DESK, 1, PoolKind.DESK, "desk"));
        ask(new Command.DefineService(request(), 1, 15, "passport", ServiceScope.ANY_POST, false, true, false, 0, 4));
        ask(new Command.SetDeskService(request(), DESK, 1, true));
        ask(new Command.PublishDay(request(), new Command.DayPlan(DESK, EPOCH_DAY, EPOCH_DAY * 86_400_000L, 0, 192, 1, List.of(new Command.Run(0, 192, 255, 0)))));
        for (int person = 1; person <= HOLDS; person++) {
            final long application = ask(new Command.SubmitApplication(request(), person, 1,
                    List.of(new Command.LineAsked(person, 1, 0, 1, AgeBand.ADULT, Priority.NONE, false))));
            ask(new Command.Hold(request(), application, false, List.of(new Command.Leg(DESK, 1, EPOCH_DAY, 12, 3))));
        }
        assertThat(holds()).isEqualTo(HOLDS);
        assertThat(core.nextDueMs()).isEqualTo(START_MS + HOLD_TTL_MS);
    }

    @AfterEach
    void close() {
        journal.close();
        core.close();
    }

    private Command.Request request() {
        return new Command.Request(0, 1, ++requests, START_MS, 0, 1, 0, 0, Channel.SYSTEM);
    }

    /** @return the first number of the answer */
    private long ask(final Command command) {
        final long[] number = new long[1];
        final AtomicInteger answers = new AtomicInteger();
        assertThat(pipeline.submit((index, slot, offset) -> writer.write(command, slot, offset), (tag, outcome, events, offset, length) -> {
            assertThat(outcome.result()).as("%s", command).isEqualTo(Result.OK);
            number[0] = outcome.number1();
            answers.incrementAndGet();
        }, 0)).isEqualTo(Result.OK);
        pipeline.drain();
        assertThat(answers).hasValue(1);
        return number[0];
    }

    private long holds() {
        return core.counts().byName().get("holds");
    }

    /** Time goes on by that, the ticker wakes, and what it sends is applied. */
    private void wake(final long afterNanos) {
        nanos += afterNanos;
        final long before = core.position();
        restNanos = pipeline.ticker(nanos);
        pipeline.drain();
        assertThat(core.position() - before).as("Ticks at once").isBetween(0L, 1L);
        if (core.position() != before) {
            tickedAtNanos.add(nanos);
        }
    }

    private void assertNeverMoreThanAHundredASecond() {
        for (int i = MOST_A_SECOND; i < tickedAtNanos.size(); i++) {
            assertThat(tickedAtNanos.get(i) - tickedAtNanos.get(i - MOST_A_SECOND)).as("from Tick %d to Tick %d", i - MOST_A_SECOND, i)
                    .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Test
    void givenManyHoldsDueAtOnce_whenTheTickerIsWokenAllTheTime_thenAHundredTicksASecondAndAllOfThemCome() {
        clockMs.addAndGet(HOLD_TTL_MS);
        wake(0);
        assertThat(tickedAtNanos).as("the first is not kept waiting").hasSize(1);
        final Random random = new Random(3);
        while (holds() > 0) {
            wake(random.nextInt(2_000_000));
            assertThat(nanos).as("what is due comes, if not at once").isLessThan(TimeUnit.SECONDS.toNanos(10));
        }
        assertThat(tickedAtNanos).hasSize(HOLDS);
        assertNeverMoreThanAHundredASecond();
        for (int i = 0; i < 1_000; i++) {
            wake(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(tickedAtNanos).as("nothing is due any more").hasSize(HOLDS);
    }

    @Test
    void givenATickerThatSleepsAsLongAsItSays_whenHoldsAreDue_thenItIsNotSlowerThanItMayBe() {
        clockMs.addAndGet(HOLD_TTL_MS);
        wake(0);
        while (holds() > 0) {
            wake(restNanos);
        }
        assertNeverMoreThanAHundredASecond();
        assertThat(nanos).isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(10) * HOLDS);
    }

    @Test
    void givenAClockThatJumps_whenItJumpsForthAndBack_thenNoTickBeforeItsTimeAndNeverTooMany() {
        final Random random = new Random(5);
        clockMs.addAndGet(HOLD_TTL_MS - 1);
        for (int i = 0; i < 500; i++) {
            wake(random.nextInt(10_000_000));
        }
        assertThat(tickedAtNanos).as("a millisecond early").isEmpty();
        while (holds() > 0) {
            if (random.nextInt(20) == 0) {
                clockMs.set(START_MS + random.nextLong(4 * HOLD_TTL_MS));
            }
            final boolean due = clockMs.get() >= core.nextDueMs();
            final int before = tickedAtNanos.size();
            wake(random.nextInt(3_000_000));
            assertThat(tickedAtNanos.size() > before).as("a Tick though nothing is due").isIn(false, due);
        }
        assertNeverMoreThanAHundredASecond();
    }

    @Test
    void givenATickThatIsStillOnItsWay_whenTheTickerWakes_thenNoOtherIsSent() {
        clockMs.addAndGet(HOLD_TTL_MS);
        for (int i = 0; i < 50; i++) {
            nanos += TimeUnit.SECONDS.toNanos(1);
            pipeline.ticker(nanos);
        }
        assertThat(pipeline.ringDepth()).isEqualTo(1);
        pipeline.drain();
        assertThat(holds()).isEqualTo(HOLDS - 1);
        wake(TimeUnit.SECONDS.toNanos(1));
        assertThat(holds()).isEqualTo(HOLDS - 2);
    }

    @Test
    void givenARingThatIsFull_whenATickIsDue_thenItComesAsSoonAsThereIsAPlace() {
        clockMs.addAndGet(HOLD_TTL_MS);
        while (pipeline.ask(query -> { })) {
            assertThat(pipeline.ringDepth()).isLessThanOrEqualTo(256);
        }
        nanos += TimeUnit.SECONDS.toNanos(1);
        pipeline.ticker(nanos);
        pipeline.drain();
        assertThat(holds()).as("there was no place").isEqualTo(HOLDS);
        wake(0);
        assertThat(holds()).isEqualTo(HOLDS - 1);
    }
}
