package org.mawid.api.treasury.statement;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads statement files: once, as a stream, all or nothing. What cannot be read at all is a {@link StatementException} with line and column; what can be read and does not add up is
 * a {@link Finding}. Any thread, one file at a time each.
 */
public final class StatementReader {
    private final Path folder;
    private final StatementLimits limits;
    private final StatementHistory history;

    /**
     * @param folder  for temporary files, as large as a fifth of the largest statement
     * @param history what was taken before; nothing is written to it here
     */
    public StatementReader(final Path folder, final StatementLimits limits, final StatementHistory history) {
        this.folder = folder;
        this.limits = limits;
        this.history = history;
    }

    /**
     * @param in       UTF-8 mostly; read to its end, not closed
     * @param accepted findings that a person has looked at and accepts for this file; usually none
     * @throws StatementException when it cannot be read: nothing of it was handed over
     */
    public StatementFile read(final InputStream in, final Set<Finding.Type> accepted) throws IOException {
        final LineSpool spool = new LineSpool(folder);
        try {
            final FileDraft draft = new FileDraft(spool::write, limits);
            new CamtParser(new GuardedText(in, limits), draft).run();
            spool.end();
            final List<Finding> findings = new ArrayList<>(draft.findings());
            findings.addAll(new Sequence(history).check(draft.statements()));
            return new StatementFile(spool, draft.statements(), findings, accepted);
        } catch (final IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }
}
