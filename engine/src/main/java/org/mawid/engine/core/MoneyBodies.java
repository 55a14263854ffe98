package org.mawid.engine.core;

import static org.mawid.engine.core.CommandCheck.isBoolean;
import static org.mawid.engine.core.CommandCheck.signed64;
import static org.mawid.engine.core.CommandCheck.unsigned16;
import static org.mawid.engine.core.CommandCheck.unsigned8;
import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.*;

/** The bodies of what core version 3 and later ones have brought of money, as {@link BodyCheck}: field by field in the order of the schema. */
final class MoneyBodies {
    private static final int MOST_POST = 4_095;
    private static final int MOST_STAMPS = 16;
    private static final int MOST_TERMINAL = 65_535;
    private static final int MOST_LINE = 15;
    private static final long MOST_PAID = 1_000_000_000_000L;
    private static final long MOST_SETTLED = 100_000_000_000_000L;
    private static final long MOST_CENTIMES = 204_000_000_000L;
    private static final long MOST_RATE = 1_000_000_000_000_000L;
    private static final int MOST_LAST_FOUR = 10_000;

    private MoneyBodies() {
    }

    static boolean knows(final int template) {
        return blockLength(template) != 0;
    }

    /** Length of the fixed block of a command, 0 = none of these. */
    static int blockLength(final int template) {
        return switch (template) {
            case StartPaymentDecoder.TEMPLATE_ID -> StartPaymentDecoder.BLOCK_LENGTH;
            case RecordCounterReceiptDecoder.TEMPLATE_ID -> RecordCounterReceiptDecoder.BLOCK_LENGTH;
            case RecordApprovalDecoder.TEMPLATE_ID -> RecordApprovalDecoder.BLOCK_LENGTH;
            case RecordFailureDecoder.TEMPLATE_ID -> RecordFailureDecoder.BLOCK_LENGTH;
            case MarkInDoubtDecoder.TEMPLATE_ID -> MarkInDoubtDecoder.BLOCK_LENGTH;
            case AskPersonDecoder.TEMPLATE_ID -> AskPersonDecoder.BLOCK_LENGTH;
            case RecordChargeBackDecoder.TEMPLATE_ID -> RecordChargeBackDecoder.BLOCK_LENGTH;
            case AllocatePaymentDecoder.TEMPLATE_ID -> AllocatePaymentDecoder.BLOCK_LENGTH;
            case ConsumeStampDecoder.TEMPLATE_ID -> ConsumeStampDecoder.BLOCK_LENGTH;
            case ReuseStampDecoder.TEMPLATE_ID -> ReuseStampDecoder.BLOCK_LENGTH;
            case ProposeDecoder.TEMPLATE_ID -> ProposeDecoder.BLOCK_LENGTH;
            case DecideDecoder.TEMPLATE_ID -> DecideDecoder.BLOCK_LENGTH;
            case RecordRefundDecoder.TEMPLATE_ID -> RecordRefundDecoder.BLOCK_LENGTH;
            case DefineTerminalDecoder.TEMPLATE_ID -> DefineTerminalDecoder.BLOCK_LENGTH;
            case CloseBatchDecoder.TEMPLATE_ID -> CloseBatchDecoder.BLOCK_LENGTH;
            case RecordSettlementDecoder.TEMPLATE_ID -> RecordSettlementDecoder.BLOCK_LENGTH;
            case RecordReturnSettlementDecoder.TEMPLATE_ID -> RecordReturnSettlementDecoder.BLOCK_LENGTH;
            case OpenBreakDecoder.TEMPLATE_ID -> OpenBreakDecoder.BLOCK_LENGTH;
            case AssignBreakDecoder.TEMPLATE_ID -> AssignBreakDecoder.BLOCK_LENGTH;
            case ResolveBreakDecoder.TEMPLATE_ID -> ResolveBreakDecoder.BLOCK_LENGTH;
            case SetStampRulesDecoder.TEMPLATE_ID -> SetStampRulesDecoder.BLOCK_LENGTH;
            case ImportStampsDecoder.TEMPLATE_ID -> ImportStampsDecoder.BLOCK_LENGTH;
            default -> 0;
        };
    }

