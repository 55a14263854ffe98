package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.Rig.Answer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.ring.HostClock;
import org.mawid.engine.ring.SimulatedClock;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;

/** The wall clock has stepped, and somebody who knows that it is right says so. */
@Timeout(60)
class TakeOverTest {
    private static final int POST = 1;
    private static final int DESK = 11;
    private static final int SERVICE = 5;
    private static final int NEXT_WEEK = (int) (Rig.START_MS / 86_400_000L) + 7;
    private static final int UNITS = 3;
    private static final long HOUR_MS = 3_600_000;
    private static final int MORE_THAN_A_SLICE = 150;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong wallMs = new AtomicLong(Rig.START_MS);
    private final Rig rig = new Rig().with(Setting.IDLE_SEAL_MS, 60_000);
    private final CommandWriter writer = new CommandWriter();
    private long requests;
    private long person;

    @BeforeEach
    void aDesk() throws Exception {
        start();
        done(new Command.DefinePost(request(), POST, "paris", "EUR", 2, 50));
        done(new Command.DefinePool(request(), DESK, POST, PoolKind.DESK, "paris/1"));
        done(new Command.DefineService(request(), SERVICE, 15, "passport", ServiceScope.ANY_POST, false, true, false, 0, 1));
        done(new Command.SetDeskService(request(), DESK, SERVICE, true));
        done(new Command.PublishDay(request(), new Command.DayPlan(DESK, NEXT_WEEK, NEXT_WEEK * 86_400_000L + 28_800_000L, 0, 96, UNITS,
                List.of(new Command.Run(0, 96, 200, 0)))));
    }

    @AfterEach
    void stop() {
        rig.close();
        assertThat(rig.halts).isEmpty();
    }

    @Test
    void givenAStepForward_whenTakenOver_thenItIsInTheLogAndWhatIsPastItsDeadlineEnds() throws Exception {
        for (int i = 0; i < MORE_THAN_A_SLICE; i++) {
            hold();
        }
        wallMs.addAndGet(HOUR_MS);
        final long late = hold();
        assertThat(rig.engine.nowMs()).as("a step moves nothing").isEqualTo(Rig.START_MS);
        assertThat(rig.engine.wallMs()).isEqualTo(Rig.START_MS + HOUR_MS);
        assertThat(rig.engine.holdsDueBy(rig.engine.nowMs())).isZero();
        assertThat(rig.engine.holdsDueBy(rig.engine.wallMs())).isEqualTo(MORE_THAN_A_SLICE + 1);
        final long before = rig.onCore(EngineCore::position);

        final TakenOver taken = rig.engine.takeOverWallClock();

        assertThat(taken.forwardMs()).isEqualTo(HOUR_MS);
        assertThat(taken.nowMs()).isEqualTo(Rig.START_MS + HOUR_MS).isEqualTo(rig.engine.nowMs());
        assertThat(taken.position()).isGreaterThan(before).isLessThanOrEqualTo(rig.engine.status().durablePosition());
        assertThat(send(new Command.Confirm(request(), late, false)).result()).isEqualTo(Result.HOLD_EXPIRED);
        await().until(() -> rig.onCore(core -> core.counts().of("holds")) == 0);
        assertThat(rig.engine.holdsDueBy(rig.engine.wallMs())).isZero();
    }

    @Test
    void givenNothingIsDue_whenTakenOverAndThePowerGoes_thenNoWallClockTakesItBackAndAReplayGivesTheSameState() throws Exception {
        wallMs.addAndGet(1_000 * HOUR_MS); // more than the log's own time may grow within one group
        final TakenOver taken = rig.engine.takeOverWallClock();
        final long hash = rig.onCore(EngineCore::stateHash);
        final long position = rig.onCore(EngineCore::position);
        assertThat(position).as("a Tick although nothing waits").isEqualTo(taken.position());
        rig.powerLoss();

        wallMs.set(Rig.START_MS);
        start();
        assertThat(rig.onCore(EngineCore::position)).isEqualTo(position);
        assertThat(rig.onCore(EngineCore::stateHash)).isEqualTo(hash);
        assertThat(rig.engine.nowMs()).isEqualTo(taken.nowMs());
        assertThat(send(new Command.SetDeskService(request(), DESK, SERVICE, true)).nowMs()).isEqualTo(taken.nowMs());
    }

    @Test
    void givenTheWallClockIsBehindOrTheSame_whenTakenOver_thenNothingIsLogged() throws Exception {
        final long position = rig.onCore(EngineCore::position); // status tells it a moment after the answer
        assertThat(rig.engine.takeOverWallClock()).isEqualTo(new TakenOver(0, Rig.START_MS, 0));
        wallMs.addAndGet(-HOUR_MS);
        assertThat(rig.engine.takeOverWallClock()).isEqualTo(new TakenOver(0, Rig.START_MS, 0));
        assertThat(rig.onCore(EngineCore::position)).isEqualTo(position);
    }

