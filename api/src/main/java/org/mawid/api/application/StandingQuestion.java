package org.mawid.api.application;

import java.util.ArrayList;
import java.util.List;
import org.mawid.api.gateway.AwaitedQuestion;
import org.mawid.engine.Engine;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.UnderWay;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.LineState;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.ReviewRecordDecoder;

/** How an application stands, as far as records do not have it: which documents are wanted, and until when it is valid. Some microseconds of the core's time. */
public final class StandingQuestion extends AwaitedQuestion<StandingQuestion.Standing> {
    private final long application;

    /**
     * @param wanted       for each line the set of kinds that officers have asked for, without those that were found clean since; empty of a line that is not DOCUMENTS_NEEDED
     * @param validUntilMs when lines that are VALIDATED and have no time expire, unless nothing is on offer then, ms since 1970-01-01 UTC; 0 = none is
     */
    public record Standing(List<Long> wanted, long validUntilMs) {
    }

    private StandingQuestion(final long application) {
        this.application = application;
    }

    /** The core is asked only when there is such a line. On a thread that may wait. @throws ReadModelBehindException the core does not answer now */
    public static Standing of(final Engine engine, final Records.Application application) {
        final boolean isNeeded = application.lines().stream().anyMatch(StandingQuestion::isNeeded);
        final boolean isValidated = application.lines().stream().anyMatch(StandingQuestion::isValidated);
        final Standing told = isNeeded || isValidated ? new StandingQuestion(application.applicationId()).ask(engine) : new Standing(List.of(), 0);
        final List<Long> wanted = new ArrayList<>();
        for (int i = 0; i < application.lines().size(); i++) { // nothing is told of what was decided meanwhile
            wanted.add(isNeeded(application.lines().get(i)) && i < told.wanted().size() ? told.wanted().get(i) : 0L);
        }
        return new Standing(wanted, isValidated ? told.validUntilMs() : 0);
    }

    private static boolean isNeeded(final Records.Line line) {
        return line.state() == LineState.DOCUMENTS_NEEDED;
    }

    private static boolean isValidated(final Records.Line line) {
        return line.state() == LineState.VALIDATED && line.appointmentId() == 0;
    }

    @Override
    public void on(final EngineCore core) {
        final List<Long> wanted = new ArrayList<>();
        core.dumpUnderWay(UnderWay.REVIEWS, application, 1, (template, buffer, offset, length) -> {
            if (template == ReviewRecordDecoder.TEMPLATE_ID) {
                final ReviewRecordDecoder review = new ReviewRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                if (review.applicationId() == application) {
                    review.lines().forEach(line -> wanted.add(line.wanted() & ~line.clean()));
                }
            }
        });
        answer(new Standing(wanted, core.validUntilMs(application)));
    }
}
