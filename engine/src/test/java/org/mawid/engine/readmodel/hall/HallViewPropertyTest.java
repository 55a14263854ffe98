package org.mawid.engine.readmodel.hall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.HallView;
import org.mawid.engine.readmodel.HallView.Desk;
import org.mawid.engine.readmodel.HallView.ServiceTime;
import org.mawid.engine.readmodel.HallView.Ticket;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.twin.SeededTraffic;
import org.mawid.sbe.DeskPaceRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.ServiceTimeRecordDecoder;
import org.mawid.sbe.TicketRecordDecoder;
import org.mawid.sbe.TicketState;

/** Whatever happens: who stands in the halls, as the events have made it, is who stands there as the core has it; fed or rebuilt. */
class HallViewPropertyTest {
    private static final int SEEDS = 4;
    private static final int COMMANDS = 3_000;
    private static final int SLICE = 97;
    private static final int POSTS = 4;

    private final TreeSet<TicketState> states = new TreeSet<>();
    private boolean anythingMeasured;

    @Test
    void givenSeededTraffic_whenItIsFedInTurns_thenHallsAreAsInTheCore() {
        for (final long seed : SeededTraffic.seeds().limit(SEEDS).toArray()) {
            final String again = "seed " + seed + ", again: " + SeededTraffic.again(HallViewPropertyTest.class, seed);
            final Random dice = new Random(seed);
            final SeededTraffic traffic = SeededTraffic.ofHalls(seed);
            LiveHall hall = rebuilt(traffic.core());
            for (int left = COMMANDS; left > 0; ) {
                final int some = 1 + dice.nextInt(200);
                left -= some;
                feed(hall, traffic, some);
                isAsIn(traffic.core(), hall, again);
                if (dice.nextInt(4) == 0) {
                    hall = rebuilt(traffic.core());
                    isAsIn(traffic.core(), hall, again);
                }
            }
        }
        assertThat(states).contains(TicketState.WAITING, TicketState.CALLED, TicketState.PARKED);
        assertThat(anythingMeasured).isTrue();
    }

    private static void feed(final LiveHall hall, final SeededTraffic traffic, final int commands) {
        for (int i = 0; i < commands; i++) {
            final Answered answered = traffic.next();
            final UnsafeBuffer buffer = new UnsafeBuffer(answered.events());
            for (int at = 0; at < buffer.capacity(); at += EventWriter.FRAME_BYTES + buffer.getInt(at) + 7 & ~7) {
                hall.onMessage(buffer, at + EventWriter.FRAME_BYTES);
            }
        }
        hall.onBatchEnd();
    }

    private static LiveHall rebuilt(final EngineCore core) {
        final LiveHall hall = new LiveHall();
        hall.beginRebuild();
        for (final RecordKind kind : List.of(RecordKind.RULES, RecordKind.TICKETS, RecordKind.DESK_PACES, RecordKind.SERVICE_TIMES)) {
            dump(core, kind, (template, buffer, offset, length) -> hall.onMessage(buffer, offset));
        }
        hall.onBatchEnd();
        return hall;
    }

    private void isAsIn(final EngineCore core, final HallView hall, final String again) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final List<Ticket> expected = new ArrayList<>();
        dump(core, RecordKind.TICKETS, (template, buffer, offset, length) -> {
            final TicketRecordDecoder one = new TicketRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            expected.add(new Ticket(one.ticketId(), one.appointmentId(), one.postId(), one.deskId(), one.number(), one.epochDay(), one.serviceId(), one.kind(), one.priority(),
                    one.state(), one.dueMs(), one.sinceMs(), one.changedMs(), one.counter(), one.recalls()));
        });
        for (final Ticket ticket : expected) {
            states.add(ticket.state());
            assertThat(hall.ticket(ticket.ticketId())).as(again).isEqualTo(ticket);
            assertThat(ticket.appointmentId() == 0 || hall.ofAppointment(ticket.appointmentId()).equals(ticket)).as(again).isTrue();
            assertThat(hall.withNumber(ticket.postId(), ticket.epochDay(), ticket.number())).as(again).isNotNull();
            isInItsPlace(hall, ticket, expected, core.nowMs(), again);
        }
        final List<Desk> desks = new ArrayList<>();
        for (int post = 1; post <= POSTS; post++) {
            desks.addAll(hall.display(post, 16, core.nowMs()).desks());
        }
        for (final Desk desk : desks) {
            assertThat(desk.waiting()).as(again).isEqualTo(count(expected, desk, TicketState.WAITING)).isEqualTo(hall.queue(desk.deskId(), 9_999).size());
            assertThat(desk.parked()).as(again).isEqualTo(count(expected, desk, TicketState.PARKED));
            assertThat(desk.called()).as(again).isEqualTo(count(expected, desk, TicketState.CALLED));
        }
        assertThat(hall.load(core.nowMs()).waiting()).isEqualTo(desks.stream().mapToInt(Desk::waiting).sum());
        dump(core, RecordKind.DESK_PACES, (template, buffer, offset, length) -> {
            final DeskPaceRecordDecoder pace = new DeskPaceRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            assertThat(desks).as(again).anyMatch(desk -> desk.deskId() == pace.deskId() && desk.paceMs() == pace.paceMs());
        });
        final List<ServiceTime> times = new ArrayList<>();
        dump(core, RecordKind.SERVICE_TIMES, (template, buffer, offset, length) -> {
            final ServiceTimeRecordDecoder time = new ServiceTimeRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            times.add(new ServiceTime(time.serviceId(), time.measured(), time.p50Minutes(), time.p90Minutes()));
        });
        assertThat(hall.serviceTimes()).as(again).isEqualTo(times);
        anythingMeasured |= !times.isEmpty();
    }

    /** So many are before it as the core calls before it. */
    private static void isInItsPlace(final HallView hall, final Ticket ticket, final List<Ticket> all, final long nowMs, final String again) {
        final long before = all.stream().filter(other -> ticket.state() == TicketState.WAITING && other.state() == TicketState.WAITING && other.deskId() == ticket.deskId())
                .filter(other -> Comparator.comparingLong(Ticket::dueMs).thenComparingLong(Ticket::ticketId).compare(other, ticket) < 0).count();
        assertThat(hall.estimate(ticket.ticketId(), nowMs).before()).as(again).isEqualTo((int) before);
    }

    private static int count(final List<Ticket> tickets, final Desk desk, final TicketState state) {
        return (int) tickets.stream().filter(ticket -> ticket.deskId() == desk.deskId() && ticket.state() == state).count();
    }

    private static void dump(final EngineCore core, final RecordKind kind, final RecordConsumer record) {
        for (long from = core.dump(kind, 0, SLICE, record); from != 0; ) {
            from = core.dump(kind, from, SLICE, record);
        }
    }
}
