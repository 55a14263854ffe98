package org.mawid.api.treasury.statement;

import org.mawid.api.treasury.port.Amount;

/** The charges of an entry or transaction while it is read: records, of which some are not taken from the amount, or only a total. */
final class ChargesDraft {
    private long sumMinor;
    private int records;
    private Amount total;
    private Amount amount;
    private boolean isGiven;
    private boolean isIncluded;

    void reset() {
        sumMinor = 0;
        records = 0;
        total = null;
        begin();
    }

    void begin() {
        amount = null;
        isGiven = false;
        isIncluded = true;
    }

    void amount(final Amount read) {
        amount = read;
    }

    void total(final Amount read) {
        total = read;
    }

    /** CRDT: given to us rather than kept. */
    void given(final boolean isCredit) {
        isGiven = isCredit;
    }

    void included(final boolean read) {
        isIncluded = read;
    }

    void end(final String currency) {
        if (amount != null && isIncluded && amount.currency().equals(currency)) {
            sumMinor += isGiven ? -amount.minor() : amount.minor();
            records++;
        }
        begin();
    }

    boolean isTold(final String currency) {
        return records > 0 || total != null && total.currency().equals(currency);
    }

    long minor(final String currency) {
        return records > 0 ? sumMinor : isTold(currency) ? total.minor() : 0;
    }
}
