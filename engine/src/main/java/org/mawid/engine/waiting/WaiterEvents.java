package org.mawid.engine.waiting;

import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.NoRoomFoundEncoder;
import org.mawid.sbe.OfferLapsedEncoder;
import org.mawid.sbe.OfferMadeEncoder;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaitingBegunEncoder;
import org.mawid.sbe.WaitingEndedEncoder;
import org.mawid.sbe.WaitingReducedEncoder;
import org.mawid.sbe.WaitlistJoinedEncoder;

/** Tells what became of waiters, each at the post of its queue. All events begin with the waiter and the application. */
final class WaiterEvents {
    private static final int WAITER = WaitingBegunEncoder.waiterIdEncodingOffset();
    private static final int APPLICATION = WaitingBegunEncoder.applicationIdEncodingOffset();

    private final Emitter events;

    WaiterEvents(final Emitter events) {
        this.events = events;
    }

    void begun(final Waiters waiters, final long waiter) {
        final long block = begin(WaitingBegunEncoder.TEMPLATE_ID, WaitingBegunEncoder.BLOCK_LENGTH, waiters, waiter);
        Memory.putLong(block + WaitingBegunEncoder.appointmentIdEncodingOffset(), waiters.appointment(waiter));
        Memory.putLong(block + WaitingBegunEncoder.closureIdEncodingOffset(), waiters.closure(waiter));
        Memory.putShort(block + WaitingBegunEncoder.linesEncodingOffset(), waiters.lines(waiter));
        Memory.putByte(block + WaitingBegunEncoder.prioritisedEncodingOffset(), waiters.isPrioritised(waiter) ? BooleanType.YES.value() : BooleanType.NO.value());
        events.endAt(block + WaitingBegunEncoder.BLOCK_LENGTH);
    }

    void joined(final Waiters waiters, final long waiter) {
        final long block = begin(WaitlistJoinedEncoder.TEMPLATE_ID, WaitlistJoinedEncoder.BLOCK_LENGTH, waiters, waiter);
        Memory.putLong(block + WaitlistJoinedEncoder.appointmentIdEncodingOffset(), waiters.appointment(waiter));
        Memory.putInt(block + WaitlistJoinedEncoder.fromEpochDayEncodingOffset(), waiters.epochDay(waiter));
        Memory.putInt(block + WaitlistJoinedEncoder.toEpochDayEncodingOffset(), waiters.lastDay(waiter));
        Memory.putShort(block + WaitlistJoinedEncoder.linesEncodingOffset(), waiters.lines(waiter));
        events.endAt(block + WaitlistJoinedEncoder.BLOCK_LENGTH);
    }

    void reduced(final Waiters waiters, final long waiter) {
        final long block = begin(WaitingReducedEncoder.TEMPLATE_ID, WaitingReducedEncoder.BLOCK_LENGTH, waiters, waiter);
        Memory.putShort(block + WaitingReducedEncoder.linesEncodingOffset(), waiters.lines(waiter));
        events.endAt(block + WaitingReducedEncoder.BLOCK_LENGTH);
    }

    void offered(final Waiters waiters, final long waiter) {
        final long block = begin(OfferMadeEncoder.TEMPLATE_ID, OfferMadeEncoder.BLOCK_LENGTH, waiters, waiter);
        Memory.putLong(block + OfferMadeEncoder.holdIdEncodingOffset(), waiters.hold(waiter));
        Memory.putByte(block + OfferMadeEncoder.offersEncodingOffset(), waiters.offers(waiter));
        events.endAt(block + OfferMadeEncoder.BLOCK_LENGTH);
    }

    void noRoom(final Waiters waiters, final long waiter) {
        events.endAt(begin(NoRoomFoundEncoder.TEMPLATE_ID, NoRoomFoundEncoder.BLOCK_LENGTH, waiters, waiter) + NoRoomFoundEncoder.BLOCK_LENGTH);
    }

    void lapsed(final Waiters waiters, final long waiter) {
        events.endAt(begin(OfferLapsedEncoder.TEMPLATE_ID, OfferLapsedEncoder.BLOCK_LENGTH, waiters, waiter) + OfferLapsedEncoder.BLOCK_LENGTH);
    }

    /** Of one that is gone. */
    void ended(final int postId, final long waiter, final long application, final WaiterEnd how) {
        final long block = begin(WaitingEndedEncoder.TEMPLATE_ID, WaitingEndedEncoder.BLOCK_LENGTH, postId, waiter, application);
        Memory.putByte(block + WaitingEndedEncoder.endEncodingOffset(), how.value());
        events.endAt(block + WaitingEndedEncoder.BLOCK_LENGTH);
    }

    private long begin(final int templateId, final int blockLength, final Waiters waiters, final long waiter) {
        return begin(templateId, blockLength, waiters.post(waiter), waiter, waiters.application(waiter));
    }

    private long begin(final int templateId, final int blockLength, final int postId, final long waiter, final long application) {
        final long block = events.beginAt(templateId, blockLength, postId);
        Memory.putLong(block + WAITER, waiter);
        Memory.putLong(block + APPLICATION, application);
        return block;
    }
}
