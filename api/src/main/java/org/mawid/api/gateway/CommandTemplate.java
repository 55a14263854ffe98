package org.mawid.api.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mawid.sbe.AbandonChangeDecoder;
import org.mawid.sbe.AcceptPostsDecoder;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.AllocatePaymentDecoder;
import org.mawid.sbe.ApplyChangeDecoder;
import org.mawid.sbe.AskPersonDecoder;
import org.mawid.sbe.AskForDocumentsDecoder;
import org.mawid.sbe.AssignApplicationDecoder;
import org.mawid.sbe.AssignBreakDecoder;
import org.mawid.sbe.BeginChangeDecoder;
import org.mawid.sbe.CallDecoder;
import org.mawid.sbe.CallNextDecoder;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.CheckInDecoder;
import org.mawid.sbe.ChooseAnotherDecoder;
import org.mawid.sbe.CloseBatchDecoder;
import org.mawid.sbe.CloseDaysDecoder;
import org.mawid.sbe.CommitCoolingSecretDecoder;
import org.mawid.sbe.ConfirmAttendanceDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.ConsumeStampDecoder;
import org.mawid.sbe.DecideDecoder;
import org.mawid.sbe.DefinePoolDecoder;
import org.mawid.sbe.DefinePostDecoder;
import org.mawid.sbe.DefineServiceDecoder;
import org.mawid.sbe.DefineTerminalDecoder;
import org.mawid.sbe.EndCoolingAtDecoder;
import org.mawid.sbe.EndTicketDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.JoinWaitlistDecoder;
import org.mawid.sbe.LeaveWaitlistDecoder;
import org.mawid.sbe.MarkInDoubtDecoder;
import org.mawid.sbe.MarkNoShowDecoder;
import org.mawid.sbe.OpenBreakDecoder;
import org.mawid.sbe.ParkDecoder;
import org.mawid.sbe.ProposeDecoder;
import org.mawid.sbe.PublishDayDecoder;
import org.mawid.sbe.RecallDecoder;
import org.mawid.sbe.RecordApprovalDecoder;
import org.mawid.sbe.RecordChargeBackDecoder;
import org.mawid.sbe.RecordConsumptionDecoder;
import org.mawid.sbe.RecordCounterReceiptDecoder;
import org.mawid.sbe.RecordDocumentDecoder;
import org.mawid.sbe.RecordFailureDecoder;
import org.mawid.sbe.RecordRefundDecoder;
import org.mawid.sbe.RecordReturnSettlementDecoder;
import org.mawid.sbe.RecordSettlementDecoder;
import org.mawid.sbe.RecordVisitDecoder;
import org.mawid.sbe.RecordWalkInDecoder;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.ReleaseDecoder;
import org.mawid.sbe.ReopenDaysDecoder;
import org.mawid.sbe.RescheduleDecoder;
import org.mawid.sbe.ResolveBreakDecoder;
import org.mawid.sbe.ResubmitLinesDecoder;
import org.mawid.sbe.ReuseStampDecoder;
import org.mawid.sbe.RevealCoolingSecretDecoder;
import org.mawid.sbe.SendMessageDecoder;
import org.mawid.sbe.ServeDecoder;
import org.mawid.sbe.SetCapacityDecoder;
import org.mawid.sbe.SetCoolingDecoder;
import org.mawid.sbe.SetDeskServiceDecoder;
import org.mawid.sbe.SetFeeTimeDecoder;
import org.mawid.sbe.SetHallRulesDecoder;
import org.mawid.sbe.SetOfferRulesDecoder;
import org.mawid.sbe.SetRateDecoder;
import org.mawid.sbe.SetRulesDecoder;
import org.mawid.sbe.SetServiceDocumentsDecoder;
import org.mawid.sbe.SetStampRulesDecoder;
import org.mawid.sbe.SetTariffDecoder;
import org.mawid.sbe.SetWaitlistRulesDecoder;
import org.mawid.sbe.StartPaymentDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.TakeTicketDecoder;
import org.mawid.sbe.TransferTicketDecoder;
import org.mawid.sbe.UnparkDecoder;
import org.mawid.sbe.ValidateLinesDecoder;
import org.mawid.sbe.VoidStampDecoder;
import org.mawid.sbe.WalkInDecoder;
import org.mawid.sbe.WithdrawLinesDecoder;

