package org.mawid.api.treasury.matching;

import java.util.Arrays;
import org.mawid.api.treasury.port.BreakKey;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.TreasuryCommand.About;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;

/** What becomes of a line that could settle nothing when it came, whenever the ledger is looked at again: it never waits unseen. One thread. */
final class WaitingLine {
    private final PaymentIndex index;
    private final Matcher matcher;
    private final MatchSink sink;

    WaitingLine(final PaymentIndex index, final Matcher matcher, final MatchSink sink) {
        this.index = index;
        this.matcher = matcher;
        this.sink = sink;
    }

    /** @return whether it need not wait any longer */
    boolean again(final Match waited) {
        if (waited.subject() == Subject.REFUND) {
            return againRefund(waited);
        }
        final int row = index.find(waited.reference());
        if (waited.subject() == Subject.RETURN) {
            return againReturn(row, waited);
        }
        if (row == PaymentIndex.NONE || index.settledBy(row) != 0 || index.state(row) == PaymentState.REVERSED) {
            return true;
        }
        if (index.isTogether(row)) {
            return againTogether(row, waited);
        }
        if (index.state(row) != PaymentState.APPROVED) {
            index.notes().waits(row, waited.line());
            return false;
        }
        if (index.gross(row) == waited.grossMinor() && index.currency(row).equals(waited.currency())) {
            index.settled(row, waited.line());
            sink.match(waited.less(index.notes().givenBack(row))); // nothing could be given back of it before it paid for something
            return true;
        }
        return differs(row, waited);
    }

    /** The bank had given it back before the ledger knew; by now it is a return, or was never settled and has gone with its payment. */
    private boolean againRefund(final Match waited) {
        final int known = index.find(waited.reference());
        final int row = known != PaymentIndex.NONE ? known : index.notes().added(waited.reference());
        if (row == PaymentIndex.NONE) {
            matcher.tell(new Break(BreakType.UNKNOWN_AT_LEDGER, key(BreakType.UNKNOWN_AT_LEDGER, waited), waited.reference(), new About(0, waited.currency(), 0, -waited.netMinor(), 0, 0),
                    "debit of " + Matcher.shown(waited.netMinor(), waited.currency()) + ": no refund has its reference any more"));
            return true;
        }
        if (index.subject(row) == Subject.RETURN) {
            return settlesReturn(row, waited);
        }
        if (index.state(row) != PaymentState.APPROVED) {
            index.notes().waits(row, waited.line());
            return false;
        }
        index.settled(row, waited.line());
        sink.match(waited);
        return true;
    }

    /**
     * The bank had taken it back before a person recorded it. Until the break about that is resolved, a person may. Of another amount it is not what was recorded, but a break by itself already: what was
     * recorded has a line of its own, or is missed. @param row of its payment
     */
    private boolean againReturn(final int row, final Match waited) {
        final int back = row == PaymentIndex.NONE ? PaymentIndex.NONE : index.notes().returned(row);
        final boolean isIt = back != PaymentIndex.NONE && index.gross(back) == waited.grossMinor() && index.currency(back).equals(waited.currency());
        return isIt ? settlesReturn(back, waited) : !index.notes().isBreakOpen(key(BreakType.REVERSED_AT_TREASURY, waited));
    }

    private boolean settlesReturn(final int row, final Match waited) {
        if (index.settledBy(row) != 0) {
            return true;
        }
        if (index.gross(row) != waited.grossMinor() || !index.currency(row).equals(waited.currency())) {
            return differs(row, waited);
        }
        index.settled(row, waited.line());
        sink.match(new Match(Subject.RETURN, index.number(row), index.reference(row), index.post(row), waited.grossMinor(), waited.netMinor() - waited.grossMinor(), waited.netMinor(),
                waited.currency(), waited.valueDay(), waited.statement(), waited.entry(), waited.line()));
        return true;
    }

    /** As long as the break about it is open, its payments are not missed as well; when a person has resolved it, what has not come is. */
    private boolean againTogether(final int row, final Match waited) {
        final boolean isOpen = index.notes().isBreakOpen(key(BreakType.AMOUNT_DIFFERS, waited)) || index.notes().isBreakOpen(key(BreakType.CURRENCY_DIFFERS, waited));
        if (!isOpen || Arrays.stream(index.together(row)).allMatch(one -> index.settledBy(one) != 0 || index.gross(one) == 0)) {
            return true;
        }
        index.notes().waits(row, waited.line());
        index.breakOpen(row);
        return false;
    }

    /** It is paid by now, and not what had come: until somebody is about it already, that is a break of its own. */
    private boolean differs(final int row, final Match waited) {
        if (index.isInBreak(row)) {
            index.notes().waits(row, waited.line());
            return false;
        }
        final boolean isSameCurrency = index.currency(row).equals(waited.currency());
        final BreakType type = isSameCurrency ? BreakType.AMOUNT_DIFFERS : BreakType.CURRENCY_DIFFERS;
        index.breakOpen(row);
        matcher.tell(new Break(type, key(type, waited), waited.reference(), matcher.about(row, matcher.ours(row, index.gross(row)), isSameCurrency ? matcher.ours(row, waited.grossMinor()) : 0),
                Matcher.shown(waited.grossMinor(), waited.currency()) + " had come for " + Matcher.shown(index.gross(row), index.currency(row))));
        return true;
    }

    private static long key(final BreakType type, final Match waited) {
        return BreakKey.of(type, waited.reference(), waited.line());
    }
}
