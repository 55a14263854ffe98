package org.mawid.engine.twin;

import java.util.Map;
import org.mawid.sbe.*; // one decoder for every command

/** How long the parts of each command are. */
final class Frames {
    /** Length of the fixed block of each command, by template id. */
    static final Map<Integer, Integer> BLOCKS = Map.ofEntries(
            Map.entry(TickDecoder.TEMPLATE_ID, TickDecoder.BLOCK_LENGTH),
            Map.entry(SetCoreVersionDecoder.TEMPLATE_ID, SetCoreVersionDecoder.BLOCK_LENGTH),
            Map.entry(SetRulesDecoder.TEMPLATE_ID, SetRulesDecoder.BLOCK_LENGTH),
            Map.entry(RetireDecoder.TEMPLATE_ID, RetireDecoder.BLOCK_LENGTH),
            Map.entry(DefinePostDecoder.TEMPLATE_ID, DefinePostDecoder.BLOCK_LENGTH),
            Map.entry(DefinePoolDecoder.TEMPLATE_ID, DefinePoolDecoder.BLOCK_LENGTH),
            Map.entry(DefineServiceDecoder.TEMPLATE_ID, DefineServiceDecoder.BLOCK_LENGTH),
            Map.entry(SetDeskServiceDecoder.TEMPLATE_ID, SetDeskServiceDecoder.BLOCK_LENGTH),
            Map.entry(SetTariffDecoder.TEMPLATE_ID, SetTariffDecoder.BLOCK_LENGTH),
            Map.entry(SetRateDecoder.TEMPLATE_ID, SetRateDecoder.BLOCK_LENGTH),
            Map.entry(SetFeeTimeDecoder.TEMPLATE_ID, SetFeeTimeDecoder.BLOCK_LENGTH),
            Map.entry(PublishDayDecoder.TEMPLATE_ID, PublishDayDecoder.BLOCK_LENGTH),
            Map.entry(SetCapacityDecoder.TEMPLATE_ID, SetCapacityDecoder.BLOCK_LENGTH),
            Map.entry(BeginChangeDecoder.TEMPLATE_ID, BeginChangeDecoder.BLOCK_LENGTH),
            Map.entry(AddToChangeDecoder.TEMPLATE_ID, AddToChangeDecoder.BLOCK_LENGTH),
            Map.entry(ApplyChangeDecoder.TEMPLATE_ID, ApplyChangeDecoder.BLOCK_LENGTH),
            Map.entry(AbandonChangeDecoder.TEMPLATE_ID, AbandonChangeDecoder.BLOCK_LENGTH),
            Map.entry(SubmitApplicationDecoder.TEMPLATE_ID, SubmitApplicationDecoder.BLOCK_LENGTH),
            Map.entry(ValidateLinesDecoder.TEMPLATE_ID, ValidateLinesDecoder.BLOCK_LENGTH),
            Map.entry(RejectLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.BLOCK_LENGTH),
            Map.entry(WithdrawLinesDecoder.TEMPLATE_ID, WithdrawLinesDecoder.BLOCK_LENGTH),
            Map.entry(HoldDecoder.TEMPLATE_ID, HoldDecoder.BLOCK_LENGTH),
            Map.entry(ConfirmDecoder.TEMPLATE_ID, ConfirmDecoder.BLOCK_LENGTH),
            Map.entry(ReleaseDecoder.TEMPLATE_ID, ReleaseDecoder.BLOCK_LENGTH),
            Map.entry(RescheduleDecoder.TEMPLATE_ID, RescheduleDecoder.BLOCK_LENGTH),
            Map.entry(CancelDecoder.TEMPLATE_ID, CancelDecoder.BLOCK_LENGTH),
            Map.entry(CheckInDecoder.TEMPLATE_ID, CheckInDecoder.BLOCK_LENGTH),
            Map.entry(CallDecoder.TEMPLATE_ID, CallDecoder.BLOCK_LENGTH),
            Map.entry(ServeDecoder.TEMPLATE_ID, ServeDecoder.BLOCK_LENGTH),
            Map.entry(MarkNoShowDecoder.TEMPLATE_ID, MarkNoShowDecoder.BLOCK_LENGTH),
            Map.entry(WalkInDecoder.TEMPLATE_ID, WalkInDecoder.BLOCK_LENGTH),
            Map.entry(IssueStampsDecoder.TEMPLATE_ID, IssueStampsDecoder.BLOCK_LENGTH),
            Map.entry(VoidStampDecoder.TEMPLATE_ID, VoidStampDecoder.BLOCK_LENGTH),
            Map.entry(RecordVisitDecoder.TEMPLATE_ID, RecordVisitDecoder.BLOCK_LENGTH),
            Map.entry(RecordWalkInDecoder.TEMPLATE_ID, RecordWalkInDecoder.BLOCK_LENGTH),
            Map.entry(RecordConsumptionDecoder.TEMPLATE_ID, RecordConsumptionDecoder.BLOCK_LENGTH),
            Map.entry(CloseDaysDecoder.TEMPLATE_ID, CloseDaysDecoder.BLOCK_LENGTH),
            Map.entry(ReopenDaysDecoder.TEMPLATE_ID, ReopenDaysDecoder.BLOCK_LENGTH),
            Map.entry(AcceptPostsDecoder.TEMPLATE_ID, AcceptPostsDecoder.BLOCK_LENGTH),
            Map.entry(ChooseAnotherDecoder.TEMPLATE_ID, ChooseAnotherDecoder.BLOCK_LENGTH),
            Map.entry(SetOfferRulesDecoder.TEMPLATE_ID, SetOfferRulesDecoder.BLOCK_LENGTH),
            Map.entry(StartPaymentDecoder.TEMPLATE_ID, StartPaymentDecoder.BLOCK_LENGTH),
            Map.entry(RecordCounterReceiptDecoder.TEMPLATE_ID, RecordCounterReceiptDecoder.BLOCK_LENGTH),
            Map.entry(RecordApprovalDecoder.TEMPLATE_ID, RecordApprovalDecoder.BLOCK_LENGTH),
            Map.entry(RecordFailureDecoder.TEMPLATE_ID, RecordFailureDecoder.BLOCK_LENGTH),
            Map.entry(MarkInDoubtDecoder.TEMPLATE_ID, MarkInDoubtDecoder.BLOCK_LENGTH),
            Map.entry(AskPersonDecoder.TEMPLATE_ID, AskPersonDecoder.BLOCK_LENGTH),
            Map.entry(RecordChargeBackDecoder.TEMPLATE_ID, RecordChargeBackDecoder.BLOCK_LENGTH),
            Map.entry(AllocatePaymentDecoder.TEMPLATE_ID, AllocatePaymentDecoder.BLOCK_LENGTH),
            Map.entry(ConsumeStampDecoder.TEMPLATE_ID, ConsumeStampDecoder.BLOCK_LENGTH),
            Map.entry(ReuseStampDecoder.TEMPLATE_ID, ReuseStampDecoder.BLOCK_LENGTH),
            Map.entry(ProposeDecoder.TEMPLATE_ID, ProposeDecoder.BLOCK_LENGTH),
            Map.entry(DecideDecoder.TEMPLATE_ID, DecideDecoder.BLOCK_LENGTH),
            Map.entry(RecordRefundDecoder.TEMPLATE_ID, RecordRefundDecoder.BLOCK_LENGTH),
            Map.entry(DefineTerminalDecoder.TEMPLATE_ID, DefineTerminalDecoder.BLOCK_LENGTH),
            Map.entry(CloseBatchDecoder.TEMPLATE_ID, CloseBatchDecoder.BLOCK_LENGTH),
            Map.entry(RecordSettlementDecoder.TEMPLATE_ID, RecordSettlementDecoder.BLOCK_LENGTH),
            Map.entry(RecordReturnSettlementDecoder.TEMPLATE_ID, RecordReturnSettlementDecoder.BLOCK_LENGTH),
            Map.entry(OpenBreakDecoder.TEMPLATE_ID, OpenBreakDecoder.BLOCK_LENGTH),
            Map.entry(AssignBreakDecoder.TEMPLATE_ID, AssignBreakDecoder.BLOCK_LENGTH),
            Map.entry(ResolveBreakDecoder.TEMPLATE_ID, ResolveBreakDecoder.BLOCK_LENGTH),
            Map.entry(SetStampRulesDecoder.TEMPLATE_ID, SetStampRulesDecoder.BLOCK_LENGTH));

