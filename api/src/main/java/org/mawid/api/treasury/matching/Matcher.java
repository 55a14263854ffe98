package org.mawid.api.treasury.matching;

import java.time.LocalDate;
import org.agrona.collections.LongHashSet;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.port.BreakKey;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;
import org.mawid.api.treasury.statement.Statement;
import org.mawid.api.treasury.statement.StatementLine;

/**
 * Holds lines against the index, by reference first, then currency, amount and value date. What a line settles is remembered in the index, so that the next file knows it; a line
 * that has come before changes nothing, and neither does a whole file. One thread.
 */
public final class Matcher {
    /** A payment late at night is of the next day somewhere. */
    private static final int EARLY_DAYS = 1;

    private final PaymentIndex index;
    private final AcquirerContract.OfPost contracts;
    private final MatchSink sink;
    private final LongHashSet linesHere = new LongHashSet();
    private final LongHashSet breaksHere = new LongHashSet();
    private final SharedCharges shared = new SharedCharges();
    private Statement statement;
    private long matched;
    private long repeated;
    private long notBooked;

    /** @param sink gets what is found while {@link #line}, {@link #end} and {@link #missing} run */
    public Matcher(final PaymentIndex index, final AcquirerContract.OfPost contracts, final MatchSink sink) {
        this.index = index;
        this.contracts = contracts;
        this.sink = sink;
    }

    /** Its lines follow. */
    public void begin(final Statement begun) {
        statement = begun;
        linesHere.clear();
        breaksHere.clear();
    }

    /** The next line of the statement that was begun. */
    public void line(final StatementLine line) {
        if (line.status() != StatementLine.Status.BOOKED) {
            notBooked++;
            return;
        }
        if (shared.isOther(line)) {
            endShared();
        }
        final long name = LineName.of(statement, line);
        final boolean isFirstHere = linesHere.add(name);
        final int row = row(line);
        if (row == PaymentIndex.NONE) {
            differs(BreakType.UNKNOWN_AT_LEDGER, PaymentIndex.NONE, line, name, (line.isCredit() ? "credit of " : "debit of ") + shown(line.netMinor(), line.currency())
                    + ": no payment, batch or refund has its reference");
        } else if (index.settledBy(row) == name && isFirstHere) {
            repeated++;
        } else if (line.isReversal() || line.isCredit() != (index.subject(row) != Subject.REFUND)) {
            differs(BreakType.REVERSED_AT_TREASURY, row, line, name, shown(line.netMinor(), line.currency()) + " of " + ours(row) + " were taken back");
        } else {
            settles(row, line, name);
        }
    }

    private int row(final StatementLine line) {
        final int first = index.find(line.endToEnd());
        final int second = first != PaymentIndex.NONE ? first : index.find(line.batch());
        return second != PaymentIndex.NONE ? second : index.find(line.remittance());
    }

    private void settles(final int row, final StatementLine line, final long name) {
        if (!index.state(row).isPaid()) {
            differs(BreakType.NOT_PAID_AT_LEDGER, row, line, name, shown(line.netMinor(), line.currency()) + " came for it; in the ledger it is " + index.state(row));
        } else if (isSettled(row)) {
            differs(BreakType.SETTLED_TWICE, row, line, name, shown(line.netMinor(), line.currency()) + " came for it again");
        } else if (!index.currency(row).equals(line.currency())) {
            index.breakOpen(row);
            differs(BreakType.CURRENCY_DIFFERS, row, line, name, shown(line.netMinor(), line.currency()) + " came for " + ours(row));
        } else {
            amount(row, line, name);
        }
    }

    private boolean isSettled(final int row) {
        final int batch = index.batch(row);
        return index.settledBy(row) != 0 || batch != PaymentIndex.NONE && index.settledBy(batch) != 0
                || index.subject(row) == Subject.BATCH && index.settledMembers(row) > 0;
    }

