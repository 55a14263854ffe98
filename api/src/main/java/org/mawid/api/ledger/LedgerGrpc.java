package org.mawid.api.ledger;

import io.grpc.stub.StreamObserver;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Worker;
import org.mawid.grpc.AssignBreak;
import org.mawid.grpc.CloseBatch;
import org.mawid.grpc.CloseBatchReply;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.Done;
import org.mawid.grpc.LedgerServiceGrpc;
import org.mawid.grpc.OpenBreak;
import org.mawid.grpc.OpenBreakReply;
import org.mawid.grpc.RecordSettlement;
import org.mawid.grpc.ResolveBreak;
import org.mawid.grpc.SetStampRules;

/** The ledger over gRPC. On the server's event loops. */
public final class LedgerGrpc extends LedgerServiceGrpc.LedgerServiceImplBase {
    private final Calls calls;
    private final ThreadLocal<LedgerMapping> mapping = ThreadLocal.withInitial(LedgerMapping::new);

    public LedgerGrpc(final Calls calls) {
        this.calls = calls;
    }

    @Override
    public void defineTerminal(final DefineTerminal message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.DEFINE_TERMINAL, mapping.get().defineTerminal(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void closeBatch(final CloseBatch message, final StreamObserver<CloseBatchReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CLOSE_BATCH, mapping.get().closeBatch(worker.draft(), message), observer,
                answer -> CloseBatchReply.newBuilder().setBatch(answer.reference(calls.references())).setSumMinor(answer.number2()).setAgrees(answer.number3() == 1)
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void recordSettlement(final RecordSettlement message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_SETTLEMENT, mapping.get().recordSettlement(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void openBreak(final OpenBreak message, final StreamObserver<OpenBreakReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.OPEN_BREAK, mapping.get().openBreak(worker.draft(), message), observer,
                answer -> OpenBreakReply.newBuilder().setBreakReference(answer.reference(calls.references())).setWasOpen(answer.number2() == 1)
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void assignBreak(final AssignBreak message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ASSIGN_BREAK, mapping.get().assignBreak(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void resolveBreak(final ResolveBreak message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RESOLVE_BREAK, mapping.get().resolveBreak(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setStampRules(final SetStampRules message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_STAMP_RULES, mapping.get().setStampRules(worker.draft(), message), observer, Calls::done);
    }
}
