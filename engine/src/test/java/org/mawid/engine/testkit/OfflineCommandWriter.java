package org.mawid.engine.testkit;

import static org.mawid.engine.testkit.CommandWriter.request;
import static org.mawid.engine.testkit.CommandWriter.yes;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RecordConsumptionEncoder;
import org.mawid.sbe.RecordVisitEncoder;
import org.mawid.sbe.RecordWalkInEncoder;

/** The part of {@link CommandWriter} for what a post tells of the time when its link was down. */
final class OfflineCommandWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** @return where the message ends */
    int write(final Command.Offline command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.RecordVisit c) {
            final RecordVisitEncoder message = new RecordVisitEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            return message.appointmentId(c.appointmentId()).atMs(c.atMs()).ticket(c.ticket()).fulfilled(c.fulfilled()).state(c.state())
                    .counter((short) c.counter()).limit();
        }
        if (command instanceof Command.RecordWalkIn c) {
            final RecordWalkInEncoder message = new RecordWalkInEncoder().wrapAndApplyHeader(to, offset, header);
            request(c.request(), message.request());
            message.applicationId(c.applicationId()).applicant(c.applicant()).atMs(c.atMs()).postId(c.postId()).ticket(c.ticket())
                    .lineSet(c.lineSet()).fulfilled(c.fulfilled()).counter((short) c.counter()).issueStamps(yes(c.issueStamps()));
            final RecordWalkInEncoder.LinesEncoder group = message.linesCount(c.lines().size());
            c.lines().forEach(line -> group.next().personKey(line.personKey()).serviceId(line.serviceId())
                    .registeredPostId(line.registeredPostId()).quantity((short) line.quantity()).ageBand(line.ageBand())
                    .priority(line.priority()).representative(yes(line.representative())));
            return message.limit();
        }
        final Command.RecordConsumption c = (Command.RecordConsumption) command;
        final RecordConsumptionEncoder message = new RecordConsumptionEncoder().wrapAndApplyHeader(to, offset, header);
        request(c.request(), message.request());
        return message.stampId(c.stampId()).applicationId(c.applicationId()).atMs(c.atMs()).epochDay(c.epochDay()).postId(c.postId())
                .line((short) c.line()).secret(0).limit();
    }
}
