package org.mawid.api.treasury.statement;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.statement.StatementException.Reason;

/** Turns the text of an element into what it means, or refuses it. One file each: the day read last is remembered, most entries are of one. */
final class Values {
    private String lastText = "";
    private int lastDay;

    Amount amount(final String text, final String currency, final Where where) throws StatementException {
        if (currency == null || currency.isEmpty()) {
            throw where.refused(Reason.CURRENCY, "an amount has no currency");
        }
        try {
            Amount.digits(currency);
        } catch (final IllegalArgumentException unknown) {
            throw where.refused(Reason.CURRENCY, unknown.getMessage());
        }
        try {
            return Amount.of(text, currency);
        } catch (final IllegalArgumentException wrong) {
            throw where.refused(Reason.AMOUNT, wrong.getMessage());
        }
    }

    /** A date, or the date of a date and time as it is written there. */
    int day(final String text, final Where where) throws StatementException {
        final String date = text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text;
        if (date.equals(lastText)) {
            return lastDay;
        }
        try {
            lastDay = Math.toIntExact(LocalDate.parse(date.length() > 10 ? date.substring(0, 10) : date).toEpochDay());
        } catch (final DateTimeException | ArithmeticException wrong) {
            throw where.refused(Reason.DATE, "'" + shown(text) + "' is no date");
        }
        lastText = date;
        return lastDay;
    }

    static boolean isCredit(final String text, final Where where) throws StatementException {
        return switch (text) {
            case "CRDT" -> true;
            case "DBIT" -> false;
            default -> throw where.refused(Reason.CODE, "'" + shown(text) + "' is neither CRDT nor DBIT");
        };
    }

    static boolean isTrue(final String text, final Where where) throws StatementException {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw where.refused(Reason.CODE, "'" + shown(text) + "' is neither true nor false");
        };
    }

    static StatementLine.Status status(final String text, final Where where) throws StatementException {
        return switch (text) {
            case "BOOK" -> StatementLine.Status.BOOKED;
            case "PDNG" -> StatementLine.Status.PENDING;
            case "INFO" -> StatementLine.Status.INFORMATION;
            case "FUTR" -> StatementLine.Status.FUTURE;
            default -> throw where.refused(Reason.CODE, "'" + shown(text) + "' is no status of an entry");
        };
    }

    static long number(final String text, final Where where) throws StatementException {
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(one -> one >= '0' && one <= '9')) {
            throw where.refused(Reason.CODE, "'" + shown(text) + "' is no number");
        }
        return Long.parseLong(text);
    }

    private static String shown(final String text) {
        return (text.length() > 40 ? text.substring(0, 40) + "…" : text).replaceAll("\\p{Cntrl}", "?");
    }
}
