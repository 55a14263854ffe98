package org.mawid.engine.twin;

import static org.mawid.engine.twin.CommandReader.HEADER_BYTES;
import static org.mawid.engine.twin.CommandReader.inRange;
import static org.mawid.engine.twin.CommandReader.known;
import static org.mawid.engine.twin.CommandReader.number;
import static org.mawid.engine.twin.CommandReader.yes;
import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.*; // one decoder for every command

/** The part of {@link CommandReader} for {@link Command.Money}. */
final class MoneyCommandReader {
    static final long MOST_MINOR = 1_000_000_000_000L;
    private static final long MOST_SUM = 100 * MOST_MINOR;
    private static final int MOST_STAMPS = 16;
    private static final int MOST_TERMINAL = 65_535;
    private static final int CODE_BYTES = 32;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer;
    private int offset;

    Command read(final int template, final Command.Request request, final DirectBuffer from, final int at) {
        buffer = from;
        offset = at;
        return switch (template) {
            case StartPaymentDecoder.TEMPLATE_ID -> startPayment(request);
            case RecordCounterReceiptDecoder.TEMPLATE_ID -> counterReceipt(request);
            case RecordApprovalDecoder.TEMPLATE_ID -> approval(request);
            case RecordFailureDecoder.TEMPLATE_ID -> failure(request);
            case MarkInDoubtDecoder.TEMPLATE_ID ->
                    new Command.MarkInDoubt(request, number(new MarkInDoubtDecoder().wrapAndApplyHeader(buffer, offset, header).paymentId()));
            case AskPersonDecoder.TEMPLATE_ID -> {
                final AskPersonDecoder message = new AskPersonDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.AskPerson(request, number(message.paymentId()), message.reasonCode());
            }
            case RecordChargeBackDecoder.TEMPLATE_ID -> {
                final RecordChargeBackDecoder message = new RecordChargeBackDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.RecordChargeBack(request, number(message.paymentId()), inRange(message.amountMinor(), 1, MOST_MINOR),
                        currency(message.currency()));
            }
            case AllocatePaymentDecoder.TEMPLATE_ID -> allocate(request);
            default -> stamp(template, request);
        };
    }

    private Command stamp(final int template, final Command.Request request) {
        return switch (template) {
            case ConsumeStampDecoder.TEMPLATE_ID -> {
                final ConsumeStampDecoder message = new ConsumeStampDecoder().wrapAndApplyHeader(buffer, offset, header);
                final Command consume = new Command.ConsumeStamp(request, number(message.stampId()), number(message.applicationId()),
                        message.epochDay(), post(message.postId()), inRange(message.line(), 0, 15));
                Refusal.when(message.secret() != 0, MALFORMED);
                yield consume;
            }
            case ReuseStampDecoder.TEMPLATE_ID -> {
                final ReuseStampDecoder message = new ReuseStampDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.ReuseStamp(request, number(message.stampId()), number(message.applicationId()), inRange(message.line(), 0, 15));
            }
            case ProposeDecoder.TEMPLATE_ID -> {
                final ProposeDecoder message = new ProposeDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.Propose(request, number(message.stampId()), message.reasonHash(), message.epochDay(), message.reasonCode(),
                        known(message.matter(), StampMatter.SBE_UNKNOWN, StampMatter.NULL_VAL));
            }
            case DecideDecoder.TEMPLATE_ID -> {
                final DecideDecoder message = new DecideDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.Decide(request, number(message.stampId()), message.reasonHash(), message.epochDay(), message.reasonCode(),
                        known(message.matter(), StampMatter.SBE_UNKNOWN, StampMatter.NULL_VAL), yes(message.approved()));
            }
            case RecordRefundDecoder.TEMPLATE_ID -> {
                final RecordRefundDecoder message = new RecordRefundDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.RecordRefund(request, number(message.stampId()), inRange(message.amountMinor(), 0, MOST_MINOR),
                        text(RecordRefundDecoder.transactionEncodingOffset(), RecordRefundDecoder.transactionLength(), true),
                        currency(message.currency()));
            }
            default -> settlement(template, request);
        };
    }

