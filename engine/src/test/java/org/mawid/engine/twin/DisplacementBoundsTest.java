package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.ServiceScope;

/** More of everything than one Tick may do: it stops where the twin stops, and a restored core goes on from there. */
class DisplacementBoundsTest {
    private static final int PEOPLE = 4_600;
    private static final int DAYS = 24;
    private static final int POST = 1;
    private static final int SERVICE = 1;
    private static final int DESK = 11;
    private static final int OTHER_DESK = 12;
    private static final int UNITS = 12;
    private static final int FEW = 300;
    private static final int JOINED = 20;
    private static final int DATES = 200;
    private static final int MANY_JOINED = 100;
    /** The one that is under way, and its own. */
    private static final int TWO_LOOKS = 2;

    private final NaiveEngine twin = new NaiveEngine();
    private final Answered.Teller twinTeller = new Answered.Teller(twin::apply);
    private final CommandWriter writer = new CommandWriter();
    private EngineCore core = new EngineCore();
    private Answered.Teller coreTeller = new Answered.Teller(core::apply);
    private final int today = (int) Math.floorDiv(CommandGenerator.START_MS, Model.DAY_MS);
    private long requests;

    @Test
    void givenThousandsOfVisits_whenAllDaysClose_thenEachTickDoesWhatItMayAndEverybodyIsOfferedSomethingInTheEnd() {
        givenAPostWithTwoDesks();
        for (int i = 0; i < PEOPLE; i++) {
            book(i, today + 1 + i % DAYS);
        }
        for (long id = 1; id <= PEOPLE - FEW; id++) { // behind those that are left are more numbers than a Tick looks at
            if (id > 10) {
                tell(new Command.Cancel(request(), id));
            }
        }
        tell(new Command.CloseDays(request(), POST, DESK, today * Model.DAY_MS, (today + DAYS + 2) * Model.DAY_MS, 0, 1, 1));
        final int closing = ticksUntil(() -> twin.model().displacement.seen.containsKey("displaced in pass 1"));
        assertThat(closing).as("days are closed by several Ticks").isGreaterThan(1);
        ticksUntil(() -> twin.nextDueMs() > 0);
        assertThat(twin.model().displacement.waiters).hasSize(FEW + 10);
        assertThat(twin.model().displacement.seen).containsKeys("closed enough", "displaced enough", "looked at enough", "search goes on in the next Tick");

        for (int day = 1; day <= DAYS; day++) {
            tell(new Command.PublishDay(request(), plan(OTHER_DESK, today + day, 2)));
        }
        final int offering = ticksUntil(() -> twin.nextDueMs() > 0);
        assertThat(offering).as("offers are made by several Ticks").isGreaterThan(10);
        assertThat(twin.model().displacement.seen.get("offer")).isEqualTo(2 * UNITS * DAYS > FEW ? FEW + 10 : 2 * UNITS * DAYS);
        core.check();
        assertThat(NaiveRecords.of(core)).isEqualTo(NaiveRecords.of(twin.model()));
    }

    @Test
    void givenDesksThatServeThemNoMore_whenThoseWhoJoinedAreLookedFor_thenADateWithoutADeskIsWorkOfATickToo() {
        givenAPostWithTwoDesks();
        tell(new Command.SetCoreVersion(request(), 7));
        for (int i = 0; i < JOINED; i++) {
            final long application = submit(i);
            tell(new Command.JoinWaitlist(request(), application, 0, today, today + DATES - 1, 1, POST));
        }
        tell(new Command.SetDeskService(request(), DESK, SERVICE, false));
        tell(new Command.SetDeskService(request(), OTHER_DESK, SERVICE, false));
        assertThat(ticksUntil(() -> twin.nextDueMs() > 0)).as("256 dates each").isEqualTo((JOINED * DATES + 255) / 256);
    }

