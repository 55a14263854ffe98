package org.mawid.api.treasury.matching;

import java.time.LocalDate;
import org.agrona.collections.LongHashSet;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.port.BreakKey;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.TreasuryCommand.About;
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
    private final NetLines nets;
    private Statement statement;
    private long matched;
    private long repeated;
    private long notBooked;

    /** @param sink gets what is found while {@link #line}, {@link #end} and {@link #missing} run */
    public Matcher(final PaymentIndex index, final AcquirerContract.OfPost contracts, final MatchSink sink) {
        this.index = index;
        this.contracts = contracts;
        this.sink = sink;
        nets = new NetLines(index, this);
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
        final int back = row == PaymentIndex.NONE || line.isCredit() ? PaymentIndex.NONE : index.notes().returned(row);
        if (back != PaymentIndex.NONE) {
            one(back, line, name, isFirstHere);
        } else if (row == PaymentIndex.NONE) {
            final String reference = !line.endToEnd().isEmpty() ? line.endToEnd() : line.entry();
            tell(new Break(BreakType.UNKNOWN_AT_LEDGER, BreakKey.of(BreakType.UNKNOWN_AT_LEDGER, reference, name), reference, new About(0, line.currency(), 0, signed(line, line.netMinor()), 0, 0),
                    (line.isCredit() ? "credit of " : "debit of ") + shown(line.netMinor(), line.currency()) + ": no payment, batch or refund has its reference"));
        } else if (index.isTogether(row)) {
            nets.line(row, line, name, isFirstHere, contracts.contract(index.post(row)));
        } else {
            one(row, line, name, isFirstHere);
        }
    }

    private void one(final int row, final StatementLine line, final long name, final boolean isFirstHere) {
        if (index.settledBy(row) == name && isFirstHere) {
            final AcquirerContract contract = contract(row);
            repeats(row, line, name, index.gross(row), contract.commission(index.gross(row), index.count(row)), contract);
        } else if (isAgainst(row, line)) {
            takenBack(row, line, name, index.gross(row));
            waitsForReturn(row, line, name);
        } else {
            settles(row, line, name);
        }
    }

    /** What is to leave the account may well be called a reversal there. */
    private boolean isAgainst(final int row, final StatementLine line) {
        return index.subject(row) == Subject.RETURN ? line.isCredit() : line.isReversal() || line.isCredit() != (index.subject(row) != Subject.REFUND);
    }

    /**
     * What the ledger has and the bank takes back is a return as soon as a person has recorded it, if it was settled by then: then the line is for that. Settled it may be by a line that is still to come, as
     * that of a whole day behind those of single payments.
     */
    private void waitsForReturn(final int row, final StatementLine line, final long name) {
        if (index.notes().areReturnsKept() && !line.isCredit() && index.subject(row) == Subject.PAYMENT && index.state(row).isPaid()) {
            final long gross = Math.min(line.grossMinor(), line.netMinor());
            sink.waits(new Match(Subject.RETURN, 0, index.reference(row), index.post(row), gross, line.netMinor() - gross, line.netMinor(), line.currency(), line.valueDay(), statement.id(), line.entry(),
                    name));
        }
    }

    private int row(final StatementLine line) {
        final int first = index.find(line.endToEnd());
        final int second = first != PaymentIndex.NONE ? first : index.find(line.batch());
        final int third = second != PaymentIndex.NONE ? second : index.find(line.remittance());
        return third != PaymentIndex.NONE ? third : index.notes().added(line.endToEnd());
    }

    private void settles(final int row, final StatementLine line, final long name) {
        final long waiting = index.notes().waitingFor(row);
        if (waiting == name) {
            repeated++;
        } else if (waiting != 0) {
            settledTwice(row, line, name, index.gross(row));
        } else if (!index.state(row).isPaid()) {
            if (!index.isInBreak(row)) {
                differs(BreakType.NOT_PAID_AT_LEDGER, row, line, name, 0, line.grossMinor(), shown(line.netMinor(), line.currency()) + " came for it; in the ledger it is " + index.state(row));
            }
            waits(row, line, name, line.grossMinor(), line.grossMinor() - line.netMinor());
        } else if (isSettled(row)) {
            settledTwice(row, line, name, index.gross(row));
        } else if (!index.currency(row).equals(line.currency())) {
            otherCurrency(row, line, name, index.gross(row));
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
        final AcquirerContract contract = contract(row);
        final long gross = index.gross(row);
        final long agreed = contract.commission(gross, index.count(row));
        if (index.subject(row) == Subject.RETURN ? !fitsBack(line, gross) : !fits(line, gross, agreed)) {
            otherAmount(row, line, name, gross, agreed);
            return;
        }
        final long kept = Math.abs(gross - line.netMinor());
        matched++;
        settle(row, line, name, gross, kept);
        afterwards(row, line, name, gross, kept, agreed, contract);
    }

    private AcquirerContract contract(final int row) {
        final AcquirerContract ofPost = contracts.contract(index.post(row));
        return leaves(row) ? AcquirerContract.without(ofPost.delayDays()) : ofPost;
    }

    /** Nothing is told and nothing was kept: that is a commission too, of nothing. */
    static boolean fits(final StatementLine line, final long gross, final long agreed) {
        return line.charges() != StatementLine.Charges.NOT_TOLD ? line.grossMinor() == gross && line.netMinor() <= gross : line.netMinor() == gross - agreed || line.netMinor() == gross;
    }

    /** Whether it is money that is to leave the account. */
    private boolean leaves(final int row) {
        return index.subject(row) == Subject.REFUND || index.subject(row) == Subject.RETURN;
    }

    /** What was kept comes on top of what goes back, whichever way the bank says so. */
    private static boolean fitsBack(final StatementLine line, final long gross) {
        return line.netMinor() == gross || line.charges() != StatementLine.Charges.NOT_TOLD && line.netMinor() > gross
                && (line.grossMinor() == gross || line.netMinor() - line.chargesMinor() == gross);
    }

    // ---- what lines of one and of several have in common

    /** Money that pays for nothing yet is settled when somebody has said for what. */
    void settle(final int row, final StatementLine line, final long name, final long gross, final long kept) {
        if (index.state(row) == PaymentState.APPROVED) {
            index.settled(row, name);
            sink.match(match(row, line, name, gross, kept));
        } else {
            waits(row, line, name, gross, kept);
        }
    }

    private void waits(final int row, final StatementLine line, final long name, final long gross, final long kept) {
        index.notes().waits(row, name);
        sink.waits(match(row, line, name, gross, kept));
    }

    private Match match(final int row, final StatementLine line, final long name, final long gross, final long kept) {
        final long left = gross - index.notes().givenBack(row);
        return new Match(index.subject(row), index.number(row), index.reference(row), index.post(row), left, kept, index.subject(row) == Subject.RETURN ? left + kept : left - kept, line.currency(), line.valueDay(), statement.id(), line.entry(), name);
    }

    /** Commission and value date of what was settled. */
    void afterwards(final int row, final StatementLine line, final long name, final long gross, final long kept, final long agreed, final AcquirerContract contract) {
        if (line.charges() == StatementLine.Charges.SHARED) {
            shared.add(line, kept, agreed, contract.isKept(), index.post(row));
        } else if (contract.isKept() && kept != agreed) {
            differs(BreakType.COMMISSION_DIFFERS, row, line, name, agreed, kept, shown(kept, line.currency()) + " were kept of " + shown(gross, line.currency()) + ", agreed are "
                    + shown(agreed, line.currency()));
        }
        final int day = index.day(row);
        if (day == PaymentIndex.NO_DAY) {
            return;
        }
        if (line.valueDay() > day + contract.delayDays() || line.valueDay() < day - EARLY_DAYS) {
            differs(line.valueDay() < day ? BreakType.EARLY_VALUE_DATE : BreakType.LATE_VALUE_DATE, row, line, name, ours(row, gross), ours(row, gross), "value date " + LocalDate.ofEpochDay(line.valueDay())
                    + ", paid on " + LocalDate.ofEpochDay(day) + ", agreed are " + contract.delayDays() + " days");
        }
    }

    /** It had settled before what it settles; that its commission or value date differs may not have been told to the end then. */
    void repeats(final int row, final StatementLine line, final long name, final long gross, final long agreed, final AcquirerContract contract) {
        repeated++;
        if (index.subject(row) == Subject.RETURN ? fitsBack(line, gross) : fits(line, gross, agreed)) {
            afterwards(row, line, name, gross, Math.abs(gross - line.netMinor()), agreed, contract);
        }
    }

    /** A line that settles several. */
    void matches() {
        matched++;
    }

    void takenBack(final int row, final StatementLine line, final long name, final long gross) {
        final long ours = ours(row, gross);
        differs(BreakType.REVERSED_AT_TREASURY, row, line, name, ours, ours + signed(line, line.netMinor()), shown(line.netMinor(), line.currency()) + " of " + shown(gross, index.currency(row))
                + " were taken back");
    }

    void settledTwice(final int row, final StatementLine line, final long name, final long gross) {
        differs(BreakType.SETTLED_TWICE, row, line, name, ours(row, gross), ours(row, gross + line.grossMinor()), shown(line.netMinor(), line.currency()) + " came for it again");
    }

    void otherCurrency(final int row, final StatementLine line, final long name, final long gross) {
        index.breakOpen(row);
        differs(BreakType.CURRENCY_DIFFERS, row, line, name, ours(row, gross), 0, shown(line.netMinor(), line.currency()) + " came for " + shown(gross, index.currency(row)));
        waitsTogether(row, line, name);
    }

    void otherAmount(final int row, final StatementLine line, final long name, final long gross, final long agreed) {
        index.breakOpen(row);
        final boolean isTold = line.charges() != StatementLine.Charges.NOT_TOLD;
        final long theirs = index.subject(row) == Subject.RETURN ? line.netMinor() : isTold ? line.grossMinor() : line.netMinor() + agreed; // of a return, what has left the account
        final String details = shown(line.grossMinor(), line.currency()) + " came for " + shown(gross, index.currency(row)) + (agreed == 0 || isTold ? "" : " less a commission of " + shown(agreed, line.currency()));
        if (index.subject(row) == Subject.REFUND) {
            otherRefund(row, line, name, gross, theirs, details);
        } else {
            differs(BreakType.AMOUNT_DIFFERS, row, line, name, ours(row, gross), ours(row, theirs), details);
            waitsTogether(row, line, name);
        }
    }

    /** The treasury may have said so before, when it gave the money back: it is one difference. What comes for it yet is too much. */
    private void otherRefund(final int row, final StatementLine line, final long name, final long gross, final long theirs, final String details) {
        final String reference = index.reference(row);
        tell(new Break(BreakType.AMOUNT_DIFFERS, BreakKey.ofRefund(BreakType.AMOUNT_DIFFERS, reference, new Amount(theirs, line.currency())), reference, about(row, -gross, -theirs), details));
        index.settled(row, name);
    }

    /** The break of a single payment says what it is about; that of several has to be remembered with what it is about. */
    private void waitsTogether(final int row, final StatementLine line, final long name) {
        if (index.isTogether(row)) {
            waits(row, line, name, line.grossMinor(), line.grossMinor() - line.netMinor());
        }
    }

    private void endShared() {
        if (shared.differs()) {
            final StatementLine of = shared.line();
            tell(new Break(BreakType.COMMISSION_DIFFERS, BreakKey.of(BreakType.COMMISSION_DIFFERS, statement.account(), of.currency(), statement.id(), of.entry(), of.entryOrdinal()), of.entry(),
                    new About(shared.post(), of.currency(), shared.agreedMinor(), shared.keptMinor(), 0, 0), shown(shared.keptMinor(), of.currency())
                    + " were kept of the payments of one entry, agreed are " + shown(shared.agreedMinor(), of.currency())));
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
                tell(new Break(BreakType.MISSING_AT_TREASURY, BreakKey.of(BreakType.MISSING_AT_TREASURY, index.subject(row), reference), reference, about(row, ours(row, index.gross(row)), 0),
                        shown(index.gross(row), index.currency(row)) + " of " + LocalDate.ofEpochDay(index.day(row)) + " is in no statement"));
            }
        }
    }

    /** Settles what has waited, if it can be settled by now. @return whether it need not wait any longer */
    public boolean again(final Match waited) {
        return new WaitingLine(index, this, sink).again(waited);
    }

    /** What belongs to a batch is missed with its batch, what belongs to a net day by itself. */
    private boolean isMissing(final int row) {
        return index.settledBy(row) == 0 && !index.isNet(row) && index.gross(row) > 0 && index.batch(row) == PaymentIndex.NONE && !index.isInBreak(row) && index.notes().waitingFor(row) == 0 && index.state(row).isPaid()
                && (index.subject(row) != Subject.BATCH || index.settledMembers(row) < index.count(row));
    }

    private void differs(final BreakType type, final int row, final StatementLine line, final long name, final long ours, final long theirs, final String details) {
        final String reference = index.reference(row);
        tell(new Break(type, BreakKey.of(type, reference, name), reference, about(row, ours, index.currency(row).equals(line.currency()) ? theirs : 0), details));
    }

    /** Money that is to leave is less than nothing: then what theirs has less than ours is missing there, too. */
    long ours(final int row, final long minor) {
        return leaves(row) ? -minor : minor;
    }

    About about(final int row, final long ours, final long theirs) {
        final Subject subject = index.subject(row);
        final long payment = subject == Subject.PAYMENT ? index.number(row) : subject == Subject.RETURN ? index.notes().returnedPayment(row) : 0;
        return new About(index.post(row), index.currency(row), ours, theirs, payment, subject == Subject.BATCH ? index.number(row) : 0);
    }

    void tell(final Break found) {
        if (breaksHere.add(found.key())) {
            sink.differs(found);
        }
    }

    private static long signed(final StatementLine line, final long minor) {
        return line.isCredit() ? minor : -minor;
    }

    static String shown(final long minor, final String currency) {
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
