package org.mawid.api.treasury.statement;

/**
 * The head of a statement and what its lines add up to.
 *
 * @param kind        statement (053) or notification (054)
 * @param version     of the schema, as {@code 08}; empty when the file does not say
 * @param message     of the file
 * @param sequence    electronic sequence number, or else the legal one; −1 when it has none
 * @param page        from 1; 0 when it is not in pages
 * @param isLastPage  true when it is not in pages
 * @param copy        CODU, COPY, DUPL; empty for an original
 * @param account     IBAN, or the bank's own name of the account
 * @param currency    of the account
 * @param opening     booked balance before the first line, null when it is not told
 * @param closing     booked balance after the last line, null when it is not told
 * @param isFinal     its closing balance is the day's, and no line is to come
 * @param closingDay  days since 1970-01-01; of the closing balance, or of the last booking
 * @param lines       handed over
 * @param booked      entries that are booked
 * @param creditMinor sum of the booked ones in the account's currency
 * @param debitMinor  likewise
 */
public record Statement(Kind kind, String version, String message, String id, long sequence, int page, boolean isLastPage, String copy, String account, String currency,
                        Long opening, Long closing, boolean isFinal, int closingDay, long lines, long booked, long creditMinor, long debitMinor) {
    /** Which message it came in. */
    public enum Kind { STATEMENT, NOTIFICATION }

    /** What the next one has to open with: as told, or worked out. */
    public Long nextOpening() {
        return closing != null ? closing : opening == null ? null : (Long) (opening + creditMinor - debitMinor);
    }
}
