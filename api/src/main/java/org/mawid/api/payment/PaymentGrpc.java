package org.mawid.api.payment;

import io.grpc.stub.StreamObserver;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Worker;
import org.mawid.grpc.AllocatePayment;
import org.mawid.grpc.AskPerson;
import org.mawid.grpc.CounterReceiptReply;
import org.mawid.grpc.MarkInDoubt;
import org.mawid.grpc.PaymentReply;
import org.mawid.grpc.PaymentServiceGrpc;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.RecordChargeBack;
import org.mawid.grpc.RecordCounterReceipt;
import org.mawid.grpc.RecordFailure;
import org.mawid.grpc.StartPayment;
import org.mawid.grpc.StartPaymentReply;

/** Payments over gRPC. On the server's event loops. */
public final class PaymentGrpc extends PaymentServiceGrpc.PaymentServiceImplBase {
    private final Calls calls;
    private final ThreadLocal<PaymentMapping> mapping = ThreadLocal.withInitial(PaymentMapping::new);

    public PaymentGrpc(final Calls calls) {
        this.calls = calls;
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
}
