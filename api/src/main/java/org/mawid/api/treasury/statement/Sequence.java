package org.mawid.api.treasury.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.treasury.statement.Finding.Type;
import org.mawid.api.treasury.statement.StatementHistory.Taken;

/** Holds the statements of a file against those that were taken, and against each other. */
final class Sequence {
    private final StatementHistory history;
    private final Map<String, Taken> lastHere = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int index;

    Sequence(final StatementHistory history) {
        this.history = history;
    }

    List<Finding> check(final List<Statement> statements) {
        for (index = 0; index < statements.size(); index++) {
            check(statements.get(index));
        }
        return findings;
    }

    private void check(final Statement statement) {
        if (history.had(statement)) {
            find(Type.DUPLICATE, statement, "it was taken before");
            return;
        }
        if (statement.kind() == Statement.Kind.NOTIFICATION) {
            return;
        }
        if (!statement.isFinal() && statement.isLastPage()) {
            find(Type.NOT_FINAL, statement, "it has no closing balance of a day");
            return;
        }
        if (statement.isFinal() && (statement.opening() == null || statement.closing() == null)) {
            find(Type.NO_BALANCES, statement, "it has no opening balance");
            return;
        }
        final String key = statement.account() + ' ' + statement.currency();
        final Taken last = lastHere.containsKey(key) ? lastHere.get(key) : history.last(statement.account(), statement.currency());
        lastHere.put(key, StatementBook.taken(statement));
        if (last == null) {
            if (statement.page() > 1) {
                find(Type.PAGE_MISSING, statement, "it is page " + statement.page() + ", and none before it was taken");
            }
            return;
        }
        if (isOlder(statement, last)) {
            find(Type.REPLAYED, statement, "the last one taken is " + last.id() + ", of " + LocalDate.ofEpochDay(last.closingDay()));
        } else if (last.isOpen() ? statement.page() != last.page() + 1 || !statement.id().equals(last.id()) : statement.page() > 1) {
            find(Type.PAGE_MISSING, statement, "the last one taken is page " + last.page() + " of " + last.id() + ", this is page " + statement.page());
        } else if (!last.isOpen() && statement.sequence() >= 0 && last.sequence() >= 0 && statement.sequence() > last.sequence() + 1 && isSameYear(statement, last)) {
            find(Type.SEQUENCE_GAP, statement, "it is number " + statement.sequence() + ", the last one taken is number " + last.sequence());
        } else if (statement.opening() != null && last.nextOpening() != null && !statement.opening().equals(last.nextOpening())) {
            find(Type.OPENING_DIFFERS, statement, "it opens with " + statement.opening() + ", " + last.id() + " ended with " + last.nextOpening() + " (minor units of " + statement.currency() + ")");
        }
    }

    /** Sequences may begin anew with a year. */
    private static boolean isOlder(final Statement statement, final Taken last) {
        if (last.isOpen() && statement.id().equals(last.id())) {
            return statement.page() <= last.page();
        }
        return statement.closingDay() < last.closingDay()
                || statement.sequence() >= 0 && last.sequence() >= 0 && isSameYear(statement, last) && statement.sequence() <= last.sequence();
    }

    private static boolean isSameYear(final Statement statement, final Taken last) {
        return LocalDate.ofEpochDay(statement.closingDay()).getYear() == LocalDate.ofEpochDay(last.closingDay()).getYear();
    }

    private void find(final Type type, final Statement statement, final String details) {
        findings.add(new Finding(type, index, statement.id(), details));
    }
}
