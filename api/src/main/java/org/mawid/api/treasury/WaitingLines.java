package org.mawid.api.treasury;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.mawid.api.treasury.matching.Match;

/** Lines that have come and settle nothing yet, kept where statements that were taken are: the log has no place for them. One thread at a time. */
public interface WaitingLines {
    /** Nowhere: they are forgotten. For who looks at a file only. */
    WaitingLines NONE = new WaitingLines() {
        @Override
        public List<Match> all() {
            return List.of();
        }

        @Override
        public void change(final List<Match> more, final Set<Match> done) {
            // nothing is kept
        }
    };

    /** In the order in which they came. */
    List<Match> all();

    /** Durable when it returns. @param more that are there already are not added again @param done need not wait any longer */
    void change(List<Match> more, Set<Match> done) throws IOException;
}