    @Test
    void givenACommandThatWaitsInTheRing_whenTakenOver_thenItIsStillAnswered() throws Exception {
        final CountDownLatch go = new CountDownLatch(1);
        rig.engine.query(core -> awaitQuietly(go));
        final CompletableFuture<Answer> waiting = submit(new Command.SetDeskService(request(), DESK, SERVICE, true));
        wallMs.addAndGet(HOUR_MS);
        new Thread(go::countDown).start();
        assertThat(rig.engine.takeOverWallClock().position()).isPositive();
        assertThat(Rig.get(waiting).result()).isEqualTo(Result.OK);
    }

    @Test
    void givenACommandWhoseDeadlineTheStepPasses_whenTheJournalComesToIt_thenItIsRefusedAndCanBeSentAgain() throws Exception {
        final Command.Request once = request();
        final CompletableFuture<Answer> inTime;
        final CompletableFuture<Answer> tooLate;
        final CompletableFuture<TakenOver> taken;
        synchronized (rig.disk) { // a write in progress waits for that
            inTime = rig.send(Rig.definePost(++requests, 0));
            await().until(TakeOverTest::aJournalWaits);
            tooLate = submit(within(once, HOUR_MS / 2));
            wallMs.addAndGet(HOUR_MS);
            taken = CompletableFuture.supplyAsync(this::takeOver);
            await().until(() -> rig.engine.status().ringDepth() == 3);
        }
        assertThat(Rig.get(inTime)).extracting(Answer::result, Answer::nowMs).containsExactly(Result.OK, Rig.START_MS);
        assertThat(Rig.get(tooLate).result()).isEqualTo(Result.DEADLINE_EXCEEDED);
        assertThat(taken.get().position()).as("nothing between them took a position").isEqualTo(Rig.get(inTime).position() + 1);
        final Answer again = Rig.get(submit(within(once, 2 * HOUR_MS)));
        assertThat(again).extracting(Answer::result, Answer::repeated).containsExactly(Result.OK, false);
    }

    @Test
    void givenNoRoomOnTheDisk_whenTakenOver_thenRefusedAndTimeIsAsBefore() throws Exception {
        rig.disk.setFull(true);
        Result last = Result.OK;
        while (last == Result.OK) {
            last = rig.ask(++requests).result();
        }
        assertThat(last).isEqualTo(Result.STORAGE_FULL);
        wallMs.addAndGet(HOUR_MS);
        assertThatThrownBy(() -> rig.engine.takeOverWallClock()).isInstanceOf(IllegalStateException.class).hasMessageContaining("STORAGE_FULL");
        assertThat(rig.engine.nowMs()).isEqualTo(Rig.START_MS);
    }

    @Test
    void givenASimulation_whenTakenOver_thenRefused() throws Exception {
        try (Rig simulation = new Rig().with(Setting.SIMULATION, true)) {
            simulation.clock = new SimulatedClock(Rig.START_MS);
            simulation.start();
            assertThatThrownBy(() -> simulation.engine.takeOverWallClock()).isInstanceOf(IllegalStateException.class).hasMessageContaining("simulation");
        }
    }

    private void start() throws EngineStartException {
        rig.clock = HostClock.slewed(nanos::get, wallMs::get, 500); // where the monotonic clock stands still nothing is drawn
        rig.start();
    }

    private long hold() {
        final long application = done(new Command.SubmitApplication(request(), ++person, POST,
                List.of(new Command.LineAsked(person, SERVICE, 0, 1, AgeBand.ADULT, Priority.NONE, false))));
        return done(new Command.Hold(request(), application, false, List.of(new Command.Leg(DESK, 1, NEXT_WEEK, 0, UNITS))));
    }

    private long done(final Command command) {
        final Answer answer = send(command);
        assertThat(answer.result()).as("%s", command).isEqualTo(Result.OK);
        return answer.number1();
    }

    private Answer send(final Command command) {
        return Rig.get(submit(command));
    }

    private CompletableFuture<Answer> submit(final Command command) {
        return rig.send((index, slot, offset) -> writer.write(command, slot, offset));
    }

    private Command.Request request() {
        return new Command.Request(0, Samples.CLIENT, ++requests, Rig.START_MS, 0, 1, 0, 0, Channel.ONLINE);
    }

    private static Command within(final Command.Request request, final long ms) {
        return new Command.SetDeskService(request.withDeadlineMs(Rig.START_MS + ms), DESK, SERVICE, true);
    }

    private TakenOver takeOver() {
        try {
            return rig.engine.takeOverWallClock();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean aJournalWaits() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals("mawid-journal") && thread.getState() == Thread.State.BLOCKED);
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
