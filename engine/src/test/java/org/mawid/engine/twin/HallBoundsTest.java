package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.TicketEnd;

/** As many in a hall as there may be, and their day is over: the core stops where the twin stops, and a restored core goes on from there. */
class HallBoundsTest {
    private static final int POST = 1;
    private static final int SERVICE = 1;
    private static final int DESK = 11;
    private static final int OTHER_DESK = 12;
    private static final int MOST_WAITING = 4_096;
    private static final int ENDED_PER_TICK = 16;
    private static final int ACTS = 5_000;

    private final NaiveEngine twin = new NaiveEngine();
    private final Answered.Teller twinTeller = new Answered.Teller(twin::apply);
    private final CommandWriter writer = new CommandWriter();
    private EngineCore core = new EngineCore();
    private Answered.Teller coreTeller = new Answered.Teller(core::apply);
    private final int today = (int) Math.floorDiv(CommandGenerator.START_MS, Model.DAY_MS);
    private long nowMs = CommandGenerator.START_MS;
    private long requests;

    @Test
    void givenAsManyAsMayWaitAtADesk_whenAnotherComes_thenNotThereButAtTheNextOne_andTheirDayEndsBitByBit() {
        givenTwoDesks();
        for (int i = 0; i < MOST_WAITING; i++) {
            nowMs++;
            assertThat(take(DESK, i % 3 == 0 ? Priority.SENIOR : i % 100 == 1 ? Priority.EMERGENCY : Priority.NONE).result()).isEqualTo(Result.OK);
        }
        assertThat(take(DESK, Priority.EMERGENCY).result()).isEqualTo(Result.TICKETS_FULL);
        final long other = take(0, Priority.NONE).number3();
        assertThat(tell(new Command.TransferTicket(request(), other, DESK)).result()).isEqualTo(Result.TICKETS_FULL);
        assertThat(tell(new Command.Park(request(), 7)).result()).isEqualTo(Result.OK);
        assertThat(tell(new Command.TransferTicket(request(), other, DESK)).result()).isEqualTo(Result.OK);
        assertThat(tell(new Command.Unpark(request(), 7)).result()).isEqualTo(Result.TICKETS_FULL);
        assertThat(tell(new Command.CallNext(request(), 1, List.of(OTHER_DESK, DESK))).number3()).as("the first of those who cannot wait").isEqualTo(2);
        core.check();

        nowMs += Model.DAY_MS;
        int ticks = 0;
        for (; twin.nextDueMs() <= nowMs; ticks++) {
            tell(new Command.Tick(Request.NOBODY));
            if (ticks % 50 == 0) {
                goOnFromASnapshot();
            }
        }
        assertThat(ticks).isEqualTo(MOST_WAITING / ENDED_PER_TICK + 1);
        core.check();
        assertThat(NaiveRecords.of(core)).isEqualTo(NaiveRecords.of(twin.model()));
    }

    @Test
    void givenManyActs_whenTheyAreMeasured_thenWhatIsNewerWeighsMore() {
        givenTwoDesks();
        for (int i = 0; i < ACTS; i++) {
            final long ticket = take(DESK, Priority.NONE).number3();
            tell(new Command.CallNext(request(), 1, List.of(DESK)));
            nowMs += i < ACTS / 2 ? 200_000 + i * 10_000L % 600_000 : 3_000_000 + i * 100_000L % 9_000_000;
            assertThat(tell(new Command.EndTicket(request(), ticket, TicketEnd.SERVED)).result()).isEqualTo(Result.OK);
            if (i % 1_000 == 999) {
                goOnFromASnapshot();
            }
        }
        assertThat(twin.model().hall.acts.get(SERVICE).measured).isEqualTo(ACTS);
        assertThat(twin.model().hall.acts.get(SERVICE).minutes(0.5)).as("the longer half came later").isGreaterThan(40);
        assertThat(NaiveRecords.of(core)).isEqualTo(NaiveRecords.of(twin.model()));
    }

    private void givenTwoDesks() {
        tell(new Command.SetCoreVersion(request(), 6));
        tell(new Command.DefinePost(request(), POST, "post", "EUR", 2, 1));
        tell(new Command.DefineService(request(), SERVICE, 5, "service", ServiceScope.ANY_POST, false, false, false, 0, 1));
        for (final int desk : new int[] {DESK, OTHER_DESK}) {
            tell(new Command.DefinePool(request(), desk, POST, PoolKind.DESK, "desk-" + desk));
            tell(new Command.SetDeskService(request(), desk, SERVICE, true));
        }
    }

    private Answered take(final int desk, final Priority priority) {
        return tell(new Command.TakeTicket(request(), today + (int) ((nowMs - CommandGenerator.START_MS) / Model.DAY_MS), POST, desk, SERVICE, priority));
    }

    private void goOnFromASnapshot() {
        final long hash = core.stateHash();
        core = ReplayTest.restored(ReplayTest.saved(core));
        coreTeller = new Answered.Teller(core::apply);
        assertThat(core.stateHash()).isEqualTo(hash);
    }

    private Answered tell(final Command command) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
        final byte[] bytes = Arrays.copyOf(buffer.byteArray(), writer.write(command, buffer, 0));
        final long position = core.position() + 1;
        final Answered expected = twinTeller.tell(position, nowMs, 0, bytes);
        assertThat(coreTeller.tell(position, nowMs, 0, bytes)).as("%s", command).isEqualTo(expected);
        assertThat(core.nextDueMs()).isEqualTo(twin.nextDueMs());
        return expected;
    }

    private Request request() {
        return new Request(0, 1, ++requests, nowMs, 0, 1, 0, 0, Channel.SYSTEM);
    }
}
