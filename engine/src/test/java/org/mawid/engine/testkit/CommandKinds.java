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

    private CommandKinds() {
    }
}