    private Command settlement(final int template, final Command.Request request) {
        return switch (template) {
            case DefineTerminalDecoder.TEMPLATE_ID -> {
                final DefineTerminalDecoder message = new DefineTerminalDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.DefineTerminal(request, inRange(message.terminalId(), 1, MOST_TERMINAL), post(message.postId()),
                        text(DefineTerminalDecoder.codeEncodingOffset(), CODE_BYTES, false), yes(message.enabled()));
            }
            case CloseBatchDecoder.TEMPLATE_ID -> closeBatch(request);
            case RecordSettlementDecoder.TEMPLATE_ID -> recordSettlement(request);
            case RecordReturnSettlementDecoder.TEMPLATE_ID -> {
                final RecordReturnSettlementDecoder message = new RecordReturnSettlementDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.RecordReturnSettlement(request, number(message.returnId()), number(message.breakId()), inRange(message.grossMinor(), 0, MOST_SUM),
                        inRange(message.commissionMinor(), 0, MOST_SUM), inRange(message.madNetCentimes(), 0, MOST_SUM), message.entryHash(), message.valueDay(),
                        currency(message.currency()));
            }
            case OpenBreakDecoder.TEMPLATE_ID -> openBreak(request);
            case ImportStampsDecoder.TEMPLATE_ID -> importStamps(request);
            case AssignBreakDecoder.TEMPLATE_ID -> {
                final AssignBreakDecoder message = new AssignBreakDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.AssignBreak(request, number(message.breakId()), message.owner());
            }
            case ResolveBreakDecoder.TEMPLATE_ID -> {
                final ResolveBreakDecoder message = new ResolveBreakDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long id = number(message.breakId());
                Refusal.when(message.reasonHash() == 0, OUT_OF_RANGE);
                yield new Command.ResolveBreak(request, id, message.reasonHash(), message.reasonCode());
            }
            default -> {
                final SetStampRulesDecoder message = new SetStampRulesDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.SetStampRules(request, new Command.StampRules(message.pendingMs(), message.lapseMs(), message.validityMs(),
                        message.maxPayments(), message.maxBreaks()));
            }
        };
    }

    private Command startPayment(final Command.Request request) {
        final StartPaymentDecoder message = new StartPaymentDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long application = number(message.applicationId());
        final long terminal = inRange(message.terminalId(), 0, MOST_TERMINAL);
        final int post = post(message.postId());
        final PaymentMeans means = known(message.means(), PaymentMeans.SBE_UNKNOWN, PaymentMeans.NULL_VAL);
        Refusal.when(means == PaymentMeans.COUNTER, MALFORMED);
        Refusal.when(means == PaymentMeans.TERMINAL != (terminal != 0), OUT_OF_RANGE);
        final List<Long> stamps = new ArrayList<>();
        final StartPaymentDecoder.StampsDecoder group = message.stamps();
        inRange(group.count(), 1, MOST_STAMPS);
        for (final StartPaymentDecoder.StampsDecoder one : group) {
            ascending(stamps, one.stampId());
        }
        return new Command.StartPayment(request, application, terminal, message.epochDay(), post, means, stamps);
    }

    private Command counterReceipt(final Command.Request request) {
        final RecordCounterReceiptDecoder message = new RecordCounterReceiptDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long application = number(message.applicationId());
        final long amount = inRange(message.amountMinor(), 1, MOST_MINOR);
        final int post = post(message.postId());
        final String currency = currency(message.currency());
        final List<Long> stamps = new ArrayList<>();
        final RecordCounterReceiptDecoder.StampsDecoder group = message.stamps();
        inRange(group.count(), 1, MOST_STAMPS);
        for (final RecordCounterReceiptDecoder.StampsDecoder one : group) {
            ascending(stamps, one.stampId());
        }
        return new Command.RecordCounterReceipt(request, application, amount, message.epochDay(), post, currency, stamps);
    }

    private Command approval(final Command.Request request) {
        final RecordApprovalDecoder message = new RecordApprovalDecoder().wrapAndApplyHeader(buffer, offset, header);
        return new Command.RecordApproval(request, number(message.paymentId()), inRange(message.amountMinor(), 1, MOST_MINOR),
                text(RecordApprovalDecoder.transactionEncodingOffset(), RecordApprovalDecoder.transactionLength(), false),
                text(RecordApprovalDecoder.authorisationCodeEncodingOffset(), RecordApprovalDecoder.authorisationCodeLength(), true),
                text(RecordApprovalDecoder.schemeEncodingOffset(), RecordApprovalDecoder.schemeLength(), true),
                inRange(message.lastFour(), 0, 10_000), currency(message.currency()));
    }

    private Command failure(final Command.Request request) {
        final RecordFailureDecoder message = new RecordFailureDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long payment = number(message.paymentId());
        final PaymentState outcome = known(message.outcome(), PaymentState.SBE_UNKNOWN, PaymentState.NULL_VAL);
        Refusal.when(outcome != PaymentState.DECLINED && outcome != PaymentState.CANCELLED && outcome != PaymentState.NOT_MADE
                && outcome != PaymentState.REVERSED, MALFORMED);
        return new Command.RecordFailure(request, payment, message.reasonCode(), outcome);
    }

