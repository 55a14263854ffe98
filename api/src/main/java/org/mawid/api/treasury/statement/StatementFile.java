package org.mawid.api.treasury.statement;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A file that could be read: its statements, what was found in it, and its lines when nothing found speaks against them. Close it; its lines are in a temporary file. */
public final class StatementFile implements AutoCloseable {
    private final LineSpool spool;
    private final List<Statement> statements;
    private final List<Finding> findings;
    private final Set<Finding.Type> accepted;

    StatementFile(final LineSpool spool, final List<Statement> statements, final List<Finding> findings, final Set<Finding.Type> accepted) {
        this.spool = spool;
        this.statements = List.copyOf(statements);
        this.findings = List.copyOf(findings);
        this.accepted = Set.copyOf(accepted);
    }

    /** In the order of the file. */
    public List<Statement> statements() {
        return statements;
    }

    /** In the order of the file. */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether its lines may be taken: no finding refuses the file, or a person has accepted those that do. */
    public boolean isTaken() {
        return findings.stream().noneMatch(finding -> finding.type().refuses() && !accepted.contains(finding.type()));
    }

    /**
     * Hands over every line, in the order of the file; may be called again.
     *
     * @throws IllegalStateException when the file is not taken
     */
    public void each(final LineSink sink) throws IOException {
        if (!isTaken()) {
            throw new IllegalStateException("this file is not taken: " + findings);
        }
        spool.read(sink);
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
