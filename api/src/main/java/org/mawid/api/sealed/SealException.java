package org.mawid.api.sealed;

/** Something cannot be sealed or opened, and waiting does not help. The message has nothing of what was sealed. */
public final class SealException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** The person was erased: the key is destroyed. */
        ERASED,
        /** The person never had a key: nothing of theirs was sealed here. */
        NO_KEY,
        /** The key is wrapped with a master key that was not given. */
        MASTER_KEY_MISSING,
        /** Key or content is not what was written, or not of this person, kind and application. */
        DAMAGED
    }

    private final Reason reason;

    SealException(final Reason reason, final String message, final Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    SealException(final Reason reason, final String message) {
        this(reason, message, null);
    }

    /** Whether nothing of the person can be opened any more, or ever could: nobody is to be told more than that. */
    public boolean isErased() {
        return reason == Reason.ERASED || reason == Reason.NO_KEY;
    }

    public Reason reason() {
        return reason;
    }
}
