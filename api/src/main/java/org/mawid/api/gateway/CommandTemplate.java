package org.mawid.api.gateway;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mawid.sbe.AbandonChangeDecoder;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.ApplyChangeDecoder;
import org.mawid.sbe.BeginChangeDecoder;
import org.mawid.sbe.CallDecoder;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.CheckInDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.DefinePoolDecoder;
import org.mawid.sbe.DefinePostDecoder;
import org.mawid.sbe.DefineServiceDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.MarkNoShowDecoder;
import org.mawid.sbe.PublishDayDecoder;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.ReleaseDecoder;
import org.mawid.sbe.RescheduleDecoder;
import org.mawid.sbe.ServeDecoder;
import org.mawid.sbe.SetCapacityDecoder;
import org.mawid.sbe.SetDeskServiceDecoder;
import org.mawid.sbe.SetRateDecoder;
import org.mawid.sbe.SetRulesDecoder;
import org.mawid.sbe.SetTariffDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
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
    PUBLISH_DAY(PublishDayDecoder.TEMPLATE_ID),
    SET_CAPACITY(SetCapacityDecoder.TEMPLATE_ID),
    BEGIN_CHANGE(BeginChangeDecoder.TEMPLATE_ID, ReferenceKind.CHANGE),
    ADD_TO_CHANGE(AddToChangeDecoder.TEMPLATE_ID, null, ReferenceKind.CHANGE, AddToChangeDecoder.changeIdEncodingOffset()),
    APPLY_CHANGE(ApplyChangeDecoder.TEMPLATE_ID, null, ReferenceKind.CHANGE, ApplyChangeDecoder.changeIdEncodingOffset()),
    ABANDON_CHANGE(AbandonChangeDecoder.TEMPLATE_ID, null, ReferenceKind.CHANGE, AbandonChangeDecoder.changeIdEncodingOffset()),
    SUBMIT_APPLICATION(SubmitApplicationDecoder.TEMPLATE_ID, ReferenceKind.APPLICATION),
    VALIDATE_LINES(ValidateLinesDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, ValidateLinesDecoder.applicationIdEncodingOffset()),
    REJECT_LINES(RejectLinesDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, RejectLinesDecoder.applicationIdEncodingOffset()),
    WITHDRAW_LINES(WithdrawLinesDecoder.TEMPLATE_ID, null, ReferenceKind.APPLICATION, WithdrawLinesDecoder.applicationIdEncodingOffset()),
    HOLD(HoldDecoder.TEMPLATE_ID, ReferenceKind.HOLD, ReferenceKind.APPLICATION, HoldDecoder.applicationIdEncodingOffset()),
    CONFIRM(ConfirmDecoder.TEMPLATE_ID, ReferenceKind.APPOINTMENT, ReferenceKind.HOLD, ConfirmDecoder.holdIdEncodingOffset()),
    RELEASE(ReleaseDecoder.TEMPLATE_ID, null, ReferenceKind.HOLD, ReleaseDecoder.holdIdEncodingOffset()),
    RESCHEDULE(RescheduleDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, RescheduleDecoder.appointmentIdEncodingOffset()),
    CANCEL(CancelDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, CancelDecoder.appointmentIdEncodingOffset()),
    CHECK_IN(CheckInDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, CheckInDecoder.appointmentIdEncodingOffset()),
    CALL(CallDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, CallDecoder.appointmentIdEncodingOffset()),
    SERVE(ServeDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, ServeDecoder.appointmentIdEncodingOffset()),
    MARK_NO_SHOW(MarkNoShowDecoder.TEMPLATE_ID, null, ReferenceKind.APPOINTMENT, MarkNoShowDecoder.appointmentIdEncodingOffset()),
    WALK_IN(WalkInDecoder.TEMPLATE_ID, ReferenceKind.APPOINTMENT, ReferenceKind.APPLICATION, WalkInDecoder.applicationIdEncodingOffset()),
    ISSUE_STAMPS(IssueStampsDecoder.TEMPLATE_ID, ReferenceKind.STAMP, ReferenceKind.APPLICATION, IssueStampsDecoder.applicationIdEncodingOffset()),
    VOID_STAMP(VoidStampDecoder.TEMPLATE_ID, null, ReferenceKind.STAMP, VoidStampDecoder.stampIdEncodingOffset());

    private static final CommandTemplate[] BY_ID = new CommandTemplate[64];
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

    CommandTemplate(final int id) {
        this(id, null);
    }

    CommandTemplate(final int id, final ReferenceKind made) {
        this(id, made, null, -1);
    }

    CommandTemplate(final int id, final ReferenceKind made, final ReferenceKind named, final int namedOffset) {
        this.id = id;
        this.made = made;
        this.named = named;
        this.namedOffset = namedOffset;
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

    /** Template id in the schema, below 64. */
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

    /** How many stamps a done command issued. */
    public int stampCount(final long number2, final long number3) {
        if (this == ISSUE_STAMPS) {
            return (int) number2;
        }
        return this == HOLD || this == CONFIRM || this == WALK_IN ? (int) (number3 >>> 56) : 0;
    }

    /** Number of the first stamp that a done command issued. */
    public long firstStamp(final long number1, final long number3) {
        return this == ISSUE_STAMPS ? number1 : number3 & (1L << 56) - 1;
    }
}
