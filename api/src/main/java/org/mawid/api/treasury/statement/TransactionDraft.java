package org.mawid.api.treasury.statement;

import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.statement.StatementException.Reason;

/** A transaction of an entry while it is read, and what its amounts mean: banks give the booked one, the one before charges, or both. */
final class TransactionDraft {
    private final ChargesDraft charges = new ChargesDraft();
    private String servicer;
    private String transaction;
    private String endToEnd;
    private String remittance;
    private Amount amount;
    private Amount before;
    private Boolean isCredit;
    private long netMinor;
    private long grossMinor;
    private boolean isTold;
    private String currency;

    void begin() {
        servicer = "";
        transaction = "";
        endToEnd = "";
        remittance = "";
        amount = null;
        before = null;
        isCredit = null;
        charges.reset();
    }

    void value(final Field field, final String text, final String ofAmount, final Values values, final Where where) throws StatementException {
        switch (field) {
            case TX_SERVICER -> servicer = text;
            case TX_ID -> transaction = text;
            case TX_END_TO_END -> endToEnd = text.equals("NOTPROVIDED") ? "" : text;
            case TX_AMOUNT -> amount = values.amount(text, ofAmount, where);
            case TX_TX_AMOUNT -> before = values.amount(text, ofAmount, where);
            case TX_DIRECTION -> isCredit = Values.isCredit(text, where);
            case TX_CHARGE_AMOUNT -> charges.amount(values.amount(text, ofAmount, where));
            case TX_CHARGE_TOTAL -> charges.total(values.amount(text, ofAmount, where));
            case TX_CHARGE_DIRECTION -> charges.given(Values.isCredit(text, where));
            case TX_CHARGE_INCLUDED -> charges.included(Values.isTrue(text, where));
            case TX_CREDITOR_REFERENCE -> remittance = text;
            case TX_FREE_TEXT -> remittance = remittance.isEmpty() ? text : remittance;
            default -> {
            }
        }
    }

    void endCharge(final String ofEntry) {
        charges.end(ofEntry);
    }

    /**
     * Works out net and gross.
     *
     * @param entry        what the whole entry booked
     * @param isOnly       the entry has no other transaction
     * @param entryCharges of the only transaction, when the entry tells them; else null
     */
    void settle(final Amount entry, final boolean isOnly, final Long entryCharges, final Where where) throws StatementException {
        final Amount stated = amount != null ? amount : before != null ? before : isOnly ? entry : null;
        if (stated == null) {
            throw where.refused(Reason.MISSING, "a transaction among several has no amount");
        }
        currency = stated.currency();
        final boolean hasBefore = before != null && before.currency().equals(currency);
        isTold = charges.isTold(currency) || entryCharges != null;
        final long kept = charges.isTold(currency) ? charges.minor(currency) : entryCharges != null ? entryCharges : 0;
        final boolean isOfEntry = isOnly && entry.currency().equals(currency);
        final boolean isBeforeCharges = isOfEntry ? stated.minor() != entry.minor() && stated.minor() - kept == entry.minor()
                : amount == null || hasBefore && before.minor() == amount.minor();
        if (isBeforeCharges) {
            grossMinor = stated.minor();
            netMinor = stated.minor() - kept;
        } else if (isOfEntry && amount == null && hasBefore) {
            grossMinor = before.minor();
            netMinor = entry.minor();
            isTold = true;
        } else {
            netMinor = stated.minor();
            grossMinor = hasBefore && before.minor() != netMinor ? before.minor() : netMinor + kept;
            isTold |= grossMinor != netMinor;
        }
    }

    long netMinor() {
        return netMinor;
    }

    long grossMinor() {
        return grossMinor;
    }

    boolean isTold() {
        return isTold;
    }

    String currency() {
        return currency;
    }

    Boolean isCredit() {
        return isCredit;
    }

    ChargesDraft charges() {
        return charges;
    }

    String endToEnd() {
        return endToEnd;
    }

    String remittance() {
        return remittance;
    }

    /** What tells it from the others of its entry. */
    String detail() {
        return !servicer.isEmpty() ? servicer : !transaction.isEmpty() ? transaction : endToEnd;
    }
}