/**
 * What the edge knows of each command that may come from outside: where the body carries the number of something, and what the
 * answer's numbers stand for. Tick, SetCoreVersion and Retire are not here: they are the host's own or the operator's.
 */
public enum CommandTemplate {
    SET_RULES(SetRulesDecoder.TEMPLATE_ID),
    DEFINE_POST(DefinePostDecoder.TEMPLATE_ID),
    DEFINE_POOL(DefinePoolDecoder.TEMPLATE_ID),
    DEFINE_SERVICE(DefineServiceDecoder.TEMPLATE_ID),
    SET_DESK_SERVICE(SetDeskServiceDecoder.TEMPLATE_ID),
    SET_TARIFF(SetTariffDecoder.TEMPLATE_ID),
    SET_RATE(SetRateDecoder.TEMPLATE_ID),
    SET_FEE_TIME(SetFeeTimeDecoder.TEMPLATE_ID),
    SET_SERVICE_DOCUMENTS(SetServiceDocumentsDecoder.TEMPLATE_ID),
    PUBLISH_DAY(PublishDayDecoder.TEMPLATE_ID),
    SET_CAPACITY(SetCapacityDecoder.TEMPLATE_ID),
    BEGIN_CHANGE(BeginChangeDecoder.TEMPLATE_ID, ReferenceKind.CHANGE),
    ADD_TO_CHANGE(AddToChangeDecoder.TEMPLATE_ID, null, ReferenceKind.CHANGE, AddToChangeDecoder.changeIdEncodingOffset()),
    APPLY_CHANGE(ApplyChangeDecoder.TEMPLATE_ID, null, ReferenceKind.CHANGE, ApplyChangeDecoder.changeIdEncodingOffset()),
    ABANDON_CHANGE(AbandonChangeDecoder.TEMPLATE_ID, null, ReferenceKind.CHANGE, AbandonChangeDecoder.changeIdEncodingOffset()),
    CLOSE_DAYS(CloseDaysDecoder.TEMPLATE_ID),
    REOPEN_DAYS(ReopenDaysDecoder.TEMPLATE_ID),
    SET_OFFER_RULES(SetOfferRulesDecoder.TEMPLATE_ID),
    SET_HALL_RULES(SetHallRulesDecoder.TEMPLATE_ID),
    JOIN_WAITLIST(JoinWaitlistDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, JoinWaitlistDecoder.applicationIdEncodingOffset(),
            new Other(ReferenceKind.APPOINTMENT, JoinWaitlistDecoder.appointmentIdEncodingOffset())),
    LEAVE_WAITLIST(LeaveWaitlistDecoder.TEMPLATE_ID),
    SET_WAITLIST_RULES(SetWaitlistRulesDecoder.TEMPLATE_ID),
    END_COOLING_AT(EndCoolingAtDecoder.TEMPLATE_ID),
    SET_COOLING(SetCoolingDecoder.TEMPLATE_ID),
    COMMIT_COOLING_SECRET(CommitCoolingSecretDecoder.TEMPLATE_ID),
    REVEAL_COOLING_SECRET(RevealCoolingSecretDecoder.TEMPLATE_ID),
    SUBMIT_APPLICATION(SubmitApplicationDecoder.TEMPLATE_ID, ReferenceKind.APPLICATION),
    VALIDATE_LINES(ValidateLinesDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, ValidateLinesDecoder.applicationIdEncodingOffset()),
    REJECT_LINES(RejectLinesDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, RejectLinesDecoder.applicationIdEncodingOffset()),
    WITHDRAW_LINES(WithdrawLinesDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, WithdrawLinesDecoder.applicationIdEncodingOffset()),
    ACCEPT_POSTS(AcceptPostsDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, AcceptPostsDecoder.applicationIdEncodingOffset()),
    SEND_MESSAGE(SendMessageDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, SendMessageDecoder.applicationIdEncodingOffset()),
    RECORD_DOCUMENT(RecordDocumentDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, RecordDocumentDecoder.applicationIdEncodingOffset()),
    ASK_FOR_DOCUMENTS(AskForDocumentsDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, AskForDocumentsDecoder.applicationIdEncodingOffset()),
    RESUBMIT_LINES(ResubmitLinesDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, ResubmitLinesDecoder.applicationIdEncodingOffset()),
    ASSIGN_APPLICATION(AssignApplicationDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, AssignApplicationDecoder.applicationIdEncodingOffset()),
    HOLD(HoldDecoder.TEMPLATE_ID, ReferenceKind.HOLD, ReferenceKind.APPLICATION, HoldDecoder.applicationIdEncodingOffset()),
    CONFIRM(ConfirmDecoder.TEMPLATE_ID, ReferenceKind.APPOINTMENT, ReferenceKind.HOLD, ConfirmDecoder.holdIdEncodingOffset()),
    RELEASE(ReleaseDecoder.TEMPLATE_ID, null, ReferenceKind.HOLD, ReleaseDecoder.holdIdEncodingOffset()),
    RESCHEDULE(RescheduleDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, RescheduleDecoder.appointmentIdEncodingOffset()),
    CONFIRM_ATTENDANCE(ConfirmAttendanceDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, ConfirmAttendanceDecoder.appointmentIdEncodingOffset()),
    CANCEL(CancelDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, CancelDecoder.appointmentIdEncodingOffset()),
    CHECK_IN(CheckInDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, CheckInDecoder.appointmentIdEncodingOffset()),
    CALL(CallDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, CallDecoder.appointmentIdEncodingOffset()),
    SERVE(ServeDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, ServeDecoder.appointmentIdEncodingOffset()),
    MARK_NO_SHOW(MarkNoShowDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, MarkNoShowDecoder.appointmentIdEncodingOffset()),
    WALK_IN(WalkInDecoder.TEMPLATE_ID, ReferenceKind.APPOINTMENT, ReferenceKind.APPLICATION, WalkInDecoder.applicationIdEncodingOffset()),
    CHOOSE_ANOTHER(ChooseAnotherDecoder.TEMPLATE_ID, ReferenceKind.HOLD, ReferenceKind.HOLD, ChooseAnotherDecoder.holdIdEncodingOffset()),
    RECORD_VISIT(RecordVisitDecoder.TEMPLATE_ID, ReferenceKind.APPOINTMENT, ReferenceKind.APPOINTMENT, RecordVisitDecoder.appointmentIdEncodingOffset()),
    RECORD_WALK_IN(RecordWalkInDecoder.TEMPLATE_ID, ReferenceKind.APPOINTMENT, ReferenceKind.APPLICATION, RecordWalkInDecoder.applicationIdEncodingOffset()),
    RECORD_CONSUMPTION(RecordConsumptionDecoder.TEMPLATE_ID, null, ReferenceKind.STAMP, RecordConsumptionDecoder.stampIdEncodingOffset(),
            new Other(ReferenceKind.APPLICATION, RecordConsumptionDecoder.applicationIdEncodingOffset())),
    CALL_NEXT(CallNextDecoder.TEMPLATE_ID, ReferenceKind.APPOINTMENT),
    RECALL(RecallDecoder.TEMPLATE_ID),
    PARK(ParkDecoder.TEMPLATE_ID),
    UNPARK(UnparkDecoder.TEMPLATE_ID),
    TRANSFER_TICKET(TransferTicketDecoder.TEMPLATE_ID),
    TAKE_TICKET(TakeTicketDecoder.TEMPLATE_ID),
    END_TICKET(EndTicketDecoder.TEMPLATE_ID),
    ISSUE_STAMPS(IssueStampsDecoder.TEMPLATE_ID, ReferenceKind.STAMP, ReferenceKind.APPLICATION, IssueStampsDecoder.applicationIdEncodingOffset()),
    VOID_STAMP(VoidStampDecoder.TEMPLATE_ID, null, ReferenceKind.STAMP, VoidStampDecoder.stampIdEncodingOffset()),
    START_PAYMENT(StartPaymentDecoder.TEMPLATE_ID, ReferenceKind.PAYMENT, ReferenceKind.APPLICATION, StartPaymentDecoder.applicationIdEncodingOffset()),
    RECORD_COUNTER_RECEIPT(RecordCounterReceiptDecoder.TEMPLATE_ID, ReferenceKind.PAYMENT, ReferenceKind.APPLICATION, RecordCounterReceiptDecoder.applicationIdEncodingOffset()),
    RECORD_APPROVAL(RecordApprovalDecoder.TEMPLATE_ID, ReferenceKind.PAYMENT, ReferenceKind.PAYMENT, RecordApprovalDecoder.paymentIdEncodingOffset()),
    RECORD_FAILURE(RecordFailureDecoder.TEMPLATE_ID, ReferenceKind.PAYMENT, ReferenceKind.PAYMENT, RecordFailureDecoder.paymentIdEncodingOffset()),
    MARK_IN_DOUBT(MarkInDoubtDecoder.TEMPLATE_ID, ReferenceKind.PAYMENT, ReferenceKind.PAYMENT, MarkInDoubtDecoder.paymentIdEncodingOffset()),
    ASK_PERSON(AskPersonDecoder.TEMPLATE_ID, ReferenceKind.PAYMENT, ReferenceKind.PAYMENT, AskPersonDecoder.paymentIdEncodingOffset()),
    RECORD_CHARGE_BACK(RecordChargeBackDecoder.TEMPLATE_ID, ReferenceKind.PAYMENT, ReferenceKind.PAYMENT, RecordChargeBackDecoder.paymentIdEncodingOffset()),
    ALLOCATE_PAYMENT(AllocatePaymentDecoder.TEMPLATE_ID, ReferenceKind.PAYMENT, ReferenceKind.PAYMENT, AllocatePaymentDecoder.paymentIdEncodingOffset(),
            new Other(ReferenceKind.APPLICATION, AllocatePaymentDecoder.applicationIdEncodingOffset())),
    CONSUME_STAMP(ConsumeStampDecoder.TEMPLATE_ID, null, ReferenceKind.STAMP, ConsumeStampDecoder.stampIdEncodingOffset(),
            new Other(ReferenceKind.APPLICATION, ConsumeStampDecoder.applicationIdEncodingOffset())),
    REUSE_STAMP(ReuseStampDecoder.TEMPLATE_ID, ReferenceKind.STAMP, ReferenceKind.STAMP, ReuseStampDecoder.stampIdEncodingOffset(),
            new Other(ReferenceKind.APPLICATION, ReuseStampDecoder.applicationIdEncodingOffset())),
    PROPOSE(ProposeDecoder.TEMPLATE_ID, null, ReferenceKind.STAMP, ProposeDecoder.stampIdEncodingOffset()),
    DECIDE(DecideDecoder.TEMPLATE_ID, null, ReferenceKind.STAMP, DecideDecoder.stampIdEncodingOffset()),
    RECORD_REFUND(RecordRefundDecoder.TEMPLATE_ID, null, ReferenceKind.STAMP, RecordRefundDecoder.stampIdEncodingOffset()),
    DEFINE_TERMINAL(DefineTerminalDecoder.TEMPLATE_ID),
    CLOSE_BATCH(CloseBatchDecoder.TEMPLATE_ID, ReferenceKind.BATCH),
    RECORD_SETTLEMENT(RecordSettlementDecoder.TEMPLATE_ID, null, null, -1,
            new Other(ReferenceKind.BATCH, RecordSettlementDecoder.batchIdEncodingOffset()), new Other(ReferenceKind.PAYMENT, RecordSettlementDecoder.paymentIdEncodingOffset()),
            new Other(ReferenceKind.BREAK, RecordSettlementDecoder.breakIdEncodingOffset())),
    OPEN_BREAK(OpenBreakDecoder.TEMPLATE_ID, ReferenceKind.BREAK, null, -1,
            new Other(ReferenceKind.PAYMENT, OpenBreakDecoder.paymentIdEncodingOffset()), new Other(ReferenceKind.BATCH, OpenBreakDecoder.batchIdEncodingOffset())),
    ASSIGN_BREAK(AssignBreakDecoder.TEMPLATE_ID, null, ReferenceKind.BREAK, AssignBreakDecoder.breakIdEncodingOffset()),
    RESOLVE_BREAK(ResolveBreakDecoder.TEMPLATE_ID, null, ReferenceKind.BREAK, ResolveBreakDecoder.breakIdEncodingOffset()),
    SET_STAMP_RULES(SetStampRulesDecoder.TEMPLATE_ID),
    RECORD_RETURN_SETTLEMENT(RecordReturnSettlementDecoder.TEMPLATE_ID, null, null, -1, new Other(ReferenceKind.BREAK, RecordReturnSettlementDecoder.breakIdEncodingOffset()));