    /** Length of one element of the group that a command has. */
    static final Map<Integer, Integer> ELEMENTS = Map.ofEntries(
            Map.entry(RetireDecoder.TEMPLATE_ID, RetireDecoder.ApplicationsDecoder.sbeBlockLength()),
            Map.entry(SetTariffDecoder.TEMPLATE_ID, SetTariffDecoder.ComponentsDecoder.sbeBlockLength()),
            Map.entry(PublishDayDecoder.TEMPLATE_ID, PublishDayDecoder.RunsDecoder.sbeBlockLength()),
            Map.entry(AddToChangeDecoder.TEMPLATE_ID, AddToChangeDecoder.RunsDecoder.sbeBlockLength()),
            Map.entry(SubmitApplicationDecoder.TEMPLATE_ID, SubmitApplicationDecoder.LinesDecoder.sbeBlockLength()),
            Map.entry(HoldDecoder.TEMPLATE_ID, HoldDecoder.LegsDecoder.sbeBlockLength()),
            Map.entry(RescheduleDecoder.TEMPLATE_ID, RescheduleDecoder.LegsDecoder.sbeBlockLength()),
            Map.entry(WalkInDecoder.TEMPLATE_ID, WalkInDecoder.LinesDecoder.sbeBlockLength()),
            Map.entry(RecordWalkInDecoder.TEMPLATE_ID, RecordWalkInDecoder.LinesDecoder.sbeBlockLength()),
            Map.entry(AcceptPostsDecoder.TEMPLATE_ID, AcceptPostsDecoder.PostsDecoder.sbeBlockLength()),
            Map.entry(ChooseAnotherDecoder.TEMPLATE_ID, ChooseAnotherDecoder.LegsDecoder.sbeBlockLength()),
            Map.entry(StartPaymentDecoder.TEMPLATE_ID, StartPaymentDecoder.StampsDecoder.sbeBlockLength()),
            Map.entry(RecordCounterReceiptDecoder.TEMPLATE_ID, RecordCounterReceiptDecoder.StampsDecoder.sbeBlockLength()),
            Map.entry(AllocatePaymentDecoder.TEMPLATE_ID, AllocatePaymentDecoder.StampsDecoder.sbeBlockLength()));

    private Frames() {
    }
}
