package org.mawid.engine.testkit;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.*; // one encoder for every command

/** The bytes of a {@link Command.Money}; a part of {@link CommandWriter}. */
final class MoneyCommandWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** @return where the message ends */
    int write(final Command.Money command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.StartPayment c) {
            final StartPaymentEncoder message = new StartPaymentEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            message.applicationId(c.applicationId()).terminalId(c.terminalId()).epochDay(c.epochDay()).postId(c.postId()).means(c.means());
            final StartPaymentEncoder.StampsEncoder group = message.stampsCount(c.stamps().size());
            c.stamps().forEach(id -> group.next().stampId(id));
            return message.limit();
        }
        if (command instanceof Command.RecordCounterReceipt c) {
            final RecordCounterReceiptEncoder message = new RecordCounterReceiptEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            message.applicationId(c.applicationId()).amountMinor(c.amountMinor()).epochDay(c.epochDay()).postId(c.postId()).currency(c.currency());
            final RecordCounterReceiptEncoder.StampsEncoder group = message.stampsCount(c.stamps().size());
            c.stamps().forEach(id -> group.next().stampId(id));
            return message.limit();
        }
        if (command instanceof Command.AllocatePayment c) {
            final AllocatePaymentEncoder message = new AllocatePaymentEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            message.paymentId(c.paymentId()).applicationId(c.applicationId());
            final AllocatePaymentEncoder.StampsEncoder group = message.stampsCount(c.stamps().size());
            c.stamps().forEach(id -> group.next().stampId(id));
            return message.limit();
        }
        return payment(command, to, offset);
    }

    private int payment(final Command.Money command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.RecordApproval c) {
            final RecordApprovalEncoder message = new RecordApprovalEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.paymentId(c.paymentId()).amountMinor(c.amountMinor()).transaction(c.transaction())
                    .authorisationCode(c.authorisationCode()).scheme(c.scheme()).lastFour(c.lastFour()).currency(c.currency()).limit();
        }
        if (command instanceof Command.RecordFailure c) {
            final RecordFailureEncoder message = new RecordFailureEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.paymentId(c.paymentId()).reasonCode(c.reasonCode()).outcome(c.outcome()).limit();
        }
        if (command instanceof Command.MarkInDoubt c) {
            final MarkInDoubtEncoder message = new MarkInDoubtEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.paymentId(c.paymentId()).limit();
        }
        if (command instanceof Command.AskPerson c) {
            final AskPersonEncoder message = new AskPersonEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.paymentId(c.paymentId()).reasonCode(c.reasonCode()).limit();
        }
        if (command instanceof Command.RecordChargeBack c) {
            final RecordChargeBackEncoder message = new RecordChargeBackEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.paymentId(c.paymentId()).amountMinor(c.amountMinor()).currency(c.currency()).limit();
        }
        return stamp(command, to, offset);
    }

    private int stamp(final Command.Money command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.ConsumeStamp c) {
            final ConsumeStampEncoder message = new ConsumeStampEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.stampId(c.stampId()).applicationId(c.applicationId()).epochDay(c.epochDay()).postId(c.postId())
                    .line((short) c.line()).secret(0).limit();
        }
        if (command instanceof Command.ReuseStamp c) {
            final ReuseStampEncoder message = new ReuseStampEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.stampId(c.stampId()).applicationId(c.applicationId()).line((short) c.line()).limit();
        }
        if (command instanceof Command.Propose c) {
            final ProposeEncoder message = new ProposeEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.stampId(c.stampId()).reasonHash(c.reasonHash()).epochDay(c.epochDay()).reasonCode(c.reasonCode())
                    .matter(c.matter()).limit();
        }
        if (command instanceof Command.Decide c) {
            final DecideEncoder message = new DecideEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.stampId(c.stampId()).reasonHash(c.reasonHash()).epochDay(c.epochDay()).reasonCode(c.reasonCode())
                    .matter(c.matter()).approved(CommandWriter.yes(c.approved())).limit();
        }
        if (command instanceof Command.RecordRefund c) {
            final RecordRefundEncoder message = new RecordRefundEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.stampId(c.stampId()).amountMinor(c.amountMinor()).transaction(c.transaction()).currency(c.currency()).limit();
        }
        return settlement(command, to, offset);
    }

    private int settlement(final Command.Money command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.DefineTerminal c) {
            final DefineTerminalEncoder message = new DefineTerminalEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.terminalId(c.terminalId()).postId(c.postId()).code(c.code()).enabled(CommandWriter.yes(c.enabled())).limit();
        }
        if (command instanceof Command.CloseBatch c) {
            final CloseBatchEncoder message = new CloseBatchEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.paidMinor(c.paidMinor()).undoneMinor(c.undoneMinor()).terminalId(c.terminalId()).paidCount(c.paidCount())
                    .undoneCount(c.undoneCount()).epochDay(c.epochDay()).postId(c.postId()).means(c.means())
                    .currency(c.currency()).limit();
        }
        if (command instanceof Command.RecordSettlement c) {
            final RecordSettlementEncoder message = new RecordSettlementEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.batchId(c.batchId()).paymentId(c.paymentId()).breakId(c.breakId()).grossMinor(c.grossMinor())
                    .commissionMinor(c.commissionMinor()).madNetCentimes(c.madNetCentimes()).entryHash(c.entryHash())
                    .valueDay(c.valueDay()).currency(c.currency()).limit();
        }
        if (command instanceof Command.RecordReturnSettlement c) {
            final RecordReturnSettlementEncoder message = new RecordReturnSettlementEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.returnId(c.returnId()).breakId(c.breakId()).grossMinor(c.grossMinor()).commissionMinor(c.commissionMinor())
                    .madNetCentimes(c.madNetCentimes()).entryHash(c.entryHash()).valueDay(c.valueDay()).currency(c.currency()).limit();
        }
        if (command instanceof Command.OpenBreak c) {
            final OpenBreakEncoder message = new OpenBreakEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.key(c.key()).paymentId(c.paymentId()).batchId(c.batchId()).ourMinor(c.ourMinor()).theirMinor(c.theirMinor())
                    .detailHash(c.detailHash()).postId(c.postId()).currency(c.currency()).breakType(c.breakType()).limit();
        }
        if (command instanceof Command.AssignBreak c) {
            final AssignBreakEncoder message = new AssignBreakEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.breakId(c.breakId()).owner(c.owner()).limit();
        }
        if (command instanceof Command.ResolveBreak c) {
            final ResolveBreakEncoder message = new ResolveBreakEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.breakId(c.breakId()).reasonHash(c.reasonHash()).reasonCode(c.reasonCode()).limit();
        }
        if (command instanceof Command.ImportStamps c) {
            final ImportStampsEncoder message = new ImportStampsEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            message.applicationId(c.applicationId()).paidDay(c.paidDay()).postId(c.postId()).currency(c.currency()).transaction(c.transaction())
                    .earlierMeans(c.earlierMeans());
            final ImportStampsEncoder.StampsEncoder group = message.stampsCount(c.stamps().size());
            c.stamps().forEach(one -> group.next().amountCentimes(one.amountCentimes()).localMinor(one.localMinor()).microMadPerUnit(one.microMadPerUnit())
                    .issuedMs(one.issuedMs()).line((short) one.line()));
            return message.limit();
        }
        if (command instanceof Command.SetStampRules c) {
            final SetStampRulesEncoder message = new SetStampRulesEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            final Command.StampRules r = c.rules();
            return message.pendingMs(r.pendingMs()).lapseMs(r.lapseMs()).validityMs(r.validityMs()).maxPayments(r.maxPayments())
                    .maxBreaks(r.maxBreaks()).limit();
        }
        throw new IllegalArgumentException(command.toString());
    }
}
