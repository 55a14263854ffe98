package org.mawid.api.stamp;

import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.ConsumeStamp;
import org.mawid.grpc.Decide;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.Propose;
import org.mawid.grpc.RecordConsumption;
import org.mawid.grpc.RecordRefund;
import org.mawid.grpc.ReuseStamp;
import org.mawid.grpc.VoidStamp;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ConsumeStampEncoder;
import org.mawid.sbe.DecideEncoder;
import org.mawid.sbe.IssueStampsEncoder;
import org.mawid.sbe.ProposeEncoder;
import org.mawid.sbe.RecordConsumptionEncoder;
import org.mawid.sbe.RecordRefundEncoder;
import org.mawid.sbe.ReuseStampEncoder;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.VoidStampEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class StampMapping {
    private final IssueStampsEncoder issueStamps = new IssueStampsEncoder();
    private final VoidStampEncoder voidStamp = new VoidStampEncoder();
    private final ConsumeStampEncoder consumeStamp = new ConsumeStampEncoder();
    private final ReuseStampEncoder reuseStamp = new ReuseStampEncoder();
    private final ProposeEncoder propose = new ProposeEncoder();
    private final DecideEncoder decide = new DecideEncoder();
    private final RecordRefundEncoder recordRefund = new RecordRefundEncoder();
    private final RecordConsumptionEncoder recordConsumption = new RecordConsumptionEncoder();

    public int issueStamps(final Draft draft, final IssueStamps message) {
        issueStamps.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), issueStamps.request());
        issueStamps.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .lines(draft.uint16(message.getLines()))
                .postId(draft.uint16(message.getPostId()));
        return draft.end(issueStamps.encodedLength());
    }

    public int consumeStamp(final Draft draft, final ConsumeStamp message) {
        consumeStamp.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), consumeStamp.request());
        consumeStamp.stampId(draft.number(ReferenceKind.STAMP, message.getStamp()))
                .applicationId(draft.other(ReferenceKind.APPLICATION, message.getApplication()))
                .epochDay(message.getEpochDay())
                .postId(draft.uint16(message.getPostId()))
                .line(draft.uint8(message.getLine()))
                .secret(0);
        draft.secret(message.getStamp(), message.getSecret());
        return draft.end(consumeStamp.encodedLength());
    }

    public int recordConsumption(final Draft draft, final RecordConsumption message) {
        recordConsumption.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), recordConsumption.request());
        recordConsumption.stampId(draft.number(ReferenceKind.STAMP, message.getStamp()))
                .applicationId(draft.other(ReferenceKind.APPLICATION, message.getApplication()))
                .atMs(message.getAtMs())
                .epochDay(message.getEpochDay())
                .postId(draft.uint16(message.getPostId()))
                .line(draft.uint8(message.getLine()))
                .secret(0);
        draft.secret(message.getStamp(), message.getSecret());
        return draft.end(recordConsumption.encodedLength());
    }

    public int reuseStamp(final Draft draft, final ReuseStamp message) {
        reuseStamp.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), reuseStamp.request());
        reuseStamp.stampId(draft.number(ReferenceKind.STAMP, message.getStamp()))
                .applicationId(draft.other(ReferenceKind.APPLICATION, message.getApplication()))
                .line(draft.uint8(message.getLine()));
        return draft.end(reuseStamp.encodedLength());
    }

    public int propose(final Draft draft, final Propose message) {
        propose.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), propose.request());
        propose.stampId(draft.number(ReferenceKind.STAMP, message.getStamp()))
                .reasonHash(message.getReasonHash())
                .epochDay(message.getEpochDay())
                .reasonCode(draft.uint16(message.getReasonCode()))
                .matter(StampMatter.get(draft.enumeration(message.getMatterValue(), StampMatter.CONSUMPTION_REVERSAL.value())));
        return draft.end(propose.encodedLength());
    }

    public int decide(final Draft draft, final Decide message) {
        decide.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), decide.request());
        decide.stampId(draft.number(ReferenceKind.STAMP, message.getStamp()))
                .reasonHash(message.getReasonHash())
                .epochDay(message.getEpochDay())
                .reasonCode(draft.uint16(message.getReasonCode()))
                .matter(StampMatter.get(draft.enumeration(message.getMatterValue(), StampMatter.CONSUMPTION_REVERSAL.value())))
                .approved(message.getApproved() ? BooleanType.YES : BooleanType.NO);
        return draft.end(decide.encodedLength());
    }

    public int recordRefund(final Draft draft, final RecordRefund message) {
        recordRefund.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), recordRefund.request());
        recordRefund.stampId(draft.number(ReferenceKind.STAMP, message.getStamp()))
                .amountMinor(message.getAmountMinor())
                .transaction(draft.asciiOrNone(message.getTransaction(), RecordRefundEncoder.transactionLength()))
                .currency(draft.currency(message.getCurrency()));
        return draft.end(recordRefund.encodedLength());
    }

    public int voidStamp(final Draft draft, final VoidStamp message) {
        voidStamp.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), voidStamp.request());
        voidStamp.stampId(draft.number(ReferenceKind.STAMP, message.getStamp()));
        return draft.end(voidStamp.encodedLength());
    }
}
