package org.mawid.api.treasury.statement;

/**
 * One movement of money: an entry of a statement, or one transaction of an entry that has several. {@code net = gross − charges}.
 *
 * @param statement     which of the file's statements it belongs to, from 0
 * @param entry         the bank's reference of the entry, unique for the account ({@code AcctSvcrRef}, or {@code NtryRef}); empty when it has none
 * @param entryOrdinal  the entry's place in its statement, from 1
 * @param detail        what tells it from the other transactions of its entry; empty when it is the entry itself
 * @param isCredit      money to the account
 * @param isReversal    it takes back an earlier one
 * @param netMinor      what was booked, minor units, 0 or more
 * @param grossMinor    before charges; as net when nothing says otherwise
 * @param charges       how the charges are known
 * @param chargesMinor  what was kept, may be negative when it was given
 * @param currency      ISO 4217
 * @param bookingDay    days since 1970-01-01
 * @param valueDay      likewise
 * @param endToEnd      the reference that we gave, empty when there is none
 * @param batch         reference of a batch ({@code PmtInfId} or {@code MsgId}), empty when there is none
 * @param transactions  of a batch that is one line, 1 otherwise
 * @param remittance    a creditor's reference, or the first line of free text; may be empty
 */
public record StatementLine(int statement, String entry, long entryOrdinal, String detail, Status status, boolean isCredit, boolean isReversal, long netMinor,
                            long grossMinor, Charges charges, long chargesMinor, String currency, int bookingDay, int valueDay, String endToEnd, String batch,
                            int transactions, String remittance) {
    /** Whether the bank has done it. Only {@link #BOOKED} moves money. */
    public enum Status { BOOKED, PENDING, INFORMATION, FUTURE }

    /** Who says what was kept. */
    public enum Charges {
        /** Nobody: there may have been some all the same. */
        NOT_TOLD,
        /** The line's own details. */
        TOLD,
        /** The entry, for all its transactions together: each has its share by amount, to the last minor unit. */
        SHARED
    }
}
