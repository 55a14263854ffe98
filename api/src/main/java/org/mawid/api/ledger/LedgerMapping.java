package org.mawid.api.ledger;

import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.AssignBreak;
import org.mawid.grpc.CloseBatch;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.OpenBreak;
import org.mawid.grpc.RecordReturnSettlement;
import org.mawid.grpc.RecordSettlement;
import org.mawid.grpc.ResolveBreak;
import org.mawid.grpc.SetStampRules;
import org.mawid.sbe.AssignBreakEncoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.CloseBatchEncoder;
import org.mawid.sbe.DefineTerminalEncoder;
import org.mawid.sbe.OpenBreakEncoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.RecordReturnSettlementEncoder;
import org.mawid.sbe.RecordSettlementEncoder;
import org.mawid.sbe.ResolveBreakEncoder;
import org.mawid.sbe.SetStampRulesEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class LedgerMapping {
    private final DefineTerminalEncoder defineTerminal = new DefineTerminalEncoder();
    private final CloseBatchEncoder closeBatch = new CloseBatchEncoder();
    private final RecordSettlementEncoder settlement = new RecordSettlementEncoder();
    private final RecordReturnSettlementEncoder returnSettlement = new RecordReturnSettlementEncoder();
    private final OpenBreakEncoder openBreak = new OpenBreakEncoder();
    private final AssignBreakEncoder assignBreak = new AssignBreakEncoder();
    private final ResolveBreakEncoder resolveBreak = new ResolveBreakEncoder();
    private final SetStampRulesEncoder stampRules = new SetStampRulesEncoder();

    public int defineTerminal(final Draft draft, final DefineTerminal message) {
        defineTerminal.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), defineTerminal.request());
        defineTerminal.terminalId(draft.uint32(message.getTerminalId()))
                .postId(draft.uint16(message.getPostId()))
                .code(draft.ascii(message.getCode(), DefineTerminalEncoder.codeLength()))
                .enabled(message.getEnabled() ? BooleanType.YES : BooleanType.NO);
        return draft.end(defineTerminal.encodedLength());
    }

    public int closeBatch(final Draft draft, final CloseBatch message) {
        closeBatch.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), closeBatch.request());
        closeBatch.paidMinor(message.getPaidMinor())
                .undoneMinor(message.getUndoneMinor())
                .terminalId(draft.uint32(message.getTerminalId()))
                .paidCount(draft.uint32(message.getPaidCount()))
                .undoneCount(draft.uint32(message.getUndoneCount()))
                .epochDay(message.getEpochDay())
                .postId(draft.uint16(message.getPostId()))
                .means(PaymentMeans.get(draft.enumeration(message.getMeansValue(), PaymentMeans.EARLIER.value())))
                .currency(draft.currency(message.getCurrency()));
        return draft.end(closeBatch.encodedLength());
    }

    public int recordSettlement(final Draft draft, final RecordSettlement message) {
        settlement.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), settlement.request());
        settlement.batchId(draft.otherOrNone(ReferenceKind.BATCH, message.getBatch()))
                .paymentId(draft.otherOrNone(ReferenceKind.PAYMENT, message.getPayment()))
                .breakId(draft.otherOrNone(ReferenceKind.BREAK, message.getBreakReference()))
                .grossMinor(message.getGrossMinor())
                .commissionMinor(message.getCommissionMinor())
                .madNetCentimes(message.getMadNetCentimes())
                .entryHash(message.getEntryHash())
                .valueDay(message.getValueDay())
                .currency(draft.currency(message.getCurrency()));
        return draft.end(settlement.encodedLength());
    }

    public int recordReturnSettlement(final Draft draft, final RecordReturnSettlement message) {
        returnSettlement.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), returnSettlement.request());
        returnSettlement.returnId(message.getReturnId())
                .breakId(draft.otherOrNone(ReferenceKind.BREAK, message.getBreakReference()))
                .grossMinor(message.getGrossMinor())
                .commissionMinor(message.getCommissionMinor())
                .madNetCentimes(message.getMadNetCentimes())
                .entryHash(message.getEntryHash())
                .valueDay(message.getValueDay())
                .currency(draft.currency(message.getCurrency()));
        return draft.end(returnSettlement.encodedLength());
    }

    public int openBreak(final Draft draft, final OpenBreak message) {
        openBreak.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), openBreak.request());
        openBreak.key(message.getKey())
                .paymentId(draft.otherOrNone(ReferenceKind.PAYMENT, message.getPayment()))
                .batchId(draft.otherOrNone(ReferenceKind.BATCH, message.getBatch()))
                .ourMinor(message.getOurMinor())
                .theirMinor(message.getTheirMinor())
                .detailHash(message.getDetailHash())
                .postId(draft.uint16(message.getPostId()))
                .currency(draft.currency(message.getCurrency()))
                .breakType(BreakType.get(draft.enumeration(message.getBreakTypeValue(), BreakType.USED_WITHOUT_VALUE.value())));
        return draft.end(openBreak.encodedLength());
    }

    public int assignBreak(final Draft draft, final AssignBreak message) {
        assignBreak.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), assignBreak.request());
        assignBreak.breakId(draft.number(ReferenceKind.BREAK, message.getBreakReference())).owner(message.getOwner());
        return draft.end(assignBreak.encodedLength());
    }

    public int resolveBreak(final Draft draft, final ResolveBreak message) {
        resolveBreak.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), resolveBreak.request());
        resolveBreak.breakId(draft.number(ReferenceKind.BREAK, message.getBreakReference())).reasonHash(message.getReasonHash())
                .reasonCode(draft.uint16(message.getReasonCode()));
        return draft.end(resolveBreak.encodedLength());
    }

    public int setStampRules(final Draft draft, final SetStampRules message) {
        stampRules.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), stampRules.request());
        stampRules.pendingMs(message.getPendingMs()).lapseMs(message.getLapseMs()).validityMs(message.getValidityMs())
                .maxPayments(draft.uint32(message.getMaxPayments())).maxBreaks(draft.uint32(message.getMaxBreaks()));
        return draft.end(stampRules.encodedLength());
    }
}
