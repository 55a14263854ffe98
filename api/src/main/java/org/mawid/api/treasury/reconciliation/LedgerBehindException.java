package org.mawid.api.treasury.reconciliation;

/** The ledger cannot be read now: nothing was done, and the same works later. */
public final class LedgerBehindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerBehindException(final String what, final Throwable cause) {
        super(what, cause);
    }
}
