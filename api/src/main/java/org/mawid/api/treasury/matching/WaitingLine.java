package org.mawid.api.treasury.matching;

import java.util.Arrays;
import org.mawid.api.treasury.port.BreakKey;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.PaymentState;

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
        final int row = index.find(waited.reference());
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
        matcher.tell(new Break(type, key(type, waited), waited.reference(), matcher.about(row, index.gross(row), isSameCurrency ? waited.grossMinor() : 0),
                Matcher.shown(waited.grossMinor(), waited.currency()) + " had come for " + Matcher.shown(index.gross(row), index.currency(row))));
        return true;
    }

    private static long key(final BreakType type, final Match waited) {
        return BreakKey.of(type, waited.reference(), waited.line());
    }
}
