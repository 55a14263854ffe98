package org.mawid.engine.readmodel;

import java.util.List;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.Priority;
import org.mawid.sbe.StampState;

/** Applications, appointments, holds, stamps and payments by number, from a disposable off-heap map. Behind the log by {@link #lag()}. */
public interface Records {
    /** @param reasonCode why it is REJECTED or DOCUMENTS_NEEDED, 0 to 65 535 @param reasonHash of the sealed reason, 0 = none */
    record Line(long personKey, int serviceId, int quantity, int registeredPostId, AgeBand ageBand, Priority priority, boolean representative,
                LineState state, long stampId, long holdId, long appointmentId, int reasonCode, long reasonHash) {
    }

    record Application(long applicationId, int postId, long applicant, long submittedMs, List<Line> lines, long position) {
        /** Whether somebody submitted it, or is served by a line of it. @param person key, not 0 */
        public boolean concerns(final long person) {
            return applicant == person || lines.stream().anyMatch(line -> line.personKey() == person);
        }
    }

    record Leg(int deskId, int epochDay, int startUnit, int units, int lines) {
    }

    /** @param attendance its applicant has said that they come, since it was confirmed or moved last @param leadDays whole days from when it was confirmed, or moved last, to its start; 255 = so many or more, 0 also where that is not known */
    record Appointment(long appointmentId, long applicationId, int postId, AppointmentState state, long startMs, int ticket, int counter,
                       boolean overflow, boolean attendance, int reschedules, int leadDays, long changedMs, List<Leg> legs, long position) {
    }

    record Hold(long holdId, long applicationId, int postId, long deadlineMs, long startMs, List<Leg> legs, long position) {
    }

    /**
     * @param paymentId    the last that was begun for it, 0 = none
     * @param consumedMs   when it was used, ms since 1970-01-01 UTC; 0 = it was not
     * @param consumedPost where, 0 = it was not
     */
    record Stamp(long stampId, long applicationId, int line, int postId, StampState state, long amountCentimes, long localMinor,
                 String currency, long microMadPerUnit, long tariffVersion, long issuedMs, long paymentId, long consumedMs, int consumedPost,
                 long position) {
    }

    /**
     * @param terminalId       of TERMINAL, else 0
     * @param amountMinor      what is due, minor units of {@code currency}
     * @param receivedMinor    what was charged and not given back, minor units of {@code receivedCurrency}
     * @param transaction      the terminal's or the treasury's own reference; empty = none, as for the next two
     * @param lastFour         last digits of the card, 0 to 9 999; 10 000 = not known
     * @param receipt          number of the counter receipt, counted by post; 0 = none
     * @param batchId          in which it is settled, 0 = none
     * @param settled          it was settled by itself; a batch is asked about otherwise
     * @param origin           whose money it is: of a second charge, or of a stamp used again; 0 = its own
     * @param waitsForPerson   no question could clear it
     * @param reasonCode       why it failed or waits, 0 = not said
     * @param collector        key of who collected
     * @param epochDay         local date at the post when it was begun
     * @param stampIds         those that it pays for, in the order of the command; none any more when it has failed or was taken back
     */
    record Payment(long paymentId, long applicationId, int postId, PaymentMeans means, int terminalId, PaymentState state, long amountMinor,
                   long amountCentimes, String currency, long receivedMinor, String receivedCurrency, String transaction, String authorisationCode,
                   String scheme, int lastFour, long receipt, long batchId, boolean settled, long origin, boolean waitsForPerson, int reasonCode,
                   long collector, int epochDay, long startedMs, long changedMs, List<Long> stampIds, long position) {
    }

    /** Null when unknown. @throws ReadModelBehindException while it is being rebuilt */
    Application application(long applicationId);

    Appointment appointment(long appointmentId);

    /** Live holds only. */
    Hold hold(long holdId);

    Stamp stamp(long stampId);

    Payment payment(long paymentId);

    /** Last log position that the records reflect. */
    long position();

    /** Waits at most {@code timeoutMs} until the records reflect {@code position}. */
    boolean awaitPosition(long position, long timeoutMs);

    /**
     * True from the start until they can be read for the first time, unless it turns out that they will not be soon. Usually that takes a second or
     * two: whoever asks is better kept waiting than told {@link ReadModelBehindException}.
     */
    default boolean isOpening() {
        return false;
    }

    /** Waits at most {@code timeoutMs} until they are no longer {@link #isOpening}. @return whether that is so */
    default boolean awaitOpen(final long timeoutMs) {
        return true;
    }

    /** Positions shown by the other read models and not yet reflected here. While a rebuild runs: since it began. 0 when switched off. */
    long lag();
}
