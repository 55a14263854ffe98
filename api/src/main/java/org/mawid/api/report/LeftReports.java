package org.mawid.api.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import org.mawid.api.report.SumsFile.DamagedException;

/** The sums that a server has left in a data directory. Changes nothing. Any thread. */
public final class LeftReports implements Reports {
    private final SumsFile.Content content;

    private LeftReports(final SumsFile.Content content) {
        this.content = content;
    }

    /**
     * Null when it has left none.
     *
     * @param edge folder of the edges
     * @throws IOException in one line: the file cannot be read, or is damaged
     */
    public static LeftReports read(final Path edge) throws IOException {
        try {
            final SumsFile.Content content = SumsFile.read(edge.resolve(SumsFile.NAME));
            return content == null ? null : new LeftReports(content);
        } catch (final DamagedException e) {
            throw new IOException(e.getMessage() + "; the next server begins it anew, with what the log still keeps", e);
        }
    }

    /** Number of a post by its code; 0 = there is none. */
    public int post(final String code) {
        return content.names().posts().entrySet().stream().filter(post -> post.getValue().equals(code)).mapToInt(Map.Entry::getKey).findFirst().orElse(0);
    }

    /** Log time of the last that was counted, ms since 1970-01-01 UTC. */
    public long nowMs() {
        return content.image().nowMs();
    }

    @Override
    public Report days(final int postId, final LocalDate from, final LocalDate to) {
        return Answering.days(content.image(), content.names(), postId, from, to);
    }

    @Override
    public Report months(final int postId, final YearMonth from, final YearMonth to) {
        return Answering.months(content.image(), content.names(), postId, from, to);
    }

    @Override
    public long position() {
        return content.image().position();
    }
}
