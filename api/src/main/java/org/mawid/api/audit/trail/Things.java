package org.mawid.api.audit.trail;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.HoldExpiredDecoder;
import org.mawid.sbe.HoldReleasedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.WaitingBegunDecoder;
import org.mawid.sbe.WaitingEndedDecoder;
import org.mawid.sbe.WaitlistJoinedDecoder;

/** To which application a hold or a waiter belongs that records know no more, or never did: it is kept from the events as they come, so that it is known whenever a command names them. One thread. */
final class Things implements AutoCloseable {
    private static final int EVENTS_AT_ONCE = 1_000;

    private final EventLog events;
    private final TrailFile file;
    private EventLog.Subscription subscription;
    /** All events up to it were looked at, or are gone. */
    private long passed;
    private long blindTo;

    /** @param from position up to which they were looked at */
    Things(final EventLog events, final TrailFile file, final long from) {
        this.events = events;
        this.file = file;
        passed = from;
    }

    /** Looks at all events up to a position. @return false = they are still coming: ask again */
    boolean follow(final long upTo) {
        while (passed < upTo) {
            if (subscription == null && !begin()) {
                return false;
            }
            if (subscription != null && !poll()) {
                return false;
            }
        }
        return true;
    }

    private boolean begin() {
        if (events.keptFrom() > passed) {
            if (events.isRestoring()) {
                return false;
            }
            blindTo = events.keptFrom();
            passed = blindTo;
        } else {
            subscription = events.subscribe(Cursor.after(0, passed), 0); // of whatever epoch: a position has the same events
        }
        return true;
    }

    private boolean poll() {
        final Cursor before = subscription.cursor();
        final int count = subscription.poll((cursor, buffer, offset, length) -> take(buffer, offset), EVENTS_AT_ONCE);
        final Cursor after = subscription.cursor();
        passed = after.hasPassed(after.position()) ? after.position() : after.position() - 1;
        if (count == 0 && subscription.isLost()) {
            close();
            return events.keptFrom() > passed || events.isRestoring(); // or it is asked for again later
        }
        return count > 0 || !after.equals(before);
    }

    private void take(final DirectBuffer event, final int offset) {
        switch (event.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF) {
            case HeldDecoder.TEMPLATE_ID -> put(ObjectKind.HOLD, event, offset, HeldDecoder.holdIdEncodingOffset(), HeldDecoder.applicationIdEncodingOffset());
            case ConfirmedDecoder.TEMPLATE_ID -> put(ObjectKind.HOLD, event, offset, ConfirmedDecoder.holdIdEncodingOffset(), ConfirmedDecoder.applicationIdEncodingOffset());
            case HoldReleasedDecoder.TEMPLATE_ID -> put(ObjectKind.HOLD, event, offset, HoldReleasedDecoder.holdIdEncodingOffset(), HoldReleasedDecoder.applicationIdEncodingOffset());
            case HoldExpiredDecoder.TEMPLATE_ID -> put(ObjectKind.HOLD, event, offset, HoldExpiredDecoder.holdIdEncodingOffset(), HoldExpiredDecoder.applicationIdEncodingOffset());
            case WaitingBegunDecoder.TEMPLATE_ID -> put(ObjectKind.WAITER, event, offset, WaitingBegunDecoder.waiterIdEncodingOffset(), WaitingBegunDecoder.applicationIdEncodingOffset());
            case WaitlistJoinedDecoder.TEMPLATE_ID -> put(ObjectKind.WAITER, event, offset, WaitlistJoinedDecoder.waiterIdEncodingOffset(), WaitlistJoinedDecoder.applicationIdEncodingOffset());
            case WaitingEndedDecoder.TEMPLATE_ID -> put(ObjectKind.WAITER, event, offset, WaitingEndedDecoder.waiterIdEncodingOffset(), WaitingEndedDecoder.applicationIdEncodingOffset());
            default -> { }
        }
    }

    private void put(final ObjectKind kind, final DirectBuffer event, final int offset, final int thing, final int application) {
        final long number = number(event, offset, thing);
        if (number != 0) {
            final long key = key(kind, number);
            if (file.applicationOf(key) == 0) {
                file.put(key, number(event, offset, application));
            }
        }
    }

    private static long number(final DirectBuffer event, final int offset, final int field) {
        return event.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH + field, ByteOrder.LITTLE_ENDIAN);
    }

    private static long key(final ObjectKind kind, final long number) {
        return number << 1 | (kind == ObjectKind.WAITER ? 1 : 0);
    }

    /** 0 = not known, or that is neither a hold nor a waiter. */
    long applicationOf(final Target target) {
        return target.kind() == ObjectKind.HOLD || target.kind() == ObjectKind.WAITER ? file.applicationOf(key(target.kind(), target.number())) : 0;
    }

    /** Of commands up to that position it may not be known to which application they belong: the events were not kept. */
    long blindTo() {
        return blindTo;
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }
}
