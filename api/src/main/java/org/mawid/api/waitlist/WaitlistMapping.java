package org.mawid.api.waitlist;

import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.CommitCoolingSecret;
import org.mawid.grpc.EndCoolingAt;
import org.mawid.grpc.JoinWaitlist;
import org.mawid.grpc.LeaveWaitlist;
import org.mawid.grpc.RevealCoolingSecret;
import org.mawid.grpc.SetCooling;
import org.mawid.grpc.SetWaitlistRules;
import org.mawid.sbe.CommitCoolingSecretEncoder;
import org.mawid.sbe.EndCoolingAtEncoder;
import org.mawid.sbe.JoinWaitlistEncoder;
import org.mawid.sbe.LeaveWaitlistEncoder;
import org.mawid.sbe.RevealCoolingSecretEncoder;
import org.mawid.sbe.SetCoolingEncoder;
import org.mawid.sbe.SetWaitlistRulesEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class WaitlistMapping {
    private final JoinWaitlistEncoder joinWaitlist = new JoinWaitlistEncoder();
    private final LeaveWaitlistEncoder leaveWaitlist = new LeaveWaitlistEncoder();
    private final SetWaitlistRulesEncoder setWaitlistRules = new SetWaitlistRulesEncoder();
    private final EndCoolingAtEncoder endCoolingAt = new EndCoolingAtEncoder();
    private final SetCoolingEncoder setCooling = new SetCoolingEncoder();
    private final CommitCoolingSecretEncoder commitCoolingSecret = new CommitCoolingSecretEncoder();
    private final RevealCoolingSecretEncoder revealCoolingSecret = new RevealCoolingSecretEncoder();

    public int joinWaitlist(final Draft draft, final JoinWaitlist message) {
        joinWaitlist.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), joinWaitlist.request());
        joinWaitlist.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .appointmentId(draft.otherOrNone(ReferenceKind.APPOINTMENT, message.getAppointment()))
                .fromEpochDay(message.getFromEpochDay()).toEpochDay(message.getToEpochDay())
                .lines(draft.uint16(message.getLines())).postId(draft.uint16(message.getPostId()));
        return draft.end(joinWaitlist.encodedLength());
    }

    public int leaveWaitlist(final Draft draft, final LeaveWaitlist message) {
        leaveWaitlist.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), leaveWaitlist.request());
        leaveWaitlist.waiterId(message.getWaiterId());
        return draft.end(leaveWaitlist.encodedLength());
    }

    public int setWaitlistRules(final Draft draft, final SetWaitlistRules message) {
        setWaitlistRules.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setWaitlistRules.request());
        setWaitlistRules.offerTtlMs(message.getOfferTtlMs()).noticeMs(message.getNoticeMs()).coolingLeadMs(message.getCoolingLeadMs())
                .maxWaiters(message.getMaxWaiters() & 0xFFFF_FFFFL).maxCoolings(message.getMaxCoolings() & 0xFFFF_FFFFL)
                .entriesEach(draft.uint8(message.getEntriesEach())).offersEach(draft.uint8(message.getOffersEach())).spentEach(draft.uint8(message.getSpentEach()));
        return draft.end(setWaitlistRules.encodedLength());
    }

    public int endCoolingAt(final Draft draft, final EndCoolingAt message) {
        endCoolingAt.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), endCoolingAt.request());
        endCoolingAt.coolingId(message.getCoolingId()).delayMs(message.getDelayMs());
        return draft.end(endCoolingAt.encodedLength());
    }

    public int setCooling(final Draft draft, final SetCooling message) {
        setCooling.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setCooling.request());
        setCooling.minMs(message.getMinMs()).maxMs(message.getMaxMs()).serviceId(draft.uint16(message.getServiceId()));
        return draft.end(setCooling.encodedLength());
    }

    public int commitCoolingSecret(final Draft draft, final CommitCoolingSecret message) {
        commitCoolingSecret.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), commitCoolingSecret.request());
        commitCoolingSecret.era(message.getEra()).word1(message.getWord1()).word2(message.getWord2()).word3(message.getWord3()).word4(message.getWord4());
        return draft.end(commitCoolingSecret.encodedLength());
    }

    public int revealCoolingSecret(final Draft draft, final RevealCoolingSecret message) {
        revealCoolingSecret.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), revealCoolingSecret.request());
        revealCoolingSecret.era(message.getEra()).word1(message.getWord1()).word2(message.getWord2()).word3(message.getWord3()).word4(message.getWord4());
        return draft.end(revealCoolingSecret.encodedLength());
    }
}
