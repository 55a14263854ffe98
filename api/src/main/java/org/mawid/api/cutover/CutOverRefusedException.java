package org.mawid.api.cutover;

import java.util.List;

/** Files that cannot be taken over: nothing of them was. One line for each reason, the first hundred. */
public final class CutOverRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final int KEPT = 100;

    CutOverRefusedException(final String what, final List<String> reasons, final int total) {
        super(what + ", " + total + (total == 1 ? " error" : " errors") + "\n  " + String.join("\n  ", reasons)
                + (total > reasons.size() ? "\n  and " + (total - reasons.size()) + " more" : ""));
    }
}
