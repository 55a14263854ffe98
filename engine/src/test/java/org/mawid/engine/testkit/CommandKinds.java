package org.mawid.engine.testkit;

import org.mawid.sbe.*; // one decoder for every command

/** Kinds of commands, by template id. */
public final class CommandKinds {
    /** All that come every day: neither what configures an answer nor what retires. */
    public static final int[] THAT_DO_SOMETHING = {
        TickDecoder.TEMPLATE_ID, SetCapacityDecoder.TEMPLATE_ID, BeginChangeDecoder.TEMPLATE_ID, AddToChangeDecoder.TEMPLATE_ID, ApplyChangeDecoder.TEMPLATE_ID,
        AbandonChangeDecoder.TEMPLATE_ID, SubmitApplicationDecoder.TEMPLATE_ID, ValidateLinesDecoder.TEMPLATE_ID, RejectLinesDecoder.TEMPLATE_ID,
        WithdrawLinesDecoder.TEMPLATE_ID, HoldDecoder.TEMPLATE_ID, ConfirmDecoder.TEMPLATE_ID, ReleaseDecoder.TEMPLATE_ID, RescheduleDecoder.TEMPLATE_ID,
        CancelDecoder.TEMPLATE_ID, CheckInDecoder.TEMPLATE_ID, CallDecoder.TEMPLATE_ID, ServeDecoder.TEMPLATE_ID, MarkNoShowDecoder.TEMPLATE_ID,
        WalkInDecoder.TEMPLATE_ID, IssueStampsDecoder.TEMPLATE_ID, VoidStampDecoder.TEMPLATE_ID
    };

    /** Those of core versions 3 and 4, but for the ones that configure: payments, what becomes of stamps, settlement, breaks. */
    public static final int[] OF_MONEY = {
        StartPaymentDecoder.TEMPLATE_ID, RecordCounterReceiptDecoder.TEMPLATE_ID, RecordApprovalDecoder.TEMPLATE_ID, RecordFailureDecoder.TEMPLATE_ID,
        MarkInDoubtDecoder.TEMPLATE_ID, AskPersonDecoder.TEMPLATE_ID, RecordChargeBackDecoder.TEMPLATE_ID, AllocatePaymentDecoder.TEMPLATE_ID,
        ConsumeStampDecoder.TEMPLATE_ID, ReuseStampDecoder.TEMPLATE_ID, ProposeDecoder.TEMPLATE_ID, DecideDecoder.TEMPLATE_ID, RecordRefundDecoder.TEMPLATE_ID,
        CloseBatchDecoder.TEMPLATE_ID, RecordSettlementDecoder.TEMPLATE_ID, RecordReturnSettlementDecoder.TEMPLATE_ID, OpenBreakDecoder.TEMPLATE_ID, AssignBreakDecoder.TEMPLATE_ID,
        ResolveBreakDecoder.TEMPLATE_ID
    };

    /** Those of core version 5 that a post tells after its link was down. */
    public static final int[] OFFLINE = {RecordVisitDecoder.TEMPLATE_ID, RecordWalkInDecoder.TEMPLATE_ID, RecordConsumptionDecoder.TEMPLATE_ID};

    /** Those of core version 5 about closures and offers, but for the ones that configure. */
    public static final int[] OF_DISPLACEMENT = {
        CloseDaysDecoder.TEMPLATE_ID, ReopenDaysDecoder.TEMPLATE_ID, AcceptPostsDecoder.TEMPLATE_ID, ChooseAnotherDecoder.TEMPLATE_ID
    };

    /** Those of core version 6 about who stands in a hall, but for the one that configures. */
    public static final int[] OF_HALLS = {
        CallNextDecoder.TEMPLATE_ID, RecallDecoder.TEMPLATE_ID, ParkDecoder.TEMPLATE_ID, UnparkDecoder.TEMPLATE_ID, TransferTicketDecoder.TEMPLATE_ID,
        TakeTicketDecoder.TEMPLATE_ID, EndTicketDecoder.TEMPLATE_ID
    };

    /** Those of core version 6 that take over what an older system had under way. */
    public static final int[] OF_CUT_OVER = {ImportStampsDecoder.TEMPLATE_ID, ImportVisitDecoder.TEMPLATE_ID};

    /** Those of core version 7 about waiting and cooling, but for the ones that configure. */
    public static final int[] OF_WAITING = {JoinWaitlistDecoder.TEMPLATE_ID, LeaveWaitlistDecoder.TEMPLATE_ID, EndCoolingAtDecoder.TEMPLATE_ID};

    /** Those of core version 7 about what is written. */
    public static final int[] OF_MESSAGES = {SendMessageDecoder.TEMPLATE_ID};

    /** Those of core version 8 about what is given to be read, and who reads it. */
    public static final int[] OF_RECORDS = {RecordDocumentDecoder.TEMPLATE_ID, RecordAccessDecoder.TEMPLATE_ID};

    /** Those of core version 9 on the way to a decision, but for the one that configures. */
    public static final int[] OF_REVIEWS = {AskForDocumentsDecoder.TEMPLATE_ID, ResubmitLinesDecoder.TEMPLATE_ID, AssignApplicationDecoder.TEMPLATE_ID};

    /** That of core version 10. */
    public static final int[] OF_ATTENDANCE = {ConfirmAttendanceDecoder.TEMPLATE_ID};

    private CommandKinds() {
    }
}
