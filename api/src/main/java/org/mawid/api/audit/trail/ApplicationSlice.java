package org.mawid.api.audit.trail;

import java.util.ArrayList;
import java.util.List;
import org.mawid.api.audit.Opening;
import org.mawid.api.gateway.AwaitedQuestion;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** By what the command that opened it is known, of some applications that the core has, in the order of their numbers, which is that in which they were submitted. Some tens of microseconds of the core's time. */
final class ApplicationSlice extends AwaitedQuestion<ApplicationSlice.Found> {
    /** Numbers that one question looks at. */
    private static final int AT_ONCE = 256;

    private final long from;

    /** @param submittedMs log time, ms since 1970-01-01 UTC */
    record Opened(long number, long submittedMs, Opening opening) {
    }

    /** @param next where to go on, 0 = that was all */
    record Found(long next, List<Opened> opened) {
    }

    ApplicationSlice(final long from) {
        this.from = from;
    }

    @Override
    public void on(final EngineCore core) {
        final List<Opened> opened = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ApplicationRecordDecoder record = new ApplicationRecordDecoder();
        final long next = core.dump(RecordKind.APPLICATIONS, from, AT_ONCE, (template, buffer, offset, length) -> {
            record.wrapAndApplyHeader(buffer, offset, header);
            final long number = record.applicationId();
            final long submittedMs = record.submittedMs();
            final long applicant = record.applicant();
            final List<Opening.Line> lines = new ArrayList<>();
            record.lines().forEach(line -> lines.add(new Opening.Line(line.personKey(), line.serviceId())));
            opened.add(new Opened(number, submittedMs, new Opening(applicant, lines)));
        });
        answer(new Found(next, opened));
    }
}
