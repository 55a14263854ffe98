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
            Map.entry(VoidStampDecoder.TEMPLATE_ID, VoidStampDecoder.BLOCK_LENGTH));

    /** Length of one element of the group that a command has. */
    static final Map<Integer, Integer> ELEMENTS = Map.of(
            RetireDecoder.TEMPLATE_ID, RetireDecoder.ApplicationsDecoder.sbeBlockLength(),
            SetTariffDecoder.TEMPLATE_ID, SetTariffDecoder.ComponentsDecoder.sbeBlockLength(),
            PublishDayDecoder.TEMPLATE_ID, PublishDayDecoder.RunsDecoder.sbeBlockLength(),
            AddToChangeDecoder.TEMPLATE_ID, AddToChangeDecoder.RunsDecoder.sbeBlockLength(),
            SubmitApplicationDecoder.TEMPLATE_ID, SubmitApplicationDecoder.LinesDecoder.sbeBlockLength(),
            HoldDecoder.TEMPLATE_ID, HoldDecoder.LegsDecoder.sbeBlockLength(),
            RescheduleDecoder.TEMPLATE_ID, RescheduleDecoder.LegsDecoder.sbeBlockLength(),
            WalkInDecoder.TEMPLATE_ID, WalkInDecoder.LinesDecoder.sbeBlockLength());

    private Frames() {
    }
}