    /** Length of the entries of a command's group, 0 = it has none. */
    static int entryLength(final int template) {
        return switch (template) {
            case StartPaymentDecoder.TEMPLATE_ID -> StartPaymentDecoder.StampsDecoder.sbeBlockLength();
            case RecordCounterReceiptDecoder.TEMPLATE_ID -> RecordCounterReceiptDecoder.StampsDecoder.sbeBlockLength();
            case AllocatePaymentDecoder.TEMPLATE_ID -> AllocatePaymentDecoder.StampsDecoder.sbeBlockLength();
            case ImportStampsDecoder.TEMPLATE_ID -> ImportStampsDecoder.StampsDecoder.sbeBlockLength();
            default -> 0;
        };
    }

    static Result fields(final long block, final long entries, final int count, final int template) {
        return switch (template) {
            case StartPaymentDecoder.TEMPLATE_ID -> startPayment(block, entries, count);
            case RecordCounterReceiptDecoder.TEMPLATE_ID -> counterReceipt(block, entries, count);
            case RecordApprovalDecoder.TEMPLATE_ID -> approval(block);
            case RecordFailureDecoder.TEMPLATE_ID -> failure(block);
            case RecordChargeBackDecoder.TEMPLATE_ID -> chargeBack(block);
            case AllocatePaymentDecoder.TEMPLATE_ID -> allocate(block, entries, count);
            case ConsumeStampDecoder.TEMPLATE_ID -> consume(block);
            case ReuseStampDecoder.TEMPLATE_ID -> reuse(block);
            case ProposeDecoder.TEMPLATE_ID -> number(block + ProposeDecoder.stampIdEncodingOffset()) == OK ? matter(block + ProposeDecoder.matterEncodingOffset()) : OUT_OF_RANGE;
            case DecideDecoder.TEMPLATE_ID -> decide(block);
            case RecordRefundDecoder.TEMPLATE_ID -> refund(block);
            case DefineTerminalDecoder.TEMPLATE_ID -> defineTerminal(block);
            case CloseBatchDecoder.TEMPLATE_ID -> closeBatch(block);
            case RecordSettlementDecoder.TEMPLATE_ID -> settlement(block);
            case RecordReturnSettlementDecoder.TEMPLATE_ID -> returnSettlement(block);
            case OpenBreakDecoder.TEMPLATE_ID -> openBreak(block);
            case ImportStampsDecoder.TEMPLATE_ID -> importStamps(block, entries, count);
            case ResolveBreakDecoder.TEMPLATE_ID -> signed64(block + ResolveBreakDecoder.breakIdEncodingOffset()) < 0
                    || signed64(block + ResolveBreakDecoder.reasonHashEncodingOffset()) == 0 ? OUT_OF_RANGE : OK;
            case MarkInDoubtDecoder.TEMPLATE_ID, AskPersonDecoder.TEMPLATE_ID, AssignBreakDecoder.TEMPLATE_ID -> number(block + MarkInDoubtDecoder.paymentIdEncodingOffset());
            default -> OK; // rules are judged by state
        };
    }

