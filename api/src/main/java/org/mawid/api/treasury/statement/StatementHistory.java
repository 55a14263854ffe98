package org.mawid.api.treasury.statement;

/** Which statements were taken. */
public interface StatementHistory {
    /** Whether this very statement (or page of it) was taken. */
    boolean had(Statement statement);

    /** The last final one, or the last page of one that is not complete, of an account. @return null when there is none */
    Taken last(String account, String currency);

    /** @param sequence −1 when it has none @param nextOpening minor units, null when not known @param isOpen pages are to come */
    record Taken(String id, long sequence, int page, boolean isOpen, Long nextOpening, int closingDay) {
    }
}
