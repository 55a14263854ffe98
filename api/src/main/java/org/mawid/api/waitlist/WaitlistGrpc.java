package org.mawid.api.waitlist;

import io.grpc.stub.StreamObserver;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.rpc.Worker;
import org.mawid.api.rpc.Calls;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.grpc.CommitCoolingSecret;
import org.mawid.grpc.Done;
import org.mawid.grpc.EndCoolingAt;
import org.mawid.grpc.GetWaitlistRulesReply;
import org.mawid.grpc.GetWaitlistRulesRequest;
import org.mawid.grpc.JoinWaitlist;
import org.mawid.grpc.JoinWaitlistReply;
import org.mawid.grpc.LeaveWaitlist;
import org.mawid.grpc.RevealCoolingSecret;
import org.mawid.grpc.SetCooling;
import org.mawid.grpc.SetWaitlistRules;
import org.mawid.grpc.WaitlistServiceGrpc;
import org.mawid.sbe.Result;

/** Waiting and cooling over gRPC. On the server's event loops. */
public final class WaitlistGrpc extends WaitlistServiceGrpc.WaitlistServiceImplBase {
    private final Calls calls;
    private final ThreadLocal<WaitlistMapping> mapping = ThreadLocal.withInitial(WaitlistMapping::new);

    public WaitlistGrpc(final Calls calls) {
        this.calls = calls;
    }

    @Override
    public void joinWaitlist(final JoinWaitlist message, final StreamObserver<JoinWaitlistReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.JOIN_WAITLIST, mapping.get().joinWaitlist(worker.draft(), message), observer,
                answer -> JoinWaitlistReply.newBuilder().setWaiterId(answer.number1()).setPlace(answer.number2())
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void leaveWaitlist(final LeaveWaitlist message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.LEAVE_WAITLIST, mapping.get().leaveWaitlist(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setWaitlistRules(final SetWaitlistRules message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_WAITLIST_RULES, mapping.get().setWaitlistRules(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setCooling(final SetCooling message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_COOLING, mapping.get().setCooling(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void endCoolingAt(final EndCoolingAt message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.END_COOLING_AT, mapping.get().endCoolingAt(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void commitCoolingSecret(final CommitCoolingSecret message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.COMMIT_COOLING_SECRET, mapping.get().commitCoolingSecret(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void revealCoolingSecret(final RevealCoolingSecret message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.REVEAL_COOLING_SECRET, mapping.get().revealCoolingSecret(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void getWaitlistRules(final GetWaitlistRulesRequest message, final StreamObserver<GetWaitlistRulesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.READ_MODEL_BEHIND, () -> {
            final long position = calls.readModel().position();
            final ClosuresView.WaitlistRules rules = calls.readModel().closures().waitlistRules();
            return GetWaitlistRulesReply.newBuilder().setPosition(position).setRules(SetWaitlistRules.newBuilder().setOfferTtlMs(rules.offerTtlMs())
                    .setNoticeMs(rules.noticeMs()).setCoolingLeadMs(rules.coolingLeadMs()).setMaxWaiters((int) rules.maxWaiters())
                    .setMaxCoolings((int) rules.maxCoolings()).setEntriesEach(rules.entriesEach()).setOffersEach(rules.offersEach())
                    .setSpentEach(rules.spentEach())).build();
        });
    }
}
