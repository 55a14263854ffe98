package org.mawid.api.treasury.statement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mawid.api.treasury.statement.StatementException.Reason;

/** A file while it is read: its statements one after the other, its lines to the sink. */
final class FileDraft implements CamtParser.Drafts {
    private static final int MOST_STATEMENTS = 10_000;

    private final LineSink sink;
    private final StatementLimits limits;
    private final Values values = new Values();
    private final EntryDraft entry = new EntryDraft();
    private final BalanceDraft balances = new BalanceDraft();
    private final List<Statement> statements = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private Statement.Kind kind;
    private String version;
    private String message = "";
    private int messagePage;
    private boolean isMessageLast = true;
    private long lines;
    private StatementDraft draft;

    FileDraft(final LineSink sink, final StatementLimits limits) {
        this.sink = sink;
        this.limits = limits;
    }

    @Override
    public void message(final Statement.Kind given, final String ofVersion) {
        kind = given;
        version = ofVersion;
    }

    @Override
    public void begin(final Field field) throws IOException {
        switch (field) {
            case STATEMENT -> {
                draft = new StatementDraft(statements.size(), messagePage, isMessageLast);
                balances.reset();
            }
            case BALANCE -> balances.begin();
            case ENTRY -> entry.begin(statements.size(), ++draft.entries);
            case TX -> entry.beginTransaction(this::line, entryPlace());
            default -> {
            }
        }
    }

    /** Of what is refused when a transaction turns out not to be the last: it is the entry that is meant. */
    private Where entryPlace() {
        return (reason, what) -> place.refused(reason, what);
    }

    private Where place = (reason, what) -> new StatementException(reason, what, 1, 1);

    @Override
    public void value(final Field field, final String text, final String currency, final Where where) throws IOException {
        place = where;
        switch (field) {
            case MESSAGE_ID -> message = text;
            case MESSAGE_PAGE -> messagePage = (int) Values.number(text, where);
            case MESSAGE_LAST_PAGE -> isMessageLast = Values.isTrue(text, where);
            case BALANCE_CODE -> balances.code(text);
            case BALANCE_AMOUNT -> balances.amount(values.amount(text, currency, where));
            case BALANCE_DIRECTION -> balances.credit(Values.isCredit(text, where));
            case BALANCE_DATE -> balances.day(values.day(text, where));
            default -> {
                if (!draft.value(field, text, values, where)) {
                    entry.value(field, text, currency, values, where);
                }
            }
        }
    }

    @Override
    public void end(final Field field, final Where where) throws IOException {
        place = where;
        switch (field) {
            case BALANCE -> balances.end(where);
            case ENTRY -> endEntry(where);
            case ENTRY_CHARGE, TX_CHARGE -> entry.end(field);
            case STATEMENT -> endStatement(where);
            default -> {
            }
        }
    }

    private void line(final StatementLine line) throws IOException {
        if (++lines > limits.lines()) {
            throw place.refused(Reason.TOO_MANY_LINES, "the file has more than " + limits.lines() + " lines");
        }
        draft.lines++;
        sink.line(line);
    }

    private void endEntry(final Where where) throws IOException {
        final String differs = entry.end(this::line, where);
        if (differs != null) {
            find(Finding.Type.DETAILS_DIFFER, differs);
        }
        draft.entry(entry, balances.currency(), where);
    }

    private void endStatement(final Where where) throws IOException {
        draft.check(balances, where, this::find);
        statements.add(draft.done(kind, version, message, balances));
        if (statements.size() > MOST_STATEMENTS) {
            throw where.refused(Reason.TOO_LARGE, "the file has more than " + MOST_STATEMENTS + " statements");
        }
    }

    /** Each kind once for each statement: a thousand wrong entries are told by the first. */
    private void find(final Finding.Type type, final String details) {
        final boolean isTold = findings.stream().anyMatch(told -> told.type() == type && told.statement() == statements.size());
        if (!isTold) {
            findings.add(new Finding(type, statements.size(), draft.id(), details));
        }
    }

    List<Statement> statements() {
        return statements;
    }

    List<Finding> findings() {
        return findings;
    }
}
