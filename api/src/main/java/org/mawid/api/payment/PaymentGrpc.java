package org.mawid.api.payment;

import io.grpc.stub.StreamObserver;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.http.OnlinePayments;
import org.mawid.api.ledger.TerminalCalls;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Worker;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.AbortPaymentReply;
import org.mawid.grpc.AbortPaymentRequest;
import org.mawid.grpc.AllocatePayment;
import org.mawid.grpc.AskPerson;
import org.mawid.grpc.CounterReceiptReply;
import org.mawid.grpc.GetPaymentRequest;
import org.mawid.grpc.MarkInDoubt;
import org.mawid.grpc.OpenPaymentPageRequest;
import org.mawid.grpc.Payment;
import org.mawid.grpc.PaymentPage;
import org.mawid.grpc.PaymentReply;
import org.mawid.grpc.PaymentServiceGrpc;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.RecordChargeBack;
import org.mawid.grpc.RecordCounterReceipt;
import org.mawid.grpc.RecordFailure;
import org.mawid.grpc.StartPayment;
import org.mawid.grpc.StartPaymentReply;
import org.mawid.sbe.Result;

/** Payments over gRPC. On the server's event loops. */
public final class PaymentGrpc extends PaymentServiceGrpc.PaymentServiceImplBase {
    /** How records say that the digits of the card are not known. */
    private static final int NO_LAST_FOUR = 10_000;

    private final Calls calls;
    private final TerminalCalls terminals;
    private final PageCalls pages;
    private final ThreadLocal<PaymentMapping> mapping = ThreadLocal.withInitial(PaymentMapping::new);

    /** @param online null = nothing is paid online */
    public PaymentGrpc(final Calls calls, final TerminalCalls terminals, final OnlinePayments online) {
        this.calls = calls;
        this.terminals = terminals;
        pages = new PageCalls(calls, online);
    }

    @Override
    public void abortPayment(final AbortPaymentRequest message, final StreamObserver<AbortPaymentReply> observer) {
        terminals.abort(message, observer);
    }

    @Override
    public void openPaymentPage(final OpenPaymentPageRequest message, final StreamObserver<PaymentPage> observer) {
        pages.open(message, observer);
    }

    @Override
    public void startPayment(final StartPayment message, final StreamObserver<StartPaymentReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.START_PAYMENT, mapping.get().startPayment(worker.draft(), message), observer,
                answer -> StartPaymentReply.newBuilder().setPayment(answer.reference(calls.references())).setAmountMinor(answer.number2())
                        .setAmountCentimes(answer.number3()).setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void recordCounterReceipt(final RecordCounterReceipt message, final StreamObserver<CounterReceiptReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_COUNTER_RECEIPT, mapping.get().recordCounterReceipt(worker.draft(), message), observer,
                answer -> CounterReceiptReply.newBuilder().setPayment(answer.reference(calls.references())).setReceipt((int) answer.number2())
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void recordApproval(final RecordApproval message, final StreamObserver<PaymentReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_APPROVAL, mapping.get().recordApproval(worker.draft(), message), observer, this::reply);
    }

    @Override
    public void recordFailure(final RecordFailure message, final StreamObserver<PaymentReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_FAILURE, mapping.get().recordFailure(worker.draft(), message), observer, this::reply);
    }

    @Override
    public void markInDoubt(final MarkInDoubt message, final StreamObserver<PaymentReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.MARK_IN_DOUBT, mapping.get().markInDoubt(worker.draft(), message), observer, this::reply);
    }

    @Override
    public void askPerson(final AskPerson message, final StreamObserver<PaymentReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ASK_PERSON, mapping.get().askPerson(worker.draft(), message), observer, this::reply);
    }

    @Override
    public void recordChargeBack(final RecordChargeBack message, final StreamObserver<PaymentReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_CHARGE_BACK, mapping.get().recordChargeBack(worker.draft(), message), observer, this::reply);
    }

    @Override
    public void allocatePayment(final AllocatePayment message, final StreamObserver<PaymentReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ALLOCATE_PAYMENT, mapping.get().allocatePayment(worker.draft(), message), observer, this::reply);
    }

    private PaymentReply reply(final Answer answer) {
        return PaymentReply.newBuilder().setPayment(answer.reference(calls.references())).setStateValue((int) answer.number2())
                .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build();
    }

    @Override
    public void getPayment(final GetPaymentRequest message, final StreamObserver<Payment> observer) {
        final long number = calls.numberToRead(ReferenceKind.PAYMENT, message.getPayment(), observer);
        if (number != 0) {
            calls.readRecord(message.getMinPosition(), observer, Result.PAYMENT_UNKNOWN, () -> {
                final Records.Payment payment = calls.readModel().records().payment(number);
                return payment == null ? null : payment(payment);
            });
        }
    }

    private Payment payment(final Records.Payment record) {
        final References references = calls.references();
        final Payment.Builder payment = Payment.newBuilder().setPayment(references.text(ReferenceKind.PAYMENT, record.paymentId()))
                .setApplication(references.text(ReferenceKind.APPLICATION, record.applicationId())).setPostId(record.postId())
                .setMeansValue(record.means().value()).setTerminalId(record.terminalId()).setStateValue(record.state().value())
                .setAmountMinor(record.amountMinor()).setAmountCentimes(record.amountCentimes()).setCurrency(record.currency())
                .setReceivedMinor(record.receivedMinor()).setReceivedCurrency(record.receivedCurrency()).setTransaction(record.transaction())
                .setAuthorisationCode(record.authorisationCode()).setScheme(record.scheme()).setReceipt((int) record.receipt())
                .setBatch(references.text(ReferenceKind.BATCH, record.batchId())).setOrigin(references.text(ReferenceKind.PAYMENT, record.origin()))
                .setSettled(record.settled()).setWaitsForPerson(record.waitsForPerson()).setReasonCode(record.reasonCode()).setEpochDay(record.epochDay())
                .setStartedMs(record.startedMs()).setChangedMs(record.changedMs()).setPosition(record.position());
        if (record.lastFour() < NO_LAST_FOUR) {
            payment.setLastFour(record.lastFour());
        }
        record.stampIds().forEach(stamp -> payment.addStamps(references.text(ReferenceKind.STAMP, stamp)));
        return payment.build();
    }
}
