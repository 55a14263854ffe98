package org.mawid.api.treasury.matching;

import org.mawid.api.treasury.statement.StatementLine;

/** An entry whose charges are told for all its transactions together: what was kept of those that matched, beside what was agreed for them. */
final class SharedCharges {
    private StatementLine line;
    private long keptMinor;
    private long agreedMinor;
    private boolean isKept;
    private int post;

    /** Whether another entry has begun since. */
    boolean isOther(final StatementLine next) {
        return line != null && (line.entryOrdinal() != next.entryOrdinal() || line.statement() != next.statement());
    }

    void add(final StatementLine added, final long kept, final long agreed, final boolean hasContract, final int postId) {
        line = line == null ? added : line;
        keptMinor += kept;
        agreedMinor += agreed;
        isKept |= hasContract;
        post = postId;
    }

    boolean differs() {
        return line != null && isKept && keptMinor != agreedMinor;
    }

    void clear() {
        line = null;
        keptMinor = 0;
        agreedMinor = 0;
        isKept = false;
    }

    StatementLine line() {
        return line;
    }

    long keptMinor() {
        return keptMinor;
    }

    long agreedMinor() {
        return agreedMinor;
    }

    int post() {
        return post;
    }
}