    /** Another number that the body carries, which may be 0: a reference to be turned by itself. @param offset bytes from the end of the message's header */
    public record Other(ReferenceKind kind, int offset) {
    }

    /** Ids are below it. */
    public static final int IDS = 128;
    private static final CommandTemplate[] BY_ID = new CommandTemplate[IDS];
    private static final Map<String, CommandTemplate> BY_LETTERS = new HashMap<>();

    static {
        for (final CommandTemplate template : values()) {
            BY_ID[template.id] = template;
            BY_LETTERS.put(template.name().replace("_", ""), template);
        }
    }

    private final int id;
    private final ReferenceKind made;
    private final ReferenceKind named;
    private final int namedOffset;
    private final List<Other> others;

    CommandTemplate(final int id) {
        this(id, null);
    }

    CommandTemplate(final int id, final ReferenceKind made) {
        this(id, made, null, -1);
    }

    CommandTemplate(final int id, final ReferenceKind made, final ReferenceKind named, final int namedOffset, final Other... others) {
        this.id = id;
        this.made = made;
        this.named = named;
        this.namedOffset = namedOffset;
        this.others = List.of(others);
    }

    /** Null when no such command may come from outside. */
    public static CommandTemplate of(final int templateId) {
        return templateId >= 0 && templateId < BY_ID.length ? BY_ID[templateId] : null;
    }

