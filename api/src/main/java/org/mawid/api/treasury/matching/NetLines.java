package org.mawid.api.treasury.matching;

import java.util.Arrays;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.statement.StatementLine;

/**
 * A line that is for several payments, each of which is settled by itself: all that they are together has to come, and what was kept of it is shared to the minor unit by their amounts. It settles
 * those that it has not settled before, so that a line of which a part was told is told to its end when it comes again. One thread.
 */
final class NetLines {
    private final PaymentIndex index;
    private final Matcher matcher;

    NetLines(final PaymentIndex index, final Matcher matcher) {
        this.index = index;
        this.matcher = matcher;
    }

    /** @param name of the line @param isFirstHere it has not been in this statement yet */
    void line(final int row, final StatementLine line, final long name, final boolean isFirstHere, final AcquirerContract contract) {
        final int[] mine = Arrays.stream(index.together(row)).filter(one -> index.gross(one) > 0 && (index.settledBy(one) == 0 || index.settledBy(one) == name)).toArray();
        final boolean wasHere = Arrays.stream(mine).anyMatch(one -> index.settledBy(one) == name);
        final long gross = Arrays.stream(mine).mapToLong(index::gross).sum();
        if (!line.isCredit() || line.isReversal()) {
            matcher.takenBack(row, line, name, gross(row));
        } else if (wasHere && isFirstHere && Arrays.stream(mine).noneMatch(this::isDue)) {
            matcher.repeats(row, line, name, gross, contract.commission(gross, mine.length), contract);
        } else if (mine.length == 0 || wasHere && !isFirstHere) {
            matcher.settledTwice(row, line, name, gross(row));
        } else if (!index.currency(row).equals(line.currency())) {
            matcher.otherCurrency(row, line, name, gross);
        } else {
            amount(row, mine, gross, line, name, contract);
        }
    }

    private boolean isDue(final int payment) {
        return index.settledBy(payment) == 0 && index.state(payment) == PaymentState.APPROVED;
    }

    /** Of all of them, settled or not. */
    private long gross(final int row) {
        return Arrays.stream(index.together(row)).mapToLong(index::gross).sum();
    }

    private void amount(final int row, final int[] mine, final long gross, final StatementLine line, final long name, final AcquirerContract contract) {
        final long agreed = contract.commission(gross, mine.length);
        if (!Matcher.fits(line, gross, agreed)) {
            if (gross != gross(row)) {
                matcher.settledTwice(row, line, name, gross(row)); // some of them came by themselves
            } else {
                matcher.otherAmount(row, line, name, gross, agreed);
            }
            return;
        }
        final long kept = gross - line.netMinor();
        final long[] shares = Shares.of(kept, Arrays.stream(mine).mapToLong(index::gross).toArray());
        for (int i = 0; i < mine.length; i++) {
            if (index.settledBy(mine[i]) == 0) {
                matcher.settle(mine[i], line, name, index.gross(mine[i]), shares[i]);
            }
        }
        matcher.matches();
        matcher.afterwards(row, line, name, gross, kept, agreed, contract);
    }
}
