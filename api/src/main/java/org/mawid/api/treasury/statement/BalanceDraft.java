package org.mawid.api.treasury.statement;

import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.statement.StatementException.Reason;

/** The balances of a statement while it is read. Of the many kinds those count that are of booked entries. */
final class BalanceDraft {
    private String code;
    private Amount amount;
    private Boolean isCredit;
    private int day;
    private Long opening;
    private Long firstInterim;
    private Long lastInterim;
    private int interims;
    private Long closing;
    private int closingDay;
    private String currency;

    void reset() {
        opening = null;
        firstInterim = null;
        lastInterim = null;
        interims = 0;
        closing = null;
        closingDay = 0;
        currency = "";
    }

    void begin() {
        code = "";
        amount = null;
        isCredit = null;
        day = 0;
    }

    void code(final String text) {
        code = text;
    }

    void amount(final Amount read) {
        amount = read;
    }

    void credit(final boolean read) {
        isCredit = read;
    }

    void day(final int read) {
        day = read;
    }

    void end(final Where where) throws StatementException {
        if (amount == null || isCredit == null) {
            throw where.refused(Reason.MISSING, "a balance has no " + (amount == null ? "Amt" : "CdtDbtInd"));
        }
        final long signed = isCredit ? amount.minor() : -amount.minor();
        switch (code) {
            case "OPBD" -> opening = signed;
            case "PRCD" -> opening = opening == null ? (Long) signed : opening;
            case "CLBD" -> {
                closing = signed;
                closingDay = day;
            }
            case "ITBD" -> {
                firstInterim = firstInterim == null ? (Long) signed : firstInterim;
                lastInterim = signed;
                interims++;
                closingDay = closing == null ? day : closingDay;
            }
            default -> { // available, expected, of information: not of what is booked
                return;
            }
        }
        if (!currency.isEmpty() && !currency.equals(amount.currency())) {
            throw where.refused(Reason.CURRENCY, "balances are in " + currency + " and in " + amount.currency());
        }
        currency = amount.currency();
    }

    /** Of a page or an interim report the first of two interim balances opens it. */
    Long opening() {
        return opening != null ? opening : closing != null || interims > 1 ? firstInterim : null;
    }

    Long closing() {
        return closing != null ? closing : lastInterim;
    }

    boolean isFinal() {
        return closing != null;
    }

    int closingDay() {
        return closingDay;
    }

    String currency() {
        return currency;
    }
}