    private static Result startPayment(final long block, final long entries, final int count) {
        if (signed64(block + StartPaymentDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        final long terminal = terminal(block + StartPaymentDecoder.terminalIdEncodingOffset());
        if (within(terminal, 0, MOST_TERMINAL) != OK) return OUT_OF_RANGE;
        if (post(block + StartPaymentDecoder.postIdEncodingOffset()) != OK) return OUT_OF_RANGE;
        final int means = unsigned8(block + StartPaymentDecoder.meansEncodingOffset());
        if (means != PaymentMeans.TERMINAL.value() && means != PaymentMeans.ONLINE.value()) return MALFORMED;
        return isTerminals(terminal, means) ? stamps(entries, count) : OUT_OF_RANGE;
    }

    private static Result counterReceipt(final long block, final long entries, final int count) {
        if (signed64(block + RecordCounterReceiptDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (paid(block + RecordCounterReceiptDecoder.amountMinorEncodingOffset()) != OK) return OUT_OF_RANGE;
        if (post(block + RecordCounterReceiptDecoder.postIdEncodingOffset()) != OK) return OUT_OF_RANGE;
        if (letters(block + RecordCounterReceiptDecoder.currencyEncodingOffset()) != OK) return OUT_OF_RANGE;
        return stamps(entries, count);
    }

    private static Result approval(final long block) {
        if (signed64(block + RecordApprovalDecoder.paymentIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (paid(block + RecordApprovalDecoder.amountMinorEncodingOffset()) != OK) return OUT_OF_RANGE;
        if (text(block + RecordApprovalDecoder.transactionEncodingOffset(), RecordApprovalDecoder.transactionLength(), 1) != OK) return OUT_OF_RANGE;
        if (text(block + RecordApprovalDecoder.authorisationCodeEncodingOffset(), RecordApprovalDecoder.authorisationCodeLength(), 0) != OK) return OUT_OF_RANGE;
        if (text(block + RecordApprovalDecoder.schemeEncodingOffset(), RecordApprovalDecoder.schemeLength(), 0) != OK) return OUT_OF_RANGE;
        if (unsigned16(block + RecordApprovalDecoder.lastFourEncodingOffset()) > MOST_LAST_FOUR) return OUT_OF_RANGE;
        return letters(block + RecordApprovalDecoder.currencyEncodingOffset());
    }

    private static Result failure(final long block) {
        if (signed64(block + RecordFailureDecoder.paymentIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        final int outcome = unsigned8(block + RecordFailureDecoder.outcomeEncodingOffset());
        return outcome >= PaymentState.DECLINED.value() && outcome <= PaymentState.REVERSED.value() ? OK : MALFORMED;
    }

    private static Result chargeBack(final long block) {
        if (signed64(block + RecordChargeBackDecoder.paymentIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (paid(block + RecordChargeBackDecoder.amountMinorEncodingOffset()) != OK) return OUT_OF_RANGE;
        return letters(block + RecordChargeBackDecoder.currencyEncodingOffset());
    }

    private static Result allocate(final long block, final long entries, final int count) {
        if (signed64(block + AllocatePaymentDecoder.paymentIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (signed64(block + AllocatePaymentDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        return stamps(entries, count);
    }

    private static Result consume(final long block) {
        if (signed64(block + ConsumeStampDecoder.stampIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (signed64(block + ConsumeStampDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (post(block + ConsumeStampDecoder.postIdEncodingOffset()) != OK) return OUT_OF_RANGE;
        if (unsigned8(block + ConsumeStampDecoder.lineEncodingOffset()) > MOST_LINE) return OUT_OF_RANGE;
        return signed64(block + ConsumeStampDecoder.secretEncodingOffset()) != 0 ? MALFORMED : OK;
    }

    private static Result reuse(final long block) {
        if (signed64(block + ReuseStampDecoder.stampIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (signed64(block + ReuseStampDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        return unsigned8(block + ReuseStampDecoder.lineEncodingOffset()) > MOST_LINE ? OUT_OF_RANGE : OK;
    }

    private static Result decide(final long block) {
        if (signed64(block + DecideDecoder.stampIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        final Result matter = matter(block + DecideDecoder.matterEncodingOffset());
        if (matter != OK) return matter;
        return isBoolean(block + DecideDecoder.approvedEncodingOffset()) ? OK : MALFORMED;
    }

    private static Result refund(final long block) {
        if (signed64(block + RecordRefundDecoder.stampIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (within(signed64(block + RecordRefundDecoder.amountMinorEncodingOffset()), 0, MOST_PAID) != OK) return OUT_OF_RANGE;
        if (text(block + RecordRefundDecoder.transactionEncodingOffset(), RecordRefundDecoder.transactionLength(), 0) != OK) return OUT_OF_RANGE;
        return letters(block + RecordRefundDecoder.currencyEncodingOffset());
    }

    private static Result defineTerminal(final long block) {
        if (within(terminal(block + DefineTerminalDecoder.terminalIdEncodingOffset()), 1, MOST_TERMINAL) != OK) return OUT_OF_RANGE;
        if (post(block + DefineTerminalDecoder.postIdEncodingOffset()) != OK) return OUT_OF_RANGE;
        if (!BodyCheck.isCode(block + DefineTerminalDecoder.codeEncodingOffset())) return OUT_OF_RANGE;
        return isBoolean(block + DefineTerminalDecoder.enabledEncodingOffset()) ? OK : MALFORMED;
    }

    private static Result closeBatch(final long block) {
        if (within(signed64(block + CloseBatchDecoder.paidMinorEncodingOffset()), 0, MOST_SETTLED) != OK) return OUT_OF_RANGE;
        if (within(signed64(block + CloseBatchDecoder.undoneMinorEncodingOffset()), 0, MOST_SETTLED) != OK) return OUT_OF_RANGE;
        final long terminal = terminal(block + CloseBatchDecoder.terminalIdEncodingOffset());
        if (within(terminal, 0, MOST_TERMINAL) != OK) return OUT_OF_RANGE;
        if (post(block + CloseBatchDecoder.postIdEncodingOffset()) != OK) return OUT_OF_RANGE;
        final int means = unsigned8(block + CloseBatchDecoder.meansEncodingOffset());
        if (means < PaymentMeans.TERMINAL.value() || means > PaymentMeans.EARLIER.value()) return MALFORMED;
        return isTerminals(terminal, means) ? letters(block + CloseBatchDecoder.currencyEncodingOffset()) : OUT_OF_RANGE;
    }

    private static Result settlement(final long block) {
        final long batch = signed64(block + RecordSettlementDecoder.batchIdEncodingOffset());
        final long payment = signed64(block + RecordSettlementDecoder.paymentIdEncodingOffset());
        if (batch < 0 || payment < 0 || batch == 0 == (payment == 0)) return OUT_OF_RANGE;
        if (signed64(block + RecordSettlementDecoder.breakIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (within(signed64(block + RecordSettlementDecoder.grossMinorEncodingOffset()), -MOST_SETTLED, MOST_SETTLED) != OK) return OUT_OF_RANGE;
        if (within(signed64(block + RecordSettlementDecoder.commissionMinorEncodingOffset()), 0, MOST_SETTLED) != OK) return OUT_OF_RANGE;
        if (within(signed64(block + RecordSettlementDecoder.madNetCentimesEncodingOffset()), -MOST_SETTLED, MOST_SETTLED) != OK) return OUT_OF_RANGE;
        return letters(block + RecordSettlementDecoder.currencyEncodingOffset());
    }

    private static Result returnSettlement(final long block) {
        if (signed64(block + RecordReturnSettlementDecoder.returnIdEncodingOffset()) < 0 || signed64(block + RecordReturnSettlementDecoder.breakIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (within(signed64(block + RecordReturnSettlementDecoder.grossMinorEncodingOffset()), 0, MOST_SETTLED) != OK) return OUT_OF_RANGE;
        if (within(signed64(block + RecordReturnSettlementDecoder.commissionMinorEncodingOffset()), 0, MOST_SETTLED) != OK) return OUT_OF_RANGE;
        if (within(signed64(block + RecordReturnSettlementDecoder.madNetCentimesEncodingOffset()), 0, MOST_SETTLED) != OK) return OUT_OF_RANGE;
        return letters(block + RecordReturnSettlementDecoder.currencyEncodingOffset());
    }

    private static Result openBreak(final long block) {
        if (signed64(block + OpenBreakDecoder.keyEncodingOffset()) == 0) return OUT_OF_RANGE;
        if (signed64(block + OpenBreakDecoder.paymentIdEncodingOffset()) < 0 || signed64(block + OpenBreakDecoder.batchIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (unsigned16(block + OpenBreakDecoder.postIdEncodingOffset()) > MOST_POST) return OUT_OF_RANGE;
        if (letters(block + OpenBreakDecoder.currencyEncodingOffset()) != OK) return OUT_OF_RANGE;
        final int type = unsigned8(block + OpenBreakDecoder.breakTypeEncodingOffset());
        return type < BreakType.UNALLOCATED_MONEY.value() || type > BreakType.USED_WITHOUT_VALUE.value() ? MALFORMED : OK;
    }

    /** Unpaid ones say nothing of a payment. */
    private static Result importStamps(final long block, final long entries, final int count) {
        if (signed64(block + ImportStampsDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (post(block + ImportStampsDecoder.postIdEncodingOffset()) != OK) return OUT_OF_RANGE;
        if (letters(block + ImportStampsDecoder.currencyEncodingOffset()) != OK) return OUT_OF_RANGE;
        if (text(block + ImportStampsDecoder.transactionEncodingOffset(), ImportStampsDecoder.transactionLength(), 0) != OK) return OUT_OF_RANGE;
        if (text(block + ImportStampsDecoder.earlierMeansEncodingOffset(), ImportStampsDecoder.earlierMeansLength(), 0) != OK) return OUT_OF_RANGE;
        final boolean isPaid = unsigned8(block + ImportStampsDecoder.transactionEncodingOffset()) != 0;
        if (!isPaid && (Memory.getInt(block + ImportStampsDecoder.paidDayEncodingOffset()) != 0
                || unsigned8(block + ImportStampsDecoder.earlierMeansEncodingOffset()) != 0)) return OUT_OF_RANGE;
        if (count < 1 || count > MOST_STAMPS) return OUT_OF_RANGE;
        int before = -1;
        for (int i = 0; i < count; i++) {
            final long at = entries + (long) i * ImportStampsDecoder.StampsDecoder.sbeBlockLength();
            if (within(signed64(at + ImportStampsDecoder.StampsDecoder.amountCentimesEncodingOffset()), 1, MOST_CENTIMES) != OK) return OUT_OF_RANGE;
            if (paid(at + ImportStampsDecoder.StampsDecoder.localMinorEncodingOffset()) != OK) return OUT_OF_RANGE;
            if (within(signed64(at + ImportStampsDecoder.StampsDecoder.microMadPerUnitEncodingOffset()), 1, MOST_RATE) != OK) return OUT_OF_RANGE;
            if (signed64(at + ImportStampsDecoder.StampsDecoder.issuedMsEncodingOffset()) < 0) return OUT_OF_RANGE;
            final int line = unsigned8(at + ImportStampsDecoder.StampsDecoder.lineEncodingOffset());
            if (line <= before || line > MOST_LINE) return OUT_OF_RANGE;
            before = line;
        }
        return OK;
    }

    // ---- words

    private static Result number(final long at) {
        return signed64(at) < 0 ? OUT_OF_RANGE : OK;
    }

    private static Result within(final long value, final long least, final long most) {
        return value < least || value > most ? OUT_OF_RANGE : OK;
    }

    private static Result post(final long at) {
        return within(unsigned16(at), 1, MOST_POST);
    }

    private static Result paid(final long at) {
        return within(signed64(at), 1, MOST_PAID);
    }

    private static long terminal(final long at) {
        return Memory.getInt(at) & 0xFFFF_FFFFL;
    }

    /** A terminal has a number where it is one, and nobody else has. */
    private static boolean isTerminals(final long terminal, final int means) {
        return terminal != 0 == (means == PaymentMeans.TERMINAL.value());
    }

    private static Result matter(final long at) {
        return unsigned8(at) < StampMatter.REFUND.value() || unsigned8(at) > StampMatter.CONSUMPTION_REVERSAL.value() ? MALFORMED : OK;
    }

    private static Result stamps(final long entries, final int count) {
        if (count < 1 || count > MOST_STAMPS) return OUT_OF_RANGE;
        long before = -1;
        for (int i = 0; i < count; i++) {
            final long stamp = signed64(entries + (long) i * Long.BYTES);
            if (stamp <= before) return OUT_OF_RANGE;
            before = stamp;
        }
        return OK;
    }

    private static Result letters(final long at) {
        for (int i = 0; i < 3; i++) {
            if (unsigned8(at + i) < 'A' || unsigned8(at + i) > 'Z') return OUT_OF_RANGE;
        }
        return OK;
    }

    /** Visible ASCII, then zeros. */
    private static Result text(final long at, final int bytes, final int least) {
        int length = 0;
        while (length < bytes && unsigned8(at + length) > ' ' && unsigned8(at + length) < 0x7F) {
            length++;
        }
        for (int i = length; i < bytes; i++) {
            if (unsigned8(at + i) != 0) return OUT_OF_RANGE;
        }
        return length < least ? OUT_OF_RANGE : OK;
    }
}
