package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.*; // one decoder for every event that is followed

/** What somebody knows who only reads the events of halls and hears the answers. Checks what must never be false; knows nothing of how it was decided. */
final class HallBook {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TreeMap<Long, Ticket> tickets = new TreeMap<>();
    private final Map<Long, AppointmentState> appointments = new HashMap<>();
    /** Who came while nobody could say so, or whose ticket ended with the day: an officer has to say what became of them. */
    private final Set<Long> withoutTicket = new HashSet<>();
    private final Set<String> printed = new HashSet<>();
    private long lastTicket;
    private boolean keepsHall;
    /** What is being read is what a post recorded while its link was down. */
    private boolean toldLater;
    /** How often somebody was called. */
    int called;

    private record Ticket(long id, long appointment, int desk, long dueMs, TicketState state) {
    }

    /** @param command null = a Tick or nothing that was understood */
    void read(final Command command, final Answered answer) {
        final List<Ticket> before = List.copyOf(tickets.values());
        final byte[] frames = answer.events();
        final DirectBuffer buffer = new UnsafeBuffer(frames);
        toldLater = command instanceof Command.Offline || isToldLater(frames, buffer);
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            final int message = at + EventWriter.FRAME_BYTES;
            event(header.wrap(buffer, message).templateId(), buffer, message);
        }
        if (command instanceof Command.CallNext next && !answer.repeated()) {
            isTheirTurn(next, answer, before);
        }
    }

    /** Also of a command that was spoilt and is understood all the same. */
    private boolean isToldLater(final byte[] frames, final DirectBuffer buffer) {
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            if (header.wrap(buffer, at + EventWriter.FRAME_BYTES).templateId() == RecordedOfflineDecoder.TEMPLATE_ID) {
                return true;
            }
        }
        return false;
    }

    /** Of all who waited at these desks nobody was due before; and nobody waited when that was the answer. */
    private void isTheirTurn(final Command.CallNext next, final Answered answer, final List<Ticket> before) {
        final Ticket first = before.stream().filter(ticket -> ticket.state == TicketState.WAITING && next.desks().contains(ticket.desk))
                .min(Comparator.comparingLong(Ticket::dueMs).thenComparingLong(Ticket::id)).orElse(null);
        if (answer.result() == Result.OK) {
            assertThat(first).as("somebody waits").isNotNull();
            assertThat(answer.number3()).as("who is called").isEqualTo(first.id);
            assertThat(answer.number1()).as("their appointment").isEqualTo(first.appointment);
            called++;
        } else if (answer.result() == Result.QUEUE_EMPTY) {
            assertThat(first).as("who waits").isNull();
        }
    }

    private void event(final int template, final DirectBuffer buffer, final int at) {
        switch (template) {
            case CoreVersionSetDecoder.TEMPLATE_ID -> {
                final boolean begins = !keepsHall && new CoreVersionSetDecoder().wrapAndApplyHeader(buffer, at, header).coreVersion() >= 6;
                if (begins) {
                    withoutTicket.addAll(appointments.keySet());
                }
                keepsHall |= begins;
            }
            case TicketQueuedDecoder.TEMPLATE_ID -> queued(new TicketQueuedDecoder().wrapAndApplyHeader(buffer, at, header));
            case TicketChangedDecoder.TEMPLATE_ID -> changed(new TicketChangedDecoder().wrapAndApplyHeader(buffer, at, header));
            case TicketEndedDecoder.TEMPLATE_ID -> ended(new TicketEndedDecoder().wrapAndApplyHeader(buffer, at, header));
            case WalkedInDecoder.TEMPLATE_ID -> came(new WalkedInDecoder().wrapAndApplyHeader(buffer, at, header).appointmentId(), AppointmentState.CHECKED_IN);
            case AppointmentChangedDecoder.TEMPLATE_ID -> {
                final AppointmentChangedDecoder event = new AppointmentChangedDecoder().wrapAndApplyHeader(buffer, at, header);
                came(event.appointmentId(), event.state());
            }
            default -> { }
        }
    }

    private void came(final long appointment, final AppointmentState state) {
        if (state == AppointmentState.CHECKED_IN || state == AppointmentState.CALLED) {
            appointments.put(appointment, state);
            if (!keepsHall || toldLater) {
                withoutTicket.add(appointment);
            }
        } else {
            appointments.remove(appointment);
            withoutTicket.remove(appointment);
        }
    }

    private void queued(final TicketQueuedDecoder event) {
        assertThat(event.ticketId()).as("tickets are counted").isEqualTo(++lastTicket);
        assertThat(event.state()).isEqualTo(TicketState.WAITING);
        assertThat(event.appointmentId() == 0 || tickets.values().stream().noneMatch(ticket -> ticket.appointment == event.appointmentId()))
                .as("one ticket of appointment %d", event.appointmentId()).isTrue();
        if (!toldLater) {
            assertThat(printed.add(event.head().postId() + " " + event.epochDay() + " " + event.number())).as("number %d is on one ticket of its date", event.number()).isTrue();
        }
        tickets.put(event.ticketId(), new Ticket(event.ticketId(), event.appointmentId(), event.deskId(), event.dueMs(), event.state()));
        withoutTicket.remove(event.appointmentId());
    }

    private void changed(final TicketChangedDecoder event) {
        final Ticket before = tickets.get(event.ticketId());
        assertThat(before).as("ticket %d has not ended", event.ticketId()).isNotNull();
        assertThat(event.dueMs()).as("due of ticket %d", event.ticketId()).isGreaterThanOrEqualTo(before.dueMs);
        assertThat(event.dueMs() == before.dueMs || event.deskId() != before.desk).as("only another desk makes ticket %d due later", event.ticketId()).isTrue();
        assertThat(event.state() != TicketState.CALLED || event.counter() != 0).isTrue();
        tickets.put(event.ticketId(), new Ticket(event.ticketId(), event.appointmentId(), event.deskId(), event.dueMs(), event.state()));
    }

    private void ended(final TicketEndedDecoder event) {
        final Ticket before = tickets.remove(event.ticketId());
        assertThat(before).as("ticket %d ends once", event.ticketId()).isNotNull();
        assertThat(event.state()).as("how ticket %d was", event.ticketId()).isEqualTo(before.state);
        if (event.end() == TicketEnd.NO_SHOW && !toldLater) {
            assertThat(before.state).as("who is not there was called, or went away").isNotEqualTo(TicketState.WAITING);
        }
        if (event.end() == TicketEnd.DAY_OVER) {
            withoutTicket.add(event.appointmentId());
        }
    }

    /** Between two positions: who has come stands somewhere, and is called when their ticket is. */
    void check() {
        final Map<Long, Ticket> ofAppointment = new HashMap<>();
        tickets.values().forEach(ticket -> ofAppointment.put(ticket.appointment, ticket));
        appointments.forEach((appointment, state) -> {
            final Ticket ticket = ofAppointment.get(appointment);
            that(ticket != null || withoutTicket.contains(appointment), "who has come has a ticket: appointment ", appointment);
            that(ticket == null || ticket.state != TicketState.CALLED || state == AppointmentState.CALLED, "who is called is called: appointment ", appointment);
        });
        tickets.values().forEach(ticket -> that(ticket.appointment == 0 || appointments.containsKey(ticket.appointment), "who has a ticket has come: ticket ", ticket.id));
    }

    /** Words are made only for a failure: this is asked for each of them at each position. */
    private static void that(final boolean holds, final String promise, final long number) {
        if (!holds) {
            throw new AssertionError(promise + number);
        }
    }
}