    private Command allocate(final Command.Request request) {
        final AllocatePaymentDecoder message = new AllocatePaymentDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long payment = number(message.paymentId());
        final long application = number(message.applicationId());
        final List<Long> stamps = new ArrayList<>();
        final AllocatePaymentDecoder.StampsDecoder group = message.stamps();
        inRange(group.count(), 1, MOST_STAMPS);
        for (final AllocatePaymentDecoder.StampsDecoder one : group) {
            ascending(stamps, one.stampId());
        }
        return new Command.AllocatePayment(request, payment, application, stamps);
    }

    private Command closeBatch(final Command.Request request) {
        final CloseBatchDecoder message = new CloseBatchDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long paid = inRange(message.paidMinor(), 0, MOST_SUM);
        final long undone = inRange(message.undoneMinor(), 0, MOST_SUM);
        final long terminal = inRange(message.terminalId(), 0, MOST_TERMINAL);
        final int post = post(message.postId());
        final PaymentMeans means = known(message.means(), PaymentMeans.SBE_UNKNOWN, PaymentMeans.NULL_VAL);
        Refusal.when(means == PaymentMeans.TERMINAL != (terminal != 0), OUT_OF_RANGE);
        return new Command.CloseBatch(request, paid, undone, terminal, message.paidCount(), message.undoneCount(), message.epochDay(), post, means,
                currency(message.currency()));
    }

    private Command recordSettlement(final Command.Request request) {
        final RecordSettlementDecoder message = new RecordSettlementDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long batch = number(message.batchId());
        final long payment = number(message.paymentId());
        Refusal.when(batch == 0 == (payment == 0), OUT_OF_RANGE);
        return new Command.RecordSettlement(request, batch, payment, number(message.breakId()),
                inRange(message.grossMinor(), -MOST_SUM, MOST_SUM), inRange(message.commissionMinor(), 0, MOST_SUM),
                inRange(message.madNetCentimes(), -MOST_SUM, MOST_SUM), message.entryHash(), message.valueDay(), currency(message.currency()));
    }

    private Command openBreak(final Command.Request request) {
        final OpenBreakDecoder message = new OpenBreakDecoder().wrapAndApplyHeader(buffer, offset, header);
        Refusal.when(message.key() == 0, OUT_OF_RANGE);
        final long payment = number(message.paymentId());
        final long batch = number(message.batchId());
        final int post = inRange(message.postId(), 0, 4_095);
        final String currency = currency(message.currency());
        return new Command.OpenBreak(request, message.key(), payment, batch, message.ourMinor(), message.theirMinor(), message.detailHash(), post,
                currency, known(message.breakType(), BreakType.SBE_UNKNOWN, BreakType.NULL_VAL));
    }

    private Command importStamps(final Command.Request request) {
        final ImportStampsDecoder message = new ImportStampsDecoder().wrapAndApplyHeader(buffer, offset, header);
        final long application = number(message.applicationId());
        final int post = post(message.postId());
        final String currency = currency(message.currency());
        final String transaction = text(ImportStampsDecoder.transactionEncodingOffset(), ImportStampsDecoder.transactionLength(), true);
        final String means = text(ImportStampsDecoder.earlierMeansEncodingOffset(), ImportStampsDecoder.earlierMeansLength(), true);
        Refusal.when(transaction.isEmpty() && (message.paidDay() != 0 || !means.isEmpty()), OUT_OF_RANGE);
        final List<Command.EarlierStamp> stamps = new ArrayList<>();
        final ImportStampsDecoder.StampsDecoder group = message.stamps();
        inRange(group.count(), 1, MOST_STAMPS);
        for (final ImportStampsDecoder.StampsDecoder one : group) {
            final int after = stamps.isEmpty() ? 0 : stamps.get(stamps.size() - 1).line() + 1;
            stamps.add(new Command.EarlierStamp(inRange(one.line(), after, 15), inRange(one.amountCentimes(), 1, 204_000_000_000L), inRange(one.localMinor(), 1, MOST_MINOR),
                    inRange(one.microMadPerUnit(), 1, 1_000_000_000_000_000L), inRange(one.issuedMs(), 0, Long.MAX_VALUE)));
        }
        return new Command.ImportStamps(request, application, message.paidDay(), post, currency, transaction, means, stamps);
    }

    private static void ascending(final List<Long> stamps, final long id) {
        stamps.add(inRange(id, stamps.isEmpty() ? 0 : stamps.get(stamps.size() - 1) + 1, Long.MAX_VALUE));
    }

    private static int post(final int id) {
        return inRange(id, 1, 4_095);
    }

    private static String currency(final String text) {
        Refusal.when(!text.matches("[A-Z]{3}"), OUT_OF_RANGE);
        return text;
    }

    /** Visible ASCII, then only zeros. */
    private String text(final int fieldOffset, final int length, final boolean mayBeEmpty) {
        return CommandReader.text(buffer, offset + HEADER_BYTES + fieldOffset, length, mayBeEmpty);
    }
}
