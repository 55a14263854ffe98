package org.mawid.api.audit;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RecordWalkInDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.WalkInDecoder;

/**
 * A command that opens an application, which is numbered only when it is decided: nothing in the log says the number. It is known again by what the application keeps of it: when it was, who submitted it, and who asked for which
 * services, in their order.
 *
 * @param applicant key of who submits, 0 = a portal does
 * @param lines     person and service of each
 */
public record Opening(long applicant, List<Line> lines) {
    /** @param personKey whom it serves */
    public record Line(long personKey, int serviceId) {
    }

    /** Null when that opens none. @param command whole, with its header */
    public static Opening of(final DirectBuffer command) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(command, 0);
        final List<Line> lines = new ArrayList<>();
        final long applicant;
        switch (header.templateId()) {
            case SubmitApplicationDecoder.TEMPLATE_ID -> {
                final SubmitApplicationDecoder message = new SubmitApplicationDecoder().wrapAndApplyHeader(command, 0, header);
                applicant = message.applicant();
                message.lines().forEach(line -> lines.add(new Line(line.personKey(), line.serviceId())));
            }
            case WalkInDecoder.TEMPLATE_ID -> {
                final WalkInDecoder message = new WalkInDecoder().wrapAndApplyHeader(command, 0, header);
                applicant = message.applicant();
                message.lines().forEach(line -> lines.add(new Line(line.personKey(), line.serviceId())));
            }
            case RecordWalkInDecoder.TEMPLATE_ID -> {
                final RecordWalkInDecoder message = new RecordWalkInDecoder().wrapAndApplyHeader(command, 0, header);
                applicant = message.applicant();
                message.lines().forEach(line -> lines.add(new Line(line.personKey(), line.serviceId())));
            }
            default -> {
                return null;
            }
        }
        return lines.isEmpty() ? null : new Opening(applicant, lines);
    }

    /** Whether it has opened that one. @param nowMs log time of the command */
    public boolean isOf(final Records.Application application, final long nowMs) {
        return application.submittedMs() == nowMs && application.applicant() == applicant && lines.equals(application.lines().stream().map(line -> new Line(line.personKey(), line.serviceId())).toList());
    }

    /** Whether it opens one that is by or for somebody. @param command whole, null = there is none */
    static boolean names(final DirectBuffer command, final long person) {
        final Opening opening = command == null ? null : of(command);
        return opening != null && opening.names(person);
    }

    /** Whether it is by or for somebody. */
    public boolean names(final long person) {
        return applicant == person || lines.stream().anyMatch(line -> line.personKey() == person);
    }
}