    /**
     * @param name of its gRPC method or HTTP operation, such as {@code MarkNoShow} or {@code markNoShow}
     * @return null when that brings no command of one kind
     */
    public static CommandTemplate called(final String name) {
        return BY_LETTERS.get(name.toUpperCase(Locale.ROOT));
    }

    /** Template id in the schema, below {@link #IDS}. */
    public int id() {
        return id;
    }

    /** What number1 of a done command counts; null = nothing. */
    public ReferenceKind made() {
        return made;
    }

    /** What the command is about; null = nothing that the core numbers. */
    public ReferenceKind named() {
        return named;
    }

    /** Where the number of {@link #named()} is, in bytes from the end of the message's header. */
    public int namedOffset() {
        return namedOffset;
    }

    /** What else the body carries numbers of, in fields of its block. */
    public List<Other> others() {
        return others;
    }

    /** Whether the command's group is of stamps, in ascending order of their numbers. */
    public boolean hasStamps() {
        return this == START_PAYMENT || this == RECORD_COUNTER_RECEIPT || this == ALLOCATE_PAYMENT;
    }

    /** Whether the number of {@link #named()} may be 0: what it would be about is made by the command itself. */
    public boolean mayNameNothing() {
        return this == WALK_IN || this == RECORD_WALK_IN;
    }

