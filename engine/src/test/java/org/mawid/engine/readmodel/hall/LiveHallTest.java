package org.mawid.engine.readmodel.hall;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.readmodel.HallView;
import org.mawid.engine.readmodel.HallView.Called;
import org.mawid.engine.readmodel.HallView.Desk;
import org.mawid.engine.readmodel.HallView.ServiceTime;
import org.mawid.sbe.HallRulesSetEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketChangedEncoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TicketEndedEncoder;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketQueuedEncoder;
import org.mawid.sbe.TicketState;
import org.mawid.sbe.TimesMeasuredEncoder;

/** What hangs in a hall, and what somebody is told who asks how long it will take. */
class LiveHallTest {
    private static final int PARIS = 1;
    private static final int DESK = 11;
    private static final int PASSPORT = 21;
    private static final int DATE = 20_500;
    private static final long MINUTE_MS = 60_000;
    private static final long NINE_MS = 32_400_000;

    private final LiveHall hall = new LiveHall();
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long nowMs = NINE_MS;

    @Test
    void givenNumbersAreCalled_whenTheDisplayIsRead_thenTheLastOneIsFirstAndARecallBringsOneBack() {
        for (int number = 1; number <= 4; number++) {
            comes(number, NINE_MS);
        }
        called(1, 4, 0);
        called(2, 5, 0);
        assertThat(hall.display(PARIS, 9, nowMs).called()).containsExactly(new Called(2, 5, DESK, NINE_MS + 2), new Called(1, 4, DESK, NINE_MS + 1));
        called(1, 4, 1);
        ended(1);
        assertThat(hall.display(PARIS, 9, nowMs).called()).as("who is being served stays to be seen").extracting(Called::number).containsExactly(1, 2);
        assertThat(hall.display(PARIS, 1, nowMs).called()).extracting(Called::number).containsExactly(1);
        assertThat(hall.display(PARIS, 9, nowMs).desks()).containsExactly(new Desk(DESK, 2, 0, 1, 0, 2));
        assertThat(hall.display(9, 9, nowMs).desks()).isEmpty();
    }

    @Test
    void givenTwoCountersAtWork_whenSomebodyAsks_thenTheWaitFollowsFromWhoIsBeforeAndFromThePaceOfToday() {
        for (int number = 1; number <= 6; number++) {
            comes(number, NINE_MS + number);
        }
        assertThat(hall.estimate(6, nowMs).waitMs()).as("nothing was measured anywhere").isEqualTo(-1);
        measured(12 * MINUTE_MS, 40);
        called(1, 4, 0);
        called(2, 5, 0);
        final HallView.Estimate fourth = hall.estimate(4, nowMs);
        assertThat(fourth.before()).isEqualTo(1);
        assertThat(fourth.counters()).isEqualTo(2);
        assertThat(fourth.waitMs()).as("two of them at two counters").isEqualTo(12 * MINUTE_MS);
        assertThat(hall.estimate(3, nowMs).waitMs()).isEqualTo(6 * MINUTE_MS);
        ended(1);
        assertThat(hall.estimate(3, nowMs).waitMs()).as("a counter is free").isZero();
        assertThat(hall.estimate(2, nowMs).waitMs()).as("who is called waits no more").isZero();
        nowMs += 31 * MINUTE_MS;
        assertThat(hall.estimate(3, nowMs).counters()).as("a counter that has called nobody for half an hour is closed, unless it has somebody").isEqualTo(1);
        assertThat(hall.estimate(99, nowMs)).isNull();
    }

    @Test
    void givenADeskThatHasServedNobody_whenSomebodyAsks_thenTheServiceSaysWhatIsUsual() {
        measured(12 * MINUTE_MS, 40);
        comesTo(DESK + 1, 1, NINE_MS);
        assertThat(hall.estimate(1, nowMs).paceMs()).isEqualTo(10 * MINUTE_MS);
    }

