package org.mawid.api.treasury.statement;

import java.util.function.BiConsumer;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.statement.Finding.Type;
import org.mawid.api.treasury.statement.StatementException.Reason;

/** One statement while it is read: its head, and the sums of its booked entries. */
final class StatementDraft {
    private final int index;
    private String id = "";
    private long sequence = -1;
    private long legalSequence = -1;
    private int page;
    private boolean isLastPage;
    private String copy = "";
    private String account = "";
    private String currency = "";
    private long summaryCount = -1;
    private Long summaryCredits;
    private Long summaryDebits;
    private String summaryCreditText;
    private String summaryDebitText;
    private int lastBooked;
    private long booked;
    private long notBooked;
    private long otherCurrency;
    private long creditMinor;
    private long debitMinor;
    long entries;
    long lines;

    StatementDraft(final int index, final int messagePage, final boolean isMessageLast) {
        this.index = index;
        page = messagePage;
        isLastPage = isMessageLast;
    }

    /** @return whether it was about the statement's head */
    boolean value(final Field field, final String text, final Values values, final Where where) throws StatementException {
        switch (field) {
            case STATEMENT_ID -> id = text;
            case SEQUENCE -> sequence = Values.number(text, where);
            case LEGAL_SEQUENCE -> legalSequence = Values.number(text, where);
            case COPY -> copy = text;
            case PAGE -> page = (int) Values.number(text, where);
            case LAST_PAGE -> isLastPage = Values.isTrue(text, where);
            case ACCOUNT_IBAN, ACCOUNT_OTHER -> account = text;
            case ACCOUNT_CURRENCY -> currency = known(text, where);
            case SUMMARY_COUNT -> summaryCount = Values.number(text, where);
            case SUMMARY_CREDITS -> summaryCreditText = text;
            case SUMMARY_DEBITS -> summaryDebitText = text;
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String known(final String text, final Where where) throws StatementException {
        try {
            Amount.digits(text);
        } catch (final IllegalArgumentException unknown) {
            throw where.refused(Reason.CURRENCY, unknown.getMessage());
        }
        return text;
    }

    void entry(final EntryDraft entry, final String ofBalances, final Where where) throws StatementException {
        if (currency.isEmpty()) {
            currency = ofBalances.isEmpty() ? entry.amount().currency() : ofBalances;
        }
        if (!entry.isBooked()) {
            notBooked++;
            return;
        }
        booked++;
        lastBooked = Math.max(lastBooked, entry.bookedDay());
        if (!entry.amount().currency().equals(currency)) {
            otherCurrency++;
            return;
        }
        try {
            if (entry.isCredit()) {
                creditMinor = Math.addExact(creditMinor, entry.amount().minor());
            } else {
                debitMinor = Math.addExact(debitMinor, entry.amount().minor());
            }
        } catch (final ArithmeticException tooMuch) {
            throw where.refused(Reason.AMOUNT, "the entries are more than can be counted");
        }
    }

    /** Against itself; what came before it is not known here. */
    void check(final BalanceDraft balances, final Where where, final BiConsumer<Type, String> found) throws StatementException {
        if (id.isEmpty() || account.isEmpty()) {
            throw where.refused(Reason.MISSING, "statement " + (index + 1) + " has no " + (id.isEmpty() ? "Id" : "account"));
        }
        if (currency.isEmpty()) {
            currency = balances.currency();
        }
        if (!balances.currency().isEmpty() && !balances.currency().equals(currency)) {
            throw where.refused(Reason.CURRENCY, "the account is in " + currency + ", its balances in " + balances.currency());
        }
        if (!copy.isEmpty()) {
            found.accept(Type.COPY, "it says that it is " + copy);
        }
        if (notBooked > 0) {
            found.accept(Type.NOT_BOOKED, notBooked + " entries are not booked");
        }
        if (otherCurrency > 0) {
            found.accept(Type.OTHER_CURRENCY, otherCurrency + " entries are not in " + currency);
        }
        checkSums(balances, found);
        checkSummary(where, found);
    }

    private void checkSums(final BalanceDraft balances, final BiConsumer<Type, String> found) {
        final Long opening = balances.opening();
        final Long closing = balances.closing();
        if (otherCurrency == 0 && opening != null && closing != null && opening + creditMinor - debitMinor != closing) {
            found.accept(Type.SUM_DIFFERS, "opening " + opening + " + credits " + creditMinor + " - debits " + debitMinor + " is " + (opening + creditMinor - debitMinor)
                    + ", closing says " + closing + " (minor units of " + currency + ")");
        }
    }

    private void checkSummary(final Where where, final BiConsumer<Type, String> found) throws StatementException {
        if (summaryCount >= 0 && summaryCount != entries) {
            found.accept(Type.SUMMARY_DIFFERS, "the summary says " + summaryCount + " entries, there are " + entries);
        }
        if (notBooked > 0 || otherCurrency > 0) { // some banks count those too
            return;
        }
        summaryCredits = sum(summaryCreditText, where);
        summaryDebits = sum(summaryDebitText, where);
        if (summaryCredits != null && summaryCredits != creditMinor || summaryDebits != null && summaryDebits != debitMinor) {
            found.accept(Type.SUMMARY_DIFFERS, "the summary says credits " + summaryCredits + " and debits " + summaryDebits + ", the entries are " + creditMinor + " and " + debitMinor
                    + " (minor units of " + currency + ")");
        }
    }

    private Long sum(final String text, final Where where) throws StatementException {
        if (text == null) {
            return null;
        }
        try {
            return Amount.of(text, currency).minor();
        } catch (final IllegalArgumentException wrong) {
            throw where.refused(Reason.AMOUNT, wrong.getMessage());
        }
    }

    Statement done(final Statement.Kind kind, final String version, final String message, final BalanceDraft balances) {
        final boolean isFinal = kind == Statement.Kind.STATEMENT && balances.isFinal() && isLastPage;
        return new Statement(kind, version, message, id, sequence >= 0 ? sequence : legalSequence, page, isLastPage, copy, account, currency, balances.opening(), balances.closing(),
                isFinal, balances.closingDay() != 0 ? balances.closingDay() : lastBooked, lines, booked, creditMinor, debitMinor);
    }

    String id() {
        return id;
    }
}