    @Test
    void givenManyWhoAreSearchedForOnAllDates_whenRoomIsGivenBack_thenTheWholeLineIsAskedAboutItWhileThatGoesOn() {
        givenAPostWithTwoDesks();
        tell(new Command.SetCoreVersion(request(), 8));
        tell(new Command.SetDeskService(request(), OTHER_DESK, SERVICE, false));
        final int full = today + DAYS + 1;
        tell(new Command.PublishDay(request(), plan(DESK, full, 1)));
        final List<Long> booked = IntStream.range(0, UNITS).mapToObj(unit -> book(unit, full)).toList();
        for (int i = 0; i < MANY_JOINED; i++) {
            tell(new Command.JoinWaitlist(request(), submit(UNITS + i), 0, i == 0 || i == MANY_JOINED - 1 ? full : full + 1, full + DATES, 1, POST));
        }
        final NaiveQueue queue = twin.model().displacement.queues.get(POST);
        tell(new Command.Tick(Request.NOBODY));
        for (final int expected : List.of(0, MANY_JOINED - 1)) {
            tell(new Command.Cancel(request(), booked.get(expected == 0 ? 0 : 1)));
            final int ticks = ticksUntil(() -> queue.waiters.get(expected).offer != null);
            assertThat(ticks).as("until %d of %d has the offer", expected + 1, MANY_JOINED).isLessThanOrEqualTo(1 + TWO_LOOKS * (1 + MANY_JOINED * (DATES / 32) / 192));
            assertThat(queue.searching).as("while they are searched for").isNotNull();
        }
        assertThat(ticksUntil(() -> queue.searching == null)).as("which takes longer").isGreaterThan(100);
        assertThat(NaiveRecords.of(core)).isEqualTo(NaiveRecords.of(twin.model()));
    }

    private void givenAPostWithTwoDesks() {
        tell(new Command.SetCoreVersion(request(), 5));
        tell(new Command.DefinePost(request(), POST, "post", "EUR", 2, 1));
        tell(new Command.DefineService(request(), SERVICE, 5, "service", ServiceScope.ANY_POST, false, true, false, 0, 1));
        for (final int desk : List.of(DESK, OTHER_DESK)) {
            tell(new Command.DefinePool(request(), desk, POST, PoolKind.DESK, "desk-" + desk));
            tell(new Command.SetDeskService(request(), desk, SERVICE, true));
        }
        for (int day = 1; day <= DAYS; day++) {
            tell(new Command.PublishDay(request(), plan(DESK, today + day, 255)));
        }
    }

    private long book(final int person, final int epochDay) {
        final long application = submit(person);
        final long hold = tell(new Command.Hold(request(), application, false, List.of(new Command.Leg(DESK, 1, epochDay, person % UNITS, 1)))).number1();
        return tell(new Command.Confirm(request(), hold, false)).number1();
    }

    private long submit(final int person) {
        return tell(new Command.SubmitApplication(request(), 0, 0,
                List.of(new Command.LineAsked(person + 1, SERVICE, 0, 1, AgeBand.ADULT, person % 50 == 0 ? Priority.SENIOR : Priority.NONE, false)))).number1();
    }

    /** Ticks, and between them now and then another core that goes on from a snapshot of this one. @return how many */
    private int ticksUntil(final BooleanSupplier done) {
        int ticks = 0;
        while (!done.getAsBoolean()) {
            tell(new Command.Tick(Request.NOBODY));
            if (++ticks % 7 == 0) {
                final long hash = core.stateHash();
                core = ReplayTest.restored(ReplayTest.saved(core));
                coreTeller = new Answered.Teller(core::apply);
                assertThat(core.stateHash()).isEqualTo(hash);
            }
            assertThat(ticks).isLessThan(5_000);
        }
        return ticks;
    }

    private Answered tell(final Command command) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
        final int length = writer.write(command, buffer, 0);
        final byte[] bytes = Arrays.copyOf(buffer.byteArray(), length);
        final long position = core.position() + 1;
        final Answered expected = twinTeller.tell(position, CommandGenerator.START_MS, 0, bytes);
        assertThat(coreTeller.tell(position, CommandGenerator.START_MS, 0, bytes)).as("%s", command).isEqualTo(expected);
        assertThat(expected.isDone()).as("%s: %s", command, expected).isTrue();
        assertThat(core.nextDueMs()).isEqualTo(twin.nextDueMs());
        return expected;
    }

    private Request request() {
        return new Request(0, 1, ++requests, CommandGenerator.START_MS, 0, 1, 0, 0, Channel.SYSTEM);
    }

    private static Command.DayPlan plan(final int poolId, final int epochDay, final int capacity) {
        return new Command.DayPlan(poolId, epochDay, epochDay * Model.DAY_MS + 36_000_000, 0, UNITS, 1, List.of(new Command.Run(0, UNITS, capacity, 0)));
    }
}
