package org.mawid.engine.readmodel;

import java.util.List;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.LineState;
import org.mawid.sbe.Priority;
import org.mawid.sbe.StampState;

/** Applications, appointments, holds and stamps by number, from a disposable off-heap map. Behind the log by {@link #lag()}. */
public interface Records {
    record Line(long personKey, int serviceId, int quantity, int registeredPostId, AgeBand ageBand, Priority priority, boolean representative,
                LineState state, long stampId, long holdId, long appointmentId) {
    }

    record Application(long applicationId, int postId, long applicant, long submittedMs, List<Line> lines, long position) {
    }

    record Leg(int deskId, int epochDay, int startUnit, int units, int lines) {
    }

    record Appointment(long appointmentId, long applicationId, int postId, AppointmentState state, long startMs, int ticket, int counter,
                       boolean overflow, int reschedules, long changedMs, List<Leg> legs, long position) {
    }

    record Hold(long holdId, long applicationId, int postId, long deadlineMs, long startMs, List<Leg> legs, long position) {
    }

    record Stamp(long stampId, long applicationId, int line, int postId, StampState state, long amountCentimes, long localMinor,
                 String currency, long microMadPerUnit, long tariffVersion, long issuedMs, long position) {
    }

    /** Null when unknown. @throws ReadModelBehindException while it is being rebuilt */
    Application application(long applicationId);

    Appointment appointment(long appointmentId);

    /** Live holds only. */
    Hold hold(long holdId);

    Stamp stamp(long stampId);

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
