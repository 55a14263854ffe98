package org.mawid.engine.readmodel.money;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentState;

/** Payments out of messages. */
final class PaymentReading {
    private static final int NO_LAST_FOUR = 10_000;

    private PaymentReading() {
    }

    static Payment started(final PaymentStartedDecoder event) {
        final String currency = event.currency();
        final List<Long> stampIds = new ArrayList<>();
        event.stamps().forEach(stamp -> stampIds.add(stamp.stampId()));
        return new Payment(event.paymentId(), event.applicationId(), event.head().postId(), event.means(), (int) event.terminalId(), PaymentState.PENDING,
                event.amountMinor(), event.amountCentimes(), currency, 0, currency, "", "", "", NO_LAST_FOUR, 0, 0, false, event.origin(), false, 0,
                event.collector(), event.epochDay(), event.head().nowMs(), event.head().nowMs(), List.copyOf(stampIds), event.head().position());
    }

    /** @param was before this event */
    static Payment changed(final Payment was, final PaymentChangedDecoder event) {
        final PaymentState state = event.state();
        return new Payment(was.paymentId(), was.applicationId(), was.postId(), was.means(), was.terminalId(), state, was.amountMinor(), was.amountCentimes(),
                was.currency(), event.receivedMinor(), event.currency(), event.transaction(), event.authorisationCode(), event.scheme(), event.lastFour(),
                event.receipt(), event.batchId(), was.settled(), was.origin(), event.waitsForPerson() == BooleanType.YES, event.reasonCode(), was.collector(),
                was.epochDay(), was.startedMs(), event.head().nowMs(), state == PaymentState.UNALLOCATED ? List.of() : was.stampIds(), event.head().position());
    }

    /** @param position of the log that the record reflects */
    static Payment record(final PaymentRecordDecoder record, final long position) {
        final List<Long> stampIds = new ArrayList<>();
        record.stamps().forEach(stamp -> stampIds.add(stamp.stampId()));
        return new Payment(record.paymentId(), record.applicationId(), record.postId(), record.means(), (int) record.terminalId(), record.state(),
                record.amountMinor(), record.amountCentimes(), record.currency(), record.receivedMinor(), record.receivedCurrency(), record.transaction(),
                record.authorisationCode(), record.scheme(), record.lastFour(), record.receipt(), record.batchId(), record.settled() == BooleanType.YES,
                record.origin(), record.waitsForPerson() == BooleanType.YES, record.reasonCode(), record.collector(), record.epochDay(), record.startedMs(),
                record.changedMs(), List.copyOf(stampIds), position);
    }

    static Payment at(final Payment one, final long position) {
        return new Payment(one.paymentId(), one.applicationId(), one.postId(), one.means(), one.terminalId(), one.state(), one.amountMinor(), one.amountCentimes(),
                one.currency(), one.receivedMinor(), one.receivedCurrency(), one.transaction(), one.authorisationCode(), one.scheme(), one.lastFour(),
                one.receipt(), one.batchId(), one.settled(), one.origin(), one.waitsForPerson(), one.reasonCode(), one.collector(), one.epochDay(),
                one.startedMs(), one.changedMs(), one.stampIds(), position);
    }
}