    /** Where the body has the secret code of the stamp that it is about, in bytes from the end of the message's header; -1 = it has none. */
    public int secretOffset() {
        return this == CONSUME_STAMP ? ConsumeStampDecoder.secretEncodingOffset() : this == RECORD_CONSUMPTION ? RecordConsumptionDecoder.secretEncodingOffset() : -1;
    }

    /** Bytes of the body that a command with a secret code has, no more and no less. */
    public int secretBlockLength() {
        return this == CONSUME_STAMP ? ConsumeStampDecoder.BLOCK_LENGTH : RecordConsumptionDecoder.BLOCK_LENGTH;
    }

    /** Whether its answer tells the ticket beside its numbers, see {@link WalkInTicket}. */
    public boolean walksIn() {
        return this == WALK_IN || this == RECORD_WALK_IN;
    }

    /** By which the hall knows the ticket of a done command, 0 = it has none, or {@link #walksIn}. */
    public long ticketId(final long number3) {
        return this == CHECK_IN || this == CALL_NEXT || this == TAKE_TICKET ? number3 : 0;
    }

    /** Whether number3 of the answer, which may be a refusal, is a break or 0. */
    public boolean opensBreak() {
        return this == RECORD_CONSUMPTION;
    }

    /** What a done command tells beside a reference: a number of no kind, else its second one. */
    public long detail(final long number1, final long number2) {
        return this == CLOSE_DAYS || this == RECORD_CONSUMPTION ? number1 : number2;
    }

    /** How many stamps a done command issued. */
    public int stampCount(final long number2, final long number3) {
        if (this == ISSUE_STAMPS) {
            return (int) number2;
        }
        return this == HOLD || this == CONFIRM || this == WALK_IN || this == RECORD_WALK_IN ? (int) (number3 >>> 56) : 0;
    }

    /** Number of the first stamp that a done command issued. */
    public long firstStamp(final long number1, final long number3) {
        return this == ISSUE_STAMPS ? number1 : number3 & (1L << 56) - 1;
    }
}
