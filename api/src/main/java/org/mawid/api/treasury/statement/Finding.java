package org.mawid.api.treasury.statement;

/**
 * What was seen in a file that can be read, and is not as it should be.
 *
 * @param statement which of the file's, from 0
 * @param details   both sides' figures, in plain words
 */
public record Finding(Type type, int statement, String statementId, String details) {
    /** What it is. */
    public enum Type {
        /** The very same statement was taken before: nothing to do. */
        DUPLICATE(true),
        /** Older than the last one taken, as yesterday's file: nothing to do. */
        REPLAYED(true),
        /** One before it is missing: it can be taken when that one has come. */
        SEQUENCE_GAP(true),
        /** A page before it is missing. */
        PAGE_MISSING(true),
        /** It does not begin with what the last one ended with. */
        OPENING_DIFFERS(true),
        /** Closing is not opening and the entries. */
        SUM_DIFFERS(true),
        /** The summary's count or sum is not that of the entries. */
        SUMMARY_DIFFERS(true),
        /** An entry's transactions do not add up to it. */
        DETAILS_DIFFER(true),
        /** A final statement without balances to check it by. */
        NO_BALANCES(true),
        /** An interim report: its final version is still to come. */
        NOT_FINAL(false),
        /** Entries that are not booked: they move nothing. */
        NOT_BOOKED(false),
        /** It says that it is a copy or duplicate. */
        COPY(false),
        /** Entries in another currency than the account's: their sum cannot be checked. */
        OTHER_CURRENCY(false);

        private final boolean refuses;

        Type(final boolean refuses) {
            this.refuses = refuses;
        }

        /** Whether nothing of the file is taken, unless a person accepts just this. */
        public boolean refuses() {
            return refuses;
        }
    }
}
