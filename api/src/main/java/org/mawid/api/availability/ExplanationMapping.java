package org.mawid.api.availability;

import org.mawid.api.explain.Explanation;
import org.mawid.api.gateway.Answer;
import org.mawid.grpc.ClosureThen;
import org.mawid.grpc.ExplainedRequest;
import org.mawid.grpc.First;
import org.mawid.grpc.HowFirst;
import org.mawid.grpc.KeptThen;
import org.mawid.grpc.LackingUnit;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.Result;

/** An explanation as a message. */
final class ExplanationMapping {
    private ExplanationMapping() {
    }

    /** @param request of which it was asked, null = of none */
    static org.mawid.grpc.Explanation message(final Explanation found, final Answer request) {
        final org.mawid.grpc.Explanation.Builder reply = org.mawid.grpc.Explanation.newBuilder().setPosition(found.position()).setReleasedAtMs(found.releasedAtMs())
                .setPublishedPosition(found.publishedPosition()).setKeptFrom(found.keptFrom());
        if (found.verdict() != null) {
            reply.setVerdict(Result.forNumber(found.verdict().value()));
        }
        if (request != null) {
            reply.setRequest(ExplainedRequest.newBuilder().setCommand(request.template() == null ? 0 : request.template().id())
                    .setResult(Result.forNumber(request.result().value())).setNowMs(request.nowMs()));
        }
        for (final Explanation.Short one : found.units()) {
            final LackingUnit.Builder unit = LackingUnit.newBuilder().setPoolId(one.poolId()).setUnit(one.unit()).setWanted(one.wanted()).setOpen(one.open())
                    .setTaken(one.taken()).setTakenBefore(one.before());
            if (one.withheld() >= 0) {
                unit.setWithheld(one.withheld());
            }
            one.kept().forEach(kept -> unit.addKept(KeptThen.newBuilder().setQuotaClass(QuotaClass.forNumber(kept.quota().value())).setPlaces(kept.places()).setLeft(kept.left())
                    .setUntilMs(kept.untilMs())));
            reply.addLacking(unit);
        }
        for (final Explanation.First one : found.firsts()) {
            reply.addFirsts(First.newBuilder().setPosition(one.position()).setNowMs(one.nowMs()).setHow(how(one.how())).setBookedPosition(one.bookedPosition())
                    .setUntilMs(one.deadlineMs()).addAllPoolIds(one.pools()));
        }
        for (final Explanation.Closed one : found.closures()) {
            reply.addClosures(ClosureThen.newBuilder().setClosureId(one.closureId()).setPosition(one.position()).setPoolId(one.poolId()).setFromMs(one.fromMs())
                    .setToMs(one.toMs()).setCapacity(one.capacity()).setReasonCode(one.reasonCode()));
        }
        return reply.build();
    }

    private static HowFirst how(final Explanation.How how) {
        return switch (how) {
            case HELD -> HowFirst.HOW_FIRST_HELD;
            case OFFERED -> HowFirst.HOW_FIRST_OFFERED;
            case MOVED_THERE -> HowFirst.HOW_FIRST_MOVED_THERE;
            case COOLING -> HowFirst.HOW_FIRST_COOLING;
            case WALKED_IN -> HowFirst.HOW_FIRST_WALKED_IN;
        };
    }
}
