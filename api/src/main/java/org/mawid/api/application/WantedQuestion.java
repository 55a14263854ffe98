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

/** Which documents are wanted of an application, which records do not have. Some microseconds of the core's time. */
public final class WantedQuestion extends AwaitedQuestion<List<Long>> {
    private final long application;

    private WantedQuestion(final long application) {
        this.application = application;
    }

    /**
     * For each line the set of kinds that officers have asked for, without those that were found clean since; empty of a line that is not DOCUMENTS_NEEDED. The core is asked only when there is such
     * a line. On a thread that may wait.
     *
     * @throws ReadModelBehindException the core does not answer now
     */
    public static long[] of(final Engine engine, final Records.Application application) {
        final long[] wanted = new long[application.lines().size()];
        if (application.lines().stream().anyMatch(WantedQuestion::isNeeded)) {
            final List<Long> told = new WantedQuestion(application.applicationId()).ask(engine);
            for (int i = 0; i < Math.min(wanted.length, told.size()); i++) { // nothing is told of what was decided meanwhile
                wanted[i] = isNeeded(application.lines().get(i)) ? told.get(i) : 0;
            }
        }
        return wanted;
    }

    private static boolean isNeeded(final Records.Line line) {
        return line.state() == LineState.DOCUMENTS_NEEDED;
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
        answer(wanted);
    }
}
