package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AllocatePaymentDecoder;
import org.mawid.sbe.AskPersonDecoder;
import org.mawid.sbe.AssignBreakDecoder;
import org.mawid.sbe.CloseBatchDecoder;
import org.mawid.sbe.ConsumeStampDecoder;
import org.mawid.sbe.DecideDecoder;
import org.mawid.sbe.DefineTerminalDecoder;
import org.mawid.sbe.ImportStampsDecoder;
import org.mawid.sbe.MarkInDoubtDecoder;
import org.mawid.sbe.OpenBreakDecoder;
import org.mawid.sbe.ProposeDecoder;
import org.mawid.sbe.RecordApprovalDecoder;
import org.mawid.sbe.RecordChargeBackDecoder;
import org.mawid.sbe.RecordCounterReceiptDecoder;
import org.mawid.sbe.RecordFailureDecoder;
import org.mawid.sbe.RecordRefundDecoder;
import org.mawid.sbe.RecordReturnSettlementDecoder;
import org.mawid.sbe.RecordSettlementDecoder;
import org.mawid.sbe.ResolveBreakDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ReuseStampDecoder;
import org.mawid.sbe.SetStampRulesDecoder;
import org.mawid.sbe.StartPaymentDecoder;

/** All that core version 3 and later ones have brought of money, to the room that decides. */
final class MoneyCommands {
    private final Rooms rooms;
    private final PaymentCommands payments;
    private final Undoing undoing;
    private final StampCommands stamps;
    private final TwoPersons twoPersons;
    private final SettlementCommands settlement;
    private final BreakCommands breaks;
    private final TakingOver takingOver;
    private final Ageing ageing;

    MoneyCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.payments = new PaymentCommands(rooms);
        this.undoing = new Undoing(rooms);
        this.stamps = new StampCommands(rooms);
        this.twoPersons = new TwoPersons(rooms);
        this.settlement = new SettlementCommands(rooms);
        this.breaks = new BreakCommands(rooms);
        this.takingOver = new TakingOver(rooms, payments);
        this.ageing = new Ageing(rooms, payments);
    }

    Ageing ageing() {
        return ageing;
    }

    /** @param command at its header; outside the Java heap */
    Result dispatch(final int template, final long nowMs, final DirectBuffer command, final Outcome outcome) {
        if (!MoneyBodies.knows(template)) return Result.MALFORMED;
        if (!rooms.catalogue.coreVersion().keepsMoney()) return Result.CORE_VERSION_UNSUPPORTED;
        return switch (template) {
            case StartPaymentDecoder.TEMPLATE_ID -> payments.start(nowMs, command, outcome);
            case RecordCounterReceiptDecoder.TEMPLATE_ID -> payments.counterReceipt(nowMs, command, outcome);
            case RecordApprovalDecoder.TEMPLATE_ID -> payments.approval(nowMs, command, outcome);
            case RecordFailureDecoder.TEMPLATE_ID -> undoing.failure(nowMs, command, outcome);
            case MarkInDoubtDecoder.TEMPLATE_ID -> payments.markInDoubt(nowMs, command, outcome);
            case AskPersonDecoder.TEMPLATE_ID -> payments.askPerson(nowMs, command, outcome);
            case RecordChargeBackDecoder.TEMPLATE_ID -> undoing.chargeBack(nowMs, command, outcome);
            case AllocatePaymentDecoder.TEMPLATE_ID -> undoing.allocate(nowMs, command, outcome);
            case ConsumeStampDecoder.TEMPLATE_ID -> stamps.consume(nowMs, command, outcome);
            case ReuseStampDecoder.TEMPLATE_ID -> stamps.reuse(nowMs, command, outcome);
            case ProposeDecoder.TEMPLATE_ID -> twoPersons.propose(nowMs, command);
            case DecideDecoder.TEMPLATE_ID -> twoPersons.decide(nowMs, command);
            case RecordRefundDecoder.TEMPLATE_ID -> stamps.refund(nowMs, command, outcome);
            case DefineTerminalDecoder.TEMPLATE_ID -> settlement.defineTerminal(command);
            case CloseBatchDecoder.TEMPLATE_ID -> settlement.closeBatch(nowMs, command, outcome);
            case RecordSettlementDecoder.TEMPLATE_ID -> settlement.settle(command, outcome);
            case RecordReturnSettlementDecoder.TEMPLATE_ID -> settlement.settleReturn(command, outcome);
            case OpenBreakDecoder.TEMPLATE_ID -> breaks.open(nowMs, command, outcome);
            case AssignBreakDecoder.TEMPLATE_ID -> breaks.assign(command);
            case ResolveBreakDecoder.TEMPLATE_ID -> breaks.resolve(nowMs, command);
            case ImportStampsDecoder.TEMPLATE_ID -> takingOver.stamps(nowMs, command, outcome);
            case SetStampRulesDecoder.TEMPLATE_ID -> breaks.setStampRules(command);
            default -> Result.MALFORMED;
        };
    }
}
