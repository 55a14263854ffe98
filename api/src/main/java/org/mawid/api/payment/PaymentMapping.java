package org.mawid.api.payment;

import java.util.List;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.AllocatePayment;
import org.mawid.grpc.AskPerson;
import org.mawid.grpc.MarkInDoubt;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.RecordChargeBack;
import org.mawid.grpc.RecordCounterReceipt;
import org.mawid.grpc.RecordFailure;
import org.mawid.grpc.StartPayment;
import org.mawid.sbe.AllocatePaymentEncoder;
import org.mawid.sbe.AskPersonEncoder;
import org.mawid.sbe.MarkInDoubtEncoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.RecordApprovalEncoder;
import org.mawid.sbe.RecordChargeBackEncoder;
import org.mawid.sbe.RecordCounterReceiptEncoder;
import org.mawid.sbe.RecordFailureEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.StartPaymentEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class PaymentMapping {
    private static final int MOST_STAMPS = 16;
    private static final int NO_LAST_FOUR = 10_000;

    private final StartPaymentEncoder startPayment = new StartPaymentEncoder();
    private final RecordCounterReceiptEncoder counterReceipt = new RecordCounterReceiptEncoder();
    private final RecordApprovalEncoder approval = new RecordApprovalEncoder();
    private final RecordFailureEncoder failure = new RecordFailureEncoder();
    private final MarkInDoubtEncoder markInDoubt = new MarkInDoubtEncoder();
    private final AskPersonEncoder askPerson = new AskPersonEncoder();
    private final RecordChargeBackEncoder chargeBack = new RecordChargeBackEncoder();
    private final AllocatePaymentEncoder allocate = new AllocatePaymentEncoder();

    public int startPayment(final Draft draft, final StartPayment message) {
        startPayment.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), startPayment.request());
        startPayment.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .terminalId(draft.uint32(message.getTerminalId()))
                .epochDay(message.getEpochDay())
                .postId(draft.uint16(message.getPostId()))
                .means(PaymentMeans.get(draft.enumeration(message.getMeansValue(), PaymentMeans.EARLIER.value())));
        final long[] stamps = stamps(draft, message.getStampsList());
        final StartPaymentEncoder.StampsEncoder group = startPayment.stampsCount(stamps.length);
        for (final long stamp : stamps) {
            group.next().stampId(stamp);
        }
        return draft.end(startPayment.encodedLength());
    }

    public int recordCounterReceipt(final Draft draft, final RecordCounterReceipt message) {
        counterReceipt.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), counterReceipt.request());
        counterReceipt.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .amountMinor(message.getAmountMinor())
                .epochDay(message.getEpochDay())
                .postId(draft.uint16(message.getPostId()))
                .currency(draft.currency(message.getCurrency()));
        final long[] stamps = stamps(draft, message.getStampsList());
        final RecordCounterReceiptEncoder.StampsEncoder group = counterReceipt.stampsCount(stamps.length);
        for (final long stamp : stamps) {
            group.next().stampId(stamp);
        }
        return draft.end(counterReceipt.encodedLength());
    }

    public int recordApproval(final Draft draft, final RecordApproval message) {
        approval.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), approval.request());
        approval.paymentId(draft.number(ReferenceKind.PAYMENT, message.getPayment()))
                .amountMinor(message.getAmountMinor())
                .transaction(draft.ascii(message.getTransaction(), RecordApprovalEncoder.transactionLength()))
                .authorisationCode(draft.asciiOrNone(message.getAuthorisationCode(), RecordApprovalEncoder.authorisationCodeLength()))
                .scheme(draft.asciiOrNone(message.getScheme(), RecordApprovalEncoder.schemeLength()))
                .lastFour(message.hasLastFour() ? lastFour(draft, message.getLastFour()) : NO_LAST_FOUR)
                .currency(draft.currency(message.getCurrency()));
        return draft.end(approval.encodedLength());
    }

    /** That they are not known is said by leaving them out, not by a number. */
    private static int lastFour(final Draft draft, final int digits) {
        final int four = draft.uint16(digits);
        if (four == NO_LAST_FOUR) {
            draft.refuse(Result.OUT_OF_RANGE);
        }
        return four;
    }

    public int recordFailure(final Draft draft, final RecordFailure message) {
        failure.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), failure.request());
        failure.paymentId(draft.number(ReferenceKind.PAYMENT, message.getPayment()))
                .reasonCode(draft.uint16(message.getReasonCode()))
                .outcome(PaymentState.get(draft.enumeration(message.getOutcomeValue(), PaymentState.CHARGED_BACK.value())));
        return draft.end(failure.encodedLength());
    }

    public int markInDoubt(final Draft draft, final MarkInDoubt message) {
        markInDoubt.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), markInDoubt.request());
        markInDoubt.paymentId(draft.number(ReferenceKind.PAYMENT, message.getPayment()));
        return draft.end(markInDoubt.encodedLength());
    }

    public int askPerson(final Draft draft, final AskPerson message) {
        askPerson.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), askPerson.request());
        askPerson.paymentId(draft.number(ReferenceKind.PAYMENT, message.getPayment())).reasonCode(draft.uint16(message.getReasonCode()));
        return draft.end(askPerson.encodedLength());
    }

    public int recordChargeBack(final Draft draft, final RecordChargeBack message) {
        chargeBack.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), chargeBack.request());
        chargeBack.paymentId(draft.number(ReferenceKind.PAYMENT, message.getPayment())).amountMinor(message.getAmountMinor())
                .currency(draft.currency(message.getCurrency()));
        return draft.end(chargeBack.encodedLength());
    }

    public int allocatePayment(final Draft draft, final AllocatePayment message) {
        allocate.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), allocate.request());
        allocate.paymentId(draft.number(ReferenceKind.PAYMENT, message.getPayment()))
                .applicationId(draft.other(ReferenceKind.APPLICATION, message.getApplication()));
        final long[] stamps = stamps(draft, message.getStampsList());
        final AllocatePaymentEncoder.StampsEncoder group = allocate.stampsCount(stamps.length);
        for (final long stamp : stamps) {
            group.next().stampId(stamp);
        }
        return draft.end(allocate.encodedLength());
    }

    private static long[] stamps(final Draft draft, final List<String> references) {
        return draft.ascending(ReferenceKind.STAMP, references, MOST_STAMPS);
    }
}
