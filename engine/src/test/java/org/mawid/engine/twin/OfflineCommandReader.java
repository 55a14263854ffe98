package org.mawid.engine.twin;

import static org.mawid.engine.twin.CommandReader.inRange;
import static org.mawid.engine.twin.CommandReader.number;
import static org.mawid.engine.twin.CommandReader.yes;
import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RecordConsumptionDecoder;
import org.mawid.sbe.RecordVisitDecoder;
import org.mawid.sbe.RecordWalkInDecoder;

/** The part of {@link CommandReader} for what a post tells of the time when its link was down. */
final class OfflineCommandReader {
    private static final Set<AppointmentState> RECORDED = EnumSet.of(AppointmentState.CHECKED_IN, AppointmentState.SERVED, AppointmentState.NO_SHOW);

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    Command read(final int template, final Command.Request request, final DirectBuffer buffer, final int offset) {
        return switch (template) {
            case RecordVisitDecoder.TEMPLATE_ID -> visit(request, new RecordVisitDecoder().wrapAndApplyHeader(buffer, offset, header));
            case RecordWalkInDecoder.TEMPLATE_ID -> walkIn(request, new RecordWalkInDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> consumption(request, new RecordConsumptionDecoder().wrapAndApplyHeader(buffer, offset, header));
        };
    }

    private static Command visit(final Command.Request request, final RecordVisitDecoder message) {
        final AppointmentState state = message.state();
        Refusal.when(!RECORDED.contains(state), OUT_OF_RANGE);
        Refusal.when(message.fulfilled() != 0 && state != AppointmentState.SERVED, OUT_OF_RANGE);
        return new Command.RecordVisit(request, number(message.appointmentId()), number(message.atMs()), message.ticket(), message.fulfilled(), state,
                message.counter());
    }

    private static Command walkIn(final Command.Request request, final RecordWalkInDecoder message) {
        final long application = number(message.applicationId());
        final long atMs = number(message.atMs());
        final int post = inRange(message.postId(), 1, 4_095);
        final boolean stamps = yes(message.issueStamps());
        final List<Command.LineAsked> lines = new ArrayList<>();
        final RecordWalkInDecoder.LinesDecoder group = message.lines();
        Refusal.when(application == 0 == (group.count() == 0), OUT_OF_RANGE);
        inRange(group.count(), 0, 16);
        for (final RecordWalkInDecoder.LinesDecoder one : group) {
            CommandReader.line(lines, one.personKey(), one.serviceId(), one.registeredPostId(), one.quantity(), one.ageBand(), one.priority(),
                    one.representative());
        }
        return new Command.RecordWalkIn(request, application, message.applicant(), atMs, post, message.ticket(), message.lineSet(), message.fulfilled(),
                message.counter(), stamps, lines);
    }

    private static Command consumption(final Command.Request request, final RecordConsumptionDecoder message) {
        final long stamp = number(message.stampId());
        final long application = number(message.applicationId());
        final long atMs = number(message.atMs());
        final long date = atMs / Model.DAY_MS;
        inRange(message.epochDay(), date - 1, date + 1);
        final int post = inRange(message.postId(), 1, 4_095);
        final int line = inRange(message.line(), 0, 15);
        Refusal.when(message.secret() != 0, MALFORMED);
        return new Command.RecordConsumption(request, stamp, application, atMs, message.epochDay(), post, line);
    }
}
