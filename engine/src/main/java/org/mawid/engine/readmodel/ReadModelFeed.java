package org.mawid.engine.readmodel;

import org.agrona.DirectBuffer;

/**
 * How the pipeline tells the read side what happened. All of it on one thread at a time: the starting thread until the pipeline
 * runs, then the projection thread; {@link #recordsTooFarBehind} and {@link #readModel} from any.
 *
 * <p>Order at start: {@link #onReplayed} for each position replayed after the snapshot, in order; {@link #beginRebuild},
 * {@link #rebuild} for everything in the core's state but applications, holds, appointments, stamps and payments, and for what is under way of
 * the last three, {@link #rebuildNamed} for whom applications name, {@link #endRebuild};
 * then live: {@link #onEvents} for each position, {@link #onBatchEnd} whenever nothing more is waiting and at least every few
 * thousand positions; {@link #startRecords} once the core answers queries.
 */
public interface ReadModelFeed extends AutoCloseable {
    ReadModel readModel();

    /**
     * A position that recovery replayed, before the rebuild. Only the event log listens: it fills in what a crash cut off.
     * What it already has is passed over. Leaving these calls out is allowed and costs followers a START_AGAIN.
     */
    void onReplayed(long position, long nowMs, DirectBuffer events, int offset, int length);

    /** Forgets everything but the event log. @param position of the core's state that follows */
    void beginRebuild(long position, long nowMs);

    /**
     * One SBE message with its header: a catalogue event, PostRecord, ChangeRecord, DayRecord, TerminalRecord or BookRecord; of what is under way also
     * PaymentRecord, BreakRecord, ReturnRecord, StampProposed with StampsChanged, StampRecord of a payable refund, AppointmentRecord of a visit, ClosureRecord,
     * WaiterRecord and AcceptedPostsRecord. Others are ignored.
     */
    void rebuild(DirectBuffer message, int offset, int length);

    /** Whom an application names, in ascending order of applications. @param personKey 0 = nobody */
    default void rebuildNamed(final long applicationId, final long personKey) {
    }

    /** What was rebuilt is shown. */
    void endRebuild();

    /** After the rebuild: events of the past that the event log should have and has not. @return null when nothing is missing */
    default MissingEvents missingEvents() {
        return null;
    }

    /**
     * Each position after the rebuild, in order, also when it has no events ({@code length} 0).
     *
     * @param events frames of {@link org.mawid.engine.kernel.EventWriter}, valid during the call
     */
    void onEvents(long position, long nowMs, DirectBuffer events, int offset, int length);

    /** Shows what was fed and wakes who waits for it. */
    void onBatchEnd();

    /** Where the core is asked what is under way; before anything is fed. Records are another matter, see {@link #startRecords}. */
    default void askFrom(final RecordsSource source) {
    }

    /** Begins to keep records, in the background: from its file if that was left in order, else anew from {@code source}. The same is asked for what events do not say. From any thread. */
    void startRecords(RecordsSource source);

    /** Admission: true while new commands should be answered UNAVAILABLE because the records cannot follow. */
    boolean recordsTooFarBehind();

    /** Writes the event log's last bytes to the disk, so that a snapshot of a later position cannot outlive them. From any thread. */
    void forceEvents();

    /** After the pipeline has stopped: ends the threads and leaves files that the next start can use. Idempotent. */
    @Override
    void close();
}
