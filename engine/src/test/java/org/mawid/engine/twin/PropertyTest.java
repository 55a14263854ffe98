package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/**
 * What must never be false, read from the core's events alone: no unit passes its capacity, no person a limit, one request has one
 * answer, stamps belong to lines that live, and room comes back.
 */
class PropertyTest {
    private static final int COMMANDS = 6_000;
    private static final int LOOK_AT_EVERYTHING = 500;
    private static final int DAYS_SURELY_KEPT = 10;
    private static final long CLIENT = 1;

    private final CommandWriter writer = new CommandWriter();

    private static final class Run {
        final NaiveEngine twin = new NaiveEngine();
        final EngineCore core = new EngineCore();
        final Answered.Teller twinTeller = new Answered.Teller(twin::apply);
        final Answered.Teller coreTeller = new Answered.Teller(core::apply);
        final EventBook book = new EventBook();
        final OneAnswer oneAnswer = new OneAnswer();
    }

    @Test
    void givenSeededTraffic_whenTheCoreRunsIt_thenNoPromiseIsEverBrokenAndRoomReturns() {
        for (long seed = Seeds.FIRST + 400; seed < Seeds.FIRST + 404; seed++) {
            final Run run = new Run();
            final CommandGenerator generator = new CommandGenerator(seed, run.twin);
            for (int i = 0; i < COMMANDS; i++) {
                apply(run, generator.next(), seed);
            }
            assertThat(run.oneAnswer.repeated()).isGreaterThan(10);
            endEverything(run, seed);
        }
    }

    private static Answered apply(final Run run, final Entry entry, final long seed) {
        final long position = run.core.position() + 1;
        run.twinTeller.tell(position, entry.nowMs(), entry.flags(), entry.command());
        final Answered answer = run.coreTeller.tell(position, entry.nowMs(), entry.flags(), entry.command());
        try {
            run.book.forgetBefore(Math.toIntExact(Math.floorDiv(entry.nowMs(), Model.DAY_MS)) - DAYS_SURELY_KEPT);
            run.book.read(answer.events());
            run.book.checkBetweenPositions();
            run.oneAnswer.check(entry.command(), answer);
            if (position % LOOK_AT_EVERYTHING == 0) {
                run.book.checkCalendar();
                run.core.check();
            }
        } catch (final AssertionError broken) {
            throw new AssertionError("seed " + seed + ", position " + position + ": " + entry.words() + "\nanswered " + answer
                    + "\nagain: " + Seeds.again(PropertyTest.class, seed - 400), broken);
        }
        return answer;
    }

    /** Releases, cancels and misses all that is live: then only what was served is taken. */
    private void endEverything(final Run run, final long seed) {
        final Model model = run.twin.model();
        final long restMs = model.nowMs;
        for (final long hold : List.copyOf(model.holds.keySet())) {
            final Command ending = new Command.Release(request(run, restMs), hold);
            assertThat(apply(run, entry(ending, restMs), seed).result()).as("%s", ending).isIn(Result.OK, Result.HOLD_EXPIRED);
        }
        for (final Model.Appointment appointment : List.copyOf(model.appointments.values())) {
            if (appointment.state == AppointmentState.CONFIRMED) {
                final Command ending = new Command.Cancel(request(run, restMs), appointment.id);
                assertThat(apply(run, entry(ending, restMs), seed).result()).isEqualTo(Result.OK);
            }
        }
        final long laterMs = restMs + 5 * Model.DAY_MS;
        do { // who declines an offer leaves room for the next one, until nobody waits any more or nothing is found
            for (final long hold : List.copyOf(model.holds.keySet())) {
                assertThat(apply(run, entry(new Command.Release(request(run, laterMs), hold), laterMs), seed).result()).isIn(Result.OK, Result.HOLD_EXPIRED);
            }
            while (run.core.nextDueMs() <= laterMs) {
                apply(run, entry(new Command.Tick(Request.NOBODY), laterMs), seed);
            }
        } while (!model.holds.isEmpty());
        for (final Model.Appointment appointment : List.copyOf(model.appointments.values())) {
            if (appointment.state == AppointmentState.CHECKED_IN || appointment.state == AppointmentState.CALLED) {
                final Command ending = new Command.MarkNoShow(request(run, laterMs), appointment.id);
                assertThat(apply(run, entry(ending, laterMs), seed).result()).isEqualTo(Result.OK);
            }
        }
        assertThat(model.holds).isEmpty();
        assertThat(model.appointments.values()).allMatch(Model.Appointment::isOver);
        run.book.checkCalendar();
        run.book.checkOnlyServedIsTaken(model.appointments.values().stream()
                .filter(each -> each.state == AppointmentState.SERVED).map(each -> each.id).toList());
        run.core.check();
    }

    /** From a client that numbers its commands: it is never too old. */
    private static Request request(final Run run, final long nowMs) {
        final long sequence = run.twin.watermark(CLIENT) + 1;
        assertThat(sequence).as("the client is known").isGreaterThan(1);
        return new Request(0, -7, sequence, nowMs, sequence, 0, 0, CLIENT, Channel.SYSTEM);
    }

    private Entry entry(final Command command, final long nowMs) {
        final byte[] bytes = new byte[1_024];
        final int length = writer.write(command, new UnsafeBuffer(bytes), 0);
        return new Entry(nowMs, 0, Arrays.copyOf(bytes, length), "", command);
    }
}
