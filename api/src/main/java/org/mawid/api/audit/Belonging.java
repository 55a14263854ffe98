package org.mawid.api.audit;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.HoldExpiredDecoder;
import org.mawid.sbe.HoldReleasedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** To which application something belongs, by what is read. Of a hold that has ended the events say it, as long as they are kept. One question, one thread that may wait for a disk. */
public final class Belonging {
    private static final int MOST_EVENTS = 16;
    /** Behind a record of who may end a hold: other commands may come between. */
    private static final int MOST_EVENTS_BEHIND = 256;

    private final ReadModel model;
    private final Map<Target, Long> known = new HashMap<>();
    /** That of the question, once it was looked up. */
    private Records.Application asked;

    Belonging(final ReadModel model) {
        this.model = model;
    }

    /** Number of it, 0 = none, or not known. @param position of what names it @param isAccess whether that is a record of who was let do what is done behind it */
    long application(final Target target, final long position, final boolean isAccess) {
        final Long before = known.get(target);
        if (before != null) {
            return before;
        }
        final long found = find(target, position, isAccess);
        if (found != 0 || target.kind() != ObjectKind.HOLD) { // what ended a hold is known at its own position only
            known.put(target, found);
        }
        return found;
    }

    /** Whether a command has opened it. @param command whole, null = there is none @param nowMs its log time */
    boolean isOpened(final long application, final DirectBuffer command, final long nowMs) {
        final Opening opening = command == null ? null : Opening.of(command);
        if (opening == null) {
            return false;
        }
        if (asked == null || asked.applicationId() != application) {
            asked = model.records().application(application);
        }
        return asked != null && opening.isOf(asked, nowMs);
    }

    /** Whether somebody submitted it, or is served by it. */
    boolean concerns(final long application, final long person) {
        final Records.Application found = application == 0 ? null : model.records().application(application);
        return found != null && found.concerns(person);
    }

    private long find(final Target target, final long position, final boolean isAccess) {
        final long now = now(model, target);
        return now == 0 && target.kind() == ObjectKind.HOLD ? ended(target.number(), position, isAccess) : now;
    }

    /** As {@link #application}, of what is there now. Any thread that may wait for a disk. */
    public static long now(final ReadModel model, final Target target) {
        return switch (target.kind()) {
            case APPLICATION -> target.number();
            case HOLD -> {
                final Records.Hold hold = model.records().hold(target.number());
                yield hold == null ? 0 : hold.applicationId();
            }
            case APPOINTMENT -> {
                final Records.Appointment visit = model.records().appointment(target.number());
                yield visit == null ? 0 : visit.applicationId();
            }
            case STAMP -> {
                final Records.Stamp stamp = model.records().stamp(target.number());
                yield stamp == null ? 0 : stamp.applicationId();
            }
            case PAYMENT -> {
                final Records.Payment payment = model.records().payment(target.number());
                yield payment == null ? 0 : payment.applicationId();
            }
            default -> 0;
        };
    }

    private long ended(final long hold, final long position, final boolean isAccess) {
        final EventLog events = model.events();
        final long[] application = new long[1];
        try (EventLog.Subscription of = events.subscribe(EventLog.Cursor.after(events.epoch(), position - 1), 0)) {
            of.poll((cursor, buffer, offset, length) -> {
                if ((isAccess || cursor.position() == position) && holdOf(buffer, offset) == hold) {
                    application[0] = applicationOf(buffer, offset);
                }
            }, isAccess ? MOST_EVENTS_BEHIND : MOST_EVENTS);
        }
        return application[0];
    }

    private static long holdOf(final DirectBuffer buffer, final int offset) {
        return switch (template(buffer, offset)) {
            case ConfirmedDecoder.TEMPLATE_ID -> number(buffer, offset, ConfirmedDecoder.holdIdEncodingOffset());
            case HoldReleasedDecoder.TEMPLATE_ID -> number(buffer, offset, HoldReleasedDecoder.holdIdEncodingOffset());
            case HoldExpiredDecoder.TEMPLATE_ID -> number(buffer, offset, HoldExpiredDecoder.holdIdEncodingOffset());
            case HeldDecoder.TEMPLATE_ID -> number(buffer, offset, HeldDecoder.holdIdEncodingOffset());
            default -> 0;
        };
    }

    private static long applicationOf(final DirectBuffer buffer, final int offset) {
        return switch (template(buffer, offset)) {
            case ConfirmedDecoder.TEMPLATE_ID -> number(buffer, offset, ConfirmedDecoder.applicationIdEncodingOffset());
            case HoldReleasedDecoder.TEMPLATE_ID -> number(buffer, offset, HoldReleasedDecoder.applicationIdEncodingOffset());
            case HoldExpiredDecoder.TEMPLATE_ID -> number(buffer, offset, HoldExpiredDecoder.applicationIdEncodingOffset());
            default -> number(buffer, offset, HeldDecoder.applicationIdEncodingOffset());
        };
    }

    private static int template(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static long number(final DirectBuffer buffer, final int offset, final int field) {
        return buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH + field, ByteOrder.LITTLE_ENDIAN);
    }
}
