package org.mawid.api.sealed;

/** What was typed is no identity number. The message has nothing of it. */
public final class IdentityException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Told to people: names are never reused. */
    public enum Reason {
        /** Fewer than {@link Identity#MIN_LENGTH} characters are left, or more than {@link Identity#MAX_LENGTH}. */
        LENGTH,
        /** A control character, half a character, or one that Unicode has not assigned. */
        CONTROL,
        /** Something that is neither a Latin letter nor a digit: also a letter that only looks Latin. */
        CHARACTER,
        /** The issuer is not three Latin letters. */
        ISSUER
    }

    private final Reason reason;

    IdentityException(final Reason reason) {
        super("no identity number: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
