package org.mawid.engine.core;

import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.stamp.Payments;
import org.mawid.engine.stamp.StampLedger;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.RecordApprovalDecoder;
import org.mawid.sbe.RecordCounterReceiptDecoder;
import org.mawid.sbe.StartPaymentDecoder;

/** What commands about payments will need, see {@link Prefetch}. */
final class MoneyAhead {
    private static final int STARTED_FOR = CommandCheck.HEADER + StartPaymentDecoder.BLOCK_LENGTH + GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int RECEIPT_FOR = CommandCheck.HEADER + RecordCounterReceiptDecoder.BLOCK_LENGTH + GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int TRANSACTION = CommandCheck.HEADER + RecordApprovalDecoder.transactionEncodingOffset();

    private final Ahead ahead;
    private final StampLedger stamps;
    private final Payments payments;
    /** Payments that commands name, and beside each the address of its transaction's text, 0 = none. */
    private final Numbers named;
    private final Numbers texts;
    private int begun;

    MoneyAhead(final Ahead ahead, final Rooms rooms, final int most) {
        this.ahead = ahead;
        this.stamps = rooms.stamps;
        this.payments = rooms.stamps.money().payments();
        named = new Numbers(most);
        texts = new Numbers(most);
    }

    void forget() {
        named.count = 0;
        texts.count = 0;
        begun = 0;
    }

    /** A payment of the application begins, or money was taken at the counter. @param end of the command */
    void begins(final long command, final long end, final long application) {
        final int first = CommandCheck.template(command) == StartPaymentDecoder.TEMPLATE_ID ? STARTED_FOR : RECEIPT_FOR;
        for (long at = command + first; at + Long.BYTES <= end; at += Long.BYTES) {
            stamps.want(ahead, Memory.getLong(at));
        }
        payments.wantNew(ahead, begun++, application);
    }

    /** Whoever was to collect it has. */
    void approved(final long command, final long payment) {
        answered(payment, command + TRANSACTION);
    }

    void answered(final long payment) {
        answered(payment, 0);
    }

    private void answered(final long payment, final long text) {
        named.add(payment);
        texts.add(text);
        payments.want(ahead, payment);
    }

    /** How many were named. */
    int payments() {
        return named.count;
    }

    /** Whose payment it is, 0 = it is not there; what else it leads to is wanted. @param index 0 to {@link #payments()} − 1 */
    long applicationOf(final int index) {
        final long payment = named.at[index];
        if (!payments.has(payment)) {
            return 0;
        }
        stamps.want(ahead, payments.firstStamp(payment));
        if (texts.at[index] != 0) {
            payments.wantTransaction(ahead, payment, texts.at[index]);
        }
        return payments.application(payment);
    }
}