    @Test
    void givenFewActs_whenADurationIsProposed_thenThereIsNone() {
        assertThat(new ServiceTime(PASSPORT, HallView.PROPOSED_FROM - 1, 10, 20).proposedMinutes()).isZero();
        assertThat(new ServiceTime(PASSPORT, HallView.PROPOSED_FROM, 10, 20).proposedMinutes()).isEqualTo(15);
        assertThat(new ServiceTime(PASSPORT, 1_000, 11, 20).proposedMinutes()).isEqualTo(20);
        assertThat(new ServiceTime(PASSPORT, 1_000, 1, 1).proposedMinutes()).isEqualTo(5);
    }

    @Test
    void givenSomebodyWaits_whenTheyAreFoundByNumber_thenOnTheirDateOnlyAndUntilTheyAreGone() {
        comes(3, NINE_MS);
        assertThat(hall.withNumber(PARIS, DATE, 3)).isEqualTo(hall.ticket(3)).isEqualTo(hall.ofAppointment(103));
        assertThat(hall.withNumber(PARIS, DATE + 1, 3)).isNull();
        nowMs += MINUTE_MS;
        assertThat(hall.load(nowMs)).isEqualTo(new HallView.Load(1, 0, 0, MINUTE_MS));
        ended(3);
        assertThat(hall.withNumber(PARIS, DATE, 3)).isNull();
        assertThat(hall.ofAppointment(103)).isNull();
        assertThat(hall.load(nowMs)).isEqualTo(new HallView.Load(0, 0, 0, 0));
    }

    @Test
    void givenRules_whenTheyAreSet_thenTheyAreShown() {
        assertThat(hall.rules().keepMs()).isEqualTo(16 * 3_600_000L);
        new HallRulesSetEncoder().wrapAndApplyHeader(buffer, 0, header).lateAfterMs(1).latePenaltyMs(2).overflowDelayMs(3).pickUpDelayMs(4).priorityAheadMs(5).callGraceMs(6)
                .parkMs(7).keepMs(8).maxTickets(9).recallsMost((short) 10);
        say();
        assertThat(hall.rules()).isEqualTo(new HallView.HallRules(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    }

    private void comes(final int number, final long dueMs) {
        comesTo(DESK, number, dueMs);
    }

    private void comesTo(final int desk, final int number, final long dueMs) {
        final TicketQueuedEncoder event = new TicketQueuedEncoder().wrapAndApplyHeader(buffer, 0, header);
        event.head().nowMs(nowMs).postId(PARIS);
        event.ticketId(number).appointmentId(100 + number).dueMs(dueMs).changedMs(nowMs).epochDay(DATE).deskId(desk).number(number).serviceId(PASSPORT).quantity((short) 1)
                .kind(TicketKind.APPOINTMENT).priority(Priority.NONE).state(TicketState.WAITING).counter((short) 0).recalls((short) 0);
        say();
    }

    private void called(final int number, final int counter, final int recalls) {
        nowMs++;
        final TicketChangedEncoder event = new TicketChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        event.head().nowMs(nowMs).postId(PARIS);
        event.ticketId(number).appointmentId(100 + number).dueMs(NINE_MS + number).changedMs(nowMs).epochDay(DATE).deskId(DESK).number(number).serviceId(PASSPORT)
                .quantity((short) 1).kind(TicketKind.APPOINTMENT).priority(Priority.NONE).state(TicketState.CALLED).counter((short) counter).recalls((short) recalls);
        say();
    }

    private void ended(final int number) {
        new TicketEndedEncoder().wrapAndApplyHeader(buffer, 0, header).ticketId(number).end(TicketEnd.SERVED);
        say();
    }

    private void measured(final long paceMs, final long acts) {
        final TimesMeasuredEncoder event = new TimesMeasuredEncoder().wrapAndApplyHeader(buffer, 0, header);
        event.head().nowMs(nowMs).postId(PARIS);
        event.deskId(DESK).epochDay(DATE).served(1).paceMs(paceMs).serviceId(PASSPORT).measured(acts).p50Minutes(10).p90Minutes(20);
        say();
    }

    private void say() {
        hall.onMessage(buffer, 0);
        hall.onBatchEnd();
    }
}
