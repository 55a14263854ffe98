package org.mawid.api.terminal.closing;

import java.util.List;
import org.mawid.api.gateway.Cause;
import org.mawid.sbe.Result;

/** Nothing was closed. Its text says what to do next. */
public final class ClosingRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Result result;
    private final Cause cause;
    private final transient List<Long> payments;
    private final long breakId;

    private ClosingRefused(final Result result, final Cause cause, final String text, final List<Long> payments, final long breakId) {
        super(text, null, false, false);
        this.result = result;
        this.cause = cause;
        this.payments = List.copyOf(payments);
        this.breakId = breakId;
    }

    static ClosingRefused of(final Result result, final String text) {
        return new ClosingRefused(result, null, text, List.of(), 0);
    }

    static ClosingRefused of(final Cause cause) {
        return new ClosingRefused(Result.UNAVAILABLE, cause, cause.text(), List.of(), 0);
    }

    ClosingRefused about(final List<Long> which) {
        return new ClosingRefused(result, cause, getMessage(), which, breakId);
    }

    ClosingRefused with(final long opened) {
        return new ClosingRefused(result, cause, getMessage(), payments, opened);
    }

    public Result result() {
        return result;
    }

    /** Null unless UNAVAILABLE. */
    public Cause unavailable() {
        return cause;
    }

    /** Numbers of the payments that are in the way. */
    public List<Long> payments() {
        return payments;
    }

    /** Number of a break that was opened all the same, 0 = none. */
    public long breakId() {
        return breakId;
    }
}
