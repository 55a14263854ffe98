package org.mawid.api.treasury.port;

/** Trouble with the treasury. Its message says what to do next and holds no token, secret or personal data. */
public final class TreasuryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;
    private final long retryAfterMs;

    /** What kind of trouble. */
    public enum Trouble {
        /** No connection, or it was cut: whatever was asked may have been done or not. */
        UNREACHABLE(true),
        /** No answer in time: it may have been done or not. */
        TIMED_OUT(true),
        /** It answers, and cannot now. */
        OVERLOADED(true),
        /** Asked for nothing: the last ones failed, and it is given a rest. */
        RESTING(true),
        /** Our credentials are not accepted. */
        UNAUTHORIZED(false),
        /** It will not do that. */
        REFUSED(false),
        /** It answered something that is not understood. */
        UNREADABLE(false);

        private final boolean mayPass;

        Trouble(final boolean mayPass) {
            this.mayPass = mayPass;
        }

        /** Whether the same may go through later. */
        public boolean mayPass() {
            return mayPass;
        }
    }

    public TreasuryException(final Trouble trouble, final String message) {
        this(trouble, message, 0);
    }

    /** @param retryAfterMs what the treasury asked to wait; 0 when it did not */
    public TreasuryException(final Trouble trouble, final String message, final long retryAfterMs) {
        super(message, null, false, false); // where it was made says nothing: it is made on an event loop
        this.trouble = trouble;
        this.retryAfterMs = retryAfterMs;
    }

    public long retryAfterMs() {
        return retryAfterMs;
    }

    public Trouble trouble() {
        return trouble;
    }
}
