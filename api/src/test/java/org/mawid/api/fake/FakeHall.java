package org.mawid.api.fake;

import java.util.List;
import org.mawid.engine.readmodel.HallView;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketKind;
import org.mawid.sbe.TicketState;

/** Ticket 7, of appointment 7, whose number of whatever date is 7, waits at desk 11; another one was called before. */
final class FakeHall implements HallView {
    private static final long NINE_MS = FakeReadModel.EPOCH_DAY * 86_400_000L + 32_400_000;
    private static final Ticket TICKET = new Ticket(FakeReadModel.KNOWN, FakeReadModel.KNOWN, FakeReadModel.POST, FakeReadModel.DESK, (int) FakeReadModel.KNOWN, FakeReadModel.EPOCH_DAY,
            FakeReadModel.SERVICE, TicketKind.LATE, Priority.SENIOR, TicketState.WAITING, NINE_MS, NINE_MS - 60_000, NINE_MS - 60_000, 0, 0);

    @Override
    public Ticket ticket(final long ticketId) {
        return ticketId == TICKET.ticketId() ? TICKET : null;
    }

    @Override
    public Ticket ofAppointment(final long appointmentId) {
        return ticket(appointmentId);
    }

    @Override
    public Ticket withNumber(final int postId, final int epochDay, final int number) {
        return postId == FakeReadModel.POST ? ticket(number) : null;
    }

    @Override
    public List<Ticket> queue(final int deskId, final int max) {
        return deskId == FakeReadModel.DESK ? List.of(TICKET) : List.of();
    }

    @Override
    public Display display(final int postId, final int most, final long nowMs) {
        return new Display(postId, List.of(new Called(6, 4, FakeReadModel.DESK, NINE_MS)), List.of(new Desk(FakeReadModel.DESK, 1, 0, 1, 720_000, 2)));
    }

    @Override
    public Estimate estimate(final long ticketId, final long nowMs) {
        return ticketId == TICKET.ticketId() ? new Estimate(TICKET, 0, 2, 720_000, 360_000) : null;
    }

    @Override
    public List<ServiceTime> serviceTimes() {
        return List.of(new ServiceTime(FakeReadModel.SERVICE, 412, 12, 24));
    }

    @Override
    public HallRules rules() {
        return new HallRules(600_000, 1_200_000, 1_800_000, 0, 1_800_000, 300_000, 1_800_000, 57_600_000, 1_000_000, 3);
    }

    @Override
    public Load load(final long nowMs) {
        return new Load(1, 1, 0, 60_000);
    }
}
