package org.mawid.api.closure;

import org.mawid.api.gateway.Draft;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.ReopenDays;
import org.mawid.grpc.SetOfferRules;
import org.mawid.sbe.CloseDaysEncoder;
import org.mawid.sbe.ReopenDaysEncoder;
import org.mawid.sbe.SetOfferRulesEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class ClosureMapping {
    private final CloseDaysEncoder closeDays = new CloseDaysEncoder();
    private final ReopenDaysEncoder reopenDays = new ReopenDaysEncoder();
    private final SetOfferRulesEncoder setOfferRules = new SetOfferRulesEncoder();

    public int closeDays(final Draft draft, final CloseDays message) {
        closeDays.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), closeDays.request());
        closeDays.fromMs(message.getFromMs())
                .toMs(message.getToMs())
                .reasonHash(message.getReasonHash())
                .postId(draft.uint16(message.getPostId()))
                .poolId(draft.uint16(message.getPoolId()))
                .reasonCode(draft.uint16(message.getReasonCode()))
                .capacity(draft.uint8(message.getCapacity()));
        return draft.end(closeDays.encodedLength());
    }

    public int reopenDays(final Draft draft, final ReopenDays message) {
        reopenDays.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), reopenDays.request());
        reopenDays.closureId(message.getClosureId());
        return draft.end(reopenDays.encodedLength());
    }

    public int setOfferRules(final Draft draft, final SetOfferRules message) {
        setOfferRules.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), setOfferRules.request());
        setOfferRules.offerTtlMs(message.getOfferTtlMs())
                .noticeMs(message.getNoticeMs())
                .searchDays(draft.uint16(message.getSearchDays()))
                .offersEach(draft.uint8(message.getOffersEach()));
        return draft.end(setOfferRules.encodedLength());
    }
}