    private void amount(final int row, final StatementLine line, final long name) {
        final AcquirerContract contract = index.subject(row) == Subject.REFUND ? AcquirerContract.without(contracts.contract(index.post(row)).delayDays())
                : contracts.contract(index.post(row));
        final long gross = index.gross(row);
        final long agreed = contract.commission(gross, index.count(row));
        final boolean isTold = line.charges() != StatementLine.Charges.NOT_TOLD;
        // Nothing is told and nothing was kept: that is a commission too, of nothing.
        if (isTold ? line.grossMinor() != gross : line.netMinor() != gross - agreed && line.netMinor() != gross) {
            index.breakOpen(row);
            differs(BreakType.AMOUNT_DIFFERS, row, line, name, shown(line.grossMinor(), line.currency()) + " came for " + ours(row)
                    + (agreed == 0 || isTold ? "" : " less a commission of " + shown(agreed, line.currency())));
            return;
        }
        final long kept = gross - line.netMinor();
        index.settled(row, name);
        matched++;
        sink.match(new Match(index.subject(row), index.number(row), index.reference(row), index.post(row), gross, kept, line.netMinor(), line.currency(), line.valueDay(),
                statement.id(), line.entry(), name));
        if (line.charges() == StatementLine.Charges.SHARED) {
            shared.add(line, kept, agreed, contract.isKept(), index.post(row));
        } else if (contract.isKept() && kept != agreed) {
            differs(BreakType.COMMISSION_DIFFERS, row, line, name, shown(kept, line.currency()) + " were kept of " + ours(row) + ", agreed are " + shown(agreed, line.currency()));
        }
        valueDate(row, line, name, contract);
    }

    private void valueDate(final int row, final StatementLine line, final long name, final AcquirerContract contract) {
        final int day = index.day(row);
        if (line.valueDay() > day + contract.delayDays() || line.valueDay() < day - EARLY_DAYS) {
            differs(line.valueDay() < day ? BreakType.EARLY_VALUE_DATE : BreakType.LATE_VALUE_DATE, row, line, name, "value date " + LocalDate.ofEpochDay(line.valueDay())
                    + ", paid on " + LocalDate.ofEpochDay(day) + ", agreed are " + contract.delayDays() + " days");
        }
    }

    private void endShared() {
        if (shared.differs()) {
            final StatementLine of = shared.line();
            tell(new Break(BreakType.COMMISSION_DIFFERS, BreakKey.of(BreakType.COMMISSION_DIFFERS, statement.account(), of.currency(), statement.id(), of.entry(), of.entryOrdinal()),
                    of.entry(), 0, shared.post(), shown(shared.keptMinor(), of.currency()) + " were kept of the payments of one entry, agreed are " + shown(shared.agreedMinor(), of.currency())));
        }
        shared.clear();
    }

    /** The statement is through. */
    public void end() {
        endShared();
        linesHere.clear();
        breaksHere.clear();
    }

    /**
     * Tells what should have been settled by now, row by row.
     *
     * @param today     days since 1970-01-01
     * @param graceDays after the contract's delay, 0 or more
     */
    public void missing(final int today, final int graceDays) {
        breaksHere.clear();
        for (int row = 0; row < index.size(); row++) {
            if (isMissing(row) && today - index.day(row) > contracts.contract(index.post(row)).delayDays() + graceDays) {
                final String reference = index.reference(row);
                tell(new Break(BreakType.MISSING_AT_TREASURY, BreakKey.of(BreakType.MISSING_AT_TREASURY, index.subject(row), reference), reference, index.number(row), index.post(row),
                        ours(row) + " of " + LocalDate.ofEpochDay(index.day(row)) + " is in no statement"));
            }
        }
    }

    /** What belongs to a batch is missed with its batch. */
    private boolean isMissing(final int row) {
        return index.settledBy(row) == 0 && index.batch(row) == PaymentIndex.NONE && !index.isInBreak(row) && index.state(row).isPaid()
                && (index.subject(row) != Subject.BATCH || index.settledMembers(row) < index.count(row));
    }

    private void differs(final BreakType type, final int row, final StatementLine line, final long name, final String details) {
        final boolean isOurs = row != PaymentIndex.NONE;
        final String reference = isOurs ? index.reference(row) : !line.endToEnd().isEmpty() ? line.endToEnd() : line.entry();
        tell(new Break(type, BreakKey.of(type, reference, name), reference, isOurs ? index.number(row) : 0, isOurs ? index.post(row) : 0, details));
    }

    private void tell(final Break found) {
        if (breaksHere.add(found.key())) {
            sink.differs(found);
        }
    }

    private String ours(final int row) {
        return shown(index.gross(row), index.currency(row));
    }

    private static String shown(final long minor, final String currency) {
        return (minor < 0 ? "-" : "") + new Amount(Math.abs(minor), currency);
    }

    /** Lines that settled something, of all statements so far. */
    public long matched() {
        return matched;
    }

    /** Lines that had settled it before. */
    public long repeated() {
        return repeated;
    }

    /** Lines that move nothing. */
    public long notBooked() {
        return notBooked;
    }
}
