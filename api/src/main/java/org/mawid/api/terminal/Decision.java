package org.mawid.api.terminal;

import org.mawid.api.terminal.TillPort.Recorded;

/** What was told to the core of one payment, and what of it the core has. */
final class Decision {
    private boolean isDoubtKept;
    private TillCommand last;
    private boolean isLastKept;

    /** Found in the log: the core has the doubt. */
    void doubtIsKept() {
        isDoubtKept = true;
    }

    void tell(final TillCommand command) {
        last = command;
        isLastKept = false;
    }

    /** The core had decided by itself. */
    void isElsewhere() {
        isLastKept = true;
    }

    void recorded(final TillCommand command, final Recorded answer) {
        isLastKept |= command.isLast();
        isDoubtKept |= !command.isLast() && answer == Recorded.ACCEPTED;
    }

    /** Whether a later life is sure to find the payment in doubt. */
    boolean isDoubtKept() {
        return isDoubtKept;
    }

    /** What was told last and is the last; null = nothing. */
    TillCommand last() {
        return last;
    }

    boolean isLastKept() {
        return isLastKept;
    }
}
