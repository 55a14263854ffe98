package org.mawid.engine.stamp;

import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.PaymentChangedEncoder;
import org.mawid.sbe.PaymentStartedEncoder;
import org.mawid.sbe.PaymentStartedEncoder.StampsEncoder;

/** Says what became of payments. */
final class PaymentEvents {
    private final Payments payments;
    private final Lives lives;
    private final Emitter events;

    PaymentEvents(final Payments payments, final Lives lives, final Emitter events) {
        this.payments = payments;
        this.lives = lives;
        this.events = events;
    }

    /** @param deadlineMs when it will be in doubt, 0 = it is not awaited */
    void started(final long payment, final long deadlineMs) {
        final long block = events.beginAt(PaymentStartedEncoder.TEMPLATE_ID, PaymentStartedEncoder.BLOCK_LENGTH, payments.post(payment));
        Memory.putLong(block + PaymentStartedEncoder.paymentIdEncodingOffset(), payment);
        Memory.putLong(block + PaymentStartedEncoder.applicationIdEncodingOffset(), payments.application(payment));
        Memory.putLong(block + PaymentStartedEncoder.amountMinorEncodingOffset(), payments.amountMinor(payment));
        Memory.putLong(block + PaymentStartedEncoder.amountCentimesEncodingOffset(), payments.amountCentimes(payment));
        Memory.putLong(block + PaymentStartedEncoder.deadlineMsEncodingOffset(), deadlineMs);
        Memory.putLong(block + PaymentStartedEncoder.originEncodingOffset(), payments.origin(payment));
        Memory.putLong(block + PaymentStartedEncoder.collectorEncodingOffset(), payments.collector(payment));
        Memory.putInt(block + PaymentStartedEncoder.terminalIdEncodingOffset(), payments.terminal(payment));
        Memory.putInt(block + PaymentStartedEncoder.epochDayEncodingOffset(), payments.epochDay(payment));
        Memory.putByte(block + PaymentStartedEncoder.meansEncodingOffset(), payments.means(payment));
        StampLedger.putCurrency(block + PaymentStartedEncoder.currencyEncodingOffset(), payments.currency(payment));
        long at = Emitter.group(block + PaymentStartedEncoder.BLOCK_LENGTH, StampsEncoder.sbeBlockLength(), payments.stampCount(payment));
        for (long stamp = payments.firstStamp(payment); stamp != 0; stamp = lives.next(stamp), at += StampsEncoder.sbeBlockLength()) {
            Memory.putLong(at + StampsEncoder.stampIdEncodingOffset(), stamp);
        }
        events.endAt(at);
    }

    void changed(final long payment) {
        final long block = events.beginAt(PaymentChangedEncoder.TEMPLATE_ID, PaymentChangedEncoder.BLOCK_LENGTH, payments.post(payment));
        Memory.putLong(block + PaymentChangedEncoder.paymentIdEncodingOffset(), payment);
        Memory.putLong(block + PaymentChangedEncoder.applicationIdEncodingOffset(), payments.application(payment));
        Memory.putLong(block + PaymentChangedEncoder.receivedMinorEncodingOffset(), payments.receivedMinor(payment));
        Memory.putLong(block + PaymentChangedEncoder.batchIdEncodingOffset(), payments.batch(payment));
        Memory.copy(payments.transactionAt(payment), block + PaymentChangedEncoder.transactionEncodingOffset(), Payments.TRANSACTION_BYTES);
        Memory.copy(payments.authorisationAt(payment), block + PaymentChangedEncoder.authorisationCodeEncodingOffset(), Payments.AUTHORISATION_BYTES);
        Memory.copy(payments.schemeAt(payment), block + PaymentChangedEncoder.schemeEncodingOffset(), Payments.SCHEME_BYTES);
        Memory.putInt(block + PaymentChangedEncoder.receiptEncodingOffset(), payments.receipt(payment));
        Memory.putShort(block + PaymentChangedEncoder.lastFourEncodingOffset(), payments.lastFour(payment));
        Memory.putShort(block + PaymentChangedEncoder.reasonCodeEncodingOffset(), payments.reason(payment));
        Memory.putByte(block + PaymentChangedEncoder.stateEncodingOffset(), payments.state(payment));
        Memory.putByte(block + PaymentChangedEncoder.waitsForPersonEncodingOffset(), payments.waitsForPerson(payment) ? 1 : 0);
        StampLedger.putCurrency(block + PaymentChangedEncoder.currencyEncodingOffset(), payments.receivedCurrency(payment));
        events.endAt(block + PaymentChangedEncoder.BLOCK_LENGTH);
    }
}
