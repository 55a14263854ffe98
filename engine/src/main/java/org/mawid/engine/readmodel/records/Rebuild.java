package org.mawid.engine.readmodel.records;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.ApplicationRecordEncoder;
import org.mawid.sbe.HoldRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.StampRecordDecoder;

/**
 * Fills an empty map from the core's state, slice by slice, with live events in between. No event is processed while a slice is
 * asked for, so a slice is never older than what the map has seen; what it brings takes the place of what events have made.
 */
final class Rebuild {
    /** Applications or holds of one slice: some tens of microseconds of the core's time. */
    private static final int SLICE = 64;
    private static final List<RecordsSource.Table> TABLES = List.of(RecordsSource.Table.APPLICATIONS, RecordsSource.Table.HOLDS);
    private static final long LOOK_NANOS = 50_000L;
    private static final long REFUSED_NANOS = 1_000_000L;

    private final RecordsSource source;
    private final Staging staging;
    private final BooleanSupplier stopped;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private Answer answer = new Answer();
    private Answer one = new Answer();

    /** @param stopped true ends the wait for an answer that may never come */
    Rebuild(final RecordsSource source, final Staging staging, final BooleanSupplier stopped) {
        this.source = source;
        this.staging = staging;
        this.stopped = stopped;
    }

    /**
     * @param between after each slice: process the events that have come meanwhile
     * @return position of the last slice: from there on the map is complete; -1 when it was stopped
     */
    long run(final Runnable between) {
        for (final RecordsSource.Table table : TABLES) {
            long from = 0;
            do {
                if (!ask(table, from, between)) {
                    return -1;
                }
                apply(answer, false);
                staging.flush();
                between.run();
                from = answer.next;
            } while (from != 0);
        }
        return answer.position;
    }

    /**
     * Takes one application with all that belongs to it from the core's state: for what an event does not say.
     *
     * @throws EventsLostException when the core does not have it any more, or does not answer
     */
    void reload(final long application) {
        one.begin();
        while (!source.request(RecordsSource.Table.APPLICATIONS, application, 1, one)) {
            LockSupport.parkNanos(REFUSED_NANOS);
            requireGoingOn();
        }
        while (!one.isComplete) {
            LockSupport.parkNanos(LOOK_NANOS);
            requireGoingOn();
        }
        if (one.length == 0) {
            throw new EventsLostException();
        }
        apply(one, true);
    }

    private void requireGoingOn() {
        if (stopped.getAsBoolean()) {
            one = new Answer(); // the core may still write into the other
            throw new EventsLostException();
        }
    }

    private boolean ask(final RecordsSource.Table table, final long from, final Runnable between) {
        answer.begin();
        while (!source.request(table, from, SLICE, answer)) {
            LockSupport.parkNanos(REFUSED_NANOS);
            between.run(); // the ring may be full because of us
            if (stopped.getAsBoolean()) {
                return false;
            }
        }
        while (!answer.isComplete) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (stopped.getAsBoolean()) {
                answer = new Answer(); // the core may still write into the other
                return false;
            }
        }
        return true;
    }

    /** @param staged whether some of it may be in the staging */
    private void apply(final Answer answer, final boolean staged) {
        final long cursor = Entry.cursor(answer.position, Entry.ALL_OF_POSITION);
        Entry its = null;
        Entry appointment = null;
        Entry money = null;
        for (int at = 0; at < answer.length; ) {
            final int length = answer.bytes.getInt(at);
            final int message = at + Integer.BYTES;
            final int block = message + MessageHeaderDecoder.ENCODED_LENGTH;
            switch (header.wrap(answer.bytes, message).templateId()) {
                case ApplicationRecordDecoder.TEMPLATE_ID -> {
                    its = entry(answer, Kind.APPLICATION, cursor, message, length, staged);
                    // Not kept: the core moves it without an event.
                    its.buffer.putLong(Entry.BLOCK + ApplicationRecordEncoder.validUntilMsEncodingOffset(), 0);
                    appointment = null;
                    money = null;
                }
                case AppointmentRecordDecoder.TEMPLATE_ID -> {
                    final Entry next = entry(answer, Kind.APPOINTMENT, cursor, message, length, staged);
                    (appointment == null ? its : appointment).link(answer.bytes.getLong(block));
                    appointment = next;
                }
                case StampRecordDecoder.TEMPLATE_ID -> money = chained(its, money, entry(answer, Kind.STAMP, cursor, message, length, staged), Kind.STAMP.key(answer.bytes.getLong(block)));
                case PaymentRecordDecoder.TEMPLATE_ID -> money = chained(its, money, entry(answer, Kind.PAYMENT, cursor, message, length, staged), Kind.PAYMENT.key(answer.bytes.getLong(block)));
                case HoldRecordDecoder.TEMPLATE_ID -> entry(answer, Kind.HOLD, cursor, message, length, staged);
                default -> throw new RecordsDamagedException("the core told something else than a record");
            }
            at = message + length;
        }
    }

    /** Stamps and payments of an application are one chain. */
    private static Entry chained(final Entry its, final Entry before, final Entry next, final long key) {
        if (before == null) {
            its.moneyLink(key);
        } else {
            before.link(key);
        }
        return next;
    }

    /** Every record begins with its number. */
    private Entry entry(final Answer answer, final Kind kind, final long cursor, final int message, final int length, final boolean staged) {
        final long number = answer.bytes.getLong(message + MessageHeaderDecoder.ENCODED_LENGTH);
        final Entry entry = staged ? staging.load(kind, number) : staging.blank(kind, number);
        entry.copy(cursor, answer.bytes, message, length);
        return entry;
    }

    /** Filled in on the core's thread, read here once complete. */
    private static final class Answer implements RecordsSource.Slice {
        private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(64 * 1024);
        private int length;
        private long position;
        private long next;
        private volatile boolean isComplete;

        void begin() {
            length = 0;
            isComplete = false;
        }

        @Override
        public void onRecord(final DirectBuffer message, final int offset, final int messageLength) {
            bytes.putInt(length, messageLength);
            bytes.putBytes(length + Integer.BYTES, message, offset, messageLength);
            length += Integer.BYTES + messageLength;
        }

        @Override
        public void onEnd(final long atPosition, final long nextNumber) {
            position = atPosition;
            next = nextNumber;
            isComplete = true;
        }
    }
}
