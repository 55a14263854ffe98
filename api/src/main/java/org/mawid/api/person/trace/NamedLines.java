package org.mawid.api.person.trace;

import org.agrona.DirectBuffer;
import org.mawid.sbe.AskForDocumentsDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.JoinWaitlistDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RecordDocumentDecoder;
import org.mawid.sbe.RecordWalkInDecoder;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.ResubmitLinesDecoder;
import org.mawid.sbe.ValidateLinesDecoder;
import org.mawid.sbe.WalkInDecoder;
import org.mawid.sbe.WithdrawLinesDecoder;

/** Which lines of its application a command of the log is about. One thread. */
final class NamedLines {
    /** All of them. */
    static final int ALL = -1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldDecoder hold = new HoldDecoder();

    /** @param command whole, with its header, naming an application @return bit i = line i, {@link #ALL} = it is about the application itself */
    int of(final DirectBuffer command) {
        final int template = header.wrap(command, 0).templateId();
        return switch (template) {
            case ValidateLinesDecoder.TEMPLATE_ID -> new ValidateLinesDecoder().wrapAndApplyHeader(command, 0, header).lines();
            case RejectLinesDecoder.TEMPLATE_ID -> new RejectLinesDecoder().wrapAndApplyHeader(command, 0, header).lines();
            case WithdrawLinesDecoder.TEMPLATE_ID -> new WithdrawLinesDecoder().wrapAndApplyHeader(command, 0, header).lines();
            case ResubmitLinesDecoder.TEMPLATE_ID -> new ResubmitLinesDecoder().wrapAndApplyHeader(command, 0, header).lines();
            case AskForDocumentsDecoder.TEMPLATE_ID -> new AskForDocumentsDecoder().wrapAndApplyHeader(command, 0, header).lines();
            case RecordDocumentDecoder.TEMPLATE_ID -> new RecordDocumentDecoder().wrapAndApplyHeader(command, 0, header).lines();
            case IssueStampsDecoder.TEMPLATE_ID -> new IssueStampsDecoder().wrapAndApplyHeader(command, 0, header).lines();
            case JoinWaitlistDecoder.TEMPLATE_ID -> orAll(new JoinWaitlistDecoder().wrapAndApplyHeader(command, 0, header).lines());
            case WalkInDecoder.TEMPLATE_ID -> orAll(new WalkInDecoder().wrapAndApplyHeader(command, 0, header).served());
            case RecordWalkInDecoder.TEMPLATE_ID -> orAll(new RecordWalkInDecoder().wrapAndApplyHeader(command, 0, header).lineSet());
            case HoldDecoder.TEMPLATE_ID -> {
                int lines = 0;
                for (final HoldDecoder.LegsDecoder leg : hold.wrapAndApplyHeader(command, 0, header).legs()) {
                    lines |= leg.lines();
                }
                yield orAll(lines);
            }
            default -> ALL;
        };
    }

    private static int orAll(final int lines) {
        return lines == 0 ? ALL : lines;
    }
}
